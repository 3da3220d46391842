"""One stretch for each channel of a colour frame, separately or with colours kept (Lupton).

Legend: ``x`` samples (..., 3) in native units, ``u`` stretched (..., 3), ``t`` samples scaled to
each channel's limits, ``i`` the mean of t over the channels.
"""

from __future__ import annotations

from dataclasses import replace
from math import asinh, sinh
from typing import Any

import numpy as np
from numpy.typing import NDArray

from astroview.core.colour.stretch import F32_MOST, Stretch, limits, sky_stretch
from astroview.core.lazy_dataclass import dataclass

FloatArray = NDArray[np.float32]
Bands = tuple[Stretch, Stretch, Stretch]
_TINY = np.float32(1e-30)
LUPTON_Q = 8.0  # softening that astropy and the SDSS pictures begin with


@dataclass(frozen=True)
class BandStretch:
    """An invertible map of colour samples (..., 3) to the unit range.

    Parameters
    ----------
    bands
        The stretch of red, green and blue.
    joint
        False: each channel has its own curve. True: colours are kept (Lupton et al. 2004): each
        channel is scaled to its limits, the curve of the first channel bends their mean, and
        all three are multiplied by what that did to the mean. Not with ``sqrt``, whose slope
        at black has no end.

    Notes
    -----
    As with `Stretch`, nothing is clipped and ``inverse(forward(x)) == x``; NaN stays NaN.
    """

    bands: Bands
    joint: bool = False

    def __post_init__(self) -> None:
        if len(self.bands) != 3:
            raise ValueError("a colour frame has three bands")
        if self.joint and self.bands[0].kind == "sqrt":
            raise ValueError("the square root cannot keep colours")

    @property
    def curve(self) -> Stretch:
        """The joint curve, between 0 and 1."""
        return replace(self.bands[0], low=0.0, high=1.0)

    def forward(self, x: FloatArray) -> FloatArray:
        """Stretch colour samples (..., 3) to float32 u (unclipped)."""
        if not self.joint:
            planes = [band.forward(x[..., c]) for c, band in enumerate(self.bands)]
            return np.stack(planes, -1)
        linear = [replace(band, kind="linear", parameter=0.0) for band in self.bands]
        t = np.stack([band.forward(x[..., c]) for c, band in enumerate(linear)], -1)
        return t * self.gain(np.mean(t, -1))[..., None]

    def inverse(self, u: FloatArray) -> FloatArray:
        """Undo `forward`."""
        if not self.joint:
            planes = [band.inverse(u[..., c]) for c, band in enumerate(self.bands)]
            return np.stack(planes, -1)
        mean = np.mean(np.asarray(u, np.float32), -1)
        t = u / self.gain(self.curve.inverse(mean))[..., None]
        linear = [replace(band, kind="linear", parameter=0.0) for band in self.bands]
        return np.stack([band.inverse(t[..., c]) for c, band in enumerate(linear)], -1)

    def gain(self, i: FloatArray) -> FloatArray:
        """What the curve multiplies a pixel of mean ``i`` with; its slope at (about) zero."""
        i = np.where(np.abs(i) < _TINY, _TINY, i).astype(np.float32)
        return self.curve.forward(i) / i

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"bands": [band.to_dict() for band in self.bands], "joint": self.joint}

    @staticmethod
    def from_dict(values: dict[str, Any]) -> BandStretch:
        """Rebuild from `to_dict`; raises ValueError, KeyError or TypeError on bad values."""
        red, green, blue = (Stretch.from_dict(band) for band in values["bands"])
        return BandStretch((red, green, blue), bool(values["joint"]))


AnyStretch = Stretch | BandStretch


def clipped(u: FloatArray, stretch: AnyStretch) -> FloatArray:
    """U within 0..1, NaN black.

    Where colours are kept, what is too bright keeps its hue, and what is not above black as a
    mean of its bands is black (as astropy has it).
    """
    u = np.nan_to_num(u, nan=0.0)
    if not isinstance(stretch, BandStretch) or not stretch.joint:
        return np.clip(u, 0, 1)
    lit = np.maximum(u, 0) * (u.mean(-1, keepdims=True) > 0)
    return lit / np.maximum(lit.max(-1, keepdims=True), 1)


def lupton(
    black: tuple[float, float, float], span: tuple[float, float, float], q: float = LUPTON_Q
) -> BandStretch:
    """The mapping of `astropy.visualization.make_lupton_rgb` as a stretch of three bands.

    Parameters
    ----------
    black
        The value of each band that becomes 0 (astropy: ``minimum``).
    span
        Of each band: what astropy calls ``stretch``, divided by the weight of the band.
    q
        Softening: the larger, the more faint light is lifted.
    """
    parameter = lupton_parameter(q)
    red, green, blue = (
        Stretch("asinh", low, low + _resolved(low, wide / (q * parameter)), parameter)
        for low, wide in zip(black, span, strict=True)
    )
    return BandStretch((red, green, blue), joint=True)


def _resolved(low: float, width: float) -> float:
    """The width, no less than float32 tells apart at a limit, and no more than it holds."""
    least = float(np.spacing(np.abs(np.float32(low))))
    return min(max(width, least, float(_TINY)), F32_MOST)


def lupton_parameter(q: float) -> float:
    """The asinh softening that goes with Lupton's Q (astropy's slope of 0.1 / asinh(0.1 Q))."""
    return 1.0 / sinh(10.0 * asinh(0.1 * q))


def auto_bands(samples: FloatArray) -> BandStretch:
    """The look a linear colour frame opens with: each band's sky black, colours kept.

    Samples (H, W, 3). All bands have one scale, so that colours are those of the numbers.
    """
    each = [sky_stretch(samples[..., c]) for c in range(3)]
    widest = max(each, key=lambda s: s.high - s.low)
    span = widest.high - widest.low
    parameter = widest.parameter if widest.kind == "asinh" else 0.0
    red, green, blue = (Stretch("asinh", s.low, s.low + span, parameter) for s in each)
    return BandStretch((red, green, blue), joint=True)


def balanced(samples: FloatArray, percentile: float = 99.5) -> tuple[float, float, float]:
    """Weights of three bands (the largest is 1) that make bright light neutral on average."""
    reach = [_reach(samples[..., c], percentile) for c in range(3)]
    least = min(reach)
    red, green, blue = (least / value for value in reach)
    return red, green, blue


def _reach(band: FloatArray, percentile: float) -> float:
    """How far the band's bright samples lie above its sky."""
    sky = sky_stretch(band).low
    low, high = limits(band, "percentile", percentile)
    return max(high - max(sky, low), 1e-30)


def auto_lupton(
    samples: FloatArray,
    weights: tuple[float, float, float] | None = None,
    q: float = LUPTON_Q,
    wide: float | None = None,
) -> BandStretch:
    """Lupton's mapping for bands (H, W, 3): each sky black, weights by `balanced` if not given.

    ``wide`` (astropy's ``stretch``, of the weighted bands) is found from the noise of their sum
    by default: faint light just above the noise shows.
    """
    weights = weights or balanced(samples)
    each = [sky_stretch(samples[..., c]) for c in range(3)]
    noises = _noises(samples, (1.0, 1.0, 1.0))
    mean = sum(noise * weight for noise, weight in zip(noises, weights, strict=True)) / 3
    wide = wide or max(mean * NOISES, 1e-30)
    red, green, blue = (
        s.low + DARK * n if s.kind == "asinh" else s.low for s, n in zip(each, noises, strict=True)
    )
    spans = tuple(wide / max(weight, 1e-9) for weight in weights)
    return lupton((red, green, blue), (spans[0], spans[1], spans[2]), q)


NOISES = 14.0  # of the sky's noise: the linear part of an automatic Lupton stretch
DARK = 0.6  # of the sky's noise: so far above the limit of a grey frame is a band's black


def _noises(samples: FloatArray, weights: tuple[float, float, float]) -> list[float]:
    noises: list[float] = []
    for c, weight in enumerate(weights):
        band = samples[..., c]
        finite = band[np.isfinite(band)].astype(np.float64)
        middle = float(np.median(finite)) if finite.size else 0.0
        below = finite[finite <= middle] - middle
        noises.append(weight * float(np.sqrt(np.mean(below**2))) if below.size else 0.0)
    return noises


def lupton_of(stretch: BandStretch) -> tuple[tuple[float, float, float], float, float]:
    """(weights, the largest 1; Q; stretch) of a joint asinh stretch: undoes `lupton`."""
    parameter = stretch.bands[0].parameter
    q = 10.0 * sinh(asinh(1.0 / parameter) / 10.0)
    red, green, blue = ((b.high - b.low) * q * parameter for b in stretch.bands)
    wide = min(red, green, blue)
    return (wide / red, wide / green, wide / blue), q, wide
