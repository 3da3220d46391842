"""Regions over the picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPainterPath

from astroview.ui.viewer.overlays import outline_paint
from astroview.ui.viewer.paint_layers import Placing

if TYPE_CHECKING:
    from astroview.core.sky.region_files import RegionShape

DEFAULT = "#5fe07a"  # about the green that DS9 draws in
ARM = 6.0


class Shapes:
    """Outlines in scene coordinates, joined by their look, so that thousands paint at once.

    Attributes
    ----------
    shared
        Whether they lie on what a pane shows: tiles may show another sky.
    """

    def __init__(self) -> None:
        self.shared: Callable[[Placing], bool] = lambda _: True
        self._shapes: tuple[RegionShape, ...] = ()
        self._lifted: frozenset[int] = frozenset()
        self._own: dict[RegionShape, QPainterPath] = {}
        self._paths: dict[tuple[str, float, bool], QPainterPath] = {}

    @property
    def shapes(self) -> tuple[RegionShape, ...]:
        return self._shapes

    def show(self, shapes: tuple[RegionShape, ...], lifted: tuple[int, ...] = ()) -> None:
        """Take other regions; those that are ``lifted`` are painted by somebody else."""
        self._shapes, self._paths, self._lifted = shapes, {}, frozenset(lifted)
        self._own = {shape: self._own.get(shape) or path_of(shape) for shape in shapes}
        for i, shape in enumerate(shapes):
            if i not in self._lifted:
                look = (shape.colour, shape.width, shape.dashed)
                self._paths.setdefault(look, QPainterPath()).addPath(self._own[shape])

    def paint(self, painter: QPainter, at: Placing) -> None:
        if not self._shapes or not self.shared(at):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        transform = outline_paint.scene_to_screen(at)
        for (colour, width, dashed), path in self._paths.items():
            outline_paint.stroke(painter, transform.map(path), _colour(colour), width + 0.4, dashed)
        painter.setFont(outline_paint.small(painter.font()))
        for i, shape in enumerate(self._shapes):
            if i not in self._lifted:
                paint_point(painter, shape, at)


def path_of(shape: RegionShape) -> QPainterPath:
    """The lines of a region in scene coordinates."""
    path = QPainterPath()
    for line in shape.outlines:
        path.moveTo(*line[0])
        for x, y in line[1:]:
            path.lineTo(x, y)
    return path


def colour_of(shape: RegionShape) -> QColor:
    """The colour a region is painted in."""
    return _colour(shape.colour)


def paint_point(painter: QPainter, shape: RegionShape, at: Placing) -> None:
    """The cross of a point, and the words of any region that has some."""
    if shape.outlines and not shape.text:
        return
    place = at.point(QPointF(*shape.at))
    if not at.pane.clip.adjusted(-200, -50, 200, 50).contains(place):
        return
    if not shape.outlines and shape.kind != "text":
        cross = QPainterPath(place - QPointF(ARM, 0))
        cross.lineTo(place + QPointF(ARM, 0))
        cross.moveTo(place - QPointF(0, ARM))
        cross.lineTo(place + QPointF(0, ARM))
        outline_paint.stroke(painter, cross, _colour(shape.colour), shape.width + 0.4)
    if shape.text:
        plate = outline_paint.plate_of(painter, shape.text)
        top = min((float(outline_paint.on_screen(line, at)[1].min()) for line in shape.outlines),
                  default=place.y() + (0 if shape.kind == "text" else -ARM))  # fmt: skip
        plate.moveCenter(QPointF(place.x(), top - plate.height() / 2 - 3))
        outline_paint.words(painter, plate, shape.text, _colour(shape.colour))


def _colour(name: str) -> QColor:
    colour = QColor(name or DEFAULT)
    return colour if colour.isValid() and name != "green" else QColor(DEFAULT)
