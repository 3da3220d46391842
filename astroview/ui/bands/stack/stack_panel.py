"""How the frames of a stack lie on each other: a table, and their shifts as arrows."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, hypot, log10

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from astroview.core.messages.stack_messages import StackedFrame
from astroview.ui.i18n.translate import local, noted, tr
from astroview.ui.widgets.controls import dress, label, scaled, section

COLUMNS = (
    (noted("Frame"), noted("Frame")),
    ("x", noted("Shift to the right, in pixels of the reference")),
    ("y", noted("Shift downwards, in pixels of the reference")),
    (noted("Out"), noted("Share of pixels that were rejected")),
)
_ROWS = 8  # that the table shows at once
_ROW = 22


class StackPanel(QWidget):
    """Shown below the display's controls while a stack is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self._arrows: ShiftArrows | None = None
        self.hide()

    def _lay_out(self) -> None:
        rows, block = section("Frames combined")
        self._arrows = ShiftArrows()
        self._said = label("", "muted", wrap=True)
        self.table = dress(QTableWidget(0, len(COLUMNS)), spoken="Frames combined")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(scaled(_ROW))
        for column, (name, tip) in enumerate(COLUMNS):
            head = QTableWidgetItem(tr(name) if len(name) > 1 else name)
            head.setToolTip(tr(tip))
            self.table.setHorizontalHeaderItem(column, head)
        self.table.setTextElideMode(Qt.TextElideMode.ElideLeft)  # names differ at their end
        heads = self.table.horizontalHeader()
        heads.setMinimumSectionSize(scaled(40))
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for widget in (self._arrows, self.table, self._said):
            rows.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(block)

    def show_frames(self, frames: Sequence[StackedFrame]) -> None:
        """The frames that were given, those that took no part with their reason."""
        if self._arrows is None:
            self._lay_out()
        assert self._arrows is not None
        taken = [one for one in frames if not one.reason]
        self._arrows.show_frames(taken)
        self.table.setRowCount(len(frames))
        for row, one in enumerate(frames):
            self._show_row(row, one)
        height = min(len(frames), _ROWS) * scaled(_ROW)
        self.table.setFixedHeight(height + self.table.horizontalHeader().sizeHint().height() + 4)
        worst = max((one.error for one in taken if one.error == one.error), default=0.0)
        told = tr(
            "{count} of {frames_count} frames; shifts known to {worst:.4f} pixels.",
            count=len(taken),
            frames_count=len(frames),
            worst=worst,
        )
        self._said.setText(told)

    def _show_row(self, row: int, one: StackedFrame) -> None:
        cells = [
            one.name,
            local(f"{round(one.dx, 3) + 0.0:.3f}"),
            local(f"{round(one.dy, 3) + 0.0:.3f}"),
            local(f"{one.rejected:.1%}"),
        ]
        if one.reason:
            cells = [one.name, "–", "–", "–"]
        tip = (
            tr(one.reason)
            if one.reason
            else (
                f"{one.name}: "
                + local(f"{one.rotation:.4f}°, × {one.scale:.5f}, {one.stars} ★, ")
                + local(f"rms {one.rms:.3f} px, FWHM {one.fwhm:.2f} px, {one.residual:.2f} σ")
            )
        )
        for column, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setToolTip(tip)
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            if one.reason:
                item.setForeground(self.palette().placeholderText())
            self.table.setItem(row, column, item)


class ShiftArrows(QWidget):
    """Each frame's shift as an arrow from the reference, to one scale."""

    def __init__(self) -> None:
        super().__init__()
        self._shifts: list[tuple[float, float]] = []
        self.setMinimumHeight(scaled(130))

    def sizeHint(self) -> QSize:
        return QSize(scaled(200), scaled(130))

    def show_frames(self, frames: Sequence[StackedFrame]) -> None:
        self._shifts = [(one.dx, one.dy) for one in frames]
        self.setToolTip(tr("Each frame's shift from the reference"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        farthest = max((hypot(*shift) for shift in self._shifts), default=0.0)
        if farthest == 0:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        unit = 10.0 ** floor(log10(farthest))  # pixels that the circle stands for
        reach = (min(self.width(), self.height()) / 2 - 8) / farthest
        faint = QPen(self.palette().placeholderText().color(), 1, Qt.PenStyle.DotLine)
        painter.setPen(faint)
        painter.drawEllipse(middle, unit * reach, unit * reach)
        painter.drawText(
            self.rect().adjusted(4, 2, -4, -2),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom,
            local(f"○ {unit:g} px"),
        )
        colour = self.palette().highlight().color()
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(colour)
        for dx, dy in self._shifts:
            tip = middle + QPointF(dx, dy) * reach
            painter.drawLine(middle, tip)
            painter.drawEllipse(tip, 2.5, 2.5)
