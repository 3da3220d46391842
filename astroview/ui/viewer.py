"""The picture: zoom at the cursor, pan, before and after. Paints what its layers hold."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from astroview.ui import compare, view
from astroview.ui.compare import Mode, Pane
from astroview.ui.layer import Layer
from astroview.ui.sampling import Patch
from astroview.ui.view import View

WHEEL_STEP = 1.25  # zoom per wheel click


@dataclass(frozen=True)
class Shown:
    """What the viewer shows: a frame, and a result on the same scene if there is one."""

    shape: tuple[int, int]  # of the scene: the frame that was opened
    before: Layer
    after: Layer | None = None
    after_label: str = ""


class Viewer(QWidget):
    """Shows layers; emits where the mouse is and when zoom or mode change.

    Signals
    -------
    pointed
        (layer, scene point) under the mouse, or (None, None) when it left.
    zoom_changed
        Screen pixels per pixel of the opened frame.
    stepped
        1 or -1: Tab or Shift+Tab asks for the next or the previous frame.
    """

    pointed = Signal(object, object)
    zoom_changed = Signal(float)
    mode_changed = Signal(str)
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Picture")
        self._surround = QColor("#141414")
        self._dropping = False
        self.view = View(0, 0, 1)
        self.mode = Mode.SPLIT
        self.split = 0.5
        self._shown: Shown | None = None
        self._fitted = True
        self._peek = False
        self._drag: QPointF | None = None
        self._on_line = False
        self._dragging_line = False

    # ---- what is shown -------------------------------------------------------------

    def show_layers(self, shown: Shown | None, keep_view: bool) -> None:
        """Show other layers; ``keep_view`` when they cover the same scene."""
        for layer in self._layers():
            layer.changed.disconnect(self.update)
        self._shown = shown
        for layer in self._layers():
            layer.changed.connect(self.update)
        if shown and not keep_view:
            self.fit()
        self._ask()
        self.update()

    def set_mode(self, mode: Mode) -> None:
        """Choose how before and after share the viewer."""
        if mode is not self.mode:
            refit = self._fitted
            self.mode = mode
            if refit:
                self.fit()
            self._ask()
            self.update()
            self.mode_changed.emit(mode.value)

    def set_peek(self, on: bool) -> None:
        """Show only the original while on."""
        if on is not self._peek:
            self._peek = on
            self.update()

    def set_surround(self, colour: str) -> None:
        """The colour around the picture."""
        self._surround = QColor(colour)
        self.update()

    def set_dropping(self, on: bool) -> None:
        """Files hover over the window."""
        self._dropping = on
        self.update()

    @property
    def settled(self) -> bool:
        """Whether every visible picture is up to date."""
        return all(layer.settled for layer in self._layers())

    # ---- zoom ----------------------------------------------------------------------

    def fit(self) -> None:
        """Show the whole scene; it stays fitted when the window is resized."""
        if self._shown:
            self._set_view(view.fit(self._shown.shape, self._pane_size()))
            self._fitted = True

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom to so many screen pixels per scene pixel, about a point of the viewer."""
        if self._shown:
            pane = self._pane_at(at) if at else self._panes()[0]
            point = at - pane.area.topLeft() if at else QPointF(*_middle(pane.area.size()))
            self._set_view(self.view.zoomed(zoom / self.view.zoom, point, pane.area.size()))

    def zoom_step(self, up: bool) -> None:
        """The next round zoom, about the middle."""
        self.zoom_to(view.next_step(self.view.zoom, up))

    def one_to_one(self, factor: float = 1.0) -> None:
        """One frame pixel to one device pixel (times a factor), at the cursor if it is here."""
        at = QPointF(self.mapFromGlobal(self.cursor().pos()))
        inside = self.underMouse() and self.rect().contains(at.toPoint())
        self.zoom_to(factor / self.devicePixelRatioF(), at if inside else None)

    def _set_view(self, wanted: View) -> None:
        if self._shown is None:
            return
        zoom_before = self.view.zoom
        self.view = wanted.within(self._shown.shape)
        self._fitted = False
        self._ask()
        self.update()
        if self.view.zoom != zoom_before:
            self.zoom_changed.emit(self.view.zoom)

    # ---- geometry ------------------------------------------------------------------

    def _layers(self) -> list[Layer]:
        if self._shown is None:
            return []
        return [layer for layer in (self._shown.before, self._shown.after) if layer]

    def _panes(self) -> list[Pane]:
        paired = self._shown is not None and self._shown.after is not None
        mode = Mode.ORIGINAL if self._peek and self.mode is not Mode.SIDE else self.mode
        return compare.panes(mode, QSizeF(self.size()), self.split, paired)

    def _pane_size(self) -> QSizeF:
        return self._panes()[0].area.size()

    def _pane_at(self, point: QPointF) -> Pane:
        found = self._panes()
        return next((pane for pane in found if pane.clip.contains(point)), found[0])

    def _layer_of(self, pane: Pane) -> Layer:
        assert self._shown is not None
        return self._shown.after if pane.after and self._shown.after else self._shown.before

    def scene_at(self, point: QPointF) -> QPointF:
        """The scene point under a point of the viewer."""
        pane = self._pane_at(point)
        return self.view.to_scene(point - pane.area.topLeft(), pane.area.size())

    def _ask(self) -> None:
        """Tell the layers which region at which zoom is wished for."""
        visible = self.view.visible(self._pane_size())
        for layer in self._layers():
            layer.show_region(visible, self.view.zoom * self.devicePixelRatioF())

    # ---- painting ------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._surround)
        if self._shown is None:
            return
        found = self._panes()
        for pane in found:
            self._paint_pane(painter, pane)
        painter.setClipping(False)
        self._paint_labels(painter, found)
        if self._shown.after and self.mode is Mode.SPLIT and not self._peek:
            compare.paint_line(painter, QSizeF(self.size()), self.split, self._on_line)
        if self._dropping:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor("#e2a336"), 4))
            painter.drawRect(self.rect())

    def _paint_pane(self, painter: QPainter, pane: Pane) -> None:
        layer = self._layer_of(pane)
        scene = (
            QRectF(0, 0, self._shown.shape[1], self._shown.shape[0]) if self._shown else QRectF()
        )
        frame = self._place(scene, pane)
        painter.setClipRect(pane.clip.intersected(frame))
        for patch in layer.patches:
            self._paint_patch(painter, patch, layer, pane)

    def _paint_patch(self, painter: QPainter, patch: Patch, layer: Layer, pane: Pane) -> None:
        scale = layer.per_scene
        covers = patch.covers
        scene = QRectF(
            covers.x() / scale, covers.y() / scale, covers.width() / scale, covers.height() / scale
        )
        target = self._place(scene, pane)
        enlarged = target.width() * self.devicePixelRatioF() >= patch.image.width() - 0.5
        crisp = enlarged and patch.reduction == 1
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not crisp)
        painter.drawImage(target, patch.image, QRectF(patch.image.rect()))

    def _place(self, scene: QRectF, pane: Pane) -> QRectF:
        placed = self.view.to_screen(scene, pane.area.size(), self.devicePixelRatioF())
        return placed.translated(pane.area.topLeft())

    def _paint_labels(self, painter: QPainter, found: list[Pane]) -> None:
        if self._shown is None or self._shown.after is None:
            return
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.92)
        painter.setFont(font)
        for pane in found:
            text = self._shown.after_label if pane.after else "Original"
            compare.paint_label(painter, pane, text, right=pane.after and len(found) > 1)

    # ---- mouse and keys ------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        clicks = event.angleDelta().y() / 120
        if clicks and self._shown:
            self.zoom_to(self.view.zoom * WHEEL_STEP**clicks, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._shown is None:
            return
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragging_line = self._over_line(event.position())
            self._drag = event.position()
        elif event.button() == Qt.MouseButton.MiddleButton:
            scene = self.scene_at(event.position())
            self._set_view(View(scene.x(), scene.y(), self.view.zoom))
        self._show_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._shown is None:
            return
        point = event.position()
        if self._drag is not None and self._dragging_line:
            self.split = min(max(point.x() / max(self.width(), 1), 0.0), 1.0)
            self.update()
        elif self._drag is not None:
            moved = point - self._drag
            self._set_view(self.view.moved(moved.x(), moved.y()))
            self._drag = point
        elif self._over_line(point) is not self._on_line:
            self._on_line = not self._on_line
            self.update()
        self._show_cursor()
        self._point(point)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag, self._dragging_line = None, False
            self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._over_line(event.position()):
            self.split = 0.5
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None, None)
        if self._on_line:
            self._on_line = False
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = 0.5 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0.1
        moves = {
            Qt.Key.Key_Left: (1, 0),
            Qt.Key.Key_Right: (-1, 0),
            Qt.Key.Key_Up: (0, 1),
            Qt.Key.Key_Down: (0, -1),
        }
        if event.key() in moves:
            dx, dy = moves[Qt.Key(event.key())]
            self._set_view(self.view.moved(dx * self.width() * step, dy * self.height() * step))
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        self.stepped.emit(1 if forward else -1)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._fitted:
            self.fit()
        else:
            self._ask()

    def _over_line(self, point: QPointF) -> bool:
        paired = self._shown is not None and self._shown.after is not None
        on = paired and self.mode is Mode.SPLIT and not self._peek
        return on and compare.touches(point, QSizeF(self.size()), self.split)

    def _show_cursor(self) -> None:
        if self._dragging_line or (self._on_line and self._drag is None):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        elif self._drag is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            self.setCursor(Qt.CursorShape.CrossCursor)

    def _point(self, point: QPointF) -> None:
        if self._shown is None:
            return
        scene = self.scene_at(point)
        height, width = self._shown.shape
        if 0 <= scene.x() < width and 0 <= scene.y() < height:
            self.pointed.emit(self._layer_of(self._pane_at(point)), scene)
        else:
            self.pointed.emit(None, None)


def _middle(size: QSizeF) -> tuple[float, float]:
    return size.width() / 2, size.height() / 2
