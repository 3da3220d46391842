"""The page beside the picture for regions: forms to draw, the chosen one's numbers and samples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.i18n.translate import local, noted, tr
from astroview.ui.measure.measure_plot import PlotView
from astroview.ui.measure.report_rows import ReportRows
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import Segmented, combo, dress, field, label, scaled, tool
from astroview.ui.widgets.side_scroll import SideScroll
from astroview.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from astroview.core.sky.measure_reports import MeasureReport
    from astroview.core.sky.regions.region_fields import RegionField

SELECT = "select"
FORMS = (
    (SELECT, noted("Choose"), noted("Choose and change regions")),
    ("circle", noted("Circle"), noted("Draw circles")),
    ("ellipse", noted("Ellipse"), noted("Draw ellipses")),
    ("box", noted("Box"), noted("Draw boxes")),
    ("polygon", noted("Polygon"), noted("Draw polygons: click corners, double-click to close")),
    ("annulus", noted("Annulus"), noted("Draw annuli")),
    ("line", noted("Line"), noted("Draw lines")),
    ("point", noted("Point"), noted("Put points")),
    ("text", noted("Text"), noted("Write text")),
)
SYSTEMS = (
    ("image", noted("Image (pixels)")),
    ("icrs", "ICRS"),
    ("fk5", "FK5"),
    ("galactic", noted("Galactic")),
)
COLOURS = (
    ("", noted("As usual")), ("#ff5d5d", noted("Red")), ("#ffd24d", noted("Yellow")),
    ("#5fe07a", noted("Green")), ("#4dd2ff", noted("Cyan")), ("#5d8bff", noted("Blue")),
    ("#ff7af5", noted("Magenta")), ("#ffffff", noted("White")), ("#000000", noted("Black")),
)  # fmt: skip
WIDTH = 84  # of the names of fields
HOW = noted(
    "Choose a form and drag on the picture. Click a region to choose it, drag it or its handles "
    "to change it; Shift adds to the choice, Ctrl takes its whole group, Del removes, arrows move."
)


@dataclass(frozen=True)
class ChosenRegions:
    """What the page shows of what is chosen.

    Attributes
    ----------
    count
        How many are chosen; `fields` and `kind` are there for a single one.
    groups
        Those that all of them are in.
    """

    count: int = 0
    kind: str = ""
    fields: tuple[RegionField, ...] = ()
    text: str = ""
    colour: str = ""
    included: bool = True
    groups: tuple[str, ...] = ()


class RegionsPanel(QWidget):
    """Shows what is chosen and says what its user wants of it.

    Signals
    -------
    form_chosen : a form, or `SELECT`
    typed : (index of a field, its text)
    worded : (name of a property, its text)
    inclusion : whether what is chosen is included
    system_chosen : in which coordinates the numbers are read
    grouped : names of the groups that what is chosen is in from now on
    group_chosen : name of a group whose regions are wanted
    """

    form_chosen = Signal(str)
    typed = Signal(int, str)
    worded = Signal(str, str)
    inclusion = Signal(bool)
    system_chosen = Signal(str)
    grouped = Signal(object)
    group_chosen = Signal(str)
    copy = Signal()
    remove = Signal()
    close_wished = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._forms = Segmented(FORMS, icons_only=True)
        self._forms.chosen.connect(self.form_chosen)
        self._forms.set_value(SELECT)
        self._forms.setStyleSheet("QToolButton { padding: 4px 0; }")  # nine beside each other
        self._hint = label(HOW, "muted", wrap=True)
        self._title = label("", "heading")
        self._system = combo("Coordinates", SYSTEMS, "In which coordinates the numbers are read")
        self._system.activated.connect(
            lambda _: self.system_chosen.emit(self._system.currentData())
        )
        self._grid = QGridLayout()
        self._edits: list[QLineEdit] = []
        self._text = dress(QLineEdit(), tip="Words that stand at the region", spoken="Text")
        self._text.editingFinished.connect(self._text_edited)
        self._text.returnPressed.connect(self._text.clearFocus)
        self._colour = combo("Colour", COLOURS, "The colour of what is chosen")
        self._colour.activated.connect(
            lambda _: self.worded.emit("color", self._colour.currentData())
        )
        self._tags = dress(
            QLineEdit(), "groups", tip="Names of groups, with commas between", spoken="Groups"
        )
        self._tags.editingFinished.connect(self._tags_edited)
        self._tags.returnPressed.connect(self._tags.clearFocus)
        self._groups = combo("Groups", (), "Choose all regions of a group")
        self._groups.activated.connect(self._group_activated)
        self._excluded = dress(
            QCheckBox(tr("Excluded")), tip="Its pixels count in no other region's statistics"
        )
        self._excluded.clicked.connect(lambda on: self.inclusion.emit(not on))
        self._rows = ReportRows()
        self._remarks = label("", "painted", wrap=True)
        self.plot = PlotView(theme)
        self._close = tool("Back to the controls (Esc)", self.close_wished.emit)
        self._copy = QPushButton(tr("Copy"))
        self._copy.setToolTip(tr("Copy the numbers as text"))
        self._copy.clicked.connect(self.copy)
        self._remove = QPushButton(tr("Remove"))
        self._remove.setToolTip(tr("Remove what is chosen (Del)"))
        self._remove.clicked.connect(self.remove)
        self._build()
        self._said = ChosenRegions()
        self.set_theme(theme)
        self.show_chosen(ChosenRegions())
        self.show_report(None)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("Regions", "heading"), 1)
        head.addWidget(self._close)
        inside = dress(QWidget(), "panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 0, 14, 14)
        column.setSpacing(8)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, scaled(WIDTH))
        self._properties = QWidget()
        own = QVBoxLayout(self._properties)
        own.setContentsMargins(0, 0, 0, 0)
        own.setSpacing(6)
        own.addWidget(self._title)
        own.addLayout(field("Coordinates", self._system, WIDTH))
        own.addLayout(self._grid)
        own.addLayout(field("Text", self._text, WIDTH))
        own.addLayout(field("Colour", self._colour, WIDTH))
        own.addLayout(field("Groups", self._tags, WIDTH))
        own.addWidget(self._excluded)
        for widget in (
            self._hint,
            self._groups,
            self._properties,
            self.plot,
            self._remarks,
            self._rows,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(14, 0, 14, 14)
        buttons.setSpacing(8)
        buttons.addWidget(self._copy, 1)
        buttons.addWidget(self._remove, 1)
        top = QVBoxLayout()
        top.setContentsMargins(14, 12, 14, 4)
        top.setSpacing(8)
        top.addLayout(head)
        top.addWidget(self._forms)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(6)
        page.addLayout(top)
        page.addWidget(SideScroll(inside), 1)
        page.addLayout(buttons)

    def set_theme(self, theme: Theme) -> None:
        self._close.setIcon(icons.icon("close", theme))
        self._copy.setIcon(icons.icon("copy", theme))
        self._forms.set_icons({name: icons.icon(f"region_{name}", theme) for name, _, _ in FORMS})
        self.plot.set_theme(theme)

    # ---- what is shown ---------------------------------------------------------------------

    def show_form(self, form: str) -> None:
        """Press the button of the form in hand."""
        self._forms.set_value(form)

    def show_system(self, system: str) -> None:
        self._system.setCurrentIndex(self._system.findData(system))

    def offer_sky(self, on: bool) -> None:
        """Sky coordinates, or those of the picture alone."""
        self._system.setEnabled(on)

    def show_chosen(self, said: ChosenRegions) -> None:
        """The properties of what is chosen; a field that is being typed in is left alone."""
        self._said = said
        self._hint.setVisible(said.count == 0)
        self._properties.setVisible(said.count > 0)
        many = tr("{count} regions are chosen", count=said.count)
        self._title.setText(tr(said.kind) if said.count == 1 else many)
        self._fill(said.fields)
        if not self._text.hasFocus():
            self._text.setText(said.text)
        at = self._colour.findData(said.colour)
        if at < 0:
            self._colour.addItem(said.colour, said.colour)
            at = self._colour.count() - 1
        self._colour.setCurrentIndex(at)
        if not self._tags.hasFocus():
            self._tags.setText(", ".join(said.groups))
        self._excluded.setChecked(not said.included)
        self._remove.setEnabled(said.count > 0)

    def show_groups(self, groups: Mapping[str, int]) -> None:
        """The groups there are on the frame, and how many regions each has."""
        self._groups.clear()
        self._groups.addItem(tr("Choose a group"), "")
        for name, count in groups.items():
            self._groups.addItem(f"{name} ({count})", name)
        self._groups.setVisible(bool(groups))

    def show_report(self, report: MeasureReport | None) -> None:
        """What the samples in the chosen region say."""
        self.plot.show_plot(report.plot if report else None)
        said = [tr(text) for text in (*report.remarks, report.caution) if text] if report else []
        self._remarks.setText("\n".join(said))
        self._remarks.setVisible(bool(said))
        self._rows.fill(report.rows if report else ())
        self._copy.setEnabled(bool(report and report.rows))

    def edit_text(self) -> None:
        """Let the words of the chosen region be typed."""
        self._text.setFocus()
        self._text.selectAll()

    @property
    def words(self) -> str:
        """What the page says now, for tests and screen readers."""
        return "\n".join([self._title.text(), self._remarks.text(), *self._rows.lines])

    @property
    def numbers(self) -> list[QLineEdit]:
        """The fields of the chosen region."""
        return [edit for edit in self._edits if not edit.isHidden()]

    def _fill(self, fields: tuple[RegionField, ...]) -> None:
        while len(self._edits) < len(fields):
            self._add_edit()
        for i, edit in enumerate(self._edits):
            item = self._grid.itemAtPosition(i, 0)
            name = item.widget() if item else None
            shown = i < len(fields)
            edit.setVisible(shown)
            if name is not None:
                name.setVisible(shown)
            if shown and name is not None:
                name.setText(tr(fields[i].name))  # type: ignore[attr-defined]
                edit.setAccessibleName(tr(fields[i].name))
                if not (edit.hasFocus() and edit.isModified()):
                    edit.setText(local(fields[i].text))
                    edit.setCursorPosition(0)

    def _add_edit(self) -> None:
        row = len(self._edits)
        edit = dress(QLineEdit(), tip="Sizes on the sky take \" and ', or p for pixels")
        edit.editingFinished.connect(lambda: self._edited(row))
        edit.returnPressed.connect(edit.clearFocus)
        name = label("", "muted")
        name.setBuddy(edit)
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(edit, row, 1)
        self._edits.append(edit)

    def _edited(self, row: int) -> None:
        edit = self._edits[row]
        if edit.isModified() and row < len(self._said.fields):
            edit.setModified(False)
            if edit.text() != local(self._said.fields[row].text):
                self.typed.emit(row, edit.text().replace(",", "."))

    def _tags_edited(self) -> None:
        if self._tags.isModified():
            self._tags.setModified(False)
            self.grouped.emit(tuple(self._tags.text().split(",")))

    def _group_activated(self, _: int) -> None:
        if name := self._groups.currentData():
            self._groups.setCurrentIndex(0)
            self.group_chosen.emit(name)

    def _text_edited(self) -> None:
        if self._text.isModified():
            self._text.setModified(False)
            self.worded.emit("text", self._text.text())
