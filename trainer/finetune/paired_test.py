"""What the paired differences of some pictures say: a gain beyond chance, or harm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from astroview.core.messages.train_messages import Figure, Side
from trainer.finetune.paired_scores import Measure, PairedScores

SURE = 0.975


@dataclass(frozen=True)
class PairedFinding:
    """A figure and what follows: whether the change is a gain beyond chance (``sure``), and one
    that is worth having (``gains``), or a loss beyond its bound. ``nothing`` is the figure of doing
    nothing.
    """

    measure: Measure
    figure: Figure
    nothing: float
    targets: int
    sure: bool
    gains: bool
    harms: bool


def find(side: Side, measure: Measure, pairs: Sequence[PairedScores]) -> PairedFinding:
    """What some pictures say of one figure."""
    base, tuned, nothing = (
        np.array([getattr(p, who).get(measure.key, np.nan) for p in pairs])
        for who in ("base", "tuned", "nothing")
    )
    change = (tuned - base) * measure.sign
    names = [p.picture.target for p in pairs]
    mean, noise, targets = float(change.mean()), standard_error(change, names), len(set(names))
    scale = abs(float(base.mean())) if measure.relative else 1.0
    figure = Figure(
        side,
        measure.name,
        measure.unit,
        float(base.mean()),
        float(tuned.mean()),
        mean,
        noise,
        len(pairs),
    )
    sure = targets > 1 and mean > float(stdtrit(targets - 1, SURE)) * noise
    return PairedFinding(
        measure,
        figure,
        float(np.nanmean(nothing)) if np.isfinite(nothing).any() else np.nan,
        targets,
        sure=sure,
        gains=sure and mean > measure.worth * scale,
        harms=mean < -measure.bound * scale,
    )


def standard_error(changes: np.ndarray, targets: Sequence[str]) -> float:
    """Of the mean, where pictures of one target are no independent ones: the differences from
    the mean are added up within each target first. 0 for a single target, which says nothing.
    """
    _, index = np.unique(np.asarray(targets), return_inverse=True)
    sums = np.bincount(index, changes - changes.mean())
    groups = len(sums)
    if groups < 2:
        return 0.0
    return float(np.sqrt((sums**2).sum() * groups / (groups - 1)) / len(changes))
