"""What serves the actions of the picture: filters, limits, flags."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from astroview.ui.display.display_controller import DisplayController
from astroview.ui.display.display_panel import DisplayPanel
from astroview.ui.display.limits_controller import LimitsController
from astroview.ui.display.picture_filters import PictureFilters
from astroview.ui.documents.document_store import DocumentStore
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.action_registry import Commands
from astroview.ui.viewer.bad_pixels.frame_rules import FrameRules
from astroview.ui.viewer.quality_controller import QualityController
from astroview.ui.viewer.viewer import Viewer


def picture_controllers(
    window: QWidget,
    viewer: Viewer,
    seeing: DisplayController,
    panel: DisplayPanel,
    store: DocumentStore,
    commands: Commands,
    background: Background,
    rules: FrameRules,
) -> tuple[PictureFilters, LimitsController, QualityController]:
    """Make them, each with what it needs."""
    return (
        PictureFilters(window, seeing, panel, commands),
        LimitsController(viewer, seeing, panel, store.session, commands, background),
        QualityController(viewer, store, commands, background, rules),
    )
