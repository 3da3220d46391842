"""Tables of events (photons with a place each) as pictures: how many fell into each bin.

Such a table says that its events are places in a picture: OGIP's HDUCLAS1, CPREF, or a name; and
TLMINn, TLMAXn how far the picture reaches. Its sky is that of the pixel list convention (Greisen &
Calabretta 2002, A&A 395, 1061, section 4.4).
"""

from __future__ import annotations

import re
from math import ceil, floor
from typing import TYPE_CHECKING, Any

import numpy as np
from astropy.io import fits

from astroview.core.fits_headers import integer, number, text
from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.io.byte_stores import Store

KIND = "events"
MOST_SIDE = 2048  # pixels; more are binned by 2, 4, 8 ...
LARGEST = 10**8  # of the range of a column: what is larger is no picture
_NAMED = re.compile(r"(STD|RAY)?_?(EVENTS?|EVT).*", re.IGNORECASE)
_WHOLE, _REAL = "BIJK", "ED"
_CHUNK = 2**18  # rows read at a time
# What describes the table, and coordinates of its columns.
_TABLE = re.compile(
    r"XTENSION|SIMPLE|BITPIX|NAXIS\d*|PCOUNT|GCOUNT|TFIELDS|THEAP|EXTEND|CHECKSUM|DATASUM|"
    r"(TTYPE|TFORM|TUNIT|TLMIN|TLMAX|TDMIN|TDMAX|TDBIN|TNULL|TSCAL|TZERO|TDIM|TDISP)\d+|"
    r"(TCTYP|TCRPX|TCRVL|TCDLT|TCUNI|TCROT|TCNAM|TCTY|TCRP|TCRV|TCDE|TCUN|TCRO)\d+[A-Z]?|"
    r"(TP|TC)\d+_\d+[A-Z]?|MTYPE\d+|MFORM\d+|CPREF|PREFX|DSTYP\d+|DSVAL\d+|DSFORM\d+|DSUNIT\d+"
)
_PIXEL_CARDS = (("CTYPE", "TCTYP"), ("CRVAL", "TCRVL"), ("CUNIT", "TCUNI"))


@dataclass(frozen=True)
class EventAxis:
    """One axis: a column (from 1), where its first bin begins, and how many units it spans."""

    column: int
    start: float
    span: float

    def bins(self, block: int) -> int:
        """How many bins of so many units it has."""
        return max(ceil(self.span / block), 1)


@dataclass(frozen=True)
class EventAxes:
    """How a table of events becomes a picture; ``block`` is a bin's side in the columns' units."""

    x: EventAxis
    y: EventAxis
    block: int

    @property
    def shape(self) -> tuple[int, int]:
        """(H, W) of the picture."""
        return self.y.bins(self.block), self.x.bins(self.block)


def event_axes(header: fits.Header) -> EventAxes | None:
    """The axes of a table of events; None for any other table."""
    if text(header, "XTENSION") != "BINTABLE" or header.get("ZTABLE"):
        return None
    named = _NAMED.fullmatch(text(header, "EXTNAME"))
    if not (named or text(header, "HDUCLAS1").upper() == "EVENTS" or "CPREF" in header):
        return None
    preferred = [word.strip().upper() for word in text(header, "CPREF").split(",")]
    names = preferred if len(preferred) == 2 else ["X", "Y"]
    axes = [_axis(header, name) for name in names]
    if axes[0] is None or axes[1] is None:
        return None
    block = 1
    while max(axes[0].bins(block), axes[1].bins(block)) > MOST_SIDE:
        block *= 2
    return EventAxes(axes[0], axes[1], block)


def _axis(header: fits.Header, name: str) -> EventAxis | None:
    count = int(number(header, "TFIELDS", 0))
    column = next((i for i in range(1, count + 1) if _named(header, i) == name), 0)
    form = text(header, f"TFORM{column}")
    kind = form[-1:]
    if not column or form[:-1] not in ("", "1") or kind not in _WHOLE + _REAL:
        return None
    low, high = (number(header, f"{key}{column}", np.nan) for key in ("TLMIN", "TLMAX"))
    if kind in _WHOLE:  # whole numbers stand in the middle of their bins
        low, high = low - 0.5, high + 0.5
    span = high - low
    return EventAxis(column, low, span) if 1 <= span <= LARGEST else None


def _named(header: fits.Header, column: int) -> str:
    return text(header, f"TTYPE{column}").upper()


def picture_header(header: fits.Header, axes: EventAxes) -> fits.Header:
    """The header of the picture: what the table says of the observation, and its bins' sky."""
    kept = [card for card in header.cards if not _TABLE.fullmatch(card.keyword)]
    height, width = axes.shape
    made = fits.Header()
    for key, value in (("SIMPLE", True), ("BITPIX", -32), ("NAXIS", 2), ("NAXIS1", width),
                       ("NAXIS2", height)):  # fmt: skip
        made[key] = value
    made.extend(kept, strip=False)
    made["BUNIT"] = "count"
    for number_, axis in ((1, axes.x), (2, axes.y)):
        for key, of_column in _PIXEL_CARDS:
            if (value := header.get(f"{of_column}{axis.column}")) is not None:
                made[f"{key}{number_}"] = value
        if f"TCTYP{axis.column}" in header:
            reference = number(header, f"TCRPX{axis.column}", 0.0)
            made[f"CRPIX{number_}"] = (reference - axis.start) / axes.block + 0.5
            made[f"CDELT{number_}"] = number(header, f"TCDLT{axis.column}", 1.0) * axes.block
    return made


def count_events(
    store: Store, index: int, offset: int, axes: EventAxes
) -> tuple[NDArray[np.float32], int]:
    """Events in each bin (H, W), rows upwards, and how many lie in the picture at all."""
    with store.open() as own, fits.open(own, memmap=False) as hdus:
        table: Any = hdus[index]
        dtype = np.dtype(table.columns.dtype).newbyteorder(">")
        header: fits.Header = table.header.copy()
    with store.open() as file:
        rows = integer(header, "NAXIS2")
        names = [dtype.names[axis.column - 1] for axis in (axes.x, axes.y)]  # type: ignore[index]
        height, width = axes.shape
        counts = np.zeros(height * width, np.int64)
        file.seek(offset)
        for first in range(0, rows, _CHUNK):
            part = _rows(file, dtype, min(_CHUNK, rows - first))
            x, y = (
                _bins(_values(part[name], header, axis.column), axis, axes.block)
                for name, axis in zip(names, (axes.x, axes.y), strict=True)
            )
            inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
            counts += np.bincount((y * width + x)[inside], minlength=counts.size)
    return counts.reshape(height, width).astype(np.float32), int(counts.sum())


def _rows(file: Any, dtype: np.dtype[Any], count: int) -> NDArray[Any]:
    wanted = count * dtype.itemsize
    data = b""
    while len(data) < wanted:
        more = file.read(wanted - len(data))
        if not more:
            break
        data += more
    return np.frombuffer(data, dtype, count=len(data) // dtype.itemsize)


def _values(raw: NDArray[Any], header: fits.Header, column: int) -> NDArray[np.float64]:
    """The numbers that a column stands for; NaN where it has none."""
    values = raw.astype(np.float64)
    if raw.dtype.kind in "iu" and f"TNULL{column}" in header:
        values[raw == header[f"TNULL{column}"]] = np.nan
    return values * number(header, f"TSCAL{column}", 1.0) + number(header, f"TZERO{column}", 0.0)


def _bins(values: NDArray[np.float64], axis: EventAxis, block: int) -> NDArray[np.int64]:
    with np.errstate(invalid="ignore"):
        places = np.floor((values - axis.start) / block)
    return np.where(np.isfinite(places), places, -1).clip(-1, floor(2**40)).astype(np.int64)


def said_of_events(count: int, block: int) -> str:
    """What is to be known of the samples."""
    size = "pixels" if block == 1 else f"bins of {block} × {block} pixels"
    return f"These samples count the {count:,} events of a table in {size}."
