"""Tile-compressed FITS images (.fz: RICE, GZIP, PLIO, HCOMPRESS), decoded tile by tile."""

from __future__ import annotations

import re
import threading
import weakref
import zlib
from collections import OrderedDict
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
from astropy.io import fits
from astropy.io.fits.hdu.compressed._compression import CfitsioException

from astroview.core.fits_headers import integer, text
from astroview.core.io.byte_stores import DiskStore, Store
from astroview.core.io.fits import tile_codecs
from astroview.core.io.fits.fits_hdus import BROKEN, damaged
from astroview.core.library_warnings import collected_warnings
from astroview.core.memory_limits import check_memory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from astroview.core.frame import Window
    from astroview.core.io.fits.fits_hdus import HduEntry
    from astroview.core.io.windowed_reader import Scaling

_BAND_ROWS = 64  # rows decoded together, at least
_FORM = re.compile(r"\s*(\d*)([LXBIJKAEDCMPQ])([LXBIJKAEDCM]?)")
_WIDTHS = {"L": 1, "X": 1, "B": 1, "I": 2, "J": 4, "K": 8, "A": 1, "E": 4, "D": 8, "C": 8, "M": 16,
           "P": 8, "Q": 16}  # fmt: skip
_KEPT = 96 * 2**20  # bytes of decoded bands kept, for windows side by side

# What the decoders raise besides; astropy shows the first of them nowhere else.
_UNDECODABLE = (CfitsioException, zlib.error, RuntimeError, MemoryError)


tile_codecs.guard()


def check_tiles(entry: HduEntry, store: Store, max_bytes: int | None = None) -> None:
    """Raise UnreadableFrame when the tiles cannot be those of such an image.

    The table has one row for each tile, so the axes can claim no more than the file holds; and
    tiles that are decoded together must fit into memory (`TooLarge`).
    """
    shape, header = entry.info.shape, entry.header
    axes = shape[::-1]
    tile = [integer(header, f"ZTILE{i + 1}", axes[i] if i == 0 else 1) for i in range(len(axes))]
    count = prod(-(-length // side) for length, side in zip(axes, tile, strict=True))
    rows = integer(header, "NAXIS2", 0)
    if count != rows:
        raise damaged(store.name, f"its picture should have {count:,} tiles, but it has {rows:,}")
    sides = [min(length, side) for length, side in zip(axes, tile, strict=True)]
    one = prod(sides) * abs(integer(header, "ZBITPIX")) // 8
    band = one * -(-axes[0] // sides[0]) * max(1, _BAND_ROWS // max(1, sides[1]))
    whole = prod(axes) * abs(integer(header, "ZBITPIX")) // 8
    check_memory(store.name, store.size, min(whole, 2 * max(one, band)), max_bytes)
    _check_heap(entry, store)


def _check_heap(entry: HduEntry, store: Store) -> None:
    """Raise UnreadableFrame when a tile lies elsewhere than in the file's own heap: libraries take
    its place and length at their word.
    """
    header = entry.header
    width, rows = integer(header, "NAXIS1"), integer(header, "NAXIS2")
    start = integer(header, "THEAP", width * rows)
    room = width * rows + integer(header, "PCOUNT", 0) - start
    with store.open() as file:
        file.seek(entry.offset)
        table = np.frombuffer(file.read(width * rows), np.uint8)
    if len(table) < width * rows or start < width * rows or room < 0:
        raise damaged(store.name, "its tiles are not where it says")
    at = 0
    for number in range(1, integer(header, "TFIELDS", 0) + 1):
        form = _FORM.match(text(header, f"TFORM{number}"))
        if form is None:
            raise damaged(store.name, f"its column {number} is of no kind")
        if not text(header, f"TTYPE{number}"):
            raise damaged(store.name, f"its column {number} has no name")
        wide = _WIDTHS[form[2]]
        if form[2] in "PQ" and form[1] != "0":
            if at + wide > width:
                raise damaged(store.name, "its table is too narrow for its columns")
            places = table.reshape(rows, width)[:, at : at + wide].copy()
            count, offset = places.view(">i4" if form[2] == "P" else ">i8").T.astype(np.float64)
            item = _WIDTHS.get(form[3], 1)
            ends = count * item + offset
            if (count < 0).any() or (offset < 0).any() or (ends > room).any():
                raise damaged(store.name, "its tiles are not where it says")
        repeat = int(form[1] or 1)
        at += -(-repeat // 8) if form[2] == "X" else wide * repeat


class TiledPlane:
    """One plane of a tile-compressed image HDU. Keeps the file open, until it is collected."""

    def __init__(self, store: Store, hdu: int, plane: tuple[int, ...], scaling: Scaling) -> None:
        self._store = store
        self._plane = plane
        self._scaling = scaling
        hdus = fits.open(
            store.open(),
            memmap=isinstance(store, DiskStore),
            do_not_scale_image_data=True,
            lazy_load_hdus=True,
        )
        weakref.finalize(self, hdus.close)
        self._image: Any = hdus[hdu]
        self._height: int = self._image.shape[-2]
        tall = int(self._image.tile_shape[-2])
        self._band_rows = tall * max(1, -(-_BAND_ROWS // tall))
        self._bands: OrderedDict[int, NDArray[Any]] = OrderedDict()
        self._lock = threading.Lock()  # one file position, one cache

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        samples = np.empty(window.sampled(step), np.float32)
        done = 0
        for raw in self._raw(window, step):
            samples[done : done + len(raw)] = self._scaling.apply(raw)
            done += len(raw)
        return samples

    def read_exact(self, window: Window, step: int) -> NDArray[Any]:
        parts = [self._scaling.exact(raw) for raw in self._raw(window, step)]
        return np.concatenate(parts) if parts else np.empty(window.sampled(step), np.float64)

    def _raw(self, window: Window, step: int) -> Iterator[NDArray[Any]]:
        """Sampled rows as stored, band after band."""
        columns = slice(window.x, window.x + window.width)
        y, end = window.y, window.y + window.height
        while y < end and window.width:
            band = y // self._band_rows
            stop = min((band + 1) * self._band_rows, end)
            raw = self._rows(band, range(y, stop, step), columns)[:, ::step]
            yield np.array(raw)
            y += len(raw) * step

    def _rows(self, band: int, rows: range, columns: slice) -> NDArray[Any]:
        """The given rows, all within one band, as stored."""
        with self._lock:
            whole = self._bands.get(band)
            if whole is None and rows.step * 4 > self._band_rows:  # sparse: decode only these
                return np.concatenate([self._decode(y, y + 1, columns) for y in rows])
            if whole is None:
                start = band * self._band_rows
                whole = self._decode(start, min(start + self._band_rows, self._height), slice(None))
                self._keep(band, whole)
            self._bands.move_to_end(band)
            start = band * self._band_rows
            return whole[rows.start - start : rows.stop - start : rows.step, columns]

    def _decode(self, start: int, stop: int, columns: slice) -> NDArray[Any]:
        index = (*self._plane, slice(start, stop), columns)
        try:
            with collected_warnings():
                return np.asarray(self._image.section[index])
        except (*BROKEN, *_UNDECODABLE) as problem:
            raise damaged(self._store.name, f"its tiles cannot be decoded ({problem})") from problem

    def _keep(self, band: int, whole: NDArray[Any]) -> None:
        self._bands[band] = whole
        while len(self._bands) > max(1, _KEPT // max(1, whole.nbytes)):
            self._bands.popitem(last=False)
