"""One frame on the pixel grid of another, by WCS or by pixel geometry, for comparing them.

Legend: a *place* is a position in pixels of a `Frame`: (0, 0) is the centre of the top left
pixel. A *map* turns places in the base frame into places in the other one. A registered frame
has a whole number of pixels to one of the base, along each axis, so that fine detail is kept.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from math import ceil, floor
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np

from astroview.core.frame import Frame, Source, Window
from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings
from astroview.core.sky.wcs import scaled_wcs

if TYPE_CHECKING:
    from astropy.wcs import WCS
    from numpy.typing import NDArray

    Places = NDArray[np.float64]

How = Literal["wcs", "pixels", "fit"]
NODES = 33  # along each axis of the base: between them the sky's map is a cubic spline
FINEST = 4  # pixels of a registered frame to one of the base
EXACT = 0.01  # pixels: nearer than that a frame needs no resampling
MARGIN = 2  # pixels read around what is interpolated


@dataclass(frozen=True)
class Registered:
    """A frame that lies on a base frame's grid.

    Attributes
    ----------
    frame
        (n H, n W) for a base of (H, W); NaN where the other frame has nothing. Its ``scale`` is
        n times the base's.
    by
        "wcs": the same sky; "pixels": the same extent, or pixel on pixel; "fit": all of it within
        the base's extent.
    resampled
        Whether samples were interpolated; False when they are the file's own.
    apart
        Both have a WCS, but for different parts of the sky.
    """

    frame: Frame
    by: How
    resampled: bool
    apart: bool = False


class Map(Protocol):
    """From the places of columns and rows of the base to places in another frame."""

    def grid(self, x: Places, y: Places) -> tuple[Places, Places]:
        """Columns x (W') and rows y (H'), sorted -> (H', W') x and y."""
        ...


def register(base: Frame, other: Frame) -> Registered:
    """Lay a frame on another's grid: by the sky, fitted in where they show other parts of it, by
    pixels where one of them has none. Reads no samples; those come when they are looked at.
    """
    sky = SkyAlignment.between(base, other)
    if sky is None:
        return register_pixels(base, other)
    return _registered(base, other, sky, "wcs") if sky.meet else register_fitted(base, other)


def register_pixels(base: Frame, other: Frame) -> Registered:
    """Lay a frame on another's grid by its pixels alone, whatever part of the sky it shows."""
    return _registered(base, other, pixel_map(base, other), "pixels")


def register_fitted(base: Frame, other: Frame) -> Registered:
    """Lay all of a frame in the middle of another's extent, as large as fits there."""
    found = _registered(base, other, fitted_map(base, other), "fit")
    sky = SkyAlignment.between(base, other)
    return replace(found, apart=sky is not None and not sky.meet)


def map_between(base: Frame, other: Frame, by: How) -> Map:
    """From places in a frame to those in another one, as they are registered."""
    if by == "wcs" and (sky := SkyAlignment.between(base, other)) is not None:
        return sky if sky.meet else fitted_map(base, other)
    return fitted_map(base, other) if by == "fit" else pixel_map(base, other)


def place_in(base: Frame, other: Frame, x: float, y: float) -> tuple[float, float, float] | None:
    """Where a place in a frame lies in another one on the sky.

    Returns
    -------
    tuple of float or None
        x and y there, and the side of a base pixel in pixels of the other frame; None where one
        of them has no sky there.
    """
    sky = SkyAlignment.between(base, other)
    if sky is None:
        return None
    there_x, there_y = sky.grid(np.array([x]), np.array([y]))
    found = float(there_x[0, 0]), float(there_y[0, 0]), pixels_per_base_pixel(base, sky)
    return found if np.isfinite(found).all() else None


def _registered(base: Frame, other: Frame, by: Map, how: How) -> Registered:
    whole = _whole_scale(base, other, by)
    if whole:
        return Registered(replace(other, scale=base.scale * whole), how, resampled=False)
    pixels = pixels_per_base_pixel(base, by)
    scale = min(max(round(pixels), 1), FINEST)
    height, width = base.shape

    def warped(source: Source, channels: int) -> WarpedSource:
        return WarpedSource(source, other.shape, by, scale, pixels / scale, channels)

    frame = replace(
        other,
        shape=(height * scale, width * scale),
        source=warped(other.source, 1 if other.channels == 1 else other.channels),
        chroma=warped(other.chroma, 2) if other.chroma is not None else None,
        # Of another part of the sky, laid pixel on pixel: the base's sky is not its own.
        wcs=scaled_wcs(base.wcs, scale) if how == "wcs" or other.wcs is None else None,
        scale=base.scale * scale,
    )
    return Registered(frame, how, resampled=True)


def _whole_scale(base: Frame, other: Frame, by: Map) -> int:
    """How often the other frame magnifies the base exactly; 0 when it does not."""
    scale, rest = divmod(other.shape[0], base.shape[0])
    if rest or scale < 1 or other.shape[1] != base.shape[1] * scale:
        return 0
    x, y = _nodes(base.shape)
    there_x, there_y = by.grid(x, y)
    off_x = there_x - (scale * (x + 0.5) - 0.5)
    off_y = there_y - (scale * (y[:, None] + 0.5) - 0.5)
    off = max(float(np.abs(off_x).max()), float(np.abs(off_y).max()))
    return scale if off <= EXACT else 0


def pixels_per_base_pixel(base: Frame, by: Map) -> float:
    """Side of a base pixel in pixels of the other frame, in the middle."""
    middle_y, middle_x = (base.shape[0] - 1) / 2, (base.shape[1] - 1) / 2
    x, y = by.grid(np.array([middle_x, middle_x + 1]), np.array([middle_y, middle_y + 1]))
    turn = np.array(
        [[x[0, 1] - x[0, 0], x[1, 0] - x[0, 0]], [y[0, 1] - y[0, 0], y[1, 0] - y[0, 0]]]
    )
    side = float(np.sqrt(abs(np.linalg.det(turn))))
    return side if np.isfinite(side) and side > 0 else 1.0


# ---------------------------------------------------------------- maps


@dataclass(frozen=True)
class PlainMap:
    """Magnify about the outer edge of the first pixel, then shift."""

    scale_x: float = 1.0
    scale_y: float = 1.0
    shift_y: float = 0.0
    shift_x: float = 0.0

    def grid(self, x: Places, y: Places) -> tuple[Places, Places]:
        there_x = self.scale_x * (x + 0.5) - 0.5 + self.shift_x
        there_y = self.scale_y * (y + 0.5) - 0.5 + self.shift_y
        return np.broadcast_arrays(there_x[None, :], there_y[:, None])  # type: ignore[return-value]


def pixel_map(base: Frame, other: Frame) -> PlainMap:
    """The same extent for frames of one form; else pixel on pixel from the first one.

    FITS frames count from the bottom, pictures from the top.
    """
    scale_y, scale_x = (there / here for there, here in zip(other.shape, base.shape, strict=True))
    if abs(scale_x - scale_y) * max(base.shape) <= max(scale_x, scale_y):  # to one base pixel
        return PlainMap(scale_x, scale_y)
    both_fits = base.hdu is not None and other.hdu is not None
    return PlainMap(shift_y=other.shape[0] - base.shape[0] if both_fits else 0)


def fitted_map(base: Frame, other: Frame) -> PlainMap:
    """All of the other frame in the middle of the base, as large as fits."""
    scale = max(there / here for there, here in zip(other.shape, base.shape, strict=True))
    rest = [(there - scale * here) / 2 for there, here in zip(other.shape, base.shape, strict=True)]
    return PlainMap(scale, scale, *rest)


@dataclass(frozen=True, eq=False)
class SkyAlignment:
    """The same place on the sky."""

    base: WCS
    other: WCS
    shape: tuple[int, int]  # of the base
    other_shape: tuple[int, int]

    @staticmethod
    def between(base: Frame, other: Frame) -> SkyAlignment | None:
        """None when one of them has no celestial coordinates."""
        if base.wcs is None or other.wcs is None:
            return None
        return SkyAlignment(base.wcs, other.wcs, base.shape, other.shape)

    @cached_property
    def meet(self) -> bool:
        """Whether the two share some sky."""
        there = self._places(*_nodes(self.shape))
        back = SkyAlignment(self.other, self.base, self.other_shape, self.shape)
        here = back._places(*_nodes(self.other_shape))
        return _any_inside(there, self.other_shape) or _any_inside(here, self.shape)

    def grid(self, x: Places, y: Places) -> tuple[Places, Places]:
        if self._splines is None:
            return self._places(x, y)
        return self._splines[0](y, x), self._splines[1](y, x)

    @cached_property
    def _splines(self) -> tuple[Any, Any] | None:
        """Splines of x and y there by y and x here; None where the base leaves the sky."""
        from scipy.interpolate import RectBivariateSpline

        x, y = _nodes(self.shape)
        there = self._places(x, y)
        if not all(np.isfinite(part).all() for part in there):
            return None
        degrees = {"kx": min(3, len(y) - 1), "ky": min(3, len(x) - 1)}
        return RectBivariateSpline(y, x, there[0], **degrees), RectBivariateSpline(
            y, x, there[1], **degrees
        )

    def _places(self, x: Places, y: Places) -> tuple[Places, Places]:
        from astropy.wcs.utils import pixel_to_pixel

        across, down = np.meshgrid(x, y)
        up = self.shape[0] - 1 - down  # FITS counts rows from the bottom
        with collected_warnings(), np.errstate(all="ignore"):
            there_x, there_up = pixel_to_pixel(self.base, self.other, across, up)
        return np.asarray(there_x), self.other_shape[0] - 1 - np.asarray(there_up)


def _nodes(shape: tuple[int, int]) -> tuple[Places, Places]:
    """Columns and rows spread over a frame, at least two of each."""
    height, width = (max(side, 2) for side in shape)
    return (
        np.linspace(0, width - 1, min(NODES, width)),
        np.linspace(0, height - 1, min(NODES, height)),
    )


def _any_inside(places: tuple[Places, Places], shape: tuple[int, int]) -> bool:
    x, y = places
    with np.errstate(invalid="ignore"):
        inside = (x > -0.5) & (y > -0.5) & (x < shape[1] - 0.5) & (y < shape[0] - 0.5)
    return bool(inside.any())


# ---------------------------------------------------------------- samples


@dataclass(frozen=True, eq=False)
class WarpedSource:
    """A source resampled onto another grid, bilinearly, as it is read.

    Attributes
    ----------
    shape
        (H, W) of the source.
    by
        Base places to the source's places.
    scale
        Pixels of this grid to one of the base.
    pixels
        Pixels of the source to one of this grid.
    """

    source: Source
    shape: tuple[int, int]
    by: Map
    scale: int
    pixels: float
    channels: int = 1

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        rows, columns = window.sampled(step)
        out_shape = (rows, columns) if self.channels == 1 else (rows, columns, self.channels)
        here_x = (window.x + step * np.arange(columns) + 0.5) / self.scale - 0.5
        here_y = (window.y + step * np.arange(rows) + 0.5) / self.scale - 0.5
        result = np.full(out_shape, np.nan, np.float32)
        if not result.size:
            return result
        x, y = self.by.grid(here_x, here_y)
        with np.errstate(invalid="ignore"):
            inside = (x >= -0.5) & (y >= -0.5)
            inside &= (x <= self.shape[1] - 0.5) & (y <= self.shape[0] - 0.5)
        if inside.any():
            result[inside] = self._interpolated(x[inside], y[inside], step)
        return result

    def _interpolated(self, x: Places, y: Places, step: int) -> NDArray[np.float32]:
        """Values at places inside the source, (N) or (N, C)."""
        from scipy.ndimage import map_coordinates

        coarse = max(1, floor(self.pixels * step))
        left, top = floor(x.min()) - MARGIN * coarse, floor(y.min()) - MARGIN * coarse
        right, bottom = ceil(x.max()) + MARGIN * coarse, ceil(y.max()) + MARGIN * coarse
        part = Window(top, left, bottom - top + 1, right - left + 1).clip(self.shape)
        samples = self.source.read(part, coarse)
        at = np.stack([(y - part.y) / coarse, (x - part.x) / coarse])
        bands = samples[..., None] if samples.ndim == 2 else samples
        values = np.stack(
            [
                map_coordinates(bands[..., i], at, order=1, mode="nearest", prefilter=False)
                for i in range(bands.shape[2])
            ],
            axis=-1,
        )
        found = values.astype(np.float32, copy=False)
        return found[..., 0] if self.channels == 1 else found
