"""The near side of the wall: a child process that enhances, its jobs, and its death.

Requests and events are JSON lines (`core.messages.worker_messages`); pixels never go through the
pipe.
"""

from __future__ import annotations

import logging
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal

from astroview.core import errors
from astroview.core.errors import AstroviewError, WorkerLost
from astroview.core.frame import Frame, Window
from astroview.core.lazy_dataclass import dataclass
from astroview.core.messages import worker_messages
from astroview.core.messages.worker_messages import Event, Request
from astroview.core.options import EnhanceOptions, Outputs
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.process.json_process import Ending, LineProcess
from astroview.ui.process.scratch_folders import Lease, Leases, Scratch

log = logging.getLogger(__name__)
PATIENCE_MS = 5000  # from Cancel to kill
GRACE_MS = 400  # for an idle worker to leave
LOST = noted("The enhancer stopped unexpectedly.")


@dataclass(frozen=True)
class Job:
    """One enhancement under way."""

    id: str
    frame: Frame
    options: EnhanceOptions
    scratch: Path
    base: Outputs | None = None  # an earlier result that is coloured anew
    lease: Lease | None = None  # of the folders that its result needs


class Worker(QObject):
    """Runs the worker process, one job at a time; starts it when it is needed.

    Signals
    -------
    devices : `worker_messages.Devices`
    progressed : (`Job`, `worker_messages.Progress`)
    seen : (`Job`, `worker_messages.Coarse` | `worker_messages.Tile`); of jobs that are watched
    finished : (`Job`, `worker_messages.Done`)
    stopped : `Job`; it was cancelled, its scratch is gone
    failed : (`Job` | None, `AstroviewError`); None when the worker died between jobs
    answered : `worker_messages.Event` to a request of `ask`; the last one ends it
    """

    devices = Signal(object)
    progressed = Signal(object, object)
    seen = Signal(object, object)
    finished = Signal(object, object)
    stopped = Signal(object)
    failed = Signal(object, object)
    answered = Signal(object)

    def __init__(
        self,
        command: list[str],
        scratch: Scratch,
        results: Leases | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._command, self._scratch = command, scratch
        self._results = (
            results or scratch
        )  # where enhanced frames go; what is asked goes to scratch
        self._process = LineProcess(worker_messages.decode, self, name="worker")
        self._process.said.connect(self._take)
        self._process.ended.connect(self._died)
        self._closing = False
        self.job: Job | None = None
        self.told: worker_messages.Devices | None = None  # what it said of the devices, once it has
        self._asked: set[str] = set()
        self._forgotten: set[str] = set()  # asked for, and no longer wished
        self._cancelled = False
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self.kill)

    @property
    def pid(self) -> int:
        """The process id; 0 when it does not run."""
        return self._process.pid

    def probe(self, test: bool = False) -> None:
        """Ask for the devices (and so warm the worker up), or have them tested anew."""
        self._send(worker_messages.Probe(test))

    def enhance(
        self,
        frame: Frame,
        options: EnhanceOptions,
        first: Window | None = None,
        base: Outputs | None = None,
        path: Path | None = None,
    ) -> Job:
        """Start a job; only one runs at a time. For ``first`` and ``base`` see the message;
        ``path`` names a copy of a frame that lies in no file.
        """
        self._process.settle()
        assert self.job is None
        source = path or frame.path
        assert source is not None
        name = uuid4().hex[:12]
        folder = self._results.make(name)
        lease = self._results.lease(folder, *(base.folders if base else ()))
        self.job = Job(name, frame, options, folder, base, lease)
        self._cancelled = False
        request = worker_messages.Enhance(
            id=name,
            path=str(source),
            scratch=str(self.job.scratch),
            hdu=None if path else frame.hdu,
            plane=0 if path else frame.plane,
            options=options,
            first=first,
            base=base,
            max_bytes=frame.max_bytes,
        )
        self._send(request)
        return self.job

    def vary(self, frame: Frame, options: EnhanceOptions, count: int) -> str:
        """Ask for a frame in its likeliest palettes; `answered` has the answers by this id."""
        name = uuid4().hex[:12]
        scratch = str(self._scratch.make(name))
        place = (name, str(frame.path), scratch, frame.hdu, frame.plane)
        return self._ask(worker_messages.Vary(*place, options, count, frame.max_bytes))

    def read_palette(self, path: Path) -> str:
        """Ask for a picture's palette; `answered` has the answer by this id."""
        return self._ask(worker_messages.ReadPalette(uuid4().hex[:12], str(path)))

    def compare_sources(
        self, original: Frame, outputs: Outputs | None, saved: Path | None, scratch: Path
    ) -> str:
        """Ask for the sources of a frame of a file and of its result; `answered` has the answer
        by this id. Files are made in ``scratch``, which stays.
        """
        request = worker_messages.CompareSources(
            uuid4().hex[:12],
            str(original.path),
            str(scratch),
            original.hdu,
            original.plane,
            outputs,
            str(saved or ""),
            original.max_bytes,
        )
        return self._ask(request)

    def look_at(self, paths: tuple[str, ...], measure: bool) -> str:
        """Ask what headers say and how good files are; `answered` has the answer by this id."""
        return self._ask(worker_messages.LookAt(uuid4().hex[:12], paths, measure))

    def paint(self, path: str, options: EnhanceOptions) -> str:
        """Ask for a small picture of a file in its likeliest palette; `answered` has the answer by
        this id.
        """
        name = uuid4().hex[:12]
        scratch = str(self._scratch.make(name))
        return self._ask(worker_messages.Vary(name, path, scratch, options=options, count=1))

    def forget(self, asked: str) -> None:
        """An answer is no longer wished for."""
        if asked in self._asked:
            self._asked.remove(asked)
            self._forgotten.add(asked)
            self._send(worker_messages.Cancel(asked))

    def _ask(
        self,
        request: worker_messages.Vary
        | worker_messages.ReadPalette
        | worker_messages.CompareSources
        | worker_messages.LookAt,
    ) -> str:
        self._process.settle()
        self._asked.add(request.id)
        self._send(request)
        return request.id

    def cancel(self) -> None:
        """Ask the job to stop; the process is killed when it does not within 5 s."""
        if self.job and not self._cancelled:
            self._cancelled = True
            self._send(worker_messages.Cancel(self.job.id))
            self._patience.start()

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()

    def close(self) -> None:
        """End the process: by closing its input, by force when it is at work."""
        self._closing = True
        self._patience.stop()
        self._process.close(0 if self.job else GRACE_MS)

    # ---- the process ---------------------------------------------------------------

    def _send(self, request: Request) -> None:
        if self._closing:
            return
        self._process.settle()
        if not self._process.running:
            self._process.begin(self._command)
        self._process.tell(worker_messages.encode(request))

    def _died(self, ending: Ending) -> None:
        self._patience.stop()
        log.warning("the worker ended; its last words: %s", ending.last_words)
        job, self.job = self.job, None
        asked, self._asked = self._asked, set()
        for name in {*asked, *self._forgotten}:
            self._scratch.drop(self._scratch.folder / name)
        self._forgotten.clear()
        for name in asked:
            self.answered.emit(worker_messages.Failed(name, "WorkerLost", LOST))
        if job:
            self._lost(job)

    def _lost(self, job: Job) -> None:
        self._scratch.drop(job.scratch)
        if self._cancelled:
            self.stopped.emit(job)
            return
        told = tr("The enhancer stopped unexpectedly while working on {name}", name=job.frame.name)
        hint = "Nothing of yours is lost. Enhance again: it starts afresh."
        self.failed.emit(job, WorkerLost(told, hint=hint))

    # ---- events --------------------------------------------------------------------

    def _take(self, event: Event | Request) -> None:
        if getattr(event, "id", "") in self._asked:
            self._answer(event)
        elif getattr(event, "id", "") in self._forgotten:
            self._clear_forgotten(event)
        else:
            self._take_of_job(event)

    def _take_of_job(self, event: Event | Request) -> None:
        match event:
            case worker_messages.Ready():
                log.info("worker %s is ready", event.version)
            case worker_messages.Devices():
                self.told = event
                self.devices.emit(event)
            case worker_messages.Failed(id=""):
                self.failed.emit(None, _error(event))
            case _ if self.job is None or getattr(event, "id", "") != self.job.id:
                pass  # news of a job that is no longer ours
            case worker_messages.Progress():
                self.progressed.emit(self.job, event)
            case worker_messages.Tile() | worker_messages.Coarse():
                self.seen.emit(self.job, event)
            case worker_messages.Done():
                self.finished.emit(self._end(), event)
            case worker_messages.Stopped():
                job = self._end()
                self._scratch.drop(job.scratch)
                self.stopped.emit(job)
            case worker_messages.Failed():
                log.warning("job failed: %s %s\n%s", event.problem, event.message, event.trace)
                job = self._end()
                self._scratch.drop(job.scratch)
                self.failed.emit(job, _error(event))
            case _:
                pass

    def _clear_forgotten(self, event: Event | Request) -> None:
        """When an answer that nobody waits for has come, what was written for it goes."""
        if isinstance(event, worker_messages.Progress | worker_messages.Variation):
            return
        name = getattr(event, "id", "")
        self._forgotten.discard(name)
        self._scratch.drop(self._scratch.folder / name)

    def _answer(self, event: Event | Request) -> None:
        if isinstance(event, worker_messages.Progress):
            return
        ended = not isinstance(event, worker_messages.Variation)
        name = getattr(event, "id", "")
        if ended:
            self._asked.discard(name)
        self.answered.emit(event)
        if ended and name:
            self._scratch.drop(self._scratch.folder / name)

    def _end(self) -> Job:
        assert self.job is not None
        job, self.job = self.job, None
        self._patience.stop()
        return job


def _error(event: worker_messages.Failed) -> AstroviewError:
    """The error that the worker reported, as our own class where we know it."""
    kind = getattr(errors, event.problem, AstroviewError)
    known = isinstance(kind, type) and issubclass(kind, AstroviewError)
    return (kind if known else AstroviewError)(event.message, event.hint)
