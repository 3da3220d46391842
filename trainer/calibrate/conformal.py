"""Split-conformal scaling (Vovk et al. 2005): the factor that lets so many errors lie within.

A score is |error| / half of the interval at factor 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from astroview.engine.networks.interval_heads import INTERVAL

SAMPLES = 4000  # pixels of a frame that count; as many of a large one as of a small one


@dataclass(frozen=True, eq=False)
class ScoredErrors:
    """One frame's scores (N,), and its noise in stretched units."""

    scores: NDArray[np.float32]
    sigma: float


def conformal_factor(found: Sequence[ScoredErrors]) -> float:
    """The conformal quantile of the scores: of n, the ceil((n + 1) INTERVAL)-th smallest."""
    scores = np.sort(np.concatenate([one.scores for one in found]))
    rank = min(math.ceil((scores.size + 1) * INTERVAL), scores.size)
    return float(scores[rank - 1])


def share_within(one: ScoredErrors, factor: float) -> float:
    """The share of a frame's errors that lie within."""
    return float((one.scores <= factor).mean())
