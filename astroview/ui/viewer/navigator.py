"""Two small views below the list of frames: the whole frame, and the pixels under the mouse."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from astroview.core.frame import Frame
from astroview.ui.i18n.translate import tr
from astroview.ui.process.latest_only import Latest
from astroview.ui.render import sampling
from astroview.ui.render.layer import Layer
from astroview.ui.render.rendering import Look
from astroview.ui.render.sampling import Patch
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.widgets.controls import label

HEIGHT = 132
CELLS = 15  # pixels across the magnifier's shorter side


class Panner(QWidget):
    """The whole frame and what of it the viewer shows; click or drag to go there."""

    def __init__(self, viewer: Viewer) -> None:
        super().__init__()
        self._viewer = viewer
        self._layer: Layer | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(tr("The whole frame: click or drag to look there"))
        self.setAccessibleName(tr("Panner"))
        viewer.view_changed.connect(lambda _: self.update())
        viewer.shown_changed.connect(self._follow)

    def sizeHint(self) -> QSize:
        return QSize(160, HEIGHT)

    def _follow(self) -> None:
        layer = self._viewer.shown.before if self._viewer.shown else None
        if layer is not self._layer:
            if self._layer is not None:
                self._layer.changed.disconnect(self.update)
            if layer is not None:
                layer.changed.connect(self.update)
            self._layer = layer
        self.update()

    def _place(self) -> QRectF:
        """Where the frame lies in this widget."""
        assert self._viewer.shown is not None
        height, width = self._viewer.shown.shape
        size = QSizeF(width, height).scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(QPointF(0, 0), size)
        place.moveCenter(QRectF(self.rect()).center())
        return place

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._viewer.surround)
        shown = self._viewer.shown
        if shown is None or not shown.before.patches:
            return
        place, patch = self._place(), shown.before.patches[0]
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, patch.image, QRectF(patch.image.rect()))
        k = place.width() / shown.shape[1]
        to_here = QTransform(k, 0, 0, k, place.left(), place.top())
        size = QSizeF(self._viewer.size())
        seen = (
            self._viewer.view.transform(size).inverted()[0].map(QPolygonF(QRectF(QPointF(), size)))
        )
        box = to_here.map(seen).intersected(QPolygonF(place.adjusted(0, 0, -1, -1)))
        for colour, width in ((QColor(0, 0, 0, 150), 3.0), (QColor("#ffc04d"), 1.4)):
            painter.setPen(QPen(colour, width))
            painter.drawPolygon(box)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)

    def _go(self, event: QMouseEvent) -> None:
        if self._viewer.shown is None:
            return
        place = self._place()
        k = self._viewer.shown.shape[1] / max(place.width(), 1)
        at = (event.position() - place.topLeft()) * k
        self._viewer.set_view(self._viewer.view.at(at.x(), at.y()))


class Magnifier(QWidget):
    """The frame's own pixels around the mouse, each as a square."""

    def __init__(self, viewer: Viewer, latest: Latest) -> None:
        super().__init__()
        self._viewer, self._latest = viewer, latest
        self._layer: Layer | None = None  # that is magnified, and how it looked then
        self._look: Look | None = None
        self._patch: Patch | None = None
        self._middle = QPointF()  # in pixels of the frame
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(tr("The pixels around the mouse"))
        self.setAccessibleName(tr("Magnifier"))
        viewer.pointed.connect(self._point)
        viewer.shown_changed.connect(self._follow)

    def sizeHint(self) -> QSize:
        return QSize(160, HEIGHT)

    @property
    def patch(self) -> Patch | None:
        """The picture that is magnified."""
        return self._patch

    def _point(self, layer: Layer | None, scene: QPointF | None) -> None:
        if layer is None or scene is None or not self.isVisible():
            return
        if layer is not self._layer:
            self._watch(layer)
        self._show(layer, scene * layer.per_scene)

    def _watch(self, layer: Layer | None) -> None:
        """Follow the display of another layer."""
        if self._layer is not None:
            self._layer.changed.disconnect(self._display_changed)
        self._layer = layer
        if layer is not None:
            layer.changed.connect(self._display_changed)

    def _follow(self) -> None:
        """What is magnified may not be shown any more."""
        shown = self._viewer.shown
        if self._layer is not None and (shown is None or self._layer not in shown.layers):
            self._watch(None)
            self._patch = None
            self.update()

    def _display_changed(self) -> None:
        layer = self._layer
        if layer is not None and layer.look != self._look and self.isVisible():
            self._show(layer, self._middle)

    def _show(self, layer: Layer, middle: QPointF) -> None:
        self._look = layer.look
        across = CELLS * max(self.width(), 1) / HEIGHT
        wanted = QRectF(
            middle.x() - across / 2 - 1, middle.y() - CELLS / 2 - 1, across + 2, CELLS + 2
        )
        work = partial(_magnified, layer.frame, wanted, layer.look)
        self._latest.wish(work, partial(self._take, middle))

    def _take(self, middle: QPointF, patch: Patch) -> None:
        self._middle, self._patch = middle, patch
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._viewer.surround)
        if self._patch is None:
            return
        cell, covers = self.height() / CELLS, self._patch.covers
        centre = QRectF(self.rect()).center()
        left = centre.x() + (covers.x() - self._middle.x()) * cell
        top = centre.y() + (covers.y() - self._middle.y()) * cell
        target = QRectF(left, top, covers.width() * cell, covers.height() * cell)
        painter.drawImage(target, self._patch.image, QRectF(self._patch.image.rect()))
        x, y = int(self._middle.x()), int(self._middle.y())
        box = QRectF(left + (x - covers.x()) * cell, top + (y - covers.y()) * cell, cell, cell)
        for colour, width in ((QColor(0, 0, 0, 170), 3.0), (QColor("#ffc04d"), 1.4)):
            painter.setPen(QPen(colour, width))
            painter.drawRect(box)


class Navigator(QWidget):
    """Panner and magnifier with their names; each can be folded away."""

    def __init__(self, viewer: Viewer, latest: Latest) -> None:
        super().__init__()
        self.panner, self.magnifier = Panner(viewer), Magnifier(viewer, latest)
        self._parts = {"panner": self.panner, "magnifier": self.magnifier}
        self._names = {
            "panner": label("Panner", "muted"),
            "magnifier": label("Magnifier", "muted"),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 14, 10)
        column.setSpacing(4)
        for name, part in self._parts.items():
            column.addWidget(self._names[name])
            column.addWidget(part)
            self.show_part(name, on=False)

    def show_part(self, name: str, on: bool) -> None:
        """Show one of them, or fold it away."""
        self._parts[name].setVisible(on)
        self._names[name].setVisible(on)
        self.setVisible(any(not part.isHidden() for part in self._parts.values()))


def _magnified(frame: Frame, wanted: QRectF, look: Look) -> Patch:
    plan = sampling.plan_around(wanted, 1.0, frame.shape, margin=0.0)
    return sampling.render(sampling.read(frame, plan), look)
