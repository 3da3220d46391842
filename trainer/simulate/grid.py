"""The canvas that a scene is painted on: finer than the detector and wider than the frame.

Frame coordinates everywhere: x to the right, y down, the centre of the top left detector pixel is
(0, 0). A canvas cell is 1/oversample of a detector pixel wide.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Arithmetic with Python numbers hides float32 from the type checker: `Floats` are float32 in fact
# unless said otherwise, `F32` where it is promised to other rooms.
Floats = NDArray[np.floating[Any]]
F32 = NDArray[np.float32]
F64 = NDArray[np.float64]


@dataclass(frozen=True)
class Grid:
    """A canvas for a frame of (height, width) detector pixels with a margin all around."""

    height: int
    width: int
    oversample: int = 2
    margin: int = 32

    @property
    def shape(self) -> tuple[int, int]:
        """Cells (rows, columns) of the canvas."""
        pad = 2 * self.margin
        return (self.height + pad) * self.oversample, (self.width + pad) * self.oversample

    def axes(self) -> tuple[Floats, Floats]:
        """Frame coordinates of the cell centres: y as (rows, 1), x as (1, columns)."""
        rows, columns = self.shape
        y = (np.arange(rows, dtype=np.float32) + 0.5) / self.oversample - self.margin - 0.5
        x = (np.arange(columns, dtype=np.float32) + 0.5) / self.oversample - self.margin - 0.5
        return y[:, None], x[None, :]

    def cells(self, y: F64, x: F64) -> tuple[F64, F64]:
        """Canvas indices (row, column), not rounded, of frame coordinates."""
        shift = self.margin + 0.5
        return (y + shift) * self.oversample - 0.5, (x + shift) * self.oversample - 0.5

    def empty(self, bands: int) -> Floats:
        """A dark canvas (rows, columns, bands)."""
        return np.zeros((*self.shape, bands), np.float32)

    def splat(self, canvas: Floats, y: F64, x: F64, flux: F64) -> None:
        """Add point sources to `canvas`, each shared by its four nearest cells.

        Parameters
        ----------
        canvas : (rows, columns, bands) array, changed in place
        y, x : (N,) frame coordinates; sources off the canvas are left out
        flux : (N, bands) electrons; the sum over the canvas grows by exactly this
        """
        rows, columns = self.shape
        r, c = self.cells(y, x)
        inside = (r >= 0) & (c >= 0) & (r < rows - 1) & (c < columns - 1)
        r, c, flux = r[inside], c[inside], flux[inside]
        r0, c0 = np.floor(r).astype(np.intp), np.floor(c).astype(np.intp)
        fr, fc = r - r0, c - c0
        for dr, dc, share in (
            (0, 0, (1 - fr) * (1 - fc)),
            (0, 1, (1 - fr) * fc),
            (1, 0, fr * (1 - fc)),
            (1, 1, fr * fc),
        ):
            np.add.at(canvas, (r0 + dr, c0 + dc), (share[:, None] * flux).astype(np.float32))

    def bin(self, canvas: Floats) -> F32:
        """Integrate a canvas (rows, columns, bands) over pixels: (height, width, bands)."""
        s, m = self.oversample, self.margin
        inner = canvas[m * s : (m + self.height) * s, m * s : (m + self.width) * s]
        return inner.reshape(self.height, s, self.width, s, -1).sum(axis=(1, 3)).astype(np.float32)
