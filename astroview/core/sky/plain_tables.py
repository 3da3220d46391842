"""Tables of any make as columns of one value a row, which can be listed, sorted and searched.

astropy's tables may hold coordinates, times, and vectors in one column.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PARTS = 16  # columns that a vector is spread over; a longer one is only described
RA_UCD, DEC_UCD = "pos.eq.ra;meta.main", "pos.eq.dec;meta.main"
PM_UCDS = ("pos.pm;pos.eq.ra", "pos.pm;pos.eq.dec")
# Positions in parts, as the catalogues of CDS and journals have them: "12 34 56.7 - 01 23 45".
_PARTS = ("RAh", "RAm", "RAs", "DEd", "DEm", "DEs")
_SIGN = "DE-"


def plain_table(table: Any) -> Any:
    """A table with the same rows and only one-dimensional columns of numbers or text.

    Coordinates become ``NAME.ra`` and ``NAME.dec`` (ICRS, degrees) that say so by their UCD,
    times ISO text, vectors ``NAME[0]``, ``NAME[1]``, ...; of long or ragged vectors there is
    a text with their length.
    """
    from astropy.table import Table

    columns = [part for name in table.colnames for part in _parts(name, table[name])]
    return Table([*_in_degrees(table), *columns], meta=dict(table.meta))


def _in_degrees(table: Any) -> list[Any]:
    """Right ascension and declination of columns that hold hours, minutes, degrees ..."""
    from astropy.table import Column

    if any(n not in table.colnames or table[n].dtype.kind not in "iuf" for n in _PARTS):
        return []
    parts = [np.ma.filled(np.ma.asarray(table[n], dtype=np.float64), np.nan) for n in _PARTS]
    sizes = [parts[i] + parts[i + 1] / 60 + parts[i + 2] / 3600 for i in (0, 3)]
    signs = [str(v).strip() for v in table[_SIGN]] if _SIGN in table.colnames else []
    south = np.array([sign == "-" for sign in signs]) if signs else np.signbit(parts[3])
    sizes[1] = np.where(south, -1, 1) * (np.abs(parts[3]) + parts[4] / 60 + parts[5] / 3600)
    pairs = (("RA", 15 * sizes[0], RA_UCD), ("Dec", sizes[1], DEC_UCD))
    return [
        Column(v, name=name, unit="deg", meta={"ucd": ucd})
        for name, v, ucd in pairs
        if name not in table.colnames
    ]


def _parts(name: str, column: Any) -> Iterator[Any]:
    from astropy.coordinates import SkyCoord
    from astropy.table import Column, MaskedColumn
    from astropy.time import Time
    from astropy.units import Quantity

    if isinstance(column, SkyCoord):
        there: Any = column.icrs
        for axis, values, ucd in (("ra", there.ra, RA_UCD), ("dec", there.dec, DEC_UCD)):
            yield Column(
                np.asarray(values.deg), name=f"{name}.{axis}", unit="deg", meta={"ucd": ucd}
            )
        yield from _motions(name, there, column.obstime)
    elif isinstance(column, Time):
        times: Any = column
        yield Column(np.asarray(times.isot, str), name=name)
    elif isinstance(column, Quantity):
        values: Any = column
        yield from _spread(name, np.asarray(values.value), {"unit": values.unit})
    elif isinstance(column, Column | MaskedColumn):
        plain: Any = column
        kept = {"unit": plain.unit, "meta": dict(plain.meta)}
        yield from _spread(name, column, kept)
    else:  # another of astropy's kinds, such as an earth location
        other: Any = column
        yield Column([str(value) for value in other], name=name)


def _motions(name: str, there: Any, obstime: Any) -> Iterator[Any]:
    """Proper motions of coordinates that have some, and the epoch that they are of."""
    from astropy.table import Column

    if "s" not in there.data.differentials:
        return
    for axis, values, ucd in zip(
        ("pmra", "pmdec"), (there.pm_ra_cosdec, there.pm_dec), PM_UCDS, strict=True
    ):
        mas = np.asarray(values.to_value("mas/yr"))
        yield Column(mas, name=f"{name}.{axis}", unit="mas/yr", meta={"ucd": ucd})
    if obstime is not None:
        years = np.broadcast_to(np.asarray(obstime.jyear, np.float64), there.shape)
        yield Column(np.array(years), name="ref_epoch", unit="yr")


def _spread(name: str, values: Any, kept: dict[str, Any]) -> Iterator[Any]:
    from astropy.table import Column, MaskedColumn

    kind = MaskedColumn if isinstance(values, np.ma.MaskedArray) else Column
    data: Any = values.data if hasattr(values, "mask") else np.asarray(values)
    if data.dtype.kind == "O" or data.dtype.names:
        yield Column([_described(value) for value in values], name=name, **kept)
    elif data.ndim <= 1:
        yield kind(values, name=name, **kept)
    elif prod(data.shape[1:]) <= MAX_PARTS:
        for index in np.ndindex(*data.shape[1:]):
            place = ",".join(map(str, index))
            yield kind(values[(slice(None), *index)], name=f"{name}[{place}]", **kept)
    else:
        shape = " x ".join(map(str, data.shape[1:]))
        yield Column([f"{shape} values"] * len(data), name=name)


def _described(value: Any) -> str:
    if isinstance(value, np.ndarray | list | tuple):
        return f"{np.size(value)} values"
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None or value is np.ma.masked else str(value)
