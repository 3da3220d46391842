"""DS9 region files: outlines to paint, and regions of our own to save.

Legend: outlines are places in a frame, (0, 0) at the top left corner (see `core.sky.sky_map`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from astroview.core.atomic_write import never_over, save_text
from astroview.core.errors import AstroviewError
from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings
from astroview.core.sky import ds9_syntax, region_geometry, region_outlines
from astroview.core.sky.region_geometry import Region
from astroview.core.sky.regions import region_text
from astroview.core.sky.regions.region_plane import NoPlace, NotUnderstood, Plane
from astroview.core.texts import Text
from astroview.core.unforeseen import read_text_file, reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.frame import Frame

MOST_BYTES = 50_000_000
MOST_SHAPES = 200_000  # half a gigabyte of outlines
HEADER = "# Region file format: DS9 version 4.1\n"
KINDS = {"box": "rectangle", "annulus": "circleannulus"}  # as they are called in the window
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
        The region in the frame's pixels, for saving.
    """

    kind: str
    outlines: tuple[NDArray[np.float64], ...]
    at: tuple[float, float]
    source: Region
    text: str = ""
    colour: str = ""
    width: float = 1.0
    dashed: bool = False


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
    """Read a region file of DS9 or CIAO and place its regions on a frame.

    Raises
    ------
    RegionProblem
        It is no region file, or nothing in it can be read. Regions that cannot be shown beside
        others that can are remarks, with their number and kind.
    """
    with reading(path, RegionProblem):
        return _read(path, frame)


def _read(path: Path, frame: Frame) -> Regions:
    try:
        text = read_text_file(path, RegionProblem, MOST_BYTES, "replace")
    except OSError as problem:
        raise RegionProblem(
            Text("{name} cannot be read: {strerror}", name=path.name, strerror=problem.strerror)
        ) from problem
    written = [] if "\0" in text else ds9_syntax.read(text)
    known = [shape for shape in written if shape.kind in ds9_syntax.SHAPES]
    if not known:
        raise RegionProblem(
            Text("{name} holds no regions", name=path.name),
            hint="Save regions in DS9 with the format “ds9” or “ciao”.",
        )
    beyond = max(0, len(written) - MOST_SHAPES)
    with collected_warnings():
        shapes, strange, away = _placed(written[:MOST_SHAPES], frame)
    if not shapes and not away:
        raise RegionProblem(
            Text(
                "{name} holds no region that can be read: {counted}",
                name=path.name,
                counted=_counted(strange),
            ),
            hint="Save regions in DS9 with the format “ds9” or “ciao”.",
        )
    return Regions(path.name, tuple(shapes), _remarks(strange, away, beyond, frame))


def _placed(
    written: list[ds9_syntax.WrittenShape], frame: Frame
) -> tuple[list[RegionShape], Counter[str], int]:
    """The shapes, the kinds of those that cannot be read, and how many have no place here."""
    shapes: list[RegionShape] = []
    strange: Counter[str] = Counter()
    away = 0
    planes = region_geometry.Planes(frame)
    planes.learn(written)
    for one in written:
        try:
            shapes.append(shape_of(region_geometry.placed(one, planes), frame))
        except NotUnderstood:
            known = one.system in ds9_syntax.SYSTEMS.values()
            strange[one.kind if known else f"{one.kind} ({one.system})"] += 1
        except (NoPlace, ArithmeticError, ValueError, np.linalg.LinAlgError):
            away += 1
    return shapes, strange, away


def _counted(kinds: Counter[str]) -> str:
    return ", ".join(f"{count} × {kind}" for kind, count in kinds.most_common(5))


def _remarks(strange: Counter[str], away: int, beyond: int, frame: Frame) -> tuple[str, ...]:
    said: list[str] = []
    if away and frame.wcs is None:
        said.append(f"{away} regions lie on the sky, and this frame has no WCS.")
    elif away:
        said.append(f"{away} regions have no place on this frame.")
    if strange:
        said.append(f"{strange.total()} regions were not understood ({_counted(strange)}).")
    if beyond:
        said.append(f"{beyond} regions were left out: {MOST_SHAPES} are shown at most.")
    return tuple(said)


def shape_of(region: Region, frame: Frame) -> RegionShape:
    """A region's outlines in places of the frame, and its looks."""
    height, words = frame.shape[0], region.words
    middle = _flipped(np.array([np.mean(region.points, axis=0)]), height)[0]
    width = words.get("width", "1")
    return RegionShape(
        kind=KINDS.get(region.kind, region.kind),
        outlines=tuple(_flipped(line, height) for line in region_outlines.outlines(region)),
        at=(float(middle[0]), float(middle[1])),
        source=region,
        text=words.get("text", ""),
        colour=words.get("color", ""),
        width=float(width) if width.replace(".", "", 1).isdigit() else 1.0,
        dashed=words.get("dash") == "1",
    )


def _flipped(pixels: NDArray[np.float64], height: int) -> NDArray[np.float64]:
    """Zero-based FITS pixels (N, 2), from the bottom, to places."""
    return np.column_stack([pixels[:, 0] + 0.5, height - pixels[:, 1] - 0.5])


def place_marks(marks: list[RegionMark], frame: Frame) -> list[RegionShape]:
    """Regions made here, on their frame."""
    return [shape_of(_made(mark, frame), frame) for mark in marks]


def _made(mark: RegionMark, frame: Frame) -> Region:
    points = [(x - 0.5, frame.shape[0] - y - 0.5) for x, y in mark.points]
    (x1, y1), (x2, y2) = points[0], points[-1]
    words = {"text": mark.text} if mark.text else {}
    if mark.form == "line":
        return Region("line", ((x1, y1), (x2, y2)), words=words)
    if mark.form == "box":
        middle = ((x1 + x2) / 2, (y1 + y2) / 2)
        return Region("box", (middle,), (abs(x2 - x1), abs(y2 - y1)), words=words)
    if mark.form == "circle":
        radius = float(np.hypot(x2 - x1, y2 - y1))
        return Region("circle", ((x1, y1),), (radius,), words=words)
    return Region("point", ((x1, y1),), words=words)


def regions_text(shapes: Sequence[RegionShape], frame: Frame, on_sky: bool) -> str:
    """Regions as a file of DS9: on the sky (ICRS), or in image pixels, which is also where a frame
    without WCS leaves them.
    """
    plane = Plane(frame, "icrs" if on_sky and frame.wcs is not None else "image")
    with collected_warnings():
        lines = [region_text.written(shape.source, plane) for shape in shapes]
    system = "icrs" if plane.on_sky else "image"
    return "\n".join([HEADER.rstrip(), system, *lines, ""])


def shapes_in(text: str, frame: Frame) -> tuple[RegionShape, ...]:
    """The regions of a text in the format of DS9 that have a place on a frame; none of others."""
    known = [one for one in ds9_syntax.read(text) if one.kind in ds9_syntax.SHAPES]
    with collected_warnings():
        return tuple(_placed(known, frame)[0])


def write_regions(path: Path, shapes: Sequence[RegionShape], frame: Frame, on_sky: bool) -> None:
    """Write regions as DS9 reads them (see `regions_text`), all or nothing.

    Raises
    ------
    CannotSave
        The file cannot be written, or is the frame's.
    """
    never_over(path, frame.originals)
    save_text(path, regions_text(shapes, frame, on_sky))
