"""The noise of a frame's sky, by its good pixels: what a rule needs to tell what was struck.

Legend: ``u`` stretched samples (H, W).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from astroview.core.bad_pixels.pixel_rule import PixelFlags, Rule, read_good, rule_for, without
from astroview.core.colour.stretch import Stretch, auto_stretch, sample, sample_step
from astroview.core.frame import Frame, Window

FloatArray = NDArray[np.float32]

NOISIEST = 0.08  # noise in stretched units: networks learnt from none that is louder


class Noise(NamedTuple):
    """Of a sky: ``level`` the standard deviation of its pixel-scale noise, and ``grain`` how much
    larger that of means of 2 x 2 pixels is than it would be were pixels independent: 1 of white
    noise, more where drizzling or resampling spread it.
    """

    level: float
    grain: float


@dataclass(frozen=True)
class MeasuredFrame:
    """What is measured once of a whole frame.

    Attributes
    ----------
    rule
        What is bad in it; None of a display picture, whose every value is one.
    seen
        A sample of its good pixels; of all where none is good.
    own, seen_through
        Its automatic stretch, and that under which its noise is what networks have seen.
    fill
        The median of ``seen``.
    sky_noise
        Of the sky in units of ``seen_through``; None of a frame too small to measure it.
    """

    rule: Rule | None
    seen: FloatArray
    own: Stretch
    seen_through: Stretch
    fill: float
    sky_noise: Noise | None

    @property
    def noise(self) -> float:
        """Standard deviation of the sky in native units; 0 where nobody knows."""
        level = self.sky_noise.level if self.sky_noise else 0.0
        return level * abs(slope(self.seen_through, self.fill))


def measure_frame(frame: Frame, flags: PixelFlags | None = None) -> MeasuredFrame | None:
    """Measure a frame, of which its file may say more; None when every pixel looked at is blank.
    Errors as `Frame.read`.
    """
    seen = sample(frame)
    if not np.isfinite(seen).any():
        return None
    rule = rule_for(frame, seen, flags)
    good = without(seen, rule, Window.whole(frame.shape), sample_step(frame.shape))
    seen = good if np.isfinite(good).any() else seen
    own = auto_stretch(frame, seen)
    fill = float(np.nanmedian(seen))
    if rule is None:
        return MeasuredFrame(None, seen, own, own, fill, None)
    seen_through, measured = own, noise_level(frame, own, rule)
    if measured and measured.level > NOISIEST:
        loud = measured.level * abs(slope(own, fill))
        seen_through = quieter(own, fill, loud)
        measured = noise_level(frame, seen_through, rule) or measured
    made = MeasuredFrame(rule, seen, own, seen_through, fill, measured)
    return replace(made, rule=replace(rule, noise=made.noise))


def slope(stretch: Stretch, x: float) -> float:
    """Native units for one of u at a native value, of an asinh or linear stretch."""
    span = stretch.high - stretch.low
    if stretch.kind != "asinh":
        return span
    soft = stretch.parameter
    t = (x - stretch.low) / span / soft
    return span * soft * math.asinh(1 / soft) * math.sqrt(1 + t * t)


def quieter(stretch: Stretch, sky: float, noise: float) -> Stretch:
    """A stretch under which the noise of a frame is what networks have seen, `NOISIEST`.

    The automatic one ends at the brightest pixel: of empty sky it makes noise as large as
    sources, and the same sky would become another picture beside a star.
    """
    if stretch.kind != "asinh" or not noise > 0 or not np.isfinite(noise):
        return stretch
    span, wide = stretch.high - stretch.low, stretch
    for _ in range(60):
        softening = float(np.clip(4.0 * noise / span, 5e-4, 0.5))
        wide = Stretch("asinh", stretch.low, stretch.low + span, softening)
        if noise / abs(slope(wide, sky)) <= NOISIEST:
            return wide
        span *= 1.1
    return wide


def noise_level(
    frame: Frame, stretch: Stretch, rule: Rule | None = None, side: int = 256
) -> Noise | None:
    """Noise of the sky in units of u: the least `pixel_noise` of up to nine windows, since
    structure only adds to it; None where none is large enough.
    """
    height, width = frame.shape
    places = [
        Window(int((height - side) * fy), int((width - side) * fx), side, side)
        for fy in (0.1, 0.5, 0.9)
        for fx in (0.1, 0.5, 0.9)
    ]
    found: list[Noise] = []
    wholes = dict.fromkeys(Window(max(0, w.y), max(0, w.x), side, side) for w in places)
    for whole in wholes:
        u = stretch.forward(read_good(frame, rule, whole))
        u = u if u.ndim == 2 else u.mean(-1)
        if (noise := pixel_noise(u)) is not None:
            coarse = pixel_noise(_pairs(u))
            found.append(Noise(noise, max(1.0, 2 * coarse / noise) if coarse and noise else 1.0))
    return min(found, default=None)


def _pairs(u: FloatArray) -> FloatArray:
    """Means of 2 x 2 pixels."""
    height, width = (n // 2 * 2 for n in u.shape)
    return u[:height, :width].reshape(height // 2, 2, width // 2, 2).mean((1, 3))


def pixel_noise(u: FloatArray) -> float | None:
    """Standard deviation of pixel-scale noise in (H, W), in its units: Immerkaer's (1996)
    Laplacian difference, with a median. None where fewer than 64 differences are finite.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # what is no measurement has no bounds
        rows = u[:-2] - 2 * u[1:-1] + u[2:]
        both = rows[:, :-2] - 2 * rows[:, 1:-1] + rows[:, 2:]
    values = np.abs(both[np.isfinite(both)])
    return float(np.median(values)) / 0.6745 / 6 if values.size >= 64 else None
