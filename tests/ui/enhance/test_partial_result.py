"""A result while it grows: final where it is, the old picture elsewhere, never a gap."""

from pathlib import Path

import numpy as np
import pytest

from astroview.core.colour import colour_space
from astroview.core.colour.chroma_maps import ChromaMaps
from astroview.core.colour.stretch import Stretch
from astroview.core.frame import ArraySource, Frame, Window
from astroview.ui.enhance.partial_result import PartialResult

RNG = np.random.default_rng(2)
WINDOWS = (Window(0, 0, 60, 80), Window(5, 9, 33, 40), Window(50, 70, 9, 9))


@pytest.fixture
def grown(tmp_path: Path) -> PartialResult:
    """A 30 x 40 frame whose x2 result has two windows final."""
    picture = RNG.random((30, 40)).astype(np.float32)
    frame = Frame("f", (30, 40), 1, "linear", ArraySource(picture), None)
    np.save(tmp_path / "source.npy", RNG.random((60, 80)).astype(np.float32) + 5)
    np.save(tmp_path / "chroma.npy", np.full((60, 80, 2), 0.25, np.float16))
    maps = ChromaMaps(RNG.normal(size=(4, 5, 4)).astype(np.float32), (8.0, 8.0))
    start = PartialResult(frame, maps=maps, stretch=Stretch("linear", 0.0, 1.0))
    more = start.with_tile("source", Window(10, 12, 21, 30), tmp_path)
    return more.with_tile("chroma", Window(10, 12, 20, 20), tmp_path)


@pytest.mark.parametrize("step", [1, 2, 3, 4, 7])
@pytest.mark.parametrize(
    "window", [Window(0, 0, 60, 80), Window(5, 9, 33, 40), Window(50, 70, 9, 9)]
)
def test_what_is_final_is_shown_and_the_rest_is_the_frame(
    grown: PartialResult, window: Window, step: int
):
    assert grown.samples is not None
    whole = grown.frame.read().repeat(2, 0).repeat(2, 1)
    whole[10:31, 12:42] = grown.samples[10:31, 12:42]
    frame = grown.as_frame()
    assert frame.shape == (60, 80)
    read = frame.read(window, step)
    expected = whole[window.slices][::step, ::step]
    if step % 2 == 0 or step == 1:
        assert np.array_equal(read, expected)
    else:  # the frame's own samples may be its neighbours'
        assert read.shape == expected.shape
    chroma = frame.read_chroma(window, step)
    assert chroma.shape == (*read.shape, 2)
    final = np.zeros((60, 80), bool)
    final[10:30, 12:32] = True
    is_final = final[window.slices][::step, ::step]
    assert np.abs(chroma[is_final] - 0.25).max(initial=0) < 1e-3
    assert np.isfinite(chroma).all()


def test_colours_at_a_glance_follow_lightness(grown: PartialResult):
    start = PartialResult(grown.frame, maps=grown.maps, stretch=grown.stretch)
    frame = start.as_frame()
    assert frame.shape == (30, 40)
    assert grown.maps
    light = colour_space.lightness(np.clip(frame.read(), 0, 1))
    expected = grown.maps.at(np.arange(30) + 0.5, np.arange(40) + 0.5, light)
    assert np.abs(frame.read_chroma() - expected).max() < 1e-6
