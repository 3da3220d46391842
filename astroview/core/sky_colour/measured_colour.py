"""Measured colours for a frame: from a survey or a picture to a `ChromaGuide` that lies on it.

A picture's chroma is taken as means over cells of the frame that are as large as what the picture
resolves. It is scaled to the frame's own lightness, as light of one colour is when there is more
of it, and left out where the picture is blank, saturated, or shows something else than the frame.
"""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite, sqrt
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from astroview.core import extras
from astroview.core.colour.chroma_guide import ChromaGuide
from astroview.core.errors import AstroviewError
from astroview.core.sky.wcs import plate_scale
from astroview.core.sky_colour.agreement import LIKE, Agreement, agreement, strangers
from astroview.core.sky_colour.cell_grid import (
    MOST_CELLS,
    CellColours,
    Cells,
    colour_cells,
    light_cells,
)
from astroview.core.sky_colour.colour_picture import ColourPicture, empty, from_file, picture_of
from astroview.core.sky_colour.cutouts import cutout
from astroview.core.sky_colour.hue_agreement import strange_hues, widened
from astroview.core.sky_colour.picture_fit import (
    PictureFit,
    feature_fits,
    same_extent,
    sky_fit,
    star_fits,
)
from astroview.core.sky_colour.surveys import ColourSurvey, credit, sources_in, survey_named
from astroview.core.texts import Text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.colour.stretch import Stretch
    from astroview.core.frame import Frame

    FloatArray = NDArray[np.float32]

Tick = Callable[[str], object]
SEEING_CELLS = 1.18  # full widths at half maximum in a cell: a blur of half a cell, as is learnt
FINEST = 2.0  # pixels of the frame in a cell: colour is painted on coarser ones
GOOD_SHARE = 0.5  # of a cell whose chroma is taken
WHOLE = 0.9  # of a cell, for its lightness to be compared
FAINT = 0.1  # agreement below which coordinates alone are believed
FEWEST_CELLS = 3  # along the shorter side of a frame
LEAST_SHARE = 0.02  # of a frame, for its colours to be called measured
BRIGHTER = 2.0  # what chroma is scaled by at most, and 1 / BRIGHTER at least


def measured_guide(
    frame: Frame, stretch: Stretch, wanted: str, tick: Tick = lambda _: None
) -> ChromaGuide:
    """The chroma that a survey or a picture measured, on a frame.

    Parameters
    ----------
    stretch
        How the frame is shown.
    wanted
        Surveys and files, with commas between them; the first that has the field is taken.
    tick
        Told what is being done, often; may raise to stop.

    Raises
    ------
    AstroviewError
        None of them has colours of the field, or can be had; the frame has no WCS and a survey
        is wanted; a picture does not fit.
    """
    sources = sources_in(wanted)
    problems: list[AstroviewError] = []
    for source in sources:
        try:
            return _from_source(frame, stretch, source, tick)
        except AstroviewError as problem:
            if len(sources) == 1:
                raise
            problems.append(problem)
    raise AstroviewError(
        Text.joined(dict.fromkeys(problem.message for problem in problems)), problems[-1].hint
    )


def _from_source(frame: Frame, stretch: Stretch, source: str, tick: Tick) -> ChromaGuide:
    survey = survey_named(source)
    if survey is None:
        picture = from_file(Path(source))
        tick(f"laying {picture.name} on the frame")
        fit = _fitted(frame, stretch, picture)
        return guide_from_fit(frame, stretch, fit, picture.name, tick)
    fit = sky_fit(frame, survey_picture(frame, survey, tick))
    assert fit is not None
    return guide_from_fit(frame, stretch, fit, survey.title, tick)


def survey_picture(
    frame: Frame, survey: ColourSurvey, tick: Tick = lambda _: None, longest: int | None = None
) -> ColourPicture:
    """A survey's colours over a frame, fetched or kept.

    Raises AstroviewError as `cutout` does, and where the survey has nothing of the field.
    """
    note = f"fetching the colours of {survey.title}"
    tick(note)

    def heard(_: int) -> None:
        tick(note)

    found = cutout(frame, survey, heard, longest) if longest else cutout(frame, survey, heard)
    rgb = found.rgba[..., :3].astype(np.float32) / np.float32(255)
    rgb[empty(rgb)] = np.nan  # tiles that the server has not, where its PNG say nothing of that
    seeing = max(survey.seeing / plate_scale(found.wcs), 1.5)
    lines = (f"red, green, blue: {survey.bands}", f"credit: {credit(survey)}")
    made = picture_of(rgb, survey.title, found.wcs, seeing, lines, found.rgba[..., 3] > 0)
    if float(made.seen.mean()) < LEAST_SHARE:
        raise AstroviewError(
            Text(
                "{title} has no colours of the field of {name}", title=survey.title, name=frame.name
            ),
            hint="Choose another survey; DSS2, 2MASS and AllWISE cover all the sky.",
        )
    return made


def _fitted(frame: Frame, stretch: Stretch, picture: ColourPicture) -> PictureFit:
    """How a user's picture lies on a frame: by WCS, unless something else agrees better (many
    press pictures tell a wrong one); without, as agrees best.
    """
    found = sky_fit(frame, picture)
    if found is None:
        return _matched(frame, stretch, picture)
    if _tried(frame, stretch, found).sound or not extras.has("sky"):
        return found
    try:
        return _matched(frame, stretch, picture)
    except AstroviewError:
        return found


def _matched(frame: Frame, stretch: Stretch, picture: ColourPicture) -> PictureFit:
    """What agrees best of the same extent, stars and features."""
    whole = same_extent(frame, picture)
    seen = _tried(frame, stretch, whole) if whole is not None else None
    if whole is not None and seen is not None and seen.sound and seen.value >= 2 * LIKE:
        return whole
    for look in (star_fits, feature_fits):
        tried = [(_tried(frame, stretch, fit), fit) for fit in look(frame, stretch, picture)]
        good = [(alike.value, fit) for alike, fit in tried if alike.sound]
        if good:
            return max(good, key=lambda one: one[0])[1]
    if whole is not None and seen is not None and seen.sound:
        return whole
    raise AstroviewError(
        Text(
            "{name} does not fit onto {frame_name}: neither stars nor features of the two agree",
            name=picture.name,
            frame_name=frame.name,
        ),
        hint="Is it a picture of the same field? A WCS in both files settles where it lies.",
    )


def _tried(frame: Frame, stretch: Stretch, fit: PictureFit) -> Agreement:
    """How well a fit does, on coarse cells."""
    cells = Cells(frame.shape, max(_side(frame, fit), max(frame.shape) / 300))
    mine = light_cells(frame, stretch, cells)
    return agreement(mine, colour_cells(fit.picture, fit.by, cells, fit.pixels).light)


def _side(frame: Frame, fit: PictureFit) -> float:
    """A cell's side: what the picture resolves, and no more cells than memory is for."""
    resolved = fit.picture.seeing / SEEING_CELLS / fit.pixels
    return max(resolved, FINEST, sqrt(frame.shape[0] * frame.shape[1] / MOST_CELLS))


def guide_from_fit(
    frame: Frame, stretch: Stretch, fit: PictureFit, name: str, tick: Tick = lambda _: None,
    *, believe_all: bool = False,
) -> ChromaGuide:  # fmt: skip
    """The chroma of a picture that lies on a frame as ``fit`` says; see `measured_guide`.

    ``believe_all``: also where the picture shows something else than the frame.
    """
    cells = Cells(frame.shape, _side(frame, fit))
    if min(frame.shape) < FEWEST_CELLS * cells.side:
        raise AstroviewError(
            Text(
                "{name} is too coarse for {frame_name}: it resolves {side:.3g} of its "
                "pixels, and the frame has {shape}",
                name=name,
                frame_name=frame.name,
                side=cells.side,
                shape=min(frame.shape),
            ),
            hint="Choose a survey or a picture that is sharper.",
        )
    note = f"laying {name} on the frame"
    tick(note)
    mine = light_cells(frame, stretch, cells)

    def seen(shift: tuple[float, float]) -> CellColours:
        return colour_cells(fit.picture, fit.by, cells, fit.pixels, shift, lambda: tick(note))

    found = seen((0.0, 0.0))
    alike = agreement(mine, found.light)
    if not fit.sure and not alike.sound:
        raise AstroviewError(
            Text(
                "{name} does not fit onto {frame_name}: their lightness agrees by "
                "{value:.2f} only, of 1",
                name=name,
                frame_name=frame.name,
                value=alike.value,
            ),
            hint="Is it a picture of the same field? A WCS in both files settles where it lies.",
        )
    moved = (0.0, 0.0)
    if alike.sound and max(map(abs, alike.shift)) > 0.1:
        moved = (alike.shift[0] * cells.side, alike.shift[1] * cells.side)
        found = seen(moved)
    odd = np.zeros(mine.shape, bool)
    if not believe_all:
        # A part of a cell need not be as light as all of it.
        odd = strangers(mine, np.where(found.seen > WHOLE, found.light, np.float32(np.nan)))
        odd = widened(odd | strange_hues(mine, found.lab[..., 1:]))
    chroma = _chroma(mine, found, odd)
    arcsec = plate_scale(frame.wcs) * cells.side if frame.wcs is not None else 0.0
    guide = ChromaGuide(
        chroma, (cells.side, cells.side), name=name, arcsec=arcsec,
        lines=(*_fit_lines(fit, alike, moved, float(odd.mean())), *fit.picture.lines),
    )  # fmt: skip
    if guide.covers(frame.shape) < LEAST_SHARE:
        raise AstroviewError(
            Text(
                "{name} has no colours that could be believed of the field of {frame_name}",
                name=name,
                frame_name=frame.name,
            ),
            hint="It is blank or saturated there; choose another survey or picture.",
        )
    return guide


def _chroma(mine: FloatArray, found: CellColours, odd: NDArray[np.bool_]) -> FloatArray:
    """Chroma (h, w, 2) for the frame's lightness, NaN where it is not to be believed or is
    ``odd``.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        brighter = mine / found.lab[..., 0]
    brighter = np.clip(np.nan_to_num(brighter, nan=1.0), 1 / BRIGHTER, BRIGHTER)
    chroma = found.lab[..., 1:] * brighter[..., None]
    bad = odd | (found.share < GOOD_SHARE)
    chroma[bad | ~np.isfinite(chroma).all(-1)] = np.nan
    return chroma.astype(np.float32)


def _fit_lines(
    fit: PictureFit, alike: Agreement, moved: tuple[float, float], odd: float
) -> tuple[str, ...]:
    """How the colours were laid on, for the history."""
    words = f"colours laid on {fit.how}"
    if fit.residual is not None:
        words += f", residual {fit.residual:.2f} pixels"
    if isfinite(alike.value):
        words += f", agreement {alike.value:.2f}"
    lines = [words]
    if any(moved):
        lines.append(f"moved by {moved[1]:+.2f}, {moved[0]:+.2f} pixels to where they agree best")
    if not alike.value >= FAINT:
        lines.append("its lightness has little in common with the frame's: look at the fit")
    if odd:
        lines.append(f"left out where it shows something else than the frame: {odd:.1%}")
    return tuple(lines)
