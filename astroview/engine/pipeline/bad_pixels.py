"""Pixels of a measured frame that are no measurement: known before a network looks.

What needs the whole frame (how values are distributed, which of them stand for "no data", from
where on the detector is full) is measured once, from a sample; whether a pixel is bad then
depends on what lies within `REACH` of it alone, and so does what it is filled with. Tiles agree
with the whole for that reason.

Legend: ``x`` samples (H, W) or (H, W, 3) in native units, NaN where there are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from astroview.core.frame import Frame, Window
from astroview.core.saturation import saturation_level

FloatArray = NDArray[np.float32]
Mask = NDArray[np.bool_]

REACH = 12  # pixels from which a bad one is filled
BEYOND_TILE = REACH + 3  # pixels that a tile is read wider by: what these are depends on three
# Values that stand for "no data" where they lie far outside what the frame measured.
SENTINELS = (
    *(0.0, -1.0, -32768.0, -32767.0, 32767.0, 65535.0, -2147483648.0, 2147483647.0),
    *(-(10.0**digits) + one for digits in range(2, 7) for one in (0, 1)),
    *(10.0**digits - 1 for digits in range(4, 7)),
)
NAMED, FAR = 10.0, 30.0  # widths of the distribution below the sky: values of a name, and others
REPEATED = 3  # times that a value of no name occurs in the sample
BEYOND = 1e4  # times the range of the bulk: no detector counts so far
FULL_AT_MOST = 0.1  # of the sample: a keyword that says more is full speaks of other units
CLEAR = 8.0  # sigma above, or below, what lies around
MARGIN = 5.0  # sigma that an edge is sharper by than a star's
ACROSS = 0.12  # of a pixel's light that two opposite neighbours of it have at least together
SATURATED = "saturated"
EDGE = 0.006  # and each neighbour
FAINT, BRIGHT = 40.0, 300.0  # sigma above two neighbours, and above one: below, none is told


@dataclass(frozen=True)
class Rule:
    """What is bad in a frame.

    Attributes
    ----------
    sky, noise
        Level and standard deviation of the sky.
    low, high
        Outside these nothing was measured.
    sentinels
        Values that stand for "no data".
    full
        The value from which on the detector is full, or None.
    """

    sky: float
    noise: float
    low: float
    high: float
    sentinels: tuple[float, ...] = ()
    full: float | None = None

    def told(self, x: FloatArray) -> dict[str, Mask]:
        """What single values tell, by kind, in the shape of x."""
        made = {"without data": ~np.isfinite(x)}
        with np.errstate(invalid="ignore", over="ignore"):
            named = (x < self.low) | (x > self.high)
            for value in self.sentinels:
                named |= x == np.float32(value)
            made["standing for no data"] = named & ~made["without data"]
            if self.full is not None:
                made[SATURATED] = (x >= self.full) & ~named
        return made

    def bad(self, x: FloatArray) -> dict[str, Mask]:
        """What is bad, by kind; single pixels of grey or of each channel too."""
        made = self.told(x)
        good = np.where(any_of(made), np.float32(np.nan), x)
        spikes = [sharper_than_a_star(plane, self.noise) for plane in _planes(good)]
        made["struck or dead"] = np.stack(spikes, -1) if x.ndim == 3 else spikes[0]
        return made


def rule_for(frame: Frame, seen: FloatArray) -> Rule | None:
    """The rule of a frame of which a `sample` is at hand; None for display pictures, whose every
    value is one.
    """
    if frame.kind != "linear":
        return None
    return rule_of(seen, saturation_level(frame))


def rule_of(seen: FloatArray, full: float | None = None) -> Rule:
    """The rule that a sample of a frame tells, any shape; the noise is left open."""
    values = seen[np.isfinite(seen)].astype(np.float64)
    plain = values[~np.isin(values, SENTINELS)]
    if plain.size < 0.02 * values.size or plain.size == 0:
        plain = values
    if plain.size == 0:
        return Rule(0.0, 0.0, -np.inf, np.inf)
    ordered = np.sort(plain)
    sky, least, most = (float(ordered[int(q * (ordered.size - 1))]) for q in (0.5, 0.01, 0.999))
    below = max(1.4826 * float(np.median(np.abs(plain - sky))), (sky - least) / 2.33)
    bulk = max(most - sky, sky - least)
    low, high = sky - FAR * below - 0.02 * bulk, sky + max(FAR * below, bulk)
    known = [v for v in SENTINELS if v < sky - NAMED * below or v > high]
    if full is not None and float((values >= full).mean()) > FULL_AT_MOST:
        full = None
    return Rule(
        sky,
        0.0,
        sky - BEYOND * bulk if bulk else -np.inf,
        sky + BEYOND * bulk if bulk else np.inf,
        (*known, *_repeated(values, low)),
        full,
    )


def _repeated(values: NDArray[np.float64], low: float) -> Iterator[float]:
    """Values far below the sky that occur again and again: noise does not repeat itself."""
    found, counts = np.unique(values[values < low], return_counts=True)
    for value, count in zip(found.tolist(), counts.tolist(), strict=True):
        if count >= REPEATED and value not in SENTINELS:
            yield value


def sharper_than_a_star(x: FloatArray, noise: float) -> Mask:
    """Pixels of (H, W) that no optics let through: cosmic rays, hot and dead pixels.

    A Laplacian test as in L.A.Cosmic (van Dokkum 2001) with another guard of fine structure:
    light of a star of 1.3 pixels FWHM, wherever its centre lies, reaches the four neighbours of
    each of its pixels. A pixel of which two opposite ones have too little together, or one next
    to nothing, is none of a star's. NaN is never bad.
    """
    if min(x.shape) < 3 or not noise > 0:
        return np.zeros(x.shape, np.bool_)
    made = np.zeros(x.shape, np.bool_)
    padded = np.pad(x, 3, mode="reflect" if min(x.shape) > 3 else "edge")
    with np.errstate(invalid="ignore", over="ignore"):
        height, width = x.shape
        around = [
            padded[3 + dy : 3 + dy + height, 3 + dx : 3 + dx + width]
            for dy, dx in ((-1, 0), (1, 0), (0, -1), (0, 1))
        ]
        up = x - np.fmin(np.fmax(*around[:2]), np.fmax(*around[2:]))
        down = np.fmax(np.fmin(*around[:2]), np.fmin(*around[2:])) - x
        steep = np.fmax(x - np.fmin.reduce(around), np.fmax.reduce(around) - x)
        sharp = (np.fmax(up, down) > FAINT * noise) | (steep > BRIGHT * noise)
    places = np.argwhere(sharp)
    for part in np.array_split(places, max(1, len(places) // 20_000)):
        if len(part):
            made[tuple(part.T)] = _no_star(padded, part + 3, noise)
    return made


def _no_star(x: FloatArray, places_N2: NDArray[Any], noise: float) -> Mask:
    """`sharper_than_a_star` at some places (N,)."""
    y, z = places_N2.T
    steps = np.arange(-3, 4)
    boxes = x[y[:, None, None] + steps[:, None], z[:, None, None] + steps].astype(np.float64)
    flat = boxes.reshape(len(boxes), -1)
    with np.errstate(invalid="ignore", all="ignore"):
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # of boxes without any data
            level = np.nanmedian(flat, 1)
            sigma = 1.4826 * np.nanmedian(np.abs(flat - level[:, None]), 1)
        sigma = np.maximum(sigma, noise)
        height = boxes[:, 3, 3] - level
        sign = np.where(height < 0, -1.0, 1.0)
        height = height * sign
        near = (boxes[:, (2, 4, 3, 3), (3, 3, 2, 4)] - level[:, None]) * sign[:, None]
        clear = height > CLEAR * sigma
        pairs = np.fmin(near[:, :2].sum(1), near[:, 2:].sum(1))
        across = pairs + 1.4 * MARGIN * sigma < ACROSS * height
        edge = near.min(1) + MARGIN * sigma < EDGE * height
    return clear & (across | edge)


def without(x: FloatArray, rule: Rule | None) -> FloatArray:
    """X with NaN for what stands for no data; a full detector still tells that there is light."""
    if rule is None:
        return x
    bad = any_of({kind: mask for kind, mask in rule.told(x).items() if kind != SATURATED})
    return np.where(bad, np.float32(np.nan), x) if bad.any() else x


def filled(x: FloatArray, bad: Mask, sky: float) -> FloatArray:
    """X with smooth values where it is bad: near ones count most, beyond `REACH` the sky does."""
    if not bad.any():
        return x
    planes = [
        _filled(plane, holes, sky) for plane, holes in zip(_planes(x), _planes(bad), strict=True)
    ]
    return np.stack(planes, -1) if x.ndim == 3 else planes[0]


WIDTHS = ((0.7, 1.0), (1.6, 1e-2), (3.5, 1e-4))  # of Gaussians, and what each counts
SKY_COUNTS = 1e-7


def _filled(x: FloatArray, bad: Mask, sky: float) -> FloatArray:
    if not bad.any():
        return x
    unit = max(float(np.abs(np.where(bad, 0, x) - sky).max()), 1e-37)
    above = np.where(bad, 0, (x - np.float64(sky)) / unit)
    total, weight = np.zeros(x.shape), np.full(x.shape, SKY_COUNTS)
    for width, counts in WIDTHS:
        reach = min(REACH, round(4 * width))
        spread = partial(gaussian_filter, sigma=width, mode="constant", radius=reach)
        total += counts * spread(above)
        weight += counts * spread((~bad).astype(np.float64))
    return np.where(bad, total / weight * unit + sky, x).astype(np.float32)


def wider(window: Window, shape: tuple[int, int]) -> Window:
    """A window and `BEYOND_TILE` around it, as far as there is a frame."""
    return Window(
        window.y - BEYOND_TILE,
        window.x - BEYOND_TILE,
        window.height + 2 * BEYOND_TILE,
        window.width + 2 * BEYOND_TILE,
    ).clip(shape)


def any_of(kinds: dict[str, Mask]) -> Mask:
    return np.logical_or.reduce(list(kinds.values()))


def _planes(x: NDArray[Any]) -> list[NDArray[Any]]:
    return [x[..., i] for i in range(x.shape[2])] if x.ndim == 3 else [x]
