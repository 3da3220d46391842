"""What a job under way looks like, drawn piece by piece; no widgets, any thread.

The picture of the frame with its colours at a glance is drawn whole; of what becomes final only
the new part is drawn, and laid over it. Redrawing all with each tile would take as long as the
worker takes for the tile.
"""

from __future__ import annotations

from functools import reduce

from PySide6.QtCore import QRectF

from astroview.core.frame import Window
from astroview.core.lazy_dataclass import dataclass
from astroview.ui.enhance.partial_result import Part, PartialResult
from astroview.ui.render import sampling
from astroview.ui.render.layer import QUICK_ABOVE
from astroview.ui.render.rendering import Look
from astroview.ui.render.sampling import Patch

MANY = 64  # pictures to paint each time; then they are drawn as one
AROUND = 0.12  # of what is visible is drawn beyond it, for panning


@dataclass(frozen=True)
class LiveScene:
    """What is to be seen.

    Attributes
    ----------
    visible
        In pixels of the frame that is enhanced.
    zoom
        Device pixels to one of these.
    """

    grown: PartialResult
    look: Look
    visible: QRectF
    zoom: float


@dataclass(frozen=True)
class LiveCanvas:
    """Pictures of a scene, each with its pixels to one of the frame, the later over the earlier."""

    scene: LiveScene
    patches: tuple[tuple[Patch, int], ...]


def draw(scene: LiveScene, before: LiveCanvas | None) -> LiveCanvas:
    """The picture of a scene, of an earlier one's what still holds."""
    if before and _goes_on(before.scene, scene) and len(before.patches) < MANY:
        new = _bounds(scene.grown.final[len(before.scene.grown.final) :], scene.grown.scale)
        return LiveCanvas(scene, before.patches + _patch(scene, new & scene.visible, margin=0))
    return LiveCanvas(scene, _patch(scene, scene.visible, margin=AROUND))


def _goes_on(one: LiveScene, other: LiveScene) -> bool:
    """Whether all that the other has beyond the one are windows that became final."""
    seen = (one.look, one.visible, one.zoom) == (other.look, other.visible, other.zoom)
    return seen and one.grown.maps is other.grown.maps


def _bounds(final: tuple[tuple[Part, Window], ...], scale: int) -> QRectF:
    """Around windows of the result, in pixels of the frame."""
    rects = (QRectF(w.x, w.y, w.width, w.height) for _, w in final)
    return _magnified(reduce(QRectF.united, rects, QRectF()), 1 / scale)


def _magnified(rect: QRectF, by: float) -> QRectF:
    return QRectF(rect.x() * by, rect.y() * by, rect.width() * by, rect.height() * by)


def _patch(scene: LiveScene, part: QRectF, margin: float) -> tuple[tuple[Patch, int], ...]:
    """The picture of a part of the frame and of a margin around it; none of an empty part."""
    frame, scale = scene.grown.as_frame(), scene.grown.scale
    rect = _magnified(part, scale) & QRectF(0, 0, frame.shape[1], frame.shape[0])
    if rect.isEmpty():
        return ()
    k = sampling.pitch_for(scale / scene.zoom)
    plan = sampling.plan_around(rect, k, frame.shape, margin)
    if plan.cells.height * plan.cells.width * k * k > QUICK_ABOVE:
        plan = sampling.sparse(plan, frame.shape)
    return ((sampling.render(sampling.read(frame, plan), scene.look), scale),)
