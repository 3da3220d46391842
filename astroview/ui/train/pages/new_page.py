"""A new run: what was found in the folder, and the choices beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from astroview.ui.train.pages.tune_form import Form
from astroview.ui.widgets.controls import dress, label, side_panel
from astroview.ui.widgets.theme import Theme

SIDE = 292  # width of the choices, as in the other workspaces


class NewPage(QWidget):
    """The frames in the middle, the choices at the right, Start below them.

    Parameters
    ----------
    frames
        Shows what there is to learn from.

    Signals
    -------
    start : the run shall begin
    """

    start = Signal()

    def __init__(self, frames: QWidget, form: Form, theme: Theme) -> None:
        super().__init__()
        self.frames, self.form = frames, form
        self.button = dress(QPushButton(), "primary")
        self._why = label("", "muted", wrap=True, centre=True)
        self.button.clicked.connect(self.start)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(frames, 1)
        start = QVBoxLayout()
        start.setSpacing(6)
        start.addWidget(self._why)
        start.addWidget(self.button)
        self.side = side_panel(form, start, SIDE)
        row.addWidget(self.side)
        self.set_theme(theme)

    def show_start(self, words: str, why_not: str, note: str = "") -> None:
        """What the button says; why it cannot be pressed, or else something to know."""
        self.button.setText(words)
        self.button.setEnabled(not why_not)
        self.button.setToolTip(why_not or "Ctrl+Enter")
        self._why.setText(why_not or note)
        self._why.setVisible(bool(why_not or note))

    def set_theme(self, theme: Theme) -> None:
        self.form.set_theme(theme)
