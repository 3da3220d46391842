"""A large picture by one pixel of each square of it: which pixels, and as a source of full size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from astroview.core.frame import Source, Window, read_exact
from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Tell(Protocol):
    """Told how much is done; may raise `Cancelled`."""

    def __call__(self, done: int, of: int) -> object: ...


@dataclass(frozen=True)
class Thinning:
    """How a large picture is looked at: the pixels kept along a side at most, and who is told."""

    most_side: int
    tell: Tell


def side_of_squares(shape: tuple[int, int], most_side: int) -> int:
    """The least power of two that leaves at most so many pixels along a side of (H, W)."""
    side = 1
    while -(-max(shape) // side) > most_side:
        side *= 2
    return side


def places(length: int, side: int) -> NDArray[np.intp]:
    """Of each square along an axis the pixel in its middle, or the last one there is."""
    return np.minimum(np.arange(-(-length // side)) * side + side // 2, length - 1)


@dataclass(frozen=True, eq=False)
class ThinnedSource:
    """A picture of full size of which one pixel of each square is known.

    Attributes
    ----------
    known
        Those pixels, (h, w) or (h, w, C).
    shape
        (h, w).
    side
        Of a square.
    """

    known: Source
    shape: tuple[int, int]
    side: int

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        inside, rows, columns = self._around(window, step)
        return self.known.read(inside, 1)[rows[:, None], columns]

    def read_exact(self, window: Window, step: int) -> NDArray[Any]:
        inside, rows, columns = self._around(window, step)
        return read_exact(self.known, inside, 1)[rows[:, None], columns]

    def _around(
        self, window: Window, step: int
    ) -> tuple[Window, NDArray[np.intp], NDArray[np.intp]]:
        """The known pixels under a window, and which of them stand for its pixels."""
        rows = self._squares(window.y, window.height, step, self.shape[0])
        columns = self._squares(window.x, window.width, step, self.shape[1])
        if not rows.size or not columns.size:
            return Window(0, 0, 1, 1), 0 * rows, 0 * columns
        top, left = int(rows[0]), int(columns[0])
        inside = Window(top, left, int(rows[-1]) - top + 1, int(columns[-1]) - left + 1)
        return inside, rows - top, columns - left

    def _squares(self, start: int, length: int, step: int, count: int) -> NDArray[np.intp]:
        pixels = np.arange(start, start + length, step, dtype=np.intp)
        return np.minimum(pixels // self.side, count - 1)
