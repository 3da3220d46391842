"""What a Dask worker has of a batch: processes that compute, kept warm, and how to use them.

Everything that crosses the network is plain data; `work` is what Dask calls.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, cast

from distributed import Worker, WorkerPlugin, get_worker

from astroview.batch.process_client import JobFailed, WorkerProcess
from astroview.batch.recipe import BatchRecipe, fingerprint
from astroview.batch.retry import has_changed
from astroview.core.errors import AstroviewError, Cancelled, WorkerLost
from astroview.core.io.paths.remote_paths import is_url
from astroview.core.messages.worker_messages import Progress, Save
from astroview.core.models.model_card import default_shelf
from astroview.core.options import SavedFile
from astroview.core.texts import Text

IDLE_S = 300.0  # a process that nobody asks for so long is let go; memory is for others too
TELL_S = 1.0  # progress of a file is sent no more often


@dataclass(frozen=True)
class DaskJob:
    """One file: where it is, how it was when it was read, and where its result goes."""

    id: str
    source: str
    size: int
    mtime_ns: int
    target: str
    thumbs: str = ""


@dataclass(frozen=True)
class Landed:
    """What became of a job."""

    became: Literal["done", "failed", "changed", "cancelled", "full", "lost"]
    seconds: float = 0.0
    saved: SavedFile | None = None
    problem: str = ""
    hint: str = ""


def work(run: str, job: DaskJob) -> Landed:
    """Do a job on the Dask worker that this is called on."""
    station = cast("DaskWorker", get_worker().plugins[run])
    return station.do(job)


def give_up(run: str, names: Sequence[str], dask_worker: Worker) -> None:
    """Cancel those of some jobs that are at work on a Dask worker."""
    station = dask_worker.plugins.get(run)
    if isinstance(station, DaskWorker):
        station.give_up(names)


class DaskWorker(WorkerPlugin):
    """The processes of one batch on one Dask worker; as many as it has threads."""

    def __init__(self, run: str, recipe: BatchRecipe, fingerprint: str) -> None:
        self.run, self.recipe, self.fingerprint = run, recipe, fingerprint

    def setup(self, worker: Worker) -> None:
        """Dask calls this on every worker, also on those that join later."""
        self._worker = worker
        self._lock = threading.Lock()
        self._free: list[tuple[WorkerProcess, threading.Timer]] = []
        self._at_work: dict[str, WorkerProcess] = {}
        self._gone = False

    def teardown(self, worker: Worker) -> None:
        """The batch or the worker ends."""
        with self._lock:
            self._gone = True
            free, self._free = self._free, []
            busy = list(self._at_work.values())
        for process, timer in free:
            timer.cancel()
            process.kill()
            process.__exit__(None, None, None)
        for process in busy:
            process.kill()

    def give_up(self, names: Sequence[str]) -> None:
        """Cancel those of some jobs that are at work here."""
        with self._lock:
            busy = [self._at_work[name] for name in names if name in self._at_work]
        for process in busy:
            process.cancel()

    def do(self, job: DaskJob) -> Landed:
        """Enhance a file and save the result."""
        began = time.monotonic()
        try:
            self._check_models()
            with self._borrowed(job.id) as process:
                saved = self._enhance(job, process)
        except Cancelled:
            return Landed("cancelled")
        except WorkerLost as error:
            return Landed("lost", 0.0, None, error.message, error.hint)
        except AstroviewError as error:
            return self._refused(job, error, time.monotonic() - began)
        if saved is None:
            return Landed("changed")
        return Landed("done", time.monotonic() - began, saved)

    def _refused(self, job: DaskJob, error: AstroviewError, seconds: float) -> Landed:
        kind = error.problem if isinstance(error, JobFailed) else ""
        if kind != "DiskFull" and has_changed(job.source, job.size, job.mtime_ns):
            return Landed("changed")
        hint = error.hint
        if not is_url(job.source) and not os.path.lexists(job.source):
            hint = f"Does {socket.gethostname()}, which looked for it, see the same folders?"
        return Landed(
            "full" if kind == "DiskFull" else "failed", seconds, None, error.message, hint
        )

    def _enhance(self, job: DaskJob, process: WorkerProcess) -> SavedFile | None:
        """The result on disk; None when the input changed meanwhile."""
        recipe = self.recipe
        with TemporaryDirectory(
            prefix="astroview-", dir=self._worker.local_directory, ignore_cleanup_errors=True
        ) as scratch:
            tell = _DaskReporter(self._worker, self.run, job.id)
            outputs = process.enhance(
                *(job.source, recipe.hdu, recipe.plane, recipe.options, Path(scratch), tell)
            )
            if has_changed(job.source, job.size, job.mtime_ns):
                return None
            return process.save(
                Save("", job.source, outputs, job.target, recipe.hdu, recipe.plane, job.thumbs)
            )

    def _check_models(self) -> None:
        if fingerprint(self.recipe, default_shelf()) != self.fingerprint:
            raise AstroviewError(
                Text(
                    "{socket} has other models than the machine that began the batch",
                    socket=socket.gethostname(),
                ),
                hint="Install the same version of astroview, and the same models, everywhere.",
            )

    @contextmanager
    def _borrowed(self, name: str) -> Generator[WorkerProcess]:
        """A process for one job, a warm one where there is one."""
        with self._lock:
            if self._gone:
                raise Cancelled
            process, timer = self._free.pop() if self._free else (WorkerProcess(), None)
            self._at_work[name] = process
        if timer is not None:
            timer.cancel()
        try:
            yield process
        finally:
            self._give_back(name, process)

    def _give_back(self, name: str, process: WorkerProcess) -> None:
        timer = threading.Timer(IDLE_S, self._let_go, (process,))
        timer.daemon = True
        with self._lock:
            self._at_work.pop(name, None)
            keep = not self._gone
            if keep:
                self._free.append((process, timer))
        if keep:
            timer.start()
        else:
            process.__exit__(None, None, None)

    def _let_go(self, process: WorkerProcess) -> None:
        with self._lock:
            mine = [pair for pair in self._free if pair[0] is process]
            self._free = [pair for pair in self._free if pair[0] is not process]
        if mine:
            process.__exit__(None, None, None)


class _DaskReporter:
    """Sends a job's progress to whoever began the batch."""

    def __init__(self, worker: Worker, run: str, job: str) -> None:
        self._worker, self._run, self._job = worker, run, job
        self._told = 0.0

    def __call__(self, event: Progress) -> None:
        now = time.monotonic()
        if now - self._told >= TELL_S:
            self._told = now
            message: Any = (self._job, event.done, event.of, event.eta_s, event.note)
            self._worker.log_event(self._run, message)
