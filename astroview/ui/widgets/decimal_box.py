"""Fields for a number with decimals that take a decimal point and a decimal comma alike."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDialog, QDoubleSpinBox, QInputDialog, QWidget

from astroview.ui.widgets.controls import dress


class DecimalBox(QDoubleSpinBox):
    """Qt takes a point for what stands between thousands where the comma is decimal, and reads
    2.5 as 25.
    """

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        """Another state, text and place while it is typed."""
        return super().validate(_with_mark(text), at)  # type: ignore[return-value]

    def valueFromText(self, text: str) -> float:
        """The number that was typed."""
        return super().valueFromText(_with_mark(text))


def _with_mark(text: str) -> str:
    point = QLocale().decimalPoint()
    return text.replace("." if point == "," else ",", point)


def ask_number(
    parent: QWidget, title: str, words: str, value: float, bounds: tuple[float, float], places: int
) -> float | None:
    """Ask for a number of so many decimals; None when the user thought better of it."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(words)
    dialog.setInputMode(QInputDialog.InputMode.DoubleInput)
    theirs = dialog.findChild(QDoubleSpinBox)
    box = dress(DecimalBox(), spoken=words)
    box.setDecimals(places)
    box.setRange(*bounds)
    box.setValue(value)
    box.lineEdit().setTextMargins(7, 0, 7, 0)
    if isinstance(theirs, QDoubleSpinBox) and (layout := dialog.layout()) is not None:
        layout.replaceWidget(theirs, box)
        theirs.hide()
    box.setFocus()
    box.selectAll()
    taken = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return box.value() if taken else None
