"""A combined model tile by tile: samples with their flux kept, and chroma, from one pass.

Legend: ``x`` samples in native units, ``L`` Oklab lightness, ``s`` the scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from astroview.core import tiles
from astroview.core.colour import colour_space
from astroview.core.frame import Frame, Window
from astroview.engine.networks.colorizer import CELL
from astroview.engine.networks.combined import REACH, Combined, CombinedAnswer, Inner, chroma
from astroview.engine.networks.regional_code import Place, from_numbers, of_whole
from astroview.engine.networks.tile_superres import NearBad, Sharpener, sharpen
from astroview.engine.pipeline import tile_stages
from astroview.engine.pipeline.colour_plan import ColourPlan
from astroview.engine.pipeline.tile_run import TileRun
from astroview.engine.pipeline.tile_stages import TileSamples
from astroview.engine.runtime.transfer import Arrays, carry

FloatArray = NDArray[np.float32]


@dataclass(frozen=True)
class Targets:
    """Where the results go, zeros at first: samples (sH, sW), chroma (sH, sW, 2); ``samples`` is
    None where those of an earlier result, ``kept``, are painted anew.
    """

    samples: NDArray[Any] | None
    chroma: NDArray[Any]
    kept: NDArray[Any] | None = None


def sharpen_and_paint(
    frame: Frame,
    how: Sharpener,
    brush: ColourPlan,
    setting: tile_stages.Setting,
    run: TileRun,
    targets: Targets,
) -> tile_stages.Tally:
    """Fill the targets for a grey frame; ``setting`` has the stretch under which it is painted."""
    network, tally = how.network, tile_stages.Tally()
    assert isinstance(network, Combined)
    code, scale = from_numbers(brush.code).to(setting.device), network.scale

    def get(tile: tiles.Tile) -> tuple[FloatArray, TileSamples]:
        with run.reading:
            return tile_stages.read(frame, tile, setting)

    def one(x: Tensor, beside: NearBad | None, tile: tiles.Tile) -> Sequence[Tensor]:
        inner = inner_of(tile)
        light = tile_stages.tensor(
            tile_stages.lightness(x[0, 0].cpu().numpy(), setting), setting.device
        )
        near = beside and beside.part(*inner.slices)
        made = sharpen(how, x[(..., *inner.slices)].contiguous(), near)
        place = Place(tile.read.y, tile.read.x, *frame.shape)
        coefficients, logits = network.colour(light, code, None, place)
        detail = network.detail(made.features, of_whole(code))
        said = CombinedAnswer(made.samples, detail, coefficients, logits)
        fine = made.samples[0, 0].cpu().numpy()
        if targets.kept is not None:
            fine = _kept(targets.kept, tile, inner, scale, setting.fill)
        shown = tile_stages.lightness(fine, setting)
        ab = chroma(said, tile_stages.tensor(shown, setting.device), inner)
        share = made.share[0, 0][_core(tile, inner, 1)]
        where = _core(tile, inner, scale)
        parts = (made.samples[0, 0], tile_stages.tensor(shown, setting.device)[0, 0], _last(ab))
        return [made.sound & ab.isfinite().all(), share, *(part[where] for part in parts)]

    def compute(tile: tiles.Tile, x_1CHW: Tensor, seen: TileSamples) -> Sequence[Tensor]:
        beside = tile_stages.near_bad(seen, x_1CHW)

        def some(part: tiles.Tile) -> Sequence[Tensor]:
            near = beside and beside.part(*tile_stages.where_in(tile, part))
            return one(tile_stages.part_of(x_1CHW, tile, part), near, part)

        return run.computed(tile, some)

    def take_in(tile: tiles.Tile, pixels: TileSamples, made: Arrays) -> None:
        sound, share, fine, shown, ab = made
        tile_stages.check_sound(sound)
        if targets.samples is not None:
            tile_stages.given_back(targets.samples, tile, fine, pixels, scale)
            tally.take(tile, pixels, share)
        painted = brush.finished(frame, tile, ab, shown, scale)
        tiles.add(targets.chroma, tile, colour_space.fit_gamut(shown, painted), scale)
        run.tick(tile)

    carry(setting.device, run.plan, get, compute, take_in, run.at_once)
    return tally


def inner_of(tile: tiles.Tile) -> Inner:
    """The core of a tile and `REACH` around it, in cells, as far as was read."""
    core, read = tile.core, tile.read
    top, left = (
        max(0, start - first - REACH) // CELL * CELL
        for start, first in ((core.y, read.y), (core.x, read.x))
    )
    bottom, right = (
        min(length, -(-(stop - first + REACH) // CELL) * CELL)
        for stop, first, length in (
            (core.y + core.height, read.y, read.height),
            (core.x + core.width, read.x, read.width),
        )
    )
    return Inner(top, left, bottom - top, right - left)


def _core(tile: tiles.Tile, inner: Inner, scale: int) -> tuple[slice, slice]:
    """Where the core lies in the inner part, in fine pixels."""
    y = tile.core.y - tile.read.y - inner.top
    x = tile.core.x - tile.read.x - inner.left
    return (
        slice(y * scale, (y + tile.core.height) * scale),
        slice(x * scale, (x + tile.core.width) * scale),
    )


def _kept(
    samples: NDArray[Any], tile: tiles.Tile, inner: Inner, scale: int, fill: float
) -> FloatArray:
    top, left = tile.read.y + inner.top, tile.read.x + inner.left
    return tile_stages.region(samples, Window(top, left, inner.height, inner.width), scale, fill)


def _last(planes: Tensor) -> Tensor:
    return planes[0].permute(1, 2, 0)
