"""An enhancement from the button to the result: worker, session and store in step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from astroview.core.errors import AstroviewError, Cancelled, WorkerLost
from astroview.core.frame import Frame, Window
from astroview.core.messages.worker_messages import Done, Progress
from astroview.core.options import EnhanceOptions
from astroview.ui.documents.document import Document, Result
from astroview.ui.documents.document_store import DocumentStore
from astroview.ui.documents.session_jobs import SessionJob
from astroview.ui.i18n.translate import tr
from astroview.ui.process.thread_pool import Background
from astroview.ui.process.worker_client import Job, Worker
from astroview.ui.shell.notice import Notice


class EnhanceController(QObject):
    """Runs one job at a time; what runs stands in the session's ``jobs``.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)
    _written = Signal(int, int)

    def __init__(
        self,
        worker: Worker,
        desk: DocumentStore,
        chosen: Callable[[], EnhanceOptions],
        make_folder: Callable[[str], Path],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        background = Background(1, self)
        self._worker, self._desk, self._chosen = worker, desk, chosen
        self._jobs = desk.session.jobs
        self._background, self._make_folder = background, make_folder
        self._stop: Event | None = None  # while a copy is written for the worker
        self._copied: tuple[Frame, Path] | None = None
        self._looked_at: Callable[[Frame], Window | None] = lambda _: None
        worker.progressed.connect(self._progressed)
        worker.finished.connect(self._finished)
        worker.stopped.connect(self._over)
        worker.failed.connect(self._failed)
        self._written.connect(self._copying)

    @property
    def running(self) -> bool:
        return self._jobs.get("enhance") is not None

    def close(self) -> None:
        """Write no copy any more."""
        if self._stop:
            self._stop.set()
        self._background.close()

    def watch(self, looked_at: Callable[[Frame], Window | None]) -> None:
        """Compute first what this function says is looked at of a frame."""
        self._looked_at = looked_at

    def start(
        self,
        document: Document,
        options: EnhanceOptions | None = None,
        base: Result | None = None,
        instead_of: Result | None = None,
        draft: bool = False,
    ) -> None:
        """Enhance a document's frame; by default with what is chosen. With ``base`` that result
        is only coloured anew. What comes of it is one result more, or takes the place of
        ``instead_of``. Colour is painted for the stretch that is shown.
        """
        if self.running or self._desk.documents.get(document.key) is None:
            return
        if document.loaded.too_large:  # a preview is no measurement
            self._desk.ask_for_room(document)
            return
        former = base or instead_of
        options = options or self._chosen()
        if options.stretch is None and document.frame.channels == 1:
            options = replace(options, stretch=document.display.stretch.to_dict())
        name, replaces = document.frame.name, instead_of.id if instead_of else ""
        self._jobs.begin(SessionJob("enhance", name, document.key, options, replaces, draft))
        frame = former.original if former else document.frame
        if frame.path is None:
            self._copy(frame, options)
        else:
            looked_at, outputs = self._looked_at(frame), base and base.outputs
            job = self._worker.enhance(frame, options, looked_at, outputs)
            self._jobs.place("enhance", job.scratch)

    # ---- a frame that lies in no file -----------------------------------------------------

    def _copy(self, frame: Frame, options: EnhanceOptions) -> None:
        """Write what was composed where the worker can open it, then begin."""
        self._stop = stop = Event()
        begin = partial(self._begin_with_copy, frame, options)
        if self._copied and self._copied[0] is frame:
            begin(self._copied[1])
            return
        tell = self._written.emit

        def progress(done: int, of: int) -> None:
            tell(done, of)
            if stop.is_set():
                raise Cancelled

        path = self._make_folder(f"copy-{uuid4().hex[:8]}") / "composed.fits"
        work = partial(_copied, frame, path, progress)
        self._background.run(work, begin, self._failed_to_copy)

    def _begin_with_copy(self, frame: Frame, options: EnhanceOptions, path: Path | None) -> None:
        self._stop = None
        if path is None:
            self._over()
            return
        self._copied = (frame, path)
        job = self._worker.enhance(frame, options, self._looked_at(frame), path=path)
        self._jobs.place("enhance", job.scratch)

    def _copying(self, done: int, of: int) -> None:
        if self._stop:
            self._jobs.progress("enhance", Progress("", done, of, None, "preparing"))

    def _failed_to_copy(self, error: AstroviewError) -> None:
        self._stop = None
        self._over()
        self.notice.emit(Notice.of(error))

    def cancel(self) -> None:
        """Ask the job to stop."""
        if self._stop:
            self._stop.set()
        self._worker.cancel()

    # ---- what the worker tells ----------------------------------------------------------

    def _progressed(self, _job: Job, progress: Progress) -> None:
        self._jobs.progress("enhance", progress)

    def _finished(self, job: Job, done: Done) -> None:
        if known := self._jobs.get("enhance"):
            self._desk.take_result(known.key, job, done, known.replaces)
        self._over()

    def _failed(self, job: Job | None, error: AstroviewError) -> None:
        notice = Notice.of(error)
        known = self._jobs.get("enhance")
        document = self._desk.documents.get(known.key) if known else None
        if job:
            self._over()
        if job and known and document and isinstance(error, WorkerLost):
            former = document.result(known.replaces)
            base = next((r for r in document.results if job.base and r.outputs == job.base), None)
            again = partial(self.start, document, job.options, base, former, known.draft)
            notice = replace(notice, button=tr("Enhance again"), act=again)
        self.notice.emit(notice)

    def _over(self, *_: object) -> None:
        self._jobs.end("enhance")


def _copied(frame: Frame, path: Path, progress: Callable[[int, int], None]) -> Path | None:
    """The copy; None when it was cancelled. Any thread."""
    from astroview.core.io.fits.temp_fits import write_copy

    try:
        return write_copy(frame, path, progress)
    except Cancelled:
        return None
