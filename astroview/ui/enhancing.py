"""An enhancement from the button to the result: worker, panel, status bar and desk in step."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from astroview.core.errors import AstroviewError, WorkerLost
from astroview.core.messages import Devices, Done, Progress
from astroview.core.options import EnhanceOptions
from astroview.ui.desk import Desk
from astroview.ui.documents import Document
from astroview.ui.enhance_panel import EnhancePanel, progress_text
from astroview.ui.jobs import Job, Worker
from astroview.ui.notices import Notice
from astroview.ui.status import StatusBar


class Enhancing(QObject):
    """Runs one job at a time.

    Signals
    -------
    changed
        A job began or ended.
    notice : `Notice`
    """

    changed = Signal()
    notice = Signal(object)

    def __init__(
        self, worker: Worker, desk: Desk, panel: EnhancePanel, status: StatusBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._worker, self._desk, self._panel, self._status = worker, desk, panel, status
        self._key = 0
        worker.devices.connect(self._offer_devices)
        worker.progressed.connect(self._progressed)
        worker.finished.connect(self._finished)
        worker.stopped.connect(self._over)
        worker.failed.connect(self._failed)
        panel.cancel.connect(worker.cancel)

    @property
    def running(self) -> bool:
        return self._worker.job is not None

    def start(self, document: Document, options: EnhanceOptions | None = None) -> None:
        """Enhance a document's frame; by default with the choices on the panel."""
        if self.running or self._desk.documents.get(document.key) is None:
            return
        self._key = document.key
        self._worker.enhance(document.frame, options or self._panel.options)
        self._panel.set_running(document.frame.name)
        self._status.show_work(f"Enhancing {document.frame.name}", 0)
        self.changed.emit()

    def _offer_devices(self, found: Devices) -> None:
        self._panel.set_devices(found.names, found.default)

    def _progressed(self, job: Job, progress: Progress) -> None:
        self._panel.show_progress(progress)
        text = progress_text(progress)
        part = progress.done / max(progress.of, 1)
        self._status.show_work(f"{job.frame.name}: {text}" if text else job.frame.name, part)

    def _finished(self, job: Job, done: Done) -> None:
        self._desk.take_result(self._key, job, done)
        self._over()

    def _failed(self, job: Job | None, error: AstroviewError) -> None:
        notice = Notice.of(error)
        document = self._desk.documents.get(self._key)
        if job:
            self._over()
        if job and document and isinstance(error, WorkerLost):
            again = partial(self.start, document, job.options)
            notice = replace(notice, button="Enhance again", act=again)
        self.notice.emit(notice)

    def _over(self) -> None:
        self._panel.set_running(None)
        self._status.show_work("")
        self.changed.emit()
