"""The page beside the picture for photometry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from astroview.core.photometry.aperture_table import Apertures
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.measure.measure_plot import PlotView
from astroview.ui.measure.report_rows import ReportRows
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import NumberEdit, combo, dress, field, label, tool
from astroview.ui.widgets.side_scroll import SideScroll
from astroview.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from astroview.core.sky.measure_reports import Plot

WHERE = (
    ("found", noted("Stars in view")),
    ("regions", noted("Regions")),
    ("catalogue", noted("Sources of the catalogue")),
)
NAMES = (
    ("radius", noted("Aperture radius")), ("inner", noted("Sky from")),
    ("outer", noted("Sky to")), ("fwhm", "FWHM"),
)  # fmt: skip
TIPS = {
    "radius": noted("Of the aperture, in pixels"),
    "inner": noted("Inner radius of the ring of sky, in pixels"),
    "outer": noted("Outer radius of the ring of sky, in pixels"),
    "fwhm": noted("Width of the stars that are searched for, in pixels"),
}


class PhotometryPage(QWidget):
    """Choices above, what came of them below.

    Signals
    -------
    measure, curve, save, table, close_wished
    """

    measure = Signal()
    curve = Signal()
    save = Signal()
    table = Signal()
    close_wished = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        usual = Apertures()
        self._numbers = {name: NumberEdit(text) for name, text in NAMES}
        for name, edit in self._numbers.items():
            edit.setToolTip(tr(TIPS[name]))
            edit.set_number(getattr(usual, name))
        self._zero = NumberEdit("Zero point", "none")
        self._zero.setToolTip(tr("The magnitude of one unit; from the header, or typed"))
        self._origin = label("", "muted", wrap=True)
        self._where = combo("Stars", WHERE, "Which stars are measured")
        self._measure = QPushButton(tr("Measure"))
        self._measure.clicked.connect(self.measure)
        self._curve = dress(
            QPushButton(tr("Light curve")),
            tip="The star of the first region, or the one chosen in the table, in every open frame",
        )
        self._curve.clicked.connect(self.curve)
        self._rows, self.plot = ReportRows(), PlotView(theme)
        self._hint = label(
            "Choose a star in the table to see its growth curve.", "muted", wrap=True
        )
        self._table, self._save = QPushButton(tr("Table")), QPushButton(tr("Save …"))
        self._table.setToolTip(tr("Show the table of stars (Ctrl+Shift+L)"))
        self._table.clicked.connect(self.table)
        self._save.setToolTip(tr("Save the table as ECSV or CSV"))
        self._save.clicked.connect(self.save)
        self._close = tool("Back to the controls (Esc)", self.close_wished.emit)
        self._build()
        self.set_theme(theme)
        self.show_outcome((), None)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 12, 14, 4)
        head.addWidget(label("Photometry", "heading"), 1)
        head.addWidget(self._close)
        inside = dress(QWidget(), "panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 0, 14, 14)
        column.setSpacing(8)
        column.addLayout(field("Stars", self._where, 100))
        for name, text in NAMES:
            column.addLayout(field(text, self._numbers[name], 100))
        column.addLayout(field("Zero point", self._zero, 100))
        for part in (self._origin, self._measure, self._curve, self._rows, self._hint, self.plot):
            column.addWidget(part)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(14, 0, 14, 14)
        buttons.setSpacing(8)
        buttons.addWidget(self._table, 1)
        buttons.addWidget(self._save, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(6)
        page.addLayout(head)
        page.addWidget(SideScroll(inside), 1)
        page.addLayout(buttons)

    def set_theme(self, theme: Theme) -> None:
        self._close.setIcon(icons.icon("close", theme))
        self.plot.set_theme(theme)

    @property
    def where(self) -> str:
        """Which stars: a key of `WHERE`."""
        return self._where.currentData()

    def choose_where(self, where: str) -> None:
        self._where.setCurrentIndex(self._where.findData(where))

    @property
    def apertures(self) -> Apertures:
        """The radii and the zero point. Raises NothingToMeasure for radii that make no ring."""
        numbers = {name: edit.number for name, edit in self._numbers.items()}
        return Apertures(**numbers, zero=self._zero.number or None)

    def set_number(self, name: str, number: float) -> None:
        """Type a number: of `Apertures`, or the zero point."""
        (self._zero if name == "zero" else self._numbers[name]).set_number(number)

    def show_zero_point(self, magnitude: float | None, origin: str) -> None:
        """The header's zero point, and which cards tell it."""
        self._zero.set_number(magnitude or 0.0)
        told = (
            tr("Zero point from {origin}", origin=origin)
            if magnitude
            else tr("No zero point in the header")
        )
        self._origin.setText(told)

    def show_outcome(self, rows: tuple[tuple[str, str], ...], plot: Plot | None) -> None:
        """What was measured, and a growth curve."""
        self._rows.fill(rows)
        self._table.setEnabled(bool(rows))
        self._save.setEnabled(bool(rows))
        self._hint.setVisible(bool(rows) and plot is None)
        self.plot.show_plot(plot)

    @property
    def words(self) -> str:
        """What the page says now."""
        return "\n".join([self._origin.text(), *self._rows.lines])
