"""Tiles: read a little more than is kept, keep overlapping cores, blend them seamlessly.

A tile is read with a halo of context as wide as the network's receptive field, so that what it
keeps equals the result on the whole frame; neighbouring cores overlap by a few pixels and are
blended with ramps whose weights sum to 1, which hides what rounding is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from astroview.core.frame import Window
from astroview.core.lazy_dataclass import dataclass

FloatArray = NDArray[np.float32]
BLEND = 16  # pixels that neighbouring cores share


@dataclass(frozen=True)
class Tile:
    """One step of a plan, in pixels of the input.

    ``read``: what the network sees; its corner is a multiple of the stride, and it may reach
    beyond the bottom and right edge by less than a stride (filled by reflection).
    ``core``: what is kept of it. ``ramps``: how many of the core's first and last rows, first
    and last columns are shared with a neighbour.
    """

    read: Window
    core: Window
    ramps: tuple[int, int, int, int]


def plan(
    shape: tuple[int, int],
    size: int,
    halo: int,
    multiple_of: int = 1,
    blend: int = BLEND,
    whole: Window | None = None,
) -> tuple[Tile, ...]:
    """Cover (H, W) with cores of at most ``size`` pixels a side, in reading order. ``whole`` is
    covered by tiles that reach hardly beyond it: when these are done, all of it is.
    """
    size = max(size, 1)
    shared = min(blend, size // 4)
    spans = ((whole.y, whole.height), (whole.x, whole.width)) if whole else (None, None)
    rows, columns = (
        _axis(n, _cores(n, size, shared, span), halo, multiple_of, shared)
        for n, span in zip(shape, spans, strict=True)
    )
    return tuple(
        Tile(
            Window(y.first, x.first, y.last - y.first, x.last - x.first),
            Window(y.start, x.start, y.stop - y.start, x.stop - x.start),
            (y.before, y.after, x.before, x.after),
        )
        for y, x in product(rows, columns)
    )


@dataclass(frozen=True)
class _Span:
    first: int
    last: int
    start: int
    stop: int
    before: int
    after: int


def _cores(length: int, size: int, shared: int, whole: tuple[int, int] | None) -> list[int]:
    """Where along an axis the cores begin; each ends ``shared`` pixels into the next one."""
    step = size - shared
    if whole is None:
        count = 1 if length <= size else 1 + -(-(length - size) // step)
        return [i * step for i in range(count)]
    # The pixels shared with a neighbour are final late: they are to lie outside.
    first, last = whole[0] - shared, whole[0] + whole[1]
    cuts = [cut for cut in (first, last) if shared <= cut <= length - max(shared, 1)]
    starts: list[int] = []
    for a, b in pairwise([0, *cuts, length]):
        count = -(-(b - a) // step)
        starts += [a + (b - a) * i // count for i in range(count)]
    return starts


def _axis(length: int, starts: list[int], halo: int, multiple: int, shared: int) -> list[_Span]:
    padded = -(-length // multiple) * multiple
    spans: list[_Span] = []
    for start, following in pairwise([*starts, length]):
        stop = length if following == length else following + shared
        first = max(0, (start - halo) // multiple * multiple)
        last = min(padded, -(-(stop + halo) // multiple) * multiple)
        before, after = shared if start else 0, shared if following < length else 0
        spans.append(_Span(first, last, start, stop, before, after))
    return spans


def weights(tile: Tile, scale: int = 1) -> FloatArray:
    """(sH, sW) weights of a core magnified by ``scale``: 1 inside, ramps where it is shared."""
    top, bottom, left, right = tile.ramps
    rows = _ramp(tile.core.height * scale, top * scale, bottom * scale)
    columns = _ramp(tile.core.width * scale, left * scale, right * scale)
    return rows[:, None] * columns[None]


def _ramp(length: int, before: int, after: int) -> FloatArray:
    ramp = np.ones(length, np.float32)
    if before:
        ramp[:before] = (np.arange(before, dtype=np.float32) + 0.5) / before
    if after:
        ramp[-after:] *= (np.arange(after, dtype=np.float32)[::-1] + 0.5) / after
    return ramp


def add(
    target: NDArray[np.floating],
    tile: Tile,
    core: FloatArray,
    scale: int = 1,
    exact: NDArray[np.bool_] | None = None,
) -> None:
    """Blend the result of a tile's core, (sH, sW) or (sH, sW, C), into ``target`` in place.

    ``target`` starts as zeros; after the whole plan each of its pixels had weights of sum 1.
    Where ``exact``, a mask in the core's shape, one tile's values are taken as they are.
    """
    weight = weights(tile, scale)
    weight = weight if core.ndim == 2 else weight[..., None]
    if exact is not None and exact.any():
        own = np.zeros(core.shape[:2], np.float32)
        own[owned(tile, scale)] = 1
        weight = np.where(exact, own if core.ndim == 2 else own[..., None], weight)
        core = np.where(weight == 0, np.float32(0), core)  # no number times 0 would be none
    where = Window(*(n * scale for n in _numbers(tile.core))).slices
    target[where] += (core * weight).astype(target.dtype)


def owned(tile: Tile, scale: int = 1) -> tuple[slice, slice]:
    """The part of a tile's core that is no other tile's: parts of a plan cover it once."""
    _, bottom, _, right = tile.ramps
    return (
        slice(0, (tile.core.height - bottom) * scale),
        slice(0, (tile.core.width - right) * scale),
    )


def nearest_first(plan: Sequence[Tile], window: Window) -> tuple[Tile, ...]:
    """The plan with the tiles first whose cores lie on a window, and of them, and of the rest,
    those on or nearest to its middle.
    """
    y, x = window.y + window.height / 2, window.x + window.width / 2

    def away(tile: Tile) -> tuple[bool, float, float]:
        core = tile.core
        dy = max(core.y - y, 0, y - core.y - core.height)
        dx = max(core.x - x, 0, x - core.x - core.width)
        middle = abs(core.y + core.height / 2 - y) + abs(core.x + core.width / 2 - x)
        return not _meet(core, window), dy * dy + dx * dx, middle

    return tuple(sorted(plan, key=away))


class Ledger:
    """Tells which parts of a plan's result are final: where cores overlap, all must be done."""

    def __init__(self, plan: Sequence[Tile]) -> None:
        self._missing = list(plan)

    def done(self, tile: Tile) -> list[Window]:
        """Windows (pixels of the input) that became final with this tile."""
        self._missing.remove(tile)
        return [
            cell
            for cell in _cells(tile)
            if not any(_meet(cell, other.core) for other in self._missing)
        ]


def _cells(tile: Tile) -> list[Window]:
    """A core cut into its middle and what it shares with neighbours."""
    core, (top, bottom, left, right) = tile.core, tile.ramps
    rows = _cuts(core.y, core.height, top, bottom)
    columns = _cuts(core.x, core.width, left, right)
    return [Window(y, x, height, width) for y, height in rows for x, width in columns]


def _cuts(start: int, length: int, before: int, after: int) -> list[tuple[int, int]]:
    parts = ((start, before), (start + before, length - before - after))
    return [part for part in (*parts, (start + length - after, after)) if part[1] > 0]


def _meet(one: Window, other: Window) -> bool:
    apart_y = one.y + one.height <= other.y or other.y + other.height <= one.y
    apart_x = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (apart_y or apart_x)


def inner(tile: Tile, scale: int = 1) -> tuple[slice, slice]:
    """Where the core lies inside the read window's result, magnified by ``scale``."""
    y, x = tile.core.y - tile.read.y, tile.core.x - tile.read.x
    return Window(y * scale, x * scale, tile.core.height * scale, tile.core.width * scale).slices


def quarters(tile: Tile, halo: int, multiple_of: int = 1) -> tuple[Tile, ...]:
    """Tiles that read no more than a tile does and whose cores, which share nothing, are its core:
    four, or fewer of a narrow one, in reading order.
    """
    read, core = tile.read, tile.core
    rows = _halves(core.y, core.height, read.y, read.height, halo, multiple_of)
    columns = _halves(core.x, core.width, read.x, read.width, halo, multiple_of)
    return tuple(
        Tile(
            Window(y.first, x.first, y.last - y.first, x.last - x.first),
            Window(y.start, x.start, y.stop - y.start, x.stop - x.start),
            (0, 0, 0, 0),
        )
        for y, x in product(rows, columns)
    )


def _halves(
    start: int, length: int, first: int, extent: int, halo: int, multiple: int
) -> list[_Span]:
    middle = (start + length // 2) // multiple * multiple
    cuts = [start, *([middle] if start < middle < start + length else []), start + length]
    return [
        _Span(
            max(first, (a - halo) // multiple * multiple),
            min(first + extent, -(-(b + halo) // multiple) * multiple),
            *(a, b, 0, 0),
        )
        for a, b in pairwise(cuts)
    ]


def pad_to(samples: FloatArray, height: int, width: int) -> FloatArray:
    """Reflect (H, W, ...) at the bottom and right until it is (height, width, ...)."""
    rows, columns = height - samples.shape[0], width - samples.shape[1]
    if rows == 0 and columns == 0:
        return samples
    pads = [(0, rows), (0, columns), *[(0, 0)] * (samples.ndim - 2)]
    return np.pad(samples, pads, mode="reflect")


def _numbers(window: Window) -> tuple[int, int, int, int]:
    return window.y, window.x, window.height, window.width
