"""The noise of a frame's sky, by its good pixels: what a rule needs to tell what was struck.

Legend: ``u`` stretched samples (H, W).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from astroview.core.bad_pixels.pixel_rule import PixelFlags, Rule, read_good, rule_for, without
from astroview.core.colour.stretch import Stretch, auto_stretch, sample, sample_step
from astroview.core.frame import Frame, Window
from astroview.core.lazy_dataclass import dataclass

FloatArray = NDArray[np.float32]

DARK, LEAST_DARK = 0.25, 256  # part of the places, and how many at least
LEAST_MEASURED = 64  # differences that tell a noise
LEAST_LEFT = 0.3  # of the difference of noise that neighbours share: what shares more is no noise
DEAD = 10.0  # times as far below its neighbours as half of all pixels: no noise, nor a sky
NORMS = np.array([6.0, math.sqrt(6.0), math.sqrt(6.0)])  # what differences make of white noise
WIDEST = 1e6  # times the noise that networks see at once
MODEL, ROUNDED = 4.0, 1e-5  # grain, and part of the sky, of what is no detector's noise
NOISIEST = 0.08  # noise in stretched units: networks learnt from none that is louder


class Noise(NamedTuple):
    """Of a sky: ``level`` the standard deviation of pixel-scale noise in units of u, as networks
    are told; ``native`` that of its darkest parts in native units, 0 where it cannot be told; and
    ``grain`` how much larger that of means of 2 x 2 pixels is than it would be were pixels
    independent: 1 of white noise, more where drizzling or resampling spread it.
    """

    level: float
    native: float
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
        if self.sky_noise is None:
            return 0.0
        return self.sky_noise.native or self.sky_noise.level * abs(
            slope(self.seen_through, self.fill)
        )


def measure_frame(frame: Frame, flags: PixelFlags | None = None) -> MeasuredFrame | None:
    """Measure a frame, of which its file may say more; None when every pixel looked at is blank.
    Errors as `Frame.read`.
    """
    seen = sample(frame)
    if not np.isfinite(seen).any():
        return None
    rule = rule_for(frame, seen, flags)
    seen = good_samples(frame, seen, rule)
    own = auto_stretch(frame, seen)
    fill = float(np.nanmedian(seen))
    if rule is None:
        return MeasuredFrame(None, seen, own, own, fill, None)
    seen_through, measured = _as_networks_see(frame, own, rule, fill)
    made = MeasuredFrame(rule, seen, own, seen_through, fill, measured)
    return replace(made, rule=replace(rule, noise=made.noise))


def _as_networks_see(
    frame: Frame, own: Stretch, rule: Rule, sky: float
) -> tuple[Stretch, Noise | None]:
    """The stretch under which noise is what networks have seen, and the noise under it."""
    through, measured = own, noise_level(frame, own, rule)
    if measured is None:
        return own, None
    if measured.level > NOISIEST:
        through = quieter(own, sky, measured.level * abs(slope(own, sky)))
    elif is_noise(measured, sky):
        through = nearer(own, sky, measured.native)
    if through == own:
        return own, measured
    return through, noise_level(frame, through, rule) or measured


def good_samples(frame: Frame, seen: FloatArray, rule: Rule | None) -> FloatArray:
    """A `sample` with NaN for what is no measurement; all of it where nothing else is there."""
    good = without(seen, rule, Window.whole(frame.shape), sample_step(frame.shape))
    return good if np.isfinite(good).any() else seen


def opening_stretch(frame: Frame, seen: FloatArray | None = None) -> Stretch:
    """The stretch that a frame opens with: `auto_stretch` of what is a measurement by its value.

    A column of 65535 would make all else black. ``seen``: what `sample` gives, if you have it.
    """
    seen = sample(frame) if seen is None else seen
    return auto_stretch(frame, good_samples(frame, seen, rule_for(frame, seen)))


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


def is_noise(measured: Noise, sky: float) -> bool:
    """Whether it is a detector's, and not what rounding or a smooth model leave of neighbours."""
    return measured.grain < MODEL and measured.native > ROUNDED * abs(sky)


def nearer(stretch: Stretch, sky: float, noise: float) -> Stretch:
    """A stretch under which networks can tell a sky from one value, `WIDEST` times its noise wide.

    The automatic one ends at the brightest pixels: beside light ten million times the noise, or
    cosmic rays, the sky would lie within a network's own errors, which are the same everywhere:
    a pattern of four sigma, all that is allowed. Brighter light is beyond 1 then, by little: the
    curve is nearly logarithmic.
    """
    if stretch.kind != "asinh" or not stretch.high - stretch.low > WIDEST * noise > 0:
        return stretch
    span = WIDEST * noise
    low = max(stretch.low, sky - 1.5e-4 * span)
    return replace(stretch, low=low, high=low + span)


def noise_level(
    frame: Frame, stretch: Stretch, rule: Rule | None = None, side: int = 256
) -> Noise | None:
    """Noise of the sky: the level is the least `pixel_noise` of up to nine windows, since structure
    only adds to it, None where none is large enough; the rest is of the darkest places of all.
    """
    height, width = frame.shape
    places = [
        Window(int((height - side) * fy), int((width - side) * fx), side, side)
        for fy in (0.1, 0.5, 0.9)
        for fx in (0.1, 0.5, 0.9)
    ]
    levels, planes = list[float](), list[FloatArray]()
    wholes = dict.fromkeys(Window(max(0, w.y), max(0, w.x), side, side) for w in places)
    for whole in wholes:
        x = read_good(frame, rule, whole)
        u = stretch.forward(x)
        if (noise := pixel_noise(u if u.ndim == 2 else u.mean(-1))) is not None:
            levels.append(noise)
            planes.append(np.asarray(x if x.ndim == 2 else x.mean(-1), np.float32))
    if not levels:
        return None
    native, grain = dark_noise(planes) or (0.0, 1.0)
    return Noise(min(levels), native, grain)


def dark_noise(planes: Sequence[FloatArray]) -> tuple[float, float] | None:
    """`pixel_noise` of the darkest places of planes (H, W), in their units, and its grain: sources,
    which are larger than a pixel, would pass for noise that was spread over pixels.

    A place is 3 x 3 pixels, and its mean says nothing about its Laplacian difference: those that
    are chosen are no less noisy than the rest. Places of one value are no sky. None where fewer
    than 64 are left.

    Noise that neighbours share leaves less in the difference along rows and columns than in that
    along either: by their ratio, for each axis, 1 - 4/3 of the correlation of neighbours.
    """
    means, kinds = list[FloatArray](), list[NDArray[Any]]()
    for plane in map(_without_dead, planes):
        around = np.lib.stride_tricks.sliding_window_view(plane, (3, 3))
        with np.errstate(over="ignore", invalid="ignore"):
            means.append(around.mean((2, 3)).ravel())
            varied = np.ptp(around, (2, 3)) > 0
            lines = _second(plane)[1:-1], _second(plane.T).T[:, 1:-1]
        both = np.where(varied, _differences(plane), np.nan)
        kinds.append(np.stack([both, *lines], -1).reshape(-1, 3))
    mean, differences = np.concatenate(means), np.concatenate(kinds)
    known = np.isfinite(differences).all(1) & np.isfinite(mean)
    mean, differences = mean[known], differences[known]
    if mean.size < LEAST_MEASURED:
        return None
    count = min(mean.size, max(LEAST_DARK, round(mean.size * DARK)))
    dark = differences[mean <= np.partition(mean, count - 1)[count - 1]]
    both, rows, columns = (float(n) for n in np.median(np.abs(dark), 0) / 0.6745 / NORMS)
    if not both or not rows or not columns:
        return both, 1.0
    left = max(LEAST_LEFT, min(1.0, both / rows * (both / columns)))
    return both, (1 + 0.75 * (1 - left)) / left


def _without_dead(plane: FloatArray) -> FloatArray:
    """A plane (H, W) with NaN for pixels that lie far below three of their neighbours at least:
    among the darkest places dead pixels would be many, however few they are.
    """
    if min(plane.shape) < 3:
        return plane
    inner = plane[1:-1, 1:-1]
    rows, columns = (plane[:-2, 1:-1], plane[2:, 1:-1]), (plane[1:-1, :-2], plane[1:-1, 2:])
    lower = np.minimum(*rows), np.minimum(*columns)
    upper = np.maximum(*rows), np.maximum(*columns)
    with np.errstate(over="ignore", invalid="ignore"):
        # How far below the second of the four, from below; that of the noise is its own measure.
        depth = np.minimum(np.maximum(*lower), np.minimum(*upper)) - inner
        known = np.abs(depth[np.isfinite(depth)])
        usual = np.median(known) if known.size else np.float32(0)
        dead = depth > np.float32(DEAD) * usual
    if not usual or not dead.any():
        return plane
    made = plane.copy()
    made[1:-1, 1:-1][dead] = np.nan
    return made


def _second(u: FloatArray) -> FloatArray:
    """Second differences along rows, (H, W - 2)."""
    return u[:, :-2] - 2 * u[:, 1:-1] + u[:, 2:]


def pixel_noise(u: FloatArray) -> float | None:
    """Standard deviation of pixel-scale noise in (H, W), in its units: Immerkaer's (1996)
    Laplacian difference, with a median. None where fewer than 64 differences are finite.
    """
    return _noise_of(_differences(u))


def _differences(u: FloatArray) -> NDArray[Any]:
    """The Laplacian differences of planes (..., H, W)."""
    with np.errstate(over="ignore", invalid="ignore"):  # what is no measurement has no bounds
        rows = u[..., :-2, :] - 2 * u[..., 1:-1, :] + u[..., 2:, :]
        return rows[..., :-2] - 2 * rows[..., 1:-1] + rows[..., 2:]


def _noise_of(differences: NDArray[Any]) -> float | None:
    values = np.abs(differences[np.isfinite(differences)])
    return float(np.median(values)) / 0.6745 / 6 if values.size >= LEAST_MEASURED else None
