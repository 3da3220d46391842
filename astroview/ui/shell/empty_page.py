"""What the window shows before a frame is open: where to drop, and three ways to begin; while a
session or files are on their way, that.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from astroview.core.io.paths.called_apart import told_apart
from astroview.ui.documents.file_loader import LoadStanding
from astroview.ui.documents.opening_block import OpeningBlock
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import dress, label
from astroview.ui.widgets.side_scroll import SideScroll
from astroview.ui.widgets.theme import DARK, Theme
from astroview.ui.widgets.wrapping_row import ButtonRow

RECENT_SHOWN = 4
MARGIN, LEAST_MARGIN = 44, 28  # of the page, at the sides; the dashed line is 24 from the edge
EDGE = 28  # above and below what scrolls
ICON_GAP = 4  # between a button's picture and its words, in Qt's styles
LINK_SIDES = 16  # of a file's name, as the style sheet has it
OPEN = noted("Open a frame …"), noted("Open …")  # with much room and with little
SAMPLE = noted("Open the sample frame"), noted("Sample")
KINDS = noted("FITS, TIFF, PNG or JPEG, of any size; or a folder of them")
ABOUT = (
    noted("Look and measure: stretches, colour maps, coordinates, profiles, regions, catalogues."),
    noted("Drop several bands of one field together to compose their true colour."),
    noted("Enhance sharpens and colours a frame, and tells what was measured and what is guessed."),
    noted("The key ? shows all keys, Ctrl+K finds any command by a few letters."),
)


class EmptyPage(QWidget):
    """Says ``open_files``, ``open_sample`` or ``open_recent(path)``; ``cancelled`` when what is on
    its way shall not come. Until then it offers nothing: a click would land on what goes.
    """

    open_files = Signal()
    open_sample = Signal()
    open_recent = Signal(object)
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.surround = QColor(DARK.surround)
        self.dropping, self._narrow, self._theme = False, False, DARK
        self._mark = label(centre=True)
        self._mark.setPixmap(icons.pixmap("sample", "#8a8a8a", 56, 2))
        title = label("Drop a frame here", "title", wrap=True, centre=True)
        font = QFont(title.font())
        font.setPointSizeF(font.pointSizeF() * 1.7)
        title.setFont(font)
        kinds = label(KINDS, "onpicture", wrap=True, centre=True)
        self._open = dress(QPushButton(), tip="Ctrl+O", spoken=OPEN[0])
        self._sample = dress(QPushButton(), spoken=SAMPLE[0])
        self._say_ways(narrow=False)
        self._open.clicked.connect(self.open_files)
        self._sample.clicked.connect(self.open_sample)
        self._about, self._new = _lines(ABOUT), True
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._offers, self._coming = QWidget(), OpeningBlock()
        self._coming.cancelled.connect(self.cancelled)
        self._lay_out(title, kinds)
        # Large text in a small window is scrolled, not pressed together.
        self._scroll = SideScroll(self._offers)
        self._scroll.see_through()
        pages = QVBoxLayout(self)
        pages.setContentsMargins(0, EDGE, 0, EDGE)
        for page in (self._scroll, self._coming):
            pages.addWidget(page)
        self.set_theme(DARK)

    def _lay_out(self, title: QLabel, kinds: QLabel) -> None:
        column = QVBoxLayout(self._offers)
        column.setContentsMargins(MARGIN, 12, MARGIN, 12)
        column.addStretch(3)
        column.addWidget(self._mark)
        column.addSpacing(12)
        column.addWidget(title)
        column.addSpacing(2)
        column.addWidget(kinds)
        column.addSpacing(20)
        column.addWidget(ButtonRow((self._open, self._sample)))
        column.addSpacing(22)
        column.addWidget(self._about)
        column.addLayout(self._recent)
        column.addStretch(4)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest(narrow=True) + 2 * LEAST_MARGIN, 200)

    def _widest(self, narrow: bool) -> int:
        """Of the buttons, in pixels."""
        widths = []
        for button, ways in ((self._open, OPEN), (self._sample, SAMPLE)):
            wide, shown = button.fontMetrics().horizontalAdvance, button.sizeHint().width()
            if not button.icon().isNull():
                shown -= button.iconSize().width() + ICON_GAP
            icon = 0 if narrow else button.iconSize().width() + ICON_GAP
            widths.append(shown - wide(button.text()) + wide(tr(ways[narrow])) + icon)
        return max(widths)

    def _say_ways(self, narrow: bool) -> None:
        """In few words, and without a picture, where there is no room for more."""
        for button, ways, name in ((self._open, OPEN, "open"), (self._sample, SAMPLE, "sample")):
            button.setText(tr(ways[narrow]))
            button.setIcon(QIcon() if narrow else icons.icon(name, self._theme))

    def set_theme(self, theme: Theme) -> None:
        """The page lies on the dark picture surround in both themes."""
        self.surround, self._theme = QColor(theme.surround), theme
        self._say_ways(self._narrow)
        self.update()

    def focus(self) -> None:
        """Let the keyboard begin here."""
        self._open.setFocus()

    def show_standing(self, standing: LoadStanding | None) -> None:
        """What is on its way; None: nothing, and one may begin here."""
        comes, now = standing is not None, self.window().focusWidget()
        ours = now is not None and (now is self or self.isAncestorOf(now))
        if ours and comes and not self._scroll.isHidden():
            self.setFocus()  # Qt would give the keyboard to whatever stands next to what hides
        self._scroll.setHidden(comes)
        self._coming.show_standing(standing)
        if ours and not comes:
            self.focus()

    def set_dropping(self, on: bool) -> None:
        """Files hover over the window."""
        self.dropping = on
        self.update()

    def show_recent(self, files: Sequence[Path]) -> None:
        """Offer the files that were open lately."""
        while (item := self._recent.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        self._new = not files  # who was here before knows
        if files:
            heading = label("Recent", "onpicture", centre=True)
            self._recent.addWidget(heading)
        shown = files[:RECENT_SHOWN]
        names = told_apart([(path.name, path) for path in shown])
        for path, name in zip(shown, names, strict=True):
            self._recent.addWidget(self._link(path, name), 0, Qt.AlignmentFlag.AlignHCenter)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._narrow = self._widest(narrow=False) + 2 * LEAST_MARGIN > self.width()
        self._say_ways(self._narrow)
        spare = self.width() - self._widest(self._narrow)
        side = min(max(spare // 2, LEAST_MARGIN), MARGIN)
        column = self._offers.layout()
        assert column is not None
        column.setContentsMargins(side, 12, side, 12)
        self._make_room()

    def _make_room(self) -> None:
        """Shorten names of files to the width, and leave the lines about the window out where
        they would lie on each other.
        """
        for link in self._recent_links():
            room = self.width() - 2 * LEAST_MARGIN - LINK_SIDES
            short, middle = link.fontMetrics().elidedText, Qt.TextElideMode.ElideMiddle
            link.setText(short(link.accessibleName(), middle, max(room, 40)))
        own = self._about.heightForWidth(self.width() - 2 * MARGIN)
        needed = self._offers.heightForWidth(self.width()) + own * self._about.isHidden()
        self._about.setHidden(not self._new or needed > self.height() - 2 * EDGE)

    def _recent_links(self) -> list[QPushButton]:
        found = (self._recent.itemAt(i) for i in range(self._recent.count()))
        widgets = (item.widget() for item in found if item)
        return [widget for widget in widgets if isinstance(widget, QPushButton)]

    def _link(self, path: Path, name: str) -> QPushButton:
        link = dress(QPushButton(), "recent", tip=str(path), spoken=name)
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.clicked.connect(lambda: self.open_recent.emit(path))
        return link

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.surround)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(DARK.accent if self.dropping else "#5a5a5a"), 1.5)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(24, 24, -24, -24), 12, 12)


def _lines(texts: Sequence[str]) -> QWidget:
    """Small lines one below the other."""
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for text in texts:
        column.addWidget(label(text, "onpicture", wrap=True, centre=True))
    return block
