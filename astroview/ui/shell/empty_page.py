"""What the window shows before a frame is open: where to drop, and three ways to begin; while a
session or files are on their way, that.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from astroview.ui.documents.file_loader import LoadStanding
from astroview.ui.documents.opening_block import OpeningBlock
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import dress, label
from astroview.ui.widgets.theme import DARK, Theme
from astroview.ui.widgets.wrapping_row import ButtonRow

RECENT_SHOWN = 4
MARGIN, LEAST_MARGIN = 44, 28  # of the page, at the sides; the dashed line is 24 from the edge
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
        self.dropping = False
        self._mark = label(centre=True)
        self._mark.setPixmap(icons.pixmap("sample", "#8a8a8a", 56, 2))
        title = label("Drop a frame here", "title", wrap=True, centre=True)
        font = QFont(title.font())
        font.setPointSizeF(font.pointSizeF() * 1.7)
        title.setFont(font)
        kinds = label(KINDS, "onpicture", wrap=True, centre=True)
        self._open = dress(QPushButton(tr("Open a frame …")), tip="Ctrl+O")
        self._sample = QPushButton(tr("Open the sample frame"))
        self._open.clicked.connect(self.open_files)
        self._sample.clicked.connect(self.open_sample)
        self._about, self._new = _lines(ABOUT), True
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._offers, self._coming = QWidget(), OpeningBlock()
        self._coming.cancelled.connect(self.cancelled)
        self._lay_out(title, kinds)
        pages = QVBoxLayout(self)
        pages.setContentsMargins(0, 0, 0, 0)
        for page in (self._offers, self._coming):
            pages.addWidget(page)
        self.set_theme(DARK)

    def _lay_out(self, title: QLabel, kinds: QLabel) -> None:
        column = QVBoxLayout(self._offers)
        column.setContentsMargins(MARGIN, 40, MARGIN, 40)
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
        return QSize(self._sample.sizeHint().width() + 2 * LEAST_MARGIN, 200)

    def set_theme(self, theme: Theme) -> None:
        """The page lies on the dark picture surround in both themes."""
        self.surround = QColor(theme.surround)
        self._open.setIcon(icons.icon("open", theme))
        self._sample.setIcon(icons.icon("sample", theme))
        self.update()

    def focus(self) -> None:
        """Let the keyboard begin here."""
        self._open.setFocus()

    def show_standing(self, standing: LoadStanding | None) -> None:
        """What is on its way; None: nothing, and one may begin here."""
        comes, now = standing is not None, self.window().focusWidget()
        ours = now is not None and (now is self or self.isAncestorOf(now))
        if ours and comes and not self._offers.isHidden():
            self.setFocus()  # Qt would give the keyboard to whatever stands next to what hides
        self._offers.setHidden(comes)
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
        self._make_room()
        if files:
            heading = label("Recent", "onpicture", centre=True)
            self._recent.addWidget(heading)
        for path in files[:RECENT_SHOWN]:
            self._recent.addWidget(self._link(path), 0, Qt.AlignmentFlag.AlignHCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        spare = self.width() - self._sample.sizeHint().width()
        side = min(max(spare // 2, LEAST_MARGIN), MARGIN)
        column = self._offers.layout()
        assert column is not None
        column.setContentsMargins(side, 40, side, 40)
        self._make_room()

    def _make_room(self) -> None:
        """Leave the lines about the window out where they would lie on each other."""
        own = self._about.heightForWidth(self.width() - 2 * MARGIN)
        needed = self.heightForWidth(self.width()) + own * self._about.isHidden()
        self._about.setHidden(not self._new or needed > self.height())

    def _link(self, path: Path) -> QPushButton:
        link = dress(QPushButton(path.name), "recent", tip=str(path))
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
