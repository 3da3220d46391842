"""What the mouse and the arrow keys do to the viewer.

To take the mouse first (a tool that draws, a stretch changed by dragging), install an event
filter on the viewer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from astroview.ui import compare
from astroview.ui.compare import Mode
from astroview.ui.view import View

if TYPE_CHECKING:
    from astroview.ui.viewer import Viewer

WHEEL_STEP = 1.25  # zoom per wheel click
MOVES = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class Gestures:
    """Left-drag pans or moves the split line, the wheel zooms, middle-click centres."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._drag: QPointF | None = None
        self._dragging_line = False
        self.on_line = False  # the mouse is over the split line

    def wheel(self, event: QWheelEvent) -> None:
        clicks = event.angleDelta().y() / 120
        if clicks:
            self._viewer.zoom_to(self._viewer.view.zoom * WHEEL_STEP**clicks, event.position())

    def press(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragging_line = self._over_line(event.position())
            self._drag = event.position()
        elif event.button() == Qt.MouseButton.MiddleButton:
            scene = self._viewer.scene_at(event.position())
            self._viewer.set_view(View(scene.x(), scene.y(), self._viewer.view.zoom))
        self._show_cursor()

    def move(self, event: QMouseEvent) -> None:
        point, viewer = event.position(), self._viewer
        if self._drag is not None and self._dragging_line:
            viewer.set_split(point.x() / max(viewer.width(), 1))
        elif self._drag is not None:
            moved = point - self._drag
            viewer.set_view(viewer.view.moved(moved.x(), moved.y()))
            self._drag = point
        elif self._over_line(point) is not self.on_line:
            self.on_line = not self.on_line
            viewer.update()
        self._show_cursor()

    def release(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag, self._dragging_line = None, False
            self._show_cursor()

    def double_click(self, event: QMouseEvent) -> None:
        if self._over_line(event.position()):
            self._viewer.set_split(0.5)

    def leave(self) -> None:
        if self.on_line:
            self.on_line = False
            self._viewer.update()

    def key(self, event: QKeyEvent) -> bool:
        """Whether the key was one of ours."""
        if event.key() not in MOVES:
            return False
        viewer = self._viewer
        step = 0.5 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0.1
        dx, dy = MOVES[Qt.Key(event.key())]
        viewer.set_view(viewer.view.moved(dx * viewer.width() * step, dy * viewer.height() * step))
        return True

    def _over_line(self, point: QPointF) -> bool:
        viewer = self._viewer
        if not viewer.paired or viewer.mode is not Mode.SPLIT or viewer.peeking:
            return False
        return compare.touches(point, QSizeF(viewer.size()), viewer.split)

    def _show_cursor(self) -> None:
        if self._dragging_line or (self.on_line and self._drag is None):
            self._viewer.setCursor(Qt.CursorShape.SplitHCursor)
        elif self._drag is not None:
            self._viewer.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            self._viewer.setCursor(Qt.CursorShape.CrossCursor)
