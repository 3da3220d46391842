"""Catalogues of sources: VOTable, FITS, ECSV and CSV tables with a position in each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings
from astroview.core.sky.catalogue_positions import CatalogueProblem, Positions, positions
from astroview.core.sky.catalogue_tables import read_table
from astroview.core.texts import Text
from astroview.core.unforeseen import reading

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from astroview.core.frame import Frame
    from astroview.core.sky.sky_map import SkyMap

__all__ = ["Catalogue", "CatalogueProblem", "catalogue_of", "place_catalogue", "read_catalogue"]


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
    found
        The same positions with their proper motions, where the table tells them.
    seen_in
        The frame without a sky that they were measured in, where the table has their pixels
        (``x`` and ``y``, from 1); there alone they can be shown. None of all others.
    """

    name: str
    table: Any
    lonlat: NDArray[np.float64]
    rows: NDArray[np.int64]
    position: tuple[str, str]
    found: Positions
    seen_in: Frame | None = None

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
        return catalogue_of(read_table(path), name or path.name)


def catalogue_of(table: Any, name: str) -> Catalogue:
    """A catalogue from an astropy table; raises CatalogueProblem without position columns."""
    found = positions(table, name)
    good = np.isfinite(found.lonlat).all(axis=1) & (np.abs(found.lonlat[:, 1]) <= 90)
    rows = np.flatnonzero(good)
    if rows.size == 0:
        first, second = found.columns
        raise CatalogueProblem(
            Text("No row of {name} has a position", name=name),
            hint=Text("See its columns {first} and {second}.", first=first, second=second),
        )
    motions = None if found.motions is None else found.motions[rows]
    epoch = None if found.epoch is None else found.epoch[rows]
    kept = Positions(found.lonlat[rows], found.columns, motions, epoch)
    return Catalogue(name, table, kept.lonlat, rows, found.columns, kept)


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


def moves(catalogue: Catalogue, year: float | None) -> bool:
    """Whether its positions are brought to another epoch for a frame of that year."""
    found = catalogue.found
    return year is not None and found.motions is not None and found.epoch is not None


def place_measured(catalogue: Catalogue) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """As `place_catalogue`, by the pixels in which the sources of `seen_in` were measured."""
    assert catalogue.seen_in is not None
    x, y = (np.asarray(catalogue.table[name], float) for name in ("x", "y"))
    height = catalogue.seen_in.shape[0]
    return np.column_stack([x - 0.5, height - y + 0.5]), np.arange(len(catalogue))


def place_catalogue(
    catalogue: Catalogue, sky: SkyMap, shape: tuple[int, int], year: float | None = None
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Sources that lie on a frame of (H, W): their places (M, 2) and which sources they are.

    `sky` must be in ICRS. Sources with a proper motion stand where they were in ``year``.
    """
    places = sky.to_places(catalogue.lonlat if year is None else catalogue.found.at(year))
    with np.errstate(invalid="ignore"):
        inside = ((places >= 0) & (places <= (shape[1], shape[0]))).all(axis=1)
    found = np.flatnonzero(inside)
    return places[found], found
