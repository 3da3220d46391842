"""What the Lightbox shows before there is a folder."""

from __future__ import annotations

from PySide6.QtCore import Signal

from astroview.ui.i18n.translate import noted
from astroview.ui.widgets.drop_page import DropPage, Way
from astroview.ui.widgets.theme import Theme

HOW = noted(
    "Its frames, and those of its sub-folders, are shown as small pictures: rate, tag and reject "
    "them by the keyboard, sort and filter them by what their headers say and by S/N, seeing and "
    "outlier score, and send what is good to View, Batch or Train. Nothing is written into the "
    "folder."
)


class EmptyLightbox(DropPage):
    """Says ``choose_folder``."""

    choose_folder = Signal()

    def __init__(self, theme: Theme) -> None:
        ways = (Way("folder", "Choose a folder …", "Ctrl+Shift+O"),)
        super().__init__("sheet", "Drop a folder of frames here", (HOW,), ways, theme, width=560)
        self.buttons[0].clicked.connect(self.choose_folder)
