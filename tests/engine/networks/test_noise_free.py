"""Noise is left out, light is not, and what is left of noise does not look like stars."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from astroview.engine.networks.noise_free import HALO, blurred, certainty, corrected, noise_left_out


def test_blurring_keeps_a_constant_and_light():
    flat = torch.full((1, 2, 9, 12), 7.0)
    assert torch.allclose(blurred(flat, 1.3), flat)
    spike = torch.zeros(1, 1, 31, 31)
    spike[..., 15, 15] = 5.0
    assert float(blurred(spike, 2.0).sum()) == pytest.approx(5.0, rel=1e-5)


def test_noise_is_never_certain_and_a_star_of_ten_sigma_is_all_over():
    x = torch.from_numpy(np.random.default_rng(1).normal(0, 3, (1, 1, 400, 400))).float()
    assert float((certainty(x, 3.0) > 0.05).float().mean()) < 1e-3
    rows, columns = torch.meshgrid(torch.arange(400.0), torch.arange(400.0), indexing="ij")
    shape = torch.exp(-((rows - 200) ** 2 + (columns - 200) ** 2) / 2)
    star = 3.0 * 10 * shape / shape.square().sum().sqrt()
    assert float(certainty(x + star, 3.0)[..., 199:202, 199:202].min()) > 0.8


@pytest.mark.parametrize("scale", [2, 4])
def test_an_answer_that_swallows_a_faint_star_gets_its_light_back(scale: int):
    x = torch.zeros(1, 1, 41, 41)
    x[..., 20, 20] = 4.0
    nothing = torch.zeros(1, 1, 41 * scale, 41 * scale)
    made = noise_left_out(nothing, x, 1.0)
    assert float(made.sum()) / scale**2 == pytest.approx(4.0, rel=1e-4)


def test_an_answer_that_says_the_truth_of_what_is_clear_stays_as_it_is():
    x = torch.zeros(1, 1, 41, 41)
    x[..., 18:23, 18:23] = 200.0
    answer = x.repeat_interleave(2, 2).repeat_interleave(2, 3)
    made = noise_left_out(answer, x, 1.0)
    assert torch.allclose(made[..., 34:48, 34:48], answer[..., 34:48, 34:48], atol=1e-3)


def test_the_level_of_the_sky_stays_around_a_star():
    x = torch.full((1, 1, 41, 41), 1e4)
    x[..., 19:22, 19:22] += 300.0
    answer = x.repeat_interleave(2, 2).repeat_interleave(2, 3)
    made = noise_left_out(answer, x, 1.0)
    ring = made[..., 20:28, 20:60]
    assert float((ring - 1e4).abs().max()) < 1.0
    assert float((made - answer).sum()) == pytest.approx(0, abs=1.0)


def lone_star(snr: float, fwhm: float = 2.5, side: int = 61) -> torch.Tensor:
    """(1, 1, side, side) with noise of 1 in mind, in the middle."""
    rows, columns = torch.meshgrid(*[torch.arange(float(side))] * 2, indexing="ij")
    away = (rows - side // 2) ** 2 + (columns - side // 2) ** 2
    shape = torch.exp(-4 * np.log(2) * away / fwhm**2)
    return (snr * shape / shape.square().sum().sqrt())[None, None]


@pytest.mark.parametrize("snr", [20.0, 300.0, 3000.0])
def test_the_sky_around_a_star_is_smoothed_as_it_is_elsewhere(snr: float):
    rng = np.random.default_rng(4)
    noise = torch.from_numpy(rng.normal(0, 1, (24, 1, 61, 61))).float()
    seen = noise + lone_star(snr)
    all_of_it = seen.repeat_interleave(2, 2).repeat_interleave(2, 3)  # a network that leaves all
    left = noise_left_out(all_of_it, seen, 1.0)
    rows, columns = torch.meshgrid(*[torch.arange(122.0)] * 2, indexing="ij")
    away = torch.hypot(rows - 60.5, columns - 60.5) / 2
    beside, far = (left[:, 0, (away > a) & (away < b)].std() for a, b in ((8, 11), (20, 28)))
    assert float(beside / far) == pytest.approx(1, abs=0.1)
    assert float(far) < 0.4


@pytest.mark.parametrize("fwhm", [1.3, 2.5])
@pytest.mark.parametrize("snr", [15.0, 30.0, 300.0])
def test_light_of_what_stands_out_stays_within_its_aperture(snr: float, fwhm: float):
    answer = 2 * lone_star(snr, 2 * fwhm, 122)
    star = functional.avg_pool2d(answer, 2)
    rows, columns = torch.meshgrid(*[torch.arange(122.0)] * 2, indexing="ij")
    within = torch.hypot(rows - 61, columns - 61) / 2 < 3
    before, after = (
        float(y[0, 0, within].sum()) for y in (answer, noise_left_out(answer, star, 1.0))
    )
    assert after / before == pytest.approx(1, abs=0.02)


def test_what_noise_explains_is_not_put_back_pixel_by_pixel_and_what_it_does_not_is():
    noise = torch.from_numpy(np.random.default_rng(6).normal(0, 1, (1, 1, 90, 90))).float()
    nothing = torch.zeros(1, 1, 180, 180)
    assert float(corrected(nothing, noise, 1.0).std()) < 0.1
    missed = lone_star(40, 2.5, 90)
    back = functional.avg_pool2d(corrected(nothing, missed, 1.0), 2)
    assert torch.allclose(back[..., 44:47, 44:47], missed[..., 44:47, 44:47])
    exact = functional.avg_pool2d(corrected(nothing, noise, 0.0), 2)
    assert torch.allclose(exact, noise, atol=1e-5)


@pytest.mark.parametrize("scale", [2, 4])
def test_what_is_left_of_noise_depends_on_no_more_than_its_halo(scale: int):
    torch.manual_seed(4)
    side = 2 * HALO + 9
    x = torch.randn(1, 1, side, side, dtype=torch.float64)
    x[..., ::7, ::5] += 40
    said = torch.nn.functional.interpolate(x, scale_factor=scale, mode="bicubic")
    other_x, other = x.clone(), said.clone()
    far = torch.ones(side, side, dtype=torch.bool)
    middle = side // 2
    far[middle - HALO : middle + HALO + 1, middle - HALO : middle + HALO + 1] = False
    other_x[0, 0][far] = torch.randn(int(far.sum()), dtype=torch.float64) * 50
    other[0, 0][far.repeat_interleave(scale, 0).repeat_interleave(scale, 1)] = 0
    one, two = (noise_left_out(a, b, 1.0) for a, b in ((said, x), (other, other_x)))
    here = slice(middle * scale, (middle + 1) * scale)
    assert torch.allclose(one[..., here, here], two[..., here, here])
