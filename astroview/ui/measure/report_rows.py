"""Names and values of a report, one below the other, beside the picture."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from astroview.core.texts import Text
from astroview.ui.i18n.translate import local, tr
from astroview.ui.widgets.controls import label

LONGEST = 24  # characters of a word


class ReportRows(QWidget):
    """Reuses the labels there are: reports follow each other many times a second."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(10)
        self._rows.setVerticalSpacing(5)
        self._rows.setColumnStretch(1, 1)

    def fill(self, rows: tuple[tuple[str, str], ...]) -> None:
        """Show these and no others."""
        for i in range(max(len(rows), self._rows.rowCount())):
            pair = rows[i] if i < len(rows) else ("", "")
            for column, text in enumerate(pair):
                item = self._rows.itemAtPosition(i, column)
                widget = item.widget() if item else None
                if widget is None and text:
                    widget = self._new_label(i, column)
                if isinstance(widget, QLabel):
                    shown = tr(text) if isinstance(text, Text) or not column else local(text)
                    widget.setText(shortened(shown) if column else shown)
                    widget.setToolTip(text if column and text != shortened(text) else "")
                    widget.setVisible(i < len(rows))

    @property
    def lines(self) -> list[str]:
        """What is shown, names and values with tabs between them."""
        return [line for i in range(self._rows.rowCount()) if (line := self._line(i))]

    def _line(self, row: int) -> str:
        texts: list[str] = []
        for column in (0, 1):
            item = self._rows.itemAtPosition(row, column)
            widget = item.widget() if item else None
            if isinstance(widget, QLabel) and not widget.isHidden():
                texts.append(widget.text())
        return "\t".join(texts)

    def _new_label(self, row: int, column: int) -> QLabel:
        made = label("", "reading" if column else "muted", wrap=bool(column))
        if column:
            # A long word must not push the numbers out of the panel.
            made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            made.setMinimumWidth(1)
            made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        else:
            made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._rows.addWidget(made, row, column)
        return made


def shortened(text: str) -> str:
    """Words longer than `LONGEST` without their middle, so that each fits beside its name."""
    half = LONGEST // 2
    return " ".join(
        word if len(word) <= LONGEST else f"{word[:half]}…{word[-half + 1 :]}"
        for word in text.split(" ")
    )
