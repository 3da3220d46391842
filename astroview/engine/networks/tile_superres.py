"""One tile through a super-resolver: detail, exact flux, and how far off it may be.

Legend: ``x`` samples in native units, ``u`` stretched, ``v`` stretched and fine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import torch
from torch import Tensor
from torch.nn import functional

from astroview.core.colour.stretch import Stretch
from astroview.engine.networks.interval_heads import Spread
from astroview.engine.networks.superres import denoise, enlarge, project, settle

LUMA = (0.299, 0.587, 0.114)
TURNS = 8  # flips and quarter turns of a picture


class SuperResolver(Protocol):
    """What the architectures for super-resolution share; see `superres.Compact`."""

    scale: int

    def features(self, u_B1HW: Tensor, sigma_B: Tensor) -> Tensor:
        """(B, C, H, W)."""
        ...

    def finish(self, features_BCHW: Tensor, u_B1HW: Tensor) -> Tensor:
        """(B, 1, sH, sW)."""
        ...


@dataclass(frozen=True)
class Sharpener:
    """A super-resolver as it is used on one frame.

    Attributes
    ----------
    stretch, sigma
        What the network sees the frame through, and the noise in its units.
    spread, factor
        The uncertainty head, if it has one, and half of the interval in units of its scale.
    best
        Take the mean over the 8 flips and quarter turns of the frame (Lim et al. 2017).
    clamp
        Keep the result near the range of what surrounds it (linear frames).
    noise
        Leave out what is noise of that standard deviation, native units; 0 keeps all flux.
    """

    network: SuperResolver
    stretch: Stretch
    sigma: float = 0.0
    spread: Spread | None = None
    factor: float = 1.0
    best: bool = False
    clamp: bool = False
    noise: float = 0.0


class Sharp(NamedTuple):
    """Samples (1, C, sH, sW) and half of their interval (1, 1, sH, sW), native units; and the
    features that the network made them of.
    """

    samples: Tensor
    half: Tensor | None
    features: Tensor


def sharpen(how: Sharpener, x_1CHW: Tensor) -> Sharp:
    """Networks see stretched luma; each channel gets its detail, then its own exact flux, or what
    of it is not noise.
    """
    u_1CHW = _mapped(how.stretch.forward, x_1CHW)
    luma, scale = _luma(u_1CHW), how.network.scale
    sigma = torch.full((1,), how.sigma, device=x_1CHW.device)
    features = how.network.features(luma, sigma)
    fine = how.network.finish(features, luma)
    if how.best:
        fine = _mean_of_turns(how.network, luma, sigma, fine)
    if how.clamp:
        fine = within_neighbours(fine, luma)
    v_1CHW = fine
    if luma is not u_1CHW:  # each channel gets luma's detail
        v_1CHW = enlarge(u_1CHW, scale) + fine - enlarge(luma, scale)
    if how.noise:
        samples = denoise(_mapped(how.stretch.inverse, v_1CHW), x_1CHW, how.noise)
    else:
        v_1CHW = settle(v_1CHW, u_1CHW)
        samples = project(_mapped(how.stretch.inverse, v_1CHW), x_1CHW)
    if how.spread is None:
        return Sharp(samples, None, features)
    half = _half(how, _luma(v_1CHW), how.spread(features, luma, sigma))
    return Sharp(samples, half, features)


def _half(how: Sharpener, v_11HW: Tensor, log_b: Tensor) -> Tensor:
    """Half of the interval in native units: the stretch is bent, so b is taken both ways."""
    b = log_b.exp()
    high = _mapped(how.stretch.inverse, v_11HW + b)
    low = _mapped(how.stretch.inverse, v_11HW - b)
    return (high - low).abs() * (0.5 * how.factor)


def _mean_of_turns(network: SuperResolver, luma: Tensor, sigma: Tensor, first: Tensor) -> Tensor:
    """The mean of what the network says of a picture turned and flipped in all 8 ways, each
    answer turned back; ``first`` is the answer to the picture as it is.
    """
    total = first
    for turn in range(1, TURNS):
        seen = turned(luma, turn)
        made = network.finish(network.features(seen, sigma), seen)
        total = total + turned_back(made, turn)
    return total / TURNS


def turned(x_BCHW: Tensor, turn: int) -> Tensor:
    """One of the 8 flips and quarter turns (0..7); 0 leaves the picture."""
    x = torch.rot90(x_BCHW, turn % 4, (2, 3))
    return x.flip(3) if turn >= 4 else x


def turned_back(x_BCHW: Tensor, turn: int) -> Tensor:
    """Undo `turned`."""
    x = x_BCHW.flip(3) if turn >= 4 else x_BCHW
    return torch.rot90(x, -(turn % 4), (2, 3))


def within_neighbours(fine: Tensor, luma: Tensor) -> Tensor:
    """Keep u near the range of its 3 x 3 input neighbours: the inverse of asinh would turn a
    small overshoot beside a bright star into a large negative flux.
    """
    high = functional.max_pool2d(luma, 3, 1, 1)
    low = -functional.max_pool2d(-luma, 3, 1, 1)
    slack = 0.15 * (high - low) + 0.01
    scale = fine.shape[-1] // luma.shape[-1]
    bounds = [functional.interpolate(b, scale_factor=scale) for b in (low - slack, high + slack)]
    return torch.maximum(torch.minimum(fine, bounds[1]), bounds[0])


def _luma(u_1CHW: Tensor) -> Tensor:
    if u_1CHW.shape[1] == 1:
        return u_1CHW
    mix = torch.tensor(LUMA, device=u_1CHW.device).view(1, 3, 1, 1)
    return (u_1CHW * mix).sum(1, keepdim=True)


def _mapped(curve: Callable[..., object], x: Tensor) -> Tensor:
    """A stretch works on arrays."""
    return torch.as_tensor(curve(x.cpu().numpy())).to(x.device)
