"""Which frames may take part, and why others may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from astroview.core.bands.bands import identify_all
from astroview.core.fits_headers import number, text
from astroview.core.frame import blocks
from astroview.core.pixel_values import nature
from astroview.core.texts import Text
from astroview.engine.stacking.stack_choices import CannotCombine, MixedFilters, StackChoices
from astroview.engine.stacking.star_fits import FWHM, LEAST_SNR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from astroview.core.bands.bands import Band
    from astroview.core.frame import Frame
    from astroview.engine.stacking.matched_frame import MatchedFrame
    from astroview.engine.stacking.star_fits import FittedStars

TRAILED = 0.3  # ellipticity above that of the usual frame
CLOUDED = 0.4  # of the light that the usual frame has for its exposure
SOFT = 2.5  # times as wide as the usual star
_TOLD = 6  # frames whose reasons are told
_FEWEST = 3  # frames that tell what is usual
USELESS = 0.02  # of the usual frame's weight
_STARS, _SURE = 6, 4.0  # stars that ought to stand out, and by how much more than they have to
_EDGE = 8  # pixels within which a star may be lost
_EXPOSURES = ("EXPTIME", "EXPOSURE", "XPOSURE", "TEXPTIME", "ITIME")


@dataclass(frozen=True)
class UnfitFrame:
    """A frame that takes no part, and why, in words."""

    name: str
    reason: str


def reasons_of(unfit: Sequence[UnfitFrame]) -> Text | None:
    """Who takes no part and why, in one text; None where all do."""
    told = [Text("{name}: {reason}", name=one.name, reason=one.reason) for one in unfit[:_TOLD]]
    if len(unfit) > _TOLD:
        told.append(Text("and {count} more", count=len(unfit) - _TOLD))
    return Text.joined(told) if told else None


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
    told = [(filter_of(band), band) for band in identify_all(list(frames))]
    kinds = dict.fromkeys(kind for kind, _ in told if kind)
    names = tuple(dict.fromkeys(_filter_name(band) for kind, band in told if kind))
    if len(kinds) > 1 and not choices.mixed_filters:
        each = [[band for kind, band in told if kind == one] for one in kinds]
        odd = len(told) > len(kinds)
        raise MixedFilters(
            Text(
                "These frames were taken through different filters: {names}",
                names=", ".join(_named(bands, odd=odd) for bands in each),
            ),
            hint="Combine those of one filter at a time, or allow it: --mixed-filters.",
        )
    return names


def filter_of(band: Band) -> int | str:
    """What tells filters apart: nanometres, else what the header calls it; "" where it is silent.

    A filter that no table knows, or none at all (CLEAR), is another one than r all the same.
    """
    return round(band.nm) if band.nm is not None else _stated(band.frame).casefold()


def _filter_name(band: Band) -> str:
    return band.name if band.nm is not None else _stated(band.frame)


def _stated(frame: Frame) -> str:
    return text(frame.header, "FILTER") if frame.header is not None else ""


def _named(bands: Sequence[Band], *, odd: bool) -> str:
    """A filter; where it is the odd one out with its only frame, so that it is found."""
    one = f" ({file_name(bands[0].frame)})" if odd and len(bands) == 1 else ""
    return _filter_name(bands[0]) + one


def why_not_readable(frame: Frame) -> str:
    """Why samples of a frame cannot be combined at all; "" where they can."""
    if frame.channels != 1:
        return Text("it is in colour; combine its channels one by one")
    if frame.kind != "linear":
        return Text("it is a picture for the eye, whose numbers do not add up as light does")
    if frame.unit.lower().startswith("mag") or "dex" in frame.unit.lower():
        return Text("its unit ({unit}) is a logarithm of light", unit=frame.unit)
    if min(frame.shape) < 32:
        return Text(
            "it has {width} x {height} pixels only", width=frame.shape[1], height=frame.shape[0]
        )
    return ""


def why_empty(frame: Frame) -> str:
    """Why samples of a frame measure nothing: it has none, or all are one number; "" when not."""
    low, high = np.inf, -np.inf
    for window in blocks(frame.shape, 1024):
        samples = frame.read(window)
        good = samples[np.isfinite(samples)]
        if good.size:
            low, high = min(low, float(good.min())), max(high, float(good.max()))
        if low < high:
            return ""
    if low > high:
        return Text("none of its samples is a number")
    return Text("all its samples are {value:g}: it measured nothing", value=low)


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


def starless(exposure: MatchedFrame, reference: Frame, base: FittedStars) -> str:
    """In words, when a frame that only its coordinates lay on the others shows no star where some
    of the reference's ought to stand out; "" when not, or when units do not tell.
    """
    if exposure.placement.stars or exposure.frame.unit != reference.unit:
        return ""
    x, y = exposure.placement.to_frame(base.x, base.y)
    height, width = exposure.frame.shape
    inside = (x > _EDGE) & (y > _EDGE) & (x < width - _EDGE) & (y < height - _EDGE)
    pixels = 4 * np.pi * ((base.fwhm / FWHM) ** 2 + 1 / 12) * exposure.area
    noise = exposure.noise * exposure.unit * np.sqrt(pixels)
    count = int((inside & (base.flux > _SURE * LEAST_SNR * noise)).sum())
    if count < _STARS:
        return ""
    return Text("clouds: none of {count} stars that it ought to show stands out", count=count)


def trailed(stars: FittedStars, others: FittedStars) -> str:
    """In words, when stars are far longer than those of another frame; "" when not."""
    if stars.ellipticity <= others.ellipticity + TRAILED:
        return ""
    return _trailed(stars.ellipticity, others.ellipticity)


def _trailed(mine: float, usual: float) -> Text:
    return Text(
        "its stars are trailed: ellipticity {mine:.2f}, that of the others {usual:.2f}",
        mine=mine,
        usual=usual,
    )


def judged(exposures: Sequence[MatchedFrame]) -> dict[int, str]:
    """By place in the list: why a measured frame had better not take part."""
    if len(exposures) < _FEWEST:
        return {}
    shapes = np.array([e.stars.ellipticity for e in exposures])
    wide = np.array([e.stars.fwhm * np.sqrt(e.area) for e in exposures])
    usual_shape, usual_wide = float(np.nanmedian(shapes)), float(np.nanmedian(wide))
    light = _light_for_exposure(exposures)
    usual_worth = float(np.median([e.weight for e in exposures]))
    found: dict[int, str] = {}
    for i, exposure in enumerate(exposures):
        if shapes[i] > usual_shape + TRAILED:
            found[i] = _trailed(float(shapes[i]), usual_shape)
        elif light[i] < CLOUDED:
            found[i] = Text(
                "clouds: its stars have {share:.0%} of the light of the other frames",
                share=light[i],
            )
        elif wide[i] > SOFT * usual_wide:
            found[i] = Text(
                "it is soft: its stars are {times:.1f} times as wide", times=wide[i] / usual_wide
            )
        elif exposure.weight < USELESS * usual_worth:
            found[i] = Text("it is so noisy that it would add nothing")
    return found


def _light_for_exposure(exposures: Sequence[MatchedFrame]) -> NDArray[np.float64]:
    """Light of the stars by the usual frame's, as exposure times let expect.

    Frames are compared with those of their own unit, whose numbers mean the same; NaN where that
    tells nothing: too few of a unit, or exposure times that only some of them know.
    """
    found = np.full(len(exposures), np.nan)
    units = [e.frame.unit.replace(" ", "") for e in exposures]
    for unit in set(units):
        mine = [i for i, other in enumerate(units) if other == unit]
        light = np.array([exposures[i].light for i in mine])
        times = [exposure_time(exposures[i].frame) for i in mine]
        known = np.array([t for t in times if t is not None])
        if not unit.endswith(("/s", "s-1")) and len(known):
            if len(known) < len(mine):
                continue
            light = light / known
        if len(mine) >= _FEWEST:
            found[mine] = light / np.median(light)
    return found
