"""One tile through a super-resolver: detail, exact flux, and how far off it may be.

Legend: ``x`` samples in native units, ``u`` stretched, ``v`` stretched and fine.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import torch
from torch import Tensor
from torch.nn import functional

from astroview.core.colour.stretch import Stretch
from astroview.core.frame import Kind
from astroview.core.models.model_card import Pictures
from astroview.engine.networks import written
from astroview.engine.networks.bounded import SIGMAS, STAR, around, repeated
from astroview.engine.networks.curves import Curve
from astroview.engine.networks.interval_heads import AS_ANYWHERE, BesideBad, Spread, Tables
from astroview.engine.networks.superres import back_projected, enlarge
from astroview.engine.networks.written import Written

LUMA = (0.299, 0.587, 0.114)
TURNS = 8  # flips and quarter turns of a picture
SEEN = 8.0  # |u| that a network is shown at most: outliers of a flat frame have no end


class SuperResolver(Protocol):
    """What the architectures for super-resolution share; see `superres.Compact`."""

    scale: int

    def features(self, u_B1HW: Tensor, sigma_B: Tensor, *told_B: Tensor) -> Tensor:
        """(B, C, H, W); one that asks is told more."""
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
    kind
        Of a measured frame the flux is kept, of a display picture it is not: see
        `engine.written`.
    pictures
        What the answers to display pictures are meant to be: see `ModelCard`.
    noise
        Standard deviation of the sky, native units; None where none can be measured: then
        nothing leaves the range of what lies around.
    floor
        The least u that the network is shown: nothing lies so far below a sky.
    denoise
        Leave that noise out; else all flux is kept.
    box
        How the frame was reduced, for a network that asks: see `networks.gated.Gated`.
    tables, sky, grain
        What makes intervals of a measured frame, where its card has them; the level of its sky,
        and the grain of its noise: see `interval_heads.Tables`.
    beside
        How intervals of a measured frame widen beside bad pixels.
    star
        FWHM in pixels of the sharpest stars: see `bounded.around`.
    """

    network: SuperResolver
    stretch: Stretch
    sigma: float = 0.0
    spread: Spread | None = None
    factor: float = 1.0
    best: bool = False
    kind: Kind = "linear"
    pictures: Pictures = "free"
    noise: float | None = 0.0
    floor: float = -SEEN
    denoise: bool = False
    box: float = 0.0
    tables: Tables | None = None
    sky: float = 0.0
    grain: float = 1.0
    beside: BesideBad = AS_ANYWHERE
    star: float = STAR

    def features(self, u_B1HW: Tensor) -> Tensor:
        """What the network sees in planes of the frame, told what is known of it."""
        told = [self.sigma, *([self.box] if asks_reduction(self.network) else [])]
        return self.network.features(u_B1HW, *(u_B1HW.new_full((len(u_B1HW),), t) for t in told))

    @cached_property
    def unit(self) -> float:
        """A power of two near the span of the stretch: in such units samples of any scale can
        be squared and summed, and the way there and back is exact.
        """
        span = abs(self.stretch.high - self.stretch.low)
        return 2.0 ** min(126, max(-126, math.frexp(span)[1]))


class Sharp(NamedTuple):
    """What comes of a tile.

    ``samples`` (1, C, sH, sW) and ``half`` of their interval (1, 1, sH, sW) in native units; the
    ``features`` that the network made them of; the ``share`` (1, 1, H, W) of the network's
    answer that each pixel's samples have, below 1 where it was bounded; whether the answer is
    ``sound``: made of numbers throughout.
    """

    samples: Tensor
    half: Tensor | None
    features: Tensor
    share: Tensor
    sound: Tensor


class NearBad(NamedTuple):
    """What bad pixels of a tile do to those beside them, (1, 1, H, W) each.

    Attributes
    ----------
    calm
        Touches one: see `bounded.around`.
    by_gap
        Touches one without a value, 0 or 1.
    step
        How far a full one that it touches is above what stands for it; native units.
    """

    calm: Tensor
    by_gap: Tensor
    step: Tensor

    def part(self, *where: slice) -> NearBad:
        """Rows and columns of it."""
        return NearBad(*(plane[(..., *where)] for plane in self))


def sharpen(how: Sharpener, x_1CHW: Tensor, near: NearBad | None = None) -> Sharp:
    """Networks see stretched luma; each channel gets its detail, then its own exact flux, or what
    of it is not noise, within what is allowed around each pixel.
    """
    curve, scale, x = Curve.of(how.stretch, how.unit), how.network.scale, x_1CHW / how.unit
    u = curve.forward(x)
    seen = luma(u).clamp(max(how.floor, -SEEN), SEEN)
    sigma = torch.full((1,), how.sigma, device=x.device)
    features = how.features(seen)
    fine = how.network.finish(features, seen)
    if how.best:
        fine = _mean_of_turns(how, seen, fine)
    if how.kind == "display":
        fine = back_projected(fine, seen, how.box)
    v = fine
    if u.shape[1] > 1:  # each channel gets luma's detail
        v = enlarge(u, scale) + fine - enlarge(seen, scale)
    made = _written(how, v, x, curve, near.calm if near else None)
    half = None
    if how.spread is not None:
        log_b = how.spread(features, seen, sigma)
        half = _bounded(how, made, x, _half(how, made, x, curve, log_b, near)) * how.unit
    share = made.share.amin(1, keepdim=True)
    return Sharp(made.samples * how.unit, half, features, share, fine.isfinite().all())


def _written(how: Sharpener, v: Tensor, x: Tensor, curve: Curve, calm: Tensor | None) -> Written:
    noise = None if how.noise is None else how.noise / how.unit
    if how.kind == "display":
        return written.as_picture(v, curve.forward(x), how.pictures).mapped(curve.inverse)
    if how.denoise and noise:
        return written.without_noise(v, x, curve, noise, how.grain, calm, how.star)
    return written.as_measured(v, x, curve, noise, calm, how.star)


def _half(
    how: Sharpener, made: Written, x: Tensor, curve: Curve, log_b: Tensor, near: NearBad | None
) -> Tensor:
    """Half of the interval: the stretch is bent, so b is taken both ways; of a measured frame
    noise and bad pixels have their say too (`interval_heads.Tables`, `BesideBad`).
    """
    at, b = luma(curve.forward(made.samples)), log_b.exp()
    half = (curve.inverse(at + b) - curve.inverse(at - b)).abs() * (0.5 * how.factor)
    if how.kind == "display":
        return half
    scale = how.network.scale
    if how.tables and how.noise:
        half = how.tables.half(half, snr_of(how, x, scale), how.noise / how.unit, how.grain)
    if near is not None:
        by_gap, step = (repeated(plane, scale) for plane in (near.by_gap, near.step / how.unit))
        half = how.beside.half(half, by_gap, step)
    return half


def _bounded(how: Sharpener, made: Written, x: Tensor, half: Tensor) -> Tensor:
    """Where the answer was bounded, half of the interval reaches to what the network said, as far
    as that is allowed. No interval is wider than what is allowed; of display pictures, whose
    grain nobody measured, than from black to white.
    """
    scale, low, high = how.network.scale, *made.within.fine(how.network.scale)
    said = torch.where(made.answer.isfinite(), made.answer, low).clamp(low, high)
    touched = repeated(made.share.amin(1, keepdim=True), scale) < 1
    gap = torch.where(touched, (luma(said) - luma(made.samples)).abs(), 0.0)
    most = torch.full_like(gap, abs(float(Curve.of(how.stretch, how.unit).span)))
    if how.kind != "display":  # beside bad pixels the answer is held back, but what is true is not
        noise = (how.noise or 0.0) / how.unit
        room = made.within if how.noise is None else around(x, scale, noise, star=how.star)
        most = luma(repeated(room.high - room.low, scale)).clamp_min(2 * SIGMAS * noise)
    return torch.minimum(torch.maximum(half, gap), most)


def snr_of(how: Sharpener, x: Tensor, scale: int) -> Tensor:
    """Of each fine sample (1, 1, sH, sW): the mean of 3 x 3 pixels of x above the sky, in units of
    a pixel's noise.
    """
    mean = functional.avg_pool2d(luma(x), 3, 1, 1, count_include_pad=False)
    return repeated((mean * how.unit - how.sky) / (how.noise or 1.0), scale)


def _mean_of_turns(how: Sharpener, u_B1HW: Tensor, first: Tensor) -> Tensor:
    """The mean of what the network says of a picture turned and flipped in all 8 ways, each
    answer turned back; ``first`` is the answer to the picture as it is.
    """
    total = first
    for turn in range(1, TURNS):
        seen = turned(u_B1HW, turn)
        made = how.network.finish(how.features(seen), seen)
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


def asks_reduction(network: Any) -> bool:
    """Whether a super-resolver wants to know how its input was reduced (see `networks.gated`)."""
    return bool(getattr(network, "asks_reduction", False))


def luma(u_1CHW: Tensor) -> Tensor:
    """The grey of three channels (1, 1, H, W); one channel is its own."""
    if u_1CHW.shape[1] == 1:
        return u_1CHW
    mix = torch.tensor(LUMA, device=u_1CHW.device).view(1, 3, 1, 1)
    return (u_1CHW * mix).sum(1, keepdim=True)
