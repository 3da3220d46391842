"""Paints layers into the panes of the viewer, and says where scene points come to lie."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF, QTransform

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.render.layer import Layer
from astroview.ui.render.sampling import Patch
from astroview.ui.viewer.panes import Pane
from astroview.ui.viewer.viewport import Viewport


@dataclass(frozen=True)
class Placing:
    """Scene coordinates to points of the viewer and back, for one pane.

    Attributes
    ----------
    ratio
        Device pixels per logical pixel.
    """

    view: Viewport
    pane: Pane
    ratio: float = 1.0

    def rect(self, scene: QRectF) -> QRectF:
        """Where a scene rectangle lies; its origin is on a whole device pixel."""
        placed = self.view.to_screen(scene, self.pane.area.size(), self.ratio)
        return placed.translated(self.pane.area.topLeft())

    def point(self, scene: QPointF) -> QPointF:
        """Where a scene point lies."""
        if self.view.oriented:
            return self.transform.map(scene)
        return self.rect(QRectF(scene, scene)).topLeft()

    @property
    def transform(self) -> QTransform:
        """From scene coordinates to points of the viewer."""
        corner = self.pane.area.topLeft()
        moved = QTransform.fromTranslate(corner.x(), corner.y())
        return self.view.transform(self.pane.area.size(), self.ratio) * moved

    def scene(self, point: QPointF) -> QPointF:
        """The scene point that is painted at a point of the viewer."""
        return self.transform.inverted()[0].map(point)

    def pointed(self, point: QPointF) -> QPointF:
        """The scene point that a mouse points at: a place of the mouse is the corner of a device
        pixel, and what is painted there is what lies under its middle.
        """
        half = 0.5 / self.ratio
        return self.scene(point + QPointF(half, half))


class Overlay(Protocol):
    """Something painted over the picture: a grid, regions, a scale bar."""

    def paint(self, painter: QPainter, at: Placing) -> None:
        """Paint into one pane; the painter is clipped to it and its state restored after."""
        ...


def paint_layer(painter: QPainter, layer: Layer, shape: tuple[int, int], at: Placing) -> None:
    """Paint what a layer holds of a scene of (H, W), coarse first."""
    scene = QRectF(0, 0, shape[1], shape[0])
    patches = layer.patches
    if at.view.oriented:
        outline = QPainterPath()
        outline.addPolygon(at.transform.map(QPolygonF(scene)))
        painter.setClipRect(at.pane.clip)
        painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
        seen = at.view.visible(at.pane.area.size()).intersected(scene)
        covers = [_in_scene(patch, layer.per_scene).contains(seen) for patch in patches]
    else:
        visible = at.pane.clip.intersected(at.rect(scene))
        painter.setClipRect(visible)
        covers = [at.rect(_in_scene(p, layer.per_scene)).contains(visible) for p in patches]
    covering = [i for i, whole in enumerate(covers) if whole]
    for patch in patches[covering[-1] if covering else 0 :]:
        paint_patch(painter, patch, layer.per_scene, at)


def paint_overlays(painter: QPainter, overlays: tuple[Overlay, ...], at: Placing) -> None:
    """Paint overlays into a pane, each with a painter as new."""
    for overlay in overlays:
        painter.save()
        painter.setClipRect(at.pane.clip)
        overlay.paint(painter, at)
        painter.restore()


def _in_scene(patch: Patch, scale: float) -> QRectF:
    """The scene under a patch, with ``scale`` frame pixels to a scene pixel."""
    covers = patch.covers
    return QRectF(
        covers.x() / scale, covers.y() / scale, covers.width() / scale, covers.height() / scale
    )


def paint_patch(painter: QPainter, patch: Patch, scale: float, at: Placing) -> None:
    """Paint a picture of a frame with ``scale`` pixels per scene pixel."""
    place = _in_scene(patch, scale)
    wide = place.width() * at.view.zoom * at.ratio
    enlarged = wide >= patch.image.width() - 0.5
    crisp = enlarged and patch.reduction == 1
    if at.view.oriented:
        painter.save()
        painter.setTransform(at.transform, combine=True)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not crisp)
        painter.drawImage(place, patch.image, QRectF(patch.image.rect()))
        painter.restore()
        return
    target = at.rect(place)
    if abs(wide - patch.image.width()) < 0.01:  # pixel by pixel: only copied
        patch.image.setDevicePixelRatio(at.ratio)
        painter.drawImage(target.topLeft(), patch.image)
        return
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not crisp)
    painter.drawImage(target, patch.image, QRectF(patch.image.rect()))
