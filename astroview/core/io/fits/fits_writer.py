"""Frames as FITS files, written in blocks of rows, with checksums.

Legend: a block is (top row, samples (rows, W) or (rows, W, 3)), top row first.
"""

from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO, TypeGuard

import numpy as np
from astropy.io import fits

from astroview.core.bad_pixels.saturation import KEYWORDS, saturation_level
from astroview.core.colour import colour_space
from astroview.core.colour.stretch import Stretch
from astroview.core.fits_cards import add_history, card, one_line
from astroview.core.fits_headers import result_header, without_tables
from astroview.core.frame import blocks
from astroview.core.io.fits.checksums import PLACEHOLDERS, add32, encode, fill_in, fill_in_sums
from astroview.core.io.fits.fits_choices import AS_MADE, FitsChoices
from astroview.core.io.fits.fits_extensions import NONE, plan_extensions, write_extensions
from astroview.core.io.fits.fits_files import COLOUR_KNOWN
from astroview.core.io.fits.value_cards import divided
from astroview.core.library_warnings import collected_warnings
from astroview.core.pixel_values import MARK, Holding, holding, scale_in, told_by
from astroview.core.provenance import (
    OUR_CARDS,
    VALUE_CARDS,
    ai_cards,
    rendered_card,
    rendered_lines,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from astropy.wcs import WCS
    from numpy.typing import NDArray

    from astroview.core.colour.tone import Drawn
    from astroview.core.frame import Frame
    from astroview.core.pixel_values import Values

    Block = tuple[int, NDArray[np.float32]]

BLOCK = 16 * 2**20  # bytes of float32 RGB rendered at a time
_UNIT = 2880  # FITS files are made of records of this many bytes
# Names of our own: what astropy takes UNCERT for is another thing.
INTERVAL = ("EXTNAME", "AI_INTERVAL", "half of the samples' 90 % interval")
KNOWN = ("EXTNAME", COLOUR_KNOWN, "2 measured, 1 interpolated, 0 painted")
CHROMA_INTERVAL = ("EXTNAME", "AI_CHROMA_INTERVAL", "half of the chroma's 90 % interval")


def write_fits(
    file: BinaryIO, frame: Frame, stretch: Drawn, choices: FitsChoices = AS_MADE
) -> None:
    """Write a frame as FITS.

    Grey: the primary HDU holds the plane, float32 in native units. Colour: the primary HDU
    holds (3, H, W) sRGB 0..1 as rendered by `stretch`; the native samples follow in the
    extension LUMINANCE (grey below painted colour) or LINEAR (three channels). AI_INTERVAL holds
    half of the 90 % interval of super-resolved samples, AI_CHROMA_INTERVAL that of painted
    chroma (of Oklab a and of b), where it is known; AI_COLOUR_KNOWN where colour was measured. The
    other extensions of the file that the frame was opened from follow (see `fits_extensions`).

    Samples, their intervals and the cards that tell values of samples are sums or means, as
    ``choices`` has it (see `pixel_values`).
    """
    hold = holding_of(frame, choices.values)
    own = _with_tables(_kept_header(frame), frame.wcs)
    native, changed = divided(own, hold.divisor)
    native = _with_range(_with_level(native, frame, hold), frame)
    others = NONE if choices.leaves_out_others(frame) else plan_extensions(frame, hold)
    said = (*hold.why, *_changed_line(changed))
    if frame.channels == 1 and frame.chroma is None:
        header = _structure(frame.shape, 1, extension=False) + native
        cards = [*ai_cards(frame, "samples"), *map(_card, hold.cards())]
        header = _said(_with_unit(_extended(header, cards)), (*said, *others.lines))
        _write_hdu(file, header, frame, native_blocks(frame, hold.divisor))
    else:
        header = _structure(frame.shape, 3, extension=False) + _colour_axis(own)
        header = _extended(header, [*ai_cards(frame), rendered_card(stretch)])
        lines = () if isinstance(stretch, Stretch) else rendered_lines(stretch)
        header = _said(_with_unit(header), (*lines, *others.lines))
        _write_hdu(file, header, frame, rendered_blocks(frame, stretch))
        if frame.kind == "linear" or frame.chroma is not None:
            _write_native(file, frame, _said(native, said), hold)
    _write_intervals(file, frame, own, native, hold)
    _write_tables(file, frame.wcs)
    write_extensions(file, others)


def _write_intervals(
    file: BinaryIO, frame: Frame, own: fits.Header, native: fits.Header, hold: Holding
) -> None:
    if frame.uncertainty is not None:
        halves = replace(frame, source=frame.uncertainty, channels=1)
        cards = [_card(INTERVAL), *ai_cards(frame, "interval"), *map(_card, hold.cards())]
        _write_plane(file, halves, native, cards, hold.divisor)
    unitless = own.copy()
    unitless.remove("BUNIT", ignore_missing=True)
    for source, name in (
        (frame.chroma_uncertainty, CHROMA_INTERVAL), (frame.colour_known, KNOWN),
    ):  # fmt: skip
        if source is not None:
            plane = replace(frame, source=source, channels=1, unit="")
            _write_plane(file, plane, unitless, [_card(name), *ai_cards(frame, "colour interval")])


def holding_of(frame: Frame, wanted: Values | None = None) -> Holding:
    """What the native samples of a frame are in a file: sums, or means.

    ``wanted`` None: as was chosen when it was made, else "auto".
    """
    if frame.kind != "linear":
        return Holding()
    told, base = told_by(frame.header)
    if not told and frame.header is not None:
        base = scale_in(map(str, frame.header.get("HISTORY") or ()))
    wanted = wanted or (frame.made.options.values if frame.made else "auto")
    return holding(frame.unit, base * frame.scale, wanted, told)


def _kept_header(frame: Frame) -> fits.Header:
    """The header that was, with the history; old cards of ours go where new ones come."""
    kept = result_header(frame.header, frame.history)
    stale = OUR_CARDS if frame.made is not None else VALUE_CARDS
    for keyword in [k for k in dict.fromkeys(kept) if stale.fullmatch(k)]:
        kept.remove(keyword, ignore_missing=True, remove_all=True)
    return kept


def _with_level(header: fits.Header, frame: Frame, hold: Holding) -> fits.Header:
    """With the level of saturation written down where only the stored type told it."""
    if frame.kind != "linear" or any(k in header for k in KEYWORDS):
        return header
    level = saturation_level(frame)
    if level is None:
        return header
    words = "most that the original's type can hold"
    return _extended(header, [card("SATURATE", level / hold.divisor, words)])


def _with_range(header: fits.Header, frame: Frame) -> fits.Header:
    """With room for DATAMIN and DATAMAX, where a result's original told them of its samples."""
    before = frame.header if frame.header is not None and frame.made is not None else {}
    words = {"DATAMIN": "least sample", "DATAMAX": "largest sample"}
    return _extended(header, [card(k, 0.0, words[k]) for k in words if k in before])


def _changed_line(changed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(textwrap.wrap(f"{MARK}changed with them: {', '.join(changed)}", 72,
                 subsequent_indent=MARK)) if changed else ()  # fmt: skip


def _with_unit(header: fits.Header) -> fits.Header:
    """With a BUNIT, if an empty one: without it CCDData cannot be read."""
    if "BUNIT" not in header:
        _extended(header, [card("BUNIT", "", "none is told")])
    return header


def _said(header: fits.Header, lines: tuple[str, ...]) -> fits.Header:
    header = header.copy()
    add_history(header, lines)
    return header


def _card(parts: tuple[str, str | int, str]) -> fits.Card:
    return card(*parts)


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
        header["BUNIT"] = one_line(frame.unit)
    _write_hdu(file, header, frame, told())


def append_plane(
    file: BinaryIO, frame: Frame, name: str, words: str, hold: Holding | None = None
) -> None:
    """Another plane of a result, after what `write_fits` wrote.

    Parameters
    ----------
    frame
        With the plane's samples as its source, their unit, and the header of its coordinates.
    name, words
        EXTNAME and its comment.
    hold
        Sums or means, as the picture itself has it; None: numbers as they are.
    """
    hold = hold or Holding()
    cards = [card("EXTNAME", name, words), *map(_card, hold.cards())]
    own = _with_tables(_kept_header(frame), frame.wcs)
    _write_plane(file, frame, own, cards, hold.divisor)


def native_blocks(frame: Frame, divisor: int = 1) -> Iterator[Block]:
    """The samples in native units, divided, from top to bottom."""
    for window in blocks(frame.shape, _rows(frame)):
        samples = frame.read(window)
        yield window.y, samples if divisor == 1 else samples / np.float32(divisor)


def rendered_blocks(frame: Frame, stretch: Drawn) -> Iterator[Block]:
    """The picture as `colour_space.render` makes it, (rows, W, 3) in 0..1, from top to bottom."""
    for window in blocks(frame.shape, _rows(frame)):
        chroma = frame.read_chroma(window) if frame.chroma is not None else None
        yield window.y, colour_space.render(frame.read(window), stretch, chroma)


def _rows(frame: Frame) -> int:
    return max(1, BLOCK // (12 * frame.shape[1]))


def _write_native(file: BinaryIO, frame: Frame, kept: fits.Header, hold: Holding) -> None:
    name = "LUMINANCE" if frame.channels == 1 else "LINEAR"
    cards = [card("EXTNAME", name, "samples in native units"), *ai_cards(frame, "samples")]
    _write_plane(file, frame, kept, [*cards, *map(_card, hold.cards())], hold.divisor)


def _write_plane(
    file: BinaryIO, frame: Frame, kept: fits.Header, cards: list[fits.Card], divisor: int = 1
) -> None:
    """An extension with the samples of a frame."""
    header = _structure(frame.shape, frame.channels, extension=True)
    header += _colour_axis(kept) if frame.channels == 3 else kept
    header.remove("EXTNAME", ignore_missing=True)
    header.remove("EXTVER", ignore_missing=True)
    if frame.unit:
        header["BUNIT"] = one_line(frame.unit)
    header = _with_unit(_extended(header, cards))
    _write_hdu(file, header, frame, native_blocks(frame, divisor))


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
        header, [card("CTYPE3", "RGB", "red, green, blue; sRGB encoded in the primary HDU"),
                 card("CRPIX3", 1.0), card("CRVAL3", 1.0), card(step, 1.0)]
    )  # fmt: skip


def _extended(header: fits.Header, cards: list[fits.Card]) -> fits.Header:
    """The header with cards set, new ones before the closing HISTORY."""
    for one in cards:
        header[one.keyword] = (one.value, one.comment)
    return header


def _write_hdu(file: BinaryIO, header: fits.Header, frame: Frame, samples: Iterator[Block]) -> None:
    header = _extended(header, [card(keyword, empty) for keyword, empty in PLACEHOLDERS])
    start, content = file.tell(), encode(header)
    file.write(content)
    range_ = _Range() if "DATAMIN" in header or "DATAMAX" in header else None
    total = _write_samples(file, frame.shape, range_.watched(samples) if range_ else samples)
    for keyword, value in (("DATAMIN", range_.low), ("DATAMAX", range_.high)) if range_ else ():
        if keyword in header:
            fill_in(content, keyword, value)
    fill_in_sums(content, total)
    end = file.tell()
    file.seek(start)
    file.write(content)
    file.seek(end)


class _Range:
    """The least and the largest of the samples that are written."""

    def __init__(self) -> None:
        self.low, self.high = np.inf, -np.inf

    def watched(self, samples: Iterator[Block]) -> Iterator[Block]:
        for top, block in samples:
            good = block[np.isfinite(block)]
            if good.size:
                self.low = min(self.low, float(good.min()))
                self.high = max(self.high, float(good.max()))
            yield top, block
        if self.low > self.high:
            self.low = self.high = 0.0


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
