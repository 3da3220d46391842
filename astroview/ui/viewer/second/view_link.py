"""Two pictures that move as one: the same sky (or pixels) in both, and the mouse's place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from math import atan2, degrees, isfinite, sqrt

import numpy as np
from PySide6.QtCore import QObject, QPointF
from PySide6.QtGui import QPainter

from astroview.core.frame import Frame
from astroview.core.lazy_dataclass import dataclass
from astroview.ui.documents.comparison import Lock
from astroview.ui.viewer.frames_on_grid import FramesOnGrid
from astroview.ui.viewer.overlays import outline_paint
from astroview.ui.viewer.paint_layers import Placing
from astroview.ui.viewer.tile_cursor import COLOUR, cross
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.viewer.viewport import LARGEST, SMALLEST, Viewport

STEP = 16.0  # pixels over which the scale and the turn between two frames are measured
Mapping = Callable[[QPointF], QPointF]


@dataclass(frozen=True)
class LinkedView:
    """A picture, and the frame whose pixels are its scene, if there is one."""

    viewer: Viewer
    frame: Callable[[], Frame | None]


class ViewLink(QObject):
    """While ``on``, each of two pictures goes where the other one goes.

    Parameters
    ----------
    grid
        Knows where the pixels of one frame lie in another.
    lock
        Whether "where" is by the sky or by the pixels.
    """

    def __init__(
        self,
        pair: tuple[LinkedView, LinkedView],
        grid: FramesOnGrid,
        lock: Callable[[], Lock],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._pair, self._grid, self._lock = pair, grid, lock
        self.on = True
        self._carrying = self._held = False
        for one, other in (pair, pair[::-1]):
            mark = PlaceMark()
            other.viewer.add_overlay(mark)
            one.viewer.view_changed.connect(partial(self._carry, one, other))
            one.viewer.pointed.connect(partial(self._point, one, other, mark))

    def hold(self) -> None:
        """The second picture is about to change: the first one does not go with it."""
        self._held = True

    def follow(self) -> None:
        """Bring the second picture to where the first one is."""
        self._held = False
        self._carry(*self._pair)

    def _carry(self, one: LinkedView, other: LinkedView, _view: object = None) -> None:
        here, there = one.frame(), other.frame()
        shown = one.viewer.shown is not None and other.viewer.shown is not None
        if not self.on or self._carrying or self._held or here is None or there is None:
            return
        if not shown:
            return
        self._carrying = True
        try:
            self._move(one, other, here, there)
        finally:
            self._carrying = False

    def _move(self, one: LinkedView, other: LinkedView, here: Frame, there: Frame) -> None:
        if here is there and one.viewer.fitted:
            other.viewer.orient(one.viewer.view.turn, one.viewer.view.mirrored)
            other.viewer.fit()
            return
        view = one.viewer.view
        wanted = view if here is there else matched(view, self._mapping(here, there))
        if wanted is not None:
            other.viewer.set_view(wanted)

    def _mapping(self, here: Frame, there: Frame) -> Mapping:
        return partial(self._grid.place, here, there, self._lock())

    def _point(
        self, one: LinkedView, other: LinkedView, mark: PlaceMark, layer: object, scene: object
    ) -> None:
        here, there = one.frame(), other.frame()
        place = None
        if layer is not None and isinstance(scene, QPointF) and here and there:
            place = scene if here is there else self._mapping(here, there)(scene)
        if place != mark.place:
            mark.place = place if place is None or isfinite(place.x() + place.y()) else None
            other.viewer.update()


class PlaceMark:
    """A small open cross where the mouse of the other window points to."""

    def __init__(self) -> None:
        self.place: QPointF | None = None

    def paint(self, painter: QPainter, at: Placing) -> None:
        if self.place is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            outline_paint.stroke(painter, cross(at.point(self.place)), COLOUR, 1.0)


def matched(view: Viewport, mapping: Mapping) -> Viewport | None:
    """The view of another frame that shows the same place, as large and turned the same way.

    Parameters
    ----------
    mapping
        From scene points of the frame to those of the other one.

    Returns
    -------
    Viewport or None
        None where the frames do not meet.
    """
    at = QPointF(view.x, view.y)
    middle = mapping(at)
    right, down = mapping(at + QPointF(STEP, 0)) - middle, mapping(at + QPointF(0, STEP)) - middle
    steps = np.array([[right.x(), down.x()], [right.y(), down.y()]]) / STEP
    if not np.isfinite(steps).all() or abs(np.linalg.det(steps)) < 1e-12:
        return None
    linear = view.linear()
    screen = np.array([[linear.m11(), linear.m21()], [linear.m12(), linear.m22()]])
    there = screen @ np.linalg.inv(steps)
    area = float(np.linalg.det(there))
    turn = round(degrees(atan2(-there[0, 1], there[1, 1])), 2) % 360
    zoom = min(max(sqrt(abs(area)), SMALLEST), LARGEST)
    return replace(view, x=middle.x(), y=middle.y(), zoom=zoom, turn=turn, mirrored=area < 0)
