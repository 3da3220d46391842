"""A page that says one thing: nothing is here yet, or what went wrong and what to try."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from astroview.core.texts import begun
from astroview.ui.i18n.translate import tr
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import label
from astroview.ui.widgets.theme import Theme


class MessagePage(QWidget):
    """A mark, a heading, some words, and perhaps a button.

    Signals
    -------
    pressed
        The button.
    """

    pressed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._icon = theme, ""
        self._mark = label(centre=True)
        self._title = label("", "heading", wrap=True, centre=True)
        self._hint = label("", "muted", wrap=True, centre=True)
        self._hint.setMaximumWidth(520)
        self._hint.setMinimumWidth(440)
        self._button = QPushButton()
        self._button.clicked.connect(self.pressed)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 24, 40, 24)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self._mark)
        column.addWidget(self._title)
        for widget in (self._hint, self._button):
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(widget)
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(3)
        self._button.hide()

    def say(self, icon: str, title: str, hint: str = "", button: str = "") -> None:
        """Show this; texts are in the user's language."""
        self._icon = icon
        self._title.setText(begun(title))
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.set_theme(self._theme)

    @property
    def words(self) -> str:
        """What it says."""
        return f"{self._title.text()} {self._hint.text()}".strip()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self._icon:
            colour = theme.danger if self._icon == "error" else theme.faint
            self._mark.setPixmap(icons.pixmap(self._icon, colour, 44, 2))


def about_left(seconds: float) -> str:
    """``about 40 s left``, ``about 12 min left``."""
    if seconds < 55:
        return tr("about {what} s left", what=max(5, round(seconds / 5) * 5))
    minutes = max(1, round(seconds / 60))
    if minutes < 90:
        return tr("about {minutes} min left", minutes=minutes)
    return tr("about {minutes:.1f} h left", minutes=minutes / 60)
