"""What each tile of a stack is combined with, and the threads of this process that do it.

Whoever else computes tiles, processes of a cluster for one, does it by `TileWork.combined` too.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from astroview.core.errors import UnreadableFrame
from astroview.engine.stacking.combine_tile import CombinedTile, combine
from astroview.engine.stacking.field_sample import ErrorScale
from astroview.engine.stacking.tile_pieces import FineTile, TilePixels, TileTask, pieces_of
from astroview.engine.stacking.tile_plan import grid, workers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from astroview.core.sky.sky_noise import SkyNoise
    from astroview.engine.stacking.likelihood import NoiseModel
    from astroview.engine.stacking.matched_frame import MatchedFrame
    from astroview.engine.stacking.stack_choices import StackChoices


class FrameGone(Exception):
    """A frame, by its place in the list, that can no longer be read; and why."""

    def __init__(self, place: int, why: str) -> None:
        super().__init__(place, why)
        self.place, self.why = place, why


@dataclass(frozen=True)
class Tuned:
    """What a sample of the field told: see `field_sample`."""

    noise: NoiseModel
    rounds: int
    errors: ErrorScale


@dataclass(frozen=True, eq=False)
class TileWork:
    """Frames on one grid, and how their tiles are combined.

    Attributes
    ----------
    sky
        Of the reference, which the result keeps.
    """

    exposures: tuple[MatchedFrame, ...]
    sky: SkyNoise
    tuned: Tuned
    choices: StackChoices

    def combined(self, task: TileTask) -> CombinedTile:
        """Combine what the frames have of a tile. Raises FrameGone."""
        tuned = self.tuned
        return combine(
            *(pieces(task.tile, self.exposures), task, self.exposures, self.sky),
            *(tuned.noise, tuned.rounds, tuned.errors, self.choices),
        )


class TileRunner(Protocol):
    """Who computes the tiles of a stack."""

    def __call__(
        self, tasks: Iterable[TileTask], work: TileWork
    ) -> Iterator[tuple[FineTile, CombinedTile]]:
        """Each tile combined, in any order; few tasks are taken ahead. Raises FrameGone."""
        ...


def on_threads(
    tasks: Iterable[TileTask], work: TileWork
) -> Iterator[tuple[FineTile, CombinedTile]]:
    """The threads of this process, as many as have room; in order."""
    most = workers(grid(work.choices)[0], len(work.exposures))
    count = max(1, min(most, os.cpu_count() or 1))
    pool = ThreadPoolExecutor(count)
    try:
        ahead: list[tuple[FineTile, Any]] = []
        for task in tasks:
            ahead.append((task.tile, pool.submit(work.combined, task)))
            if len(ahead) > count:
                first, future = ahead.pop(0)
                yield first, future.result()
        for first, future in ahead:
            yield first, future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def pieces(tile: FineTile, exposures: Sequence[MatchedFrame]) -> list[TilePixels]:
    """The frames' pixels of a tile. Raises FrameGone."""
    found: list[TilePixels] = []
    for place, exposure in enumerate(exposures):
        try:
            found += pieces_of(tile, [exposure])
        except UnreadableFrame as problem:
            raise FrameGone(place, problem.message) from problem
    return found
