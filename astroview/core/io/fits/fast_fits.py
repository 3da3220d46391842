"""A first look at a plain FITS file, before astropy is even loaded.

Reads the few cards that say where the samples lie. Whatever is out of the ordinary is left to
`astroview.core.io.open_file.open_frame`, which always has the last word.
"""

from __future__ import annotations

from math import prod
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import FlippedSource, Frame
from astroview.core.io.byte_stores import DiskStore
from astroview.core.io.open_file import frame_name
from astroview.core.io.windowed_reader import TYPES, Scaling, WindowedReader
from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from typing import BinaryIO

_BLOCK, _CARD = 2880, 80
_MOST_BLOCKS = 400  # of one header
_NUMBERS = ("BITPIX", "NAXIS", "BSCALE", "BZERO", "BLANK", "PCOUNT", "GCOUNT")
# What these say needs the real reader; so does anything but this as the value of those.
_SPECIAL = ("ZIMAGE", "GROUPS", "RENDERED", "COLORSPC", "BAYERPAT", "COLORTYP", "CFAPAT", "CFATYPE")
_PLAIN = {"SIMPLE": " T", "XTENSION": "'IMAGE"}


@dataclass(frozen=True)
class _Hdu:
    numbers: dict[str, float]
    axes: tuple[int, ...]  # NAXIS1 first
    offset: int  # of the data


def glimpse(path: Path) -> Frame | None:
    """The first picture of an uncompressed FITS file, without header and WCS; None otherwise.

    Its samples are those that `open_frame` would give.
    """
    try:
        with path.open("rb") as file:
            found = _first_picture(file)
            if found is None:
                return None
            dtype = np.dtype(TYPES[int(found.numbers["BITPIX"])])
            if found.offset + prod(found.axes) * dtype.itemsize > path.stat().st_size:
                return None
    except (OSError, ValueError, KeyError, OverflowError, UnreadableFrame):
        return None
    shape = (found.axes[1], found.axes[0])
    rows = WindowedReader(
        DiskStore(path.name, path), found.offset, shape, dtype, _scaling(found, dtype)
    )
    source = FlippedSource(rows, shape[0])
    return Frame(frame_name(path), shape, 1, "linear", source, None, path=path)


def _first_picture(file: BinaryIO) -> _Hdu | None:
    while (hdu := _read_header(file)) is not None:
        if hdu.axes and prod(hdu.axes) > 0:
            plain = len(hdu.axes) >= 2 and min(hdu.axes[:2]) > 1
            colours = len(hdu.axes) > 2 and 3 in (hdu.axes[0], hdu.axes[2])
            return hdu if plain and not colours else None
        file.seek(hdu.offset)  # a primary HDU without data
    return None


def _read_header(file: BinaryIO) -> _Hdu | None:
    numbers: dict[str, float] = {}
    for _ in range(_MOST_BLOCKS):
        block = file.read(_BLOCK).decode("ascii", "replace")
        if len(block) < _BLOCK:
            return None
        for start in range(0, _BLOCK, _CARD):
            keyword, value = block[start : start + 8].rstrip(), block[start + 10 : start + _CARD]
            if keyword == "END":
                return _Hdu(numbers, _axes(numbers), file.tell())
            if keyword in _SPECIAL or _PLAIN.get(keyword, "") not in value:
                return None
            if keyword in _NUMBERS or keyword.startswith("NAXIS"):
                numbers[keyword] = float(value.partition("/")[0].replace("D", "E"))
    return None


def _axes(numbers: dict[str, float]) -> tuple[int, ...]:
    return tuple(int(numbers[f"NAXIS{i + 1}"]) for i in range(int(numbers["NAXIS"])))


def _scaling(hdu: _Hdu, dtype: np.dtype[np.generic]) -> Scaling:
    blank = hdu.numbers.get("BLANK") if dtype.kind != "f" else None
    return Scaling(
        slope=hdu.numbers.get("BSCALE", 1.0) or 1.0,
        zero=hdu.numbers.get("BZERO", 0.0),
        blank=None if blank is None else int(blank),
    )
