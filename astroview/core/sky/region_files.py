"""DS9 region files: outlines to paint, and regions of our own to save.

Legend: outlines are places in a frame, (0, 0) at the top left corner (see `core.measure`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from astroview.core.atomic_write import replacing_text
from astroview.core.errors import AstroviewError, CannotSave
from astroview.core.library_warnings import collected_warnings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.frame import Frame

MOST_BYTES = 50_000_000
ROUND = 73  # points of a circle
Form = Literal["line", "box", "circle", "point"]


class RegionProblem(AstroviewError):
    """A region file cannot be read."""


@dataclass(frozen=True, eq=False)
class RegionShape:
    """One region on a frame.

    Attributes
    ----------
    outlines
        Polylines (N, 2) of places; closed ones end where they begin. Empty for points.
    at
        Where its point or its text stands.
    colour
        ``#rrggbb`` or a name, "" when the file gives none.
    source
        The region as `regions` knows it, for saving.
    """

    kind: str
    outlines: tuple[NDArray[np.float64], ...]
    at: tuple[float, float]
    text: str = ""
    colour: str = ""
    width: float = 1.0
    dashed: bool = False
    source: Any = None


@dataclass(frozen=True)
class Regions:
    """The regions of a file on a frame; `remarks` say what could not be shown."""

    name: str
    shapes: tuple[RegionShape, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class RegionMark:
    """A region made here: places of the frame it was made on.

    Line: both ends; box: two opposite corners; circle: centre and a point of its rim; point: one.
    """

    form: Form
    points: tuple[tuple[float, float], ...]
    text: str = ""


def read_regions(path: Path, frame: Frame) -> Regions:
    """Read a DS9 region file and place its regions on a frame.

    Raises
    ------
    RegionProblem
        It is no region file. Regions of a kind that cannot be shown are remarks, not errors.
    """
    from regions import Regions as Read

    with collected_warnings() as notes:
        try:
            if path.stat().st_size > MOST_BYTES:
                raise RegionProblem(f"{path.name} is too large for a region file")
            text = path.read_text(encoding="utf-8", errors="replace")
            found: Any = Read.parse(text, format="ds9")
        except OSError as problem:
            raise RegionProblem(f"{path.name} cannot be read: {problem.strerror}") from problem
        except (ValueError, KeyError, IndexError, TypeError, AttributeError) as problem:
            raise RegionProblem(
                f"{path.name} is not a region file of DS9 ({problem})",
                hint="Save regions in DS9 with the format “ds9”.",
            ) from problem
        shapes, left_out = _placed(list(found), frame)
    if not shapes and not left_out:
        raise RegionProblem(f"{path.name} holds no regions")
    remarks = _remarks(left_out, frame, notes)
    return Regions(path.name, tuple(shapes), remarks)


def _remarks(left_out: int, frame: Frame, notes: list[str]) -> tuple[str, ...]:
    said: list[str] = []
    if left_out and frame.wcs is None:
        said.append(f"{left_out} regions lie on the sky, and this frame has no WCS.")
    elif left_out:
        said.append(f"{left_out} regions have no place on this frame.")
    said += [note for note in notes if "is not supported" in note or "Unable to parse" in note]
    return tuple(said[:5])


def _placed(found: list[Any], frame: Frame) -> tuple[list[RegionShape], int]:
    shapes: list[RegionShape] = []
    for region in found:
        try:
            shape = _shape(region, frame)
        except (ValueError, TypeError, AttributeError, np.linalg.LinAlgError, ArithmeticError):
            shape = None
        if shape is not None:
            shapes.append(shape)
    return shapes, len(found) - len(shapes)


def _shape(region: Any, frame: Frame) -> RegionShape | None:
    """A region's outlines; None when it has no place on the frame."""
    from regions import PixelRegion

    pixel = region
    if not isinstance(region, PixelRegion):
        if frame.wcs is None:
            return None
        pixel = region.to_pixel(frame.wcs)
    outlines, at = _outlines(pixel)
    height = frame.shape[0]
    placed = tuple(_flipped(line, height) for line in outlines)
    middle = _flipped(np.array([at]), height)[0]
    if not np.isfinite(middle).all() or not all(np.isfinite(line).all() for line in placed):
        return None
    visual: Any = region.visual
    text = str(getattr(region, "text", "") or region.meta.get("text", "") or "")
    colour = str(visual.get("color") or visual.get("edgecolor") or visual.get("facecolor") or "")
    width = visual.get("linewidth", 1)
    return RegionShape(
        kind=type(pixel).__name__.removesuffix("PixelRegion").lower(),
        outlines=placed,
        at=(float(middle[0]), float(middle[1])),
        text=text,
        colour=colour,
        width=float(width) if isinstance(width, int | float) else 1.0,
        dashed=bool(visual.get("linestyle") == "dashed" or visual.get("dash") in (1, "1")),
        source=region,
    )


def _flipped(pixels: NDArray[np.float64], height: int) -> NDArray[np.float64]:
    """Zero-based FITS pixels (N, 2), from the bottom, to places."""
    return np.column_stack([pixels[:, 0] + 0.5, height - pixels[:, 1] - 0.5])


def _outlines(pixel: Any) -> tuple[list[NDArray[np.float64]], tuple[float, float]]:
    """Polylines of a pixel region in zero-based pixels, and its middle."""
    kind = type(pixel).__name__.removesuffix("PixelRegion")
    if kind == "Line":
        ends = np.array([[pixel.start.x, pixel.start.y], [pixel.end.x, pixel.end.y]], float)
        middle = ends.mean(axis=0)
        return [ends], (float(middle[0]), float(middle[1]))
    if kind in ("Polygon", "RegularPolygon"):
        corners = np.column_stack([pixel.vertices.x, pixel.vertices.y]).astype(float)
        middle = corners.mean(axis=0)
        return [np.vstack([corners, corners[:1]])], (float(middle[0]), float(middle[1]))
    centre = (float(pixel.center.x), float(pixel.center.y))
    if kind in ("Point", "Text"):
        return [], centre
    angle = float(pixel.angle.to_value("rad")) if hasattr(pixel, "angle") else 0.0
    rings = [_ring(kind, w / 2, h / 2) for w, h in _sizes(kind, pixel)]
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return [ring @ turn.T + centre for ring in rings], centre


def _sizes(kind: str, pixel: Any) -> list[tuple[float, float]]:
    """Full widths and heights of the rings that make a region."""
    if kind == "Circle":
        return [(2 * pixel.radius, 2 * pixel.radius)]
    if kind == "CircleAnnulus":
        return [(2 * r, 2 * r) for r in (pixel.inner_radius, pixel.outer_radius)]
    if kind in ("Ellipse", "Rectangle"):
        return [(pixel.width, pixel.height)]
    if kind in ("EllipseAnnulus", "RectangleAnnulus"):
        inner = (pixel.inner_width, pixel.inner_height)
        return [inner, (pixel.outer_width, pixel.outer_height)]
    raise TypeError(f"no outline for {kind}")


def _ring(kind: str, a: float, b: float) -> NDArray[np.float64]:
    if kind.startswith("Rectangle"):
        return np.array([[-a, -b], [a, -b], [a, b], [-a, b], [-a, -b]], float)
    t = np.linspace(0, 2 * np.pi, ROUND)
    return np.column_stack([a * np.cos(t), b * np.sin(t)])


def place_marks(marks: list[RegionMark], frame: Frame) -> list[RegionShape]:
    """Regions made here, on their frame: on the sky where the frame has one."""
    shapes = (_shape(_made(mark, frame), frame) for mark in marks)
    return [shape for shape in shapes if shape is not None]


def _made(mark: RegionMark, frame: Frame) -> Any:
    """A `regions` region: pixel, or sky when the frame has a WCS that takes it."""
    from regions import (
        CirclePixelRegion,
        LinePixelRegion,
        PixCoord,
        PointPixelRegion,
        RectanglePixelRegion,
    )

    points = [(x - 0.5, frame.shape[0] - y - 0.5) for x, y in mark.points]
    (x1, y1), (x2, y2) = points[0], points[-1]
    if mark.form == "line":
        pixel: Any = LinePixelRegion(PixCoord(x1, y1), PixCoord(x2, y2))
    elif mark.form == "box":
        middle = PixCoord((x1 + x2) / 2, (y1 + y2) / 2)
        pixel = RectanglePixelRegion(middle, abs(x2 - x1), abs(y2 - y1))
    elif mark.form == "circle":
        pixel = CirclePixelRegion(PixCoord(x1, y1), float(np.hypot(x2 - x1, y2 - y1)))
    else:
        pixel = PointPixelRegion(PixCoord(x1, y1))
    if mark.text:
        pixel.meta["text"] = mark.text
    return pixel


def write_regions(path: Path, shapes: tuple[RegionShape, ...], frame: Frame, on_sky: bool) -> None:
    """Write regions as DS9 does, all or nothing: on the sky (ICRS), or in image pixels.

    Raises
    ------
    CannotSave
        The file cannot be written.
    """
    from regions import Regions as Written

    with collected_warnings():
        text: Any = Written([_in(shape.source, frame, on_sky) for shape in shapes]).serialize(
            format="ds9"
        )
    try:
        with replacing_text(path) as file:
            file.write(str(text))
    except OSError as problem:
        raise CannotSave(
            f"{path.name} cannot be written: {problem.strerror or problem}",
            hint="See whether you may write there.",
        ) from problem


def _in(region: Any, frame: Frame, on_sky: bool) -> Any:
    """The same region on the sky, or in pixels; as it is where the frame has no WCS."""
    from regions import PixelRegion

    pixel = isinstance(region, PixelRegion)
    if frame.wcs is None or pixel != on_sky:
        return region
    return region.to_sky(frame.wcs) if on_sky else region.to_pixel(frame.wcs)
