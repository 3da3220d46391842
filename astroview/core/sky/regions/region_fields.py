"""A region's numbers as fields that can be typed: in pixels or on the sky, as DS9 writes them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings
from astroview.core.sky import ds9_syntax, region_geometry
from astroview.core.sky.region_geometry import Region
from astroview.core.sky.regions import region_text
from astroview.core.sky.regions.region_plane import NotUnderstood, Plane
from astroview.core.texts import Text

if TYPE_CHECKING:
    from astroview.core.frame import Frame

SYSTEMS = ("image", "icrs", "fk5", "galactic")
MOST = 24  # fields; a polygon of more corners is changed with the mouse
_SIZES = {
    "circle": ("Radius",),
    "projection": ("Width",),
    "vector": ("Length", "Angle"),
    "compass": ("Length",),
    "panda": ("From", "To", "Sectors", "Inner radius", "Outer radius", "Rings"),
}
_PAIRS = {"box": ("Width", "Height"), "ellipse": ("Semi-axis a", "Semi-axis b")}


@dataclass(frozen=True)
class RegionField:
    """A number of a region: its name, and its text in the system that was asked for."""

    name: str
    text: str


def fields_of(region: Region, frame: Frame, system: str) -> tuple[RegionField, ...]:
    """The numbers of a region, in their order in a region file.

    Raises
    ------
    NoPlace
        ``system`` is one of the sky, and the frame has none.
    """
    with collected_warnings():
        numbers = _written(region, frame, system).numbers
    names = _names(region, len(numbers))
    places = 2 * len(region.points)
    fine = 4 if system == "image" else 7  # decimals of a position: 0.4 mas on the sky
    return tuple(
        RegionField(name, _short(text, fine if i < places else 4))
        for i, (name, text) in enumerate(zip(names, numbers, strict=True))
    )


def with_field(region: Region, frame: Frame, system: str, index: int, text: str) -> Region:
    """A region one of whose numbers was typed anew; sizes take ``"``, ``'``, ``d`` and ``p``.

    Raises
    ------
    NotUnderstood, NoPlace
        The text is no such number, or the region would have no place on the frame.
    """
    with collected_warnings():
        written = _written(region, frame, system)
        numbers = (*written.numbers[:index], text.strip(), *written.numbers[index + 1 :])
        changed = region_geometry.placed(
            replace(written, numbers=numbers), region_geometry.Planes(frame)
        )
    bad = any(size <= 0 for size in changed.sizes)
    if bad:
        raise NotUnderstood("sizes are larger than 0")
    return replace(changed, included=region.included, words=region.words)


def _written(region: Region, frame: Frame, system: str) -> ds9_syntax.WrittenShape:
    plain = replace(region, words={}, included=True)
    line = region_text.written(plain, Plane(frame, system))
    return ds9_syntax.read(f"{system}\n{line}\n")[0]


def _names(region: Region, count: int) -> list[str]:
    corners = len(region.points)
    if corners > 1:
        names = [f"{axis}{i + 1}" for i in range(corners) for axis in ("x", "y")]
    else:
        names = ["x", "y"]
    rest = count - len(names)
    if region.kind in _PAIRS:
        pairs = (rest - 1) // 2
        each = [n if pairs == 1 else f"{n} {i + 1}" for i in range(pairs)
                for n in _PAIRS[region.kind]]  # fmt: skip
        return [*names, *each, "Angle"]
    if region.kind == "annulus":
        radii = [
            "Inner radius",
            *(Text("Radius {i}", i=i + 2) for i in range(rest - 2)),
            "Outer radius",
        ]
        return [*names, *radii]
    known = _SIZES.get(region.kind, ())
    return [
        *names,
        *(known if len(known) == rest else (Text("Number {i}", i=i + 1) for i in range(rest))),
    ]


def _short(text: str, decimals: int) -> str:
    """To so many decimals, without noughts at the end: ``12.50000000"`` is ``12.5"``."""
    unit = text[-1] if text[-1:] in ('"', "'") else ""
    bare = f"{float(text.removesuffix(unit)):.{decimals}f}"
    return bare.rstrip("0").rstrip(".") + unit
