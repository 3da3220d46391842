"""The page beside the picture that says what a result did to the sources."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from astroview.core.enhance.source_changes import STATES, SnBin, SourceChanges, State
from astroview.ui.i18n.translate import local, tr
from astroview.ui.measure.ledger.change_marks import COLOURS
from astroview.ui.measure.ledger.changes_model import ChangesModel
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import dress, label, scaled, tool
from astroview.ui.widgets.theme import Theme

LEAST = 0.01  # sigma: residuals below are rounding
WIDTHS = (58, 78, 68, 46)  # of the table's first columns
DOT = 10  # pixels of a state's colour on its button


class LedgerPage(QWidget):
    """Shows a verdict, the sources by state, and fluxes by signal-to-noise.

    Signals
    -------
    chosen : a row of the sources, by hand or key in the table
    states_changed : the states that are wanted
    residual_wished, copy, close_wished
    """

    chosen = Signal(int)
    states_changed = Signal(object)
    residual_wished = Signal()
    copy = Signal()
    close_wished = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.changes: SourceChanges | None = None
        self._verdict = label("", wrap=True)
        self._windows = label("", "muted", wrap=True)
        self._bins = label("", "muted", wrap=True)
        self._bins.setTextFormat(Qt.TextFormat.RichText)
        self._buttons: dict[State, QToolButton] = {state: self._button(state) for state in STATES}
        self.model = ChangesModel(self)
        self.view = _table(self.model)
        self.view.selectionModel().currentRowChanged.connect(self._row_chosen)
        self._residual = dress(QPushButton(tr("Residual map")), tip=(
            "How far the result's means over pixels are from what was measured, in sigma"
        ))  # fmt: skip
        self._residual.clicked.connect(self.residual_wished)
        self._worst = label("", "muted", wrap=True)
        self._copy = tool("Copy all rows", self.copy.emit)
        self._close = tool("Back to the controls (Esc)", self.close_wished.emit)
        self._telling = True
        self._build()
        self.set_theme(theme)
        self.show_words("")

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(label("Sources before and after", "heading"), 1)
        for widget in (self._copy, self._close):
            head.addWidget(widget)
        states = QGridLayout()
        states.setSpacing(4)
        for i, state in enumerate(STATES):
            states.addWidget(self._buttons[state], i // 2, i % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._verdict)
        column.addWidget(self._windows)
        column.addLayout(states)
        column.addWidget(self.view, 1)
        column.addWidget(self._bins)
        column.addWidget(self._worst)
        column.addWidget(self._residual)
        column.addStretch(0)

    def _button(self, state: State) -> QToolButton:
        button = dress(QToolButton(), "state", tip="Show them in the table and on the picture")
        button.setCheckable(True)
        button.setChecked(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
        dot = QPixmap(DOT, DOT)
        dot.fill(COLOURS[state])
        button.setIcon(dot)
        button.toggled.connect(self._states_chosen)
        return button

    def set_theme(self, theme: Theme) -> None:
        self._copy.setIcon(icons.icon("copy", theme))
        self._close.setIcon(icons.icon("close", theme))

    @property
    def shown(self) -> frozenset[State]:
        """The states that are wanted."""
        return frozenset(state for state in STATES if self._buttons[state].isChecked())

    def show_words(self, words: str) -> None:
        """Words in place of a verdict."""
        self._show(None, words)

    def show_changes(self, changes: SourceChanges) -> None:
        """Show what became of the sources."""
        self._show(changes, changes.verdict)

    def _show(self, changes: SourceChanges | None, words: str) -> None:
        self.changes = changes
        self._verdict.setText(words[:1].upper() + words[1:])
        whole = changes is None or changes.whole
        self._windows.setText("" if whole else tr("Looked at in four windows of the frame."))
        self._windows.setVisible(not whole)
        self._list()
        for state, button in self._buttons.items():
            count = changes.count(state) if changes else 0
            button.setText(_counted(state, count))
            button.setEnabled(bool(count))
        self._bins.setText(_bins_table(changes.bins()) if changes else "")
        worst = local(f"{max(changes.worst, LEAST):.2f}") if changes else ""
        self._worst.setText(
            tr("Means over pixels are within {worst} sigma of what was measured.", worst=worst)
            if changes
            else ""
        )
        for widget in (self._residual, self._copy, self.view, *self._buttons.values()):
            widget.setVisible(changes is not None)

    def choose(self, row: int) -> None:
        """Show the source that was chosen elsewhere, without saying so."""
        at = self.model.row_of(row)
        self._telling = False
        if at is not None:
            index = self.model.index(at, 0)
            flags = QItemSelectionModel.SelectionFlag
            self.view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        self._telling = True

    def text(self) -> str:
        """All rows that are shown, with tabs, to paste."""
        changes = self.changes
        if changes is None:
            return ""
        names = list(changes.rows.dtype.names or ())
        rows = ("\t".join(str(value) for value in changes.rows[i]) for i in self.model.rows)
        return "\n".join([changes.verdict, "\t".join(names), *rows])

    def _list(self) -> None:
        self._telling = False
        self.model.show_changes(self.changes, self.shown)
        self._telling = True

    def _states_chosen(self) -> None:
        self._list()
        self.states_changed.emit(self.shown)

    def _row_chosen(self, now: QModelIndex) -> None:
        if self._telling and now.isValid():
            self.chosen.emit(int(self.model.rows[now.row()]))


def _counted(state: State, count: int) -> str:
    number = local(f"{count:,}")
    words = {
        "lost": tr("{number} lost", number=number),
        "new": tr("{number} new", number=number),
        "changed": tr("{number} changed", number=number),
        "kept": tr("{number} kept", number=number),
    }
    return words[state]


def _bins_table(bins: tuple[SnBin, ...]) -> str:
    """Fluxes and shifts by S/N, as rich text."""
    head = ("S/N", tr("Sources"), tr("Flux"), tr("Shift"))
    lines = [f"<tr>{''.join(f'<td align=right>{name}&nbsp;</td>' for name in head)}</tr>"]
    for one in bins:
        high = "" if one.high == float("inf") else f"{one.high:g}"
        shift = local(f"{one.shift:.3f}") if one.shift == one.shift else "–"
        cells = (f"{one.low:g}–{high}", local(f"{one.count:,}"), local(f"× {one.flux:.4f}"), shift)
        lines.append(f"<tr>{''.join(f'<td align=right>{cell}&nbsp;</td>' for cell in cells)}</tr>")
    return f"<table cellspacing=0>{''.join(lines)}</table>" if bins else ""


def _table(model: ChangesModel) -> QTableView:
    view = dress(QTableView(), "sources", spoken="Sources before and after")
    view.setModel(model)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setSortingEnabled(True)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 8)
    head = view.horizontalHeader()
    head.setHighlightSections(False)
    head.setStretchLastSection(True)
    for column, width in enumerate(WIDTHS):
        head.resizeSection(column, scaled(width))
    head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    return view
