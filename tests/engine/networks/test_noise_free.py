"""Noise is left out, light is not, and what is left of noise does not look like stars."""

import numpy as np
import pytest
import torch

from astroview.engine.networks.noise_free import blurred, certainty, smoothed


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
    made = smoothed(nothing, x, 1.0)
    assert float(made.sum()) / scale**2 == pytest.approx(4.0, rel=1e-4)


def test_an_answer_that_says_the_truth_of_what_is_clear_stays_as_it_is():
    x = torch.zeros(1, 1, 41, 41)
    x[..., 18:23, 18:23] = 200.0
    answer = x.repeat_interleave(2, 2).repeat_interleave(2, 3)
    made = smoothed(answer, x, 1.0)
    assert torch.allclose(made[..., 34:48, 34:48], answer[..., 34:48, 34:48], atol=1e-3)


def test_the_level_of_the_sky_stays_around_a_star():
    x = torch.full((1, 1, 41, 41), 1e4)
    x[..., 19:22, 19:22] += 300.0
    answer = x.repeat_interleave(2, 2).repeat_interleave(2, 3)
    made = smoothed(answer, x, 1.0)
    ring = made[..., 20:28, 20:60]
    assert float((ring - 1e4).abs().max()) < 1.0
    assert float((made - answer).sum()) == pytest.approx(0, abs=1.0)
