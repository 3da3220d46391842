"""A region as a line of a DS9 file."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from astroview.core.sky.ds9_syntax import SEVERAL, TAG_END
from astroview.core.sky.region_geometry import Region
from astroview.core.sky.regions.region_plane import Plane, Point

WITH_ANGLE = ("box", "ellipse")
COMMENTS = ("text", "vector", "ruler", "compass", "projection", "segment")  # DS9's "# text(...)"
SAID = ("color", "width", "font", "dash", "point", "vector", "line", "ruler", "compass")


def written(region: Region, plane: Plane) -> str:
    """A region in a line of a DS9 file, in the system of ``plane`` (the sky, or image)."""
    here = region.points[0]
    scale = float(np.sqrt(abs(np.linalg.det(plane.axes(here))))) if plane.on_sky else 1.0

    def position(pixel: Point) -> str:
        x, y = plane.to_sky(pixel) if plane.on_sky else (pixel[0] + 1, pixel[1] + 1)
        return f"{x:.8f},{y:.8f}"

    def size(pixels: float) -> str:
        return f'{pixels / scale * 3600:.8f}"' if plane.on_sky else f"{pixels:.8f}"

    def angle(degrees: float) -> str:
        return f"{plane.turned_back(degrees, here) if plane.on_sky else degrees % 360:.8f}"

    numbers = [position(point) for point in region.points]
    kind = region.kind
    if kind in ("panda", "epanda", "bpanda"):
        numbers += _panda_numbers(region, size, angle)
    else:
        numbers += [size(s) for s in region.sizes]
        numbers += [angle(region.angle)] if kind in (*WITH_ANGLE, "vector") else []
    mark = "# " if kind in COMMENTS else "" if region.included else "-"
    words = [_said(key, region.words[key]) for key in SAID if key in region.words]
    words += [_quoted("text", region.words["text"])] if region.words.get("text") else []
    tags = region.words.get("tag", "").split(TAG_END)
    words += [_quoted("tag", tag) for tag in tags if tag]
    tail = (" " if mark == "# " else " # ") + " ".join(words) if words else ""
    return f"{mark}{kind}({','.join(numbers)}){tail}"


def _panda_numbers(
    region: Region, size: Callable[[float], str], angle: Callable[[float], str]
) -> list[str]:
    """Angles and number of sectors, inner and outer sizes, number of rings, and a turn."""
    pair = 1 if region.kind == "panda" else 2
    sectors, rings = len(region.angles) - 1, len(region.sizes) // pair - 1
    turn = 0.0 if pair == 1 else region.angle
    first, last = (angle(a - turn) for a in (region.angles[0], region.angles[-1]))
    if float(last) <= float(first):
        last = f"{float(last) + 360:.8f}"
    ends = (*region.sizes[:pair], *region.sizes[-pair:])
    numbers = [first, last, str(sectors), *(size(s) for s in ends), str(rings)]
    return numbers if pair == 1 else [*numbers, angle(turn)]


def _said(key: str, value: str) -> str:
    """A property; DS9 reads no file in which a compass has no names for its arrows."""
    if key == "compass" and "{" not in value:
        value = f"{value} {{N}} {{E}} 1 1"
    return _quoted(key, value) if " " in value and key not in SEVERAL else f"{key}={value}"


def _quoted(key: str, text: str) -> str:
    """A property whose text may hold blanks, in the quotes that it does not hold itself.

    A region is one line: line ends, tabs and other control characters become blanks.
    """
    text = "".join(c if c.isprintable() else " " for c in text)
    for opening, closing in (("{", "}"), ('"', '"'), ("'", "'")):
        if opening not in text and closing not in text:
            return f"{key}={opening}{text}{closing}"
    return f"{key}={{{text.replace('{', '(').replace('}', ')')}}}"
