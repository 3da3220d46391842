"""Of each frame, the pixels that see one tile of the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.frame import Window
from astroview.engine.stacking.splines import REACH, Sees, sight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from astroview.engine.stacking.matched_frame import MatchedFrame

    Numbers = NDArray[Any]
    Samples = NDArray[np.float32]

MARGIN = 12  # reference pixels around a tile that are solved with it and thrown away


@dataclass(frozen=True)
class FineTile:
    """A rectangle of the fine grid, and what is solved around it.

    Attributes
    ----------
    core
        Fine pixels of the result.
    scale
        Fine pixels to one of the reference.
    binned
        How many fine pixels a side make one of the result.
    """

    core: Window
    scale: int
    binned: int = 1

    @property
    def result(self) -> Window:
        """The core in pixels of the result."""
        parts = (self.core.y, self.core.x, self.core.height, self.core.width)
        y, x, height, width = (n // self.binned for n in parts)
        return Window(y, x, height, width)

    def bin(self, core: Samples) -> Samples:
        """Means of a core's fine pixels over the result's; NaN where one is NaN."""
        b = self.binned
        if b == 1:
            return core
        height, width = core.shape
        return core.reshape(height // b, b, width // b, b).mean((1, 3))

    @property
    def pad(self) -> int:
        """Fine pixels of the margin."""
        return MARGIN * self.scale

    @property
    def shape(self) -> tuple[int, int]:
        """(n, m) fine pixels with the margin."""
        return self.core.height + 2 * self.pad, self.core.width + 2 * self.pad

    @property
    def inner(self) -> tuple[slice, slice]:
        """The core within the tile with its margin."""
        return (
            slice(self.pad, self.pad + self.core.height),
            slice(self.pad, self.pad + self.core.width),
        )

    def edges(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom as places of the reference."""
        left, top = (self.core.x - self.pad) / self.scale, (self.core.y - self.pad) / self.scale
        height, width = (n / self.scale for n in self.shape)
        return left - 0.5, top - 0.5, left + width - 0.5, top + height - 0.5

    def fine(self, x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
        """Places of the reference as fine pixels from the tile's outer edge."""
        left, top, _, _ = self.edges()
        return (x - left) * self.scale, (y - top) * self.scale


@dataclass(frozen=True, eq=False)
class TileTask:
    """A tile to be combined.

    ``proposal``: samples (n, m) of the tile with its margin, native units, that the iteration ends
    from (see `noise_finish`); None: it begins with the frames.
    """

    tile: FineTile
    proposal: Samples | None = None


@dataclass(eq=False)
class TilePixels:
    """A frame's pixels (h, w) of a tile above the sky, in `MatchedFrame.unit`.

    Attributes
    ----------
    values
        0 where there is no sample.
    seen
        1 where there is a sample that the tile can explain, else 0.
    good
        `seen` without what was rejected.
    place_x, place_y
        In fine pixels from the tile's outer edge.
    core
        Whether a pixel lies in the tile's core: there it is counted.
    """

    exposure: MatchedFrame
    sees: Sees
    values: Samples
    seen: Samples
    good: Samples
    place_x: Numbers
    place_y: Numbers
    core: NDArray[np.bool_]


def pieces_of(tile: FineTile, exposures: Sequence[MatchedFrame]) -> list[TilePixels]:
    """The pixels of all frames that show the tile. Raises UnreadableFrame."""
    found: list[TilePixels] = []
    for exposure in exposures:
        window = exposure.window(*tile.edges())
        if window.height < 2 or window.width < 2:
            continue
        values, x, y = exposure.read(window)
        x, y = tile.fine(x, y)
        side = tile.scale * np.sqrt(exposure.area)
        reach = side / 2 + REACH
        n, m = tile.shape
        seen = np.isfinite(values) & (x >= reach) & (y >= reach)
        seen &= (x <= m - reach) & (y <= n - reach)
        if not seen.any():
            continue
        pad = tile.pad
        core = (x >= pad) & (y >= pad) & (x < m - pad) & (y < n - pad) & seen
        share = seen.astype(np.float32)
        clean = np.where(seen, values, 0.0).astype(np.float32)
        sees = sight(x, y, side, tile.shape)
        found.append(TilePixels(exposure, sees, clean, share, share.copy(), x, y, core))
    return found
