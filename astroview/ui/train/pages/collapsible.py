"""A block that is folded away until it is wanted."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from astroview.ui.i18n.translate import tr
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import dress
from astroview.ui.widgets.theme import Theme


class Fold(QWidget):
    """A title with a triangle, and rows below it.

    Signals
    -------
    toggled : whether the rows are on show
    """

    toggled = Signal(bool)

    def __init__(self, title: str, tip: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._button = dress(QToolButton(), "fold", tip=tip, spoken=title)
        self._button.setText(tr(title))
        self._button.setCheckable(True)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setIconSize(QSize(12, 12))
        self._button.toggled.connect(self._toggled)
        self.body = QWidget()
        self.rows = QVBoxLayout(self.body)
        self.rows.setContentsMargins(0, 6, 0, 0)
        self.rows.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.body)
        self._toggled(on=False)

    @property
    def unfolded(self) -> bool:
        """Whether the rows are on show."""
        return self._button.isChecked()

    def unfold(self, on: bool) -> None:
        """Show the rows, or fold them away."""
        self._button.setChecked(on)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._show_mark()

    def _toggled(self, on: bool) -> None:
        self.body.setVisible(on)
        self._show_mark()
        self.toggled.emit(on)

    def _show_mark(self) -> None:
        name = "fold_open" if self._button.isChecked() else "fold_closed"
        self._button.setIcon(icons.icon(name, self._theme))
