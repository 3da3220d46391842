"""What a frame's header says of it, in the few facts that one sorts a night by."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from pathlib import Path

    from astropy.io import fits

    from astroview.core.frame import Frame

DATES = ("DATE-OBS", "DATE-BEG", "DATE-AVG", "DATE_OBS", "DATEOBS")
DAYS = (("MJD-OBS", "mjd"), ("MJD-BEG", "mjd"), ("MJD-AVG", "mjd"), ("JD", "jd"))
EXPOSURES = ("EXPTIME", "EXPOSURE", "XPOSURE", "EXP_TIME", "TEXPTIME")


@dataclass(frozen=True, slots=True)
class FrameFacts:
    """Of one file; "" and NaN where nobody says.

    Attributes
    ----------
    date
        Of the observation: ISO 8601, UTC as headers mean it.
    exposure
        Seconds.
    ra, dec
        Of the frame's middle, degrees (ICRS).
    scale
        Arcseconds a pixel.
    problem
        Why it cannot be opened; then nothing else is known.
    """

    date: str = ""
    filter: str = ""
    object: str = ""
    exposure: float = math.nan
    ra: float = math.nan
    dec: float = math.nan
    scale: float = math.nan
    width: int = 0
    height: int = 0
    problem: str = ""

    @property
    def field(self) -> str:
        """What it shows: the object it names, else where it points, to a tenth of a degree."""
        if self.object or not math.isfinite(self.ra):
            return self.object
        return f"{self.ra:05.1f} {self.dec:+05.1f}"


def facts_of(frame: Frame) -> FrameFacts:
    """The facts of an open frame."""
    from astroview.core.fits_headers import text

    height, width = frame.shape
    header, ra, dec, scale = frame.header, math.nan, math.nan, math.nan
    if frame.wcs is not None:
        ra, dec, scale = _pointing(frame)
    if header is None:
        return FrameFacts(ra=ra, dec=dec, scale=scale, width=width, height=height)
    date, exposure = date_and_exposure(header)
    return FrameFacts(
        date=date,
        filter=_filter(frame),
        object=text(header, "OBJECT") or text(header, "TARGNAME"),
        exposure=exposure,
        ra=ra,
        dec=dec,
        scale=scale,
        width=width,
        height=height,
    )


def facts_of_file(path: Path) -> tuple[FrameFacts, Frame | None]:
    """The facts of a file, and its frame; of one that cannot be opened, why."""
    from astroview.core.errors import AstroviewError
    from astroview.core.io.open_file import open_frame

    try:
        frame = open_frame(path)
        return facts_of(frame), frame
    except AstroviewError as problem:
        return FrameFacts(problem=problem.message), None


def date_and_exposure(header: fits.Header) -> tuple[str, float]:
    """When a frame was taken (ISO 8601, "" unknown) and for how many seconds (NaN unknown)."""
    from astroview.core.fits_headers import number

    exposures = (number(header, name, math.nan) for name in EXPOSURES)
    return _date(header), next((e for e in exposures if math.isfinite(e)), math.nan)


def _date(header: fits.Header) -> str:
    """When it was taken; a date without a time gets the time of its own card."""
    from astroview.core.fits_headers import number, text

    for name in DATES:
        if said := _iso(text(header, name)):
            time = text(header, "TIME-OBS") or text(header, "UT")
            return f"{said}T{time}" if len(said) == 10 and ":" in time else said
    for name, kind in DAYS:
        day = number(header, name, math.nan)
        if math.isfinite(day) and day > 0:
            return _of_day(day, kind)
    return ""


def _iso(said: str) -> str:
    """ISO 8601 of what DATE-OBS says; "" when it is no date. Before 1999 it was DD/MM/YY."""
    if len(said) == 8 and said[2] == said[5] == "/" and said.replace("/", "").isdigit():
        return f"19{said[6:]}-{said[3:5]}-{said[:2]}"
    head = said[:10]
    plain = len(head) == 10 and head[4] == head[7] == "-" and head.replace("-", "").isdigit()
    return said.replace(" ", "T").rstrip("Z") if plain else ""


def _of_day(day: float, kind: str) -> str:
    from astropy.time import Time

    try:
        return str(Time(day, format=kind, scale="utc").isot)
    except ValueError:
        return ""


def _filter(frame: Frame) -> str:
    from astroview.core.bands.filters import filter_in_header

    assert frame.header is not None
    return filter_in_header(frame.header, frame.name)[0]


def _pointing(frame: Frame) -> tuple[float, float, float]:
    """RA, Dec of the middle, and arcseconds a pixel; NaN where the sky ends."""
    from astroview.core.sky.wcs import plate_scale, sky_at

    height, width = frame.shape
    try:
        middle: Any = sky_at(frame, (width - 1) / 2, (height - 1) / 2)
        scale = float(plate_scale(frame.wcs)) if frame.wcs is not None else math.nan
    except (ValueError, AttributeError, TypeError):
        return math.nan, math.nan, math.nan
    if middle is None:
        return math.nan, math.nan, scale
    return float(middle[0]), float(middle[1]), scale
