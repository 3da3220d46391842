"""Those who do the work on this machine.

A GPU has one process that computes and a few that save, so that reading, computing and writing
overlap. The cores of a CPU have one process each, which computes and saves: they overlap with
one another, and a frame is opened once (see `device_slots`). Small files may be computed several
at once.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from astroview.batch import device_slots
from astroview.batch.bounded_queue import BoundedQueue, MemoryBudget
from astroview.batch.outcome_recorder import OutcomeRecorder, ReadyResult
from astroview.batch.process_client import JobFailed, WorkerProcess
from astroview.batch.recipe import BatchRecipe
from astroview.batch.retry import CHANGED
from astroview.core.errors import Cancelled, WorkerLost
from astroview.core.messages.worker_messages import Enhance, Progress, Save
from astroview.core.options import Outputs

UNSAVED = 2  # results a device that may wait to be saved


@dataclass(frozen=True)
class _Made:
    """A result in scratch."""

    ready: ReadyResult
    outputs: Outputs
    scratch: Path
    taken: int
    began: float


class LocalWorkers:
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
    together
        Small files that go through the networks at once; None: as many as the device gains by.
    """

    def __init__(
        self,
        devices: Sequence[str],
        recipe: BatchRecipe,
        desk: OutcomeRecorder,
        memory: int,
        scale: int,
        scratch: Path,
        together: int | None = None,
    ) -> None:
        self._recipe, self._desk = recipe, desk
        self._scale, self._scratch = scale, scratch
        names = device_slots.lanes_for(devices, memory)
        savers = device_slots.savers_for(len(devices))
        self._lanes = [_Lane(name, savers) for name in names]
        self._threads = max(1, device_slots.cores())
        self._tiles = memory // 2
        self._results = MemoryBudget(memory // 2)
        self._cores = MemoryBudget(max(self._threads, len(names)))
        self._together = together
        self._on_cpu = len(names) > 1 and names[0] == "cpu"
        self._device = ""  # what "auto" is, as soon as that is known
        self._known = threading.Event()
        if "auto" not in names:
            self._known.set()

    def jobs(self, ready: BoundedQueue[ReadyResult]) -> list[Callable[[], None]]:
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
                for place, name in enumerate(lane.at_work):
                    if name in names:
                        lane.computing.cancel(place)

    def kill(self) -> None:
        """End all processes now."""
        self._results.open()
        self._cores.open()
        for lane in self._lanes:
            lane.made.close(drop=True)
            for process in (lane.computing, *lane.saving):
                process.kill()

    # ---- computing -------------------------------------------------------------------------

    def _compute(self, lane: _Lane, ready: BoundedQueue[ReadyResult]) -> None:
        try:
            with lane.computing:
                if ready.wait() and self._takes_part(lane):  # no process is started for nothing
                    most = self._together or device_slots.together_for(self._device or lane.device)
                    ready.widen(most)
                    while items := self._next(ready, most):
                        self._compute_some(lane, items)
        finally:
            lane.made.close()
            if lane is self._lanes[0]:
                self._known.set()

    def _takes_part(self, lane: _Lane) -> bool:
        """The first of several lanes finds out whether there is a GPU: then it works alone."""
        first = lane is self._lanes[0]
        if first and not self._known.is_set():
            try:
                self._device = lane.computing.device()
                self._on_cpu = len(self._lanes) > 1 and self._device == "cpu"
            except (JobFailed, WorkerLost):
                pass  # it will say so of each file
            finally:
                self._known.set()
        self._known.wait()
        return first or self._on_cpu or "auto" not in lane.device

    def _next(self, ready: BoundedQueue[ReadyResult], most: int) -> list[ReadyResult]:
        """A file, or several small ones that are there; none when there are no more. One that
        was tried before is computed alone: it may have taken others along.
        """

        def joins(item: ReadyResult) -> bool:
            tried = self._desk.board.entries[item.task.id].attempts
            return item.size <= device_slots.SMALL_BYTES and not tried

        item = ready.get()
        if item is None:
            return []
        return [item, *(ready.get_more(most - 1, joins) if joins(item) else ())]

    def _compute_some(self, lane: _Lane, items: Sequence[ReadyResult]) -> None:
        lane.note(items)  # first, so that who is cancelled from now on is known to be at work
        items = [item for item in items if self._is_wanted(item)]
        lane.note(items)
        if not items:
            return
        taken = {item.task.id: device_slots.result_bytes(item.size, self._scale) for item in items}
        self._results.take(sum(taken.values()))
        made: dict[str, _Made] = {}
        try:
            with self._some_cores(items[0]) as threads:
                began = time.monotonic()
                for item, end in zip(items, self._ends(lane, items, threads), strict=True):
                    name = item.task.id
                    if isinstance(end, Outputs):
                        made[name] = _Made(item, end, self._scratch / name, taken[name], began)
                    else:
                        self._explain(item, end, began)
                lane.note(())
                for one in made.values() if self._on_cpu else ():
                    self._save_one(lane.computing, one)
        finally:
            lane.note(())
            for name, share in taken.items():
                if name not in made or self._on_cpu or not lane.made.put(made[name]):
                    self._clear(self._scratch / name, share)

    def _is_wanted(self, item: ReadyResult) -> bool:
        if self._desk.board.running(item.task):
            return True
        self._desk.cancelled(item.task)
        return False

    def _ends(
        self, lane: _Lane, items: Sequence[ReadyResult], threads: int | None
    ) -> Sequence[Outputs | Exception]:
        """Results of files in scratch, or what kept them from being."""
        options = replace(self._recipe.options, device=lane.device)
        jobs = [
            Enhance(
                *("", item.task.source, str(self._scratch / item.task.id)),
                *(self._recipe.hdu, self._recipe.plane, options),
                threads=threads,
                memory=self._memory(threads),
            )
            for item in items
        ]

        def tell(place: int, event: Progress) -> None:
            self._desk.progress(items[place].task, event)

        try:
            return lane.computing.enhance_together(jobs, tell)
        except WorkerLost as error:
            return [error] * len(items)

    def _memory(self, threads: int | None) -> int:
        """Bytes for the tiles of a file: as large a share as that of the cores."""
        if threads is None:
            return self._tiles // len(self._lanes)
        return self._tiles * threads // self._cores.limit

    @contextmanager
    def _some_cores(self, item: ReadyResult) -> Generator[int | None]:
        """Cores for a file, when it has come to be its turn; None: as many as torch takes."""
        if not self._on_cpu:
            yield None
            return
        count = device_slots.threads_for(item.size, self._threads)
        self._cores.take(count)
        try:
            yield count
        finally:
            self._cores.give_back(count)

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
            desk.retry_or_fail(task, *CHANGED)
            return
        if desk.board.is_cancelled(task):
            desk.cancelled(task)
            return
        request = Save(
            *("", task.source, made.outputs, str(task.target_in(desk.board.out))),
            *(self._recipe.hdu, self._recipe.plane, desk.thumbnails(task)),
        )
        try:
            saved = process.save(request)
        except (JobFailed, WorkerLost, Cancelled) as error:
            self._explain(made.ready, error, made.began)
        else:
            desk.done(made.ready, saved, time.monotonic() - made.began)

    def _explain(self, item: ReadyResult, error: Exception, began: float) -> None:
        """Let the desk know what kept a file from being done."""
        desk, task = self._desk, item.task
        match error:
            case Cancelled():
                desk.cancelled(task)
            case WorkerLost():
                desk.retry_or_fail(task, error.message, error.hint)
            case JobFailed(problem="DiskFull"):
                desk.full(task, error)
            case JobFailed() if item.has_changed():
                desk.retry_or_fail(task, *CHANGED)
            case JobFailed():
                desk.failed(task, error.message, error.hint, time.monotonic() - began)
            case _:
                raise error

    def _clear(self, scratch: Path, taken: int) -> None:
        shutil.rmtree(scratch, ignore_errors=True)
        self._results.give_back(taken)


class _Lane:
    """A device's processes, and what lies between them."""

    def __init__(self, device: str, savers: int) -> None:
        self.device = device
        self.computing = WorkerProcess()
        self.saving = [WorkerProcess() for _ in range(savers)]
        self.made: BoundedQueue[_Made] = BoundedQueue(UNSAVED)
        self.lock = threading.Lock()
        self.at_work: tuple[str, ...] = ()

    def note(self, items: Sequence[ReadyResult]) -> None:
        """These are at work now."""
        with self.lock:
            self.at_work = tuple(item.task.id for item in items)
