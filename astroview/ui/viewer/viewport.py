"""Which part of the sky the viewer shows, as plain numbers.

Legend: *scene* coordinates are pixels of the frame that was opened, (0, 0) at the top left
corner of the top left pixel; *screen* coordinates are logical pixels of a pane. A result with
``scale`` 2 covers the same scene with twice as many pixels, so it registers exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF

LARGEST = 64.0  # zoom limits, screen pixels per scene pixel
SMALLEST = 1 / 256
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
    """The scene point in the middle of a pane, and the zoom."""

    x: float
    y: float
    zoom: float

    def to_scene(self, point: QPointF, size: QSizeF) -> QPointF:
        """Scene coordinates of a screen point in a pane of that size."""
        return QPointF(
            self.x + (point.x() - size.width() / 2) / self.zoom,
            self.y + (point.y() - size.height() / 2) / self.zoom,
        )

    def to_screen(self, rect: QRectF, size: QSizeF, ratio: float = 1.0) -> QRectF:
        """Where a scene rectangle lies on a pane.

        The origin is put on a whole device pixel (``ratio`` device pixels per logical one), so
        that 1:1 shows each pixel of the frame as exactly one of the screen.
        """
        left = round((size.width() / 2 - self.x * self.zoom) * ratio) / ratio
        top = round((size.height() / 2 - self.y * self.zoom) * ratio) / ratio
        return QRectF(
            left + rect.x() * self.zoom,
            top + rect.y() * self.zoom,
            rect.width() * self.zoom,
            rect.height() * self.zoom,
        )

    def visible(self, size: QSizeF) -> QRectF:
        """The scene rectangle that a pane of that size shows."""
        width, height = size.width() / self.zoom, size.height() / self.zoom
        return QRectF(self.x - width / 2, self.y - height / 2, width, height)

    def zoomed(self, factor: float, at: QPointF, size: QSizeF) -> Viewport:
        """Zoom by a factor; the scene point under ``at`` stays where it is."""
        zoom = min(max(self.zoom * factor, SMALLEST), LARGEST)
        fixed = self.to_scene(at, size)
        return Viewport(
            fixed.x() - (at.x() - size.width() / 2) / zoom,
            fixed.y() - (at.y() - size.height() / 2) / zoom,
            zoom,
        )

    def moved(self, dx: float, dy: float) -> Viewport:
        """The picture dragged by so many screen pixels."""
        return replace(self, x=self.x - dx / self.zoom, y=self.y - dy / self.zoom)

    def within(self, shape: tuple[int, int]) -> Viewport:
        """The same view with its middle kept inside a scene of (H, W)."""
        return replace(self, x=min(max(self.x, 0), shape[1]), y=min(max(self.y, 0), shape[0]))


def fit(shape: tuple[int, int], size: QSizeF, margin: float = 12) -> Viewport:
    """The whole scene (H, W) in a pane; small frames are enlarged at most eightfold."""
    room_x = max(size.width() - 2 * margin, 16)
    room_y = max(size.height() - 2 * margin, 16)
    zoom = min(room_x / shape[1], room_y / shape[0], 8.0)
    return Viewport(shape[1] / 2, shape[0] / 2, max(zoom, SMALLEST))


def next_step(zoom: float, up: bool) -> float:
    """The next round zoom above or below."""
    if up:
        return next((step for step in STEPS if step > zoom * 1.001), LARGEST)
    return next((step for step in reversed(STEPS) if step < zoom / 1.001), SMALLEST)
