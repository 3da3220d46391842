"""A colorizer told more than a palette of the whole: the truth's by region, or measured chroma."""

from __future__ import annotations

from functools import cached_property
from typing import cast

import numpy as np
import torch
from torch import Tensor

from astroview.core.colour.chroma_guide import ChromaGuide
from astroview.core.models.model_card import ModelCard
from astroview.engine.networks import weights
from astroview.engine.networks.colorizer import CELL, STRIDE, Colorizer
from astroview.engine.networks.palette_code import CODE_LENGTH
from astroview.engine.networks.regional_code import from_numbers, regional_code
from astroview.engine.pipeline.guide_planes import guide_planes, measured_code
from trainer.data import tensor_colour
from trainer.data.chroma_guides import JUDGED, judged
from trainer.evaluation.colour_rivals import as_rendered
from trainer.tasks.colour_task import chroma_in


class Told:
    """The truth's palette by region; and, of a colorizer that can, the truth's chroma as a coarse
    guide (`trainer.data.chroma_guides.judged`), beside the same guide by interpolation alone.
    """

    def __init__(self, card: ModelCard) -> None:
        by_guide = weights.shelf_of(card).painting(card, measured=True)
        shas = " ".join(dict.fromkeys((card.sha256, by_guide.sha256)))
        self.card, self.name, self.key = card, f"{card.id}, told", f"told {shas}"
        self._by_guide = by_guide

    @cached_property
    def network(self) -> Colorizer:
        return cast("Colorizer", weights.load(self.card, torch.device("cpu")))

    @cached_property
    def by_guide(self) -> Colorizer:
        """What paints where chroma was measured."""
        return cast("Colorizer", weights.load(self._by_guide, torch.device("cpu")))

    @torch.inference_mode()
    def paint(self, truth_13HW: Tensor, source: str = "") -> dict[str, Tensor]:
        """See the class."""
        del source
        lab = tensor_colour.to_oklab(truth_13HW)
        L, ab, name = lab[:, :1], lab[:, 1:], self.card.id
        by_region = chroma_in(self.network, L, regional_code(L, ab))
        made = {f"{name}, truth's palette by region": by_region}
        for k in JUDGED:
            guide = judged(ab[0], k)
            made[f"guide at 1/{k} alone"] = _alone(guide, L)
            if self.by_guide.guided is not None:
                made[f"{name}, guide at 1/{k}"] = guided_chroma(self.by_guide, L, guide)
        return {told: as_rendered(L, chroma) for told, chroma in made.items()}


def guided_chroma(network: Colorizer, L: Tensor, guide: ChromaGuide) -> Tensor:
    """Chroma (1, 2, H, W) of lightness (1, 1, H, W) under a guide, as the engine makes it."""
    code = measured_code(guide, L[0, 0].numpy(), 1.0)
    cells = tuple(-(-n // STRIDE) * (STRIDE // CELL) for n in L.shape[-2:])
    told = from_numbers(code or (0.0,) * CODE_LENGTH)
    return chroma_in(network, L, told, guide_planes(guide, (0, 0), (cells[0], cells[1])))


def _alone(guide: ChromaGuide, L: Tensor) -> Tensor:
    height, width = L.shape[-2:]
    found, valid = guide.at(np.arange(height) + 0.5, np.arange(width) + 0.5)
    chroma = np.ascontiguousarray((found * valid[..., None]).transpose(2, 0, 1))
    return torch.from_numpy(chroma)[None]
