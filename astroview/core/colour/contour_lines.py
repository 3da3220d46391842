"""Lines of equal value over a frame of any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from astroview.core.colour.smooth import smoothed
from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from astroview.core.colour.stretch import Stretch
    from astroview.core.frame import Frame

SIDE = 1024  # rows and columns that are traced at most
COUNT = 6
ENDS = (0.15, 0.95)  # of the display's grey, between which usual levels lie


@dataclass(frozen=True, eq=False)
class ContourLine:
    """All lines of one value: polylines (N, 2) of places of the frame."""

    level: float
    lines: tuple[NDArray[np.float64], ...]


def usual_levels(stretch: Stretch, count: int = COUNT) -> tuple[float, ...]:
    """Values that a display shows in even steps of grey."""
    return tuple(float(v) for v in stretch.inverse(np.linspace(*ENDS, count, dtype=np.float32)))


def contour_lines(
    frame: Frame, levels: Sequence[float], smooth: float = 1.0
) -> tuple[ContourLine, ...]:
    """Trace a frame's values (of colour frames: their mean), NaN left out.

    Parameters
    ----------
    levels
        Values, any order; native units.
    smooth
        Sigma of the Gaussian that is laid over the samples first, in samples: of a frame of more
        than `SIDE` rows or columns every k-th one is traced.
    """
    from contourpy import contour_generator

    step = max(1, -(-max(frame.shape) // SIDE))
    samples = frame.read(step=step).astype(np.float64)
    if samples.ndim == 3:
        samples = samples.mean(axis=2)
    samples = smoothed(samples, smooth)
    if min(samples.shape) < 2:
        return ()
    x, y = (np.arange(n) * step + 0.5 for n in (samples.shape[1], samples.shape[0]))
    tracer = contour_generator(x, y, np.ma.masked_invalid(samples), name="serial")
    return tuple(
        ContourLine(level, tuple(np.asarray(line) for line in tracer.lines(level)))
        for level in sorted(set(levels))
    )
