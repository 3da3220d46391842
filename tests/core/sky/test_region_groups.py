"""Groups of regions are DS9's tags; a centroid is where the light is."""

from __future__ import annotations

import numpy as np
import pytest

from astroview.core.frame import Frame, Window
from astroview.core.sky import ds9_syntax
from astroview.core.sky.region_geometry import Planes, placed
from astroview.core.sky.regions import region_groups, region_text
from astroview.core.sky.regions.region_centroid import NoCentroid, centroid
from astroview.core.sky.regions.region_plane import Plane

FILE = """# Region file format: DS9 version 4.1
global color=green tag={usual}
image
circle(10,20,5) # tag={Group 1} tag={my stars} text={a # b}
box(30,30,4,6,0) # color=red
circle(12,22,5) # tag="my stars"
"""


class Plain:
    """Samples in memory, as a frame reads them: row 0 on top."""

    def __init__(self, values: np.ndarray) -> None:
        self.values = values

    def read(self, window: Window, step: int = 1) -> np.ndarray:
        rows = slice(window.y, window.y + window.height, step)
        return self.values[rows, window.x : window.x + window.width : step].astype(np.float32)


def frame_of(values: np.ndarray) -> Frame:
    return Frame("plain", values.shape, 1, "linear", Plain(values), None)


def test_tags_are_read_and_written_again() -> None:
    frame = frame_of(np.zeros((64, 64)))
    regions = [placed(shape, Planes(frame)) for shape in ds9_syntax.read(FILE)]
    assert [region_groups.tags_of(one) for one in regions] == [
        ("Group 1", "my stars"), ("usual",), ("my stars",),
    ]  # fmt: skip
    assert region_groups.groups_of(regions)["my stars"] == (0, 2)
    assert region_groups.whole_groups(regions, [2]) == (0, 2)
    assert region_groups.new_group(regions) == "Group 2"
    line = region_text.written(regions[0], Plane(frame, "image"))
    assert line.count("tag=") == 2
    again = placed(ds9_syntax.read(f"image\n{line}\n")[0], Planes(frame))
    assert region_groups.tags_of(again) == ("Group 1", "my stars")
    assert again.words["text"] == "a # b"
    gone = region_groups.with_tags(regions[0], ())
    assert "tag" not in region_text.written(gone, Plane(frame, "image"))


@pytest.mark.parametrize(("x", "y"), [(30.3, 25.8), (31.0, 26.0), (28.62, 24.11)])
@pytest.mark.parametrize("sigma", [1.2, 2.5, 4.0])
def test_the_centroid_of_a_star_beside_another(x: float, y: float, sigma: float) -> None:
    up, across = np.mgrid[:64, :80]
    rng = np.random.default_rng(5)

    def star(at_x: float, at_y: float, height: float) -> np.ndarray:
        return height * np.exp(-((across - at_x) ** 2 + (up - at_y) ** 2) / (2 * sigma**2))

    values = rng.normal(50, 2, up.shape) + star(x, y, 800) + star(x + 9 * sigma, y, 500)
    found = centroid(frame_of(values[::-1]), (x + 1.5, y - 2), 4 * sigma)
    assert found == pytest.approx((x, y), abs=0.06)


def test_an_empty_sky_has_none() -> None:
    values = np.random.default_rng(1).normal(50, 2, (64, 64))
    values[3, 3] = np.nan
    with pytest.raises(NoCentroid):
        centroid(frame_of(np.full((64, 64), 7.0)), (30, 30), 8)
    with pytest.raises(NoCentroid):
        centroid(frame_of(values), (300, 30), 8)
