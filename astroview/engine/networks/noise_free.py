"""Leaving noise out without losing light: a network's word where something stands out, a smooth
picture where nothing does.

A network that removes noise takes faint stars with it, and what it leaves of noise here and there
stands out like stars. What its boxes lack of their pixels comes back: as it is where noise cannot
explain it, else smoothed by about what optics blur. Where nothing in the matched-filter sense is
significant the answer itself is smoothed likewise. All of it keeps light; what is left of noise is
as Gaussian as it was, and the same whatever else the frame holds.

A star's surroundings are no part of the star: what is below a wide mean because a bright star is
within its reach does not stand out of anything.

Legend: ``x`` input (B, C, H, W), ``y`` fine (B, C, sH, sW), any linear units.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

SMOOTH = 0.8  # pixels of the input: the Gaussian's sigma
STAR, AROUND = 0.85, 2.5  # sigmas, of what is looked for and of what it is to stand out of
STAR_BLURRED = math.hypot(STAR, SMOOTH)  # sigma: what smoothing would make of it
# Significance from which on something is taken for real, for which it surely is, and how many
# pixels around are then its own: noise does not get to the first, and light that matters of a
# brighter source reaches farther.
LIGHT = ((5.0, 6.0, 1), (9.0, 13.0, 2))
MOVED = (6.0, 8.0, 1)  # likewise, of light that smoothing would move: edges, dark lanes
UNEXPLAINED = (3.0, 6.0)  # mean square over 3 x 3 pixels, in that of the noise
REACH = 2.5  # sigmas
HALO = 20  # pixels of the input around one that what becomes of it depends on
NEARLY = 1e-3  # weight of what is certain in the level around it, where all is


def noise_left_out(said: Tensor, x: Tensor, noise: float) -> Tensor:
    """Of an answer that leaves noise out, in linear units: see the module.

    Parameters
    ----------
    noise
        Standard deviation of x where it is summed over a few pixels, for a pixel.
    """
    scale = said.shape[-1] // x.shape[-1]
    answer = corrected(said, x, noise)
    lacks = x - functional.avg_pool2d(answer, scale)
    lacks = functional.interpolate(lacks, scale_factor=scale, mode="nearest")
    found = certainty(x, noise)
    # Above the level alone: of the sky itself nothing is to move where sure and unsure meet. And
    # the level of what is not sure alone: a star's light would be smoothed into its hole.
    rest = 1 - found
    level = blurred(rest * x, AROUND) + NEARLY * blurred(x, AROUND)
    level = level / (blurred(rest, AROUND) + NEARLY)
    sure, level = (
        functional.interpolate(coarse, scale_factor=scale, mode="bilinear", align_corners=False)
        for coarse in (found, level)
    )
    above = answer - level
    return level + sure * above + blurred((1 - sure) * above + lacks, SMOOTH * scale)


def corrected(said: Tensor, x: Tensor, noise: float) -> Tensor:
    """An answer with the means of its boxes put right where noise does not explain how far off
    they are; without noise they all are (`superres.project`).
    """
    scale = said.shape[-1] // x.shape[-1]
    error = x - functional.avg_pool2d(said, scale)
    power = functional.avg_pool2d(error.square(), 3, 1, 1, count_include_pad=False)
    share = _rising(power, *(noise**2 * bound for bound in UNEXPLAINED))
    return said + functional.interpolate(error * share, scale_factor=scale, mode="nearest")


def certainty(x: Tensor, noise: float) -> Tensor:
    """0..1, in the shape of x: whether something about as sharp as a star stands out of noise, or
    light that smoothing would move.
    """
    star = blurred(x, STAR)
    sources = (star - blurred(x, AROUND)) / (noise * _norm(STAR, AROUND))
    moved = (star - blurred(x, STAR_BLURRED)).abs() / (noise * _norm(STAR, STAR_BLURRED))
    found = torch.zeros_like(x)
    for significance, steps in ((sources, LIGHT), (moved, (MOVED,))):
        for nothing, sure, reach in steps:
            near = functional.max_pool2d(significance, 2 * reach + 1, 1, reach)
            found = torch.maximum(found, _rising(near, nothing, sure))
    return functional.avg_pool2d(found, 3, 1, 1, count_include_pad=False)


def _rising(x: Tensor, nothing: float, all_of_it: float) -> Tensor:
    """Smoothly from 0 to 1 between two values."""
    t = ((x - nothing) / max(all_of_it - nothing, 1e-30)).clamp(0, 1)
    return t * t * (3 - 2 * t)


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


def _norm(narrow: float, wide: float) -> float:
    """Standard deviation of the difference of two Gaussians of white noise of 1."""
    one, other = _line(narrow), _line(wide)
    spare = (len(other) - len(one)) // 2
    one = functional.pad(one, (spare, spare))
    return float((torch.outer(one, one) - torch.outer(other, other)).square().sum().sqrt())
