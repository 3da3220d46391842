"""What a drag of the mouse makes of regions: places of the picture in, regions out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF

from astroview.core.lazy_dataclass import dataclass
from astroview.core.sky.region_geometry import Region
from astroview.core.sky.regions import region_edits
from astroview.core.sky.regions.region_edits import Form, Handle
from astroview.core.sky.regions.region_plane import Point

if TYPE_CHECKING:
    from astroview.core.frame import Frame
    from astroview.core.sky.region_files import RegionShape

USUAL = 20.0  # pixels: the radius of a region that is put by a click or a key


@dataclass(frozen=True)
class RegionDrag:
    """A drag under way.

    Attributes
    ----------
    base
        The frame's regions before it.
    held
        Which of them it changes.
    start
        The pixel where it began; `press` is the point of the screen.
    """

    does: Literal["draw", "move", "handle"]
    base: tuple[RegionShape, ...]
    held: tuple[int, ...]
    start: Point
    press: QPointF
    form: Form = "circle"
    handle: Handle | None = None

    def to(self, pixel: Point, frame: Frame) -> tuple[RegionShape, ...]:
        """The frame's regions when the mouse is over a pixel."""
        if self.does == "draw":
            made = region_edits.drawn(self.form, self.start, pixel)
            return (*self.base, shaped(_worded(made), frame))
        changed = list(self.base)
        for i in self.held:
            changed[i] = shaped(self._changed(self.base[i].source, pixel), frame)
        return tuple(changed)

    def _changed(self, region: Region, pixel: Point) -> Region:
        if self.handle is not None:
            return region_edits.dragged(region, self.handle, pixel)
        dx, dy = pixel[0] - self.start[0], pixel[1] - self.start[1]
        return region_edits.moved(region, dx, dy)


def shaped(region: Region, frame: Frame) -> RegionShape:
    """A region with the lines that show it."""
    from astroview.core.sky import region_files

    return region_files.shape_of(region, frame)


def _worded(region: Region) -> Region:
    if region.kind == "text":
        region.words["text"] = "Text"
    return region


def pixel_of(scene: QPointF, frame: Frame) -> Point:
    """A place of the picture as a pixel of `region_geometry`."""
    return scene.x() - 0.5, frame.shape[0] - scene.y() - 0.5


def scene_of(pixel: Point, frame: Frame) -> QPointF:
    """A pixel of `region_geometry` as a place of the picture."""
    return QPointF(pixel[0] + 0.5, frame.shape[0] - pixel[1] - 0.5)


def usual_ends(at: Point, form: Form) -> tuple[Point, Point]:
    """Where a drag would have begun and ended that draws a region of the usual size there."""
    x, y = at
    ends = ((x - USUAL, y - USUAL), (x + USUAL, y + USUAL))
    return {
        "circle": (at, (x + USUAL, y)),
        "annulus": (at, (x + USUAL, y)),
        "line": ((x - USUAL, y), (x + USUAL, y)),
        "point": (at, at),
        "text": (at, at),
    }.get(form, ends)
