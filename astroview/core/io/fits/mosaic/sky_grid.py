"""A flat grid of the sky that several pictures lie on, in the pixels of the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from astropy.wcs import WCS

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import Window
from astroview.core.lazy_dataclass import dataclass
from astroview.core.texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from astroview.core.frame import Frame

_EDGE = 17  # places along each edge of a piece by which its box is found
_EDGE_OF_NONE = 0.01  # of a pixel: rows of which a piece has less are left out
_WIDE = 50.0  # degrees from the middle; a flat picture of more is none
_SPARSE = 60  # times the pixels of the pieces, at most
_HINT = Text("Open its images as frames instead.")


@dataclass(frozen=True, eq=False)
class MosaicGrid:
    """Coordinates of a mosaic, its (H, W), and the box of each piece in it (row 0 on top)."""

    wcs: WCS
    shape: tuple[int, int]
    boxes: tuple[Window, ...]


def sky_grid(frames: Sequence[Frame], name: str) -> MosaicGrid:
    """A gnomonic grid, turned as the first frame and with the finest pixels of all.

    Raises
    ------
    UnreadableFrame
        A frame has no sky, they are of different systems, or lie too far apart.
    """
    for frame in frames:
        if frame.wcs is None:
            raise UnreadableFrame(
                Text("HDU {hdu} of {name} has no sky coordinates", hdu=frame.hdu, name=name),
                hint=_HINT,
            )
    _check_one_system(frames, name)
    outlines = [_outline(frame) for frame in frames]
    centre = _middle(np.concatenate(outlines), name)
    flat = _tangent(frames[0], centre)
    scales = [_matrix(frame, flat) for frame in frames]
    side = min(float(np.sqrt(abs(np.linalg.det(matrix)))) for matrix in scales)
    left, _, right = np.linalg.svd(scales[0])
    flat.wcs.cd = left @ right * side
    flat.wcs.set()
    shift = _off_centre(frames[0], flat)
    ends = [to_pixel(flat, outline) - shift for outline in outlines]
    low = np.floor(np.min(np.concatenate(ends), axis=0) + 0.5 + _EDGE_OF_NONE)
    high = np.ceil(np.max(np.concatenate(ends), axis=0) - 0.5 - _EDGE_OF_NONE)
    width, height = (int(n) for n in high - low + 1)
    if height * width > _SPARSE * sum(frame.shape[0] * frame.shape[1] for frame in frames):
        raise _apart(name)
    flat.wcs.crpix = 1 - low - shift  # `flat` counts its pixels from the tangent point, 0
    flat.wcs.set()
    flat.pixel_shape = (width, height)
    boxes = tuple(_box(points - low, (height, width)) for points in ends)
    return MosaicGrid(flat, (height, width), boxes)


def to_sky(wcs: WCS, pixels: NDArray[np.float64]) -> NDArray[np.float64]:
    """(N, 2) longitude and latitude of (N, 2) x and y from 0, rows from the bottom."""
    with np.errstate(all="ignore"):
        found = np.asarray(wcs.all_pix2world(pixels, 0))
    return found[:, ::-1] if wcs.wcs.lng == 1 else found


def to_pixel(wcs: WCS, sky: NDArray[np.float64]) -> NDArray[np.float64]:
    """The inverse of `to_sky`; NaN, or a wrong place, where it is not to be had."""
    given = sky[:, ::-1] if wcs.wcs.lng == 1 else sky
    with np.errstate(all="ignore"):
        return np.asarray(wcs.all_world2pix(given, 0, quiet=True))


def _outline(frame: Frame) -> NDArray[np.float64]:
    """Longitude and latitude of places along the edges of a frame."""
    assert frame.wcs is not None
    height, width = frame.shape
    across = np.linspace(-0.5, width - 0.5, _EDGE)
    up = np.linspace(-0.5, height - 0.5, _EDGE)
    sides = [np.stack([across, np.full(_EDGE, y)], 1) for y in (up[0], up[-1])]
    sides += [np.stack([np.full(_EDGE, x), up], 1) for x in (across[0], across[-1])]
    return to_sky(frame.wcs, np.concatenate(sides))


def _middle(sky: NDArray[np.float64], name: str) -> tuple[float, float]:
    lon, lat = np.deg2rad(sky).T
    vectors = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], 1)
    middle = vectors.mean(axis=0)
    length = float(np.linalg.norm(middle))
    if not np.isfinite(length) or length == 0:
        raise _apart(name)
    middle /= length
    if (vectors @ middle).min() < np.cos(np.deg2rad(_WIDE)):
        raise _apart(name)
    lon, lat = np.arctan2(middle[1], middle[0]), np.arcsin(np.clip(middle[2], -1, 1))
    return float(np.rad2deg(lon)) % 360, float(np.rad2deg(lat))


def _tangent(frame: Frame, centre: tuple[float, float]) -> WCS:
    """A gnomonic sky in the system of a frame whose pixels are degrees from its centre."""
    like: Any = frame.wcs
    lon, lat = like.wcs.lngtyp, like.wcs.lattyp
    flat = WCS(naxis=2)
    flat.wcs.ctype = [f"{lon:-<4}-TAN", f"{lat:-<4}-TAN"]
    flat.wcs.cunit = ["deg", "deg"]
    flat.wcs.crval = list(centre)
    flat.wcs.crpix = [1.0, 1.0]
    flat.wcs.cd = np.eye(2)
    flat.wcs.radesys, flat.wcs.equinox = like.wcs.radesys, like.wcs.equinox
    flat.wcs.set()
    return flat


def _matrix(frame: Frame, flat: WCS) -> NDArray[np.float64]:
    """Degrees that a pixel in the middle of a frame goes along x and y; columns are x and y."""
    assert frame.wcs is not None
    middle = np.array([(frame.shape[1] - 1) / 2, (frame.shape[0] - 1) / 2])
    around = middle + np.array([[0.5, 0], [-0.5, 0], [0, 0.5], [0, -0.5]])
    right, left, up, down = to_pixel(flat, to_sky(frame.wcs, around))
    return np.stack([right - left, up - down], axis=1)


def _off_centre(frame: Frame, flat: WCS) -> NDArray[np.float64]:
    """How far the middle pixel of a frame is from the next one of the grid, so that pixels that
    need not be moved are not.
    """
    assert frame.wcs is not None
    middle = np.array([[frame.shape[1] // 2, frame.shape[0] // 2]], np.float64)
    there = to_pixel(flat, to_sky(frame.wcs, middle))[0]
    return there - np.round(there)


def _check_one_system(frames: Sequence[Frame], name: str) -> None:
    def system(frame: Frame) -> tuple[Any, ...]:
        wcs: Any = frame.wcs
        equinox = float(wcs.wcs.equinox) if np.isfinite(wcs.wcs.equinox) else 0.0
        return wcs.wcs.lngtyp, wcs.wcs.lattyp, wcs.wcs.radesys, equinox

    odd = next((frame for frame in frames if system(frame) != system(frames[0])), None)
    if odd is not None:
        raise UnreadableFrame(
            Text(
                "HDUs {one} and {two} of {name} have coordinates of different systems",
                one=frames[0].hdu,
                two=odd.hdu,
                name=name,
            ),
            hint=_HINT,
        )


def _apart(name: str) -> UnreadableFrame:
    return UnreadableFrame(
        Text("the images of {name} lie too far apart on the sky for one picture", name=name),
        hint=_HINT,
    )


def _box(points: NDArray[np.float64], shape: tuple[int, int]) -> Window:
    """The pixels around a piece, and two more on each side for edges that are bent."""
    (x, y), (right, top) = np.floor(points.min(axis=0)) - 2, np.ceil(points.max(axis=0)) + 3
    upside = Window(int(shape[0] - top), int(x), int(top - y), int(right - x))
    return upside.clip(shape)
