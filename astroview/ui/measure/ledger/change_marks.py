"""Sources before and after, ringed on the picture: each state has a colour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter

from astroview.core.enhance.source_changes import STATES, SourceChanges, State
from astroview.ui.viewer.overlays.catalogue_overlay import Sources
from astroview.ui.viewer.paint_layers import Placing

COLOURS: dict[State, QColor] = {  # told apart by eyes without red or green cones, too
    "lost": QColor("#e8452c"),
    "new": QColor("#6fa0ff"),
    "changed": QColor("#ffe066"),
    "kept": QColor("#9ad0b0"),
}


class ChangeMarks:
    """Rings, those that are to be looked at on top."""

    def __init__(self) -> None:
        self._layers: dict[State, Sources] = {state: Sources(COLOURS[state]) for state in STATES}
        self._rows: dict[State, NDArray[np.intp]] = {}
        self.shown: frozenset[State] = frozenset(STATES)
        self.changes: SourceChanges | None = None

    def show(self, changes: SourceChanges | None) -> None:
        """Mark other sources, or none."""
        self.changes = changes
        for state in STATES:
            layer = self._layers[state]
            layer.show(changes.places(state) if changes else np.empty((0, 2)))
            rows = changes.rows["state"] if changes else np.empty(0, "U8")
            self._rows[state] = np.flatnonzero(rows == state)

    def choose(self, row: int | None) -> QPointF | None:
        """Ring one of the rows in another way; where it lies in the scene."""
        for state in STATES:
            layer = self._layers[state]
            found = np.flatnonzero(
                self._rows.get(state, np.empty(0)) == (-1 if row is None else row)
            )
            layer.chosen = int(found[0]) if found.size else None
        places = (layer.place_of_chosen for layer in self._layers.values())
        return next((place for place in places if place is not None), None)

    def near(self, at: Placing, point: QPointF) -> int | None:
        """The row whose source is next to a point of the screen, if any is close."""
        for state in STATES:
            if state in self.shown and (found := self._layers[state].near(at, point)) is not None:
                return int(self._rows[state][found])
        return None

    def paint(self, painter: QPainter, at: Placing) -> None:
        for state in reversed(STATES):
            if state in self.shown:
                self._layers[state].paint(painter, at)
