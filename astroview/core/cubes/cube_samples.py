"""The samples of all planes of a cube: along a line of sight, over a region, collapsed to one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import prod
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from astroview.core.cubes.spectral_axis import SpectralAxis, spectral_axis
from astroview.core.errors import AstroviewError
from astroview.core.fits_cards import add_history
from astroview.core.fits_headers import plane_header
from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings
from astroview.core.texts import Text
from astroview.core.unforeseen import reading

if TYPE_CHECKING:
    from pathlib import Path

    from astropy.io import fits
    from numpy.typing import NDArray

    from astroview.core.frame import Frame

Way = Literal["sum", "mean", "median", "maximum", "deviation", "moment0", "moment1", "moment2"]
WAYS: tuple[Way, ...] = (
    "sum", "mean", "median", "maximum", "deviation", "moment0", "moment1", "moment2",
)  # fmt: skip
AT_ONCE = 16_000_000  # samples of all planes that are read together
Progress = Callable[[int, int], object]


class NoCube(AstroviewError):
    """What is looked at has no planes to go through."""


@dataclass(frozen=True, eq=False)
class Cube:
    """An image of a FITS file with more than two axes.

    Attributes
    ----------
    shape
        (planes, H, W): planes are counted as the window counts them.
    """

    path: Path
    hdu: int
    shape: tuple[int, int, int]
    axis: SpectralAxis
    header: fits.Header
    unit: str

    def read(self, rows: slice, columns: slice) -> NDArray[np.float64]:
        """All planes of a rectangle (planes, h, w); rows count from the bottom, as in the file."""
        from astropy.io import fits

        with reading(self.path, NoCube), collected_warnings(), fits.open(self.path) as hdus:
            image: Any = hdus[self.hdu]
            whole = tuple(slice(0, n) for n in image.shape[:-2])
            part = np.asarray(image.section[(*whole, rows, columns)], np.float64)
        return part.reshape(self.shape[0], *part.shape[-2:])


def cube_of(frame: Frame) -> Cube:
    """The cube whose plane a frame is.

    Raises
    ------
    NoCube
        It is a single picture, a colour picture, or in no FITS file.
    """
    if frame.path is None or not isinstance(frame.hdu, int) or frame.channels != 1:
        raise NoCube(
            Text("{name} is no cube", name=frame.name), hint="Open a FITS cube of grey planes."
        )
    from astropy.io import fits

    with reading(frame.path, NoCube), collected_warnings(), fits.open(frame.path) as hdus:
        image: Any = hdus[frame.hdu]
        shape = tuple(image.shape)
        header = image.header.copy()
    planes = prod(shape[:-2])
    if len(shape) < 3 or planes < 2:
        raise NoCube(Text("{name} has one plane", name=frame.name), hint="A spectrum needs a cube.")
    axis = spectral_axis(header, shape[-3] if planes == shape[-3] else 0)
    if len(axis.values) != planes:
        axis = SpectralAxis("Plane", "", np.arange(1.0, planes + 1))
    return Cube(frame.path, frame.hdu, (planes, *shape[-2:]), axis, header, frame.unit)


def spectrum_at(cube: Cube, x: int, y: int) -> NDArray[np.float64]:
    """The samples (planes,) of a pixel; x, y from 0, upwards. Empty beside the cube."""
    if not (0 <= y < cube.shape[1] and 0 <= x < cube.shape[2]):
        return np.empty(0)
    return cube.read(slice(y, y + 1), slice(x, x + 1))[:, 0, 0]


def spectrum_over(
    cube: Cube, inside: NDArray[np.bool_], at: tuple[int, int]
) -> NDArray[np.float64]:
    """The mean (planes,) of the pixels of a mask (h, w), rows upwards, whose first pixel is ``at``
    (x, y); NaN left out.
    """
    x, y = at
    part = cube.read(slice(y, y + inside.shape[0]), slice(x, x + inside.shape[1]))
    chosen = part[:, inside]
    good = np.isfinite(chosen)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(good, chosen, 0).sum(axis=1) / good.sum(axis=1)


def collapsed(
    cube: Cube, way: Way, first: int, last: int, progress: Progress | None = None
) -> NDArray[np.float64]:
    """Planes ``first`` to ``last`` (from 0, both included) as one picture (H, W), rows upwards.

    NaN is left out; pixels without any data are NaN. Moments are of the spectral axis's values
    v: 0, the sum times the width of a plane; 1, the mean of v weighted by the samples; 2, the
    weighted variance of v.
    """
    planes, height, width = cube.shape
    first, last = max(0, min(first, last)), min(planes - 1, max(first, last))
    result = np.empty((height, width))
    for rows in _rows(cube):
        part = cube.read(rows, slice(0, width))[first : last + 1]
        result[rows] = _collapse(part, way, cube.axis.values[first : last + 1], cube.axis.step)
        if progress is not None:
            progress(rows.stop, height)
    return result


def _rows(cube: Cube) -> Iterator[slice]:
    planes, height, width = cube.shape
    rows = max(1, AT_ONCE // max(planes * width, 1))
    for low in range(0, height, rows):
        yield slice(low, min(low + rows, height))


def _collapse(
    part: NDArray[np.float64], way: Way, values: NDArray[np.float64], step: float
) -> NDArray[np.float64]:
    good = np.isfinite(part)
    some = good.any(axis=0)
    known = np.where(good, part, 0.0)
    total, count = known.sum(axis=0), good.sum(axis=0)
    v = values[:, None, None]
    with np.errstate(invalid="ignore", divide="ignore"), collected_warnings():
        match way:
            case "sum":
                found = total
            case "mean":
                found = total / count
            case "median":
                found = np.nanmedian(np.where(some, part, 0.0), axis=0)
            case "maximum":
                found = np.where(good, part, -np.inf).max(axis=0)
            case "deviation":
                found = np.nanstd(np.where(some, part, 0.0), axis=0)
            case "moment0":
                found = total * step
            case _:
                mean = (known * v).sum(axis=0) / total
                found = mean if way == "moment1" else (known * (v - mean) ** 2).sum(axis=0) / total
    return np.where(some, found, np.nan)


def write_collapsed(
    path: Path, cube: Cube, picture: NDArray[np.float64], way: Way, first: int, last: int
) -> Path:
    """Keep a collapsed picture as FITS: the cube's sky, and in its HISTORY how it was made."""
    from astropy.io import fits

    header = plane_header(cube.header)
    for key in ("XTENSION", "PCOUNT", "GCOUNT", "EXTNAME", "CHECKSUM", "DATASUM", "BSCALE",
                "BZERO", "BLANK"):  # fmt: skip
        header.remove(key, ignore_missing=True)
    axis, unit = cube.axis, {"moment1": cube.axis.unit, "moment2": f"{cube.axis.unit}**2"}
    if way == "moment0" and axis.unit:
        unit["moment0"] = f"{cube.unit} {axis.unit}".strip()
    header["BUNIT"] = unit.get(way, cube.unit)
    first_line = f"astroview: {way} of planes {first + 1} to {last + 1} of {cube.path.name}"
    add_history(
        header,
        (
            first_line,
            f"{axis.title}: {axis.values[first]:.10g} to {axis.values[last]:.10g}".strip(),
        ),
    )
    with collected_warnings():
        fits.PrimaryHDU(picture.astype(np.float32), header).writeto(path, overwrite=True)
    return path
