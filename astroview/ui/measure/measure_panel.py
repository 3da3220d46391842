"""The page beside the picture that shows what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from astroview.ui.i18n.translate import noted, tr
from astroview.ui.measure.measure_plot import PlotView
from astroview.ui.measure.report_rows import ReportRows
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import Segmented, dress, label, tool
from astroview.ui.widgets.side_scroll import SideScroll
from astroview.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from astroview.core.sky.measure_reports import MeasureReport

HINTS = {
    "line": noted("Drag a line across the picture.\nEnter puts one in the middle; arrows move it."),
    "box": noted("Drag a box on the picture.\nEnter puts one in the middle; arrows move it."),
    "star": noted("Click a star.\nEnter takes the one in the middle; arrows move the mark."),
}
TOOLS = (
    ("line", "Line", "Line cut (L)"),
    ("box", "Box", "Box statistics (T)"),
    ("star", "Star", "Star profile (W)"),
)


class MeasurePanel(QWidget):
    """Shows a report, or how to get one.

    Signals
    -------
    chosen : the tool's name
    copy, keep, close_wished
    hovered : 0..1 along the plot, or None
    """

    chosen = Signal(str)
    copy = Signal()
    keep = Signal()
    close_wished = Signal()
    hovered = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tools = Segmented(TOOLS)
        self._tools.chosen.connect(self.chosen)
        self._hint = label("", "muted", wrap=True)
        self.plot = PlotView(theme)
        self.plot.hovered.connect(self.hovered)
        self._rows = ReportRows()
        self._remarks = label("", "painted", wrap=True)
        self._close = tool("Back to the controls (Esc)", self.close_wished.emit)
        self._copy = QPushButton(tr("Copy"))
        self._copy.setToolTip(tr("Copy the numbers as text (Ctrl+Shift+C)"))
        self._copy.clicked.connect(self.copy)
        self._keep = QPushButton(tr("Keep as region"))
        self._keep.setToolTip(tr("Keep the mark as a region (K)"))
        self._keep.clicked.connect(self.keep)
        self._build()
        self.set_theme(theme)
        self.show_tool("line")

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("Measure", "heading"), 1)
        head.addWidget(self._close)
        inside = dress(QWidget(), "panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 0, 14, 14)
        column.setSpacing(10)
        for widget in (self._hint, self.plot, self._remarks, self._rows):
            column.addWidget(widget)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(14, 0, 14, 14)
        buttons.setSpacing(8)
        buttons.addWidget(self._copy)
        buttons.addWidget(self._keep, 1)
        top = QVBoxLayout()
        top.setContentsMargins(14, 12, 14, 4)
        top.setSpacing(8)
        top.addLayout(head)
        top.addWidget(self._tools)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(6)
        page.addLayout(top)
        page.addWidget(SideScroll(inside), 1)
        page.addLayout(buttons)

    def set_theme(self, theme: Theme) -> None:
        self._close.setIcon(icons.icon("close", theme))
        self._copy.setIcon(icons.icon("copy", theme))
        self.plot.set_theme(theme)

    def show_tool(self, name: str) -> None:
        """Say how a tool is used; forget the last report."""
        self._tools.set_value(name)
        self._hint.setText(tr(HINTS[name]))
        self.show_report(None)

    def show_report(self, report: MeasureReport | None) -> None:
        """Show numbers, or the hint again."""
        self._hint.setVisible(report is None)
        self.plot.show_plot(report.plot if report else None)
        said = (
            [text for text in map(tr, (*report.remarks, report.caution)) if text] if report else []
        )
        self._remarks.setText("\n".join(said))
        self._remarks.setVisible(bool(said))
        self._rows.fill(report.rows if report else ())
        measured = bool(report and report.rows)
        self._copy.setEnabled(measured)
        self._keep.setEnabled(measured)

    @property
    def words(self) -> str:
        """What the panel says now, for tests and screen readers."""
        shown = [] if self._hint.isHidden() else [self._hint.text()]
        return "\n".join([*shown, self._remarks.text(), *self._rows.lines])
