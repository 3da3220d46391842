"""Which part of the sky the viewer shows, as plain numbers.

Legend: *scene* coordinates are pixels of the frame that was opened, (0, 0) at the top left
corner of the top left pixel; *screen* coordinates are logical pixels of a pane. A result with
``scale`` 2 covers the same scene with twice as many pixels, so it registers exactly. The view may
be turned (degrees, clockwise on the screen) and mirrored (left to right, before it is turned).
"""

from __future__ import annotations

from dataclasses import replace
from math import cos, radians, sin

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

from astroview.core.lazy_dataclass import dataclass

LARGEST = 64.0  # zoom limits, screen pixels per scene pixel
SMALLEST = 1 / 256
FARTHEST = 1e9  # scene pixels from the frame, or degrees that it is turned
STEPS = (
    1 / 64,
    1 / 32,
    1 / 16,
    1 / 8,
    1 / 4,
    1 / 3,
    1 / 2,
    2 / 3,
    1,
    1.5,
    2,
    3,
    4,
    6,
    8,
    16,
    32,
    64,
)


@dataclass(frozen=True)
class Viewport:
    """The scene point in the middle of a pane, the zoom, and how the picture is turned."""

    x: float
    y: float
    zoom: float
    turn: float = 0.0
    mirrored: bool = False

    def __post_init__(self) -> None:
        if not all(abs(n) <= FARTHEST for n in (self.x, self.y, self.turn)):
            raise ValueError("there is no such place to look at")
        if not 1 / FARTHEST <= self.zoom <= FARTHEST:
            raise ValueError(f"zoom cannot be {self.zoom:g}")

    @property
    def oriented(self) -> bool:
        """Whether the scene is shown in another way than it is stored."""
        return bool(self.turn) or self.mirrored

    def transform(self, size: QSizeF, ratio: float = 1.0) -> QTransform:
        """From scene coordinates to points of a pane; see `to_screen` for its origin."""
        linear = self.linear()
        centre = linear.map(QPointF(self.x, self.y))
        left = round((size.width() / 2 - centre.x()) * ratio) / ratio
        top = round((size.height() / 2 - centre.y()) * ratio) / ratio
        m = linear
        return QTransform(m.m11(), m.m12(), m.m21(), m.m22(), left, top)

    def direction(self, dx: float, dy: float) -> tuple[float, float]:
        """Where a unit vector of the scene points on the screen."""
        way = replace(self, zoom=1.0).linear().map(QPointF(dx, dy))
        return way.x(), way.y()

    def at(self, x: float, y: float) -> Viewport:
        """The same view of another place."""
        return replace(self, x=x, y=y)

    def linear(self) -> QTransform:
        """A step in the scene as one on the screen."""
        c, s = cos(radians(self.turn)), sin(radians(self.turn))
        if self.turn % 90 == 0:
            c, s = float(round(c)), float(round(s))
        side = -1.0 if self.mirrored else 1.0
        zoom = self.zoom
        return QTransform(zoom * c * side, zoom * s * side, -zoom * s, zoom * c, 0, 0)

    def back(self, dx: float, dy: float) -> QPointF:
        """A step on the screen as one in the scene."""
        return self.linear().inverted()[0].map(QPointF(dx, dy))

    def to_scene(self, point: QPointF, size: QSizeF) -> QPointF:
        """Scene coordinates of a screen point in a pane of that size."""
        step = self.back(point.x() - size.width() / 2, point.y() - size.height() / 2)
        return QPointF(self.x + step.x(), self.y + step.y())

    def to_screen(self, rect: QRectF, size: QSizeF, ratio: float = 1.0) -> QRectF:
        """Where a scene rectangle lies on a pane.

        The origin is put on a whole device pixel (``ratio`` device pixels per logical one), so
        that 1:1 shows each pixel of the frame as exactly one of the screen. Of a view that is
        turned, the rectangle around it.
        """
        if self.oriented:
            return self.transform(size, ratio).mapRect(rect)
        left = round((size.width() / 2 - self.x * self.zoom) * ratio) / ratio
        top = round((size.height() / 2 - self.y * self.zoom) * ratio) / ratio
        return QRectF(
            left + rect.x() * self.zoom,
            top + rect.y() * self.zoom,
            rect.width() * self.zoom,
            rect.height() * self.zoom,
        )

    def visible(self, size: QSizeF) -> QRectF:
        """The scene rectangle that a pane of that size shows, and what lies around if turned."""
        width, height = size.width() / self.zoom, size.height() / self.zoom
        if self.oriented:
            c, s = abs(cos(radians(self.turn))), abs(sin(radians(self.turn)))
            width, height = c * width + s * height, s * width + c * height
        return QRectF(self.x - width / 2, self.y - height / 2, width, height)

    def zoomed(self, factor: float, at: QPointF, size: QSizeF) -> Viewport:
        """Zoom by a factor; the scene point under ``at`` stays where it is."""
        zoom = min(max(self.zoom * factor, SMALLEST), LARGEST)
        fixed = self.to_scene(at, size)
        nearer = replace(self, zoom=zoom)
        step = nearer.back(at.x() - size.width() / 2, at.y() - size.height() / 2)
        return nearer.at(fixed.x() - step.x(), fixed.y() - step.y())

    def moved(self, dx: float, dy: float) -> Viewport:
        """The picture dragged by so many screen pixels."""
        step = self.back(dx, dy)
        return self.at(self.x - step.x(), self.y - step.y())

    def within(self, shape: tuple[int, int]) -> Viewport:
        """The same view with its middle kept inside a scene of (H, W)."""
        return replace(self, x=min(max(self.x, 0), shape[1]), y=min(max(self.y, 0), shape[0]))


def fit(
    shape: tuple[int, int], size: QSizeF, margin: float = 12, like: Viewport | None = None
) -> Viewport:
    """The whole scene (H, W) in a pane, turned ``like`` another view; small frames are enlarged at
    most eightfold.
    """
    room_x = max(size.width() - 2 * margin, 16)
    room_y = max(size.height() - 2 * margin, 16)
    turned = replace(like or Viewport(0, 0, 1), zoom=1.0)
    across = turned.transform(size).mapRect(QRectF(0, 0, shape[1], shape[0]))
    zoom = min(room_x / across.width(), room_y / across.height(), 8.0)
    return replace(turned, x=shape[1] / 2, y=shape[0] / 2, zoom=max(zoom, SMALLEST))


def next_step(zoom: float, up: bool) -> float:
    """The next round zoom above or below."""
    if up:
        return next((step for step in STEPS if step > zoom * 1.001), LARGEST)
    return next((step for step in reversed(STEPS) if step < zoom / 1.001), SMALLEST)
