"""The values of a cube's planes, with their unit, by its header."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.io.fits.spectral_units import readable
from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings

if TYPE_CHECKING:
    from collections.abc import Callable

    from astropy.io import fits
    from numpy.typing import NDArray

NAMES = {
    "FREQ": "Frequency", "WAVE": "Wavelength", "AWAV": "Wavelength in air", "ENER": "Energy",
    "VRAD": "Velocity (radio)", "VOPT": "Velocity (optical)", "VELO": "Velocity",
    "WAVN": "Wavenumber", "ZOPT": "Redshift",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class SpectralAxis:
    """What the planes stand for.

    Attributes
    ----------
    values
        (N,) one for each plane; its number, from 1, where the header says nothing.
    unit
        As astropy writes it; "" for numbers of planes.
    """

    name: str
    unit: str
    values: NDArray[np.float64]

    @property
    def title(self) -> str:
        """The name with its unit."""
        return self.titled(str)

    def titled(self, told: Callable[[str], str]) -> str:
        """The same in another language."""
        return f"{told(self.name)} ({self.unit})" if self.unit else told(self.name)

    @property
    def step(self) -> float:
        """The width of a plane (the median one)."""
        return float(np.median(np.abs(np.diff(self.values)))) if len(self.values) > 1 else 1.0


def spectral_axis(header: fits.Header | None, planes: int) -> SpectralAxis:
    """The axis of a cube with so many planes; nonlinear ones by their WCS."""
    numbers = SpectralAxis("Plane", "", np.arange(1.0, planes + 1))
    if header is None:
        return numbers
    from astropy.wcs import WCS

    with collected_warnings():
        try:
            wcs: Any = WCS(header)
            axis = int(wcs.wcs.spec)
            if axis < 2:
                return numbers
            spectral = wcs.sub([axis + 1])
            found = np.asarray(spectral.wcs_pix2world(np.arange(planes)[:, None], 0), float)[:, 0]
            unit, kind = str(spectral.wcs.cunit[0]), str(spectral.wcs.ctype[0])[:4]
        except (ValueError, TypeError, KeyError, IndexError, ArithmeticError):
            return numbers
    if len(found) != planes or not np.isfinite(found).all():
        return numbers
    name, factor = readable(found, unit)
    return SpectralAxis(NAMES.get(kind, kind), name, found * factor)
