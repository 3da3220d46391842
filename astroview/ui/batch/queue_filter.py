"""Which rows of the queue are shown: by state and by a part of the name."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel

from astroview.ui.batch.queue_model import QueueModel
from astroview.ui.i18n.translate import noted

# (value, words, states): what can be chosen to see
GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("all", noted("All"), ()),
    ("todo", noted("To do"), ("ready", "waiting", "running")),
    ("done", noted("Done"), ("done", "skipped")),
    ("failed", noted("Failed"), ("failed",)),
    ("cancelled", noted("Cancelled"), ("cancelled",)),
)
STATES = {value: frozenset(states) for value, _, states in GROUPS}


class QueueFilter(QSortFilterProxyModel):
    """The rows of a `QueueModel` that are wanted, in its order."""

    def __init__(self, model: QueueModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model, self._states, self._text = model, frozenset[str](), ""
        self.setSourceModel(model)

    def show_group(self, value: str) -> None:
        """Show the frames of a group of `GROUPS`."""
        self._states = STATES[value]
        self.invalidate()

    def show_named(self, text: str) -> None:
        """Show the frames with this in their path."""
        self._text = text.strip().lower()
        self.invalidate()

    @property
    def filtering(self) -> bool:
        """Whether some rows may be hidden."""
        return bool(self._states or self._text)

    def filterAcceptsRow(
        self, source_row: int, source_parent: QModelIndex | QPersistentModelIndex
    ) -> bool:
        if not self.filtering:
            return True
        row = self._model.rows[source_row]
        return (not self._states or row.state in self._states) and self._text in row.path.lower()
