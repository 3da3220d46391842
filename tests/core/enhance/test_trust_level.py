"""Detail that intervals do not bear out gives way to interpolation; flux stays everywhere."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from astroview.core.enhance.trust_level import (
    HIDDEN,
    boxes,
    interpolated,
    trusted,
    without_unsure,
)
from astroview.core.frame import ArraySource, Frame, Window

RNG = np.random.default_rng(0)


def result(x: np.ndarray, halves: np.ndarray, s: int = 2) -> Frame:
    shape, channels = x.shape[:2], 3 if x.ndim == 3 else 1
    source, unsure = ArraySource(x.astype(np.float32)), ArraySource(halves.astype(np.float32))
    return Frame("r", shape, channels, "linear", source, None, scale=s, uncertainty=unsure)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 999), st.sampled_from([2, 4]), st.floats(0, 30), st.booleans(), st.booleans())
def test_every_pixel_keeps_its_flux_and_its_gaps(
    seed: int, s: int, level: float, holes: bool, colour: bool
) -> None:
    rng = np.random.default_rng(seed)
    x = rng.normal(100, 20, (7 * s, 9 * s, 3) if colour else (7 * s, 9 * s)).astype(np.float32)
    if holes:
        x[2 * s : 3 * s, 4 * s : 5 * s] = np.nan
    halves = rng.uniform(0.1, 60, x.shape[:2]).astype(np.float32)
    made = without_unsure(x, halves, s, level)
    assert np.array_equal(np.isnan(made), np.isnan(x))
    for plane, before in zip(np.atleast_3d(made).T, np.atleast_3d(x).T, strict=True):
        kept, was = boxes(plane.T, s), boxes(before.T, s)
        assert np.allclose(kept[np.isfinite(was)], was[np.isfinite(was)], rtol=1e-5, atol=1e-3)


def test_only_what_is_unsure_goes() -> None:
    """Left half: intervals as wide as the detail; right half: a hundredth of it."""
    x = RNG.normal(100, 10, (40, 40)).astype(np.float32)
    halves = np.full((40, 40), 20, np.float32)
    halves[:, 20:] = 0.2
    made = without_unsure(x, halves, 2, 3)
    assert np.array_equal(made[:, 20:], x[:, 20:])
    assert np.allclose(made[:, :20], interpolated(x, 2, halves / 1.645)[:, :20])
    assert not np.allclose(made[:, :20], x[:, :20])
    assert np.array_equal(without_unsure(x, halves, 2, 0.01), x)


def test_interpolation_is_bicubic_of_a_smooth_sky() -> None:
    y, z = np.mgrid[:64, :64] / 10
    sky = (100 + np.sin(y) * np.cos(z)).astype(np.float32)
    assert np.abs(interpolated(sky, 2) - sky)[6:-6, 6:-6].max() < 3e-3
    ramp = np.arange(64.0, dtype=np.float32)[None].repeat(32, 0)
    assert np.allclose(interpolated(ramp, 4)[:, 16:-16], ramp[:, 16:-16], atol=1e-3)


@pytest.mark.parametrize("s", [2, 4])
def test_windows_and_steps_are_parts_of_the_whole(s: int) -> None:
    frame = result(RNG.normal(0, 1, (20 * s, 24 * s)), RNG.uniform(0.1, 5, (20 * s, 24 * s)), s)
    shown = trusted(frame, 1.5)
    whole = shown.read()
    assert not np.array_equal(whole, frame.read())
    for window in (Window(3, 5, 11, 17), Window(0, 0, 1, 1), Window(20 * s - 3, 7, 3, 9)):
        assert np.array_equal(shown.read(window), whole[window.slices])
        assert np.array_equal(shown.read(window, 2), whole[window.slices][::2, ::2])
    assert HIDDEN.format(1.5) in shown.history


def test_nothing_rings_beside_an_outlier() -> None:
    x = np.full((40, 40), 100, np.float32) + RNG.normal(0, 1, (40, 40)).astype(np.float32)
    x[20:22, 20:22] = 5000
    made = without_unsure(x, np.full((40, 40), 3, np.float32), 2, 5)
    assert (made[20:22, 20:22] == 5000).all()
    beside = np.ones((40, 40), bool)
    beside[20:22, 20:22] = False
    assert np.abs(made - 100)[beside].max() < 8


def test_frames_without_intervals_stay() -> None:
    frame = result(np.ones((4, 4)), np.ones((4, 4)))
    plain = Frame("p", (4, 4), 1, "linear", frame.source, None, scale=2)
    assert trusted(plain, 3) is plain
    assert trusted(frame, 0) is frame
