"""From a frame of any size to the few pixels a screen can show; no widgets, any thread.

Legend: ``k`` is the pitch of a grid, in frame pixels; each cell of it is a picture pixel. It is
a device pixel as well, unless the frame is enlarged, so that panning only moves the picture.
"""

from __future__ import annotations

from functools import cached_property
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from astroview.core.colour.cell_means import grid_shape
from astroview.core.frame import Frame, Window
from astroview.core.io.pyramid import Pyramid, flat
from astroview.core.lazy_dataclass import dataclass
from astroview.ui.render import rendering
from astroview.ui.render.lut_codes import Coded, encode
from astroview.ui.render.rendering import Look

FloatArray = NDArray[np.float32]

OVERVIEW_SIDE = 1024  # pixels of the always-ready picture of the whole frame, per side
READ_AT_MOST = 64_000_000  # samples read for one picture with averaging


@dataclass(frozen=True)
class SamplingPlan:
    """What to show: a window of the cells of a grid whose pitch is ``k`` frame pixels.

    ``sparse`` takes one sample of each cell, quickly; otherwise a cell is the mean of what it
    covers. Only a whole ``k`` can be sparse.
    """

    cells: Window
    k: float
    sparse: bool = False

    @property
    def covers(self) -> QRectF:
        """Frame pixels under the cells."""
        c, k = self.cells, self.k
        return QRectF(c.x * k, c.y * k, c.width * k, c.height * k)


@dataclass(frozen=True)
class Overviews:
    """The pyramids of a frame: of its samples, and of its painted colour if there is any."""

    samples: Pyramid
    chroma: Pyramid | None = None

    @staticmethod
    def none(frame: Frame) -> Overviews:
        """No levels but the frame itself."""
        chroma = flat(frame.chroma, frame.shape) if frame.chroma else None
        return Overviews(flat(frame.source, frame.shape), chroma)


@dataclass(frozen=True)
class Samples:
    """Samples of a plan: values (H', W') or (H', W', 3), chroma (H', W', 2) or None."""

    plan: SamplingPlan
    values: FloatArray
    chroma: FloatArray | None

    @cached_property
    def planes(self) -> tuple[Coded, ...]:
        """The channels on their 16-bit axes: what every change of display starts from."""
        bands = self.values[..., None] if self.values.ndim == 2 else self.values
        return tuple(encode(bands[..., i]) for i in range(bands.shape[2]))


@dataclass(frozen=True)
class Patch:
    """A picture and the frame pixels it covers (frame coordinates, not scene)."""

    image: QImage
    covers: QRectF
    reduction: float


def overview_plan(shape: tuple[int, int]) -> SamplingPlan:
    """The plan of the whole frame."""
    k = max(1, ceil(max(shape) / OVERVIEW_SIDE))
    return SamplingPlan(Window.whole(grid_shape(shape, k)), k)


def pitch_for(pixels_per_device_pixel: float) -> float:
    """The pitch that makes one cell of each device pixel; 1 where the frame is enlarged."""
    near = round(pixels_per_device_pixel)
    exact = near if abs(near - pixels_per_device_pixel) < 1e-6 else pixels_per_device_pixel
    return max(1, exact)


def plan_around(
    rect: QRectF, k: float, shape: tuple[int, int], margin: float = 0.12
) -> SamplingPlan:
    """The cells under a rectangle (frame coordinates) and a margin around it."""
    margin_x, margin_y = rect.width() * margin, rect.height() * margin
    rows, columns = grid_shape(shape, k)
    left = max(0, floor((rect.left() - margin_x) / k))
    top = max(0, floor((rect.top() - margin_y) / k))
    right = min(columns, ceil((rect.right() + margin_x) / k))
    bottom = min(rows, ceil((rect.bottom() + margin_y) / k))
    return SamplingPlan(Window(top, left, max(0, bottom - top), max(0, right - left)), k)


def sparse(plan: SamplingPlan, shape: tuple[int, int]) -> SamplingPlan:
    """A plan for the same frame pixels that reads the fewest samples."""
    k = max(1, floor(plan.k))
    around = plan_around(plan.covers, k, shape, margin=0)
    return SamplingPlan(around.cells, k, sparse=True)


def read(frame: Frame, todo: SamplingPlan, overviews: Overviews | None = None) -> Samples:
    """Read a plan's samples. NaN samples are left out of means."""
    known = overviews or Overviews.none(frame)
    values = _read(known.samples, todo)
    return Samples(todo, values, _read(known.chroma, todo) if known.chroma else None)


def _read(pyramid: Pyramid, todo: SamplingPlan) -> FloatArray:
    if not todo.sparse:
        return pyramid.means(todo.cells, todo.k)
    level, k = pyramid.levels[0], int(todo.k)
    c = todo.cells
    middle = k // 2  # of a cell, where it has one
    y, x = c.y * k + middle, c.x * k + middle
    bottom, right = (
        min((c.y + c.height) * k, level.shape[0]),
        min((c.x + c.width) * k, level.shape[1]),
    )
    found = level.source.read(Window(y, x, max(bottom - y, 0), max(right - x, 0)), k)
    missing = [(0, c.height - found.shape[0]), (0, c.width - found.shape[1])]
    return np.pad(found, missing + [(0, 0)] * (found.ndim - 2), "edge")


def render(samples: Samples, look: Look) -> Patch:
    """Samples to a picture for the screen."""
    image = rendering.picture(samples.planes, look, samples.chroma)
    return Patch(image, samples.plan.covers, samples.plan.k)


def to_image(rgb: NDArray[np.uint8]) -> QImage:
    """(H, W, 3) uint8 to a QImage with its own memory, in the format that paints fastest."""
    height, width = rgb.shape[:2]
    bgrx = np.empty((height, width, 4), np.uint8)
    bgrx[..., :3] = rgb[..., ::-1]
    bgrx[..., 3] = 255
    return QImage(bgrx.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
