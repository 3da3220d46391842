"""Each loss term on a case worked by hand."""

import math

import pytest
import torch

from trainer import metrics
from trainer.data import tensor_colour
from trainer.tasks import losses
from trainer.tasks.colour_task import BINS, classes


def test_charbonnier():
    # sqrt(3^2 + 4^2) - 4 = 1 and sqrt(0 + 4^2) - 4 = 0
    assert losses.charbonnier(torch.tensor([3.0, 0.0]), epsilon=4.0) == pytest.approx(0.5)


def test_fft_amplitude():
    # A constant c over n pixels has one orthonormal amplitude, c sqrt(n); 2 x 2 has 4 in rfft2.
    one = torch.full((1, 1, 2, 2), 3.0)
    assert losses.fft_amplitude(one, torch.zeros_like(one)) == pytest.approx(6 / 4)
    shifted = torch.rand(1, 1, 8, 8)
    moved = torch.roll(shifted, 3, -1)  # a shift changes phases only
    assert losses.fft_amplitude(shifted, moved) == pytest.approx(0, abs=1e-6)


def test_code_distance_counts_what_is_supported():
    code, wanted = torch.tensor([[1.0, 5.0]]), torch.tensor([[0.0, 0.0]])
    support = torch.tensor([[1.0, 0.0]])
    # smooth L1 with beta 0.1 of a gap of 1: 1 - 0.1 / 2
    assert losses.code_distance(code, wanted, support) == pytest.approx(0.95)


def test_rank_loss():
    logits = torch.tensor([[0.0, 0.0]])
    assert losses.rank_loss(logits, torch.tensor([1])) == pytest.approx(math.log(2))


def test_laplace_nll():
    # |2| / 4 + log(2 * 4), and with the scale at the error itself: 1 + log(2 * 2)
    error = torch.tensor([2.0])
    wide, fair = torch.tensor([4.0]).log(), torch.tensor([2.0]).log()
    assert losses.laplace_nll(error, wide) == pytest.approx(0.5 + math.log(8))
    assert losses.laplace_nll(error, fair) == pytest.approx(1 + math.log(4))


def test_aperture_flux_counts_whole_apertures():
    truth = torch.zeros(1, 1, 32, 32)
    truth[0, 0, 8, 8], truth[0, 0, 8, 24] = 10.0, 5.0
    y = truth.clone()
    y[0, 0, 8, 8], y[0, 0, 8, 9] = 6.0, 4.0  # moved within the aperture: the flux is the same
    y[0, 0, 8, 24] = 4.0  # a fifth is lost
    found = losses.aperture_flux(y, truth, radius=3, sources=2, floor=0.0)
    assert found == pytest.approx((0.0 + 0.2) / 2)


def test_aperture_flux_of_blank_sky_is_no_error():
    sky = torch.zeros(2, 1, 16, 16)
    assert losses.aperture_flux(sky, sky) == 0


def test_rare_chroma_counts_more_and_the_mean_weight_is_one():
    counts = torch.tensor([90.0, 10.0, 0.0, 0.0])
    weights = losses.rebalancing(counts, blend=0.5)
    # 1 / (p / 2 + 1 / 8) for p = .9, .1, 0: 1.739, 5.714, 8; times 1 / (.9 * 1.739 + .1 * 5.714)
    raw = torch.tensor([1 / 0.575, 1 / 0.175, 8.0, 8.0])
    torch.testing.assert_close(weights, raw / (0.9 * raw[0] + 0.1 * raw[1]))
    assert (counts / 100 * weights).sum() == pytest.approx(1)


def test_chroma_classes():
    logits = torch.zeros(1, 4, 1, 2)
    classes = torch.tensor([[[0, 1]]])
    weights = torch.tensor([0.5, 1.5, 1.0, 1.0])
    # log 4 for either pixel, weighted .5 and 1.5
    assert losses.chroma_classes(logits, classes, weights) == pytest.approx(math.log(4))
    logits[0, 1, 0, 1] = 100.0  # the second pixel is now certain, and right
    assert losses.chroma_classes(logits, classes, weights) == pytest.approx(0.25 * math.log(4))


def test_chroma_is_judged_as_it_is_scored():
    truth = torch.rand(1, 3, 24, 24, generator=torch.Generator().manual_seed(1)) ** 2
    truth[..., :4] = 0
    lab = tensor_colour.to_oklab(truth)
    ab = (lab[:, 1:] * 0.4 + 0.02).requires_grad_(requires_grad=True)
    found = losses.cielab_chroma(lab[:, :1], ab, lab[:, 1:])
    shown = tensor_colour.from_oklab(torch.cat([lab[:, :1], ab], 1)).clamp(0, 1)
    scored = metrics.chroma_error(shown.detach(), truth) * tensor_colour.LAB_UNIT
    assert float(found.detach()) == pytest.approx(scored, rel=1e-3)
    found.backward()
    assert ab.grad is not None
    assert bool(ab.grad.isfinite().all())
    assert losses.cielab_chroma(lab[:, :1], lab[:, 1:], lab[:, 1:]) == 0


def test_the_minimax_game():
    # D(real) = .8, D(fake) = .4 before the sigmoid: log(.8 / .2), log(.4 / .6)
    real, fake = torch.tensor([math.log(4)]), torch.tensor([math.log(2 / 3)])
    critic = -(math.log(0.8) + math.log(0.6))
    assert losses.minimax_critic(real, fake) == pytest.approx(critic)
    assert losses.minimax_generator(fake) == pytest.approx(math.log(0.6))
    assert losses.adversarial(fake) == pytest.approx(-math.log(0.4))


def test_the_hinge():
    real, fake = torch.tensor([2.0, 0.5]), torch.tensor([-3.0, 0.25])
    assert losses.hinge_critic(real, fake) == pytest.approx((0 + 0.5) / 2 + (0 + 1.25) / 2)
    assert losses.hinge_generator(fake) == pytest.approx(2.75 / 2)


def test_feature_matching_moves_only_what_was_made():
    fake = [torch.tensor([1.0, 3.0], requires_grad=True), torch.tensor([4.0], requires_grad=True)]
    real = [torch.tensor([0.0, 0.0], requires_grad=True), torch.tensor([1.0], requires_grad=True)]
    loss = losses.feature_matching(fake, real)
    loss.backward()
    assert loss.item() == pytest.approx((2.0 + 3.0) / 2)
    assert fake[0].grad is not None
    assert real[0].grad is None


def test_the_content_loss_adds_channels_and_divides_by_places():
    made = torch.tensor([[[[1.0, 2.0]], [[0.0, 3.0]]]])  # two channels of 1 x 2 places
    true = torch.zeros(1, 2, 1, 2, requires_grad=True)
    loss = losses.content(made.requires_grad_(), true)
    loss.backward()
    assert loss.item() == pytest.approx((1 + 4 + 9) / 2)
    assert true.grad is None
    assert losses.perceptual(2.0, 3.0) == pytest.approx(2.003)


def test_rare_chroma_weighs_more():
    ab = torch.zeros(1, 2, 1, 3)
    ab[0, 0, 0, 2], ab[0, 1, 0, 2] = 0.19, -0.5  # beyond the edge: the outer class
    found = classes(ab)
    assert found[0, 0, 0] == found[0, 0, 1] != found[0, 0, 2]
    assert found[0, 0, 2] == (BINS - 1) * BINS
    weight = losses.rebalancing(torch.bincount(found.flatten(), minlength=BINS * BINS))
    assert weight[found[0, 0, 2]] > 1.5 * weight[found[0, 0, 0]]
