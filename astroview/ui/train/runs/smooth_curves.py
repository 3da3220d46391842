"""Curves for the eye: means over the past, and fewer points where there are many."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MOST_PAST = 0.98  # weight of the past at most
MOST_POINTS = 500  # that are drawn of a curve


def smooth(values_N: Floats, weight: float) -> Floats:
    """The running mean with exponential weights, without the pull of its beginning.

    Parameters
    ----------
    values_N
        In the order of steps; values that are no numbers leave the mean as it is.
    weight
        Of the past, 0 (none) to below 1.

    Returns
    -------
    ndarray
        As many values; each is a mean of those up to it, with weights that sum to one.
    """
    mean, total = 0.0, 0.0
    smoothed = np.empty(len(values_N))
    for i, value in enumerate(values_N.tolist()):
        if np.isfinite(value):
            mean = weight * mean + (1 - weight) * value
            total = weight * total + (1 - weight)
        smoothed[i] = mean / total if total else np.nan
    return smoothed


def past_for(count: int) -> float:
    """A weight of the past that suits a curve of so many values."""
    return min(max(1 - 12 / count, 0.5), MOST_PAST) if count > 3 else 0.0


def thin(steps_N: Floats, values_N: Floats, most: int = MOST_POINTS) -> tuple[Floats, Floats]:
    """The same curve by at most so many points: the means of equally many neighbours."""
    count = len(steps_N)
    if count <= most:
        return steps_N, values_N
    group = -(-count // most)
    whole = count // group * group
    steps = steps_N[:whole].reshape(-1, group).mean(1)
    values = values_N[:whole].reshape(-1, group).mean(1)
    if whole < count:
        steps = np.append(steps, steps_N[whole:].mean())
        values = np.append(values, values_N[whole:].mean())
    return steps, values
