"""The queue as a table for Qt: one row a frame, a hundred thousand of them without a stutter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import IntEnum
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from astroview.core.lazy_dataclass import dataclass
from astroview.core.messages.batch_messages import Item, ItemProgress, ItemState
from astroview.ui.batch import batch_text
from astroview.ui.i18n.translate import noted, tr

Index = QModelIndex | QPersistentModelIndex
# "ready" is a frame that is listed and not handed to a batch yet.
RowState = Literal["ready", "waiting", "running", "done", "failed", "skipped", "cancelled"]
MOVABLE = ("ready", "waiting")
DONE = ("done", "skipped")
ROW = Qt.ItemDataRole.UserRole  # the whole `Row`
ROOT = QModelIndex()
MIME = "application/x-astroview-rows"


class Column(IntEnum):
    """The columns, left to right."""

    FRAME = 0
    STATE = 1
    TIME = 2
    RESULT = 3


TITLES = {
    Column.FRAME: noted("Frame"),
    Column.STATE: noted("State"),
    Column.TIME: noted("Time"),
    Column.RESULT: noted("Result"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One frame of the queue, as the last event left it."""

    id: str
    path: str
    size: int = 0
    target: str = ""
    state: RowState = "ready"
    part: float = 0.0  # of the work on it, 0..1
    eta_s: float | None = None
    note: str = ""
    seconds: float = 0.0
    problem: str = ""
    hint: str = ""
    warnings: tuple[str, ...] = ()
    before: str = ""
    after: str = ""

    @property
    def name(self) -> str:
        return self.path.replace("\\", "/").rpartition("/")[2]


class QueueModel(QAbstractTableModel):
    """Rows in the order in which they are done.

    Changes are collected and told once in a while: call `flush`.

    Signals
    -------
    reordered : ids of the frames that wait, first to last, up to the last one that was moved
    """

    reordered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._places: dict[str, int] = {}
        self._dirty: set[int] = set()
        self._parts: dict[str, float] = {}
        self.counts: Counter[str] = Counter()

    # ---- for Qt ------------------------------------------------------------------------

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return batch_text.tip(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return batch_text.spoken(row) if index.column() == Column.FRAME else None
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(TITLES[Column(section)])
        if role == Qt.ItemDataRole.TextAlignmentRole and section == Column.TIME:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        kept = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        movable = self._rows[index.row()].state in MOVABLE
        return kept | Qt.ItemFlag.ItemIsDragEnabled if movable else kept

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = sorted({index.row() for index in indexes})
        ids = [self._rows[row].id for row in rows if self._rows[row].state in MOVABLE]
        data = QMimeData()
        data.setData(MIME, "\n".join(ids).encode())
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if action is not Qt.DropAction.MoveAction or not data.hasFormat(MIME):
            return False
        place = row if row >= 0 else parent.row() if parent.isValid() else len(self._rows)
        self.move(bytes(data.data(MIME).data()).decode().split("\n"), place)
        return False  # the view must not remove rows: they are moved already

    # ---- what is in it -------------------------------------------------------------------

    @property
    def rows(self) -> Sequence[Row]:
        """All rows, first to last; not to be changed."""
        return self._rows

    def row(self, item_id: str) -> Row | None:
        """The frame of that id; None when there is none."""
        place = self._places.get(item_id)
        return None if place is None else self._rows[place]

    def place(self, item_id: str) -> int:
        """Where the frame of that id stands; -1 when it is not there."""
        return self._places.get(item_id, -1)

    def parts(self) -> float:
        """How much of the frames at work is done, added up."""
        return sum(self._parts.values())

    def ids(self, *states: str) -> tuple[str, ...]:
        """The frames in these states, first to last."""
        return tuple(row.id for row in self._rows if row.state in states)

    # ---- filling ---------------------------------------------------------------------------

    def clear(self) -> None:
        """Forget everything."""
        self.beginResetModel()
        self._rows, self._places = [], {}
        self._dirty.clear()
        self._parts.clear()
        self.counts.clear()
        self.endResetModel()

    def add(self, rows: Iterable[Row]) -> None:
        """Append frames; one that is there already stays where it is."""
        fresh = list({row.id: row for row in rows if row.id not in self._places}.values())
        if not fresh:
            return
        first = len(self._rows)
        self.beginInsertRows(ROOT, first, first + len(fresh) - 1)
        self._rows += fresh
        self._places |= {row.id: first + i for i, row in enumerate(fresh)}
        self.counts.update(row.state for row in fresh)
        self.endInsertRows()

    def list_items(self, items: Iterable[Item]) -> None:
        """Append what a batch found; of what it had before, all but what is done waits again."""
        items = tuple(items)
        for item in items:
            place = self._places.get(item.id)
            if place is not None and self._rows[place].state not in DONE:
                self.counts[self._rows[place].state] -= 1
                self.counts["waiting"] += 1
                self._put(place, Row(item.id, item.path, item.size, item.target, "waiting"))
        self.add(Row(item.id, item.path, item.size, item.target, "waiting") for item in items)

    def remove(self, ids: Iterable[str]) -> None:
        """Take frames out of the list."""
        self.flush()
        places = sorted(self._places[key] for key in set(ids) if key in self._places)
        for first, last in reversed(_runs(places)):
            self.beginRemoveRows(ROOT, first, last)
            self.counts.subtract(row.state for row in self._rows[first : last + 1])
            del self._rows[first : last + 1]
            self.endRemoveRows()
        self._places = {row.id: i for i, row in enumerate(self._rows)}

    # ---- changes ---------------------------------------------------------------------------

    def take_state(self, event: ItemState) -> Row | None:
        """Put an event into its row; returns the row as it is now."""
        place = self._places.get(event.id)
        if place is None:
            return None
        old = self._rows[place]
        if event.state == "skipped" and old.state == "done":
            return old  # before, but not before anyone's eyes: it keeps its time
        self.counts[old.state] -= 1
        self.counts[event.state] += 1
        self._parts.pop(event.id, None)
        self._put(
            place,
            replace(
                old,
                state=event.state,
                target=event.target or old.target,
                part=0.0,
                eta_s=None,
                note="",
                seconds=event.seconds,
                problem=event.problem,
                hint=event.hint,
                warnings=event.warnings,
                before=event.before or old.before,
                after=event.after or old.after,
            ),
        )
        return self._rows[place]

    def take_progress(self, event: ItemProgress) -> None:
        """Show how far the work on a frame is."""
        place = self._places.get(event.id)
        if place is None or self._rows[place].state != "running":
            return
        part = self._parts[event.id] = event.done / max(event.of, 1)
        self._put(place, replace(self._rows[place], part=part, eta_s=event.eta_s, note=event.note))

    def set_all(self, old: str, new: RowState) -> None:
        """Every frame in one state gets another one, without further news."""
        for place, row in enumerate(self._rows):
            if row.state == old:
                self._put(place, replace(row, state=new, part=0.0, eta_s=None, note=""))
        self.counts[new] += self.counts.pop(old, 0)
        self._parts.clear()

    def flush(self) -> None:
        """Tell the views what changed, neighbours together."""
        places, self._dirty = sorted(self._dirty), set()
        for first, last in _runs(places):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    def _put(self, place: int, row: Row) -> None:
        self._rows[place] = row
        self._dirty.add(place)

    # ---- order -----------------------------------------------------------------------------

    def to_top(self, ids: Iterable[str]) -> None:
        """Do these frames next, in their present order."""
        first = next((i for i, row in enumerate(self._rows) if row.state in MOVABLE), 0)
        self.move(ids, first)

    def move(self, ids: Iterable[str], place: int) -> None:
        """Put frames that wait before the row that stands at `place` now."""
        wanted = set(ids)
        moved = [row for row in self._rows if row.id in wanted and row.state in MOVABLE]
        if not moved:
            return
        taken = {row.id for row in moved}
        above = [row for row in self._rows[:place] if row.id not in taken]
        below = [row for row in self._rows[place:] if row.id not in taken]
        if [*above, *moved, *below] == self._rows:
            return
        self.flush()
        self.layoutAboutToBeChanged.emit()
        self._reorder([*above, *moved, *below])
        self.layoutChanged.emit()
        upto = self._rows[: len(above) + len(moved)]
        self.reordered.emit(tuple(row.id for row in upto if row.state in MOVABLE))

    def _reorder(self, rows: list[Row]) -> None:
        """Take rows in a new order; selections follow their frames."""
        before = self.persistentIndexList()
        ids = [self._rows[index.row()].id for index in before]
        self._rows = rows
        self._places = {row.id: i for i, row in enumerate(rows)}
        after = [
            self.index(self._places[key], index.column()) if key in self._places else QModelIndex()
            for key, index in zip(ids, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)


def drafted(path: Path | str) -> Row:
    """A row for a frame that no batch knows yet; its path is its name."""
    return Row(str(path), str(path))


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Sorted numbers as runs of neighbours: (first, last)."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and place == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], place
        else:
            runs.append((place, place))
    return runs


def _text(row: Row, column: int) -> str:
    match column:
        case Column.FRAME:
            return row.name
        case Column.STATE:
            return batch_text.state(row)
        case Column.TIME:
            return batch_text.time_of(row)
        case _:
            return row.target.replace("\\", "/").rpartition("/")[2]
