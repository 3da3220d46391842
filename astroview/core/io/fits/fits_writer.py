"""Frames as FITS files, written in blocks of rows, with checksums.

Legend: a block is (top row, samples (rows, W) or (rows, W, 3)), top row first.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO, TypeGuard

import numpy as np
from astropy.io import fits

from astroview.core.colour import colour_space
from astroview.core.colour.stretch import Stretch
from astroview.core.fits_headers import result_header, without_tables
from astroview.core.frame import blocks
from astroview.core.io.fits.checksums import add32, encoded
from astroview.core.library_warnings import collected_warnings
from astroview.core.provenance import ai_cards, rendered_card, rendered_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from astropy.wcs import WCS
    from numpy.typing import NDArray

    from astroview.core.colour.tone import Drawn
    from astroview.core.frame import Frame

    Block = tuple[int, NDArray[np.float32]]

BLOCK = 16 * 2**20  # bytes of float32 RGB rendered at a time
_UNIT = 2880  # FITS files are made of records of this many bytes
_CARD = 80
_SUMS = (("DATASUM", "0".ljust(10)), ("CHECKSUM", "0" * 16))


def write_fits(file: BinaryIO, frame: Frame, stretch: Drawn) -> None:
    """Write a frame as FITS.

    Grey: the primary HDU holds the plane, float32 in native units. Colour: the primary HDU
    holds (3, H, W) sRGB 0..1 as rendered by `stretch`; the native samples follow in the
    extension LUMINANCE (grey below painted colour) or LINEAR (three channels). UNCERT holds
    half of the 90 % interval of super-resolved samples, UNCERTAB that of painted chroma (of
    Oklab a and of b), where it is known.
    """
    kept = result_header(frame.header, frame.history)
    with_tables = _with_tables(kept, frame.wcs)
    if frame.channels == 1 and frame.chroma is None:
        header = _structure(frame.shape, 1, extension=False) + with_tables
        _write_hdu(file, _extended(header, ai_cards(frame)), frame, native_blocks(frame))
    else:
        header = _structure(frame.shape, 3, extension=False) + _colour_axis(with_tables)
        cards = [*ai_cards(frame), rendered_card(stretch)]
        header = _extended(header, cards)
        for line in () if isinstance(stretch, Stretch) else rendered_lines(stretch):
            header.add_history(line)
        _write_hdu(file, header, frame, rendered_blocks(frame, stretch))
        if frame.kind == "linear" or frame.chroma is not None:
            _write_native(file, frame, with_tables)
    if frame.uncertainty is not None:
        halves = replace(frame, source=frame.uncertainty, channels=1)
        _write_plane(file, halves, with_tables, "UNCERT", "half of the samples' 90 % interval")
    if frame.chroma_uncertainty is not None:
        halves = replace(frame, source=frame.chroma_uncertainty, channels=1, unit="")
        unitless = with_tables.copy()
        unitless.remove("BUNIT", ignore_missing=True)
        _write_plane(file, halves, unitless, "UNCERTAB", "half of the chroma's 90 % interval")
    _write_tables(file, frame.wcs)


def write_native_fits(file: BinaryIO, frame: Frame, progress: Callable[[int, int], None]) -> None:
    """Only the samples, in native units, in the primary HDU; ``progress`` counts rows."""

    def told() -> Iterator[Block]:
        for top, block in native_blocks(frame):
            yield top, block
            progress(top + len(block), frame.shape[0])

    header = _structure(frame.shape, frame.channels, extension=False)
    kept = result_header(frame.header, ())
    header += _colour_axis(kept) if frame.channels == 3 else kept
    if frame.unit:
        header["BUNIT"] = frame.unit
    _write_hdu(file, header, frame, told())


def native_blocks(frame: Frame) -> Iterator[Block]:
    """The samples in native units, from top to bottom."""
    for window in blocks(frame.shape, _rows(frame)):
        yield window.y, frame.read(window)


def rendered_blocks(frame: Frame, stretch: Drawn) -> Iterator[Block]:
    """The picture as `colour_space.render` makes it, (rows, W, 3) in 0..1, from top to bottom."""
    for window in blocks(frame.shape, _rows(frame)):
        chroma = frame.read_chroma(window) if frame.chroma is not None else None
        yield window.y, colour_space.render(frame.read(window), stretch, chroma)


def _rows(frame: Frame) -> int:
    return max(1, BLOCK // (12 * frame.shape[1]))


def _write_native(file: BinaryIO, frame: Frame, kept: fits.Header) -> None:
    name = "LUMINANCE" if frame.channels == 1 else "LINEAR"
    _write_plane(file, frame, kept, name, "samples in native units")


def _write_plane(file: BinaryIO, frame: Frame, kept: fits.Header, name: str, what: str) -> None:
    """An extension with the samples of a frame."""
    header = _structure(frame.shape, frame.channels, extension=True)
    header += _colour_axis(kept) if frame.channels == 3 else kept
    header.remove("EXTNAME", ignore_missing=True)
    header.remove("EXTVER", ignore_missing=True)
    if frame.unit:
        header["BUNIT"] = frame.unit
    models = ai_cards(replace(frame, chroma=None))
    header = _extended(header, [fits.Card("EXTNAME", name, what), *models])
    _write_hdu(file, header, frame, native_blocks(frame))


def _structure(shape: tuple[int, int], planes: int, *, extension: bool) -> fits.Header:
    first = ("XTENSION", "IMAGE") if extension else ("SIMPLE", True)
    cards: list[tuple[str, object]] = [first, ("BITPIX", -32), ("NAXIS", 3 if planes > 1 else 2)]
    cards += [("NAXIS1", shape[1]), ("NAXIS2", shape[0])]
    cards += [("NAXIS3", planes)] if planes > 1 else []
    cards += [("PCOUNT", 0), ("GCOUNT", 1)] if extension else [("EXTEND", True)]
    return fits.Header(cards)


def _colour_axis(kept: fits.Header) -> fits.Header:
    """A header for (3, H, W): the samples have no unit, the third axis is colour."""
    header = kept.copy()
    for keyword in ("BUNIT", "WCSAXES"):
        header.remove(keyword, ignore_missing=True)
    step = "CD3_3" if "CD1_1" in header else "CDELT3"
    return _extended(
        header, [fits.Card("CTYPE3", "RGB", "red, green, blue; sRGB encoded in the primary HDU"),
                 fits.Card("CRPIX3", 1.0), fits.Card("CRVAL3", 1.0), fits.Card(step, 1.0)]
    )  # fmt: skip


def _extended(header: fits.Header, cards: list[fits.Card]) -> fits.Header:
    """The header with cards set, new ones before the closing HISTORY."""
    for card in cards:
        header[card.keyword] = (card.value, card.comment)
    return header


def _write_hdu(file: BinaryIO, header: fits.Header, frame: Frame, samples: Iterator[Block]) -> None:
    header = _extended(header, [fits.Card(keyword, empty) for keyword, empty in _SUMS])
    start, content = file.tell(), bytearray(_encode(header))
    file.write(content)
    total = _write_samples(file, frame.shape, samples)
    _fill_in(content, "DATASUM", str(total).ljust(10))
    _fill_in(content, "CHECKSUM", encoded(add32(total, bytes(content))))
    end = file.tell()
    file.seek(start)
    file.write(content)
    file.seek(end)


def _fill_in(content: bytearray, keyword: str, value: str) -> None:
    """Replace a card of an encoded header, which takes long to encode again."""
    name = f"{keyword:8}= ".encode("ascii")
    at = next(i for i in range(0, len(content), _CARD) if content.startswith(name, i))
    content[at : at + _CARD] = fits.Card(keyword, value).image.encode("ascii")


def _write_samples(file: BinaryIO, shape: tuple[int, int], samples: Iterator[Block]) -> int:
    """Write blocks plane by plane, bottom row first; returns the sum of the data."""
    start, total, planes = file.tell(), 0, 1
    height, width = shape
    for top, block in samples:
        rows = block[::-1] if block.ndim == 3 else block[::-1, :, None]
        planes = rows.shape[2]
        for i in range(planes):
            content = np.ascontiguousarray(rows[..., i], ">f4").tobytes()
            total = add32(total, content)
            file.seek(start + 4 * width * (i * height + height - top - len(rows)))
            file.write(content)
    size = 4 * width * height * planes
    file.seek(start + size)
    file.write(b"\0" * (-size % _UNIT))
    return total


def _encode(header: fits.Header) -> bytes:
    with collected_warnings():
        return header.tostring().encode("ascii", errors="replace")


def _with_tables(kept: fits.Header, wcs: WCS | None) -> fits.Header:
    """The header with the cards that lead to the look-up distortion tables, if there are any."""
    header = without_tables(kept)
    if _has_tables(wcs):
        with collected_warnings():
            primary: Any = wcs.to_fits(relax=True)[0]
        cards = primary.header.cards
        header.extend(c for c in cards if len(without_tables(fits.Header([c]))) == 0)
    return header


def _has_tables(wcs: WCS | None) -> TypeGuard[WCS]:
    """Whether the WCS has look-up tables; asking it to write itself takes long."""
    names = ("cpdis1", "cpdis2", "det2im1", "det2im2")
    return wcs is not None and any(getattr(wcs, name) is not None for name in names)


def _write_tables(file: BinaryIO, wcs: WCS | None) -> None:
    if not _has_tables(wcs):
        return
    with collected_warnings():
        tables: list[Any] = list(wcs.to_fits(relax=True)[1:])
        for table in tables:
            table.add_checksum(when="HDU checksum")  # without a date: same input, same bytes
            file.write(table.header.tostring().encode("ascii"))
            content = np.ascontiguousarray(table.data, ">f4").tobytes()
            file.write(content + b"\0" * (-len(content) % _UNIT))
