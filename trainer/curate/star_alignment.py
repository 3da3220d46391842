"""Where the stars of two frames of one field say that one lies on the other, without any sky
coordinates.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from astroview.core.errors import AstroviewError
from astroview.core.frame import Frame
from astroview.core.sky.align import Map
from astroview.engine.stacking import registration
from astroview.engine.stacking.placement import Placement
from astroview.engine.stacking.registration import Apart
from astroview.engine.stacking.star_fits import find_stars

FEWEST = 6  # pairs of stars, or chance may have made the pattern
SAME = 0.15  # pixels of the poorer frame: stars do not tell that two extents differ by less

Places = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class StarMap:
    """From places in the frame that stars were laid on to places in the other one."""

    placement: Placement

    def grid(self, x: Places, y: Places) -> tuple[Places, Places]:
        """As `astroview.core.sky.align.Map` has it."""
        columns, rows = np.meshgrid(x, y)
        return self.placement.to_frame(columns, rows)


def by_stars(low: Frame, high: Frame) -> StarMap | None:
    """The map that their stars tell (astroalign finds the pattern, all stars refine it); None
    where they are too few, are not of one field, or nothing here can compare patterns.
    """
    if low.channels != 1 or high.channels != 1:
        return None
    try:
        base, stars = find_stars(low), find_stars(high)
        found = registration.match(high, stars, low, base)
    except AstroviewError:  # nothing to compare patterns with is installed
        return None
    if isinstance(found, Apart) or len(found.mine) < FEWEST:
        return None
    return StarMap(found.placement)


def differ(one: Map, other: Map, shape: tuple[int, int], pixel: float) -> bool:
    """Whether two maps of a frame of that shape disagree at its corners; ``pixel`` is its pixels'
    side in pixels of the other frame.
    """
    x, y = (np.array([0.0, n - 1.0]) for n in shape[::-1])
    pairs = zip(one.grid(x, y), other.grid(x, y), strict=True)
    return max(float(np.abs(a - b).max()) for a, b in pairs) > SAME * pixel
