"""One progress for stages of unlike cost."""

from __future__ import annotations

import math
from typing import Protocol

from astroview.core import tiles
from astroview.core.frame import Frame
from astroview.engine.pipeline.enhance_plan import EnhancePlan


class ProgressHook(Protocol):
    """The one hook for progress and cancel."""

    def __call__(self, done: int, of: int, note: str = "") -> None:
        """Tell that ``done`` of ``of`` units are done; may raise `Cancelled`."""
        ...


class Meter:
    """Adds up tiles of unlike cost to one progress of 1000 units."""

    colour_cost = 1.0
    sharpen_cost = 3.0  # per input pixel, relative to colour

    def __init__(self, frame: Frame, steps: EnhancePlan, progress: ProgressHook) -> None:
        self.area = math.prod(frame.shape)
        self.total = self.sharpen_cost * bool(steps.superres) + self.colour_cost * bool(
            steps.colorizer
        )
        self.before = self.done = self.cost = 0.0
        self.note = ""
        self.progress = progress

    def stage(self, note: str, cost: float) -> None:
        """Begin, or begin again, a stage."""
        if note != self.note:
            self.before += self.cost
        self.note, self.cost, self.done = note, cost, 0.0
        self._tell()

    def tick(self, tile: tiles.Tile) -> None:
        """A tile is finished."""
        self.done += tile.core.height * tile.core.width / self.area
        self._tell()

    def _tell(self) -> None:
        share = (self.before + self.cost * min(self.done, 1.0)) / max(self.total, 1e-9)
        self.progress(int(1000 * share), 1000, self.note)
