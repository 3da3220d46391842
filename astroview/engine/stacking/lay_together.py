"""All frames measured and laid on one of them, without those that do not fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from astroview.core.errors import UnreadableFrame
from astroview.core.sky.sky_noise import SkyNoise, sky_of
from astroview.core.texts import Text
from astroview.engine.stacking import registration, unfit_frames
from astroview.engine.stacking.matched_frame import MatchedFrame, exposure_of, light_ratio
from astroview.engine.stacking.registration import Apart, Matched
from astroview.engine.stacking.sky_levels import plain_sky
from astroview.engine.stacking.stack_choices import Progress, StackChoices
from astroview.engine.stacking.star_fits import FittedStars, find_stars
from astroview.engine.stacking.unfit_frames import UnfitFrame, exposure_time, file_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from astroview.core.frame import Frame

_TRIES = 3  # frames that are tried as the reference


@dataclass(frozen=True, eq=False)
class LaidFrames:
    """Frames on one grid.

    Attributes
    ----------
    reference
        Whose grid it is; see `wide_grid` for one that reaches farther.
    base
        The frame itself.
    offset
        Row and column of its first pixel on the grid.
    sky
        Level (c, y, x) of the reference, which the result keeps.
    """

    reference: Frame
    stars: FittedStars
    sky: SkyNoise
    exposures: tuple[MatchedFrame, ...]
    refused: list[UnfitFrame]
    base: Frame
    offset: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class _Measured:
    frame: Frame
    stars: FittedStars
    sky: SkyNoise

    @property
    def marks(self) -> object:
        """What no two exposures have in common: their noise is in each number."""
        stars, shape = self.stars, self.frame.shape
        return (shape, self.sky.level, self.sky.sigmas, stars.x.tobytes(), stars.flux.tobytes())

    @property
    def worth(self) -> float:
        """How well stars stand out and how sharp they are: the best is the reference."""
        if not self.stars.count:
            return 0.0
        bright = float(np.median(self.stars.flux[:20]))
        round_ = 1.0 - min(self.stars.ellipticity, 0.95)
        return bright * round_ / (self.sky.sigmas[0] * self.stars.fwhm) * np.sqrt(self.stars.count)


def lay_together(
    frames: Sequence[Frame], choices: StackChoices, given: Sequence[Frame], progress: Progress
) -> LaidFrames:
    """Measure, register and screen; ``given`` are the frames that `StackChoices` counts."""
    refused: list[UnfitFrame] = []
    measured: list[_Measured] = []
    for done, frame in enumerate(frames):
        progress(done, len(frames), "measuring stars")
        try:
            if why := unfit_frames.why_empty(frame):
                refused.append(UnfitFrame(file_name(frame), why))
                continue
            sky = _sky(frame)
            measured.append(_Measured(frame, find_stars(frame, sky), sky))
        except UnreadableFrame as problem:
            refused.append(UnfitFrame(file_name(frame), problem.message))
    wanted = given[choices.reference] if choices.reference is not None else None
    measured = _once(measured, wanted, refused)
    order = sorted(measured, key=lambda m: (m.frame is not wanted, -m.worth))
    best: tuple[_Measured, list[Matched], list[_Measured], list[UnfitFrame]] | None = None
    for reference in order[: 1 if wanted is not None else _TRIES]:
        found = _matched(reference, measured, progress)
        if best is None or len(found[1]) > len(best[2]):
            best = (reference, found[0], found[1], found[2])
        if len(best[2]) > len(measured) / 2:
            break
    if best is None:
        empty = frames[0]
        return LaidFrames(empty, find_stars(empty), plain_sky(empty), (), refused, empty)
    reference, matched, kept, apart = best
    exposures, unfit = _exposures(reference, matched, kept, choices)
    refused += [*apart, *unfit]
    base = reference.frame
    return LaidFrames(base, reference.stars, reference.sky, exposures, refused, base)


def _once(
    measured: Sequence[_Measured], wanted: Frame | None, refused: list[UnfitFrame]
) -> list[_Measured]:
    """Without copies of a frame, which would count its noise as so many measurements."""
    first: dict[object, _Measured] = {}
    for one in sorted(measured, key=lambda m: m.frame is not wanted):
        other = first.setdefault(one.marks, one)
        if other is not one:
            why = Text("it holds the same samples as {name}", name=file_name(other.frame))
            refused.append(UnfitFrame(file_name(one.frame), why))
    return [one for one in measured if first[one.marks] is one]


def _matched(
    reference: _Measured, measured: Sequence[_Measured], progress: Progress
) -> tuple[list[Matched], list[_Measured], list[UnfitFrame]]:
    matched: list[Matched] = []
    kept: list[_Measured] = []
    refused: list[UnfitFrame] = []
    for done, one in enumerate(measured):
        progress(done, len(measured), "laying frames on each other")
        found = registration.match(one.frame, one.stars, reference.frame, reference.stars)
        if isinstance(found, Apart):
            why = unfit_frames.trailed(one.stars, reference.stars) or found.reason
            refused.append(UnfitFrame(file_name(one.frame), why))
        else:
            matched.append(found)
            kept.append(one)
    return matched, kept, refused


def _exposures(
    reference: _Measured,
    matched: Sequence[Matched],
    kept: Sequence[_Measured],
    choices: StackChoices,
) -> tuple[tuple[MatchedFrame, ...], list[UnfitFrame]]:
    placements = registration.refine(matched, [k.stars for k in kept], reference.stars)
    found: list[MatchedFrame] = []
    for one, pairs, placement in zip(kept, matched, placements, strict=True):
        light = light_ratio(one.stars, reference.stars, pairs)
        if not np.isfinite(light) or light <= 0:
            light = _light_by_exposure(one.frame, reference.frame)
        found.append(
            exposure_of(
                one.frame, one.stars, placement, light, one.sky, reference.frame, reference.sky
            )
        )
    if choices.keep_all:
        return tuple(found), []
    unfit: list[UnfitFrame] = []
    for exposure in found:
        if why := unfit_frames.starless(exposure, reference.frame, reference.stars):
            unfit.append(UnfitFrame(file_name(exposure.frame), why))
            found = [one for one in found if one is not exposure]
    judged = unfit_frames.judged(found)
    left = tuple(e for i, e in enumerate(found) if i not in judged)
    unfit += [UnfitFrame(file_name(found[i].frame), why) for i, why in judged.items()]
    return left, unfit


def _sky(frame: Frame) -> SkyNoise:
    """A frame of no noise (simulated, or cut off at 0) would outweigh all others."""
    sky = sky_of(frame)
    return sky if sky is not None and sky.sigmas[0] > 0 else plain_sky(frame)


def _light_by_exposure(frame: Frame, reference: Frame) -> float:
    """Without stars: by the exposure times, where the headers tell them."""
    here, there = exposure_time(frame), exposure_time(reference)
    rate = frame.unit.replace(" ", "").endswith(("/s", "s-1"))
    return here / there if here and there and not rate else 1.0
