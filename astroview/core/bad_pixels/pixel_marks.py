"""Where in a window the pixels are that are no measurement, as a picture of kinds, and how many.

Legend: ``k`` side of the blocks of pixels that are one pixel of the picture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from astroview.core.bad_pixels.pixel_rule import (
    FLAGGED,
    NEAR,
    NO_DATA,
    NO_ERROR,
    SATURATED,
    STANDS_FOR_NONE,
    STRUCK,
    Rule,
    judged,
)
from astroview.core.errors import Cancelled
from astroview.core.frame import Frame, Window
from astroview.core.lazy_dataclass import dataclass

# Of several kinds in a block of pixels the last one is shown.
KINDS = (NO_DATA, SATURATED, NO_ERROR, FLAGGED, STANDS_FOR_NONE, STRUCK)
STRIP = 2_000_000  # samples that are looked at in one go


@dataclass(frozen=True, eq=False)
class PixelMarks:
    """Kinds of a window's pixels.

    Attributes
    ----------
    window
        The pixels of the frame that were looked at.
    codes
        (H', W') uint8: 0 where all k x k pixels are measurements, else 1 + the place in `KINDS`.
    counts
        Pixels of each kind that there is.
    """

    window: Window
    k: int
    codes: NDArray[np.uint8]
    counts: dict[str, int]


def pixel_marks(
    frame: Frame,
    rule: Rule | None,
    window: Window | None = None,
    k: int = 1,
    stopped: Callable[[], bool] = lambda: False,
) -> PixelMarks:
    """Look at a window (default: all) of a frame; its memory is that of `STRIP` samples.

    Raises
    ------
    UnreadableFrame
        The file has gone or changed.
    Cancelled
        ``stopped`` said so between two strips.
    """
    inside = (window or Window.whole(frame.shape)).clip(frame.shape)
    codes = np.zeros((-(-inside.height // k), -(-inside.width // k)), np.uint8)
    counts = Counter[str]()
    rows = max(k, STRIP // max(inside.width, 1) // k * k)
    for top in range(0, inside.height, rows):
        if stopped():
            raise Cancelled
        part = Window(inside.y + top, inside.x, min(rows, inside.height - top), inside.width)
        made = np.zeros((part.height, part.width), np.uint8)
        for kind, mask in kinds_of(frame, rule, part).items():
            if count := int(mask.sum()):
                counts[kind] += count
                made[mask] = np.maximum(made[mask], 1 + KINDS.index(kind))
        down = np.maximum.reduceat(made, np.arange(0, made.shape[0], k), axis=0)
        both = np.maximum.reduceat(down, np.arange(0, made.shape[1], k), axis=1)
        codes[top // k : top // k + both.shape[0]] = both
    return PixelMarks(inside, k, codes, dict(counts))


def kinds_of(frame: Frame, rule: Rule | None, window: Window) -> dict[str, NDArray[np.bool_]]:
    """By kind, which pixels (H', W') of a window are no measurement, in any channel: as they are
    told in the whole frame. A value that stands for no data is called saturated where the
    detector is known to be full there: 65535 of a 16-bit camera.
    """
    inside = window.clip(frame.shape)
    wide = Window(
        inside.y - NEAR, inside.x - NEAR, inside.height + 2 * NEAR, inside.width + 2 * NEAR
    ).clip(frame.shape)
    x, kinds = judged(frame, rule, wide)
    if rule is not None and rule.full is not None:
        full = kinds[STANDS_FOR_NONE] & (x >= rule.full)
        kinds[SATURATED] |= full
        kinds[STANDS_FOR_NONE] &= ~full
    own = Window(inside.y - wide.y, inside.x - wide.x, inside.height, inside.width).slices
    return {kind: _of_any(mask)[own] for kind, mask in kinds.items()}


def _of_any(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(H, W) of (H, W) or (H, W, C)."""
    return mask if mask.ndim == 2 else np.asarray(mask.any(-1))


def kind_at(frame: Frame, rule: Rule | None, y: int, x: int) -> str:
    """The kind of one pixel; "" of a measurement."""
    found = kinds_of(frame, rule, Window(y, x, 1, 1))
    return next((kind for kind, mask in found.items() if mask.any()), "")
