"""The other extensions of a multi-extension input, in the FITS file of a result.

Planes that go with the picture pixel by pixel (errors, variances, weights, masks, coverage) are
put on the finer grid, every pixel repeated: all that is known of the s x s fine pixels is known
of the one that was measured, so errors within it are shared and add up linearly. All other
extensions (tables, other chips) are copied byte by byte.
"""

from __future__ import annotations

import re
from math import prod
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

import numpy as np
from astropy.io import fits

from astroview.core.errors import AstroviewError
from astroview.core.fits_cards import add_history
from astroview.core.fits_headers import integer, number, text
from astroview.core.io.byte_stores import open_store
from astroview.core.io.fits.checksums import PLACEHOLDERS, add32, encode, fill_in_sums
from astroview.core.io.fits.fellow_planes import same_place
from astroview.core.io.fits.fits_files import opened
from astroview.core.io.fits.fits_hdus import BROKEN, HduEntry
from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings
from astroview.core.pixel_values import Holding
from astroview.core.sky.pixel_cards import scaled_cards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from astroview.core.frame import Frame
    from astroview.core.io.byte_stores import Store

Way = Literal["repeat", "copy"]

_UNIT = 2880
_BLOCK = 16 * 2**20  # bytes at a time
_OURS = re.compile(r"LUMINANCE|LINEAR|UNCERT(AB)?|AI_(CHROMA_)?INTERVAL|AI_COLOUR_KNOWN")
_TABLES = re.compile(r"WCSDVARR|D2IMARR")  # look-up distortions, which the writer writes anew
# In the unit of the picture; squares of it; one over squares; and without it.
_LINEAR = re.compile(r"ERR\w*|UNC\w*|SIGMA\w*|STD\w*|STDDEV|RMS\w*|NOISE\w*|BKG\w*|BACK\w*|SKY\w*|"
                     r"MODEL\w*|DARK|BIAS", re.IGNORECASE)  # fmt: skip
_SQUARE = re.compile(r"VAR\w*|STAT\w*", re.IGNORECASE)
_INVERSE = re.compile(r"IVAR\w*|INVVAR\w*", re.IGNORECASE)
_PLAIN = re.compile(r"WHT\w*|WGT\w*|WEIGHT\w*|WT|EXP\w*|TIME\w*|SAMP\w*|CTX\w*|CON|COV\w*|NCOV\w*|"
                    r"DQ\w*|MASK\w*|MSK\w*|FLAG\w*|BPM\w*|BADPIX\w*|QUAL\w*|SEG\w*|AREA\w*|FLAT",
                    re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Extensions:
    """What follows a result: the HDUs, what becomes of each, and what HISTORY says of it."""

    store: Store | None = None
    todo: tuple[tuple[HduEntry, Way, int], ...] = ()
    scale: int = 1
    divisor: int = 1
    lines: tuple[str, ...] = ()


NONE = Extensions()


def plan_extensions(frame: Frame, hold: Holding) -> Extensions:
    """What is to follow a result that is saved; nothing for frames no enhancement made.

    A file that is gone meanwhile is no reason not to save: the history says what is missing.
    """
    hdu = frame.hdu
    if frame.made is None or frame.path is None or hdu is None or frame.header is None:
        return NONE
    if not isinstance(hdu, int):
        return Extensions(lines=(f"HDUs of {frame.path.name} were made one ({hdu}), none is kept",))
    try:
        store = open_store(frame.path)
        with opened(store) as (_, walked):
            found = list(walked)
    except (AstroviewError, *BROKEN) as problem:
        words = f"other extensions were not kept, {frame.path.name} cannot be read: {problem}"
        return Extensions(lines=(words.replace("\n", " ")[:200],))
    if hdu >= len(found):
        return NONE
    todo: list[tuple[HduEntry, Way, int]] = []
    for entry in found:
        if entry.info.index != hdu and _is_kept(entry):
            way: Way = "repeat" if _goes_along(entry, found[hdu], frame) else "copy"
            todo.append((entry, way, _power(entry)))
    return Extensions(store, tuple(todo), frame.scale, hold.divisor, _lines(todo, frame.scale))


def write_extensions(file: BinaryIO, planned: Extensions) -> None:
    """Write what was planned; the file stands at the end of its last HDU."""
    if planned.store is None or not planned.todo:
        return
    with (
        planned.store.open() as source,
        _opened(source) as packed,
        planned.store.open() as again,
        fits.open(again, memmap=False, do_not_scale_image_data=True) as unpacked,
    ):
        for entry, way, power in planned.todo:
            if way == "copy":
                _copy(source, packed[entry.info.index], file)
            else:
                _repeat(unpacked[entry.info.index], file, planned, power)


def _opened(file: BinaryIO) -> Any:
    with collected_warnings():
        return fits.open(file, memmap=False, lazy_load_hdus=True, disable_image_compression=True,
                         ignore_missing_simple=False)  # fmt: skip


def _is_kept(entry: HduEntry) -> bool:
    name, header = text(entry.header, "EXTNAME"), entry.header
    if entry.info.kind == "unknown" or _TABLES.fullmatch(name):
        return False
    if entry.info.index == 0:
        return entry.info.is_image and "RENDERED" not in header and "AIMODEL1" not in header
    return not (_OURS.fullmatch(name) and ("AIMODEL1" in header or "AIVALUES" in header))


def _goes_along(entry: HduEntry, chosen: HduEntry, frame: Frame) -> bool:
    """Whether a plane tells something of every pixel of the picture that was enhanced."""
    shape = (frame.shape[0] // frame.scale, frame.shape[1] // frame.scale)
    *more, height, width = (1, 1, *entry.info.shape)
    if frame.scale == 1 or (height, width) != shape or not entry.info.kind.endswith("image"):
        return False
    if prod(more) != 1:  # several planes; one may stand in a cube
        return False
    if not same_place(entry.header, chosen.header):
        return False
    name = text(entry.header, "EXTNAME")
    return any(kind.fullmatch(name) for kind in (_LINEAR, _SQUARE, _INVERSE, _PLAIN))


def _power(entry: HduEntry) -> int:
    """With which power of the picture's unit a plane goes."""
    name = text(entry.header, "EXTNAME")
    if _INVERSE.fullmatch(name):
        return -2
    return 2 if _SQUARE.fullmatch(name) else int(_LINEAR.fullmatch(name) is not None)


def _lines(todo: list[tuple[HduEntry, Way, int]], scale: int) -> tuple[str, ...]:
    def named(way: Way) -> str:
        return ", ".join(_label(entry) for entry, how, _ in todo if how == way)

    repeated, copied = named("repeat"), named("copy")
    lines = [f"extensions, each pixel repeated {scale} x {scale}: {repeated}"] if repeated else []
    return (*lines, f"extensions as they were: {copied}") if copied else tuple(lines)


def _label(entry: HduEntry) -> str:
    version = entry.header.get("EXTVER", 1)
    name = entry.info.name or f"HDU {entry.info.index}"
    return name if version == 1 else f"{name},{version}"


# ---------------------------------------------------------------- writing


def _copy(source: BinaryIO, hdu: Any, file: BinaryIO) -> None:
    """Byte by byte; a primary HDU becomes an extension."""
    where = hdu.fileinfo()
    size = int(where["datSpan"])
    source.seek(int(where["hdrLoc"]))
    head = source.read(int(where["datLoc"]) - int(where["hdrLoc"]))
    if head.startswith(b"SIMPLE"):
        head = bytes(_as_extension(hdu.header))
    file.write(head)
    source.seek(int(where["datLoc"]))
    left = size
    while left and (part := source.read(min(left, _BLOCK))):
        file.write(part)
        left -= len(part)
    file.write(b"\0" * left)


def _as_extension(header: fits.Header) -> bytearray:
    made = header.copy()
    for keyword in ("SIMPLE", "EXTEND", "CHECKSUM", "DATASUM", "NEXTEND"):
        made.remove(keyword, ignore_missing=True)
    made.insert(0, ("XTENSION", "IMAGE"))
    after = f"NAXIS{made['NAXIS']}" if made["NAXIS"] else "NAXIS"
    made.set("PCOUNT", 0, after=after)
    made.set("GCOUNT", 1, after="PCOUNT")
    return encode(made)


def _repeat(hdu: Any, file: BinaryIO, planned: Extensions, power: int) -> None:
    header = _repeated_header(hdu.header, hdu.section[0:1, 0:1].dtype, planned, power)
    start, content = file.tell(), encode(header)
    file.write(content)
    total, rest = 0, b""
    for part in _finer(hdu, planned.scale, float(planned.divisor) ** -power):
        whole = rest + part
        even = len(whole) - len(whole) % 4  # what a checksum can add
        total, rest = add32(total, whole[:even]), whole[even:]
        file.write(part)
    padding = b"\0" * (-(file.tell() - start) % _UNIT)
    file.write(padding)
    fill_in_sums(content, add32(total, rest + padding[: -len(rest) % 4]))
    end = file.tell()
    file.seek(start)
    file.write(content)
    file.seek(end)


def _finer(hdu: Any, scale: int, factor: float) -> Iterator[bytes]:
    """The rows of a plane on the finer grid as they are stored, some at a time."""
    height, width = hdu.shape[-2:]
    first = (0,) * (len(hdu.shape) - 2)  # of a cube of one plane
    rows = max(1, _BLOCK // (8 * width * scale * scale))
    for top in range(0, height, rows):
        block = np.asarray(hdu.section[(*first, slice(top, min(top + rows, height)), slice(None))])
        if block.dtype.kind == "f" and factor != 1:
            block = (block * block.dtype.type(factor)).astype(block.dtype)
        fine = block.repeat(scale, 0).repeat(scale, 1)
        yield fine.astype(fine.dtype.newbyteorder(">")).tobytes()


def _repeated_header(
    header: fits.Header, stored: Any, planned: Extensions, power: int
) -> fits.Header:
    made, _ = scaled_cards(header, planned.scale)
    for axis in (1, 2):
        made[f"NAXIS{axis}"] = integer(header, f"NAXIS{axis}") * planned.scale
    for keyword in ("CHECKSUM", "DATASUM", "DATAMIN", "DATAMAX"):
        made.remove(keyword, ignore_missing=True)
    words = f"astroview: each pixel repeated {planned.scale} x {planned.scale}; known once"
    if planned.divisor != 1 and power:
        factor = float(planned.divisor) ** -power
        if stored.kind != "f":
            for keyword, default in (("BSCALE", 1.0), ("BZERO", 0.0)):
                made[keyword] = number(made, keyword, default) * factor
        if power == 1:
            for keyword, value, comment in _sum_cards(planned):
                made[keyword] = (value, comment)
        words += f", times {factor:.8g}"
    add_history(made, (words,))
    for keyword, empty in PLACEHOLDERS:
        made[keyword] = empty
    return made


def _sum_cards(planned: Extensions) -> list[tuple[str, str | int, str]]:
    root = round(planned.divisor**0.5)
    return Holding("sum", root).cards()
