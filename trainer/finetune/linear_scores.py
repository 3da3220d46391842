"""Exposures under two super-resolvers, scored in linear units and in words of the sky: fluxes,
centres, widths, sources found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from astroview.core.colour.stretch import auto_stretch
from astroview.core.models.model_card import ModelCard
from trainer.data.exposures import Exposure
from trainer.data.pictures import luma
from trainer.data.telescope_pairs import PART
from trainer.evaluation import sky_scores
from trainer.evaluation.superres_rivals import Bicubic, Network, Restorer

Floats = NDArray[np.float32]
Figures = dict[str, float]
SURE = 20.0  # S/N from which fluxes are compared


@dataclass(frozen=True, eq=False)
class SkyShown:
    """An exposure as a picture of a verdict: see `trainer.data.pictures.Shown`."""

    exposure: Exposure
    sharpness: float = 1.0
    low: NDArray[np.uint8] | None = None

    @property
    def name(self) -> str:
        return self.exposure.name

    @property
    def target(self) -> str:
        """Parts of one frame are no independent witnesses."""
        return self.exposure.name.partition(PART)[0]

    @property
    def shape(self) -> tuple[int, int]:
        return self.exposure.truth.shape[0], self.exposure.truth.shape[1]

    @property
    def rgb(self) -> NDArray[np.uint8]:
        """The truth, in the frame's stretch."""
        return (shown(self.exposure, self.exposure.truth) * 255 + 0.5).astype(np.uint8)

    @property
    def luma(self) -> NDArray[np.uint8]:
        return luma(self.rgb)

    def of(self, target: str) -> SkyShown:
        """Its target is its name's."""
        del target
        return self


class LinearJudge:
    """Two super-resolvers, through the tiles that the application runs."""

    def __init__(self, cards: tuple[ModelCard, ModelCard]) -> None:
        self._ways = [(Network(card), Network(card, "denoise")) for card in cards]
        self._idle = Bicubic()

    def figures(self, exposure: Exposure) -> tuple[Figures, Figures, Figures]:
        """Of the parent, of the tuned model, and of bicubic."""
        base, tuned = ([_row(who, exposure) for who in ways] for ways in self._ways)
        idle = _row(self._idle, exposure)
        return together(*base), together(*tuned), together(idle, idle)

    def views(self, exposure: Exposure) -> tuple[Floats, Floats, Floats, Floats]:
        """What was seen, both results and the truth: (H, W, 3) in 0..1 of the frame's stretch."""
        s = exposure.scale
        seen = exposure.seen.repeat(s, 0).repeat(s, 1)
        made = [ways[0].restore(exposure.frame, s).samples for ways in self._ways]
        return (
            shown(exposure, seen),
            shown(exposure, made[0]),
            shown(exposure, made[1]),
            shown(exposure, exposure.truth),
        )


def pictures_of(found: Iterable[Exposure]) -> list[SkyShown]:
    """Exposures as pictures of a verdict."""
    return [SkyShown(exposure) for exposure in found]


def shown(exposure: Exposure, samples: Floats) -> Floats:
    """Samples in the stretch that the frame is opened with, (H, W, 3) in 0..1."""
    grey = np.clip(auto_stretch(exposure.frame).forward(samples), 0, 1)
    return np.repeat(np.asarray(grey, np.float32)[..., None], 3, -1)


def _row(who: Restorer, exposure: Exposure) -> sky_scores.Row:
    return sky_scores.score(who, exposure)


def together(kept: sky_scores.Row, free: sky_scores.Row) -> Figures:
    """``linear`` is the PSNR of both ways; what is measured of sources is of the kept flux."""
    sources: Sequence[Sequence[float]] = kept["sources"]
    sure = [abs(s[1]) for s in sources if s[0] > SURE]
    shaped = np.array([s[2:] for s in sources if len(s) == 5]).reshape(-1, 3)
    made = {
        "linear": (kept["psnr"] + free["psnr"]) / 2,
        "kept": kept["psnr"],
        "free": free["psnr"],
        "residual": kept["residual"],
    }
    if kept["sure"]:
        made["complete"] = 100 * kept["recovered"] / kept["sure"]
    if sure:
        made["flux"] = 100 * float(np.median(sure))
    if len(shaped):
        made["width"] = 100 * float(np.median(np.abs(shaped[:, 1] - 1)))
        made["shift"] = float(np.median(shaped[:, 0]))
    return made
