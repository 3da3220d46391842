"""Those who do the work on this machine.

A GPU has one process that computes and a few that save, so that reading, computing and writing
overlap. The cores of a CPU have one process each, which computes and saves: they overlap with
one another, and a frame is opened once (see `lanes`).
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from astroview.batch import lanes
from astroview.batch.belt import Belt, Budget
from astroview.batch.client import JobFailed, Share, WorkerProcess
from astroview.batch.desk import CHANGED, Desk, Ready
from astroview.batch.recipe import Recipe
from astroview.core.errors import Cancelled, WorkerLost
from astroview.core.messages import Save
from astroview.core.options import Outputs, SavedFile

T = TypeVar("T")

UNSAVED = 2  # results a device that may wait to be saved


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
        A lane each, such as ("cuda:0", "cuda:1"); one CPU has as many as there are cores.
    memory
        Bytes: half of them for the tiles that are computed, half for results in scratch that
        are computed or wait to be saved.
    scale
        Magnification of the results.
    scratch
        Folder for what is computed and not saved yet.
    """

    def __init__(
        self,
        devices: Sequence[str],
        recipe: Recipe,
        desk: Desk,
        memory: int,
        scale: int,
        scratch: Path,
    ) -> None:
        self._recipe, self._desk = recipe, desk
        self._scale, self._scratch = scale, scratch
        names = lanes.lanes_for(devices, memory)
        savers = lanes.savers_for(len(devices))
        self._lanes = [_Lane(name, savers) for name in names]
        self._threads = max(1, lanes.cores())
        self._tiles = memory // 2
        self._results = Budget(memory // 2)
        self._cores = Budget(max(self._threads, len(names)))
        self._on_cpu = len(names) > 1 and names[0] == "cpu"
        self._known = threading.Event()  # whether "auto" is the CPU
        if "auto" not in names or len(names) == 1:
            self._known.set()

    def jobs(self, ready: Belt[Ready]) -> list[Callable[[], None]]:
        """What the threads do until `ready` is closed and empty."""
        return [
            *(lambda lane=lane: self._compute(lane, ready) for lane in self._lanes),
            *(
                lambda lane=lane, process=process: self._save(lane, process)
                for lane in self._lanes
                for process in lane.saving
            ),
        ]

    def cancel(self, names: Sequence[str]) -> None:
        """Give up files that are being computed; what is being saved is finished."""
        for lane in self._lanes:
            with lane.lock:
                if lane.at_work in names:
                    lane.computing.cancel()

    def kill(self) -> None:
        """End all processes now."""
        self._results.open()
        self._cores.open()
        for lane in self._lanes:
            lane.made.close(drop=True)
            for process in (lane.computing, *lane.saving):
                process.kill()

    # ---- computing -------------------------------------------------------------------------

    def _compute(self, lane: _Lane, ready: Belt[Ready]) -> None:
        try:
            with lane.computing:
                while self._takes_part(lane) and (item := ready.get()) is not None:
                    self._compute_one(lane, item)
        finally:
            lane.made.close()

    def _takes_part(self, lane: _Lane) -> bool:
        """The first of several lanes finds out whether there is a GPU: then it works alone."""
        first = lane is self._lanes[0]
        if first and not self._known.is_set():
            try:
                self._on_cpu = lane.computing.device() == "cpu"
            except (JobFailed, WorkerLost):
                pass  # it will say so of each file
            finally:
                self._known.set()
        self._known.wait()
        return first or self._on_cpu or "auto" not in lane.device

    def _compute_one(self, lane: _Lane, item: Ready) -> None:
        task, desk = item.task, self._desk
        with lane.lock:
            lane.at_work = task.id
        if not desk.board.running(task):
            desk.cancelled(task)
            return
        taken = lanes.result_bytes(item.size, self._scale)
        self._results.take(taken)
        scratch = self._scratch / task.id
        made = None
        try:
            with self._some_cores(item) as threads:
                began = time.monotonic()
                share = Share(threads, self._memory(threads))
                work = partial(self._enhance, lane, item, scratch, share)
                outputs = self._attempt(item, work, began)
                with lane.lock:
                    lane.at_work = ""
                if outputs is not None:
                    made = _Made(item, outputs, scratch, taken, began)
                    if self._on_cpu:
                        self._save_one(lane.computing, made)
        finally:
            with lane.lock:
                lane.at_work = ""
            if made is None or self._on_cpu or not lane.made.put(made):
                self._clear(scratch, taken)

    def _memory(self, threads: int | None) -> int:
        """Bytes for the tiles of a file: as large a share as that of the cores."""
        if threads is None:
            return self._tiles // len(self._lanes)
        return self._tiles * threads // self._cores.limit

    @contextmanager
    def _some_cores(self, item: Ready) -> Generator[int | None]:
        """Cores for a file, when it has come to be its turn; None: as many as torch takes."""
        if not self._on_cpu:
            yield None
            return
        count = lanes.threads_for(item.size, self._threads)
        self._cores.take(count)
        try:
            yield count
        finally:
            self._cores.give_back(count)

    def _enhance(self, lane: _Lane, item: Ready, scratch: Path, share: Share) -> Outputs:
        recipe, task = self._recipe, item.task
        return lane.computing.enhance(
            *(task.source, recipe.hdu, recipe.plane),
            *(replace(recipe.options, device=lane.device), scratch),
            lambda event: self._desk.progress(task, event),
            share,
        )

    # ---- saving ----------------------------------------------------------------------------

    def _save(self, lane: _Lane, process: WorkerProcess) -> None:
        with process:
            while (made := lane.made.get()) is not None:
                try:
                    self._save_one(process, made)
                finally:
                    self._clear(made.scratch, made.taken)

    def _save_one(self, process: WorkerProcess, made: _Made) -> None:
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
        saved = self._attempt(made.ready, lambda: process.save(request), made.began)
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
        self._results.give_back(taken)


class _Lane:
    """A device's processes, and what lies between them."""

    def __init__(self, device: str, savers: int) -> None:
        self.device = device
        self.computing = WorkerProcess()
        self.saving = [WorkerProcess() for _ in range(savers)]
        self.made: Belt[_Made] = Belt(UNSAVED)
        self.lock = threading.Lock()
        self.at_work = ""
