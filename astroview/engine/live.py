"""What a job is told by the window that watches it, and how it answers while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from astroview.core import tiles
from astroview.core.frame import Window
from astroview.core.messages import Part
from astroview.core.options import Outputs
from astroview.engine.memo import Memo

WATCHED_TILE = 768  # pixels of the frame; costs half as much again as tiles of 1536
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
        Told of a file with the colours of the whole frame at a glance (`core.maps`), and of
        the stretch under which they are painted.
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
    """

    memo: Memo
    watcher: Watcher | None = None
    base: Outputs | None = None

    def tile_size(self, size: int, where: str) -> int:
        """Smaller tiles for a CPU that is watched: the first is there, and Cancel heard, sooner."""
        return min(size, WATCHED_TILE) if self.watcher and where == "cpu" else size

    def ordered(self, plan: Plan) -> Plan:
        """The plan in the order that serves who looks on."""
        return tiles.nearest_first(plan, self.watcher.first) if self.watcher else plan

    def telling(self, part: Part, plan: Plan, scale: int, tick: Tick) -> Tick:
        """A tick that also tells which windows of the result became final."""
        if self.watcher is None:
            return tick
        return partial(_tick_and_tell, tick, tiles.Ledger(plan), self.watcher, part, scale)


def alone() -> Live:
    """A job of its own: nothing is kept, nobody looks on."""
    return Live(Memo(0))


def _tick_and_tell(
    tick: Tick, ledger: tiles.Ledger, watcher: Watcher, part: Part, scale: int, tile: tiles.Tile
) -> None:
    for window in ledger.done(tile):
        numbers = (window.y, window.x, window.height, window.width)
        watcher.tile(part, Window(*(n * scale for n in numbers)))
    tick(tile)
