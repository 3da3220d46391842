"""The tool in hand: what mouse and keys on the viewer do while one is taken up."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from astroview.ui.documents.comparison import Mode
from astroview.ui.render.layer import Layer
from astroview.ui.viewer import panes
from astroview.ui.viewer.overlays.marks import Form, Mark, Marks
from astroview.ui.viewer.viewer import Viewer

REACH = 9.0  # points of the screen within which an end is taken
STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class ActiveTool(QObject):
    """Takes the mouse before the viewer does, and draws a mark with it.

    Signals
    -------
    marked
        (`Layer`, `Mark`, final): the mark on a picture changed; final when the mouse let go.
    """

    marked = Signal(object, object, bool)

    def __init__(self, viewer: Viewer, marks: Marks) -> None:
        super().__init__(viewer)
        self._viewer, self._marks = viewer, marks
        self.form: Form | None = None
        self._held: int | None = None  # which point of the mark is being dragged
        self._layer: Layer | None = None
        viewer.installEventFilter(self)

    def take(self, form: Form | None) -> None:
        """Take up a tool; None lays it aside."""
        if form != self.form:
            self.form, self._held = form, None
            self._marks.mark = None
            self._viewer.update()

    def put(self, mark: Mark | None) -> None:
        """Show a mark as measured."""
        self._marks.mark = mark
        self._viewer.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.form is None or self._viewer.shown is None:
            return False
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    # ---- mouse -------------------------------------------------------------------------

    def _mouse(self, event: QMouseEvent) -> bool:
        left = event.button() == Qt.MouseButton.LeftButton
        if event.type() == QEvent.Type.MouseButtonPress and left:
            return self._press(event.position())
        if event.type() == QEvent.Type.MouseMove and self._held is not None:
            self._drag(event.position(), final=False)
        elif event.type() == QEvent.Type.MouseButtonRelease and left and self._held is not None:
            self._drag(event.position(), final=True)
            self._held = None
            return True
        return False

    def _press(self, point: QPointF) -> bool:
        viewer = self._viewer
        size = QSizeF(viewer.size())
        if viewer.split_showing and panes.touches(viewer.mode, point, size, viewer.split):
            return False
        viewer.setFocus(Qt.FocusReason.MouseFocusReason)
        self._layer, scene = viewer.layer_at(point), viewer.scene_at(point)
        self._held = self._end_near(point)
        if self._held is None:
            self._held = 1
            self._marks.mark = Mark(self.form or "line", (scene, scene))
        if self.form == "star":
            self._held = 1
            self._marks.mark = Mark("star", (scene,))
        viewer.update()
        return True

    def _end_near(self, point: QPointF) -> int | None:
        """The end of the mark under the mouse."""
        mark = self._marks.mark
        if mark is None or mark.form == "star":
            return None
        at = self._viewer.placing_at(point)
        reached = [
            i
            for i, end in enumerate(mark.points)
            if (at.point(end) - point).manhattanLength() <= REACH
        ]
        return reached[0] if reached else None

    def _drag(self, point: QPointF, final: bool) -> None:
        mark, layer = self._marks.mark, self._layer
        if mark is None or layer is None or self._held is None:
            return
        scene = self._viewer.scene_at(point)
        points = (scene,) if mark.form == "star" else _with(mark.points, self._held, scene)
        self.put(Mark(mark.form, points))
        if mark.form != "star" and points[0] == points[-1]:
            if final:
                self.put(None)  # a click, not a drag
            return
        if final or mark.form != "star":
            self._say(final)

    def _say(self, final: bool) -> None:
        self.marked.emit(self._layer, self._marks.mark, final)

    # ---- keyboard ----------------------------------------------------------------------

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._begin()
            return True
        if event.key() not in STEPS or self._marks.mark is None or self._layer is None:
            return False
        dx, dy = STEPS[Qt.Key(event.key())]
        large = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = (10.0 if large else 1.0) / self._layer.per_scene
        by, mark = QPointF(dx * step, dy * step), self._marks.mark
        points = tuple(point + by for point in mark.points)
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:  # the end alone
            points = (*mark.points[:-1], mark.points[-1] + by)
        self.put(Mark(mark.form, points))
        self._say(final=True)
        return True

    def _begin(self) -> None:
        """A mark in the middle of what is seen."""
        viewer = self._viewer
        middle = QPointF(viewer.width() / 2, viewer.height() / 2)
        if viewer.mode is Mode.SPLIT and viewer.paired:  # left of the split line: the original
            middle.setX(viewer.width() * viewer.split / 2)
        self._layer, scene = viewer.layer_at(middle), viewer.scene_at(middle)
        reach = min(viewer.width(), viewer.height()) / viewer.view.zoom / 8
        across = QPointF(reach, 0 if self.form == "line" else reach)
        points = (scene,) if self.form == "star" else (scene - across, scene + across)
        self.put(Mark(self.form or "line", points))
        self._say(final=True)


def _with(points: tuple[QPointF, ...], index: int, point: QPointF) -> tuple[QPointF, ...]:
    return tuple(point if i == index else old for i, old in enumerate(points))
