"""The profile along a line."""

from __future__ import annotations

from math import ceil, floor, hypot
from typing import TYPE_CHECKING

import numpy as np

from astroview.core.frame import Window
from astroview.core.lazy_dataclass import dataclass
from astroview.core.sky.box_statistics import CHANNELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.frame import Frame

PIECE = 256  # points read at once, so that a diagonal never reads the whole frame
MOST = 200_000  # points
Place = tuple[float, float]


@dataclass(frozen=True)
class LineCut:
    """Values (N, C) along a line, in native units, at `distance` (N,) pixels from its start.

    Attributes
    ----------
    x, y
        The places of the points (N,).
    """

    start: Place
    end: Place
    distance: NDArray[np.float64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    values: NDArray[np.float64]
    unit: str

    @property
    def length(self) -> float:
        """Pixels from start to end."""
        return hypot(self.end[0] - self.start[0], self.end[1] - self.start[1])

    @property
    def table(self) -> str:
        """Distance, place and value, one line each, with tabs."""
        unit = f" ({self.unit})" if self.unit else ""
        names = ["value"] if self.values.shape[1] == 1 else list(CHANNELS)
        lines = ["distance (px)\tx (px)\ty (px)\t" + "\t".join(name + unit for name in names)]
        for at, x, y, row in zip(self.distance, self.x, self.y, self.values, strict=True):
            values = "\t".join(f"{value:.8g}" for value in row)
            lines.append(f"{at:.2f}\t{x:.2f}\t{y:.2f}\t{values}")
        return "\n".join(lines)


def cut_line(frame: Frame, start: Place, end: Place) -> LineCut:
    """Values about one pixel apart, interpolated linearly between the frame's samples.

    NaN where more than half of the weight has no data, and outside the frame.
    """
    length = hypot(end[0] - start[0], end[1] - start[1])
    count = min(max(2, round(length) + 1), MOST)
    x, y = (np.linspace(a, b, count) for a, b in zip(start, end, strict=True))
    pieces = [
        _interpolated(frame, x[i : i + PIECE], y[i : i + PIECE]) for i in range(0, count, PIECE)
    ]
    distance = np.linspace(0.0, length, count)
    return LineCut(start, end, distance, x, y, np.concatenate(pieces), frame.unit)


def _interpolated(
    frame: Frame, x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Values (N, C) at places, from one window that holds them all."""
    from scipy.ndimage import map_coordinates

    top, left = floor(y.min()) - 1, floor(x.min()) - 1
    window = Window(top, left, ceil(y.max()) + 1 - top, ceil(x.max()) + 1 - left).clip(frame.shape)
    result = np.full((x.size, frame.channels), np.nan)
    if window.height == 0 or window.width == 0:
        return result
    samples = frame.read(window).reshape(window.height, window.width, frame.channels)
    index = np.stack([y - 0.5 - window.y, x - 0.5 - window.x])
    inside = (x >= 0) & (x <= frame.shape[1]) & (y >= 0) & (y <= frame.shape[0])
    for channel in range(frame.channels):
        values = samples[..., channel].astype(np.float64)
        good = np.isfinite(values)
        weight = map_coordinates(good.astype(np.float64), index, order=1, mode="nearest")
        total = map_coordinates(np.where(good, values, 0.0), index, order=1, mode="nearest")
        known = inside & (weight >= 0.5)
        result[known, channel] = total[known] / weight[known]
    return result
