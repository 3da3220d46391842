"""One star over many frames by time: the same place on the sky, the same aperture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.errors import AstroviewError
from astroview.core.lightbox.frame_facts import date_and_exposure
from astroview.core.photometry.aperture_table import Apertures, NothingToMeasure, measure_stars
from astroview.core.sky.sky_map import sky_map

if TYPE_CHECKING:
    from astroview.core.frame import Frame

Place = tuple[float, float]  # pixel from 0, y upwards
COLUMNS = ("flux", "flux_err", "mag", "mag_err", "sky", "snr")


def light_curve(
    frames: Sequence[Frame],
    base: Frame,
    place: Place,
    how: Apertures,
) -> Any:
    """An astropy table, one row a frame that shows the place, in the order of time.

    Columns: frame, date, mjd (of the middle of the exposure; masked where the header has no date),
    x, y (FITS, from 1), and those of `measure_stars`. Frames with a sky are measured at the place's
    own, others at the same pixel where they are as large as ``base``.

    Raises
    ------
    NothingToMeasure
        No frame shows the place.
    """
    from astropy.table import MaskedColumn, Table

    rows: list[dict[str, Any]] = []
    for frame in frames:
        there = place if frame is base else _place_in(frame, base, place)
        if there is not None and (row := _row(frame, there, how)) is not None:
            rows.append(row)
    if not rows:
        raise NothingToMeasure(
            "No open frame shows this star", hint="Open frames of one field with a sky."
        )
    rows.sort(key=lambda row: (not math.isfinite(row["mjd"]), row["mjd"], row["frame"]))
    table = Table({name: [row[name] for row in rows] for name in ("frame", "date")})
    for name in ("mjd", "x", "y", *COLUMNS):
        values = np.array([row.get(name, math.nan) for row in rows], float)
        if np.isfinite(values).any():
            table[name] = MaskedColumn(np.nan_to_num(values), mask=~np.isfinite(values))
    table.meta = {"unit": base.own_unit, "radius": how.radius, "inner": how.inner,
                  "outer": how.outer, "zero_point": how.zero}  # fmt: skip
    return table


def _place_in(frame: Frame, base: Frame, place: Place) -> Place | None:
    """Where the place of one frame lies in another; None when it is not in it."""
    here, there = sky_map(base), sky_map(frame)
    height, width = frame.shape
    if here is None or there is None:
        return place if frame.shape == base.shape else None
    from_top = np.array([[place[0] + 0.5, base.shape[0] - place[1] - 0.5]])
    x, y = there.to_places(here.to_sky(from_top))[0]
    inside = math.isfinite(x) and 0 <= x < width and 0 <= y < height
    return (float(x) - 0.5, height - float(y) - 0.5) if inside else None


def _row(frame: Frame, place: Place, how: Apertures) -> dict[str, Any] | None:
    try:
        star: Any = measure_stars(frame, np.array([place]), how)[0]
    except AstroviewError:
        return None
    header = frame.header
    date, exposure = date_and_exposure(header) if header is not None else ("", math.nan)
    row: dict[str, Any] = {"frame": frame.name, "date": date, "mjd": _mjd(date, exposure)}
    for name in ("x", "y", *COLUMNS):
        if name in star.colnames and not np.ma.is_masked(star[name]):
            row[name] = float(star[name])
    return row if math.isfinite(row.get("flux", math.nan)) else None


def _mjd(date: str, exposure: float) -> float:
    from astropy.time import Time

    try:
        time: Any = Time(date, scale="utc") if date else None
        begun = float(time.mjd) if date else math.nan
    except ValueError:
        return math.nan
    return begun + (exposure / 2 / 86400 if math.isfinite(exposure) else 0.0)
