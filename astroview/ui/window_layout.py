"""Where the window's parts stand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from astroview.core.lazy_dataclass import dataclass
from astroview.core.models.model_card import ModelCard
from astroview.core.options import EnhanceOptions
from astroview.ui.display.display_panel import DisplayPanel
from astroview.ui.documents.frames_panel import FramesPanel
from astroview.ui.documents.header_controller import HeaderController
from astroview.ui.documents.session import Session
from astroview.ui.enhance.enhance_panel import EnhancePanel
from astroview.ui.shell.empty_page import EmptyPage
from astroview.ui.shell.notices import NoticeStrip
from astroview.ui.status_bar import StatusBar
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.widgets.controls import SideFrame, dress, rule, scaled
from astroview.ui.widgets.side_pages import RoomForOne, SidePages
from astroview.ui.widgets.side_scroll import SideScroll
from astroview.ui.widgets.theme import Theme

NOTICE_WIDTH, NOTICE_LEAST, NOTICE_MARGIN = 760, 330, 12
LEAST_RIGHT = 240  # of the controls, where they need no more
MOST_LEFT = 280  # of the list under large text: names are shortened, the picture is not
SIDES = (230, 292)  # widths of the side panels to begin with


@dataclass(frozen=True)
class ViewPanels:
    """The widgets of the View workspace, for the window that lays them out and connects them.

    A controller is never given all of them: see `pyproject.toml`, contract "panels".
    """

    frames: FramesPanel
    empty: EmptyPage
    viewer: Viewer
    notices: NoticeStrip
    display: DisplayPanel
    enhance: EnhancePanel
    status: StatusBar


def make_panels(
    session: Session, theme: Theme, cards: tuple[ModelCard, ...], start: EnhanceOptions
) -> ViewPanels:
    """The widgets of a new window; ``start`` is what Enhance is set to."""
    return ViewPanels(
        frames=FramesPanel(session, theme),
        empty=EmptyPage(),
        viewer=Viewer(),
        notices=NoticeStrip(theme),
        display=DisplayPanel(theme),
        enhance=EnhancePanel(cards, start, theme),
        status=StatusBar(),
    )


class Body(QWidget):
    """The parts in their places; remembers and folds the side panels. ``sides`` is what may stand
    in place of the controls.
    """

    def __init__(self, parts: ViewPanels, theme: Theme) -> None:
        super().__init__()
        self._parts = parts
        self._pages = RoomForOne()
        self._pages.addWidget(parts.empty)
        self._pages.addWidget(parts.viewer)
        self.sides = SidePages(_controls(parts))
        self.header = HeaderController(self.sides, theme)
        self.right = _right_side(self.sides)
        self.splitter = QSplitter(
            Qt.Orientation.Horizontal, childrenCollapsible=False, handleWidth=1
        )
        for widget in (parts.frames, self._pages, self.right):
            self.splitter.addWidget(widget)
        self.splitter.setStretchFactor(1, 1)
        left = min(scaled(SIDES[0]), MOST_LEFT)
        self.splitter.setSizes([left, 760, scaled(SIDES[1])])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.spaces = QStackedWidget()
        column.addWidget(self.spaces, 1)
        column.addWidget(parts.status)
        parts.notices.setParent(self)
        for moved in (
            parts.notices.resized,
            self.splitter.splitterMoved,
            self.spaces.currentChanged,
        ):
            moved.connect(lambda *_: self._place_notices())
        self.fold(on=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_notices()

    def _place_notices(self) -> None:
        """Over the lower edge of the picture, else of what is beside the controls: nothing moves
        for a notice, and no control at the right lies below one.
        """
        card = self._parts.notices
        begin, end = self._place_for_notices()
        width = min(end - begin - 2 * NOTICE_MARGIN, scaled(NOTICE_WIDTH))
        card.fit(width)
        height = (
            card.heightForWidth(width) if card.hasHeightForWidth() else card.sizeHint().height()
        )
        top = self._lower_edge(begin, end) - NOTICE_MARGIN - height
        card.setGeometry((begin + end - width) // 2, max(top, 0), width, height)
        card.raise_()

    def _lower_edge(self, begin: int, end: int) -> int:
        """Of what is beside the controls; a foot, which tells how work goes, stays to be read."""
        edge = self.height() - self._parts.status.height()
        space = self.spaces.currentWidget() or self
        for foot in space.findChildren(QFrame, "footer"):
            foot.installEventFilter(self)
            left = foot.mapTo(self, QPoint())
            if foot.isVisible() and left.x() < end and left.x() + foot.width() > begin:
                edge = min(edge, left.y())
        return edge

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A foot that comes, goes or moves takes a notice with it."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move):
            self._place_notices()
        return super().eventFilter(watched, event)

    def _place_for_notices(self) -> tuple[int, int]:
        """From where to where, in pixels from the left."""
        if self._pages.isVisible() and self._pages.width() >= scaled(NOTICE_LEAST):
            begin = self._pages.mapTo(self, QPoint()).x()
            return begin, begin + self._pages.width()
        space = self.spaces.currentWidget() or self
        sides = space.findChildren(SideFrame)
        edges = [side.mapTo(self, QPoint()).x() for side in sides if side.isVisible()]
        return 0, min((x for x in edges if x > self.width() // 3), default=self.width())

    def put_above(self, row: QWidget) -> None:
        """A row of controls above the workspaces."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(0, row)

    def show_picture(self, on: bool) -> None:
        """The viewer, or the page that says how to begin."""
        self._pages.setCurrentWidget(self._parts.viewer if on else self._parts.empty)

    def focus_next(self) -> None:
        """Give the keyboard to the next part: frames, picture, controls."""
        parts = [self._parts.frames, self._pages, self.right]
        now = QApplication.focusWidget()
        at = next((i for i, part in enumerate(parts) if now and part.isAncestorOf(now)), 0)
        for step in range(1, len(parts) + 1):
            if _focus_inside(parts[(at + step) % len(parts)]):
                return

    @property
    def folded(self) -> bool:
        """Whether the side panels are hidden."""
        return self.right.isHidden()

    def fold(self, on: bool) -> None:
        """Hide the side panels, or show them."""
        for side in (self._parts.frames, self.right):
            side.setVisible(not on)

    def sizeHint(self) -> QSize:
        return QSize(1280, 760)


def _controls(parts: ViewPanels) -> QWidget:
    controls = dress(QWidget(), "panel")
    column = QVBoxLayout(controls)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(parts.display)
    column.addWidget(parts.enhance)
    column.addStretch(1)
    return _over(SideScroll(controls), parts.enhance.foot)


def _right_side(sides: SidePages) -> QWidget:
    right = SideFrame(SIDES[1], LEAST_RIGHT)
    frame = QVBoxLayout(right)
    frame.setContentsMargins(1, 0, 0, 0)
    frame.addWidget(sides)
    return right


def _over(scroll: QWidget, foot: QWidget) -> QWidget:
    page = dress(QWidget(), "panel")
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(scroll, 1)
    column.addWidget(rule())
    column.addWidget(foot)
    return page


def _focus_inside(part: QWidget) -> bool:
    """Focus the first widget inside that takes it by Tab."""
    for widget in part.findChildren(QWidget):
        by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if by_tab and widget.isVisible() and widget.isEnabled():
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False
