"""What stands at the right of the picture: the controls, or a page in their place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

Page = TypeVar("Page", bound=QWidget)


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


class LatePage(Generic[Page]):
    """A page of the side that is made when it is first asked for: most are never looked at.

    Parameters
    ----------
    make
        Makes the page, connects it, and shows on it what there is by then.
    """

    def __init__(self, sides: SidePages, make: Callable[[], Page]) -> None:
        self._sides, self._make = sides, make
        self.made: Page | None = None

    def __call__(self) -> Page:
        """The page, made when it is not there yet."""
        if self.made is None:
            self.made = self._make()
            self._sides.add(self.made)
        return self.made

    @property
    def shown(self) -> bool:
        """Whether the page is on show."""
        return self.made is not None and self._sides.page is self.made

    def show(self, on: bool = True) -> None:
        """Show the page, or the controls again."""
        self._sides.show_page(self() if on else None)
