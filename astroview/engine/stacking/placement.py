"""Where a frame's pixels lie on the reference frame, and the other way round.

The sky's map (WCS with its distortions) comes first where both frames have one, then an affine
correction that stars have told. Places as in `star_fits`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from math import atan2, degrees, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.library_warnings import collected_warnings
from astroview.core.sky.align import SkyAlignment

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.frame import Frame

    Numbers = NDArray[Any]

_NODES, _BEYOND = 33, 48  # places a side, and how far beyond the frame they go
_SAME = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


@dataclass(frozen=True, eq=False)
class SkyPlaces:
    """From places in one frame to places in another by their WCS; cubic between nodes."""

    x_there: Any
    y_there: Any

    @staticmethod
    def between(one: Frame, other: Frame) -> SkyPlaces | None:
        """None where a frame has no coordinates, or they have no common part of the sky."""
        from scipy.interpolate import RectBivariateSpline

        sky = SkyAlignment.between(one, other)
        if sky is None or not sky.meet:
            return None
        y, x = (np.linspace(-_BEYOND, n - 1 + _BEYOND, _NODES) for n in one.shape)
        there = _there(one, other, x, y)
        if there is None:
            return None
        return SkyPlaces(*(RectBivariateSpline(y, x, part) for part in there))

    def at(self, x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
        """The places there of places here, of any shape."""
        return self.x_there.ev(y, x), self.y_there.ev(y, x)


def _there(one: Frame, other: Frame, x: Numbers, y: Numbers) -> tuple[Numbers, Numbers] | None:
    """Places in another frame of columns x and rows y; None where one of them is nowhere."""
    from astropy.wcs.utils import pixel_to_pixel
    from astropy.wcs.wcs import NoConvergence

    across, down = np.meshgrid(x, y)
    up = one.shape[0] - 1 - down  # FITS counts rows from the bottom
    with collected_warnings(), np.errstate(all="ignore"):
        try:
            to_x, to_up = pixel_to_pixel(_celestial(one), _celestial(other), across, up)
        except (NoConvergence, ValueError, np.linalg.LinAlgError):
            return None
    to_x, to_y = np.asarray(to_x), other.shape[0] - 1 - np.asarray(to_up)
    return (to_x, to_y) if np.isfinite(to_x).all() and np.isfinite(to_y).all() else None


def _celestial(frame: Frame) -> Any:
    wcs: Any = frame.wcs
    return wcs.celestial


@dataclass(frozen=True, eq=False)
class Placement:
    """How a frame lies on the reference.

    Attributes
    ----------
    affine
        (2, 3): x and y on the reference, of (x, y, 1) as the sky's map has them.
    stars
        How many stars told it; 0: the WCS alone.
    rms
        Of their residuals, reference pixels along each axis; NaN without stars.
    error
        Standard error of the shift in reference pixels; NaN without stars.
    """

    sky: SkyPlaces | None = None
    sky_back: SkyPlaces | None = None
    affine: Numbers = field(default_factory=_SAME.copy)
    stars: int = 0
    rms: float = float("nan")
    error: float = float("nan")

    def to_reference(self, x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
        """Places on the reference of places in the frame."""
        if self.sky is not None:
            x, y = self.sky.at(x, y)
        a = self.affine
        return a[0, 0] * x + a[0, 1] * y + a[0, 2], a[1, 0] * x + a[1, 1] * y + a[1, 2]

    def to_frame(self, x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
        """Places in the frame of places on the reference."""
        b = self._inverse
        x, y = b[0, 0] * x + b[0, 1] * y + b[0, 2], b[1, 0] * x + b[1, 1] * y + b[1, 2]
        return self.sky_back.at(x, y) if self.sky_back is not None else (x, y)

    @cached_property
    def _inverse(self) -> Numbers:
        turn = np.linalg.inv(self.affine[:, :2])
        return np.column_stack([turn, -turn @ self.affine[:, 2]])

    def local(self, shape: tuple[int, int]) -> tuple[float, float, float, float]:
        """Shift x, y (reference pixels), rotation (degrees) and scale at the frame's middle."""
        y, x = (shape[0] - 1) / 2, (shape[1] - 1) / 2
        px, py = self.to_reference(np.array([x, x + 1, x]), np.array([y, y, y + 1]))
        a, b, c, d = px[1] - px[0], px[2] - px[0], py[1] - py[0], py[2] - py[0]
        flipped = a * d - b * c < 0
        turn = degrees(atan2(c - b, a + d) if not flipped else atan2(c + b, a - d))
        return float(px[0] - x), float(py[0] - y), turn, sqrt(abs(a * d - b * c))
