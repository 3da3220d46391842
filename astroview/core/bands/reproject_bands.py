"""Frames of one field onto one grid, block by block (`reproject`, bilinear).

Coordinates here are FITS pixels from 0, rows from the bottom, as WCS counts them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.bands.bands import BandsDoNotMatch
from astroview.core.frame import Frame, Source, Window
from astroview.core.io.windowed_reader import npy_source
from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings
from astroview.core.sky.wcs import plate_scale
from astroview.core.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from astropy.wcs import WCS
    from numpy.typing import NDArray

BLOCK = 2_000_000  # output pixels reprojected at a time
ALIGNED = 0.1  # pixels; grids that agree so well are one
_MARGIN = 4  # input pixels around a block


@dataclass(frozen=True)
class BandGrid:
    """Sources on the grid of one of the frames, and what was done to them."""

    reference: Frame
    sources: tuple[Source, ...]
    history: tuple[str, ...]


def register(
    frames: Sequence[Frame], folder: Path, progress: Callable[[int, int], None]
) -> BandGrid:
    """Bring frames onto the grid of the one with the finest pixels. See `bands.compose_bands`."""
    if len({f.shape for f in frames}) == 1 and any(f.wcs is None for f in frames):
        return BandGrid(
            frames[0], tuple(f.source for f in frames), ("bands matched by their shape",)
        )
    if any(f.wcs is None for f in frames):
        without = next(f for f in frames if f.wcs is None)
        raise BandsDoNotMatch(
            Text(
                "{name} has no sky coordinates and another size than the other bands",
                name=without.name,
            ),
            "Bands are matched by their WCS, or by equal size.",
        )
    reference = min(frames, key=lambda f: plate_scale(_wcs(f)))
    apart = [f for f in frames if not _aligned(f, reference)]
    for frame in apart:
        if overlap(frame, reference) <= 0:
            raise BandsDoNotMatch(
                Text(
                    "{name} and {reference_name} show different parts of the sky",
                    name=frame.name,
                    reference_name=reference.name,
                ),
                "Choose bands of one field.",
            )
    blocks = sum(1 for _ in apart) * _count(reference)
    sources, history, done = [], [], 0
    for i, frame in enumerate(frames):
        if frame not in apart:
            sources.append(frame.source)
            continue
        path = folder / f"band{i}.npy"
        done = _reproject(frame, reference, path, progress, done, blocks)
        sources.append(npy_source(path))
        history.append(f"{frame.name} reprojected (bilinear) onto the grid of {reference.name}")
    return BandGrid(reference, tuple(sources), tuple(history))


def overlap(one: Frame, other: Frame) -> float:
    """How much of the smaller frame lies on the other one, 0..1, from a grid of points."""
    return max(_inside(one, other), _inside(other, one))


def _inside(frame: Frame, other: Frame) -> float:
    y, x = np.meshgrid(*(np.linspace(0, n - 1, 9) for n in frame.shape), indexing="ij")
    found = _to_pixels(_wcs(frame), _wcs(other), x.ravel(), y.ravel())
    if found is None:
        return 0.0
    height, width = other.shape
    px, py = found
    good = (px > -0.5) & (px < width - 0.5) & (py > -0.5) & (py < height - 0.5)
    return float(np.mean(good))


def _aligned(frame: Frame, reference: Frame) -> bool:
    if frame is reference:
        return True
    if frame.shape != reference.shape:
        return False
    y, x = np.meshgrid(*(np.linspace(0, n - 1, 5) for n in frame.shape), indexing="ij")
    found = _to_pixels(_wcs(frame), _wcs(reference), x.ravel(), y.ravel())
    if found is None:
        return False
    shift = np.hypot(found[0] - x.ravel(), found[1] - y.ravel())
    return bool(np.nan_to_num(shift, nan=1e9).max() <= ALIGNED)


def _to_pixels(
    one: WCS, other: WCS, x: NDArray[Any], y: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]] | None:
    """Pixels of one grid on another; None when its projection cannot be undone."""
    from astropy.wcs.utils import pixel_to_pixel
    from astropy.wcs.wcs import NoConvergence

    with collected_warnings(), np.errstate(all="ignore"):
        try:
            px, py = pixel_to_pixel(one, other, x, y)
        except (NoConvergence, ValueError, AttributeError, np.linalg.LinAlgError):
            return None
    return np.asarray(px), np.asarray(py)


def _rows(reference: Frame) -> int:
    return max(16, BLOCK // reference.shape[1])


def _count(reference: Frame) -> int:
    return -(-reference.shape[0] // _rows(reference))


def _reproject(
    frame: Frame,
    reference: Frame,
    path: Path,
    progress: Callable[[int, int], None],
    done: int,
    of: int,
) -> int:
    """Write a frame on the reference's grid, top row first, as .npy."""
    height, width = reference.shape
    out = np.lib.format.open_memmap(path, "w+", np.float32, (height, width))
    for bottom in range(0, height, _rows(reference)):
        top = min(bottom + _rows(reference), height)
        block = _block(frame, _wcs(reference), bottom, top, width)
        out[height - top : height - bottom] = block[::-1]
        done += 1
        progress(done, of)
    out.flush()
    return done


def _block(frame: Frame, grid: WCS, bottom: int, top: int, width: int) -> NDArray[np.float32]:
    """Rows ``bottom`` to ``top`` of the grid; NaN where the frame has nothing."""
    from reproject import reproject_interp

    window = _needed(frame, grid, bottom, top, width)
    if window.height < 2 or window.width < 2:
        return np.full((top - bottom, width), np.nan, np.float32)
    below = frame.shape[0] - window.y - window.height  # rows of the frame under the window
    samples = frame.read(window)[::-1].astype(np.float64)
    across = slice(window.x, window.x + window.width)
    with collected_warnings(), np.errstate(all="ignore"):
        part = _wcs(frame).slice((slice(below, below + window.height), across))
        rows = grid.slice((slice(bottom, top), slice(0, width)))
        found: Any = reproject_interp(
            (samples, part), rows, shape_out=(top - bottom, width), return_footprint=False
        )
    return np.asarray(found, np.float32)


def _needed(frame: Frame, grid: WCS, bottom: int, top: int, width: int) -> Window:
    """The part of the frame that those rows of the grid look at (rows from the top)."""
    y, x = np.meshgrid(
        np.linspace(bottom, top - 1, 9), np.linspace(0, width - 1, 33), indexing="ij"
    )
    found = _to_pixels(grid, _wcs(frame), x.ravel(), y.ravel())
    whole = Window.whole(frame.shape)
    if found is None or not (np.isfinite(found[0]) & np.isfinite(found[1])).all():
        return whole
    left, right = (int(f) for f in (found[0].min(), found[0].max()))
    low, high = (int(f) for f in (found[1].min(), found[1].max()))
    window = Window(
        frame.shape[0] - 1 - high - _MARGIN,
        left - _MARGIN,
        high - low + 1 + 2 * _MARGIN,
        right - left + 1 + 2 * _MARGIN,
    )
    return window.clip(frame.shape)


def _wcs(frame: Frame) -> WCS:
    assert frame.wcs is not None
    return frame.wcs.celestial
