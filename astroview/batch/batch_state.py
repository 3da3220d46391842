"""The state of a batch: which files wait, are at work, have ended; who is told about it."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from astroview.batch.output_names import Task
from astroview.core.io.paths.remote_paths import Place
from astroview.core.messages.batch_messages import (
    LISTED_AT_MOST,
    BatchEvent,
    BatchProblem,
    BatchProgress,
    Item,
    ItemState,
    Listed,
    State,
)

Tell = Callable[[BatchEvent], None]
ENDS = ("done", "failed", "skipped", "cancelled")
TICK_S = 0.25  # the whole's progress is told no more often


@dataclass(slots=True)
class BatchEntry:
    """A file on the board, with the last that was told of it."""

    task: Task
    state: State = "waiting"
    told: ItemState | None = None
    attempts: int = 0
    wanted_again: bool = False  # retried while its cancelled job still ends


class BatchState:
    """Thread-safe. Files are added while others are taken; `take` ends when all have ended.

    Parameters
    ----------
    tell
        Hears every event; called from any thread, one at a time.
    """

    def __init__(self, out: Place, tell: Tell) -> None:
        self.out = out
        self.entries: dict[str, BatchEntry] = {}
        self._tell = tell
        self._waiting: OrderedDict[str, None] = OrderedDict()
        self._change = threading.Condition(threading.RLock())
        self._at_work: set[str] = set()
        self._listing = True
        self._paused = False
        self._draining = False
        self.stopped = False
        self._counts: dict[str, int] = dict.fromkeys(ENDS, 0)
        self._clock = _Clock()
        self._said = 0.0

    # ---- files come ------------------------------------------------------------------------

    def add(self, tasks: Iterable[Task], *, more: bool) -> None:
        """Files to do; ``more`` says that others follow. Known ones count when they changed."""
        tasks = tuple(tasks)
        fresh = [task for task in tasks if task.id not in self.entries]
        with self._change:
            for task in tasks:
                if task.id in self.entries:
                    self._renew(self.entries[task.id], task)
            for task in fresh:
                self.entries[task.id] = BatchEntry(task)
                self._waiting[task.id] = None
                self._clock.found(task.size)
            for start in range(0, max(len(fresh), 1), LISTED_AT_MOST):
                part = fresh[start : start + LISTED_AT_MOST]
                rest = more or start + LISTED_AT_MOST < len(fresh)
                self._tell(Listed(tuple(self._item(task) for task in part), rest))
            self._listing = more
            self._change.notify_all()

    def _renew(self, entry: BatchEntry, task: Task) -> None:
        if (entry.task.size, entry.task.mtime_ns) == (task.size, task.mtime_ns):
            return
        entry.task = task  # one that waits is read as it is by then
        if entry.state in ENDS:
            self._begin_again(entry)
        elif task.id in self._at_work:
            entry.wanted_again = True

    def refuse(self, task: Task, problem: str, hint: str) -> None:
        """A file or folder that was found and cannot be looked at."""
        with self._change:
            self.add([task], more=True)
            del self._waiting[task.id]
            self._counts["failed"] += 1
            self._clock.ended(task.size, counts=False)
            self._set(task, ItemState(task.id, "failed", problem=problem, hint=hint))

    def _item(self, task: Task) -> Item:
        return Item(task.id, task.source, task.size, str(task.target_in(self.out)))

    # ---- files go through ------------------------------------------------------------------

    def take(self) -> Task | None:
        """The next file, waiting for one; None when the batch ends."""
        with self._change:
            self._change.wait_for(self._can_take)
            if self._draining or not self._waiting:
                return None
            name, _ = self._waiting.popitem(last=False)
            self._at_work.add(name)
            return self.entries[name].task

    def _can_take(self) -> bool:
        if self._draining:
            return True
        if self._waiting:
            return not self._paused
        return not self._listing and not self._at_work

    def running(self, task: Task) -> bool:
        """Say that a file is being computed; False when it was cancelled meanwhile."""
        with self._change:
            entry = self.entries[task.id]
            if entry.state == "cancelled":
                return False
            entry.attempts += 1
            self._set(task, ItemState(task.id, "running"))
            return True

    def settle(self, task: Task, told: ItemState) -> None:
        """A file that was taken has ended: done, failed, skipped or cancelled."""
        with self._change:
            self._at_work.discard(task.id)
            entry = self.entries[task.id]
            if entry.wanted_again:
                self._wait(entry)
            elif entry.state != "cancelled":
                self._set(task, told)
                self._counts[told.state] += 1
            self._clock.ended(task.size, counts=told.state in ("done", "failed"))
            self._progress()
            self._change.notify_all()

    def expect(self) -> bool:
        """Files will be added; False when the batch has ended already."""
        with self._change:
            if not self._listing and self._can_take() and not self._waiting:
                return False
            self._listing = True
            return True

    def attempts(self, task: Task) -> int:
        """How often a file was begun since somebody asked for it."""
        return self.entries[task.id].attempts

    def put_back(self, task: Task) -> None:
        """A file that was taken waits again, in front of all others."""
        with self._change:
            self._at_work.discard(task.id)
            entry = self.entries[task.id]
            if entry.state != "cancelled" or entry.wanted_again:
                self._wait(entry)
                self._waiting.move_to_end(task.id, last=False)
            self._change.notify_all()

    def is_cancelled(self, task: Task) -> bool:
        """Whether somebody skipped it."""
        return self.entries[task.id].state == "cancelled"

    # ---- somebody steers -------------------------------------------------------------------

    def pause(self, *, paused: bool) -> None:
        """Begin no further file, or go on."""
        with self._change:
            self._paused = paused
            self._progress(now=True)
            self._change.notify_all()

    def skip(self, names: Iterable[str]) -> list[str]:
        """Cancel files; returns those that are at work, which their workers must be told."""
        at_work: list[str] = []
        with self._change:
            for entry in self._known(names):
                if entry.state not in ("waiting", "running"):
                    continue
                waited = self._waiting.pop(entry.task.id, "absent") is None
                if not waited:
                    at_work.append(entry.task.id)
                self._set(entry.task, ItemState(entry.task.id, "cancelled"))
                self._counts["cancelled"] += 1
                if waited:
                    self._clock.ended(entry.task.size, counts=False)
            self._progress(now=True)
            self._change.notify_all()
        return at_work

    def retry(self, names: Iterable[str]) -> None:
        """Do failed and cancelled files again."""
        with self._change:
            for entry in self._known(names):
                if entry.state in ("failed", "cancelled"):
                    self._begin_again(entry)
            self._progress(now=True)
            self._change.notify_all()

    def _begin_again(self, entry: BatchEntry) -> None:
        self._counts[entry.state] -= 1
        entry.attempts = 0
        self._clock.found(entry.task.size)
        if entry.task.id in self._at_work:
            entry.wanted_again = True
        else:
            self._wait(entry)

    def order(self, names: Iterable[str]) -> None:
        """Do these first, in this order."""
        with self._change:
            for name in reversed([name for name in names if name in self._waiting]):
                self._waiting.move_to_end(name, last=False)

    def drain(self, *, stop: bool = False) -> None:
        """Take nothing more; what is at work is finished, or given up with `stop`."""
        with self._change:
            self._draining = True
            self.stopped = self.stopped or stop
            self._change.notify_all()

    @property
    def is_held(self) -> bool:
        """Whether no further file is begun."""
        return self._paused or self._draining

    def problem(self, message: str, hint: str) -> None:
        """Tell of something that concerns the whole batch."""
        with self._change:
            self._tell(BatchProblem(message, hint))

    # ---- what is told ----------------------------------------------------------------------

    def tell(self, event: BatchEvent) -> None:
        """Pass an event on."""
        with self._change:
            self._tell(event)

    def count(self, state: str) -> int:
        """How many files ended so."""
        return self._counts[state]

    @property
    def left(self) -> int:
        """How many files have not ended."""
        return len(self.entries) - sum(self._counts.values())

    def _known(self, names: Iterable[str]) -> list[BatchEntry]:
        return [self.entries[name] for name in names if name in self.entries]

    def _wait(self, entry: BatchEntry) -> None:
        entry.wanted_again = False
        self._waiting[entry.task.id] = None
        self._set(entry.task, ItemState(entry.task.id, "waiting"))

    def _set(self, task: Task, told: ItemState) -> None:
        entry = self.entries[task.id]
        entry.state, entry.told = told.state, told
        self._tell(told)

    def _progress(self, *, now: bool = False) -> None:
        moment = time.monotonic()
        last = not self._listing and self.left == 0
        if not now and not last and moment - self._said < TICK_S:
            return
        self._said = moment
        done, failed, skipped = (self._counts[k] for k in ("done", "failed", "skipped"))
        eta = None if self._listing else self._clock.eta()
        self._tell(BatchProgress(done, failed, skipped, len(self.entries), eta, self._paused))


class _Clock:
    """Tells the time left by the bytes that were done since the first file was begun."""

    def __init__(self) -> None:
        self._began: float | None = None
        self._left = self._done = 0

    def found(self, size: int) -> None:
        self._left += size + 1
        self._began = self._began or time.monotonic()

    def ended(self, size: int, *, counts: bool) -> None:
        self._left -= size + 1
        self._done += (size + 1) * counts

    def eta(self) -> float | None:
        if not self._done or self._began is None:
            return None
        return (time.monotonic() - self._began) / self._done * self._left
