"""What the Train workspace shows before there are runs: what it is for, and how to begin."""

from __future__ import annotations

from PySide6.QtCore import Signal

from astroview.ui.i18n.translate import noted
from astroview.ui.widgets.drop_page import DropPage, Way
from astroview.ui.widgets.theme import Theme

WHAT = noted(
    "A model learns from your own frames: colours like those of your pictures, or sharpening that "
    "knows your seeing and noise. At the end it is judged on frames it never saw, and on those of "
    "the bundled validation set; you keep it only if it is better."
)
HOW = noted(
    "Four targets are the least, forty are a good beginning. Your frames stay where they are."
)


class BeginPage(DropPage):
    """Says ``choose_folder``, ``gather``, ``palettes`` or ``open_run``."""

    choose_folder = Signal()
    gather = Signal()
    palettes = Signal()
    open_run = Signal()

    def __init__(self, theme: Theme) -> None:
        ways = (
            Way("folder", "Choose a folder …", "Ctrl+Shift+O"),
            Way("gather", "Get frames …", "Download frames of a target from an archive"),
            Way("picture", "Palettes of a folder …", "Take the colours of pictures; no training"),
            Way("open", "Open a run folder …", "Watch a run of a cluster, or go on with one"),
        )
        words = (WHAT, HOW)
        super().__init__("train", "Drop a folder of your frames here", words, ways, theme)
        signals = (self.choose_folder, self.gather, self.palettes, self.open_run)
        for button, said in zip(self.buttons, signals, strict=True):
            button.clicked.connect(said)
