"""An enhancement from the button to the result: worker, panel, status bar and desk in step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from astroview.core.errors import AstroviewError, WorkerLost
from astroview.core.frame import Frame, Window
from astroview.core.messages import Devices, Done, Progress
from astroview.core.options import EnhanceOptions
from astroview.ui.desk import Desk
from astroview.ui.documents import Document, Result
from astroview.ui.enhance_panel import EnhancePanel, progress_text
from astroview.ui.jobs import Job, Worker
from astroview.ui.notices import Notice
from astroview.ui.status import StatusBar
from astroview.ui.words import tr


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
        self._key, self._replaced = 0, ""
        self._looked_at: Callable[[Frame], Window | None] = lambda _: None
        worker.devices.connect(self._offer_devices)
        worker.progressed.connect(self._progressed)
        worker.finished.connect(self._finished)
        worker.stopped.connect(self._over)
        worker.failed.connect(self._failed)
        panel.cancel.connect(worker.cancel)

    @property
    def running(self) -> bool:
        return self._worker.job is not None

    def watch(self, looked_at: Callable[[Frame], Window | None]) -> None:
        """Compute first what this function says is looked at of a frame."""
        self._looked_at = looked_at

    def start(
        self,
        document: Document,
        options: EnhanceOptions | None = None,
        base: Result | None = None,
    ) -> None:
        """Enhance a document's frame; by default with the choices on the panel. With ``base``
        that result is only coloured anew. Colour is painted for the stretch that is shown.
        """
        if self.running or self._desk.documents.get(document.key) is None:
            return
        self._key, self._replaced = document.key, base.id if base else ""
        options = options or self._panel.options
        if options.stretch is None and document.frame.channels == 1:
            options = replace(options, stretch=document.display.stretch.to_dict())
        kept = base.outputs if base else None
        frame = base.original if base else document.frame
        self._worker.enhance(frame, options, self._looked_at(frame), kept)
        self._panel.set_running(document.frame.name)
        self._status.show_work(tr(f"Enhancing {document.frame.name}"), 0)
        self.changed.emit()

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
            again = partial(self.start, document, job.options, document.result(self._replaced))
            notice = replace(notice, button=tr("Enhance again"), act=again)
        self.notice.emit(notice)

    def _over(self) -> None:
        self._panel.set_running(None)
        self._status.show_work("")
        self.changed.emit()
