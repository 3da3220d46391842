"""Scores of pictures against the truth. Tensors are (B, C, H, W) in 0..1 unless said."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from trainer import colour


def psnr(y: Tensor, truth: Tensor) -> float:
    """Peak signal-to-noise ratio in dB for a peak of 1, over all samples."""
    return float(-10 * torch.log10((y - truth).square().mean().clamp_min(1e-12)))


def ssim(y: Tensor, truth: Tensor) -> float:
    """Structural similarity (Wang et al. 2004): Gaussian window 11, sigma 1.5, mean over
    channels and positions.
    """
    channels = y.shape[1]
    offsets = torch.arange(11, dtype=y.dtype) - 5
    window = torch.exp(-(offsets**2) / (2 * 1.5**2))
    window = (window / window.sum()).to(y)
    kernel = (window[:, None] * window).expand(channels, 1, 11, 11)

    def blur(x: Tensor) -> Tensor:
        return functional.conv2d(x, kernel, groups=channels)

    mean_y, mean_t = blur(y), blur(truth)
    var_y, var_t = blur(y * y) - mean_y**2, blur(truth * truth) - mean_t**2
    covariance = blur(y * truth) - mean_y * mean_t
    c1, c2 = 0.01**2, 0.03**2
    top = (2 * mean_y * mean_t + c1) * (2 * covariance + c2)
    return float((top / ((mean_y**2 + mean_t**2 + c1) * (var_y + var_t + c2))).mean())


def chroma_error(y: Tensor, truth: Tensor) -> float:
    """Mean |Δab|: the absolute CIELAB difference of a and of b, averaged over both."""
    return float((colour.to_cielab(y) - colour.to_cielab(truth))[:, 1:].abs().mean())


def colourfulness(rgb: Tensor) -> float:
    """Hasler & Suesstrunk (2003), in units of 0..255."""
    red, green, blue = (rgb * 255).unbind(1)
    rg, yb = red - green, (red + green) / 2 - blue
    spread = torch.hypot(rg.std(), yb.std())
    return float(spread + 0.3 * torch.hypot(rg.mean(), yb.mean()))


def means(rows: Sequence[dict[str, float]]) -> dict[str, float]:
    """The mean of each key over the rows; {} for no rows."""
    if not rows:
        return {}
    return {key: sum(row[key] for row in rows) / len(rows) for key in rows[0]}
