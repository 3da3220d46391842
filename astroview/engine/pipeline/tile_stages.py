"""The two stages of an enhancement, tile by tile: super-resolution, then colour.

Legend: ``x`` samples in native units, ``u`` stretched, ``L`` Oklab lightness, ``s`` the scale.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from astroview.core import tiles
from astroview.core.bad_pixels.pixel_rule import SATURATED, STRUCK, Rule, any_of, judged
from astroview.core.colour import colour_space
from astroview.core.colour.stretch import Stretch
from astroview.core.errors import NoNumbers
from astroview.core.frame import Frame, Window
from astroview.core.provenance import BAD_PIXELS, BOUNDED
from astroview.engine.networks import interval_heads
from astroview.engine.networks.colorizer import CELL, paint_part
from astroview.engine.networks.regional_code import Place, from_numbers
from astroview.engine.networks.tile_superres import NearBad, Sharpener, sharpen
from astroview.engine.pipeline.filled_pixels import filled, wider
from astroview.engine.pipeline.guide_planes import guide_planes
from astroview.engine.pipeline.tile_run import TileRun
from astroview.engine.runtime import cache as memos
from astroview.engine.runtime.transfer import Arrays, carry, planes

if TYPE_CHECKING:
    from astroview.engine.pipeline.colour_plan import ColourPlan

FloatArray = NDArray[np.float32]
LESS = 0.999  # of a network's answer in a pixel: it was bounded


@dataclass(frozen=True)
class Setting:
    """What is fixed for a whole frame, so that every tile is treated alike.

    ``fill`` is the level of the sky; ``noise`` its standard deviation in native units, and
    ``sigma`` in units of u as super-resolvers see it, None and 0 of a frame too small to measure
    it; ``floor`` is the least u of a sky; ``rule`` tells bad pixels, None where none can be told;
    super-resolvers see the frame through ``seen_through``, None: the stretch; ``sky`` is the level
    of a measured frame's sky, ``grain`` that of `frame_noise.Noise`.
    """

    stretch: Stretch
    fill: float
    sigma: float
    device: torch.device
    noise: float | None = 0.0
    floor: float = -np.inf
    rule: Rule | None = None
    seen_through: Stretch | None = None
    sky: float = 0.0
    grain: float = 1.0

    @property
    def networks(self) -> Stretch:
        """The stretch that super-resolvers see the frame through."""
        return self.seen_through or self.stretch


@dataclass
class Tally:
    """What is counted while a frame is sharpened: pixels, which of them were no measurement, by
    kind, and of which the network's answer was bounded.
    """

    pixels: int = 0
    bounded: int = 0
    bad: Counter[str] = field(default_factory=Counter[str])

    def lines(self) -> Iterator[str]:
        """For the history."""
        total = sum(self.bad.values())
        if total:
            parts = ", ".join(f"{count:,} {kind}" for kind, count in self.bad.items() if count)
            yield f"{BAD_PIXELS}: {total:,} ({parts}); filled for the network, given back as is"
        if self.bounded:
            yield f"{BOUNDED}: {self.bounded / self.pixels:.2%} of the pixels"

    def take(self, tile: tiles.Tile, seen: TileSamples, share: FloatArray) -> None:
        """Count a tile; ``share`` (H, W) of its core is what it has of the network's answers."""
        core, own = tiles.inner(tile), tiles.owned(tile)
        here = share[own]
        self.pixels += here.size
        self.bounded += int((here < LESS).sum())
        for kind, mask in seen.kinds.items():
            part = mask[core][own]
            self.bad[kind] += int((part if part.ndim == 2 else part.any(-1)).sum())


class TileSamples(NamedTuple):
    """Beside the samples of a tile as a network is to see them: those of the file, and which of
    them are bad, at all and by kind, in the shape of `tiles.Tile.read`.
    """

    samples: FloatArray
    bad: NDArray[np.bool_]
    kinds: dict[str, NDArray[np.bool_]]


def super_resolve(
    frame: Frame,
    how: Sharpener,
    setting: Setting,
    run: TileRun,
    target: NDArray[Any],
    halves: NDArray[Any] | None,
) -> Tally:
    """Fill ``target`` (zeros of (sH, sW) or (sH, sW, 3)) with flux-exact samples, and ``halves``
    (zeros of (sH, sW)) with half of their intervals. Bad pixels are given back as they are.
    """
    scale, tally = how.network.scale, Tally()

    def compute(tile: tiles.Tile, x_1CHW: Tensor, seen: TileSamples) -> Sequence[Tensor]:
        beside = near_bad(seen, x_1CHW)

        def one(part: tiles.Tile) -> Sequence[Tensor]:
            near = beside and beside.part(*where_in(tile, part))
            made = sharpen(how, part_of(x_1CHW, tile, part), near)
            fine = tiles.inner(part, scale)
            made_of = (made.samples,) if made.half is None else (made.samples, made.half)
            share = made.share[0, 0][tiles.inner(part)]
            return [made.sound, share, *(_last(tensor)[fine] for tensor in made_of)]

        return run.computed(tile, one)

    def take_in(tile: tiles.Tile, seen: TileSamples, made: Arrays) -> None:
        check_sound(made[0])
        tally.take(tile, seen, made[1])
        fine = made[2] if target.ndim == 3 else made[2][..., 0]
        given_back(target, tile, fine, seen, scale)
        if halves is not None:
            half = made[3][..., 0]
            if seen.bad.any():
                half = _half_of_bad(half, fine, tile, seen, scale)
            tiles.add(halves, tile, half, scale)
        run.tick(tile)

    def get(tile: tiles.Tile) -> tuple[FloatArray, TileSamples]:
        with run.reading:
            return read(frame, tile, setting)

    carry(setting.device, run.plan, get, compute, take_in, run.at_once)
    return tally


def near_bad(seen: TileSamples, x_1CHW: Tensor) -> NearBad | None:
    """What bad pixels of a tile, filled in x, do to those beside them: a network's detail there is
    made of what was filled in. None where there is none.
    """
    if not seen.bad.any():
        return None

    def beside(plane: Tensor) -> Tensor:
        return functional.max_pool2d(plane.amax(1, keepdim=True), 3, 1, 1)

    def mask(pixels: NDArray[np.bool_]) -> Tensor:
        return tensor(pixels.astype(np.float32), x_1CHW.device)

    full = seen.kinds.get(SATURATED, np.zeros_like(seen.bad))
    gaps = np.logical_and(seen.bad, ~(full | seen.kinds.get(STRUCK, full)))
    step = torch.zeros_like(x_1CHW)
    if full.any():
        above = tensor(np.where(full, seen.samples, np.float32(0)), x_1CHW.device) - x_1CHW
        step = torch.where(mask(full) > 0, above, 0.0).clamp_min(0)
    return NearBad(beside(mask(seen.bad)) > 0, beside(mask(gaps)), beside(step))


def part_of(x_1CHW: Tensor, tile: tiles.Tile, part: tiles.Tile) -> Tensor:
    """Of what was read for a tile what a part of it reads."""
    return x_1CHW[(..., *where_in(tile, part))]


def where_in(tile: tiles.Tile, part: tiles.Tile) -> tuple[slice, slice]:
    """Rows and columns of what was read for a tile that a part of it reads."""
    y, x = part.read.y - tile.read.y, part.read.x - tile.read.x
    return slice(y, y + part.read.height), slice(x, x + part.read.width)


def given_back(
    target: NDArray[Any], tile: tiles.Tile, fine: FloatArray, seen: TileSamples, scale: int
) -> None:
    """Blend the samples of a tile's core into ``target``; a bad pixel's are its own."""
    here = tiles.inner(tile)
    bad = repeat(seen.bad[here], scale)
    y = np.where(bad, repeat(seen.samples[here], scale), fine)
    tiles.add(target, tile, y, scale, bad)


def _half_of_bad(
    half: FloatArray, fine: FloatArray, tile: tiles.Tile, seen: TileSamples, scale: int
) -> FloatArray:
    """Of a tile's core. Where there is no data there is no interval; that of another bad pixel
    reaches to what stood for it.
    """
    here = tiles.inner(tile)
    bad, own = repeat(seen.bad[here], scale), repeat(seen.samples[here], scale)
    with np.errstate(invalid="ignore"):
        off = np.where(bad, np.abs(own - fine), np.float32(0))
    return half + (off if off.ndim == 2 else off.max(-1))


def colour(
    frame: Frame,
    fine: NDArray[Any],
    brush: ColourPlan,
    setting: Setting,
    run: TileRun,
    target: NDArray[Any],
    halves: NDArray[Any] | None,
) -> None:
    """Fill ``target`` (zeros of (sH, sW, 2)) with chroma for ``fine``, the samples (sH, sW)
    that the chroma will be shown with, and ``halves`` (zeros of (sH, sW)) with half of the
    intervals of its a and b.
    """
    scale = fine.shape[0] // frame.shape[0]
    spread = brush.spread if halves is not None else None

    def read_light(tile: tiles.Tile) -> tuple[FloatArray, FloatArray]:
        cells = cells_of(tile)
        shown = lightness(region(fine, cells, scale, setting.fill), setting)
        return shown, shown[_within(cells, tile.core, scale)]

    def compute(tile: tiles.Tile, L_11HW: Tensor, _: FloatArray) -> Sequence[Tensor]:
        whole = cells_of(tile)

        def one(part: tiles.Tile) -> Sequence[Tensor]:
            coefficients, log_b = brush.memo.recall(
                memos.key(brush.key, part.read),
                partial(_coefficients, frame, brush, setting, part, run),
            )
            light = L_11HW[(..., *_within(whole, cells_of(part), scale))]
            return _painted(part, coefficients, log_b if spread else None, light, scale)

        return run.computed(tile, one)

    def take_in(tile: tiles.Tile, light: FloatArray, made: Arrays) -> None:
        check_sound(made[0])
        chroma = brush.finished(frame, tile, made[1], light, scale)
        tiles.add(target, tile, colour_space.fit_gamut(light, chroma), scale)
        if halves is not None:
            tiles.add(halves, tile, made[2][..., 0] * np.float32(brush.factor), scale)
        run.tick(tile)

    carry(setting.device, run.plan, read_light, compute, take_in, run.at_once)


STRIP = 256  # rows of the frame that are painted at once: fine chroma takes much memory


def _painted(
    tile: tiles.Tile, coefficients: Tensor, log_b: Tensor | None, L_11HW: Tensor, scale: int
) -> list[Tensor]:
    """Whether it is sound, chroma (sh, sw, 2) of a tile's core, and b (sh, sw, 1) where its
    logarithm is known of cells; of lightness of the core's `cells_of`.
    """
    cells, cell = cells_of(tile), CELL * scale
    top, left = (cells.y - tile.read.y) // CELL, (cells.x - tile.read.x) // CELL
    kinds: list[list[Tensor]] = [[], []]
    for row in range(0, cells.height, STRIP):
        light = L_11HW[..., row * scale : (row + STRIP) * scale, :]
        place = (cell, top + row // CELL, left)
        kinds[0].append(paint_part(coefficients, light, *place))
        if log_b is not None:
            size = (light.shape[-2], light.shape[-1])
            kinds[1].append(interval_heads.fine_part(log_b, size, *place))
    where = (..., *_within(cells, tile.core, scale))
    whole = [torch.cat(strips, -2)[where] for strips in kinds if strips]
    return [whole[0].isfinite().all(), *map(_last, whole)]


def cells_of(tile: tiles.Tile) -> Window:
    """The core of a tile in whole cells of what it reads."""
    core, read = tile.core, tile.read
    top, left = (
        first + (start - first) // CELL * CELL
        for start, first in ((core.y, read.y), (core.x, read.x))
    )
    bottom, right = (
        first + -(-(stop - first) // CELL) * CELL
        for stop, first in ((core.y + core.height, read.y), (core.x + core.width, read.x))
    )
    return Window(top, left, bottom - top, right - left)


def _within(outer: Window, window: Window, scale: int) -> tuple[slice, slice]:
    y, x = (window.y - outer.y) * scale, (window.x - outer.x) * scale
    return slice(y, y + window.height * scale), slice(x, x + window.width * scale)


def _coefficients(
    frame: Frame, brush: ColourPlan, setting: Setting, tile: tiles.Tile, run: TileRun
) -> tuple[Tensor, Tensor | None]:
    """What the network says of a tile, and log b of its cells where a head tells it."""
    with run.reading:
        x, _ = read(frame, tile, setting)
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


def check_sound(sound: NDArray[Any]) -> None:
    """Raise NoNumbers when what a network said is no number somewhere."""
    if not bool(sound):
        raise NoNumbers(
            "a model with broken weights: what it says of this frame is no number",
            hint="Choose another model, or copy the model's folder again.",
        )


def read(frame: Frame, tile: tiles.Tile, setting: Setting) -> tuple[FloatArray, TileSamples]:
    """A tile's samples, reflected beyond the frame's edge, as a network is to see them: bad ones
    filled; and what they are.
    """
    window = tile.read.clip(frame.shape)
    wide = wider(window, frame.shape)
    x, kinds = judged(frame, setting.rule, wide)
    bad = any_of(kinds)
    part = Window(window.y - wide.y, window.x - wide.x, window.height, window.width).slices

    def cut(whole: NDArray[Any]) -> NDArray[Any]:
        return tiles.pad_to(whole[part], tile.read.height, tile.read.width)

    seen = TileSamples(cut(x), cut(bad), {kind: cut(mask) for kind, mask in kinds.items()})
    return cut(filled(x, bad, setting.fill)), seen


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


def repeat(pixels: NDArray[Any], scale: int) -> NDArray[Any]:
    """What is of input pixels as of fine pixels."""
    return pixels.repeat(scale, 0).repeat(scale, 1)
