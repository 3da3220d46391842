"""Scores of pictures against the truth. Tensors are (B, C, H, W) in 0..1 unless said."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from trainer.data import tensor_colour


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
    columns = window.view(1, 1, 11, 1).expand(channels, 1, 11, 1)
    rows = window.view(1, 1, 1, 11).expand(channels, 1, 1, 11)

    def blur(x: Tensor) -> Tensor:
        return functional.conv2d(
            functional.conv2d(x, columns, groups=channels), rows, groups=channels
        )

    mean_y, mean_t = blur(y), blur(truth)
    var_y, var_t = blur(y * y) - mean_y**2, blur(truth * truth) - mean_t**2
    covariance = blur(y * truth) - mean_y * mean_t
    c1, c2 = 0.01**2, 0.03**2
    top = (2 * mean_y * mean_t + c1) * (2 * covariance + c2)
    return float((top / ((mean_y**2 + mean_t**2 + c1) * (var_y + var_t + c2))).mean())


def chroma_error(y: Tensor, truth: Tensor) -> float:
    """Mean |Δab|: the absolute CIELAB difference of a and of b, averaged over both."""
    return float((tensor_colour.to_cielab(y) - tensor_colour.to_cielab(truth))[:, 1:].abs().mean())


def coloured_error(y: Tensor, truth: Tensor, least: float = 5.0) -> float:
    """`chroma_error` where the truth has a colour: CIELAB chroma above ``least``, each pixel
    weighted by its chroma. 0 for a truth without colour.
    """
    wanted, made = tensor_colour.to_cielab(truth)[:, 1:], tensor_colour.to_cielab(y)[:, 1:]
    chroma = wanted.square().sum(1).sqrt()
    weight = torch.where(chroma > least, chroma, 0.0)
    errors = (made - wanted).abs().mean(1)
    return float((errors * weight).sum() / weight.sum()) if bool(weight.any()) else 0.0


def lightness_error(y: Tensor, truth: Tensor) -> float:
    """The largest difference of Oklab lightness as a grey level, in units of 1/255."""
    greys = [
        tensor_colour.encode_srgb(tensor_colour.to_oklab(x)[:, :1].clamp_min(0) ** 3)
        for x in (y, truth)
    ]
    return float((greys[0] - greys[1]).abs().max() * 255)


def ciede2000(lab_y: Tensor, lab_truth: Tensor) -> Tensor:
    """CIEDE2000 (Sharma et al. 2005) of CIELAB colours (B, 3, ...): (B, ...)."""
    (l1, a1, b1), (l2, a2, b2) = lab_y.unbind(1), lab_truth.unbind(1)
    mean7 = ((torch.hypot(a1, b1) + torch.hypot(a2, b2)) / 2) ** 7
    g = 0.5 * (1 - (mean7 / (mean7 + 25.0**7)).sqrt())
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = torch.hypot(a1, b1), torch.hypot(a2, b2)
    h1, h2 = (torch.rad2deg(torch.atan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    grey = c1 * c2 == 0
    turn = torch.where(grey, 0.0, (h2 - h1 + 180) % 360 - 180)
    hue = 2 * (c1 * c2).sqrt() * torch.sin(torch.deg2rad(turn / 2))
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    mean_h = torch.where(grey, h1 + h2, (h1 + turn / 2) % 360)
    t = (
        1
        - 0.17 * torch.cos(torch.deg2rad(mean_h - 30))
        + 0.24 * torch.cos(torch.deg2rad(2 * mean_h))
        + 0.32 * torch.cos(torch.deg2rad(3 * mean_h + 6))
        - 0.20 * torch.cos(torch.deg2rad(4 * mean_h - 63))
    )
    off = (mean_l - 50) ** 2
    dl = (l2 - l1) / (1 + 0.015 * off / (20 + off).sqrt())
    dc = (c2 - c1) / (1 + 0.045 * mean_c)
    dh = hue / (1 + 0.015 * mean_c * t)
    turned = 30 * torch.exp(-(((mean_h - 275) / 25) ** 2))
    twist = -2 * (mean_c**7 / (mean_c**7 + 25.0**7)).sqrt()
    twist = twist * torch.sin(torch.deg2rad(2 * turned))
    return (dl**2 + dc**2 + dh**2 + twist * dc * dh).clamp_min(0).sqrt()


def colourfulness(rgb: Tensor) -> float:
    """`colourful` of all pixels of (B, 3, H, W) together."""
    return float(colourful(rgb.transpose(0, 1)))


def colourful(rgb: Tensor) -> Tensor:
    """Hasler & Suesstrunk (2003) of (3, ...), in units of 0..255; differentiable."""
    red, green, blue = (rgb * 255).unbind(0)
    rg, yb = red - green, (red + green) / 2 - blue
    return torch.hypot(rg.std(), yb.std()) + 0.3 * torch.hypot(rg.mean(), yb.mean())


def beside(network: nn.Module) -> torch.device:
    """Where a network's weights lie, and what it is shown has to."""
    return next(network.parameters()).device


def means(rows: Sequence[dict[str, float]]) -> dict[str, float]:
    """The mean of each key over the rows; {} for no rows."""
    if not rows:
        return {}
    return {key: sum(row[key] for row in rows) / len(rows) for key in rows[0]}
