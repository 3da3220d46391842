"""From frames to a stack: measured, registered, screened, tuned, and combined tile by tile.

Memory is bounded by the tile plan, whatever the number and size of the frames: they are read in
windows, and what is made goes to scratch files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import Frame, Window
from astroview.engine.runtime import scratch_arrays
from astroview.engine.stacking import context_plane, field_sample
from astroview.engine.stacking.combine_tile import CombinedTile, combine, prepared
from astroview.engine.stacking.field_sample import ErrorScale
from astroview.engine.stacking.lay_together import LaidFrames, lay_together
from astroview.engine.stacking.likelihood import NoiseModel, first_guess, solve
from astroview.engine.stacking.stack_choices import CannotCombine, Progress, StackChoices
from astroview.engine.stacking.tile_pieces import MARGIN, FineTile, pieces_of
from astroview.engine.stacking.unfit_frames import (
    UnfitFrame,
    check_filters,
    check_units,
    file_name,
    why_not_readable,
)
from astroview.engine.stacking.wide_grid import widened

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from astroview.engine.stacking.context_plane import Bits
    from astroview.engine.stacking.matched_frame import MatchedFrame

PLANES = ("samples", "sigma", "weight", "coverage")
_LARGEST, _SMALLEST = 192, 24  # reference pixels of a tile's side
_ENTRIES = 1e8  # of the matrices of all frames of a tile, all workers together
_MOST_WORKERS = 4
_FINEST_NEEDED = 2


@dataclass(frozen=True)
class Taken:
    """What became of a frame that took part: the share of its pixels that was rejected."""

    exposure: MatchedFrame
    rejected: float


@dataclass(frozen=True, eq=False)
class Stack:
    """Frames combined.

    Attributes
    ----------
    reference
        The grid: the reference frame, or one that reaches farther (`wide_grid`).
    base, offset
        The reference frame itself, and row and column of its first pixel on the grid.
    context
        (planes, sH, sW) which frames have a part in a pixel, see `context_plane`.
    planes
        Arrays (sH, sW) in scratch files by name: "samples" (means, in the reference's unit, with
        its sky), "sigma" (their standard deviation), "weight" (one over the variance of a
        reference pixel's sky), "coverage" (number of frames). NaN and 0 = no data.
    taken, refused
        The frames of the stack, and those that were not fit for it.
    filters
        Their filters' names; empty where none is known.
    """

    reference: Frame
    base: Frame
    offset: tuple[int, int]
    planes: dict[str, NDArray[np.float32]]
    context: Bits
    taken: tuple[Taken, ...]
    refused: tuple[UnfitFrame, ...]
    filters: tuple[str, ...]
    choices: StackChoices
    noise: NoiseModel
    rounds: int

    @property
    def shape(self) -> tuple[int, int]:
        """(sH, sW)."""
        height, width = self.planes["samples"].shape
        return height, width


@dataclass(frozen=True)
class _Tuned:
    noise: NoiseModel
    rounds: int
    errors: ErrorScale


def stack_frames(
    frames: Sequence[Frame], folder: Path, choices: StackChoices, progress: Progress
) -> Stack:
    """Combine frames of one field.

    Parameters
    ----------
    frames
        Grey and linear; at least two must be of one field and fit.
    folder
        Where scratch arrays go; must outlive the stack.
    progress
        Called with (done, of, note); may raise Cancelled.

    Raises
    ------
    CannotCombine
        Fewer than two frames are left, or they do not go together; with the reasons.
    """
    usable, refused = _usable(frames)
    _enough(usable, refused, len(frames))
    filters = check_filters(usable, choices)
    check_units(usable)
    together = lay_together(usable, choices, frames, progress)
    refused += together.refused
    while True:
        _enough([e.frame for e in together.exposures], refused, len(frames))
        try:
            grid = widened(together) if choices.extent == "union" else together
            return _combined(grid, refused, filters, folder, choices, progress)
        except _Gone as gone:  # a frame vanished in mid-run: again without it
            refused.append(UnfitFrame(file_name(gone.frame), f"it could not be read: {gone.why}"))
            left = tuple(e for e in together.exposures if e.frame is not gone.frame)
            together = replace(together, exposures=left)


def _usable(frames: Sequence[Frame]) -> tuple[list[Frame], list[UnfitFrame]]:
    usable: list[Frame] = []
    refused: list[UnfitFrame] = []
    for frame in frames:
        if why := why_not_readable(frame):
            refused.append(UnfitFrame(file_name(frame), why))
        else:
            usable.append(frame)
    return usable, refused


def _enough(frames: Sequence[Frame], refused: Sequence[UnfitFrame], of: int) -> None:
    if len(frames) >= 2:
        return
    why = "; ".join(f"{one.name}: {one.reason}" for one in refused[:6])
    more = f"; and {len(refused) - 6} more" if len(refused) > 6 else ""
    raise CannotCombine(
        f"Of {of} frames {'only one is' if frames else 'none are'} left to combine"
        + (f" ({why}{more})" if why else ""),
        hint="Give two or more frames of one field, through one filter.",
    )


class _Gone(Exception):
    def __init__(self, frame: Frame, why: str) -> None:
        super().__init__(why)
        self.frame, self.why = frame, why


# ---------------------------------------------------------------- combining


def _combined(
    together: LaidFrames,
    refused: Sequence[UnfitFrame],
    filters: tuple[str, ...],
    folder: Path,
    choices: StackChoices,
    progress: Progress,
) -> Stack:
    exposures, reference = together.exposures, together.reference
    progress(0, 0, "looking at a sample of the field")
    tuned = _tuned(together, choices)
    height, width = (n * choices.scale for n in reference.shape)
    planes = {n: scratch_arrays.zeros(folder / f"{n}.npy", (height, width), np.float32)
              for n in PLANES}  # fmt: skip
    deep = context_plane.planes_for(len(exposures))
    context = scratch_arrays.zeros(folder / "context.npy", (deep, height, width), np.uint32)
    rejected, seen = np.zeros(len(exposures)), np.zeros(len(exposures))
    tiles = list(_tiles(reference.shape, choices, exposures))
    for done, (tile, part) in enumerate(_all_tiles(tiles, together, tuned, choices), start=1):
        where = tile.result.slices
        for name in PLANES:
            planes[name][where] = part.planes[name]
        context[:, *where] = part.context
        for i, (out, of) in enumerate(part.counts):
            rejected[i] += out
            seen[i] += of
        progress(done, len(tiles), "combining")
    taken = tuple(
        Taken(e, float(out / of) if of else 0.0)
        for e, out, of in zip(exposures, rejected, seen, strict=True)
    )
    return Stack(
        *(reference, together.base, together.offset, planes, context, taken, tuple(refused)),
        *(filters, choices, tuned.noise, tuned.rounds),
    )


def _all_tiles(
    tiles: Sequence[FineTile], together: LaidFrames, tuned: _Tuned, choices: StackChoices
) -> Iterator[tuple[FineTile, CombinedTile]]:
    """Each tile combined, in order; some at a time."""

    def work(tile: FineTile) -> CombinedTile:
        pieces = _pieces(tile, together.exposures)
        return combine(pieces, tile, together, tuned.noise, tuned.rounds, tuned.errors, choices)

    scale, frames = tiles[0].scale, len(together.exposures)
    room = int(_ENTRIES / (_entries(scale, frames) * (_side(scale, frames) + 2 * MARGIN) ** 2))
    workers = max(1, min(_MOST_WORKERS, os.cpu_count() or 1, len(tiles), room))
    pool = ThreadPoolExecutor(workers)
    try:
        ahead: list[tuple[FineTile, Any]] = []
        for tile in tiles:
            ahead.append((tile, pool.submit(work, tile)))
            if len(ahead) > workers:
                first, future = ahead.pop(0)
                yield first, future.result()
        for first, future in ahead:
            yield first, future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _pieces(tile: FineTile, exposures: Sequence[MatchedFrame]) -> list[Any]:
    found: list[Any] = []
    for exposure in exposures:
        try:
            found += pieces_of(tile, [exposure])
        except UnreadableFrame as problem:
            raise _Gone(exposure.frame, problem.message) from problem
    return found


def _tiles(
    shape: tuple[int, int], choices: StackChoices, exposures: Sequence[MatchedFrame]
) -> Iterator[FineTile]:
    """Cores that cover the result; the more frames, the smaller."""
    scale, binned = _grid(choices)
    side = _side(scale, len(exposures)) * scale
    rows, columns = (_even(n * scale, side, scale) for n in shape)
    for y, height in rows:
        for x, width in columns:
            yield FineTile(Window(y, x, height, width), scale, binned)


def _side(scale: int, frames: int) -> int:
    """Reference pixels of a tile's side, so that all frames' matrices fit."""
    most = _ENTRIES / _MOST_WORKERS / _entries(scale, frames)
    side = int(np.sqrt(most)) - 2 * MARGIN
    return max(_SMALLEST, min(side, _LARGEST))


def _entries(scale: int, frames: int) -> int:
    """Of the matrices of all frames, for one reference pixel (see `splines`)."""
    return (scale + 4) ** 2 * frames


def _grid(choices: StackChoices) -> tuple[int, int]:
    """Fine pixels to one of the reference, and how many of them make one of the result.

    Splines a whole pixel apart cannot hold an undersampled star: it is solved finer, then binned.
    """
    if choices.method == "likelihood" and choices.scale < _FINEST_NEEDED:
        return _FINEST_NEEDED, _FINEST_NEEDED // choices.scale
    return choices.scale, 1


def _even(length: int, side: int, scale: int) -> list[tuple[int, int]]:
    """An axis in parts of nearly one length, whole reference pixels each."""
    count = -(-length // side)
    edges = [round(i * length / count / scale) * scale for i in range(count + 1)]
    return [(a, b - a) for a, b in pairwise(edges) if b > a]


# ---------------------------------------------------------------- a sample first


def _tuned(together: LaidFrames, choices: StackChoices) -> _Tuned:
    """What a tile with many stars tells; as good as nothing is known where there is none."""
    exposures = together.exposures
    sigma = min(e.noise for e in exposures)
    noise = first_guess(sigma)
    rounds = choices.rounds or 24
    if choices.method == "drizzle":
        return _Tuned(noise, 0, ErrorScale())
    tile = _sample_tile(together, *_grid(choices))
    pieces = _pieces(tile, exposures)
    if not pieces:
        return _Tuned(noise, rounds, ErrorScale())
    start = prepared(pieces, tile, noise)
    s = solve(pieces, noise, tile.shape, 12, start)
    noise = NoiseModel(sigma, field_sample.photons_by(pieces, noise, s, tile.scale))
    prepared(pieces, tile, noise)
    rng = np.random.default_rng(1)
    rounds = choices.rounds or field_sample.rounds_by(pieces, noise, tile, rng)
    s = solve(pieces, noise, tile.shape, rounds)
    errors = field_sample.error_scale(pieces, noise, tile, rounds, s, rng)
    return _Tuned(noise, rounds, errors)


def _sample_tile(together: LaidFrames, scale: int, binned: int) -> FineTile:
    """The one that has most stars of the reference."""
    height, width = together.reference.shape
    side = min(_side(scale, len(together.exposures)), height, width)
    best, most = (0, 0), -1
    stars = together.stars
    for y in range(0, height - side + 1, max(side // 2, 1)):
        for x in range(0, width - side + 1, max(side // 2, 1)):
            inside = (stars.y >= y) & (stars.y < y + side) & (stars.x >= x) & (stars.x < x + side)
            if (count := int(inside.sum())) > most:
                best, most = (y, x), count
    y, x = best
    return FineTile(Window(y * scale, x * scale, side * scale, side * scale), scale, binned)
