"""The terms that tasks add up, each once. All are means over the batch unless said."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional


def charbonnier(error: Tensor, epsilon: float = 1e-3) -> Tensor:
    """Mean of sqrt(e^2 + eps^2) - eps: L1 with a smooth foot (Charbonnier et al. 1994)."""
    return (error.square() + epsilon**2).sqrt().mean() - epsilon


def fft_amplitude(y_BCHW: Tensor, truth_BCHW: Tensor) -> Tensor:
    """Mean absolute difference of orthonormal Fourier amplitudes over H, W."""
    amplitudes = [torch.fft.rfft2(x.float(), norm="ortho").abs() for x in (y_BCHW, truth_BCHW)]
    return (amplitudes[0] - amplitudes[1]).abs().mean()


def code_distance(code_BK: Tensor, wanted_BK: Tensor, support_BK: Tensor) -> Tensor:
    """Smooth L1 between palette codes, weighted by what the pictures can say of each number."""
    gaps = functional.smooth_l1_loss(code_BK, wanted_BK, beta=0.1, reduction="none")
    return (gaps * support_BK).sum() / support_BK.sum()


def rank_loss(logits_BP: Tensor, palette_B: Tensor) -> Tensor:
    """Cross entropy between palette logits and the index of the truth's palette."""
    return functional.cross_entropy(logits_BP, palette_B, label_smoothing=0.1)
