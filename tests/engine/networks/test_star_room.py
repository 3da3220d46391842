"""A star loses nothing of its peak wherever its centre lies; what is no star gets no room."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from astroview.engine.networks.bounded import SIGMAS, around, mixed, repeated, star_share
from astroview.engine.networks.star_room import star_room

SIDE, PHASES = 15, 8


def star(fwhm: float, scale: int, y: float, x: float) -> torch.Tensor:
    """A Gaussian summed over fine samples, (1, 1, SIDE * scale, SIDE * scale)."""
    edges, width = np.arange(SIDE * scale + 1) / scale, fwhm / 2.354820
    rows, columns = (np.diff(ndtr((edges - c) / width)) * scale for c in (y, x))
    return torch.from_numpy(np.outer(rows, columns))[None, None]


def seen(truth: torch.Tensor, scale: int) -> torch.Tensor:
    return torch.nn.functional.avg_pool2d(truth, scale)


@pytest.mark.parametrize("scale", [2, 4])
@pytest.mark.parametrize(("fwhm", "most"), [(1.0, 0.02), (1.15, 1e-6), (1.3, 1e-6), (1.6, 1e-6)])
def test_a_star_keeps_its_peak_at_every_place_of_a_pixel(scale: int, fwhm: float, most: float):
    """Each phase, corners and centres of pixels among them; light and sky in any units."""
    for units, sky in ((1.0, 0.0), (3e4, 100.0)):
        for i in range(PHASES + 1):
            for j in range(PHASES + 1):
                y = sky + units * star(fwhm, scale, 7 + i / PHASES, 7 + j / PHASES)
                x = seen(y, scale)
                made = mixed(y, repeated(x, scale), around(x, scale)).samples
                assert (y.max() - made.max()) <= most * (y.max() - sky)
                if fwhm >= 1.3:  # of a sharper one, samples beside the peak are held back
                    assert torch.allclose(made, y)


def frame_of(pixels: list[list[float]]) -> torch.Tensor:
    made = torch.zeros(1, 1, 15, 15, dtype=torch.float64)
    part = torch.tensor(pixels, dtype=torch.float64)
    made[0, 0, 6 : 6 + part.shape[0], 6 : 6 + part.shape[1]] = part
    return made


@pytest.mark.parametrize(
    "pixels",
    [
        [[1000.0]],  # a hot pixel
        [[1000.0, 900.0]],  # a track of a cosmic ray, and others
        [[1000.0, 0.0], [0.0, 900.0]],
        [[1000.0, 900.0], [800.0, 0.0]],
        [[1000.0] * 9] * 9,  # a plateau, and its corners and edges
        [[1000.0]] * 9,  # a column
        [[1000.0, 1000.0, 1000.0]] * 3,  # a saturated star
    ],
)
def test_what_is_no_star_gets_no_more_room(pixels: list[list[float]]):
    x = frame_of(pixels) + 50
    within = around(x, 2, 1.0)
    high, low = (torch.nn.functional.max_pool2d(n, 3, 1, 1) for n in (x, -x))
    expected = high + (high + low) * star_share(2) + SIGMAS
    expected = torch.where(high > -low, expected, high)
    assert torch.allclose(within.high, expected)


def test_noise_is_taken_for_no_star():
    x = torch.from_numpy(np.random.default_rng(3).normal(100, 5, (1, 1, 200, 200)))
    high, low = (torch.nn.functional.max_pool2d(n, 3, 1, 1) for n in (x, -x))
    assert star_room(x, -low, high, 2, 5.0) is None


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), scale=st.sampled_from([2, 3, 4]))
def test_room_turns_and_moves_with_the_frame(seed: int, scale: int):
    rng = np.random.default_rng(seed)
    y = sum(
        (star(rng.uniform(1, 2.5), scale, *rng.uniform(3, 12, 2)) * 1e4 for _ in range(4)),
        torch.zeros(1, 1, SIDE * scale, SIDE * scale, dtype=torch.float64),
    )
    x = seen(y, scale) + torch.from_numpy(rng.normal(0, 1, (SIDE, SIDE)))
    one = around(x, scale, 1.0).high
    for turns in (1, 2, 3):
        turned = around(torch.rot90(x, turns, (2, 3)), scale, 1.0).high
        assert torch.allclose(torch.rot90(turned, -turns, (2, 3)), one)
    assert torch.allclose(around(x.flip(3) * 3 + 7, scale, 3.0).high.flip(3), one * 3 + 7)
    part = around(x[..., 2:, 2:], scale, 1.0).high
    assert torch.allclose(part[..., 2:, 2:], one[..., 4:, 4:])
