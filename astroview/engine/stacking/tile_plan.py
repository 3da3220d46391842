"""The tiles that a stack is computed in: the more frames, the smaller, so memory is bounded."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from astroview.core.frame import Window
from astroview.engine.stacking.tile_pieces import MARGIN, FineTile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from astroview.engine.stacking.lay_together import LaidFrames
    from astroview.engine.stacking.stack_choices import StackChoices

LARGEST, SMALLEST = 192, 24  # reference pixels of a tile's side
MOST_WORKERS = 4
_ENTRIES = 1e8  # of the matrices of all frames of a tile, all workers together
_FINEST_NEEDED = 2


def tiles(shape: tuple[int, int], choices: StackChoices, frames: int) -> Iterator[FineTile]:
    """Cores that cover the result."""
    scale, binned = grid(choices)
    side = _side(scale, frames) * scale
    rows, columns = (_even(n * scale, side, scale) for n in shape)
    for y, height in rows:
        for x, width in columns:
            yield FineTile(Window(y, x, height, width), scale, binned)


def workers(scale: int, frames: int) -> int:
    """How many tiles have room in memory at a time."""
    room = _ENTRIES / (_entries(scale, frames) * (_side(scale, frames) + 2 * MARGIN) ** 2)
    return max(1, min(MOST_WORKERS, int(room)))


def sample_tile(together: LaidFrames, choices: StackChoices) -> FineTile:
    """The tile that has most stars of the reference."""
    scale, binned = grid(choices)
    height, width = together.reference.shape
    side = min(_side(scale, len(together.exposures)), height, width)
    best, most = (0, 0), -1
    stars = together.stars
    for y in range(0, height - side + 1, max(side // 2, 1)):
        for x in range(0, width - side + 1, max(side // 2, 1)):
            inside = (stars.y >= y) & (stars.y < y + side) & (stars.x >= x) & (stars.x < x + side)
            if (count := int(inside.sum())) > most:
                best, most = (y, x), count
    y, x = best
    return FineTile(Window(y * scale, x * scale, side * scale, side * scale), scale, binned)


def grid(choices: StackChoices) -> tuple[int, int]:
    """Fine pixels to one of the reference, and how many of them make one of the result.

    Splines a whole pixel apart cannot hold an undersampled star: it is solved finer, then binned.
    """
    if choices.method == "likelihood" and choices.scale < _FINEST_NEEDED:
        return _FINEST_NEEDED, _FINEST_NEEDED // choices.scale
    return choices.scale, 1


def _side(scale: int, frames: int) -> int:
    """Reference pixels of a tile's side, so that all frames' matrices fit."""
    most = _ENTRIES / MOST_WORKERS / _entries(scale, frames)
    side = int(np.sqrt(most)) - 2 * MARGIN
    return max(SMALLEST, min(side, LARGEST))


def _entries(scale: int, frames: int) -> int:
    """Of the matrices of all frames, for one reference pixel (see `splines`)."""
    return (scale + 4) ** 2 * frames


def _even(length: int, side: int, scale: int) -> list[tuple[int, int]]:
    """An axis in parts of nearly one length, whole reference pixels each."""
    count = -(-length // side)
    edges = [round(i * length / count / scale) * scale for i in range(count + 1)]
    return [(a, b - a) for a, b in pairwise(edges) if b > a]
