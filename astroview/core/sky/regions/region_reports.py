"""What a region says, as a report to show, copy and save."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from astroview.core.sky.measure_reports import (
    MeasureReport,
    caution,
    position_rows,
    report_line,
    samples_name,
)
from astroview.core.sky.number_text import level_text, sample_text, significant
from astroview.core.sky.region_geometry import Region
from astroview.core.sky.regions.region_plane import Point
from astroview.core.sky.regions.region_statistics import (
    RegionReport,
    RegionStatistics,
    measure_region,
)
from astroview.core.sky.sky_map import SkyWords, scale_at, sky_map
from astroview.core.texts import Text

if TYPE_CHECKING:
    from astroview.core.frame import Frame

NAMES = {
    "circle": "Circle", "ellipse": "Ellipse", "box": "Box", "polygon": "Polygon",
    "annulus": "Annulus", "line": "Line", "point": "Point", "text": "Text", "vector": "Vector",
    "ruler": "Ruler", "projection": "Projection", "compass": "Compass", "segment": "Segments",
    "panda": "Panda", "epanda": "Elliptical panda", "bpanda": "Box panda",
}  # fmt: skip


def report_region(
    frame: Frame, region: Region, excluded: Sequence[Region], words: SkyWords
) -> MeasureReport:
    """Statistics of the samples in a region, without those in excluded ones."""
    if region.kind in ("line", "ruler", "projection"):
        places = tuple(_place(frame, point) for point in region.points)
        return report_line(frame, places, words)
    x, y = (float(v) for v in np.mean(region.points, axis=0))
    at = _place(frame, (x, y))
    sky = sky_map(frame, words.system)
    rows = [("Samples of", samples_name(frame)), *position_rows(frame, sky, at, words)]
    found = measure_region(frame, region, excluded)
    remarks: list[str] = []
    if found is None:
        rows += _value_rows(frame, at)
    else:
        scale = scale_at(sky, *at) if sky else None
        rows += _rows(found, frame, scale)
        remarks = _remarks(found)
    name = NAMES.get(region.kind, region.kind)
    return MeasureReport(name, tuple(rows), tuple(remarks), caution(frame), None, (at,))


def _place(frame: Frame, point: Point) -> Point:
    return point[0] + 0.5, frame.shape[0] - point[1] - 0.5


def _rows(found: RegionReport, frame: Frame, scale: float | None) -> list[tuple[str, str]]:
    def each(name: str) -> str:
        digits = 7 if len(found.channels) == 1 else 4
        return "  ".join(significant(float(getattr(c, name)), digits) for c in found.channels)

    def level(name: str) -> str:
        digits = 7 if len(found.channels) == 1 else 4
        return "  ".join(
            level_text(getattr(c, name), max(abs(c.minimum), abs(c.maximum)), c.std, digits)
            for c in found.channels
        )

    rows = [
        ("Area", f"{significant(found.channels[0].area, 7)} px"),
        ("Sum", each("total")),
        ("Mean", level("mean")),
        ("Median", level("median")),
        ("Std. deviation", each("std")),
        ("Minimum", level("minimum")),
        ("Maximum", level("maximum")),
        ("Unit", frame.own_unit or "not given"),
        ("Sky around", level("sky")),
        ("Noise of the sky", each("noise")),
        ("Sum above the sky", each("net")),
        ("Signal to noise", _ratio(found.channels)),
    ]
    if scale:
        on_sky = significant(found.channels[0].area * scale**2, 5)
        rows.insert(1, ("Area on the sky", f"{on_sky} arcsec²"))
    if any(c.missing for c in found.channels):
        rows.insert(1, ("No data (NaN)", each("missing")))
    return rows


def _ratio(channels: tuple[RegionStatistics, ...]) -> str:
    found = [c.signal_to_noise for c in channels]
    return "  ".join(f"{v:.1f}" if np.isfinite(v) else "–" for v in found)


def _remarks(found: RegionReport) -> list[str]:
    said: list[str] = []
    if found.step > 1:
        said.append(
            Text(
                "The region is large: every {step}th row and column was measured.", step=found.step
            )
        )
    if found.left_out:
        said.append(f"{found.left_out} pixels lie in excluded regions and were left out.")
    if not any(c.area for c in found.channels):
        said.append("There is no data in this region.")
    return said


def _value_rows(frame: Frame, at: Point) -> list[tuple[str, str]]:
    """The sample under a point."""
    from astroview.core.frame import Window

    x, y = int(np.floor(at[0])), int(np.floor(at[1]))
    inside = Window(y, x, 1, 1).clip(frame.shape)
    if not inside.width or not inside.height:
        return []
    values = frame.read_exact(inside).reshape(-1)
    return [("Value", f"{'  '.join(sample_text(v) for v in values)} {frame.own_unit}")]
