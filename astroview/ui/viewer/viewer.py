"""The picture: zoom at the cursor, pan, before and after. Paints what its layers hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
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

from astroview.ui.i18n.translate import tr
from astroview.ui.render.layer import Layer
from astroview.ui.viewer import paint_layers, panes, viewport
from astroview.ui.viewer.gestures import Gestures
from astroview.ui.viewer.paint_layers import Overlay, Placing
from astroview.ui.viewer.panes import Instant, Mode, Pane
from astroview.ui.viewer.viewer_scene import ViewerScene
from astroview.ui.viewer.viewport import Viewport


class Viewer(QWidget):
    """Shows layers; emits where the mouse is and when view or mode change.

    Signals
    -------
    pointed
        (layer, scene point) under the mouse, or (None, None) when it left.
    zoom_changed
        Screen pixels per pixel of the opened frame.
    view_changed
        `Viewport`: moved or zoomed.
    shown_changed
        Other layers are shown.
    stepped
        1 or -1: Tab or Shift+Tab asks for the next or the previous frame.
    pane_clicked
        What the pane shows that was clicked (see `panes`).
    """

    pointed = Signal(object, object)
    zoom_changed = Signal(float)
    view_changed = Signal(object)
    mode_changed = Signal(str)
    shown_changed = Signal()
    stepped = Signal(int)
    pane_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(130, 120)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Picture"))
        self._surround = QColor("#141414")
        self._dropping = False
        self.view = Viewport(0, 0, 1)
        self.mode = Mode.SPLIT
        self.split = 0.5
        self._shown: ViewerScene | None = None
        self._fitted = True
        self._peek = False
        self._step = 0  # of blinking
        self._fade = 0.0  # how far into the next step
        self._overlays: tuple[Overlay, ...] = ()
        self._pointed_at: QPointF | None = None  # by the mouse, while it is here
        self.tool = ""  # which tool has the mouse, see `tool_cursor`
        self.preview_of: Callable[[int], str] = lambda _: ""
        self.gestures = Gestures(self)

    # ---- what is shown -------------------------------------------------------------

    def show_layers(self, shown: ViewerScene | None, keep_view: bool) -> None:
        """Show other layers; ``keep_view`` when they cover the same scene."""
        for layer in self._layers():
            layer.changed.disconnect(self.update)
        self._shown = shown
        for layer in self._layers():
            layer.changed.connect(self.update)
        if shown and (self._fitted or not keep_view):
            self.fit()
        self._ask()
        self.update()
        self.shown_changed.emit()
        self._point_again()

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

    def set_blink_step(self, step: int) -> None:
        """While blinking: show one picture after the other, by a number that counts up."""
        self._step = step
        if self.mode is Mode.BLINK:
            self.update()

    def set_fade(self, part: float) -> None:
        """While blinking: how much of the next picture (0..1) lies over this one."""
        if part != self._fade:
            self._fade = part
            self.update()

    def set_surround(self, colour: str) -> None:
        """The colour around the picture."""
        self._surround = QColor(colour)
        self.update()

    def set_dropping(self, on: bool) -> None:
        """Files hover over the window."""
        self._dropping = on
        self.update()

    def set_split(self, part: float) -> None:
        """Put the split line at this part (0..1) of the width."""
        self.split = min(max(part, 0.0), 1.0)
        self.update()

    def add_overlay(self, overlay: Overlay, below: bool = False) -> None:
        """Paint something over every pane from now on, or below all of that; call `update` when
        it changes.
        """
        self._overlays = (overlay, *self._overlays) if below else (*self._overlays, overlay)
        self.update()

    @property
    def shown(self) -> ViewerScene | None:
        """What is shown now."""
        return self._shown

    @property
    def surround(self) -> QColor:
        """The colour around the picture."""
        return self._surround

    @property
    def fitted(self) -> bool:
        """Whether the whole scene is shown, whatever the size of the window."""
        return self._fitted

    @property
    def paired(self) -> bool:
        """Whether there is a result beside the frame."""
        return self._shown is not None and self._shown.after is not None

    def on_split_line(self, point: QPointF) -> bool:
        """Whether a press there takes the split line."""
        return self.gestures.over_line(point)

    @property
    def visible(self) -> QRectF:
        """The scene rectangle that a pane shows."""
        return self.view.visible(self._pane_size())

    @property
    def split_showing(self) -> bool:
        """Whether a split line is on the picture."""
        return self.paired and self.mode in panes.SPLITS and not self._peek

    @property
    def peeking(self) -> bool:
        """Whether only the original shows, for a moment."""
        return self._peek

    @property
    def settled(self) -> bool:
        """Whether every visible picture is up to date."""
        return all(layer.settled for layer in self._layers())

    # ---- zoom ----------------------------------------------------------------------

    def fit(self) -> None:
        """Show the whole scene; it stays fitted when the window is resized."""
        if self._shown:
            self._move(
                viewport.fit(self._shown.shape, self._pane_size(), like=self.view), fitted=True
            )

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom to so many screen pixels per scene pixel, about a point of the viewer."""
        if self._shown:
            pane = self._pane_at(at) if at else self.panes()[0]
            point = at - pane.area.topLeft() if at else QRectF(QPointF(), pane.area.size()).center()
            self.set_view(self.view.zoomed(zoom / self.view.zoom, point, pane.area.size()))

    def orient(self, turn: float, mirrored: bool) -> None:
        """Turn the picture (degrees, clockwise) about its middle, and mirror it or do not."""
        fitted, wanted = self._fitted, replace(self.view, turn=turn % 360, mirrored=mirrored)
        if wanted == self.view:
            return
        if self._shown is None:
            self.view = wanted
        else:
            self.set_view(wanted)
            if fitted:
                self.fit()

    def zoom_step(self, up: bool) -> None:
        """The next round zoom, about the middle."""
        self.zoom_to(viewport.next_step(self.view.zoom, up))

    def one_to_one(self, factor: float = 1.0) -> None:
        """One frame pixel to one device pixel (times a factor), at the cursor if it is here."""
        at = QPointF(self.mapFromGlobal(self.cursor().pos()))
        inside = self.underMouse() and self.rect().contains(at.toPoint())
        self.zoom_to(factor / self.devicePixelRatioF(), at if inside else None)

    def set_view(self, wanted: Viewport) -> None:
        """Move or zoom; the middle is kept inside the scene."""
        self._move(wanted, fitted=False)

    def _move(self, wanted: Viewport, fitted: bool) -> None:
        if self._shown is None:
            return
        before = self.view
        self.view = wanted.within(self._shown.shape)
        self._fitted = fitted  # before anybody is told
        self._ask()
        self.update()
        if self.view.zoom != before.zoom:
            self.zoom_changed.emit(self.view.zoom)
        if self.view != before:
            self.view_changed.emit(self.view)

    # ---- geometry ------------------------------------------------------------------

    def _layers(self) -> list[Layer]:
        return list(self._shown.layers) if self._shown else []

    def panes(self) -> list[Pane]:
        many = self._shown is not None and bool(self._shown.grid)
        count = self._shown.count if self._shown else 1
        now = Instant(self.mode, self.split, self._peek, self._step)
        return panes.at_instant(now, QSizeF(self.size()), many, count)

    def _following(self, pane: Pane) -> int:
        """What the pane shows at the next step of blinking."""
        assert self._shown is not None
        if self._shown.grid:
            return panes.GRID + (self._step + 1) % self._shown.count
        return panes.AFTER if pane.shows == panes.BEFORE and self._shown.after else panes.BEFORE

    def _pane_size(self) -> QSizeF:
        return self.panes()[0].area.size()

    def _pane_at(self, point: QPointF) -> Pane:
        found = self.panes()
        return next((pane for pane in found if pane.clip.contains(point)), found[0])

    def _layer_of(self, pane: Pane) -> Layer:
        assert self._shown is not None
        return self._shown.layer(pane.shows)

    def placing(self, pane: Pane) -> Placing:
        """Where scene points lie in a pane."""
        return Placing(self.view, pane, self.devicePixelRatioF())

    def placing_at(self, point: QPointF) -> Placing:
        """Where scene points lie in the pane under a point of the viewer."""
        return self.placing(self._pane_at(point))

    @property
    def pane_under_mouse(self) -> int:
        """What the pane shows that the mouse is over; -1 when it is elsewhere."""
        return self._pane_at(self._pointed_at).shows if self._pointed_at is not None else -1

    def layer_at(self, point: QPointF) -> Layer | None:
        """Whose picture is under a point of the viewer."""
        return self._layer_of(self._pane_at(point)) if self._shown else None

    def click(self, point: QPointF) -> None:
        """A click that moved nothing."""
        if self._shown:
            self.pane_clicked.emit(self._pane_at(point).shows)

    def scene_at(self, point: QPointF) -> QPointF:
        """The scene point under a point of the viewer."""
        return self.placing(self._pane_at(point)).scene(point)

    def pointed_at(self, point: QPointF) -> QPointF:
        """The scene point that a mouse there points at, see `Placing.pointed`."""
        return self.placing(self._pane_at(point)).pointed(point)

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
        found = self.panes()
        for pane in found:
            at = self.placing(pane)
            paint_layers.paint_layer(painter, self._layer_of(pane), self._shown.shape, at)
            if self._fade and self.mode is Mode.BLINK and not self._peek:
                painter.setOpacity(self._fade)
                following = self._shown.layer(self._following(pane))
                paint_layers.paint_layer(painter, following, self._shown.shape, at)
                painter.setOpacity(1.0)
            paint_layers.paint_overlays(painter, self._over(pane), at)
        painter.setClipping(False)
        self._paint_labels(painter, found)
        if self.split_showing:
            lively = self.gestures.on_line
            panes.paint_line(painter, self.mode, QSizeF(self.size()), self.split, lively)
        if self._dropping:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor("#e2a336"), 4))
            painter.drawRect(self.rect())

    def _over(self, pane: Pane) -> tuple[Overlay, ...]:
        legend = self._shown.legend if self._shown and pane.shows == panes.SUBTRACTED else None
        return (*self._overlays, legend) if legend else self._overlays

    def show_tool(self, tool: str) -> None:
        """Show at the cursor which tool has the mouse; "" for none."""
        self.tool = tool
        self.unsetCursor()
        self.gestures.show_cursor()

    def ask_for_preview(self, preview_of: Callable[[int], str]) -> None:
        """Let a picture under way name itself where it is painted over a pane: called with what
        the pane shows, it says its name, or "" where it is not.
        """
        self.preview_of = preview_of

    def _paint_labels(self, painter: QPainter, found: list[Pane]) -> None:
        shown = self._shown
        if shown is None or (shown.after is None and not shown.grid):
            return
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.92)
        painter.setFont(font)
        names = [self.preview_of(pane.shows) or shown.label(pane.shows) for pane in found]
        panes.paint_labels(painter, found, names, self.width())
        for pane in found:
            if self.mode is Mode.TILE and pane.shows - panes.GRID == shown.active:
                panes.paint_active(painter, pane)

    # ---- mouse and keys ------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._shown:
            self.gestures.wheel(event)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._shown:
            self.gestures.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._shown:
            self.gestures.move(event)
            self._point(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.gestures.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.gestures.double_click(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """A picture may come under a cursor that rests."""
        self._point(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self._pointed_at = None
        self.pointed.emit(None, None)
        self.gestures.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.gestures.key(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        self.stepped.emit(1 if forward else -1)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        (self.fit if self._fitted else self._ask)()

    def _point_again(self) -> None:
        """What is under a cursor that rests is another pixel now."""
        if self._pointed_at is not None:
            self._point(self._pointed_at)

    def _point(self, point: QPointF) -> None:
        self._pointed_at = point
        if self._shown is not None:
            scene, (height, width) = self.pointed_at(point), self._shown.shape
            if 0 <= scene.x() < width and 0 <= scene.y() < height:
                self.pointed.emit(self._layer_of(self._pane_at(point)), scene)
                return
        self.pointed.emit(None, None)
