"""No answer leaves what its surroundings allow, whatever a network says."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional

from astroview.core.colour.stretch import Stretch
from astroview.engine.networks.bounded import around, mixed, repeated, star_share
from astroview.engine.networks.curves import Curve
from astroview.engine.networks.written import as_measured, as_picture, without_noise


def star(fwhm: float, scale: int, at: float, side: int = 15) -> np.ndarray:
    """(side * scale,) squared: a Gaussian, its centre ``at`` of a pixel from a pixel's corner."""
    place = (np.arange(side * scale) + 0.5) / scale - side // 2 - at
    line = np.exp(-4 * np.log(2) * (place / fwhm) ** 2)
    return np.outer(line, line)


@pytest.mark.parametrize("scale", [2, 3, 4, 8])
def test_the_sharpest_star_loses_nothing_wherever_its_sample_lies(scale: int):
    for place in range(scale):
        truth = torch.from_numpy(100 + 1e4 * star(1.3, scale, (place + 0.5) / scale))[None, None]
        x = functional.avg_pool2d(truth, scale)
        made = mixed(truth, repeated(x, scale), around(x, scale))
        assert made.share.min() == 1
        assert torch.allclose(made.samples, truth)


@pytest.mark.parametrize("scale", [2, 4])
@pytest.mark.parametrize("fwhm", [0.5, 0.7, 1.0, 1.2])
def test_of_a_telescope_with_sharper_stars_those_lose_nothing_and_no_hole_is_deeper(
    scale: int, fwhm: float
):
    for place in range(scale):
        truth = torch.from_numpy(100 + 1e4 * star(fwhm, scale, (place + 0.5) / scale))[None, None]
        x = functional.avg_pool2d(truth, scale)
        of_any, own = around(x, scale), around(x, scale, star=fwhm)
        assert torch.allclose(mixed(truth, repeated(x, scale), own).samples, truth)
        assert torch.equal(own.low, of_any.low)
        assert (own.high >= of_any.high).all()
    assert torch.equal(around(x, scale, star=3.0).high, of_any.high)


@pytest.mark.parametrize("scale", [2, 4])
@pytest.mark.parametrize("fwhm", [0.65, 1.0])
def test_of_a_telescope_with_sharper_stars_a_true_answer_stays_true(scale: int, fwhm: float):
    curve = Curve.of(Stretch("asinh", 0.0, 3000.0, 0.01))
    for place in range(scale):
        truth = torch.from_numpy(100 + 1e4 * star(fwhm, scale, (place + 0.5) / scale))[None, None]
        x = functional.avg_pool2d(truth, scale)
        made = as_measured(curve.forward(truth), x, curve, star=fwhm).samples
        assert torch.allclose(made, truth, rtol=1e-6)


def test_shares_are_as_measured():
    assert star_share(2) == pytest.approx(0.46, abs=0.01)
    assert star_share(4) == pytest.approx(0.84, abs=0.01)


wild = st.floats(allow_nan=False, width=32)


@settings(max_examples=150, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    scale=st.sampled_from([2, 3, 4]),
    shape=st.tuples(st.integers(1, 9), st.integers(1, 9)),
    noise=st.sampled_from([0.0, 0.1, 3.0]),
    outlier=st.floats(-1e6, 1e6),
    said=st.sampled_from([0.0, 1.0, 30.0, 1e6, float("inf"), float("nan")]),
    sharp=st.sampled_from([1.3, 0.6]),
)
def test_whatever_is_said_flux_is_kept_and_nothing_leaves_the_range(
    seed: int,
    scale: int,
    shape: tuple[int, int],
    noise: float,
    outlier: float,
    said: float,
    sharp: float,
):
    rng = np.random.default_rng(seed)
    x = torch.from_numpy(rng.normal(0, 1, (1, 1, *shape)).astype(np.float32))
    x[0, 0, rng.integers(shape[0]), rng.integers(shape[1])] = outlier
    curve = Curve.of(Stretch("asinh", -2.0, 50.0, 0.02))
    v = torch.from_numpy(rng.normal(0, 1, (1, 1, *(n * scale for n in shape))).astype(np.float32))
    v = curve.forward(repeated(x, scale)) + v * said
    within = around(x, scale, noise, star=sharp)
    rounding = 1e-5 * max(1.0, float(x.abs().max()))
    made = as_measured(v, x, curve, noise, star=sharp).samples
    assert (made - functional.interpolate(within.low, scale_factor=scale) > -rounding).all()
    assert (functional.interpolate(within.high, scale_factor=scale) - made > -rounding).all()
    assert (functional.avg_pool2d(made, scale) - x).abs().max() <= rounding
    if noise:
        free = without_noise(v, x, curve, noise)
        low, high = free.within.fine(scale)
        assert (free.samples >= low - rounding).all()
        assert (free.samples <= high + rounding).all()


@pytest.mark.parametrize("value", [0.0, 7e-1, -3.5])
def test_a_constant_stays_a_constant(value: float):
    x, v = torch.full((1, 1, 5, 4), value), torch.rand(1, 1, 10, 8) * 9
    assert torch.equal(as_measured(v, x, Curve(0.0, 1.0, None)).samples, repeated(x, 2))


@pytest.mark.parametrize("pictures", ["free", "boxes"])
def test_pictures_end_at_black_and_white_and_near_what_lies_around(pictures: str):
    torch.manual_seed(2)
    u = (torch.rand(1, 3, 8, 9) * 255).round() / 255
    u[..., :4, :5] = 0.3
    made = as_picture(torch.randn(1, 3, 32, 36) * 9, u, pictures)  # type: ignore[arg-type]
    assert made.samples.min() >= 0
    assert made.samples.max() <= 1
    assert (made.samples[..., 1:8, 1:8] == 0.3).all()


def test_a_picture_is_written_as_the_network_says():
    u = torch.rand(1, 1, 12, 12)
    said = functional.interpolate(u, scale_factor=2, mode="bilinear")
    assert torch.allclose(as_picture(said, u).samples, said)


def test_training_gets_gradients_through_all_of_it():
    torch.manual_seed(0)
    u = torch.rand(2, 1, 6, 6)
    curve = Curve.each(torch.tensor([[0.0, 1.0, 0.02], [0.0, 1.0, 0.3]]))
    v = (torch.randn(2, 1, 12, 12) * 20).requires_grad_()
    total = as_measured(v, curve.inverse(u), curve, torch.full((2, 1, 1, 1), 0.01)).samples.sum()
    (total + as_picture(v, u).samples.sum()).backward()
    assert v.grad is not None
    assert v.grad.isfinite().all()


@given(st.integers(0, 10_000), st.sampled_from([2, 4]), st.integers(0, 12))
def test_the_short_way_through_boxes_that_are_within_says_the_same(seed: int, s: int, wild: int):
    rng = np.random.default_rng(seed)
    x = torch.from_numpy(rng.uniform(0, 1, (2, 3, 7, 9)).astype(np.float32))
    answer = repeated(x, s) + 0.05 * torch.from_numpy(
        rng.normal(size=(2, 3, 7 * s, 9 * s)).astype(np.float32)
    )
    for _ in range(wild):
        place = tuple(int(rng.integers(n)) for n in answer.shape)
        answer[place] = float(rng.choice([50.0, -50.0, np.nan, np.inf, -np.inf]))
    within, base = around(x, s), repeated(x, s)
    with torch.enable_grad():
        whole = mixed(answer, base, within)
    with torch.inference_mode():
        short = mixed(answer, base, within)
    assert torch.allclose(short.samples, whole.samples, atol=2e-6)
    assert torch.equal(short.share == 1, whole.share == 1) or torch.allclose(
        short.share, whole.share, atol=1e-5
    )
    assert short.samples.isfinite().all()
