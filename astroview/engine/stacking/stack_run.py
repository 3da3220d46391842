"""From frames to a stack: measured, registered, screened, tuned, and combined tile by tile.

Memory is bounded by the tile plan, whatever the number and size of the frames: they are read in
windows, and what is made goes to scratch files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum, sqrt
from typing import TYPE_CHECKING

import numpy as np

from astroview.core.frame import Frame, blocks
from astroview.core.texts import Text
from astroview.engine.runtime import scratch_arrays
from astroview.engine.stacking import (
    context_plane,
    field_sample,
    noise_finish,
    tile_plan,
    tile_work,
)
from astroview.engine.stacking.combine_tile import prepared
from astroview.engine.stacking.dither_check import dither_remark
from astroview.engine.stacking.field_sample import ErrorScale
from astroview.engine.stacking.lay_together import LaidFrames, lay_together
from astroview.engine.stacking.likelihood import NoiseModel, first_guess, solve
from astroview.engine.stacking.stack_choices import CannotCombine, Progress, StackChoices
from astroview.engine.stacking.tile_pieces import TileTask
from astroview.engine.stacking.tile_work import (
    FrameGone,
    TileRunner,
    TileWork,
    Tuned,
    on_threads,
)
from astroview.engine.stacking.unfit_frames import (
    UnfitFrame,
    check_filters,
    check_units,
    file_name,
    reasons_of,
    why_not_readable,
)
from astroview.engine.stacking.wide_grid import widened

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from astroview.engine.stacking.combine_tile import CombinedTile
    from astroview.engine.stacking.context_plane import Bits
    from astroview.engine.stacking.matched_frame import MatchedFrame
    from astroview.engine.stacking.tile_pieces import FineTile

MEASURED = "measured"  # samples before a network left their noise out
PLANES = ("samples", "sigma", "weight", "coverage")


@dataclass(frozen=True)
class Taken:
    """What became of a frame that took part: the share of its pixels that was rejected, and the
    root mean square of what is left of the others, in their noise.
    """

    exposure: MatchedFrame
    rejected: float
    residual: float


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
        reference pixel's sky), "coverage" (number of frames). NaN and 0 = no data. Where noise
        was left out, "measured" are the samples before, which "sigma" is of.
    taken, refused
        The frames of the stack, and those that were not fit for it.
    filters
        Their filters' names; empty where none is known.
    noise_free
        The line of history of the network that left noise out; "" where none did.
    remark
        What the user should know of the result; "" where there is nothing.
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
    noise_free: str = ""
    remark: str = ""

    @property
    def shape(self) -> tuple[int, int]:
        """(sH, sW)."""
        height, width = self.planes["samples"].shape
        return height, width


def stack_frames(
    frames: Sequence[Frame],
    folder: Path,
    choices: StackChoices,
    progress: Progress,
    run: TileRunner = on_threads,
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
    run
        Who computes the tiles; the result is the same.

    Raises
    ------
    CannotCombine
        Fewer than two frames are left, or they do not go together; with the reasons.
    """
    if choices.denoise and (choices.method == "drizzle" or choices.scale == 1):
        raise CannotCombine(
            "Noise can be left out of the most likely sky at x2 and finer only",
            hint="Combine by likelihood on a finer grid, or leave the noise in.",
        )
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
            return _combined(grid, refused, filters, folder, choices, progress, run)
        except FrameGone as gone:  # a frame vanished in mid-run: again without it
            left = list(together.exposures)
            lost = file_name(left.pop(gone.place).frame)
            refused.append(UnfitFrame(lost, Text("it could not be read: {why}", why=gone.why)))
            together = replace(together, exposures=tuple(left))


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
    why = reasons_of(refused)
    if of < 2:
        told = Text("One frame makes no stack") if of else Text("There are no frames to combine")
    elif frames:
        told = (
            Text("Of {of} frames only one is left to combine ({why})", of=of, why=why)
            if why
            else Text("Of {of} frames only one is left to combine", of=of)
        )
    elif why:
        told = Text("Of {of} frames none are left to combine ({why})", of=of, why=why)
    else:
        told = Text("Of {of} frames none are left to combine", of=of)
    raise CannotCombine(told, hint="Give two or more frames of one field, through one filter.")


# ---------------------------------------------------------------- combining


def _combined(
    together: LaidFrames,
    refused: Sequence[UnfitFrame],
    filters: tuple[str, ...],
    folder: Path,
    choices: StackChoices,
    progress: Progress,
    run: TileRunner,
) -> Stack:
    exposures, reference = together.exposures, together.reference
    progress(0, 0, "looking at a sample of the field")
    work = TileWork(exposures, together.sky, tuned(together, choices), choices)
    height, width = (n * choices.scale for n in reference.shape)
    names = (*PLANES, *((MEASURED,) if choices.denoise else ()))
    planes = {n: scratch_arrays.zeros(folder / f"{n}.npy", (height, width), np.float32)
              for n in names}  # fmt: skip
    deep = context_plane.planes_for(len(exposures))
    context = scratch_arrays.zeros(folder / "context.npy", (deep, height, width), np.uint32)
    tiles = list(tile_plan.tiles(reference.shape, choices, len(exposures)))
    sums = _Sums(exposures)
    for done, (tile, part) in enumerate(run((TileTask(t) for t in tiles), work), start=1):
        where = tile.result.slices
        for name in PLANES:
            planes[name][where] = part.planes[name]
        context[:, *where] = part.context
        sums.add(part)
        progress(done, len(tiles), "combining")
    line = ""
    if choices.denoise:
        line, sums = _noise_left_out(
            sums, tiles, work, planes, reference.unit, folder, progress, run
        )
    return Stack(
        *(reference, together.base, together.offset, planes, context),
        *(sums.taken(), tuple(refused), filters, choices),
        *(work.tuned.noise, work.tuned.rounds, line, dither_remark(exposures, choices.scale)),
    )


def _noise_left_out(
    sums: _Sums,
    tiles: Sequence[FineTile],
    work: TileWork,
    planes: dict[str, NDArray[np.float32]],
    unit: str,
    folder: Path,
    progress: Progress,
    run: TileRunner,
) -> tuple[str, _Sums]:
    """Change the samples to those without noise; what was measured is kept beside them."""
    samples, measured = planes["samples"], planes[MEASURED]
    proposal = noise_finish.propose(samples, unit, folder, progress)
    try:
        if not proposal.line:
            del planes[MEASURED]
            return "", sums
        for window in blocks(samples.shape, 1024):
            measured[window.slices] = samples[window.slices]
        again = _Sums(work.exposures)
        tasks = (TileTask(tile, proposal.window(tile)) for tile in tiles)
        for done, (tile, part) in enumerate(run(tasks, work), start=1):
            samples[tile.result.slices] = part.planes["samples"]
            again.add(part)
            progress(done, len(tiles), "holding it to the frames")
        return proposal.line, again
    finally:
        noise_finish.forget(folder)


class _Sums:
    """Of each frame, tile by tile: pixels there were, pixels rejected, and what is left of them."""

    def __init__(self, exposures: Sequence[MatchedFrame]) -> None:
        self._exposures = tuple(exposures)
        self._counts = np.zeros((len(exposures), 2))
        self._misfits: list[tuple[tuple[float, int], ...]] = []

    def add(self, part: CombinedTile) -> None:
        """One tile more."""
        self._counts += np.array(part.counts)
        self._misfits.append(part.misfits)

    def taken(self) -> tuple[Taken, ...]:
        """Of all tiles."""
        out, of = self._counts.T
        shares = out / np.maximum(of, 1)
        return tuple(
            Taken(exposure, float(share), self._residual(i))
            for i, (exposure, share) in enumerate(zip(self._exposures, shares, strict=True))
        )

    def _residual(self, i: int) -> float:
        """The same in whatever order tiles came."""
        left = fsum(tile[i][0] for tile in self._misfits)
        return sqrt(left / max(1, sum(tile[i][1] for tile in self._misfits)))


# ---------------------------------------------------------------- a sample first


def tuned(together: LaidFrames, choices: StackChoices) -> Tuned:
    """What a tile with many stars tells; as good as nothing is known where there is none."""
    exposures = together.exposures
    sigma = min(e.noise for e in exposures)
    noise = first_guess(sigma)
    rounds = choices.rounds or 24
    if choices.method == "drizzle":
        return Tuned(noise, 0, ErrorScale())
    tile = tile_plan.sample_tile(together, choices)
    pieces = tile_work.pieces(tile, exposures)
    if not pieces:
        return Tuned(noise, rounds, ErrorScale())
    start = prepared(pieces, tile, noise)
    s = solve(pieces, noise, tile.shape, 12, start)
    noise = NoiseModel(sigma, field_sample.photons_by(pieces, noise, s, tile.scale))
    prepared(pieces, tile, noise)
    rng = np.random.default_rng(1)
    rounds = choices.rounds or field_sample.rounds_by(pieces, noise, tile, rng)
    s = solve(pieces, noise, tile.shape, rounds)
    errors = field_sample.error_scale(pieces, noise, tile, rounds, s, rng)
    return Tuned(noise, rounds, errors)
