"""The HDUs of the file and the header of the shown one, with a search."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from astroview.core.frame import Frame
from astroview.core.io.fits.hdu_info import HduInfo
from astroview.ui.documents.session import Selection
from astroview.ui.i18n.translate import tr, tr_counted
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import dress, label, tool
from astroview.ui.widgets.theme import Theme

NUMBER = Qt.ItemDataRole.UserRole
MOST_ROWS = 7  # of the list before it scrolls


class HeaderPanel(QWidget):
    """Shows cards as lines; the search keeps lines that hold its text.

    Signals
    -------
    hdu_chosen : (hdu, plane 0) of an image to be shown
    close_wished
    foreign_wished : an HDU without a picture, of which the cards are wished for
    """

    hdu_chosen = Signal(object, int)
    foreign_wished = Signal(int)
    close_wished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._lines: list[str] = []
        self._hdus: tuple[HduInfo, ...] = ()
        self.tree = _tree()
        self.tree.currentItemChanged.connect(lambda now, _: now and self._chosen(now))
        self._filter = QLineEdit(placeholderText=tr("Search"), clearButtonEnabled=True)
        self._filter.setAccessibleName(tr("Search the header"))
        self._filter.textChanged.connect(self._show)
        self._found = label("", "muted")
        self._copy = tool("Copy the lines that are shown", self.copy)
        self._close = tool("Back to the controls (Esc)", self.close_wished.emit)
        self._text = QPlainTextEdit(readOnly=True, lineWrapMode=QPlainTextEdit.LineWrapMode.NoWrap)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * 0.9)
        self._text.setFont(font)
        self._text.setAccessibleName(tr("Header cards"))
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(label("Header", "heading"), 1)
        head.addWidget(self._found)
        head.addWidget(self._copy)
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        column.addLayout(head)
        for widget in (self.tree, self._filter):
            column.addWidget(widget)
        column.addWidget(self._text, 1)

    def set_theme(self, theme: Theme) -> None:
        self._copy.setIcon(icons.icon("copy", theme))
        self._close.setIcon(icons.icon("close", theme))

    def show_selection(self, selection: Selection | None) -> None:
        """Show the cards of what is looked at."""
        self.show_frame(selection.frame if selection else None)

    def show_frame(self, frame: Frame | None) -> None:
        """Show a frame's cards and history."""
        self.show_lines(lines(frame) if frame else [])

    def show_lines(self, found: list[str]) -> None:
        """Show other cards."""
        self._lines = found
        self._show()

    def show_hdus(self, hdus: Sequence[HduInfo], shown: int | str | None) -> None:
        """List what is in the file; hidden when that is one thing only."""
        with QSignalBlocker(self.tree):
            if tuple(hdus) != self._hdus:
                self._hdus = tuple(hdus)
                self.tree.clear()
                for info in hdus:
                    self.tree.addTopLevelItem(_row(info))
                for column in (0, 1, 2):
                    self.tree.resizeColumnToContents(column)
            self.tree.setCurrentIndex(QModelIndex())  # a mosaic is none of them
            for i, info in enumerate(hdus):
                row = self.tree.topLevelItem(i)
                if info.index == shown and row is not None:
                    self.tree.setCurrentItem(row)
        row = max(self.tree.sizeHintForRow(0), self.fontMetrics().height())
        head = self.tree.header().sizeHint().height()
        self.tree.setFixedHeight(min(len(hdus), MOST_ROWS) * row + head + 2)
        self.tree.setVisible(len(hdus) > 1)

    def copy(self) -> None:
        """Copy the lines that are shown."""
        QGuiApplication.clipboard().setText(self._text.toPlainText())

    def _chosen(self, item: QTreeWidgetItem) -> None:
        info = next(one for one in self._hdus if one.index == item.data(0, NUMBER))
        if info.is_image:
            self.hdu_chosen.emit(info.index, 0)
        else:
            self.foreign_wished.emit(info.index)

    def _show(self) -> None:
        wanted = self._filter.text().lower()
        found = [line for line in self._lines if wanted in line.lower()]
        self._text.setPlainText("\n".join(found))
        total = len(self._lines)
        self._found.setText(
            tr("{count} of {total}", count=len(found), total=total)
            if wanted
            else tr_counted("{count} line", "{count} lines", total)
        )
        self._copy.setEnabled(bool(found))


def _tree() -> QTreeWidget:
    tree = dress(QTreeWidget(), "hdus", spoken="HDUs of the file")
    tree.setHeaderLabels(["HDU", tr("Name"), tr("Size"), tr("Kind")])
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    tree.hide()
    return tree


def _row(info: HduInfo) -> QTreeWidgetItem:
    size = " × ".join(str(n) for n in reversed(info.shape)) or "–"
    kind = f"{info.kind}, {info.dtype}" if info.dtype else info.kind
    row = QTreeWidgetItem([str(info.index), info.name or "–", size, kind])
    row.setData(0, NUMBER, info.index)
    return row


def lines(frame: Frame) -> list[str]:
    """Header cards, then what was done to a result."""
    cards = [str(card).rstrip() for card in frame.header.cards] if frame.header else []
    if not cards:
        cards = [tr("This frame has no FITS header.")]
    return cards + (["", *frame.history] if frame.history else [])
