"""Stretches between physical values and the unit range of a display or a network.

Legend: ``x`` is a sample in native units (ADU, e-/s, 0..255), ``u`` its stretched value
(low -> 0, high -> 1). Nothing is clipped here, so every stretch has an exact inverse.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from astroview.core.frame import Frame

Kind = Literal[
    "linear", "log", "sqrt", "squared", "power", "asinh", "sinh", "mtf", "histogram"
]  # fmt: skip
Limits = Literal["zscale", "percentile", "minmax"]
F32_MOST = float(np.finfo(np.float32).max)
_FAR = 1e30  # a difference of float32 from anything nearer does not overflow
KINDS: tuple[Kind, ...] = (
    "linear", "log", "sqrt", "squared", "power", "asinh", "sinh", "mtf", "histogram",
)  # fmt: skip
FloatArray = NDArray[np.float32]

# Softening (asinh), contrast (log) and midtone (mtf) that suit most frames.
DEFAULT_PARAMETER: dict[Kind, float] = {
    "linear": 1.0,
    "log": 1000.0,
    "sqrt": 1.0,
    "squared": 1.0,
    "power": 1000.0,
    "asinh": 0.1,
    "sinh": 1 / 3,
    "histogram": 1.0,
    "mtf": 0.25,
}


@dataclass(frozen=True)
class Stretch:
    """An invertible map from native units to the unit range.

    Parameters
    ----------
    kind
        ``linear``: u = t; ``sqrt``: u = sqrt(t); ``log``: u = ln(1 + p t) / ln(1 + p);
        ``power``: u = (p^t - 1) / (p - 1), the bright end spread (p above 1; DS9);
        ``asinh``: u = asinh(t / p) / asinh(1 / p) (Lupton et al. 2004);
        ``squared``: u = t^2; ``sinh``: u = sinh(t / p) / sinh(1 / p) (DS9);
        ``histogram``: u grows with the number of samples below x (see `points`);
        ``mtf``: the midtones transfer function with balance p (PixInsight, Siril),
        where t = (x - low) / (high - low).
    low, high
        Native values that become 0 and 1; ``high`` must differ from ``low``.
    parameter
        p above; ignored by linear, sqrt, squared and histogram.
    points
        Of ``histogram``: values between which equally many samples lie, ascending; none: linear.

    Notes
    -----
    Below ``low`` the curves continue as odd functions (mtf and power: as their tangents; these,
    squared and sinh also above ``high``), so that ``inverse(forward(x)) == x`` for any finite x
    whose stretched value float32 can hold; others become infinite. NaN stays NaN.
    """

    kind: Kind = "linear"
    low: float = 0.0
    high: float = 1.0
    parameter: float = 0.0
    points: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", tuple(self.points))
        numbers = np.array([self.high - self.low, self.parameter, *self.points], np.float64)
        if not (np.abs(numbers) <= F32_MOST).all():
            raise ValueError("the numbers of a stretch must be finite")
        if self.kind not in KINDS:
            raise ValueError(f"unknown stretch {self.kind!r}; choose one of {', '.join(KINDS)}")
        if not np.isfinite([self.low, self.high]).all() or self.low == self.high:
            raise ValueError(f"stretch limits must be finite and differ: {self.low}, {self.high}")
        if self.parameter <= 0.0:
            object.__setattr__(self, "parameter", DEFAULT_PARAMETER[self.kind])
        if self.kind == "mtf" and not self.parameter < 1.0:
            raise ValueError("the midtone balance lies between 0 and 1")
        if self.kind == "power" and not self.parameter > 1.0:
            raise ValueError("the base of the power lies above 1")

    @np.errstate(over="ignore")
    def forward(self, x: FloatArray) -> FloatArray:
        """Stretch native values, any shape, to float32 u (unclipped, NaN kept)."""
        if self.kind == "histogram" and len(self.points) > 1:
            return _equalised(self, x)
        x, low, span = np.asarray(x, np.float32), np.float32(self.low), self._span
        # A difference from such a limit can be more than float32 holds, though both are not.
        t = x / span - low / span if abs(self.low) > _FAR else (x - low) / span
        return _curve(self.kind, t, np.float32(self.parameter))

    @np.errstate(over="ignore")
    def inverse(self, u: FloatArray) -> FloatArray:
        """Undo `forward`: stretched values, any shape, back to native units."""
        if self.kind == "histogram" and len(self.points) > 1:
            return _unequalised(self, u)
        t = _uncurve(self.kind, np.asarray(u, np.float32), np.float32(self.parameter))
        low, span = np.float32(self.low), self._span
        return (t + low / span) * span if abs(self.low) > _FAR else t * span + low

    @property
    def _span(self) -> np.float32:
        return np.float32(self.high - self.low)

    def to_norm(self) -> Any:
        """For matplotlib: ``imshow(samples, norm=stretch.to_norm())``.

        An `astropy.visualization.ImageNormalize` with the same curve and limits. Raises
        AstroviewError without matplotlib.
        """
        from astroview.core.colour.astropy_norm import to_norm  # not at start

        return to_norm(self)

    @staticmethod
    def from_norm(norm: Any) -> Stretch:
        """The stretch of an `astropy.visualization.ImageNormalize` that has limits.

        Raises AstroviewError for a curve that there is none of here.
        """
        from astroview.core.colour.astropy_norm import from_norm

        return from_norm(norm)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)

    @staticmethod
    def from_dict(values: dict[str, Any]) -> Stretch:
        """Rebuild from `to_dict`; raises ValueError on bad values."""
        try:
            return Stretch(**values)
        except (TypeError, OverflowError) as problem:
            raise ValueError(f"it is no stretch ({problem})") from problem


def _curve(kind: Kind, t: FloatArray, p: np.float32) -> FloatArray:
    if kind == "sqrt":
        return np.sign(t) * np.sqrt(np.abs(t))
    if kind == "log":
        return np.sign(t) * np.log1p(p * np.abs(t)) / np.log1p(p)
    if kind == "asinh":
        return np.arcsinh(t / p) / np.arcsinh(1 / p)
    if kind == "mtf":
        return _mtf(t, p)
    if kind == "power":
        return _power(t, p)
    if kind in ("squared", "sinh"):
        return _steep(kind, t, p)
    return t


def _uncurve(kind: Kind, u: FloatArray, p: np.float32) -> FloatArray:
    if kind == "sqrt":
        return u * np.abs(u)
    if kind == "log":
        return np.sign(u) * np.expm1(np.abs(u) * np.log1p(p)) / p
    if kind == "asinh":
        return p * np.sinh(u * np.arcsinh(1 / p))
    if kind == "mtf":
        return _mtf(u, np.float32(1) - p)  # the inverse of balance m is balance 1 - m
    if kind == "power":
        return _unpower(u, p)
    if kind in ("squared", "sinh"):
        return _unsteep(kind, u, p)
    return u


def _steep(kind: Kind, t: FloatArray, p: np.float32) -> FloatArray:
    """Squared and sinh: odd functions on -1..1, continued by their end slopes outside."""
    inside = np.clip(t, -1, 1)
    if kind == "squared":
        return (inside * np.abs(inside) + (t - inside) * 2).astype(np.float32)
    slope = 1 / (p * np.tanh(1 / p))
    return (np.sinh(inside / p) / np.sinh(1 / p) + (t - inside) * slope).astype(np.float32)


def _unsteep(kind: Kind, u: FloatArray, p: np.float32) -> FloatArray:
    inside = np.clip(u, -1, 1)
    if kind == "squared":
        return (np.sign(inside) * np.sqrt(np.abs(inside)) + (u - inside) / 2).astype(np.float32)
    slope = 1 / (p * np.tanh(1 / p))
    return (p * np.arcsinh(inside * np.sinh(1 / p)) + (u - inside) / slope).astype(np.float32)


STRAIGHT = 0.02  # of an equalised curve: so that each value keeps a grey of its own
KNOTS = 257


def equalised(samples: FloatArray, low: float, high: float) -> Stretch:
    """The stretch that gives each grey as many samples, of those between two limits; NaN left
    out. Linear where there is nothing to tell.
    """
    known = samples[np.isfinite(samples) & (samples >= low) & (samples <= high)]
    if known.size < KNOTS:
        return Stretch("histogram", low, high)
    points = np.unique(np.quantile(known.astype(np.float64), np.linspace(0, 1, KNOTS)))
    return Stretch("histogram", low, high, points=tuple(float(v) for v in points))


def _shares(stretch: Stretch) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Values, and the part of the samples that lies below each, mixed with a straight line."""
    x = np.array(stretch.points, np.float64)
    share = np.linspace(0, 1, len(x))
    return x, (1 - STRAIGHT) * share + STRAIGHT * (x - x[0]) / (x[-1] - x[0])


def _beyond(v: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64]):
    """Linear between (x, y), and on with the mean slope outside."""
    inside = np.clip(v, x[0], x[-1])
    return np.interp(inside, x, y) + (v - inside) * (y[-1] - y[0]) / (x[-1] - x[0])


def _equalised(stretch: Stretch, values: FloatArray) -> FloatArray:
    x, share = _shares(stretch)
    low, high = _beyond(np.array([stretch.low, stretch.high], np.float64), x, share)
    found = (_beyond(np.asarray(values, np.float64), x, share) - low) / (high - low)
    return found.astype(np.float32)


def _unequalised(stretch: Stretch, u: FloatArray) -> FloatArray:
    x, share = _shares(stretch)
    low, high = _beyond(np.array([stretch.low, stretch.high], np.float64), x, share)
    wanted = low + np.asarray(u, np.float64) * (high - low)
    return _beyond(wanted, share, x).astype(np.float32)


def _mtf(t: FloatArray, m: np.float32) -> FloatArray:
    """Midtones transfer on 0..1, continued by its end slopes outside."""
    inside = np.clip(t, 0, 1)
    curve = (m - 1) * inside / ((2 * m - 1) * inside - m)
    slope = np.where(t < 0, (1 - m) / m, m / (1 - m))
    return (curve + (t - inside) * slope).astype(np.float32)


def _power(t: FloatArray, p: np.float32) -> FloatArray:
    """(p^t - 1) / (p - 1) on 0..1, continued by its end slopes outside."""
    inside = np.clip(t, 0, 1)
    slope = np.log(p) / (p - 1) * np.where(t < 0, np.float32(1), p)
    return (np.expm1(inside * np.log(p)) / (p - 1) + (t - inside) * slope).astype(np.float32)


def _unpower(u: FloatArray, p: np.float32) -> FloatArray:
    inside = np.clip(u, 0, 1)
    slope = np.log(p) / (p - 1) * np.where(u < 0, np.float32(1), p)
    return (np.log1p(inside * (p - 1)) / np.log(p) + (u - inside) / slope).astype(np.float32)


def limits(
    samples: FloatArray,
    method: Limits = "zscale",
    percentile: float = 99.5,
    contrast: float = 0.25,
    count: int = 1000,
) -> tuple[float, float]:
    """Display limits of some samples.

    Parameters
    ----------
    samples
        Any shape; NaN and infinities are ignored.
    method
        ``zscale`` (IRAF, through astropy), ``percentile`` (the central ``percentile`` %)
        or ``minmax``.
    contrast, count
        Of zscale: how steep, and how many samples it looks at.

    Returns
    -------
    low, high
        Finite in float32, their distance too; ``low < high``. (0, 1) when no sample is finite.
    """
    finite = samples[np.isfinite(samples)]
    if finite.size == 0:
        return 0.0, 1.0
    if np.abs(finite).max() > F32_MOST / 4:  # their differences overflow
        finite = finite.astype(np.float64)
    if method == "zscale":
        from astropy.visualization import ZScaleInterval  # slow to import

        low, high = ZScaleInterval(n_samples=count, contrast=contrast).get_limits(finite)
    elif method == "percentile":
        tail = (100 - percentile) / 2
        low, high = np.percentile(finite, (tail, 100 - tail))
    else:
        low, high = finite.min(), finite.max()
    low, high = _near_enough(float(low), float(high))
    if high > low:
        return low, high
    step = max(1.0, abs(low) * 1e-3)
    return (low, low + step) if low + step <= F32_MOST else (low - step, low)


def _near_enough(low: float, high: float) -> tuple[float, float]:
    """Limits so near that float32 holds their distance."""
    half = F32_MOST / 2
    return (low, high) if high - low <= F32_MOST else (max(low, -half), min(high, half))


def sample(frame: Frame, side: int = 512) -> FloatArray:
    """A strided sample of the whole frame, at most about ``side`` rows and columns."""
    return frame.read(step=sample_step(frame.shape, side))


def sample_step(shape: tuple[int, int], side: int = 512) -> int:
    """How many rows and columns of (H, W) a `sample` goes on by."""
    return max(1, -(-max(shape) // side))


def auto_stretch(frame: Frame, samples: FloatArray | None = None) -> Stretch:
    """The stretch a frame opens with, and the one the networks see.

    Display frames (8/16-bit pictures) keep their values. Linear frames get asinh from just
    below the sky to the brightest sampled pixel, soft at a few times the sky noise: the sky
    is near black, faint structure shows, star cores keep their shape. ``samples``: what
    `sample` gives, if you have it.
    """
    if frame.kind == "display":
        return Stretch("linear", 0.0, frame.full_scale or 1.0)
    return sky_stretch(sample(frame) if samples is None else samples)


def sky_stretch(samples: FloatArray) -> Stretch:
    """Asinh limits from sky level and noise, robust to sources (sigma by the lower half)."""
    # Sorted once, medians and percentiles are look-ups: a frame opens sooner. float64: the
    # squares of what some simulations write overflow float32.
    finite = np.sort(samples[np.isfinite(samples)], axis=None).astype(np.float64)
    if finite.size == 0:
        return Stretch("linear", 0.0, 1.0)
    peak = _percentile(finite, 99.95)
    sky = _mode(finite)
    lower = finite[: np.searchsorted(finite, sky, "right")]
    sigma = float(np.sqrt(np.mean((lower - sky) ** 2))) if lower.size > 8 else 0.0
    floor = _percentile(finite, 0.1)
    if peak - sky <= 0 or not np.isfinite(peak - sky):
        return Stretch("linear", *limits(samples, "minmax"))
    sigma = max(sigma, (peak - sky) * 1e-4)
    low = max(floor, sky - 1.5 * sigma) if floor < sky else sky
    low, peak = _near_enough(low, peak)
    softening = float(np.clip(4.0 * sigma / (peak - low), 5e-4, 0.5))
    return Stretch("asinh", low, peak, softening)


def sky_level(samples: FloatArray) -> float:
    """The level of the sky among samples of a frame, any shape; 0 where none is finite."""
    finite = np.sort(samples[np.isfinite(samples)], axis=None).astype(np.float64)
    return _mode(finite) if finite.size else 0.0


def autostretch(samples: FloatArray, target: float = 0.25, clip: float = 2.8) -> Stretch:
    """The midtone stretch of PixInsight's and Siril's automatic screen transfer function.

    Black lies ``clip`` (normalised) median absolute deviations below the median, white at the
    largest sample, and the midtone is such that the median becomes ``target``. Any shape; NaN
    left out.
    """
    finite = samples[np.isfinite(samples)].astype(np.float64)
    low, high = limits(samples, "minmax")
    if finite.size == 0 or finite.min() == finite.max():
        return Stretch("linear", low, high)
    median = float(np.median(finite))
    deviation = 1.4826 * float(np.median(np.abs(finite - median)))
    black = max(low, median - clip * deviation) if deviation else low
    place = (median - black) / (high - black)
    if not 0 < place < 1 or not np.isfinite(np.float32(high - black)):
        return Stretch("linear", low, high)
    midtone = (target - 1) * place / ((2 * target - 1) * place - target)
    return Stretch("mtf", black, high, float(np.clip(midtone, 1e-5, 1 - 1e-5)))


def _mode(ordered: NDArray[np.float64]) -> float:
    """Sky level: sigma-clipped median, pulled to the mode where sources crowd the sky."""
    values = ordered
    for _ in range(5):
        median, reach = _percentile(values, 50), 2.5 * float(np.std(values))
        first = np.searchsorted(values, median - reach, "left")
        last = np.searchsorted(values, median + reach, "right")
        if last - first == values.size or last - first < 16:
            break
        values = values[first:last]
    return _percentile(values, 50)


def _percentile(ordered: NDArray[np.float64], percent: float) -> float:
    """As `numpy.percentile`, of sorted values."""
    place = percent / 100 * (ordered.size - 1)
    below = int(place)
    above = min(below + 1, ordered.size - 1)
    return float(ordered[below] + (ordered[above] - ordered[below]) * (place - below))
