"""A frame at a glance: reduced to a few hundred pixels, and what the colorizer says of that.

The palette is read off it, hints are spread on it, and its colours stand in for those of the
whole frame until these are computed.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from math import ceil, sqrt
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from astroview.core import tiles
from astroview.core.bad_pixels.pixel_rule import read_good
from astroview.core.colour import colour_space
from astroview.core.colour.chroma_guide import ChromaGuide
from astroview.core.colour.chroma_maps import ChromaMaps
from astroview.core.frame import Frame
from astroview.core.models.model_card import ModelCard
from astroview.engine.networks.colorizer import CELL, STRIDE, Colorizer
from astroview.engine.networks.combined import Combined
from astroview.engine.networks.palette_code import rank_palettes
from astroview.engine.networks.regional_code import Place, from_numbers, of_whole
from astroview.engine.networks.tile_superres import LUMA
from astroview.engine.pipeline import palette_view, tile_stages
from astroview.engine.pipeline import sky_fade as presence
from astroview.engine.pipeline.guide_planes import guide_planes
from astroview.engine.runtime import cache as memos
from astroview.engine.runtime import precision
from astroview.engine.runtime.cache import Cache

FloatArray = NDArray[np.float32]
SIDE = 256  # pixels along the long side
READ_AT_MOST = 4_000_000  # samples


@dataclass(frozen=True)
class Preview:
    """Lightness (h, w) of a reduced frame, and how to ask the colorizer about it.

    ``present`` (h, w) is 0 on empty sky and 1 on what stands before it; None where that cannot be
    told. Only on linear frames colour ``fades`` with it.
    """

    light: FloatArray
    present: FloatArray | None
    cell: tuple[float, float]
    frame: Frame
    card: ModelCard
    network: Colorizer
    setting: tile_stages.Setting
    memo: Cache
    key: Hashable

    @property
    def fades(self) -> bool:
        """Whether colour fades where there is only sky."""
        return self.present is not None and self.frame.kind == "linear"

    def ranking(self) -> list[int]:
        """Indices of the card's palettes, best first."""
        key = memos.key(self.key, "ranking")
        told = torch.from_numpy(self.features())
        return self.memo.recall(key, lambda: rank_palettes(self.logits(told), self.known()))

    def known(self) -> torch.Tensor:
        """The codes of the card's palettes, (P, 24)."""
        return torch.cat([of_whole(from_numbers(p.code)) for p in self.card.palettes])

    def logits(self, features_F: torch.Tensor) -> torch.Tensor:
        """How likely the head finds the palettes that it knows for a frame of such features."""
        return self.network.rank(features_F.to(self.setting.device)[None])[0].float().cpu()

    def features(self) -> FloatArray:
        """What the encoder says of the object, (F,): see `palette_view`."""
        key = memos.key(self.key, "features")
        return self.memo.recall(key, self._summary)

    def _summary(self) -> FloatArray:
        return palette_view.summary(self.network, palette_view.view_of(self.frame)).numpy()

    def maps(self, code: tuple[float, ...], guide: ChromaGuide | None = None) -> ChromaMaps:
        """What the colorizer paints under a palette code, and measured chroma."""
        key = memos.key(self.key, "maps", code, guide and guide.fingerprint)
        return ChromaMaps(self.memo.recall(key, lambda: self._look(code, guide)), self.cell)

    def chroma(self, maps: ChromaMaps) -> FloatArray:
        """(h, w, 2) of maps on this grid."""
        return maps.maps[..., :2] * self.light[..., None] + maps.maps[..., 2:]

    def _look(self, code: tuple[float, ...], guide: ChromaGuide | None) -> FloatArray:
        height, width = self.light.shape
        sides = (-(-n // STRIDE) * STRIDE for n in (height, width))
        light = torch.from_numpy(tiles.pad_to(self.light, *sides))[None, None]
        where = self.setting.device
        planes = None
        if guide is not None:
            cells = (light.shape[-2] // CELL, light.shape[-1] // CELL)
            planes = guide_planes(guide, (0, 0), cells, self.cell[0]).to(where)
        place = Place(0, 0, height, width)
        told = from_numbers(code).to(where)
        coefficients, _ = self.network(light.to(where), told, planes, place)
        maps = functional.interpolate(
            coefficients.float(), light.shape[-2:], mode="bilinear", align_corners=False
        )
        found = maps[0, :, :height, :width].permute(1, 2, 0).cpu().numpy()
        return np.ascontiguousarray(found, np.float32)


def glance(frame: Frame, card: ModelCard, setting: tile_stages.Setting, memo: Cache) -> Preview:
    """Look at a frame as a colorizer would."""
    network = memo.network(
        ("network", card.sha256, str(setting.device)), lambda: precision.load(card, setting.device)
    )
    if isinstance(network, Combined):
        network = network.colour
    key = memos.key(memos.of_light(frame, setting.stretch), card.sha256, str(setting.device))
    light, present, k = memo.recall(memos.key(key, "light"), lambda: _reduced(frame, setting))
    cell, painter = (float(k), float(k)), cast("Colorizer", network)
    return Preview(light, present, cell, frame, card, painter, setting, memo, key)


def _reduced(
    frame: Frame, setting: tile_stages.Setting
) -> tuple[FloatArray, FloatArray | None, int]:
    """Lightness of a frame reduced by a whole factor, where there is more than sky, and that
    factor.
    """
    k = max(1, ceil(max(frame.shape) / SIDE))
    step = min(k, max(1, ceil(sqrt(frame.shape[0] * frame.shape[1] / READ_AT_MOST))))
    box = max(1, k // step)
    x = read_good(frame, setting.rule, step=step)
    x = x if x.ndim == 2 else x @ np.array(LUMA, np.float32)
    x = _box_mean(x, box)
    u = setting.stretch.forward(np.nan_to_num(x, nan=setting.fill))
    light = colour_space.lightness(np.clip(u, 0, 1))
    seen = x if frame.kind == "linear" else light
    return light, presence.of_reduced(seen), step * box


def _box_mean(x: FloatArray, box: int) -> FloatArray:
    """Means over box x box samples; NaN is left out, edges average what is there."""
    if box == 1:
        return x
    padded = np.pad(x, [(0, -n % box) for n in x.shape], constant_values=np.nan)
    boxes = padded.reshape(padded.shape[0] // box, box, padded.shape[1] // box, box)
    good = np.isfinite(boxes)
    total = np.where(good, boxes, np.float32(0)).sum((1, 3))
    count = good.sum((1, 3))
    mean = total / np.maximum(count, 1).astype(np.float32)
    return np.where(count > 0, mean, np.float32(np.nan))
