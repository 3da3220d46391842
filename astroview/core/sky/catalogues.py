"""Catalogues of sources: VOTable, FITS, ECSV and CSV tables with a position in each row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.errors import AstroviewError
from astroview.core.io.fits.fits_structure import hdu_places, impossible
from astroview.core.library_warnings import collected_warnings
from astroview.core.sky.plain_tables import plain_table
from astroview.core.sky.votable_check import check_votable
from astroview.core.unforeseen import reading

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from astroview.core.sky.sky_map import SkyMap

MOST_BYTES = 2_000_000_000
# Names of position columns, best first; compared in lower case without "_" and "-".
_RA = ("ra", "raj2000", "raicrs", "radeg", "alphaj2000", "alpha", "rightascension", "rad",
       "raepoch2000", "ramean", "rastack", "raobj", "sra", "xworld", "alphasky", "meanra",
       "targetra", "hra")  # fmt: skip
_DEC = ("dec", "dej2000", "decj2000", "deicrs", "decicrs", "decdeg", "dedeg", "deltaj2000",
        "delta", "declination", "de", "decd", "decepoch2000", "decmean", "decstack", "decobj",
        "sdec", "yworld", "deltasky", "meandec", "targetdec", "hdec")  # fmt: skip
_PAIRS = {"l": "b", "glon": "glat", "gall": "galb"}
_VOTABLE = (b"<VOTABLE", b"<?xml", b"<votable")
_BROKEN = (ValueError, TypeError, KeyError, IndexError, OSError, AttributeError, UnicodeError,
           EOFError, RuntimeError)  # fmt: skip


class CatalogueProblem(AstroviewError):
    """A table cannot serve as a catalogue."""


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Sources with ICRS positions in degrees.

    Attributes
    ----------
    lonlat
        (N, 2) RA and Dec; rows without a position are left out.
    rows
        (N,) index of each source in the table.
    position
        Names of the columns that hold the position.
    """

    name: str
    table: Any
    lonlat: NDArray[np.float64]
    rows: NDArray[np.int64]
    position: tuple[str, str]

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def columns(self) -> list[str]:
        """The names of the table's columns."""
        return list(self.table.colnames)

    def cell(self, source: int, column: int) -> str:
        """One value of a source's row, as text."""
        return _told(self.table[self.columns[column]][int(self.rows[source])])

    def is_number(self, column: int) -> bool:
        """Whether a column holds numbers."""
        return getattr(self.table[self.columns[column]], "dtype", np.dtype("O")).kind in "iuf"

    def sorted(self, sources: NDArray[np.int64], column: int) -> NDArray[np.int64]:
        """Sources by the values of a column, those without a value last."""
        values = np.ma.asarray(self.table[self.columns[column]])[self.rows[sources]]
        keys = values if values.dtype.kind in "iufb" else values.astype(str)
        return sources[np.ma.argsort(keys, kind="stable")]

    def find(self, sources: NDArray[np.int64], words: str) -> NDArray[np.int64]:
        """Sources with these words in one of their values."""
        kept = np.zeros(len(sources), bool)
        for name in self.columns:
            texts = np.char.lower(np.ma.asarray(self.table[name])[self.rows[sources]].astype(str))
            kept |= np.char.find(np.asarray(texts), words.lower()) >= 0
        return sources[kept]

    def row(self, source: int) -> list[tuple[str, str]]:
        """Names and values of a source's row, as text."""
        row = self.table[int(self.rows[source])]
        return [(_titled(self.table[name]), _told(row[name])) for name in self.table.colnames]


def read_catalogue(path: Path, name: str = "") -> Catalogue:
    """Read a table and find its positions.

    Raises
    ------
    CatalogueProblem
        It is no table, or has no position columns; the message says so.
    """
    with collected_warnings(), reading(path, CatalogueProblem):
        try:
            if path.stat().st_size > MOST_BYTES:
                raise CatalogueProblem(f"{path.name} is too large to show as a catalogue")
            table = _read(path)
        except FileNotFoundError as problem:
            raise CatalogueProblem(f"{path.name} is not there") from problem
        except _BROKEN as problem:
            raise CatalogueProblem(
                f"{path.name} cannot be read as a table: {str(problem)[:200]}",
                hint="VOTable, FITS tables, ECSV and CSV with a line of names are read.",
            ) from problem
        return catalogue_of(plain_table(table), name or path.name)


def catalogue_of(table: Any, name: str) -> Catalogue:
    """A catalogue from an astropy table; raises CatalogueProblem without position columns."""
    found = _position_columns(table)
    if found is None:
        some = ", ".join(table.colnames[:8])
        raise CatalogueProblem(
            f"{name} has no columns with positions (its columns: {some})",
            hint="Name them ra and dec, in degrees.",
        )
    first, second, galactic = found
    lonlat = np.column_stack([_degrees(table[first], hours=True), _degrees(table[second])])
    good = np.isfinite(lonlat).all(axis=1) & (np.abs(lonlat[:, 1]) <= 90)
    rows = np.flatnonzero(good)
    if rows.size == 0:
        raise CatalogueProblem(
            f"No row of {name} has a position", hint=f"See its columns {first} and {second}."
        )
    lonlat = lonlat[rows]
    return Catalogue(name, table, _icrs(lonlat) if galactic else lonlat, rows, (first, second))


def _read(path: Path) -> Any:
    from astropy.table import Table

    with path.open("rb") as file:
        head = file.read(1024).lstrip()
    if head.startswith(b"SIMPLE  ="):
        from astropy.io.fits import VerifyError

        _check_fits(path)
        try:
            return Table.read(path, format="fits")
        except VerifyError as problem:
            raise ValueError(str(problem)) from problem
    if any(mark in head for mark in _VOTABLE):
        check_votable(path, CatalogueProblem)
        return Table.read(path, format="votable")
    if head.startswith(b"# %ECSV"):
        return Table.read(path, format="ascii.ecsv")
    if head.startswith(b"\x1f\x8b"):
        raise ValueError("it is compressed; unpack it first")
    return _text_table(path)


def _check_fits(path: Path) -> None:
    """Raise UnreadableFrame when the file's sizes cannot be, before a library takes them."""
    size = path.stat().st_size
    with path.open("rb") as file:
        for index, place in enumerate(hdu_places(file, path.name)):
            if place.data + place.size > size:
                raise impossible(path.name, f"HDU {index} has only a part of its data")


def _text_table(path: Path) -> Any:
    """A table of values between commas, semicolons, tabs, bars or blanks, with a line of names."""
    from astropy.table import Table

    with path.open("rb") as file:
        if b"\0" in file.read(4096):
            raise ValueError("it is not text")
    for delimiter in (",", "\t", ";", "|"):
        try:
            table: Any = Table.read(path, format="ascii.csv", delimiter=delimiter, comment="#")
        except _BROKEN:
            continue
        if len(table.colnames) > 1:
            return table
    return Table.read(path, format="ascii.basic")


def _position_columns(table: Any) -> tuple[str, str, bool] | None:
    """Names of the longitude and latitude columns, and whether they are galactic."""
    meanings = {
        str(table[name].meta.get("ucd", "")).lower(): name for name in reversed(table.colnames)
    }
    for ends in (";meta.main", ""):
        pair = meanings.get(f"pos.eq.ra{ends}"), meanings.get(f"pos.eq.dec{ends}")
        if pair[0] and pair[1]:
            return pair[0], pair[1], False
    plain = {re.sub(r"[_\-\s().]", "", name.lower()): name for name in reversed(table.colnames)}
    first = next((plain[name] for name in _RA if name in plain), None)
    second = next((plain[name] for name in _DEC if name in plain), None)
    if first and second:
        return first, second, False
    pair = next(((a, b) for a, b in _PAIRS.items() if a in plain and b in plain), None)
    return (plain[pair[0]], plain[pair[1]], True) if pair else None


def _degrees(column: Any, hours: bool = False) -> NDArray[np.float64]:
    """A column as degrees; sexagesimal text is hours for RA and degrees for Dec. NaN = unknown."""
    from astropy import units

    unit: Any = getattr(column, "unit", None)
    if column.dtype.kind in "USO":
        texts = [str(value) for value in column]
        return np.array([_angle(text, hours) for text in texts], np.float64)
    if column.dtype.kind not in "iuf":
        raise CatalogueProblem(
            f"The column {column.name} holds no positions but {column.dtype.name} values",
            hint="Positions are numbers in degrees, or text such as 13:29:52.7 and +47:11:43.",
        )
    values = np.ma.filled(np.ma.asarray(column, dtype=np.float64), np.nan)
    values = np.asarray(values, np.float64)
    if unit is not None and str(unit) not in ("", "deg"):
        try:
            angles: Any = units.Quantity(values, unit)
            return np.asarray(angles.to_value(units.deg))
        except (units.UnitsError, ValueError, TypeError):
            return values
    return values


def _angle(text: str, hours: bool) -> float:
    """`12.5` (degrees), `00 42 44.3`, `+41:16:09`, `0h42m44s` in degrees."""
    parts = [part for part in re.split(r"[:\shdms°′″'\"]+", text.strip().lower()) if part]
    try:
        numbers = [float(part.replace("−", "-")) for part in parts]
    except ValueError:
        return float("nan")
    if not 1 <= len(numbers) <= 3:
        return float("nan")
    if len(numbers) == 1:
        return numbers[0] * (15 if hours and "h" in text.lower() else 1)
    sign = -1.0 if text.strip().startswith(("-", "−")) else 1.0
    size = sum(abs(n) / 60**i for i, n in enumerate(numbers))
    return sign * size * (15 if hours else 1)


def _icrs(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    from astropy.coordinates import SkyCoord

    there: Any = SkyCoord(lonlat[:, 0], lonlat[:, 1], unit="deg", frame="galactic")
    there = there.icrs
    return np.column_stack([there.ra.deg, there.dec.deg])


def _titled(column: Any) -> str:
    return f"{column.name} ({column.unit})" if getattr(column, "unit", None) else str(column.name)


def _told(value: Any) -> str:
    if np.ma.is_masked(value):
        return "–"
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float | np.floating):
        return f"{value:.10g}"
    return str(value)


def place_catalogue(
    catalogue: Catalogue, sky: SkyMap, shape: tuple[int, int]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Sources that lie on a frame of (H, W): their places (M, 2) and which sources they are.

    `sky` must be in ICRS.
    """
    places = sky.to_places(catalogue.lonlat)
    with np.errstate(invalid="ignore"):
        inside = ((places >= 0) & (places <= (shape[1], shape[0]))).all(axis=1)
    found = np.flatnonzero(inside)
    return places[found], found
