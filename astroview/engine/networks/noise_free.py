"""Leaving noise out without losing light: smooth where nothing stands out of it.

A network that removes noise takes faint stars with it, and what it leaves of noise here and there
stands out like stars. So where nothing in the matched-filter sense is significant its answer is
smoothed by about what optics blur, and everywhere what its boxes lack of their pixels comes back,
smoothed alike. Both keep light; what is left of noise is as Gaussian as it was, and the same
whatever else the frame holds.

Legend: ``x`` input (B, C, H, W), ``y`` fine (B, C, sH, sW), any linear units.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

SMOOTH = 0.8  # pixels of the input: the Gaussian's sigma
STAR, AROUND = 0.85, 2.5  # sigmas, of what is looked for and of what it is to stand out of
NOTHING, SURE = 4.5, 6.5  # significance: noise does not get to the first
REACH = 2.5  # sigmas
LIGHT = 1  # pixels: how far a star's light counts as the star


def smoothed(answer: Tensor, x: Tensor, noise: float) -> Tensor:
    """Of an answer that leaves noise out: see the module.

    Parameters
    ----------
    noise
        Standard deviation of x where it is summed over a few pixels, for a pixel.
    """
    scale = answer.shape[-1] // x.shape[-1]
    lacks = x - functional.avg_pool2d(answer, scale)
    lacks = functional.interpolate(lacks, scale_factor=scale, mode="nearest")
    sure, level = (
        functional.interpolate(coarse, scale_factor=scale, mode="bilinear", align_corners=False)
        for coarse in (certainty(x, noise), blurred(x, AROUND))
    )
    # Above the level alone: of the sky itself nothing is to move where sure and unsure meet.
    above = answer - level
    return level + sure * above + blurred((1 - sure) * above + lacks, SMOOTH * scale)


def certainty(x: Tensor, noise: float) -> Tensor:
    """0..1, in the shape of x: whether something about as sharp as a star stands out of noise."""
    found = (blurred(x, STAR) - blurred(x, AROUND)).abs() / (noise * _norm())
    side = 2 * LIGHT + 1
    near = functional.max_pool2d(found, side, 1, LIGHT)
    t = ((near - NOTHING) / (SURE - NOTHING)).clamp(0, 1)
    return functional.avg_pool2d(t * t * (3 - 2 * t), 3, 1, 1, count_include_pad=False)


def blurred(x: Tensor, sigma: float) -> Tensor:
    """By a Gaussian of so many of its own pixels; edges repeat."""
    line = _line(sigma).to(x)
    reach, channels = len(line) // 2, x.shape[1]
    for dim in (2, 3):
        shape = [1, 1, 1, 1]
        shape[dim] = len(line)
        kernel = line.view(shape).expand(channels, 1, *shape[2:])
        pad = (0, 0, reach, reach) if dim == 2 else (reach, reach, 0, 0)
        x = functional.conv2d(functional.pad(x, pad, mode="replicate"), kernel, groups=channels)
    return x


def _line(sigma: float) -> Tensor:
    reach = math.ceil(REACH * sigma)
    steps = torch.arange(-reach, reach + 1, dtype=torch.float64)
    line = torch.exp(-0.5 * (steps / sigma) ** 2)
    return line / line.sum()


def _norm() -> float:
    """Standard deviation of the filter's answer to white noise of 1."""
    reach = math.ceil(REACH * AROUND)
    narrow, wide = _line(STAR), _line(AROUND)
    padded = torch.zeros_like(wide)
    spare = reach - len(narrow) // 2
    padded[spare : spare + len(narrow)] = narrow
    return float((torch.outer(padded, padded) - torch.outer(wide, wide)).square().sum().sqrt())
