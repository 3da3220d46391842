"""A page of many frames: what is wanted above, rows or tiles, a foot, and choices at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from astroview.ui.widgets.controls import dress, side_panel


class RowsPage(QWidget):
    """What Batch and the Lightbox are made of; they fill it with `put_together`."""

    def __init__(self) -> None:
        super().__init__()
        self._menu_actions: tuple[QAction, ...] = ()
        self._pages = QStackedWidget()
        self.side: QFrame

    def put_together(
        self,
        above: Sequence[QWidget],
        pages: Sequence[QWidget],
        foot: QWidget,
        choices: tuple[QWidget, QVBoxLayout, int],
    ) -> None:
        """Lay out the page; ``choices`` are those at the right, what is below, and their width."""
        for page in pages:
            self._pages.addWidget(page)
        centre = dress(QWidget(), "center")
        centre.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in above:
            column.addWidget(widget)
        column.addWidget(self._pages, 1)
        column.addWidget(foot)
        self.side = side_panel(*choices)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(centre, 1)
        row.addWidget(self.side)

    def set_menu(self, actions: tuple[QAction, ...]) -> None:
        """What the menu of a row or tile offers."""
        self._menu_actions = actions

    def show_menu(self, at: QPoint) -> None:
        """Open that menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self._menu_actions)
        menu.popup(at)

    def fold(self, on: bool) -> None:
        """Hide what stands at the right, or show it."""
        self.side.setVisible(not on)
