"""Steps of regions in the window's undo and redo."""

from __future__ import annotations

import time

from PySide6.QtGui import QUndoCommand, QUndoStack

from astroview.ui.i18n.translate import tr
from astroview.ui.measure.regions.region_store import RegionChange, RegionStore

MERGED_S = 1.0  # steps of one kind that follow each other this fast are one
_ID = 7


class RegionStep(QUndoCommand):
    """One change of a frame's regions; it was made before it is pushed."""

    def __init__(self, change: RegionChange, store: RegionStore) -> None:
        super().__init__(words_of(change))
        self.change, self._store, self._made = change, store, True
        self.when = time.monotonic()

    def id(self) -> int:
        return _ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, RegionStep) or other.text() != self.text():
            return False
        follows = other.change.before is self.change.after and other.change.merges
        if not follows or not self.change.merges or other.when - self.when > MERGED_S:
            return False
        self.change = RegionChange(
            self.change.frame,
            self.change.before,
            other.change.after,
            self.change.words,
            merges=True,
        )
        self.when = other.when
        return True

    def undo(self) -> None:
        self._store.restore(self.change.frame, self.change.before)

    def redo(self) -> None:
        if not self._made:
            self._store.restore(self.change.frame, self.change.after)
        self._made = False


def words_of(change: RegionChange) -> str:
    """What was done, with the kind of what it was done to where that is one kind."""
    from astroview.core.sky.regions.region_reports import NAMES

    kept = {id(shape) for shape in change.before} & {id(shape) for shape in change.after}
    touched = (shape for shape in (*change.before, *change.after) if id(shape) not in kept)
    kinds = {shape.source.kind for shape in touched}
    if len(kinds) != 1:
        return change.words
    kind = kinds.pop()
    return tr("{done} ({shape})", done=change.words, shape=tr(NAMES.get(kind, kind)))


def keep_history(store: RegionStore, undo: QUndoStack) -> None:
    """Let every step of the regions be undone with those of other rooms."""
    store.stepped.connect(lambda change: undo.push(RegionStep(change, store)))
