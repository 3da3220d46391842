"""What the mouse and the arrow keys do to the viewer.

To take the mouse first (a tool that draws, a stretch changed by dragging), install an event
filter on the viewer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from astroview.ui.documents.comparison import Mode
from astroview.ui.viewer import panes
from astroview.ui.viewer.tool_cursor import tool_cursor

if TYPE_CHECKING:
    from astroview.ui.viewer.viewer import Viewer

Preset = Literal["photo", "ds9"]
CLICK = 4.0  # points that the mouse may move while it clicks
WHEEL_STEP = 1.25  # zoom per wheel click
MOVES = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class Gestures:
    """The wheel zooms and middle-click centres; what the other buttons do is a preset's choice.

    ``photo``: left-drag pans. ``ds9``: left-drag is left to tools (pointer, regions). In both,
    the split line can be dragged and middle-drag pans (right-drag is the display's).
    """

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._drag: QPointF | None = None
        self._pressed: QPointF | None = None
        self._does: Literal["line", "pan", ""] = ""
        self._preset: Preset = "photo"
        self.on_line = False  # the mouse is over the split line
        self.hover: Qt.CursorShape | None = None  # over something that a press would take

    @property
    def preset(self) -> Preset:
        """Whose habits the mouse follows."""
        return self._preset

    def set_preset(self, preset: Preset) -> None:
        """Follow other habits from now on."""
        self._preset = preset
        self.show_cursor()

    def wheel(self, event: QWheelEvent) -> None:
        clicks = event.angleDelta().y() / 120
        if clicks:
            self._viewer.zoom_to(self._viewer.view.zoom * WHEEL_STEP**clicks, event.position())

    def press(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            pans = "pan" if self._preset == "photo" else ""
            self._begin("line" if self.over_line(event.position()) else pans, event)
        elif event.button() == Qt.MouseButton.MiddleButton:
            scene = self._viewer.scene_at(event.position())
            self._viewer.set_view(self._viewer.view.at(scene.x(), scene.y()))
            self._begin("pan", event)

    def _begin(self, does: Literal["line", "pan", ""], event: QMouseEvent) -> None:
        self._does, self._drag = does, event.position()
        self.show_cursor()

    def move(self, event: QMouseEvent) -> None:
        point, viewer = event.position(), self._viewer
        if self._drag is None:
            if self.over_line(point) is not self.on_line:
                self.on_line = not self.on_line
                viewer.update()
        elif self._does == "line":
            viewer.set_split(panes.part_at(viewer.mode, QSizeF(viewer.size()), point))
        elif self._does == "pan":
            moved = point - self._drag
            self._drag = point
            viewer.set_view(viewer.view.moved(moved.x(), moved.y()))
        self.show_cursor()

    def release(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is not None and (event.position() - pressed).manhattanLength() < CLICK:
            self._viewer.click(event.position())
        if not event.buttons():
            self._drag, self._does = None, ""
            self.show_cursor()

    def double_click(self, event: QMouseEvent) -> None:
        if self.over_line(event.position()):
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

    def over_line(self, point: QPointF) -> bool:
        """Whether a press there takes the split line."""
        viewer = self._viewer
        size = QSizeF(viewer.size())
        return viewer.split_showing and panes.touches(viewer.mode, point, size, viewer.split)

    def show_cursor(self) -> None:
        shape, tool = Qt.CursorShape.CrossCursor, self._viewer.tool
        if self._does == "line" or (self.on_line and self._drag is None):
            upright = self._viewer.mode is Mode.SPLIT
            shape = Qt.CursorShape.SplitHCursor if upright else Qt.CursorShape.SplitVCursor
        elif self._does == "pan":
            shape = Qt.CursorShape.ClosedHandCursor
        elif self.hover is not None:
            shape = self.hover
        elif tool:
            self._viewer.setCursor(tool_cursor(tool, self._viewer.devicePixelRatioF()))
            return
        if self._viewer.cursor().shape() != shape:
            self._viewer.setCursor(shape)
