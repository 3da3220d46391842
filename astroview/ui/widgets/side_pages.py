"""What stands at the right of the picture: the controls, or a page in their place."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget


class RoomForOne(QStackedWidget):
    """Asks for no more room than the page on show needs."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint().expandedTo(page.minimumSize()) if page else QSize()


class SidePages(RoomForOne):
    """The controls are the first page; a controller adds its own and shows it.

    Signals
    -------
    changed
        Another page is on show, or the same was asked for again.
    """

    changed = Signal()

    def __init__(self, controls: QWidget) -> None:
        super().__init__()
        self.addWidget(controls)

    def add(self, page: QWidget) -> None:
        """Another page that may stand in place of the controls."""
        self.addWidget(page)

    def show_page(self, page: QWidget | None) -> None:
        """A page in place of the controls; None brings the controls back."""
        if page is None:
            self.setCurrentIndex(0)
        else:
            self.setCurrentWidget(page)
        self.changed.emit()

    @property
    def page(self) -> QWidget | None:
        """The page in place of the controls, if any."""
        return self.currentWidget() if self.currentIndex() else None
