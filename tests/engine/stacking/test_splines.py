"""What pixels see of a spline sky: exact between the fine points, and its own transpose."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import erf

from astroview.engine.stacking.splines import fine_means, sight


def places(n: int, scale: int, dx: float, dy: float, turn: float = 0.0):
    i = (np.arange(n) + 5.0) * scale
    x, y = np.meshgrid(i + dx, i + dy)
    middle = (n / 2 + 5) * scale
    cos, sin = np.cos(turn), np.sin(turn)
    return (
        cos * (x - middle) - sin * (y - middle) + middle,
        sin * (x - middle) + cos * (y - middle) + middle,
    )


@settings(max_examples=30, deadline=None)
@given(
    st.integers(1, 4), st.floats(-2, 2), st.floats(-2, 2), st.sampled_from([0.0, 0.1]),
    st.integers(0, 9),
)  # fmt: skip
def test_back_is_the_transpose_of_forward(
    scale: int, dx: float, dy: float, turn: float, seed: int
) -> None:
    fine = (20 * scale, 20 * scale)
    sees = sight(*places(9, scale, dx, dy, turn), float(scale), fine)
    rng = np.random.default_rng(seed)
    s = rng.random(fine).astype(np.float32)
    y = rng.random((9, 9)).astype(np.float32)
    assert np.isclose((sees.forward(s) * y).sum(), (s * sees.back(y)).sum(), rtol=1e-4)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 4), st.floats(-1, 1), st.floats(-1, 1))
def test_a_flat_sky_is_seen_flat_and_pixels_are_seen_alike_by_both_ways(
    scale: int, dx: float, dy: float
) -> None:
    fine = (24 * scale, 24 * scale)
    x, y = places(9, scale, dx, dy)
    grid = sight(x, y, float(scale), fine)
    x[0, 0] += 0.03  # no grid of rows and columns any more
    free = sight(x, y, float(scale), fine)
    assert type(grid) is not type(free)
    assert np.allclose(grid.forward(np.full(fine, 7, np.float32)), 7, rtol=1e-5)
    s = np.random.default_rng(3).random(fine).astype(np.float32)
    assert np.allclose(grid.forward(s)[1:], free.forward(s)[1:], atol=1e-5)


def test_a_star_between_the_fine_points_is_seen_as_it_is() -> None:
    """A Gaussian of the spline's own making, convolved once more: widths add in squares."""
    sigma = 1.6
    at = np.arange(60) + 0.5
    s = np.exp(-((at - 30.3) ** 2) / (2 * sigma**2))
    total = np.sqrt(sigma**2 + 1 / 3)  # of a cubic B-spline
    for shift in (0.0, 0.21, 0.5, 0.77):
        centres = np.arange(12, 48, 2.0) + shift
        x = np.tile(centres, (len(centres), 1))
        sees = sight(x, x.T, 2.0, (60, 60))
        seen = sees.forward(np.outer(s, s).astype(np.float32))
        edges = np.array([centres - 1, centres + 1])
        part = np.diff(erf((edges - 30.3) / (np.sqrt(2) * total)), axis=0)[0] / 2
        light = part * sigma * np.sqrt(2 * np.pi) / 2
        assert np.allclose(seen, np.outer(light, light), atol=2e-3 * seen.max())


def test_fine_means_keep_the_light() -> None:
    s = np.zeros((20, 20), np.float32)
    s[9, 11] = 5.0
    assert np.isclose(fine_means(s).sum(), 5.0, rtol=1e-5)
