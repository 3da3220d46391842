"""Which frames may take part, and why others may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from astroview.core.bands.bands import identify_all
from astroview.core.fits_headers import number
from astroview.core.pixel_values import nature
from astroview.core.texts import Text
from astroview.engine.stacking.stack_choices import CannotCombine, MixedFilters, StackChoices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from astroview.core.frame import Frame
    from astroview.engine.stacking.matched_frame import MatchedFrame
    from astroview.engine.stacking.star_fits import FittedStars

TRAILED = 0.3  # ellipticity above that of the usual frame
CLOUDED = 0.4  # of the light that the usual frame has for its exposure
SOFT = 2.5  # times as wide as the usual star
USELESS = 0.02  # of the usual frame's weight
_EXPOSURES = ("EXPTIME", "EXPOSURE", "XPOSURE", "TEXPTIME", "ITIME")


@dataclass(frozen=True)
class UnfitFrame:
    """A frame that takes no part, and why, in words."""

    name: str
    reason: str


def file_name(frame: Frame) -> str:
    """What the user calls the frame."""
    return frame.path.name if frame.path else frame.name


def exposure_time(frame: Frame) -> float | None:
    """Seconds, as the header tells; None where it does not."""
    for keyword in _EXPOSURES if frame.header is not None else ():
        seconds = number(frame.header, keyword, 0.0)  # type: ignore[arg-type]
        if seconds > 0:
            return seconds
    return None


def check_filters(frames: Sequence[Frame], choices: StackChoices) -> tuple[str, ...]:
    """Names of the frames' filters, each once; raises where they differ and may not."""
    bands = identify_all(list(frames))
    lengths = {round(band.nm) for band in bands if band.nm is not None}
    names = tuple(dict.fromkeys(band.name for band in bands if band.nm is not None))
    if len(lengths) > 1 and not choices.mixed_filters:
        raise MixedFilters(
            Text(
                "These frames were taken through different filters: {names}", names=", ".join(names)
            ),
            hint="Combine those of one filter at a time, or allow it: --mixed-filters.",
        )
    return names


def why_not_readable(frame: Frame) -> str:
    """Why samples of a frame cannot be combined at all; "" where they can."""
    if frame.channels != 1:
        return "it is in colour; combine its channels one by one"
    if frame.kind != "linear":
        return "it is a picture for the eye, whose numbers do not add up as light does"
    if frame.unit.lower().startswith("mag") or "dex" in frame.unit.lower():
        return f"its unit ({frame.unit}) is a logarithm of light"
    if min(frame.shape) < 32:
        return f"it has {frame.shape[1]} x {frame.shape[0]} pixels only"
    return ""


def check_units(frames: Sequence[Frame]) -> None:
    """Raise where some frames count per pixel and others are surface brightnesses."""
    kinds = {nature(f.unit): f for f in frames if nature(f.unit) != "unknown"}
    if len(kinds) > 1:
        one, other = list(kinds.values())[:2]
        raise CannotCombine(
            Text(
                "{file_name} is in {unit}, {other_file_name} in {other_unit}",
                file_name=file_name(one),
                unit=one.unit,
                other_file_name=file_name(other),
                other_unit=other.unit,
            ),
            hint="Combine frames of one kind of unit.",
        )


def trailed(stars: FittedStars, others: FittedStars) -> str:
    """In words, when stars are far longer than those of another frame; "" when not."""
    if stars.ellipticity <= others.ellipticity + TRAILED:
        return ""
    return (
        f"its stars are trailed: ellipticity {stars.ellipticity:.2f}, "
        f"that of the others {others.ellipticity:.2f}"
    )


def judged(exposures: Sequence[MatchedFrame]) -> dict[int, str]:
    """By place in the list: why a measured frame had better not take part."""
    if len(exposures) < 3:
        return {}
    shapes = np.array([e.stars.ellipticity for e in exposures])
    wide = np.array([e.stars.fwhm * np.sqrt(e.area) for e in exposures])
    usual_shape, usual_wide = float(np.nanmedian(shapes)), float(np.nanmedian(wide))
    light = _light_for_exposure(exposures)
    usual_worth = float(np.median([e.weight for e in exposures]))
    found: dict[int, str] = {}
    for i, exposure in enumerate(exposures):
        if shapes[i] > usual_shape + TRAILED:
            found[i] = (
                f"its stars are trailed: ellipticity {shapes[i]:.2f}, "
                f"that of the others {usual_shape:.2f}"
            )
        elif light is not None and light[i] < CLOUDED:
            found[i] = f"clouds: its stars have {light[i]:.0%} of the light of the other frames"
        elif wide[i] > SOFT * usual_wide:
            found[i] = f"it is soft: its stars are {wide[i] / usual_wide:.1f} times as wide"
        elif exposure.weight < USELESS * usual_worth:
            found[i] = "it is so noisy that it would add nothing"
    return found


def _light_for_exposure(exposures: Sequence[MatchedFrame]) -> list[float] | None:
    """Light of the stars by the usual frame's, as exposure times let expect."""
    times = [exposure_time(e.frame) for e in exposures]
    light = np.array([e.light for e in exposures])
    rates = [e.frame.unit.replace(" ", "").endswith(("/s", "s-1")) for e in exposures]
    known = np.array([t for t in times if t is not None])
    if not all(rates):
        if len(known) == len(light):
            light = light / known
        elif len(known):
            return None
    return [float(part) for part in light / np.median(light)]
