"""Planes of a FITS file that say of each pixel of a picture of it whether it was measured."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from astropy.io import fits

from astroview.core.errors import AstroviewError
from astroview.core.fits_headers import text
from astroview.core.io.byte_stores import open_store, read_head
from astroview.core.io.fits.fits_files import opened
from astroview.core.io.fits.fits_hdus import BROKEN, HduEntry
from astroview.core.io.flag_names import FLAGS
from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from astroview.core.frame import Frame

Role = Literal["flags", "errors"]

# Errors, variances and weights of whole pixels, not those of one step (VAR_FLAT may be 0).
_ERRORS = re.compile(
    r"ERR(OR)?S?|ERRDATA|UNC|UNCERT(AINTY)?|SIGMA|STD(DEV)?|RMS|VAR(IANCE)?|STAT|IVAR|INVVAR|"
    r"WHT|WGT|WT|WEIGHTS?",
    re.IGNORECASE,
)
_PLACES = ("CRVAL1", "CRVAL2", "CRPIX1", "CRPIX2")


@dataclass(frozen=True, eq=False)
class FellowPlane:
    """One of them: where it is, what it tells, its header, and how many planes it has."""

    hdu: int
    name: str
    role: Role
    header: fits.Header
    planes: int


def fellow_planes(frame: Frame) -> tuple[FellowPlane, ...]:
    """Those of a frame that was opened from a file: of its size, on its grid, of its EXTVER; the
    next ones after it, one of each role where several are. None where the file is gone.
    """
    hdu = frame.hdu
    if frame.path is None or not isinstance(hdu, int) or frame.header is None or frame.scale != 1:
        return ()
    try:
        if b"SIMPLE" not in read_head(frame.path) and not _packed(frame.path.name):
            return ()
        with opened(open_store(frame.path, max_bytes=frame.max_bytes)) as (_, walked):
            entries = list(walked)
    except (AstroviewError, *BROKEN):
        return ()
    if hdu >= len(entries):
        return ()
    own = entries[hdu]
    named: dict[str, Role] = {
        text(own.header, key).upper(): role for key, role in _NAMED_BY.items()
    }
    found: dict[Role, FellowPlane] = {}
    after = [e for e in entries if e.info.index > hdu]
    for entry in (*after, *entries[:hdu]):
        name = entry.info.name.strip()
        role: Role | None = (named.get(name.upper()) if name else None) or _role(name)
        if role is None or role in found or not _fits(entry, own, frame):
            continue
        found[role] = FellowPlane(entry.info.index, name, role, entry.header, entry.info.planes)
    return tuple(found.values())


_NAMED_BY: dict[str, Role] = {"QUALDATA": "flags", "ERRDATA": "errors"}  # of ESO's headers


def same_place(one: fits.Header, other: fits.Header) -> bool:
    """Whether two planes are of one exposure, on one grid, as far as their headers say."""
    if one.get("EXTVER", 1) != other.get("EXTVER", 1):
        return False
    return not any(key in one and one[key] != other.get(key) for key in _PLACES)


def _fits(entry: HduEntry, own: HduEntry, frame: Frame) -> bool:
    info = entry.info
    alone = entry.info.planes == 1 or entry.info.planes == own.info.planes
    ours = "AIMODEL1" in entry.header and _role(info.name) == "errors"
    return (
        info.is_image
        and info.channels == 1
        and info.shape[-2:] == frame.shape
        and alone
        and not ours
        and same_place(entry.header, own.header)
    )


def _role(name: str) -> Role | None:
    if FLAGS.fullmatch(name):
        return "flags"
    return "errors" if _ERRORS.fullmatch(name) else None


def _packed(name: str) -> bool:
    return name.lower().endswith((".gz", ".bz2", ".xz", ".z"))
