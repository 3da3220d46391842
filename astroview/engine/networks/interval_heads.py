"""How far off a super-resolver or a colorizer may be, pixel by pixel.

A small head looks at the frozen features of a trained network and says, for each fine pixel, the
scale b of a Laplace distribution of the error, in stretched units (the negative log-likelihood
is `trainer.tasks.losses.laplace_nll`). Such a scale is a relative measure. What makes it an
interval is a factor measured on frames that neither network nor head were trained on: with it as
many of their pixels lie within as the interval promises (split-conformal prediction, Vovk et al.
2005; Papadopoulos et al. 2002, normalised). The card holds the factors, by kind of frame and noise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from astroview.core.models.model_card import ModelCard

PREFIX = "uncertainty."  # of the head's entries among a model's weights
GUIDED = "guide"  # the kind of a colorizer's errors under measured chroma
INTERVAL = 0.9  # of the true values lie within


class Spread(nn.Module):
    """The head: features on the coarse grid to the logarithm of b on the fine one.

    Parameters
    ----------
    channels
        Of the features.
    scale, width
        The network's magnification; channels of the hidden layers.
    """

    def __init__(self, channels: int, scale: int, width: int = 24) -> None:
        super().__init__()
        self.scale, self.halved = scale, False
        self.first = nn.Conv2d(channels + 2, width, 1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        self.out = nn.Conv2d(width, scale * scale, 1)
        nn.init.zeros_(self.out.weight)
        nn.init.constant_(self.out.bias, -4.5)  # type: ignore[arg-type]

    def halve(self) -> None:
        """Take all but the last layer in bfloat16 from now on: see `engine.runtime.precision`."""
        self.first.bfloat16()
        self.second.bfloat16()
        self.halved = True

    def forward(self, features_BCHW: Tensor, u_B1HW: Tensor, sigma_B: Tensor) -> Tensor:
        """Log b (B, 1, sH, sW) from a network's features of u under noise levels (B,)."""
        noise = sigma_B.view(-1, 1, 1, 1).expand_as(u_B1HW)
        seen = torch.cat([u_B1HW - 0.3, noise * 10], 1)
        if self.halved:
            features_BCHW, seen = features_BCHW.bfloat16(), seen.bfloat16()
        x = self.second(functional.leaky_relu(self._first(features_BCHW, seen), 0.1))
        x = self.out(functional.leaky_relu(x.float() if self.halved else x, 0.1))
        return functional.pixel_shuffle(x, self.scale).clamp(-12.0, 2.0)

    def _first(self, features_BCHW: Tensor, seen_B2HW: Tensor) -> Tensor:
        """`first` of both side by side; putting them so would take longer than the layer."""
        weight, count = self.first.weight, features_BCHW.shape[1]
        x = functional.conv2d(features_BCHW, weight[:, :count], self.first.bias)
        return x + functional.conv2d(seen_B2HW, weight[:, count:])


class ChromaSpread(nn.Module):
    """The colorizer's head: features of cells to the logarithm of b of Oklab a and of b alike.

    Parameters
    ----------
    channels, width
        Of the features; of the hidden layers.
    """

    def __init__(self, channels: int, width: int = 24) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, width, 1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        self.out = nn.Conv2d(width, 1, 1)
        nn.init.zeros_(self.out.weight)
        nn.init.constant_(self.out.bias, -3.7)  # type: ignore[arg-type]

    def forward(self, features_BCHW: Tensor) -> Tensor:
        """Log b (B, 1, H, W) on the grid of the features."""
        x = self.second(functional.leaky_relu(self.first(features_BCHW), 0.1))
        return self.out(functional.leaky_relu(x, 0.1)).clamp(-12.0, 2.0)


def fine(log_b_B1HW: Tensor, size: tuple[int, int]) -> Tensor:
    """The scale b of cells at full resolution, (B, 1, *size)."""
    return functional.interpolate(log_b_B1HW, size, mode="bilinear", align_corners=False).exp()


def fine_part(log_b_B1HW: Tensor, size: tuple[int, int], cell: int, top: int, left: int) -> Tensor:
    """`fine` of a part of that size which begins at whole cells of ``cell`` pixels a side."""
    height, width = log_b_B1HW.shape[-2:]
    y, x = min(top, 1), min(left, 1)
    part = log_b_B1HW[
        ...,
        top - y : min(top + -(-size[0] // cell) + 1, height),
        left - x : min(left + -(-size[1] // cell) + 1, width),
    ]
    whole = fine(part, (part.shape[-2] * cell, part.shape[-1] * cell))
    return whole[..., y * cell : y * cell + size[0], x * cell : x * cell + size[1]]


def factor(card: ModelCard, kind: str, sigma: float) -> float:
    """What half the interval is, in units of b, for a frame of that kind and noise; of a
    colorizer for a palette that is right ("palette") or was chosen for the user ("auto").

    ``card.uncertainty["factors"][kind]`` holds pairs (noise in stretched units, factor).
    """
    levels: list[list[float]] = card.uncertainty["factors"][kind]
    sigmas, factors = zip(*sorted((pair[0], pair[1]) for pair in levels), strict=True)
    return float(np.interp(sigma, sigmas, factors))


KNOTS = (1.5, 5.0, 15.0, 50.0)  # signal-to-noise at which a measured frame's factor is known
FAINT, CLEAR = 2.0, 8.0  # S/N below which noise alone tells how far off, above which the head does


@dataclass(frozen=True)
class Tables:
    """How far off samples of a measured frame are, by the signal-to-noise of their pixel.

    In empty sky it is the noise that tells, whatever else lies in the frame; in what is clear of
    it, the head; between, both (the geometric mean, by the logarithm of the S/N).

    Attributes
    ----------
    grains, skies
        Half of the interval in units of the noise, by the noise's grain.
    snrs, factors
        What all of it is multiplied by, by signal-to-noise.
    """

    grains: tuple[float, ...]
    skies: tuple[float, ...]
    snrs: tuple[float, ...]
    factors: tuple[float, ...]

    @staticmethod
    def of(card: ModelCard) -> Tables | None:
        """Those of a card; None where it has none, as cards of earlier versions."""
        told = card.uncertainty.get("measured")
        if not told:
            return None
        sky, snr = ([tuple(map(float, n)) for n in zip(*told[k], strict=True)] for k in _TABLES)
        return Tables(sky[0], sky[1], snr[0], snr[1])

    def known(self) -> dict[str, list[list[float]]]:
        """For a card."""
        pairs = ((self.grains, self.skies), (self.snrs, self.factors))
        return {
            name: [[round(a, 4), round(b, 4)] for a, b in zip(*pair, strict=True)]
            for name, pair in zip(_TABLES, pairs, strict=True)
        }

    def half(self, head: Tensor, snr: Tensor, noise: float, grain: float) -> Tensor:
        """Half of the intervals.

        Parameters
        ----------
        head
            What the head says, in native units.
        snr
            Signal-to-noise, in its shape.
        noise, grain
            Of the sky, native units; see `tile_stages.Noise`.
        """
        sky = float(np.interp(grain, self.grains, self.skies)) * noise
        told = (head / sky).clamp_min(1e-6).log()
        return sky * (told * clearness(snr) + self.factor(snr).log()).exp()

    def factor(self, snr: Tensor) -> Tensor:
        """At signal-to-noise ratios of any shape."""
        at, found = snr.clamp_min(1e-3).log(), torch.full_like(snr, self.factors[0])
        pairs = list(zip(self.snrs, self.factors, strict=True))
        for (low, first), (high, second) in pairwise(pairs):
            share = ((at - math.log(low)) / math.log(high / low)).clamp(0, 1)
            found = torch.where(at > math.log(low), first + share * (second - first), found)
        return found


_TABLES = ("sky", "snr")


@dataclass(frozen=True)
class BesideBad:
    """How intervals of a measured frame widen beside pixels that are no measurement.

    Attributes
    ----------
    gap
        What they are multiplied by beside one without a value.
    step
        The part of it that comes in, in squares, of how far a full pixel is above what stood for
        it: a star is steeper there than anything around tells.
    """

    gap: float = 1.0
    step: float = 0.0

    @staticmethod
    def of(card: ModelCard) -> BesideBad:
        """That of a card; cards of earlier versions widen nothing."""
        return BesideBad(**{k: float(v) for k, v in card.uncertainty.get("beside", {}).items()})

    def half(self, half: Tensor, by_gap: Tensor, step: Tensor) -> Tensor:
        """Half of the intervals, of those by the head and the noise; all in the same units."""
        return torch.hypot(torch.where(by_gap > 0, half * self.gap, half), step * self.step)


AS_ANYWHERE = BesideBad()


def clearness(snr: Tensor) -> Tensor:
    """0 in the noise to 1 clear of it."""
    at = snr.clamp_min(1e-3).log() - math.log(FAINT)
    return (at / math.log(CLEAR / FAINT)).clamp(0, 1)


def head_of(card: ModelCard, state: dict[str, Tensor]) -> Spread | ChromaSpread:
    """The head that a card speaks of, from all of the model's weights."""
    own = {k.removeprefix(PREFIX): v for k, v in state.items() if k.startswith(PREFIX)}
    values: dict[str, Any] = card.uncertainty
    width = int(values["width"])
    channels = own["first.weight"].shape[1]
    paints = card.task == "colorize"
    head = ChromaSpread(channels, width) if paints else Spread(channels - 2, card.scale, width)
    head.load_state_dict(own)
    return head
