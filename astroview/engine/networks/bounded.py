"""How far a network's answer may go: box by box, no farther than what lies around it allows.

A box is the s x s fine samples of one input pixel. Two answers can be mixed box by box; where
both keep the flux of the pixel, so does the mixture. Of the network's answer each box takes the
largest share that leaves every sample within the range of the 3 x 3 pixels around, widened by a
share of that range and by a few sigma of the noise; the rest comes from an answer that cannot go
wrong. Nothing is clipped, and a constant stays a constant.

Legend: ``x`` input (B, C, H, W), ``y`` an answer (B, C, sH, sW), ``s`` the scale; any units.
"""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from astroview.engine.networks.star_room import star_room

SIGMAS = 4.0  # of the noise, by which the range around a pixel is widened
STAR = 1.3  # pixels: the FWHM of the sharpest star that is to lose nothing
MARGIN = 0.01


class Range(NamedTuple):
    """The least and the largest value that the samples of a box may have, (B, C, H, W) each."""

    low: Tensor
    high: Tensor

    def fine(self, scale: int) -> Range:
        """For each sample, (B, C, sH, sW)."""
        return Range(repeated(self.low, scale), repeated(self.high, scale))


class Mixed(NamedTuple):
    """An answer within bounds, and the share (B, C, H, W) of 0..1 that each box has of the
    network's.
    """

    samples: Tensor
    share: Tensor


@cache
def star_share(scale: int, star: float = STAR) -> float:
    """By how much of itself the range around a pixel is widened.

    So much that a noise-free star so many pixels wide loses nothing in its worst place, centred on
    the fine sample next to a corner of its pixel: there the peak exceeds the pixel most.
    """
    places = [(i + 0.5) / scale for i in range(scale)]
    width = star / math.sqrt(8 * math.log(2))
    line = [math.exp(-0.5 * ((p - places[0]) / width) ** 2) for p in places]
    return (line[0] * scale / sum(line)) ** 2 - 1 + MARGIN


def around(
    x_BCHW: Tensor,
    scale: int,
    noise: float | Tensor = 0.0,
    share: float | None = None,
    calm: Tensor | None = None,
    star: float = STAR,
) -> Range:
    """What is allowed for the boxes of x.

    Parameters
    ----------
    noise
        Its standard deviation, in its units.
    share
        Of the range, by which it is widened; None: `star_share`.
    calm
        (B, 1, H, W): where the range is not widened, since what lies around was filled in.
    star
        FWHM in pixels of the sharpest star that is to lose nothing. Below `STAR` what is brighter
        than all around may be so by more; what is darker may not: no optics make a dark star.
    """
    high = functional.max_pool2d(x_BCHW, 3, 1, 1)
    low = -functional.max_pool2d(-x_BCHW, 3, 1, 1)
    wider = star_share(scale) if share is None else share
    slack = torch.where(high > low, (high - low) * wider + SIGMAS * noise, 0.0)
    most = high + slack
    if share is None and star < STAR:
        above = star_share(scale, star) - wider
        most = most + (high - low) * above
    stars = star_room(x_BCHW, low, high, scale, noise) if share is None else None
    if stars is not None:
        most = torch.maximum(most, stars + SIGMAS * noise)
    if calm is not None:
        slack, most = torch.where(calm, 0.0, slack), torch.where(calm, high, most)
    return Range(low - slack, most)


def mixed(answer: Tensor, base: Tensor, within: Range) -> Mixed:
    """As much of ``answer`` as stays within the range, the rest from ``base``, which must.

    What is not finite counts as outside. Gradients go through both answers, not the share.
    """
    scale = answer.shape[-1] // within.low.shape[-1]
    if torch.is_grad_enabled() or answer.device.type != "cpu":
        low, high = within.fine(scale)
        with torch.no_grad():
            part = -functional.max_pool2d(-_share(answer, base, low, high), scale)
            taken = repeated(part, scale)
        away = torch.where(taken > 0, answer - base, 0.0)
        return Mixed(base + taken * away, part)
    # Nearly all boxes are within: fine planes are gone through as rarely as can be.
    least, most = -functional.max_pool2d(-answer, scale), functional.max_pool2d(answer, scale)
    out = ~((least >= within.low) & (most <= within.high))
    part = torch.ones_like(within.low)
    if not bool(out.any()):
        return Mixed(answer, part)
    wild, tame = boxes(answer, scale)[out], boxes(base, scale)[out]
    low, high = (x[out][:, None, None] for x in within)
    share = _share(wild, tame, low, high).amin((1, 2), keepdim=True)
    samples = answer.clone()
    boxes(samples, scale)[out] = tame + share * torch.where(share > 0, wild - tame, 0.0)
    part[out] = share[:, 0, 0]
    return Mixed(samples, part)


def _share(answer: Tensor, base: Tensor, low: Tensor, high: Tensor) -> Tensor:
    """Of each sample of an answer, how much of its way from a base stays within bounds."""
    away = answer - base
    room = torch.where(away > 0, high - base, base - low).clamp_min(0)
    most = torch.where(away.abs() <= room, 1.0, room / away.abs())
    return torch.where(away.isfinite(), most, 0.0)


def boxes(y_BCHW: Tensor, scale: int) -> Tensor:
    """Fine samples by their pixels, (B, C, H, W, s, s), in the same memory."""
    parts = y_BCHW.unflatten(3, (-1, scale)).unflatten(2, (-1, scale))
    return parts.permute(0, 1, 2, 4, 3, 5)


def repeated(x_BCHW: Tensor, scale: int) -> Tensor:
    """Each pixel s x s times: the nearest one."""
    return functional.interpolate(x_BCHW, scale_factor=scale, mode="nearest")
