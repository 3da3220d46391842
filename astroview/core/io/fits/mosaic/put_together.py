"""Samples of several pieces on one canvas; the first piece that has a value keeps its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.frame import Frame, Window, read_exact
from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray

Reader = Callable[[Frame, Window, int], "NDArray[Any]"]


def read_float(piece: Frame, window: Window, step: int) -> NDArray[np.float32]:
    """A window of a piece, as `Source.read`."""
    return piece.source.read(window, step)


def read_stored(piece: Frame, window: Window, step: int) -> NDArray[Any]:
    """A window of a piece in the file's own precision, as `ExactSource.read_exact`."""
    return read_exact(piece.source, window, step)


@dataclass(frozen=True, eq=False)
class MosaicPart:
    """Samples (h, w) and their place on a canvas; ``inside``: which belong to the piece."""

    rows: slice
    columns: slice
    samples: NDArray[Any]
    inside: NDArray[np.bool_] | None = None


def put_together(shape: tuple[int, int], parts: Iterable[MosaicPart]) -> NDArray[Any]:
    """A canvas of (H, W), NaN where no part has a value.

    Whole numbers stay whole where no gap is in sight, float64 holds them otherwise.
    """
    free = np.ones(shape, bool)
    canvas: NDArray[Any] | None = None
    for part in parts:
        if canvas is None:
            canvas = np.zeros(shape, part.samples.dtype)
        elif (both := np.result_type(canvas, part.samples)) != canvas.dtype:
            canvas = canvas.astype(both)
        place = (part.rows, part.columns)
        taken = free[place] if part.inside is None else free[place] & part.inside
        if part.samples.dtype.kind == "f":
            taken = taken & ~np.isnan(part.samples)
        canvas[place][taken] = part.samples[taken]
        free[place] &= ~taken
    if canvas is None:
        return np.full(shape, np.nan, np.float32)
    if free.any():
        canvas = canvas if canvas.dtype.kind == "f" else canvas.astype(np.float64)
        canvas[free] = np.nan
    return canvas
