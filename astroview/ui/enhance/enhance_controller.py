"""An enhancement from the button to the result: worker, panel, status bar and desk in step."""

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
from astroview.core.messages.worker_messages import Devices, Done, Progress
from astroview.core.options import EnhanceOptions
from astroview.ui.documents.document import Document, Result
from astroview.ui.documents.document_store import DocumentStore
from astroview.ui.enhance.enhance_panel import EnhancePanel, progress_text
from astroview.ui.i18n.translate import tr
from astroview.ui.process.thread_pool import Background
from astroview.ui.process.worker_client import Job, Worker
from astroview.ui.shell.notice import Notice
from astroview.ui.status_bar import StatusBar


class EnhanceController(QObject):
    """Runs one job at a time.

    Signals
    -------
    changed
        A job began or ended.
    notice : `Notice`
    """

    changed = Signal()
    notice = Signal(object)
    _written = Signal(int, int)

    def __init__(
        self,
        worker: Worker,
        desk: DocumentStore,
        panel: EnhancePanel,
        status: StatusBar,
        make_folder: Callable[[str], Path],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        background = Background(1, self)
        self._worker, self._desk, self._panel, self._status = worker, desk, panel, status
        self._key, self._replaced = 0, ""
        self._options: EnhanceOptions | None = None
        self._background, self._make_folder = background, make_folder
        self._stop: Event | None = None  # while a copy is written for the worker
        self._copied: tuple[Frame, Path] | None = None
        self._looked_at: Callable[[Frame], Window | None] = lambda _: None
        worker.devices.connect(self._offer_devices)
        worker.progressed.connect(self._progressed)
        worker.finished.connect(self._finished)
        worker.stopped.connect(self._over)
        worker.failed.connect(self._failed)
        panel.cancel.connect(self._cancel)
        self._written.connect(self._copying)

    @property
    def replaced(self) -> str:
        """The id of the result that the job under way takes the place of; "" for a new one."""
        return self._replaced

    @property
    def running(self) -> bool:
        return self._worker.job is not None or self._stop is not None

    @property
    def under_way(self) -> tuple[int, EnhanceOptions | None]:
        """The document that the last job is of, and its options; None before the first one."""
        return self._key, self._options

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
    ) -> None:
        """Enhance a document's frame; by default with the choices on the panel. With ``base``
        that result is only coloured anew. What comes of it is one result more, or takes the place
        of ``instead_of``. Colour is painted for the stretch that is shown.
        """
        if self.running or self._desk.documents.get(document.key) is None:
            return
        former = base or instead_of
        self._key, self._replaced = document.key, instead_of.id if instead_of else ""
        options = options or self._panel.options
        if options.stretch is None and document.frame.channels == 1:
            options = replace(options, stretch=document.display.stretch.to_dict())
        self._options = options
        frame = former.original if former else document.frame
        if frame.path is None:
            self._copy(frame, options)
        else:
            self._worker.enhance(frame, options, self._looked_at(frame), base and base.outputs)
        self._panel.set_running(document.frame.name)
        self._status.show_work(tr(f"Enhancing {document.frame.name}"), 0)
        self.changed.emit()

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
        self._worker.enhance(frame, options, self._looked_at(frame), path=path)
        self.changed.emit()

    def _copying(self, done: int, of: int) -> None:
        if self._stop:
            self._panel.show_progress(Progress("", done, of, None, "preparing"))

    def _failed_to_copy(self, error: AstroviewError) -> None:
        self._stop = None
        self._over()
        self.notice.emit(Notice.of(error))

    def _cancel(self) -> None:
        if self._stop:
            self._stop.set()
        self._worker.cancel()

    # ---- what the worker tells ----------------------------------------------------------

    def _offer_devices(self, found: Devices) -> None:
        self._panel.set_devices(found.names, found.default)

    def _progressed(self, job: Job, progress: Progress) -> None:
        self._panel.show_progress(progress)
        text = progress_text(progress)
        part = progress.done / max(progress.of, 1)
        self._status.show_work(f"{job.frame.name}: {text}" if text else job.frame.name, part)

    def _finished(self, job: Job, done: Done) -> None:
        self._desk.take_result(self._key, job, done, self._replaced)
        self._over()

    def _failed(self, job: Job | None, error: AstroviewError) -> None:
        notice = Notice.of(error)
        document = self._desk.documents.get(self._key)
        if job:
            self._over()
        if job and document and isinstance(error, WorkerLost):
            former = document.result(self._replaced)
            base = next((r for r in document.results if job.base and r.outputs == job.base), None)
            again = partial(self.start, document, job.options, base, former)
            notice = replace(notice, button=tr("Enhance again"), act=again)
        self.notice.emit(notice)

    def _over(self) -> None:
        self._panel.set_running(None)
        self._status.show_work("")
        self.changed.emit()


def _copied(frame: Frame, path: Path, progress: Callable[[int, int], None]) -> Path | None:
    """The copy; None when it was cancelled. Any thread."""
    from astroview.core.io.fits.temp_fits import write_copy

    try:
        return write_copy(frame, path, progress)
    except Cancelled:
        return None
