"""Statistics of the samples in a box."""

from __future__ import annotations

from math import ceil, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.lazy_dataclass import dataclass
from astroview.core.sky.number_text import level_text, significant

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.frame import Frame, Window

MOST = 16_000_000  # samples; larger boxes are measured on every k-th row and column
SIGMA, ROUNDS = 3.0, 5  # of the clipping
_LEVELS = {"mean", "median", "minimum", "maximum", "clipped_mean", "clipped_median"}
CHANNELS = ("red", "green", "blue")


@dataclass(frozen=True)
class Statistics:
    """Of finite samples, in native units; NaN where there are too few.

    Attributes
    ----------
    count, missing
        Samples with and without data.
    std
        Of the sample (ddof = 0).
    minimum, maximum
        As they are stored; whole numbers where all samples are.
    clipped_mean, clipped_median, clipped_std, kept
        After clipping at 3 sigma about the median, at most five rounds; how many were kept.
    """

    count: int
    missing: int
    mean: float
    median: float
    std: float
    minimum: float
    maximum: float
    total: float
    clipped_mean: float
    clipped_median: float
    clipped_std: float
    kept: int

    @property
    def largest(self) -> float:
        """The largest sample by its size."""
        return max(abs(self.minimum), abs(self.maximum))


@dataclass(frozen=True)
class BoxReport:
    """Statistics of a box: one for grey, three for red, green and blue.

    Attributes
    ----------
    step
        1, or k when the box was so large that every k-th row and column was measured.
    """

    window: Window
    unit: str
    step: int
    channels: tuple[Statistics, ...]

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Names and values for a table; several channels stand beside each other."""
        names = (
            ("Pixels", "count"), ("No data (NaN)", "missing"), ("Mean", "mean"),
            ("Median", "median"), ("Std. deviation", "std"), ("Minimum", "minimum"),
            ("Maximum", "maximum"), ("Sum", "total"), ("Mean, 3σ clipped", "clipped_mean"),
            ("Median, 3σ clipped", "clipped_median"), ("Std., 3σ clipped", "clipped_std"),
            ("Pixels kept", "kept"),
        )  # fmt: skip
        digits = 6 if len(self.channels) == 1 else 4
        return [(name, "  ".join(_text(c, field, digits) for c in self.channels))
                for name, field in names]  # fmt: skip


def _text(channel: Statistics, field: str, digits: int) -> str:
    value = getattr(channel, field)
    if field not in _LEVELS:
        return significant(value, digits)
    return level_text(value, channel.largest, channel.std, digits)


def measure_box(frame: Frame, window: Window) -> BoxReport:
    """Statistics of a frame's samples in a window (clipped to the frame)."""
    inside = window.clip(frame.shape)
    step = max(1, ceil(sqrt(inside.height * inside.width / MOST)))
    samples = frame.read_exact(inside, step)
    channels = samples.reshape(-1, frame.channels).T
    return BoxReport(inside, frame.own_unit, step, tuple(statistics(c) for c in channels))


def statistics(samples: NDArray[Any]) -> Statistics:
    """Statistics of samples of any shape; NaN = no data."""
    from astropy.stats import sigma_clip

    kept = samples[np.isfinite(samples)]
    good = kept.astype(np.float64)
    missing = samples.size - good.size
    if good.size == 0:
        nan = float("nan")
        return Statistics(0, missing, nan, nan, nan, nan, nan, 0.0, nan, nan, nan, 0)
    least, most = kept.min(), kept.max()
    unit = _unit(float(np.abs(good).max()))  # squares of 1e300 are beyond 64 bits
    good /= unit
    clipped = np.asarray(sigma_clip(good, sigma=SIGMA, maxiters=ROUNDS, masked=False))
    return Statistics(
        count=good.size,
        missing=missing,
        mean=float(good.mean()) * unit,
        median=float(np.median(good)) * unit,
        std=float(good.std()) * unit,
        minimum=_own(least),
        maximum=_own(most),
        total=float(good.sum()) * unit,
        clipped_mean=float(clipped.mean()) * unit,
        clipped_median=float(np.median(clipped)) * unit,
        clipped_std=float(clipped.std()) * unit,
        kept=clipped.size,
    )


def _own(sample: Any) -> float:
    """A sample as it is stored: whole numbers of 64 bits with all their digits."""
    return int(sample) if isinstance(sample, np.integer) else float(sample)


def _unit(largest: float) -> float:
    """What numbers are counted in, so that their squares can be held; 1 for most."""
    if largest == 0 or 1e-100 < largest < 1e100:
        return 1.0
    return 10.0 ** float(np.clip(np.floor(np.log10(largest)), -300, 300))
