"""A run on a telescope's own frames: measured, and what it learns from, is watched and judged by.

A run is one of these where a super-resolver is to learn from a folder of which at least half are
linear grey frames that show enough stars (``linear = "auto"``), or where it is wished.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from astroview.core.errors import AstroviewError, DatasetProblem
from astroview.core.io.open_file import open_frame
from astroview.core.texts import Text
from astroview.engine.networks import bounded
from astroview.engine.stacking.star_fits import FWHM
from trainer.config import LossConfig, Recipe, TuneConfig
from trainer.data import telescope_measure, telescope_pairs
from trainer.data.exposures import Exposure
from trainer.data.pictures import Shown
from trainer.data.simulated_skies import Sky
from trainer.data.telescope_measure import Telescope, TelescopeFrame
from trainer.data.telescope_pairs import Truth
from trainer.data.training_data import Material

SCENES, WATCHED, JUDGED = 36, 6, 14  # simulated skies to learn from, to choose and to judge by
MOST_OWN = 60  # parts of the user's frames that are learnt from
SHARE = 0.85  # of the samples; the others are the frames as pictures, for those who save PNG
LOSS = LossConfig(charbonnier=0.3, rms=0.7, denoise=0.3, denoise_rms=0.5)
HARM = 0.3
TURNED = 50.0  # Muon's rate, in those of AdamW: 0.01 beside the usual 2e-4
PIXEL = telescope_measure.PIXEL * FWHM  # as a Gaussian: the FWHM of one as blurring as a pixel
LOOKED_AT = 24  # frames that are measured
Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class TelescopeRun:
    """What a run on a telescope's frames needs."""

    telescope: Telescope
    skies: tuple[Sky, ...]
    watched: tuple[Exposure, ...]
    judged: tuple[Exposure, ...]
    own: int  # parts of the user's frames among what is learnt from
    star: float  # FWHM in pixels of its stars on the finer grid, as bounds need them

    def recipe(self, recipe: Recipe) -> Recipe:
        """The recipe of the run: mostly skies of the telescope; where all weights learn, the
        inner convolutions by Muon (decision 33).
        """
        data = replace(recipe.data, skies=SHARE, harm=HARM)
        loss = replace(LOSS, adversarial=recipe.loss.adversarial)
        whole = recipe.run.method == "full"
        run = replace(recipe.run, muon_lr=recipe.run.lr * TURNED if whole else 0.0)
        return replace(recipe, run=run, data=data, loss=loss)

    def note(self) -> str:
        """What is told of it."""
        parts = f", and {self.own} parts of your frames" if self.own else ""
        return (
            f"Measured on {self.telescope.frames} frames: {self.telescope.words()}. It learns in"
            f" linear units, from {SCENES} simulated skies through that telescope{parts}."
        )


def telescope_run(
    config: TuneConfig, learnt_from: Material, scale: int, progress: Progress
) -> TelescopeRun | None:
    """Measure the telescope of a folder; None where this is no folder of a telescope's frames.

    Raises
    ------
    DatasetProblem
        It was wished (``linear = "yes"``) and cannot be done.
    """
    if config.linear == "no":
        return None
    train, held = _frames(learnt_from.train), _frames(learnt_from.judged)
    most = len(learnt_from.train) // 2 if config.linear == "auto" else 0
    telescope = telescope_measure.measure(train) if len(train) > most else None
    if telescope is None:
        if config.linear == "yes":
            raise DatasetProblem(
                Text(
                    "no telescope can be measured in {name}: too few linear frames with stars",
                    name=Path(config.data).name,
                ),
                hint="Give FITS frames that show a dozen stars that are not saturated, or leave"
                " --linear out.",
            )
        return None
    return _prepared(config, telescope, train, held, scale, progress)


def _prepared(
    config: TuneConfig,
    telescope: Telescope,
    train: Sequence[TelescopeFrame],
    held: Sequence[TelescopeFrame],
    scale: int,
    progress: Progress,
) -> TelescopeRun:
    every = SCENES + WATCHED + JUDGED
    first = (config.seed * 997) % (len(telescope_pairs.LEARNT) - SCENES)
    seeds = [
        *telescope_pairs.LEARNT[first : first + SCENES],
        *telescope_pairs.JUDGED[: WATCHED + JUDGED],
    ]
    scenes: list[Truth] = []
    for i, seed in enumerate(seeds):
        scenes.append(telescope_pairs.scene(telescope, seed, scale))
        progress(i + 1, every)
    mine = _some([p for one in train for p in telescope_pairs.own(telescope, one, scale)], MOST_OWN)
    others = [p for one in held for p in telescope_pairs.own(telescope, one, scale)]
    others = _some(others, WATCHED + JUDGED)
    learnt, watched, judged = np.split(np.array(scenes, object), [SCENES, SCENES + WATCHED])
    cut = max(1, len(others) // 4)

    def exposed(truths: Sequence[Truth], seed: int) -> tuple[Exposure, ...]:
        return tuple(telescope_pairs.exposures(telescope, truths, scale, seed))

    return TelescopeRun(
        telescope,
        tuple(telescope_pairs.skies(telescope, [*learnt, *mine], scale, config.seed)),
        exposed([*watched, *others[:cut]], 70_000),
        exposed([*judged, *others[cut:]], 80_000),
        len(mine),
        # What a control is told of the sky is wrong, and nothing right shall help it.
        bounded.STAR if config.control else star_on_grid(telescope.psf.fwhm, scale),
    )


def star_on_grid(fwhm: float, scale: int) -> float:
    """How wide stars are where pixels are finer, in those of the frames; `bounded.STAR` at most:
    results of a telescope with wider ones are bounded as any.
    """
    return min(bounded.STAR, math.hypot(fwhm, PIXEL / scale))


def _some(truths: Sequence[Truth], most: int) -> list[Truth]:
    """The liveliest ones, or empty sky is learnt."""
    ranked = sorted(truths, key=lambda truth: -float(truth.electrons.std()))
    return ranked[: min(most, max(1, 2 * len(ranked) // 3))] if ranked else []


def _frames(pictures: Sequence[Shown]) -> list[TelescopeFrame]:
    """The linear frames among pictures, measured; of many some from all over the list."""
    step = max(1, -(-len(pictures) // LOOKED_AT))
    found: list[TelescopeFrame] = []
    for picture in pictures[::step]:
        path = getattr(picture, "path", None)
        if path is None:
            continue
        try:
            one = telescope_measure.look_at(open_frame(path))
        except AstroviewError:
            continue
        if one is not None:
            found.append(one)
    return found
