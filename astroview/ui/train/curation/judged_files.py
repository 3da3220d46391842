"""Verdicts as a list for Qt: one item a file, ten thousand of them without a stutter."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from astroview.core.messages.curate_messages import Judged
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.widgets.tile_view import runs

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole  # the whole `Judged`
ROOT = QModelIndex()
WHY = {
    "unreadable": noted("Unreadable"),
    "made": noted("Made by a network"),
    "small": noted("Too small"),
    "missing": noted("Mostly no data"),
    "blank": noted("Blank"),
    "saturated": noted("Saturated"),
    "chart": noted("Text or diagram"),
    "blocks": noted("JPEG blocks"),
    "blurred": noted("Blurred"),
    "copy": noted("Near copy"),
    "pair": noted("Without a partner"),
    "border": noted("On the border"),
    "user": noted("Left out by you"),
}
USES = {
    "colour": noted("Colour"),
    "bands": noted("Band"),
    "sharpen": noted("Grey"),
    "pair": noted("Pair"),
    "": noted("Accepted"),
}


class Verdicts(QAbstractListModel):
    """The files that were judged, in the order they were told.

    Events are gathered; `flush` makes Qt draw what they changed.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Judged] = []
        self.counts: Counter[str] = Counter()  # "accepted", "refused", and each kind of reason
        self._places: dict[str, int] = {}
        self._new: list[Judged] = []
        self._changed: set[int] = set()

    def begin(self) -> None:
        """Forget all."""
        self.beginResetModel()
        self.rows.clear()
        self.counts.clear()
        self._places.clear()
        self._new.clear()
        self._changed.clear()
        self.endResetModel()

    def take(self, event: Judged) -> None:
        """A verdict, the first on a file or another one."""
        place = self._places.get(event.path)
        if place is None:
            self._places[event.path] = len(self.rows) + len(self._new)
            self._new.append(event)
        elif place >= len(self.rows):
            self._count(self._new[place - len(self.rows)], -1)
            self._new[place - len(self.rows)] = event
        else:
            self._count(self.rows[place], -1)
            self.rows[place] = event
            self._changed.add(place)
        self._count(event, 1)

    def flush(self) -> None:
        """Show what was taken."""
        if self._new:
            first = len(self.rows)
            self.beginInsertRows(ROOT, first, first + len(self._new) - 1)
            self.rows.extend(self._new)
            self._new = []
            self.endInsertRows()
        for first, last in runs(sorted(self._changed)):
            self.dataChanged.emit(self.index(first), self.index(last))
        self._changed.clear()

    def known(self) -> dict[str, Judged]:
        """All rows by path."""
        return {row.path: row for row in self.rows}

    def _count(self, row: Judged, by: int) -> None:
        self.counts[row.verdict] += by
        if row.why:
            self.counts[row.why] += by

    # ---- what Qt asks ----------------------------------------------------------------------

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return PurePath(row.path).name
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{PurePath(row.path).name}, {second_line(row)}"
        return None


class ShownFiles(QSortFilterProxyModel):
    """The verdicts that are wanted."""

    def __init__(self, model: Verdicts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model, self._verdict, self._why = model, "", ""
        self.setSourceModel(model)

    def show_only(self, verdict: str, why: str = "") -> None:
        """Show one verdict, and of the refused one kind of reason; "" shows all."""
        if (verdict, why) != (self._verdict, self._why):
            self._verdict, self._why = verdict, why
            self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        row = self._model.rows[source_row]
        return self._verdict in ("", row.verdict) and self._why in ("", row.why)


def second_line(row: Judged) -> str:
    """What a file is for, or what kind of reason speaks against it."""
    if row.verdict == "refused":
        return tr(WHY.get(row.why, row.reason))
    use = tr(USES[row.use])
    return tr("{use}, held out", use=use) if row.held_out else use


def tip(row: Judged) -> str:
    """Everything about a file."""
    lines = [row.path]
    lines += [tr("Refused: {reason}", reason=tr(row.reason))] if row.reason else []
    if row.overruled and row.own_reason:
        lines.append(tr("Accepted by you, although: {own_reason}", own_reason=tr(row.own_reason)))
    if row.height:
        lines.append(f"{row.width} × {row.height}")
    if row.target and row.target not in row.path:
        lines.append(tr("Target: {target}", target=row.target))
    if row.held_out:
        lines.append(tr("Held out: only the scores see it"))
    return "\n".join(lines)
