"""HDUs on one grid of the sky: each place shows the nearest pixel of one of them, as it is.

Where a place of the grid lies in a piece is worked out for every 32nd row and column and taken
linearly in between: 0.003 pixels off for a lens that bends by 1e-5 a pixel. The same numbers serve
what is shown and what is told, and do not depend on the window that is read.
"""

from __future__ import annotations

import threading
from dataclasses import field
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.frame import Frame, PiecePlace, Window
from astroview.core.io.fits.mosaic.put_together import (
    MosaicPart,
    put_together,
    read_float,
    read_stored,
)
from astroview.core.io.fits.mosaic.sky_grid import MosaicGrid, to_pixel, to_sky
from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from astropy.wcs import WCS
    from numpy.typing import NDArray

    from astroview.core.io.fits.mosaic.put_together import Reader

    Floats = NDArray[np.float64]

_PITCH = 32
_AT_ONCE = 1_000_000  # samples of a piece that are looked up together
_TRUE = 0.05  # pixel: how well a place must be found again to be believed
_FINE = 4  # a read with a step takes, of the pixels of a piece, every (step / 4)-th at least


@dataclass(frozen=True, eq=False)
class PieceOnSky:
    """A frame and its box in a mosaic; both count rows from the top."""

    frame: Frame
    box: Window
    grid: WCS
    height: int  # of the mosaic
    _lattice: list[Floats] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def pixels(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.intp]:
        """(2, h, w): row and column of the piece that lie nearest to places; -1 for none."""
        lattice = self._whole_lattice()
        at_y, at_x = rows / _PITCH - self.box.y // _PITCH, columns / _PITCH - self.box.x // _PITCH
        found = _between(lattice, at_y, at_x)
        with np.errstate(invalid="ignore"):
            nearest = np.floor(found + 0.5)
            tall, wide = self.frame.shape
            inside = (nearest[0] >= 0) & (nearest[0] < tall) & (nearest[1] >= 0) & (
                nearest[1] < wide
            )  # fmt: skip
        return np.where(inside, nearest, -1).astype(np.intp)

    def _whole_lattice(self) -> Floats:
        """(2, rows, columns) of the lattice: row and column of the piece; made when first asked."""
        with self._lock:
            if not self._lattice:
                self._lattice.append(self._made_lattice())
            return self._lattice[0]

    def _made_lattice(self) -> Floats:
        box, wcs = self.box, self.frame.wcs
        assert wcs is not None
        y = _nodes(box.y, box.height)
        x = _nodes(box.x, box.width)
        up, across = np.meshgrid(self.height - 1 - y, x, indexing="ij")
        sky = to_sky(self.grid, np.stack([across.ravel(), up.ravel()], 1))
        there = to_pixel(wcs, sky)
        again = to_pixel(self.grid, to_sky(wcs, there))
        with np.errstate(invalid="ignore"):
            off = np.hypot(again[:, 0] - across.ravel(), again[:, 1] - up.ravel())
            there[~(off < _TRUE)] = np.nan
        rows = self.frame.shape[0] - 1.0 - there[:, 1]
        return np.stack([rows, there[:, 0]]).reshape(2, len(y), len(x))


def _nodes(start: int, length: int) -> Floats:
    """Rows or columns of the lattice around a box."""
    first, last = start // _PITCH, (start + length) // _PITCH + 1
    return np.linspace(first * _PITCH, last * _PITCH, last - first + 1)


def _between(lattice: Floats, at_y: Floats, at_x: Floats) -> Floats:
    """Values of (2, rows, columns) at fractions of them, linearly: (2, h, w)."""
    y, x = np.floor(at_y).astype(np.intp), np.floor(at_x).astype(np.intp)
    v, u = (at_y - y)[None, :, None], (at_x - x)[None, None, :]
    down = lattice[:, y] * (1 - v) + lattice[:, y + 1] * v
    return down[:, :, x] * (1 - u) + down[:, :, x + 1] * u


@dataclass(frozen=True, eq=False)
class SkyMosaic:
    """Pieces on a grid of (H, W), as a source; row 0 on top.

    With a step of 8 or more, a sample may be of a pixel up to an eighth of the step beside the
    nearest one: as much less is read.
    """

    pieces: tuple[PieceOnSky, ...]
    shape: tuple[int, int]

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        return put_together(window.sampled(step), self._parts(window, step, read_float))

    def read_exact(self, window: Window, step: int) -> NDArray[Any]:
        return put_together(window.sampled(step), self._parts(window, step, read_stored))

    def place_of(self, y: int, x: int) -> PiecePlace | None:
        """The HDU and pixel that (y, x) of the mosaic shows, row 0 on top; None for gaps."""
        for piece in self.pieces:
            if Window(y, x, 1, 1).clip(self.shape) == _common(Window(y, x, 1, 1), piece.box):
                row, column = piece.pixels(np.array([y]), np.array([x]))[:, 0, 0]
                there = Window(int(row), int(column), 1, 1)
                if row >= 0 and np.isfinite(piece.frame.source.read(there, 1)).all():
                    return PiecePlace(piece.frame, int(row), int(column))
        return None

    def _parts(self, window: Window, step: int, read: Reader) -> Iterator[MosaicPart]:
        for piece in self.pieces:
            rows = _sampled(window.y, window.height, piece.box.y, piece.box.height, step)
            columns = _sampled(window.x, window.width, piece.box.x, piece.box.width, step)
            if not rows or not columns:
                continue
            at_once = max(1, _AT_ONCE // len(columns))
            for start in range(rows.start, rows.stop, at_once):
                some = range(start, min(start + at_once, rows.stop))
                yield from _part(piece, window, some, columns, step, read)


def _part(
    piece: PieceOnSky, window: Window, rows: range, columns: range, step: int, read: Reader
) -> Iterator[MosaicPart]:
    """Samples of a piece at so many rows and columns of a window; none where it has none."""
    y, x = piece.pixels(window.y + np.array(rows) * step, window.x + np.array(columns) * step)
    inside = y >= 0
    if not inside.any():
        return
    fine = max(1, step // _FINE)
    low, left = (int(n[inside].min()) // fine * fine for n in (y, x))
    tall, wide = int(y.max()) - low + 1, int(x.max()) - left + 1
    samples = read(piece.frame, Window(low, left, tall, wide), fine)
    i = np.clip((y - low + fine // 2) // fine, 0, samples.shape[0] - 1)
    j = np.clip((x - left + fine // 2) // fine, 0, samples.shape[1] - 1)
    place = slice(rows.start, rows.stop), slice(columns.start, columns.stop)
    yield MosaicPart(*place, samples[i, j], inside)


def _sampled(start: int, length: int, low: int, extent: int, step: int) -> range:
    """Which samples of a window lie in a box, along one axis."""
    first = max(0, -(-(low - start) // step))
    last = (min(start + length, low + extent) - 1 - start) // step
    return range(first, max(first, last + 1))


def _common(one: Window, other: Window) -> Window:
    y, x = max(one.y, other.y), max(one.x, other.x)
    bottom = min(one.y + one.height, other.y + other.height)
    right = min(one.x + one.width, other.x + other.width)
    return Window(y, x, max(0, bottom - y), max(0, right - x))


def sky_mosaic(frames: tuple[Frame, ...], grid: MosaicGrid) -> SkyMosaic:
    """Frames on their grid; where several have a value, the first is shown."""
    on_sky = (
        PieceOnSky(frame, box, grid.wcs, grid.shape[0])
        for frame, box in zip(frames, grid.boxes, strict=True)
    )
    return SkyMosaic(tuple(on_sky), grid.shape)
