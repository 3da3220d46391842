"""Who enlarges frames: super-resolvers as the engine runs them, and what there was before."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from astroview.core import tiles
from astroview.core.frame import Frame
from astroview.core.models.model_card import ModelCard, ModelShelf
from astroview.core.options import EnhanceOptions
from astroview.engine.networks.superres import enlarge
from astroview.engine.pipeline import tile_stages
from astroview.engine.pipeline.enhance_plan import setting_for, sharpener
from astroview.engine.pipeline.tile_run import TileRun
from astroview.engine.runtime.cache import Cache

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Restored:
    """(sH, sW) or (sH, sW, 3) samples in native units, half of their interval if it is known,
    and the CPU seconds it took, which other work on the machine hardly changes.
    """

    samples: FloatArray
    half: FloatArray | None
    seconds: float


class Restorer(Protocol):
    """``key`` tells apart what may give other pixels."""

    name: str
    key: str

    def restore(self, frame: Frame, scale: int) -> Restored:
        """Enlarge a frame."""
        ...


class Network:
    """A super-resolver, through the very tiles that the application runs; ``way`` is "best",
    "denoise" or "".
    """

    def __init__(self, card: ModelCard, way: str = "") -> None:
        self.name = f"{card.id}, {way}" if way else card.id
        shelf = ModelShelf((card.folder.parent,) if card.folder else ())
        self._cards = {kind: shelf.answering(card, kind) for kind in ("display", "linear")}
        weights = dict.fromkeys(found.sha256 for found in self._cards.values())
        self.key = f"{' '.join(weights)} {way or 'fast'}"
        quality = "best" if way == "best" else "fast"
        self._options = EnhanceOptions(device="cpu", quality=quality, denoise=way == "denoise")
        self._memo = Cache()

    @torch.inference_mode()
    def restore(self, frame: Frame, scale: int) -> Restored:
        """As `engine.pipeline.enhance` does, in memory."""
        card = self._cards[frame.kind]
        tiling, fine = card.tiling, tuple(n * scale for n in frame.shape)
        started = time.process_time()
        setting = setting_for(frame, self._options)
        how = sharpener(frame, card, setting, self._options, self._memo)
        plan = tiles.plan(frame.shape, tiling.size, tiling.halo, tiling.multiple_of)
        target = np.zeros((*fine, 3) if frame.channels == 3 else fine, np.float32)
        half = np.zeros(fine, np.float32) if how.spread is not None else None
        tile_stages.super_resolve(frame, how, setting, TileRun(plan), target, half)
        return Restored(target, half, time.process_time() - started)


class Bicubic:
    """Bicubic interpolation of the samples."""

    name = key = "bicubic"

    def restore(self, frame: Frame, scale: int) -> Restored:
        """As torch does it."""
        started = time.process_time()
        samples = frame.read()
        planes = samples[..., None] if samples.ndim == 2 else samples
        x = torch.from_numpy(planes).permute(2, 0, 1)[None]
        made = enlarge(x, scale)[0].permute(1, 2, 0).numpy().reshape(_fine(samples, scale))
        return Restored(made, None, time.process_time() - started)


class Lanczos:
    """Lanczos interpolation with three lobes."""

    name = key = "lanczos"

    def restore(self, frame: Frame, scale: int) -> Restored:
        """As Pillow does it."""
        started = time.process_time()
        samples = frame.read()
        planes = samples[..., None] if samples.ndim == 2 else samples
        size = (samples.shape[1] * scale, samples.shape[0] * scale)
        grown = [
            np.asarray(Image.fromarray(plane).resize(size, Image.Resampling.LANCZOS))
            for plane in np.moveaxis(planes, -1, 0)
        ]
        made = np.stack(grown, -1).reshape(_fine(samples, scale))
        return Restored(made, None, time.process_time() - started)


PLAIN: dict[str, type[Any]] = {"bicubic": Bicubic, "lanczos": Lanczos}


def _fine(samples: FloatArray, scale: int) -> tuple[int, ...]:
    return (samples.shape[0] * scale, samples.shape[1] * scale, *samples.shape[2:])
