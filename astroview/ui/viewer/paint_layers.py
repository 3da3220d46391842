"""Paints layers into the panes of the viewer, and says where scene points come to lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

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
        return self.rect(QRectF(scene, scene)).topLeft()

    def scene(self, point: QPointF) -> QPointF:
        """The scene point under a point of the viewer."""
        return self.view.to_scene(point - self.pane.area.topLeft(), self.pane.area.size())


class Overlay(Protocol):
    """Something painted over the picture: a grid, regions, a scale bar."""

    def paint(self, painter: QPainter, at: Placing) -> None:
        """Paint into one pane; the painter is clipped to it and its state restored after."""
        ...


def paint_layer(painter: QPainter, layer: Layer, shape: tuple[int, int], at: Placing) -> None:
    """Paint what a layer holds of a scene of (H, W), coarse first."""
    scene = QRectF(0, 0, shape[1], shape[0])
    visible = at.pane.clip.intersected(at.rect(scene))
    painter.setClipRect(visible)
    patches = layer.patches
    covering = [
        i for i, p in enumerate(patches) if _target(p, layer.per_scene, at).contains(visible)
    ]
    for patch in patches[covering[-1] if covering else 0 :]:
        paint_patch(painter, patch, layer.per_scene, at)


def paint_overlays(painter: QPainter, overlays: tuple[Overlay, ...], at: Placing) -> None:
    """Paint overlays into a pane, each with a painter as new."""
    for overlay in overlays:
        painter.save()
        painter.setClipRect(at.pane.clip)
        overlay.paint(painter, at)
        painter.restore()


def _target(patch: Patch, scale: float, at: Placing) -> QRectF:
    """Where a patch lies, with ``scale`` frame pixels to a scene pixel."""
    covers = patch.covers
    return at.rect(
        QRectF(
            covers.x() / scale, covers.y() / scale, covers.width() / scale, covers.height() / scale
        )
    )


def paint_patch(painter: QPainter, patch: Patch, scale: float, at: Placing) -> None:
    """Paint a picture of a frame with ``scale`` pixels per scene pixel."""
    target = _target(patch, scale, at)
    if abs(target.width() * at.ratio - patch.image.width()) < 0.01:  # pixel by pixel: only copied
        patch.image.setDevicePixelRatio(at.ratio)
        painter.drawImage(target.topLeft(), patch.image)
        return
    enlarged = target.width() * at.ratio >= patch.image.width() - 0.5
    crisp = enlarged and patch.reduction == 1
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not crisp)
    painter.drawImage(target, patch.image, QRectF(patch.image.rect()))
