"""What enhances the frame that is looked at: the controllers, each with what it needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoStack

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.documents.document_store import DocumentStore
from astroview.ui.documents.session_jobs import JobKind, SessionJob
from astroview.ui.enhance.enhance_controller import EnhanceController
from astroview.ui.enhance.enhance_panel import EnhancePanel
from astroview.ui.enhance.live_picture import LivePicture
from astroview.ui.enhance.options_history import OptionsHistory
from astroview.ui.enhance.recolour_controller import RecolourController
from astroview.ui.enhance.uncertainty_picture import UncertaintyPicture
from astroview.ui.process.thread_pool import Background
from astroview.ui.process.worker_client import Worker
from astroview.ui.shell.action_registry import Commands
from astroview.ui.status_bar import StatusBar
from astroview.ui.viewer.selection_controller import SelectionController
from astroview.ui.viewer.viewer import Viewer


@dataclass(frozen=True)
class EnhanceDeps:
    """What of the window they need together."""

    worker: Worker
    desk: DocumentStore
    looking: SelectionController
    panel: EnhancePanel
    status: StatusBar
    viewer: Viewer
    undo: QUndoStack
    commands: Commands
    background: Background
    make_folder: Callable[[str], Path]


def enhance_rooms(
    given: EnhanceDeps, parent: QObject
) -> tuple[EnhanceController, LivePicture, RecolourController]:
    """What runs a job, what shows it while it runs, and what runs one when a choice changes."""
    worker, desk, looking, panel = given.worker, given.desk, given.looking, given.panel
    enhancing = EnhanceController(worker, desk, lambda: panel.options, given.make_folder, parent)
    live = LivePicture(worker, desk, looking, given.viewer, given.background, parent)
    enhancing.watch(live.first_of)
    steering = RecolourController(
        worker, desk, looking, enhancing, panel, given.viewer, given.undo, parent
    )
    steering.serve(given.commands)
    OptionsHistory(panel, given.undo)
    UncertaintyPicture(looking, desk, given.commands)
    worker.devices.connect(lambda found: panel.set_devices(found.names, found.default))
    panel.cancel.connect(enhancing.cancel)
    _follow(given)
    return enhancing, live, steering


def _follow(given: EnhanceDeps) -> None:
    """The panel and the status bar show the job under way."""
    jobs = given.desk.session.jobs

    def begun_or_over(kind: JobKind) -> None:
        if kind == "enhance":
            for shows in (given.panel, given.status):
                shows.show_job(jobs.get(kind))

    def progressed(job: SessionJob) -> None:
        if job.kind == "enhance":
            for shows in (given.panel, given.status):
                shows.show_job(job)

    jobs.changed.connect(begun_or_over)
    jobs.progressed.connect(progressed)
