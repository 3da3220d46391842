"""Whether frames sampled the sky at different places within their pixels, as a finer grid needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from astroview.core.texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from astroview.engine.stacking.matched_frame import MatchedFrame

NOT_DITHERED = Text(
    "the frames were not dithered by parts of a pixel: a finer grid shows no more than they do"
)
_PHASE = 0.1  # of a pixel, within which all frames sample alike
_TURN, _SCALE = 0.02, 1e-4  # degrees and share by which one that differs samples otherwise


def dither_remark(exposures: Sequence[MatchedFrame], scale: int) -> str:
    """`NOT_DITHERED` where that is so, else ""; for a user and for the history."""
    if scale == 1:
        return ""
    places = [e.placement.local(e.frame.shape) for e in exposures]
    dx, dy, turn, size = np.array(places).T
    if np.ptp(turn) > _TURN or np.ptp(size) > _SCALE:
        return ""
    return NOT_DITHERED if max(_spread(dx), _spread(dy)) < _PHASE else ""


def _spread(shifts: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    """How far apart shifts are within a pixel, around the circle that it is."""
    phases = np.sort(shifts % 1.0)
    gaps = np.diff(np.concatenate([phases, phases[:1] + 1.0]))
    return float(1.0 - gaps.max())
