"""Overview levels of a large frame: scratch files of means, read by rows like the frame itself.

The finest level has a sixteenth of the frame's pixels; below that reduction the frame is read.
All levels together take a twelfth of the space of the frame as float32, on disk, not in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from astroview.core.colour.cell_means import cell_means, grid_shape
from astroview.core.errors import CannotSave
from astroview.core.frame import Source, Window
from astroview.core.io.byte_stores import DiskStore
from astroview.core.io.windowed_reader import WindowedReader
from astroview.core.lazy_dataclass import dataclass
from astroview.core.texts import Text

if TYPE_CHECKING:
    from pathlib import Path

FINEST = 4  # reduction of the finest level; a power of two, as those of all levels
COARSEST_SIDE = 512
WORTH_IT = 24_000_000  # pixels; smaller frames are averaged whenever they are looked at
_ROWS = 16  # of a level, written at a time


class BuildProgress(Protocol):
    """Told how much is done; may raise `Cancelled`."""

    def __call__(self, done: int, of: int) -> object: ...


@dataclass(frozen=True)
class Level:
    """A plane at a reduction: one of its pixels covers so many of the frame along an axis."""

    reduction: int
    shape: tuple[int, int]
    source: Source


@dataclass(frozen=True)
class Pyramid:
    """The levels of one plane, finest first, the plane itself at reduction 1 included."""

    levels: tuple[Level, ...]

    def level_for(self, k: float) -> Level:
        """The coarsest level that still has a pixel, or more, to each cell of pitch k."""
        fitting = [level for level in self.levels if level.reduction <= k + 1e-9]
        return fitting[-1] if fitting else self.levels[0]

    def means(self, cells: Window, k: float) -> NDArray[np.float32]:
        """Means over a window of the grid of pitch k (frame pixels); see `cell_means`."""
        level = self.level_for(k)
        return cell_means(level.source, level.shape, cells, k / level.reduction)

    def cost(self, cells: Window, k: float) -> float:
        """How many samples `means` would read."""
        pitch = k / self.level_for(k).reduction
        return cells.height * cells.width * pitch * pitch


def flat(source: Source, shape: tuple[int, int]) -> Pyramid:
    """A pyramid of the plane alone."""
    return Pyramid((Level(1, shape, source),))


def of_preview(source: Source, shape: tuple[int, int], side: int) -> Pyramid:
    """A plane of which one pixel of each square is known: no more than those is to be averaged."""
    small = _EachSquare(source, side)
    return Pyramid((Level(1, shape, source), Level(side, grid_shape(shape, side), small)))


@dataclass(frozen=True, eq=False)
class _EachSquare:
    """The known pixels of a plane that has one for each square."""

    source: Source
    side: int

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        y, x, pitch = window.y * self.side, window.x * self.side, self.side
        tall, wide = (max(0, (n - 1) * pitch + 1) for n in (window.height, window.width))
        return self.source.read(Window(y, x, tall, wide), step * pitch)


def worth_it(shape: tuple[int, int]) -> bool:
    """Whether a plane is so large that levels are built for it."""
    return shape[0] * shape[1] > WORTH_IT


def build(source: Source, shape: tuple[int, int], folder: Path, progress: BuildProgress) -> Pyramid:
    """Write the levels of a plane into a folder.

    Memory stays at a few megabytes whatever the size of the plane.

    Raises
    ------
    Cancelled
        By `progress`.
    CannotSave
        The disk is full or cannot be written.
    UnreadableFrame
        The file has gone or changed.
    """
    levels = [Level(1, shape, source)]
    while not levels[1:] or max(levels[-1].shape) > COARSEST_SIDE:
        below = levels[-1]
        pitch = FINEST if below.reduction == 1 else 2
        first = below.reduction == 1  # takes nearly all of the time
        path = folder / f"means-{below.reduction * pitch}.raw"
        try:
            levels.append(_level(below, pitch, path, progress if first else _quiet))
        except OSError as problem:
            raise CannotSave(
                Text(
                    "The overview of a large frame cannot be kept: {strerror}",
                    strerror=problem.strerror or problem,
                ),
                hint="Make room on the disk that holds temporary files.",
            ) from problem
    return Pyramid(tuple(levels))


def _level(below: Level, pitch: int, path: Path, progress: BuildProgress) -> Level:
    shape = grid_shape(below.shape, pitch)
    channels: tuple[int, ...] = ()
    with path.open("wb") as file:
        for y in range(0, shape[0], _ROWS):
            cells = Window(y, 0, min(_ROWS, shape[0] - y), shape[1])
            means = cell_means(below.source, below.shape, cells, pitch)
            channels = means.shape[2:]
            file.write(means.astype("<f4", copy=False).tobytes())
            progress(y + cells.height, shape[0])
    stored = WindowedReader(DiskStore(path.name, path), 0, (*shape, *channels), np.dtype("<f4"))
    return Level(below.reduction * pitch, shape, stored)


def _quiet(done: int, of: int) -> None:
    pass
