"""The two stages of an enhancement, tile by tile: super-resolution, then colour.

Legend: ``x`` samples in native units, ``u`` stretched, ``L`` Oklab lightness, ``s`` the scale.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from astroview.core import tiles
from astroview.core.colour import colour_space
from astroview.core.colour.stretch import Stretch
from astroview.core.errors import ModelRejected
from astroview.core.frame import Frame, Window
from astroview.engine.networks import interval_heads
from astroview.engine.networks.colorizer import CELL, paint
from astroview.engine.networks.curves import Curve
from astroview.engine.networks.regional_code import Place, from_numbers
from astroview.engine.networks.tile_superres import Sharpener, sharpen
from astroview.engine.pipeline.guide_planes import guide_planes
from astroview.engine.runtime import cache as memos
from astroview.engine.runtime.transfer import Arrays, ferry, planes

if TYPE_CHECKING:
    from astroview.engine.pipeline.colour_plan import ColourPlan

FloatArray = NDArray[np.float32]
Tick = Callable[[tiles.Tile], None]


@dataclass(frozen=True)
class Setting:
    """What is fixed for a whole frame, so that every tile is treated alike.

    ``fill`` stands for "no data" while a network looks; ``sigma`` is the noise in units of u.
    """

    stretch: Stretch
    fill: float
    sigma: float
    device: torch.device

    @property
    def noise(self) -> float:
        """``sigma`` of the sky in native units."""
        return self.sigma * abs(float(Curve.of(self.stretch).slope(self.fill)))


def super_resolve(
    frame: Frame,
    how: Sharpener,
    setting: Setting,
    plan: tuple[tiles.Tile, ...],
    target: NDArray[Any],
    halves: NDArray[Any] | None,
    tick: Tick,
) -> None:
    """Fill ``target`` (zeros of (sH, sW) or (sH, sW, 3)) with flux-exact samples, and ``halves``
    (zeros of (sH, sW)) with half of their intervals; NaN stays.
    """
    scale = how.network.scale

    def take_in(tile: tiles.Tile, missing: NDArray[np.bool_], made: Arrays) -> None:
        check_sound(made[0])
        for fine, array in zip(made[1:], (target, halves), strict=False):
            if array is None:
                continue
            y = fine if array.ndim == 3 else fine[..., 0]
            y[repeat(missing if array.ndim == missing.ndim else _any(missing), scale)] = np.nan
            tiles.add(array, tile, y[tiles.inner(tile, scale)], scale)
        tick(tile)

    with ferry(setting.device) as carrier:
        for tile, x_1CHW, missing in carrier.bring(plan, partial(read, frame, fill=setting.fill)):
            made = sharpen(how, x_1CHW)
            parts = (made.samples,) if made.half is None else (made.samples, made.half)
            told = [made.sound, *map(_last, parts)]
            carrier.take_back(told, partial(take_in, tile, missing))


def colour(
    frame: Frame,
    fine: NDArray[Any],
    brush: ColourPlan,
    setting: Setting,
    plan: tuple[tiles.Tile, ...],
    target: NDArray[Any],
    halves: NDArray[Any] | None,
    tick: Tick,
) -> None:
    """Fill ``target`` (zeros of (sH, sW, 2)) with chroma for ``fine``, the samples (sH, sW)
    that the chroma will be shown with, and ``halves`` (zeros of (sH, sW)) with half of the
    intervals of its a and b.
    """
    scale = fine.shape[0] // frame.shape[0]

    def read_light(tile: tiles.Tile) -> tuple[FloatArray, FloatArray]:
        shown = lightness(region(fine, tile.read, scale, setting.fill), setting)
        return shown, shown[tiles.inner(tile, scale)]

    def take_in(tile: tiles.Tile, light: FloatArray, made: Arrays) -> None:
        check_sound(made[0])
        where = tiles.inner(tile, scale)
        chroma = brush.finished(frame, tile, made[1][where], light, scale)
        tiles.add(target, tile, colour_space.fit_gamut(light, chroma), scale)
        if halves is not None:
            tiles.add(halves, tile, made[2][where][..., 0] * np.float32(brush.factor), scale)
        tick(tile)

    with ferry(setting.device) as carrier:
        for tile, L_11HW, light in carrier.bring(plan, read_light):
            coefficients, log_b = brush.memo.recall(
                memos.key(brush.key, tile.read),
                partial(_coefficients, frame, brush, setting, tile),
            )
            painted = paint(coefficients, L_11HW)
            made = [painted.isfinite().all(), _last(painted)]
            if halves is not None and log_b is not None:
                made.append(_last(interval_heads.fine(log_b, (L_11HW.shape[-2], L_11HW.shape[-1]))))
            carrier.take_back(made, partial(take_in, tile, light))


def _coefficients(
    frame: Frame, brush: ColourPlan, setting: Setting, tile: tiles.Tile
) -> tuple[Tensor, Tensor | None]:
    """What the network says of a tile, and log b of its cells where a head tells it."""
    x, _ = read(frame, tile, setting.fill)
    light = lightness(x, setting)
    where, network = setting.device, brush.network
    L_11HW, code = tensor(light, where), from_numbers(brush.code).to(where)
    first = (tile.read.y, tile.read.x)
    guide = None
    if brush.guide is not None:
        cells = (tile.read.height // CELL, tile.read.width // CELL)
        guide = guide_planes(brush.guide, first, cells).to(where)
    levels, _ = network.read(L_11HW)
    coefficients, features = network.answer(
        L_11HW, levels, code, guide, Place(*first, *frame.shape)
    )
    log_b = brush.spread(features) if brush.spread is not None else None
    return coefficients, log_b


def noise_level(frame: Frame, stretch: Stretch, side: int = 256) -> float:
    """Noise of the sky in units of u: the least `pixel_noise` of up to nine windows, since
    structure only adds to it.
    """
    height, width = frame.shape
    places = [
        Window(int((height - side) * fy), int((width - side) * fx), side, side)
        for fy in (0.1, 0.5, 0.9)
        for fx in (0.1, 0.5, 0.9)
    ]
    found: list[float] = []
    for window in places:
        whole = Window(max(0, window.y), max(0, window.x), side, side)
        u = stretch.forward(frame.read(whole))
        u = u if u.ndim == 2 else u.mean(-1)
        if (noise := pixel_noise(u)) is not None:
            found.append(noise)
    return min(found, default=0.0)


def pixel_noise(u: FloatArray) -> float | None:
    """Standard deviation of pixel-scale noise in (H, W), in its units: Immerkaer's (1996)
    Laplacian difference, with a median. None where fewer than 64 differences are finite.
    """
    rows = u[:-2] - 2 * u[1:-1] + u[2:]
    both = rows[:, :-2] - 2 * rows[:, 1:-1] + rows[:, 2:]
    values = np.abs(both[np.isfinite(both)])
    return float(np.median(values)) / 0.6745 / 6 if values.size >= 64 else None


def check_sound(sound: NDArray[Any]) -> None:
    """Raise ModelRejected when what a network said is no number somewhere."""
    if not bool(sound):
        raise ModelRejected(
            "a model with broken weights: what it says of this frame is no number",
            hint="Choose another model, or copy the model's folder again.",
        )


def read(frame: Frame, tile: tiles.Tile, fill: float) -> tuple[FloatArray, NDArray[np.bool_]]:
    """A tile's samples, reflected beyond the frame's edge, and where there was no data."""
    x = tiles.pad_to(frame.read(tile.read), tile.read.height, tile.read.width)
    missing = ~np.isfinite(x)
    return np.where(missing, np.float32(fill), x), missing


def region(fine: NDArray[Any], window: Window, scale: int, fill: float) -> FloatArray:
    """The fine samples of a window of the input, reflected beyond the frame's edge."""
    big = Window(*(n * scale for n in (window.y, window.x, window.height, window.width)))
    part = np.nan_to_num(np.asarray(fine[big.slices], np.float32), nan=fill)
    return tiles.pad_to(part, big.height, big.width)


def lightness(x: FloatArray, setting: Setting) -> FloatArray:
    """Oklab lightness of grey samples as they are shown."""
    return colour_space.lightness(np.clip(setting.stretch.forward(x), 0, 1))


def tensor(x: FloatArray, device: torch.device) -> Tensor:
    """(H, W) or (H, W, C) to (1, C, H, W)."""
    return planes(x).to(device)


def _last(x_1CHW: Tensor) -> Tensor:
    """(1, C, H, W) to (H, W, C), as arrays have it."""
    return x_1CHW[0].permute(1, 2, 0)


def _any(mask_HWC: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.logical_or.reduce(mask_HWC, axis=-1)


def repeat(mask: NDArray[np.bool_], scale: int) -> NDArray[np.bool_]:
    """A mask of input pixels as one of fine pixels."""
    return mask.repeat(scale, 0).repeat(scale, 1)
