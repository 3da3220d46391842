"""Those who do the work on this machine: for every device one process that computes and one
that saves, so that computing, and the reading and writing of the frames beside it, overlap.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from astroview.batch.belt import Belt, Budget
from astroview.batch.client import JobFailed, WorkerProcess
from astroview.batch.desk import CHANGED, Desk, Ready
from astroview.batch.recipe import Recipe
from astroview.core.errors import Cancelled, WorkerLost
from astroview.core.messages import Save
from astroview.core.options import Outputs, SavedFile

T = TypeVar("T")

UNSAVED = 2  # results a device that may wait to be saved
GROWTH = (
    24  # bytes of scratch a byte of input, until it is known: 16-bit samples made twice as fine
)


@dataclass(frozen=True)
class _Made:
    """A result in scratch."""

    ready: Ready
    outputs: Outputs
    scratch: Path
    taken: int
    began: float


class LocalCrew:
    """Processes of this machine. One thread a process drives it.

    Parameters
    ----------
    devices
        One pair of processes each, such as ("cuda:0", "cuda:1").
    scratch
        Folder for what is computed and not saved yet, at most `budget` bytes.
    """

    def __init__(
        self, devices: Sequence[str], recipe: Recipe, desk: Desk, budget: Budget, scratch: Path
    ) -> None:
        self._recipe, self._desk = recipe, desk
        self._budget, self._scratch = budget, scratch
        self._lanes = [_Lane(name) for name in devices]

    def jobs(self, ready: Belt[Ready]) -> list[Callable[[], None]]:
        """What the threads do until `ready` is closed and empty."""
        return [
            *(lambda lane=lane: self._compute(lane, ready) for lane in self._lanes),
            *(lambda lane=lane: self._save(lane) for lane in self._lanes),
        ]

    def cancel(self, names: Sequence[str]) -> None:
        """Give up files that are being computed; what is being saved is finished."""
        for lane in self._lanes:
            with lane.lock:
                if lane.at_work in names:
                    lane.computing.cancel()

    def kill(self) -> None:
        """End all processes now."""
        for lane in self._lanes:
            lane.made.close(drop=True)
            lane.computing.kill()
            lane.saving.kill()

    # ---- computing -------------------------------------------------------------------------

    def _compute(self, lane: _Lane, ready: Belt[Ready]) -> None:
        try:
            with lane.computing:
                while (item := ready.get()) is not None:
                    self._compute_one(lane, item)
        finally:
            lane.made.close()

    def _compute_one(self, lane: _Lane, item: Ready) -> None:
        task, desk = item.task, self._desk
        with lane.lock:
            lane.at_work = task.id
        if not desk.board.running(task):
            desk.cancelled(task)
            return
        taken = item.size * GROWTH
        self._budget.take(taken)
        scratch = self._scratch / task.id
        began = time.monotonic()
        made = None
        try:
            outputs = self._attempt(item, lambda: self._enhance(lane, item, scratch), began)
            if outputs is not None:
                made = _Made(item, outputs, scratch, taken, began)
        finally:
            with lane.lock:
                lane.at_work = ""
            if made is None or not lane.made.put(made):
                self._clear(scratch, taken)

    def _enhance(self, lane: _Lane, item: Ready, scratch: Path) -> Outputs:
        recipe, task = self._recipe, item.task
        return lane.computing.enhance(
            *(task.source, recipe.hdu, recipe.plane),
            *(replace(recipe.options, device=lane.device), scratch),
            lambda event: self._desk.progress(task, event),
        )

    # ---- saving ----------------------------------------------------------------------------

    def _save(self, lane: _Lane) -> None:
        with lane.saving:
            while (made := lane.made.get()) is not None:
                try:
                    self._save_one(lane, made)
                finally:
                    self._clear(made.scratch, made.taken)

    def _save_one(self, lane: _Lane, made: _Made) -> None:
        desk, task = self._desk, made.ready.task
        if made.ready.has_changed():
            desk.again(task, *CHANGED)
            return
        if desk.board.is_cancelled(task):
            desk.cancelled(task)
            return
        request = Save(
            *("", task.source, made.outputs, str(task.target_in(desk.board.out))),
            *(self._recipe.hdu, self._recipe.plane, desk.thumbnails(task)),
        )
        saved = self._attempt(made.ready, lambda: lane.saving.save(request), made.began)
        if isinstance(saved, SavedFile):
            desk.done(made.ready, saved, time.monotonic() - made.began)

    # ---- both ------------------------------------------------------------------------------

    def _attempt(self, item: Ready, work: Callable[[], T], began: float) -> T | None:
        """What `work` returns; None when it failed, which the desk then knows."""
        desk, task = self._desk, item.task
        try:
            return work()
        except JobFailed as error:
            if error.problem == "DiskFull":
                desk.full(task, error)
            elif item.has_changed():
                desk.again(task, *CHANGED)
            else:
                desk.failed(task, error.message, error.hint, time.monotonic() - began)
        except WorkerLost as error:
            desk.again(task, error.message, error.hint)
        except Cancelled:
            desk.cancelled(task)
        return None

    def _clear(self, scratch: Path, taken: int) -> None:
        shutil.rmtree(scratch, ignore_errors=True)
        self._budget.give_back(taken)


class _Lane:
    """A device's two processes, and what lies between them."""

    def __init__(self, device: str) -> None:
        self.device = device
        self.computing, self.saving = WorkerProcess(), WorkerProcess()
        self.made: Belt[_Made] = Belt(UNSAVED)
        self.lock = threading.Lock()
        self.at_work = ""
