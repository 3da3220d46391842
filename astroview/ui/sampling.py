"""From a frame of any size to the few pixels a screen can show; no widgets, any thread.

Legend: ``k`` is a reduction: so many frame pixels become one picture pixel along an axis.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, sqrt

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from astroview.core import compose
from astroview.core.frame import Frame, Window
from astroview.core.stretch import Stretch

FloatArray = NDArray[np.float32]

OVERVIEW_SIDE = 1600  # pixels of the always-ready picture of the whole frame, per side
READ_AT_MOST = 8_000_000  # samples read for one picture with averaging


@dataclass(frozen=True)
class Plan:
    """What to read: a window, every ``step``-th sample, then means over ``box`` x ``box``."""

    window: Window
    step: int
    box: int

    @property
    def reduction(self) -> int:
        return self.step * self.box


@dataclass(frozen=True)
class Samples:
    """Samples of a plan: values (H', W') or (H', W', 3), chroma (H', W', 2) or None."""

    plan: Plan
    values: FloatArray
    chroma: FloatArray | None


@dataclass(frozen=True)
class Patch:
    """A picture and the frame pixels it covers (frame coordinates, not scene)."""

    image: QImage
    covers: QRectF
    reduction: int


def plan(window: Window, k: int, sharp: bool = False) -> Plan:
    """A plan that reduces a window by k (or a little less, so that averaging stays cheap).

    ``sharp`` reads every k-th sample and averages nothing: the quick first picture.
    """
    if sharp or k == 1:
        return Plan(window, k, 1)
    step = max(1, ceil(sqrt(window.height * window.width / READ_AT_MOST)))
    return Plan(window, step, max(1, k // step))


def overview_plan(shape: tuple[int, int]) -> Plan:
    """The plan of the whole frame."""
    return plan(Window.whole(shape), max(1, ceil(max(shape) / OVERVIEW_SIDE)))


def reduction_for(pixels_per_device_pixel: float) -> int:
    """The reduction that leaves at least one picture pixel to each device pixel."""
    return max(1, floor(pixels_per_device_pixel + 1e-6))


def window_around(rect: QRectF, k: int, shape: tuple[int, int]) -> Window:
    """Frame pixels under a rectangle (frame coordinates) plus a margin, on a grid of k.

    Starting on multiples of k keeps averages from flickering while the picture is panned.
    """
    margin_x, margin_y = rect.width() * 0.2, rect.height() * 0.2
    left = max(0, floor((rect.left() - margin_x) / k) * k)
    top = max(0, floor((rect.top() - margin_y) / k) * k)
    right = min(shape[1], ceil(rect.right() + margin_x) + 1)
    bottom = min(shape[0], ceil(rect.bottom() + margin_y) + 1)
    return Window(top, left, max(0, bottom - top), max(0, right - left))


def read(frame: Frame, todo: Plan) -> Samples:
    """Read a plan's samples. NaN samples are left out of means."""
    values = box_mean(frame.read(todo.window, todo.step), todo.box)
    if frame.chroma is None:
        return Samples(todo, values, None)
    chroma = np.asarray(frame.read_chroma(todo.window, todo.step), np.float32)
    return Samples(todo, values, box_mean(chroma, todo.box))


def box_mean(values: FloatArray, box: int) -> FloatArray:
    """Means over box x box samples of (H, W) or (H, W, C); edges average what is there."""
    if box == 1:
        return values
    good = np.isfinite(values)
    count = _sums(good.astype(np.float32), box)
    total = _sums(values if good.all() else np.where(good, values, np.float32(0)), box)
    return np.where(count > 0, total / np.maximum(count, 1), np.float32(np.nan))


def _sums(values: FloatArray, box: int) -> FloatArray:
    """Sums over box x box samples, as if zeros followed the last row and column."""
    pad = [(0, -size % box) for size in values.shape[:2]] + [(0, 0)] * (values.ndim - 2)
    padded = np.pad(values, pad)
    rows = np.add.reduce([padded[i::box] for i in range(box)])
    return np.add.reduce([rows[:, i::box] for i in range(box)])


def render(samples: Samples, stretch: Stretch, invert: bool) -> Patch:
    """Samples to a picture for the screen."""
    rgb = compose.render8(samples.values, stretch, samples.chroma)
    if invert:
        rgb = 255 - rgb
    window, k = samples.plan.window, samples.plan.reduction
    covers = QRectF(window.x, window.y, rgb.shape[1] * k, rgb.shape[0] * k)
    return Patch(to_image(rgb), covers, k)


def to_image(rgb: NDArray[np.uint8]) -> QImage:
    """(H, W, 3) uint8 to a QImage with its own memory, in the format that paints fastest."""
    height, width = rgb.shape[:2]
    bgrx = np.empty((height, width, 4), np.uint8)
    bgrx[..., :3] = rgb[..., ::-1]
    bgrx[..., 3] = 255
    return QImage(bgrx.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
