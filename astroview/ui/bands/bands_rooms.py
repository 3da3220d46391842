"""What makes one frame of several: colour of bands, and a stack of exposures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMainWindow

from astroview.ui.bands.compose_controller import ComposeController
from astroview.ui.bands.stack.stack_controller import StackController
from astroview.ui.display.display_panel import DisplayPanel
from astroview.ui.documents.document_store import DocumentStore
from astroview.ui.enhance.enhance_panel import EnhancePanel
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notice import Act
from astroview.ui.viewer.selection_controller import SelectionController


def bands_rooms(
    window: QMainWindow,
    desk: DocumentStore,
    looking: SelectionController,
    display: DisplayPanel,
    enhance: EnhancePanel,
    answered: Callable[[Act], None],
    commands: Commands,
    make_folder: Callable[[str], Path],
) -> tuple[ComposeController, StackController]:
    """Make them; what they offer stands on top of the choices of Enhance."""
    composing = ComposeController(display, answered, desk, looking, commands, make_folder)
    stacking = StackController(window, display, answered, desk, commands)
    for offer in (composing.offer, stacking.offer):
        enhance.add_on_top(offer)
    return composing, stacking
