"""What became of a frame's sources in a result, as the window shows it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from astroview.core.errors import UnreadableFrame
from astroview.core.lazy_dataclass import dataclass
from astroview.core.texts import Text

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

State = Literal["kept", "changed", "lost", "new"]
STATES: tuple[State, ...] = ("lost", "new", "changed", "kept")  # what is to be looked at first
NUMBERS = ("x", "y", "flux_before", "flux_after", "sn", "shift")


EDGES = (3.0, 10.0, 30.0, 100.0, np.inf)  # of the bins of S/N


@dataclass(frozen=True)
class SnBin:
    """Sources of some S/N: how many, median flux after / before, its scatter, median shift."""

    low: float
    high: float
    count: int
    flux: float
    scatter: float
    shift: float


def sn_bins(
    sn: NDArray[np.float64],
    ratio: NDArray[np.float64],
    shift: NDArray[np.float64],
) -> tuple[SnBin, ...]:
    """Flux after / before and shifts (N,) by S/N: the bins with sources in them."""
    found: list[SnBin] = []
    for low, high in pairwise(EDGES):
        some = (sn >= low) & (sn < high)
        if not some.any():
            continue
        middle = float(np.median(ratio[some]))
        scatter = 1.4826 * float(np.median(np.abs(ratio[some] - middle)))
        known = shift[some & np.isfinite(shift)]
        moved = float(np.median(known)) if known.size else np.nan
        found.append(SnBin(low, high, int(some.sum()), middle, scatter, moved))
    return tuple(found)


@dataclass(frozen=True, eq=False)
class SourceChanges:
    """Sources before and after.

    Attributes
    ----------
    rows
        (N,) records with ``state`` and `NUMBERS`: places in pixels of the original from the top
        left (0 is the centre of the first), fluxes in its unit, S/N, shift in its pixels; NaN
        where nothing was measured. Lost ones come first, then new and changed ones, the
        brightest of each first.
    residual
        (H, W) how far the result's means over pixels are from these, in units of ``noise``.
    whole
        Whether all of the frame was looked at, or windows of it.
    worst
        The largest residual.
    """

    rows: NDArray[Any]
    residual: NDArray[np.float32]
    noise: float
    verdict: str
    whole: bool
    worst: float

    def bins(self) -> tuple[SnBin, ...]:
        """Fluxes and shifts by S/N."""
        kept = self.rows[np.isin(self.rows["state"], ("kept", "changed"))]
        ratio = kept["flux_after"] / kept["flux_before"]
        return sn_bins(kept["sn"], ratio, kept["shift"])

    def places(self, state: State | None = None) -> NDArray[np.float64]:
        """(N, 2) x, y with (0, 0) at the top left corner, of all or of those of a state."""
        rows = self.rows if state is None else self.rows[self.rows["state"] == state]
        return np.column_stack([rows["x"], rows["y"]]) + 0.5

    def count(self, state: State) -> int:
        """How many there are."""
        return int((self.rows["state"] == state).sum())


def read_changes(
    rows: Path, residual: Path, noise: float, verdict: str, *, whole: bool
) -> SourceChanges:
    """Read what the worker wrote; the map stays on disk. Raises UnreadableFrame."""
    try:
        found = np.load(rows)
        apart = np.load(residual, mmap_mode="r")
    except (OSError, ValueError) as problem:
        raise UnreadableFrame(
            Text("the comparison of sources cannot be read: {problem}", problem=problem),
            hint="Compare them again.",
        ) from problem
    rank = np.select([found["state"] == state for state in STATES], range(len(STATES)), len(STATES))
    bright = np.nan_to_num(np.fmax(found["flux_before"], found["flux_after"]))
    worst = float(np.nanmax(np.abs(apart), initial=0.0))
    order = np.lexsort((-bright, rank))
    return SourceChanges(found[order], apart, noise, verdict, whole, worst)


def percent_apart(row: Any) -> float:
    """By how many per cent a source's flux changed; NaN where it has none."""
    before, after = float(row["flux_before"]), float(row["flux_after"])
    return 100 * (after / before - 1) if before > 0 else float("nan")
