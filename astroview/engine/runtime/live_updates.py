"""What a job is told by the window that watches it, and how it answers while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from astroview.core import memory_limits, tiles
from astroview.core.frame import Window
from astroview.core.messages.worker_messages import Part
from astroview.core.models.model_card import ModelCard
from astroview.core.options import Outputs
from astroview.engine.runtime.cache import Cache
from astroview.engine.runtime.device_check import DeviceCheck

WATCHED_TILE = 768  # pixels of the frame; costs half as much again as tiles of 1536
WATCHED_SHARP = (
    320  # of a super-resolver: first pixels, and Cancel heard, in a quarter of a CPU second
)
WATCHED_BLEND = 4  # pixels that its tiles share: beyond what is looked at, computed with it
LEAST_SHARP = 96  # a smaller window is looked at with its surroundings
FEATURES, COLOURS = 1200, 250  # bytes for a pixel that is read for a tile, as measured
PAINTING = 60  # bytes for a pixel that is painted
Plan = tuple[tiles.Tile, ...]
Tick = Callable[[tiles.Tile], None]


@dataclass(frozen=True)
class Watcher:
    """Who looks on.

    Attributes
    ----------
    first
        What is looked at, in pixels of the frame: it is computed first.
    coarse
        Told of a file with the colours of the whole frame at a glance (`core.colour.chroma_maps`),
        and of the stretch under which they are painted.
    tile
        Told of windows of the result, in its pixels, that are final.
    """

    first: Window
    coarse: Callable[[Path, dict[str, Any]], None]
    tile: Callable[[Part, Window], None]


@dataclass(frozen=True)
class Live:
    """How a job in a long-lived process differs from a lone one.

    Attributes
    ----------
    watcher
        None: nobody looks on.
    base
        An earlier result of the same frame whose samples are kept: only its colour is made
        anew.
    memory
        Bytes that tiles may take while they are computed, though one always is; None: half of
        what is free.
    check
        Tests a device before its first job.
    """

    memo: Cache
    watcher: Watcher | None = None
    base: Outputs | None = None
    memory: int | None = None
    check: DeviceCheck = field(default_factory=DeviceCheck)

    def tile_size(self, card: ModelCard, where: str) -> int:
        """The side of a tile as the card says, or smaller for a CPU that is watched, where the
        first is then there, and Cancel heard, sooner. Memory has no say: results would differ.
        """
        size = card.tiling.size
        if self.watcher and where == "cpu":
            size = min(size, WATCHED_SHARP if card.task == "superres" else WATCHED_TILE)
        return size

    def at_once(self, card: ModelCard, scale: int, size: int, threads: int) -> int:
        """How many tiles of that side are computed side by side: one a thread, as far as there is
        memory for them.
        """
        memory = memory_limits.spare_memory() if self.memory is None else self.memory
        return max(1, min(threads, memory // tile_bytes(card, scale, size)))

    def plan(self, shape: tuple[int, int], size: int, card: ModelCard) -> Plan:
        """Tiles of at most that side, in the order that serves who looks on. What is looked at
        is sharpened by tiles of its own; what the colorizer said of a tile is kept for the next
        job, so its tiles stay where they are.
        """
        grain = (size, card.tiling.halo, card.tiling.multiple_of)
        if self.watcher is None or card.task != "superres":
            return self.ordered(tiles.plan(shape, *grain))
        whole = _grown(self.watcher.first, LEAST_SHARP, shape)
        return self.ordered(tiles.plan(shape, *grain, blend=WATCHED_BLEND, whole=whole))

    def ordered(self, plan: Plan) -> Plan:
        """The plan in the order that serves who looks on."""
        return tiles.nearest_first(plan, self.watcher.first) if self.watcher else plan

    def telling(self, part: Part, plan: Plan, scale: int, tick: Tick) -> Tick:
        """A tick that also tells which windows of the result became final."""
        if self.watcher is None:
            return tick
        return partial(_tick_and_tell, tick, tiles.Ledger(plan), self.watcher, part, scale)


def tile_bytes(card: ModelCard, scale: int, size: int) -> int:
    """Bytes that a tile of that side takes while it is computed, as measured: features at the
    frame's sampling, and colour at the result's.
    """
    read = (size + 2 * card.tiling.halo) ** 2
    features = FEATURES * read * card.does("superres") + COLOURS * read * card.does("colorize")
    return features + PAINTING * (scale * size) ** 2 * card.does("colorize")


def _grown(window: Window, side: int, shape: tuple[int, int]) -> Window:
    """A window of at least ``side`` pixels a side around one, within a frame."""
    y, x = max(0, side - window.height) // 2, max(0, side - window.width) // 2
    wider = Window(window.y - y, window.x - x, window.height + 2 * y, window.width + 2 * x)
    return wider.clip(shape)


def alone() -> Live:
    """A job of its own: nothing is kept, nobody looks on."""
    return Live(Cache(0))


def _tick_and_tell(
    tick: Tick, ledger: tiles.Ledger, watcher: Watcher, part: Part, scale: int, tile: tiles.Tile
) -> None:
    for window in ledger.done(tile):
        numbers = (window.y, window.x, window.height, window.width)
        watcher.tile(part, Window(*(n * scale for n in numbers)))
    tick(tile)
