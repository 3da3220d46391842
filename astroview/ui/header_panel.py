"""The header of the shown frame, with a filter."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from astroview.core.frame import Frame
from astroview.ui.widgets import label


class HeaderPanel(QWidget):
    """Shows cards as lines; the filter keeps lines that hold its text."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._lines: list[str] = []
        self._filter = QLineEdit(placeholderText="Filter", clearButtonEnabled=True)
        self._filter.textChanged.connect(self._show)
        self._text = QPlainTextEdit(readOnly=True, lineWrapMode=QPlainTextEdit.LineWrapMode.NoWrap)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * 0.9)
        self._text.setFont(font)
        self._text.setAccessibleName("Header cards")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        column.addWidget(label("Header", "heading"))
        column.addWidget(self._filter)
        column.addWidget(self._text, 1)

    def show_frame(self, frame: Frame | None) -> None:
        """Show a frame's cards and history."""
        self._lines = lines(frame) if frame else []
        self._show()

    def _show(self) -> None:
        wanted = self._filter.text().lower()
        self._text.setPlainText("\n".join(ln for ln in self._lines if wanted in ln.lower()))


def lines(frame: Frame) -> list[str]:
    """Header cards, then what was done to a result."""
    cards = [str(card).rstrip() for card in frame.header.cards] if frame.header else []
    if not cards:
        cards = ["This frame has no FITS header."]
    return cards + (["", *frame.history] if frame.history else [])
