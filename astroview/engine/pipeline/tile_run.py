"""One run of a stage over a frame's tiles: how many at once, and in parts where memory is short.

Which tiles there are never depends on memory or threads, so that results do not. Only where a
device does not hold a tile is that tile computed in quarters, and what is done stays.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from astroview.core import tiles
from astroview.core.errors import OutOfMemory
from astroview.core.provenance import IN_PARTS
from astroview.core.tiles import Tile
from astroview.engine.runtime.device import free_memory, is_out_of_memory

LEAST_TILE = 64  # a smaller one is mostly halo
One = Callable[[Tile], Sequence[Tensor]]


def nothing(_: Tile) -> None:
    """Nobody wants to be told."""


@dataclass(frozen=True)
class TileRun:
    """Tiles, and how they are gone through.

    Attributes
    ----------
    plan
        In the order in which they are taken in.
    tick
        Called with each that is done.
    halo, multiple_of
        As the plan was made.
    at_once
        Tiles that a CPU computes side by side.
    reading
        Held while samples of the frame are read: not all sources bear two readers.
    parted
        Tiles, and parts of them, that had to be computed in parts.
    """

    plan: tuple[Tile, ...]
    tick: Callable[[Tile], None] = nothing
    halo: int = 0
    multiple_of: int = 1
    at_once: int = 1
    reading: threading.Lock = field(default_factory=threading.Lock)
    parted: set[Tile] = field(default_factory=set)

    def computed(self, tile: Tile, one: One) -> Sequence[Tensor]:
        """What ``one(tile)`` gives; by parts of it where memory does not hold the whole.

        Parameters
        ----------
        one
            Of a tile: tensors of its core, (k h, k w, ...) for whole k, or numbers () that are
            true of all of it.

        Raises
        ------
        OutOfMemory
            Even small parts do not fit.
        """
        try:
            return one(tile)
        except (RuntimeError, MemoryError) as problem:
            if not is_out_of_memory(problem):
                raise
        # Out here: inside, the error would still hold the device's memory.
        free_memory()
        parts = tiles.quarters(tile, self.halo, self.multiple_of)
        if max(tile.core.height, tile.core.width) < LEAST_TILE or len(parts) == 1:
            raise OutOfMemory(
                "the device has not enough memory even for small tiles",
                hint="Close other programs that use it, or choose the CPU.",
            )
        self.parted.add(tile)
        made = [[tensor.cpu() for tensor in self.computed(part, one)] for part in parts]
        return [_joined(tile, parts, pieces) for pieces in zip(*made, strict=True)]

    def lines(self, device: str) -> list[str]:
        """For the history."""
        whole = [tile for tile in self.plan if tile in self.parted]
        if not whole:
            return []
        count = f"{len(whole)} of {len(self.plan)} tiles"
        why = f"for want of memory of {device}"
        return [f"{IN_PARTS}: {count}, {why}; equal within 1e-4 of the range around a pixel"]


def _joined(tile: Tile, parts: Sequence[Tile], pieces: Sequence[Tensor]) -> Tensor:
    if pieces[0].ndim == 0:
        return torch.stack(list(pieces)).all()
    factor = pieces[0].shape[0] // parts[0].core.height
    height, width = tile.core.height * factor, tile.core.width * factor
    whole = pieces[0].new_empty((height, width, *pieces[0].shape[2:]))
    for part, piece in zip(parts, pieces, strict=True):
        y, x = (part.core.y - tile.core.y) * factor, (part.core.x - tile.core.x) * factor
        whole[y : y + piece.shape[0], x : x + piece.shape[1]] = piece
    return whole
