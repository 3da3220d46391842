"""What is in a FITS file, told from its headers alone."""

from __future__ import annotations

import re
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
from astropy.io import fits

from astroview.core.errors import UnreadableFrame
from astroview.core.fits_headers import integer, text
from astroview.core.io.fits.colour_filter_array import mosaic_of
from astroview.core.io.fits.event_tables import KIND as EVENTS
from astroview.core.io.fits.event_tables import event_axes
from astroview.core.io.fits.fits_planes import are_colours, plane_names, side_by_side
from astroview.core.io.fits.hdu_info import HduInfo
from astroview.core.io.fits.mosaic.detector_sections import has_section
from astroview.core.io.windowed_reader import TYPES
from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import LIBRARY_ERRORS
from astroview.core.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from astroview.core.io.fits.fits_structure import HduPlace


_SKY = re.compile(r"(RA--|DEC-|[GSEH]L[OA][NT])")  # begins CTYPE of longitudes and latitudes
# What a damaged file makes astropy raise while it looks for headers and tables.
BROKEN = (*LIBRARY_ERRORS, fits.VerifyError)


@dataclass(frozen=True)
class HduEntry:
    """An HDU and where its data lie; `header` is as stored (tile compression not undone).

    ``interleaved``: the three colours of a pixel lie side by side; `info` tells of planes.
    """

    info: HduInfo
    header: fits.Header
    offset: int
    size: int
    interleaved: bool = False


def entries(hdus: fits.HDUList, places: Iterable[HduPlace], name: str) -> Iterator[HduEntry]:
    """The HDUs of an open file in order, as many as are asked for.

    The file must be opened with `disable_image_compression=True`; `places` are its HDUs as
    `hdu_places` found them, and none is touched before it is found to be sound. Raises
    UnreadableFrame at the place where the file is broken.
    """
    for index, _ in enumerate(places):
        try:
            hdu: Any = hdus[index]
            entry = _entry(index, hdu)
        except IndexError:
            return
        except BROKEN as problem:
            raise damaged(name, f"HDU {index} has a broken header ({problem})") from problem
        yield entry


def damaged(name: str, what: str) -> UnreadableFrame:
    """The error for a file that is not as its header says."""
    return UnreadableFrame(
        Text("{name} is damaged: {what}", name=name, what=what),
        hint="Download or copy it again; it may have been cut short.",
    )


def _entry(index: int, hdu: Any) -> HduEntry:
    header: fits.Header = hdu.header
    packed = _packed(hdu)
    kind = _kind(hdu, packed)
    axes = _axes(header, "ZNAXIS" if packed else "NAXIS")
    shape = axes[::-1] if kind.endswith("image") or kind == "random groups" else ()
    interleaved = kind == "image" and side_by_side(header, shape)
    shape = (3, *shape[:2]) if interleaved else shape
    kind = "header" if kind == "image" and prod(shape or (0,)) == 0 else kind
    stored = np.dtype(TYPES[integer(header, "ZBITPIX" if packed else "BITPIX")]) if shape else None
    shown = kind.endswith("image") and len(shape) >= 2 and prod(shape) > 0
    channels = _channels(header, shape) if shown else 1
    planes = _planes(header, shape) if shown else 1
    events = event_axes(header) if kind == "table" else None
    if events is not None:
        kind, shape, shown, stored = EVENTS, events.shape, True, np.dtype(np.float32)
    info = HduInfo(
        index=index,
        name=text(header, "EXTNAME"),
        kind=kind,
        shape=shape if kind != "header" else (),
        dtype=stored.newbyteorder("=").name if stored is not None and kind != "header" else "",
        is_image=shown,
        planes=planes,
        channels=channels,
        plane_names=plane_names(header, shape) if shown and planes > 1 else (),
        ways=_ways(header) if shown else (),
    )
    if kind == "unknown":
        return HduEntry(info, header, 0, 0)
    return HduEntry(info, header, int(hdu.fileinfo()["datLoc"]), _size(header), interleaved)


def _ways(header: fits.Header) -> tuple[str, ...]:
    """How an image says where it lies beside others: on a detector, on the sky."""
    sky = _SKY.match(text(header, "CTYPE1")) and "CRVAL1" in header
    sections = has_section(header)
    return (*(("iraf",) if sections else ()), *(("wcs",) if sky else ()))


def _channels(header: fits.Header, shape: tuple[int, ...]) -> int:
    if are_colours(header, shape):
        return 3
    try:
        return 1 if mosaic_of(header, shape[-2], "") is None else 3
    except UnreadableFrame:  # of filters that are not understood: told when it is opened
        return 1


def _planes(header: fits.Header, shape: tuple[int, ...]) -> int:
    """How many pictures there are; one where three planes are its colours."""
    return 1 if are_colours(header, shape) else prod(shape[:-2])


def _packed(hdu: Any) -> bool:
    """Whether an HDU has an image in tiles; others than tables may bear its cards in vain."""
    known = bool(hdu.header.get("ZIMAGE", False)) and "ZBITPIX" in hdu.header
    return known and isinstance(hdu, fits.BinTableHDU)


def _kind(hdu: Any, packed: bool) -> str:
    if packed:
        return "compressed image"
    if isinstance(hdu, fits.GroupsHDU):
        return "random groups"
    if isinstance(hdu, fits.PrimaryHDU | fits.ImageHDU):
        return "image"
    if isinstance(hdu, fits.BinTableHDU | fits.TableHDU):
        return "table"
    return "unknown"


def _axes(header: fits.Header, keyword: str) -> tuple[int, ...]:
    """Lengths of the axes, NAXIS1 first; none may be missing."""
    return tuple(integer(header, f"{keyword}{i + 1}") for i in range(integer(header, keyword, 0)))


def _size(header: fits.Header) -> int:
    """Bytes of the data, without padding."""
    axes = _axes(header, "NAXIS")
    if not axes:
        return 0
    if axes[0] == 0 and header.get("GROUPS"):
        axes = axes[1:]
    count = integer(header, "GCOUNT", 1) * (integer(header, "PCOUNT", 0) + prod(axes))
    return abs(integer(header, "BITPIX")) // 8 * count
