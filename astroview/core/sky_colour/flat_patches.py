"""Where a survey painted over its own picture: a masked star, a missing chip, a logo.

Such a patch is of one colour and ends within a pixel. No telescope sees an edge that is sharper
than its stars are, so neither what the frame shows there nor what lies around has to be asked.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float32]
    BoolArray = NDArray[np.bool_]

FEWEST = 4  # pixels a side, at least, that are of one colour
ALIKE = 4.5 / 255  # of each channel: what compression leaves of one colour
RIPPLES = 0.08  # of a channel, at a compressed patch's rim
EDGE = 0.05  # of a channel, by which a patch stands off what lies next to it
STRONG = 0.15  # the same, where its rim has ripples
AROUND = 0.7  # of a patch's rim, that has to be so
LARGEST = 0.2  # of a picture; what is larger is its sky


def flat_patches(rgb: FloatArray, seen: BoolArray, seeing: float) -> BoolArray:
    """Pixels (h, w) of patches that were painted over, and what is next to them.

    Parameters
    ----------
    rgb
        (h, w, 3), 0..1.
    seen
        Where there is a picture at all.
    seeing
        Full width at half maximum of its stars, in pixels.
    """
    from scipy.ndimage import binary_dilation, find_objects, label

    found = np.zeros(seen.shape, bool)
    side = max(FEWEST, ceil(seeing))
    if min(seen.shape) < 3 * side:
        return found
    square = np.ones((side, side), bool)
    # Middles of squares: those of two patches that touch do not.
    named: Any = label(_middles(rgb, seen, side))
    labels: NDArray[np.int32] = named[0]
    reach = 8 + 2 * side  # rows and columns around a patch that are looked at
    boxes = find_objects(labels)
    for number in _beside_steps(rgb, labels, side):
        box = tuple(slice(max(0, n.start - reach), n.stop + reach) for n in boxes[number - 1])
        core = np.asarray(binary_dilation(labels[box] == number, square), bool)
        if core.sum() > LARGEST * seen.size:
            continue
        whole = _with_ripples(rgb[box], core)
        if _ends_at_once(rgb[box], seen[box], core):
            found[box] |= core
        elif _ends_at_once(rgb[box], seen[box], whole, STRONG, 2.0):
            found[box] |= whole
    if found.any():  # its colour is mixed into what is next to it
        blur = max(1, round(seeing / 2))
        found = np.asarray(binary_dilation(found, np.ones((3, 3), bool), iterations=blur), bool)
    return found


def _middles(rgb: FloatArray, seen: BoolArray, side: int) -> BoolArray:
    """Of squares of ``side`` that are of one colour."""
    alike = seen.copy()
    for i in range(3):
        alike &= _range(np.where(seen, rgb[..., i], np.float32(-1)), side) <= ALIKE
    return alike


def _beside_steps(rgb: FloatArray, labels: NDArray[np.int32], side: int) -> list[int]:
    """Which labels may have a step next to them: few have, and the others need no closer look."""
    near = np.zeros(labels.shape, bool)
    for i in range(3):
        near |= _range(rgb[..., i], side + 4) > EDGE
    return [int(n) for n in np.unique(labels[near & (labels > 0)])]


def _range(plane: FloatArray, side: int) -> FloatArray:
    from scipy.ndimage import maximum_filter, minimum_filter

    return np.asarray(maximum_filter(plane, side) - minimum_filter(plane, side), np.float32)


def _with_ripples(rgb: FloatArray, core: BoolArray) -> BoolArray:
    """A patch with its rim, where compression left ripples."""
    from scipy.ndimage import binary_propagation

    like = np.abs(rgb - np.median(rgb[core], axis=0)).max(-1) <= RIPPLES
    return np.asarray(binary_propagation(core, mask=like | core), bool)


def _ends_at_once(
    rgb: FloatArray, seen: BoolArray, patch: BoolArray, edge: float = EDGE, steeper: float = 1.0
) -> bool:
    """Whether a patch's rim is a step, not a slope that goes on, almost all around."""
    from scipy.ndimage import distance_transform_edt

    measured: Any = distance_transform_edt(~patch, return_indices=True)
    away, nearest = measured
    rim = (away > 1.5) & (away <= 2.5) & seen
    if not rim.any():
        return False
    y, x = np.nonzero(rim)
    inner_y, inner_x = nearest[0][rim], nearest[1][rim]
    height, width = patch.shape
    # As far beyond the rim as the rim is beyond the patch.
    outer_y = np.clip(2 * y - inner_y, 0, height - 1)
    outer_x = np.clip(2 * x - inner_x, 0, width - 1)
    step = np.abs(rgb[y, x] - rgb[inner_y, inner_x]).max(-1)
    after = np.abs(rgb[outer_y, outer_x] - rgb[y, x]).max(-1)
    return bool(((step > edge) & (step > steeper * after)).mean() > AROUND)
