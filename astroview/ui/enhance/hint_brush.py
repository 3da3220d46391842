"""The brush on the picture: sets, moves and deletes colour hints, and picks colours up."""

from __future__ import annotations

from math import hypot

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication

from astroview.core.colour import colour_space
from astroview.core.colour_hints import Colouring, Hint
from astroview.core.frame import Frame, Window
from astroview.ui.enhance.hint_bar import Chroma, HintBar, colour_of
from astroview.ui.viewer.paint_layers import Placing
from astroview.ui.viewer.viewer import Viewer

MARK = 7.0  # radius of a marker, screen pixels
REACH = 11.0  # so far from its middle a press still takes it
DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class HintBrush(QObject):
    """Takes the mouse on the viewer while it is in hand, and shows the hints.

    Signals
    -------
    changed : (`Colouring`, what was done in words); by the user
    """

    changed = Signal(object, str)

    def __init__(self, viewer: Viewer, bar: HintBar) -> None:
        super().__init__(viewer)
        self._viewer, self._bar = viewer, bar
        self._colouring = Colouring()
        self._selected: int | None = None
        self._grip = QPointF()  # from the selected one's place to where it was taken
        self._dragged: Hint | None = None  # where the selected one is being moved to
        viewer.installEventFilter(self)
        viewer.add_overlay(self)
        bar.painting.connect(self._taken_up)

    def show_colouring(self, colouring: Colouring) -> None:
        """The hints of the frame that is looked at."""
        if colouring != self._colouring:
            self._colouring = colouring
            if self._selected is not None and self._selected >= len(colouring.hints):
                self._selected = None
            self._viewer.update()

    def remove_selected(self) -> None:
        """Delete the hint that was touched last."""
        if self._selected is not None:
            changed = self._colouring.without_hint(self._selected)
            self._selected = None
            self.changed.emit(changed, "hint")

    # ---- painting ----------------------------------------------------------------------

    def paint(self, painter: QPainter, at: Placing) -> None:
        """Markers, in every pane, while the brush is in hand."""
        if not self._bar.is_painting:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for i, hint in enumerate(self._shown()):
            middle = at.point(QPointF(hint.x, hint.y))
            if hint.path:
                self._paint_stroke(painter, hint, at)
            if i == self._selected:
                reach = hint.radius * at.view.zoom
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(0, 0, 0, 150), 3))
                painter.drawEllipse(middle, reach, reach)
                painter.setPen(QPen(QColor(255, 255, 255, 200), 1, Qt.PenStyle.DashLine))
                painter.drawEllipse(middle, reach, reach)
            painter.setBrush(colour_of((hint.a, hint.b)))
            painter.setPen(QPen(QColor(0, 0, 0, 170), 4))
            painter.drawEllipse(middle, MARK, MARK)
            painter.setPen(QPen(QColor("#ffffff"), 2))
            painter.drawEllipse(middle, MARK, MARK)

    def _paint_stroke(self, painter: QPainter, hint: Hint, at: Placing) -> None:
        """The way of a stroke, as wide as its disc."""
        places = ((hint.x, hint.y), *hint.path)
        way = QPolygonF([at.point(QPointF(x, y)) for x, y in places])
        colour = colour_of((hint.a, hint.b))
        colour.setAlpha(120)
        width = max(2 * hint.radius * at.view.zoom, 2.0)
        round_ = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(QPen(colour, width, *round_))
        painter.drawPolyline(way)

    def _shown(self) -> tuple[Hint, ...]:
        if self._selected is None or self._dragged is None:
            return self._colouring.hints
        if self._selected == len(self._colouring.hints):
            return (*self._colouring.hints, self._dragged)
        return self._colouring.moved(self._selected, self._dragged).hints

    # ---- the mouse ---------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._viewer.shown is None or not self._bar.is_painting:
            return False
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _mouse(self, event: QMouseEvent) -> bool:
        kind, left = event.type(), Qt.MouseButton.LeftButton
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            if event.button() == left:
                return self._press(event.position())
            return event.button() == Qt.MouseButton.RightButton and self._delete_at(event)
        if kind == QEvent.Type.MouseMove and self._dragged is not None:
            self._drag(event.position())
            return False  # what is under the mouse is read all the while
        if kind == QEvent.Type.MouseButtonRelease and event.button() == left:
            return self._release()
        return False

    def _press(self, point: QPointF) -> bool:
        if self._viewer.on_split_line(point):
            return False
        scene = self._viewer.scene_at(point)
        if self._bar.is_picking:
            self._pick(scene)
            return True
        found = self._at(scene)
        if found is not None:
            self._selected, self._dragged = found, self._colouring.hints[found]
            hint, on_stroke = self._dragged, bool(self._dragged.path)
            self._grip = scene - QPointF(hint.x, hint.y) if on_stroke else QPointF()
        elif self._inside(scene):
            radius = max(self._bar.size_px / 2 / self._viewer.view.zoom, 0.5)
            self._selected = len(self._colouring.hints)
            self._dragged = Hint(scene.x(), scene.y(), *self._bar.chroma, radius)
        self._viewer.update()
        return True

    def _drag(self, point: QPointF) -> None:
        scene = self._viewer.scene_at(point)
        if self._dragged is None or not self._inside(scene):
            return
        if self._selected != len(self._colouring.hints):
            self._dragged = self._dragged.moved_to(
                scene.x() - self._grip.x(), scene.y() - self._grip.y()
            )
        elif self._far(scene):
            self._dragged = self._dragged.drawn_to(scene.x(), scene.y())
        self._viewer.update()

    def _far(self, scene: QPointF) -> bool:
        """Whether a stroke has come so far since its last place that it gets another."""
        hint = self._dragged
        if hint is None:
            return False
        x, y = hint.path[-1] if hint.path else (hint.x, hint.y)
        return hypot(x - scene.x(), y - scene.y()) >= max(
            hint.radius, MARK / self._viewer.view.zoom
        )

    def _release(self) -> bool:
        dragged, self._dragged = self._dragged, None
        if dragged is None or self._selected is None:
            return False
        old = self._colouring
        if self._selected == len(old.hints):
            self.changed.emit(old.with_hint(dragged), "hint")
        elif dragged != old.hints[self._selected]:
            self.changed.emit(old.moved(self._selected, dragged), "hint")
        return True

    def _delete_at(self, event: QMouseEvent) -> bool:
        found = self._at(self._viewer.scene_at(event.position()))
        if found is None:
            return False
        self._selected = found
        self.remove_selected()
        return True

    def _key(self, event: QKeyEvent) -> bool:
        """Delete and Escape belong to the brush while it is in hand."""
        wanted = DELETE if self._selected is not None else ()
        if event.key() not in (*wanted, Qt.Key.Key_Escape):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress and event.key() in DELETE:
            self.remove_selected()
        elif event.type() == QEvent.Type.KeyPress:
            self._bar.set_painting(on=False)
        return True

    def _at(self, scene: QPointF) -> int | None:
        """The hint at a scene point; the topmost one."""
        reach = REACH / self._viewer.view.zoom
        hints = list(enumerate(self._colouring.hints))
        near = (
            i
            for i, h in reversed(hints)
            if any(hypot(x - scene.x(), y - scene.y()) <= reach for x, y in ((h.x, h.y), *h.path))
        )
        return next(near, None)

    def _inside(self, scene: QPointF) -> bool:
        shown = self._viewer.shown
        return bool(shown and 0 <= scene.x() < shown.shape[1] and 0 <= scene.y() < shown.shape[0])

    def _pick(self, scene: QPointF) -> None:
        shown = self._viewer.shown
        if shown and self._inside(scene):
            layer = shown.after or shown.before
            self._bar.take_colour(chroma_at(layer.frame, scene, layer.per_scene))

    def _taken_up(self, on: bool) -> None:
        self._selected = self._dragged = None
        self._viewer.show_tool("hints" if on else "")
        self._viewer.update()
        if on and QApplication.focusWidget() is not None:
            self._viewer.setFocus()


def chroma_at(frame: Frame, scene: QPointF, scale: float) -> Chroma:
    """The mean painted chroma of the 3 x 3 pixels around a scene point; neutral without any."""
    window = Window(int(scene.y() * scale) - 1, int(scene.x() * scale) - 1, 3, 3)
    window = window.clip(frame.shape)
    if frame.channels == 3 and frame.full_scale:
        rgb = np.nan_to_num(frame.read(window)) / np.float32(frame.full_scale)
        found = colour_space.srgb_to_oklab(np.clip(rgb, 0, 1))[..., 1:]
    else:
        found = frame.read_chroma(window)
    a, b = found.reshape(-1, 2).mean(0)
    return float(a), float(b)
