"""What the Batch workspace shows before there are frames: where to drop, and how to begin."""

from __future__ import annotations

from PySide6.QtCore import Signal

from astroview.ui.i18n.translate import noted
from astroview.ui.widgets.drop_page import DropPage, Way
from astroview.ui.widgets.theme import Theme

HOW = noted(
    "Every frame in a folder and its sub-folders is enhanced, with one set of choices. "
    "Originals are never touched, a frame that fails does not stop the others, "
    "and a batch that was interrupted can be resumed."
)


class EmptyQueue(DropPage):
    """Says ``add_folder`` or ``add_files``."""

    add_folder = Signal()
    add_files = Signal()

    def __init__(self, theme: Theme) -> None:
        ways = (
            Way("folder", "Add a folder …", "Ctrl+Shift+O"),
            Way("open", "Add frames …", "Ctrl+O"),
        )
        title = "Drop frames or folders here"
        super().__init__("batch", title, (HOW,), ways, theme, width=560)
        for button, said in zip(self.buttons, (self.add_folder, self.add_files), strict=True):
            button.clicked.connect(said)
