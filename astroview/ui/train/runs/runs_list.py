"""The list of runs at the left: name, where it stands, how far it is."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from astroview.ui.train.runs import run_state
from astroview.ui.train.runs.run_queue import Runs
from astroview.ui.train.runs.run_record import RunRecord
from astroview.ui.train.runs.run_state import ACTIVE, State
from astroview.ui.widgets.controls import dress
from astroview.ui.widgets.theme import Theme

HEIGHT = 50
RUN = Qt.ItemDataRole.UserRole


class RunsModel(QAbstractListModel):
    """The runs as rows."""

    def __init__(self, runs: Runs) -> None:
        super().__init__(runs)
        self._runs = runs
        runs.listed.connect(self._reset)
        runs.changed.connect(self._changed)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._runs.all)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        run = self._runs.all[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return run.name
            case Qt.ItemDataRole.ToolTipRole:
                return f"{run.path}\n{run_state.progress(run.state, run.story)}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{run.name}, {second_line(run)}"
            case _:
                return run if role == RUN else None

    def run_at(self, row: int) -> RunRecord:
        """The run in a row."""
        return self._runs.all[row]

    def row_of(self, run: RunRecord | None) -> QModelIndex:
        """Where a run stands."""
        known = run is not None and run in self._runs.all
        return self.index(self._runs.all.index(run)) if known and run else QModelIndex()

    def _reset(self) -> None:
        self.beginResetModel()
        self.endResetModel()

    def _changed(self, run: RunRecord) -> None:
        at = self.row_of(run)
        if at.isValid():
            self.dataChanged.emit(at, at)


def second_line(run: RunRecord) -> str:
    """Where a run stands, with what was decided."""
    if run.state is State.DONE and run.decided:
        return "Kept" if run.decided == "kept" else "Discarded"
    return run_state.news(run.state, run.story)


class RunsView(QListView):
    """Shows the runs.

    Signals
    -------
    picked : `RunRecord`
    menu_wanted : `QPoint` on the screen
    """

    picked = Signal(object)
    menu_wanted = Signal(object)

    def __init__(self, model: RunsModel, theme: Theme) -> None:
        super().__init__()
        dress(self, "runs", spoken="Runs")
        self._rows, self._painter = model, RunPainter(theme, self)
        self.setModel(model)
        self.setItemDelegate(self._painter)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._say_menu)
        self.selectionModel().currentChanged.connect(self._picked)

    def pick(self, run: RunRecord | None) -> None:
        """Select a run without saying so."""
        chosen = self.selectionModel()
        chosen.blockSignals(True)  # noqa: FBT003
        self.setCurrentIndex(self._rows.row_of(run))
        chosen.blockSignals(False)  # noqa: FBT003
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        self._painter.theme = theme
        self.viewport().update()

    def _picked(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(index.data(RUN))

    def _say_menu(self, at: QPoint) -> None:
        if self.indexAt(at).isValid():
            self.menu_wanted.emit(self.viewport().mapToGlobal(at))


class RunPainter(QStyledItemDelegate):
    """Paints a run: a bar at the left when it is chosen, two lines, a thin bar of progress."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self.theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(80, HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        run: RunRecord = index.data(RUN)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRect(option.rect)
        self._paint_ground(painter, place, option)
        inner = place.adjusted(14, 7, -12, -8)
        self._write(painter, inner, option.font, self.theme.text, run.name, top=True)
        bad = run.state is State.FAILED
        colour = self.theme.danger if bad else self.theme.muted
        if run.state in ACTIVE:
            colour = self.theme.accent_text
        self._write(painter, inner, option.font, colour, second_line(run), top=False)
        part = run_state.part_of(run.state, run.story)
        if part is not None and part > 0:
            self._paint_bar(painter, place, part)
        painter.restore()

    def _paint_ground(self, painter: QPainter, place: QRect, option: QStyleOptionViewItem) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            fill = QColor(self.theme.hover)
            fill.setAlphaF(1.0 if selected else 0.4)
            painter.fillRect(place, fill)
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.accent))
            bar = QRectF(place.left() + 2, place.top() + 9, 3, place.height() - 18)
            painter.drawRoundedRect(bar, 1.5, 1.5)

    def _write(
        self, painter: QPainter, place: QRect, font: QFont, colour: str, text: str, *, top: bool
    ) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        line = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignBottom
        short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | line), short)

    def _paint_bar(self, painter: QPainter, place: QRect, part: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(place.left() + 14, place.bottom() - 4, place.width() - 26, 2)
        painter.setBrush(QColor(self.theme.line))
        painter.drawRect(whole)
        painter.setBrush(QColor(self.theme.accent))
        painter.drawRect(QRectF(whole.left(), whole.top(), whole.width() * part, 2))
