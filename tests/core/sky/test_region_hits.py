"""What lies under a cursor."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from astroview.core.frame import ArraySource, Frame
from astroview.core.sky.region_files import shape_of
from astroview.core.sky.region_geometry import Region
from astroview.core.sky.regions import region_hits

FRAME = Frame("a", (100, 100), 1, "linear", ArraySource(np.zeros((100, 100), np.float32)), None)
places = st.floats(30, 70, allow_nan=False)


@given(st.sampled_from([-1e-14, 0.0, 1e-14]))
def test_rounding_at_the_seam_of_an_outline_leaves_no_gap(off: float) -> None:
    shape = shape_of(Region("circle", ((40.0, 50.0),), (20.0,)), FRAME)
    (line,) = shape.outlines
    seam = np.vstack([line[:-1], line[:1] + np.array([0.0, off])])
    there = (float(line[:-1, 0].mean()), float(line[0, 1]))
    assert region_hits.holds(replace(shape, outlines=(seam,)), there)


@given(places, places, st.floats(2, 25), st.sampled_from(["circle", "ellipse"]))
def test_a_round_region_holds_its_own_centre(x: float, y: float, size: float, kind: str) -> None:
    sizes = (size,) if kind == "circle" else (size, size / 2)
    shape = shape_of(Region(kind, ((x, y),), sizes), FRAME)
    assert shape.outlines
    assert region_hits.holds(shape, shape.at)
    assert region_hits.holding((shape,), shape.at) == 0
    assert not region_hits.holds(shape, (shape.at[0] + size + 1, shape.at[1]))
