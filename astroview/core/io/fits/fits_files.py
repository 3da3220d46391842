"""FITS files as frames: header quirks end here."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from functools import partial
from itertools import chain
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
from astropy.io import fits

from astroview.core.errors import UnreadableFrame
from astroview.core.fits_headers import (
    CardProblem,
    integer,
    number,
    readable_header,
    text,
    told_number,
    with_primary,
)
from astroview.core.frame import ArraySource, FlippedSource, Frame, Source, StackSource
from astroview.core.io.fits.choose_hdu import choose_hdu
from astroview.core.io.fits.colour_filter_array import (
    DebayeredSource,
    Mosaic,
    history_of,
    mosaic_of,
    said_of,
    unread,
)
from astroview.core.io.fits.compressed_tiles import TiledPlane, check_tiles
from astroview.core.io.fits.event_tables import KIND as EVENTS
from astroview.core.io.fits.event_tables import (
    count_events,
    event_axes,
    picture_header,
    said_of_events,
)
from astroview.core.io.fits.fits_hdus import BROKEN, HduEntry, HduInfo, damaged, entries
from astroview.core.io.fits.fits_planes import are_colours
from astroview.core.io.fits.fits_structure import hdu_places
from astroview.core.io.fits.gwcs_extension import gwcs_cards
from astroview.core.io.fits.value_cards import divided
from astroview.core.io.metered_file import metered
from astroview.core.io.number_range import SAID as BEYOND
from astroview.core.io.number_range import in_powers, power_of
from astroview.core.io.windowed_reader import TYPES, Scaling, WindowedReader
from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings
from astroview.core.pixel_values import told_by
from astroview.core.sky.wcs import read_wcs
from astroview.core.texts import Text

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from pathlib import Path

    from astroview.core.io.byte_stores import Store

log = logging.getLogger(__name__)

SUMS = (
    "The file holds sums (its samples, times {factor}, are shown): its pixels are finer than those"
    " measured, in a unit per pixel."
)
# Of a picture whose colours were measured: the card that says so, and the plane that says where.
MEASURED_CARD, COLOUR_KNOWN = "AICOLSRC", "AI_COLOUR_KNOWN"
_RECORD = 2880  # FITS files are made of records of this many bytes


def open_fits(
    store: Store,
    path: Path,
    name: str,
    hdu: int | str | None,
    plane: int,
    max_bytes: int | None = None,
) -> Frame:
    """A plane of an image HDU as a frame; see `astroview.core.io.open_file.open_frame`."""
    with opened(store) as (hdus, checked):
        found, primary = choose_hdu(checked, store.name, hdu)
        if found.info.kind == EVENTS:
            check_whole(found, store)
            return _events(store, path, name, found, primary)
        return picture_of(
            OpenFile(store, path, name, hdus, max_bytes), found, primary, plane, checked
        )


@dataclass(frozen=True, eq=False)
class OpenFile:
    """A FITS file while its HDUs are looked at."""

    store: Store
    path: Path
    name: str
    hdus: fits.HDUList
    max_bytes: int | None = None


def picture_of(
    file: OpenFile, found: HduEntry, primary: HduEntry, plane: int, rest: Iterable[HduEntry] = ()
) -> Frame:
    """A plane of an image HDU; ``rest`` are the HDUs after it, for what they tell of it."""
    store = file.store
    check_whole(found, store)
    header = found.header
    if found.info.kind == "compressed image":
        check_tiles(found, store, file.max_bytes)
        header = _unpacked_header(store, found.info.index)
    header = readable_header(header)
    if found.interleaved:
        for axis, length in enumerate(found.info.shape[::-1], start=1):
            header[f"NAXIS{axis}"] = length
    wcs, unsaid = read_wcs(header, file.hdus), ""
    if wcs is None:
        header, unsaid = _with_gwcs(store, header, rest, found.info.shape)
        wcs = read_wcs(header, file.hdus)
    header, factor = as_means(header)
    three = are_colours(header, found.info.shape)
    shape = (found.info.shape[-2], found.info.shape[-1])
    make = partial(_source, store, found, header, plane, three=three)
    power = _power(make(factor), shape, header, found.info.dtype)
    source = make(factor / 10.0**power)
    header = _in_powers(header, power) if power else header
    if found is not primary and not primary.info.is_image:
        header = with_primary(header, readable_header(primary.header))
    known = _colour_known(store, rest, header, shape) if three else None
    shown = text(header, "RENDERED") != "" and three
    mosaic = None if three else mosaic_of(header, found.info.shape[-2], store.name)
    if mosaic is not None:
        source = DebayeredSource(source, shape, mosaic.colours)
    return Frame(
        name=file.name,
        shape=shape,
        channels=3 if three or mosaic is not None else 1,
        kind="display" if shown else "linear",  # shown: a picture that this program rendered
        source=source,
        full_scale=1.0 if shown else None,
        unit=text(header, "BUNIT"),
        path=file.path,
        hdu=found.info.index,
        plane=plane,
        header=header,
        wcs=wcs,
        history=() if mosaic is None else (history_of(mosaic),),
        colour_known=known,
        note=_said(store.name, factor, mosaic, "" if three else unread(header), power, unsaid),
        power=power,
    )


def _events(store: Store, path: Path, name: str, found: HduEntry, primary: HduEntry) -> Frame:
    """A table of events as the picture that they make."""
    axes = event_axes(found.header)
    assert axes is not None
    try:
        counts, seen = count_events(store, found.info.index, found.offset, axes)
        header = readable_header(picture_header(found.header, axes))
    except BROKEN as problem:
        raise damaged(store.name, f"its events cannot be read ({problem})") from problem
    said = said_of_events(seen, axes.block)
    return Frame(
        name=name,
        shape=axes.shape,
        channels=1,
        kind="linear",
        source=FlippedSource(ArraySource(counts), axes.shape[0]),
        full_scale=None,
        unit="count",
        path=path,
        hdu=found.info.index,
        header=with_primary(header, readable_header(primary.header)),
        wcs=read_wcs(header),
        history=(said,),
        note=said,
    )


def fits_hdus(store: Store) -> tuple[HduInfo, ...]:
    """All HDUs of a FITS file; raises UnreadableFrame when even the first is broken."""
    with opened(store) as (_, checked):
        return tuple(entry.info for entry in checked)


def check_all_there(store: Store) -> None:
    """Raise UnreadableFrame when an HDU, or one that the file announces, is not there whole."""
    with opened(store) as (_, checked):
        found = list(checked)
    if not found:
        raise damaged(store.name, "it does not begin as a FITS file")
    for entry in found:
        check_whole(entry, store)
    announced = int(number(found[0].header, "NEXTEND", 0))
    if len(found) <= announced:
        raise damaged(store.name, f"it has {len(found) - 1} of {announced} extensions")
    end = max(entry.offset + entry.size for entry in found)
    if -(-end // _RECORD) * _RECORD < store.size:
        raise damaged(store.name, f"what follows HDU {len(found) - 1} is no HDU")


@contextmanager
def opened(store: Store) -> Generator[tuple[fits.HDUList, Iterator[HduEntry]]]:
    """The open file, and its HDUs, each checked before astropy looks at it."""
    with collected_warnings() as notes, metered(store) as file, store.open() as own:
        places = hdu_places(own, store.name)
        first = [place for _, place in zip(range(1), places, strict=False)]
        try:
            hdus = fits.open(
                file,
                memmap=False,
                lazy_load_hdus=True,
                disable_image_compression=True,
                ignore_missing_simple=False,
            )
        except BROKEN as problem:
            raise damaged(store.name, f"it does not begin as a FITS file ({problem})") from problem
        try:
            with hdus:
                yield hdus, entries(hdus, chain(first, places), store.name)
        except CardProblem as problem:
            raise damaged(store.name, str(problem)) from problem
    if notes:
        log.info("%s: %d header remarks: %s", store.name, len(notes), "; ".join(notes)[:500])


def check_whole(entry: HduEntry, store: Store) -> None:
    missing = entry.offset + entry.size - store.size
    if missing > 0:
        raise damaged(
            store.name,
            f"HDU {entry.info.index} lacks {_amount(missing)} of its {_amount(entry.size)}",
        )


def _amount(count: int) -> str:
    return f"{count:,} bytes" if count < 10**6 else f"{count / 1e6:,.1f} MB"


def _unpacked_header(store: Store, index: int) -> fits.Header:
    """The image header that a tile-compressed HDU stands for."""
    with store.open() as file, fits.open(file, memmap=False) as hdus:
        try:
            image: Any = hdus[index]
            return image.header.copy()
        except BROKEN as problem:
            raise damaged(store.name, f"its compression is not understood ({problem})") from problem


def _colour_known(
    store: Store, rest: Iterable[HduEntry], header: fits.Header, shape: tuple[int, int]
) -> Source | None:
    """Where colour was measured, of a picture that was saved here; None where nobody says.

    The plane only tells of the picture: one that is broken or missing is no reason not to open it.
    """
    if MEASURED_CARD not in header:
        return None
    try:
        for entry in rest:
            if entry.info.name == COLOUR_KNOWN and entry.info.shape == shape:
                check_whole(entry, store)
                return _source(store, entry, entry.header, 0, three=False)
    except UnreadableFrame as problem:
        log.info("%s: where its colour was measured cannot be read: %s", store.name, problem)
    return None


def as_means(header: fits.Header) -> tuple[fits.Header, int]:
    """A header whose values are those of means again, and by what the samples are multiplied.

    Means are what frames hold in memory, so that a saved result and the result agree.
    """
    kept, scale = told_by(header)
    if kept != "sum":
        return header, 1
    return divided(header, 1 / scale**2)[0], scale**2


def _with_gwcs(
    store: Store, header: fits.Header, rest: Iterable[HduEntry], shape: tuple[int, ...]
) -> tuple[fits.Header, str]:
    """The header with the sky of an ASDF extension, where there is one, and what is to be said."""
    cards, said = gwcs_cards(store, rest, (shape[-2], shape[-1]))
    if cards is None:
        return header, said
    both = header.copy()
    both.update(cards)
    return both, said


def _in_powers(header: fits.Header, power: int) -> fits.Header:
    """A copy whose unit and values are those of samples divided by 10**power."""
    made = divided(header, 10.0**power)[0]
    made["BUNIT"] = in_powers(text(header, "BUNIT"), power)
    return made


def _power(source: Source, shape: tuple[int, int], header: fits.Header, dtype: str) -> int:
    """The power of ten to divide by so that 32 bits can hold the numbers; 0 mostly."""
    scale, zero = (abs(told_number(header, k, 1.0)) for k in ("BSCALE", "BZERO"))
    if dtype != "float64" and (scale == 0 or 1e-25 < scale < 1e25) and zero < 1e25:
        return 0
    return power_of(source, shape)


def _said(name: str, factor: int, mosaic: Mosaic | None, odd: str, power: int, sky: str) -> str:
    """What is to be known of the samples."""
    said = [
        "" if factor == 1 else SUMS.format(factor=factor),
        said_of(mosaic, name) if mosaic else odd,
        BEYOND.format(power=power) if power else "",
        sky,
    ]
    return " ".join(sentence for sentence in said if sentence)


def _source(
    store: Store,
    entry: HduEntry,
    header: fits.Header,
    plane: int,
    factor: float = 1,
    *,
    three: bool,
) -> Source:
    """A plane, or the `three` planes that are colours."""
    info = entry.info
    if not 0 <= plane < info.planes:
        raise UnreadableFrame(
            Text("{name} has no plane {plane}", name=store.name, plane=plane),
            hint=Text("It has planes 0 to {planes}.", planes=info.planes - 1),
        )
    packed = info.kind == "compressed image"
    scaling = _scaling(header, info.dtype, factor)
    if entry.interleaved:
        dtype = np.dtype(TYPES[integer(entry.header, "BITPIX")])
        pixels = WindowedReader(store, entry.offset, (*info.shape[-2:], 3), dtype, scaling)
        return FlippedSource(pixels, info.shape[-2])
    one = partial(_tiled if packed else _plain, store, entry, scaling)
    planes = [one(i) for i in range(3)] if three else [one(plane)]
    flipped = tuple(FlippedSource(source, info.shape[-2]) for source in planes)
    return flipped[0] if len(flipped) == 1 else StackSource(flipped)


def _plain(store: Store, entry: HduEntry, scaling: Scaling, plane: int) -> Source:
    dtype = np.dtype(TYPES[integer(entry.header, "BITPIX")])
    shape = entry.info.shape[-2:]
    return WindowedReader(
        store, entry.offset + plane * prod(shape) * dtype.itemsize, shape, dtype, scaling
    )


def _tiled(store: Store, entry: HduEntry, scaling: Scaling, plane: int) -> Source:
    cube = entry.info.shape[:-2]
    index = tuple(int(i) for i in np.unravel_index(plane, cube)) if cube else ()
    try:
        return TiledPlane(store, entry.info.index, index, scaling)
    except BROKEN as problem:
        raise damaged(store.name, f"its compression is not understood ({problem})") from problem


def _scaling(header: fits.Header, dtype: str, factor: float = 1) -> Scaling:
    blank = None if dtype.startswith("float") or "BLANK" not in header else header["BLANK"]
    return Scaling(
        slope=factor * (told_number(header, "BSCALE", 1.0) or 1.0),
        zero=factor * told_number(header, "BZERO", 0.0),
        blank=blank if isinstance(blank, int) else None,
    )
