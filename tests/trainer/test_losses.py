"""Each loss term on a case worked by hand."""

import math

import pytest
import torch

from trainer import losses


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
