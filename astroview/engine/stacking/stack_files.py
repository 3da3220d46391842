"""From frame files to a saved stack: what `astroview stack` and `astroview.stack` do."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from astroview.core.errors import AstroviewError, Cancelled
from astroview.core.io.open_file import open_frame
from astroview.core.io.paths.find_frames import frames_in
from astroview.core.io.paths.output_folder import make_output_folder
from astroview.core.io.paths.temp_folders import HeldFolder
from astroview.core.messages.stack_messages import (
    StackDone,
    StackedFrame,
    StackFields,
    StackProblem,
)
from astroview.core.texts import Text
from astroview.engine.stacking.field_groups import field_groups
from astroview.engine.stacking.stack_choices import CannotCombine, Progress, StackChoices
from astroview.engine.stacking.stack_file import check_target, rows, save_stack
from astroview.engine.stacking.stack_run import stack_frames
from astroview.engine.stacking.tile_work import TileRunner, on_threads
from astroview.engine.stacking.unfit_frames import UnfitFrame, reasons_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from astroview.core.frame import Frame


def listed(paths: Sequence[Path]) -> list[Path]:
    """The files that are meant, those of folders among them, each once."""
    found: list[Path] = []
    for path in paths:
        found += frames_in(path, recursive=False) if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def stack_files(
    paths: Sequence[Path],
    out: Path,
    choices: StackChoices,
    progress: Progress,
    hdu: int | str | None = None,
    reference: Path | None = None,
    run: TileRunner = on_threads,
) -> StackDone:
    """Combine files and save; tells what became of each.

    Parameters
    ----------
    paths
        Files, and folders of them.
    hdu
        Of each file: by number or name.
    reference
        The file whose grid the result has; None: the frame that measured best.
    run
        Who computes the tiles; the file is the same to the byte.

    Raises
    ------
    AstroviewError
        Fewer than two frames can be combined, or the result cannot be saved; no file is left.
    """
    files = listed(paths)
    frames, refused = _opened(files, hdu)
    if reference is not None:
        choices = replace(choices, reference=_place_of(reference, frames))
    check_target(out, files)
    return _stacked(frames, refused, out, choices, progress, run)


def stack_fields(
    paths: Sequence[Path],
    folder: Path,
    choices: StackChoices,
    progress: Progress,
    tell: Callable[[StackDone | StackFields | StackProblem], object],
    hdu: int | str | None = None,
    run: TileRunner = on_threads,
) -> int:
    """Combine the frames of each field and filter into a file of its own in a folder.

    Parameters
    ----------
    tell
        Called with what fields there are first, then with each stack when it is saved, or why
        there is none; one that fails does not stop the others.

    Returns
    -------
    int
        How many stacks were saved.

    Raises
    ------
    AstroviewError
        No two frames belong together, or the folder cannot be made.
    """
    files = listed(paths)
    frames, refused = _opened(files, hdu)
    groups, alone = field_groups(frames)
    alone += refused
    if not groups:
        count, why = len(frames) + len(refused), reasons_of(alone)
        raise CannotCombine(
            Text(
                "No two of {count} frames show one field in one filter ({why})",
                count=count,
                why=why,
            )
            if why
            else Text("No two of {count} frames show one field in one filter", count=count),
            hint="Give frames of one field; headers tell it by coordinates, OBJECT and FILTER.",
        )
    make_output_folder(folder)
    rows = tuple(StackedFrame(one.name, one.reason) for one in alone)
    tell(StackFields(tuple(group.name for group in groups), rows))
    saved = 0
    for group in groups:
        target = folder / f"{group.name}.fits"
        try:
            check_target(target, files)
            done = _stacked(group.frames, (), target, choices, progress, run)
        except Cancelled:
            raise
        except AstroviewError as problem:
            tell(StackProblem(f"{group.name}: {problem.message}", problem.hint))
        else:
            saved += 1
            tell(done)
    return saved


def _stacked(
    frames: Sequence[Frame],
    refused: Sequence[UnfitFrame],
    out: Path,
    choices: StackChoices,
    progress: Progress,
    run: TileRunner,
) -> StackDone:
    begun = time.monotonic()
    scratch = HeldFolder("astroview-stack-")
    try:
        try:
            stack = stack_frames(frames, scratch.path, choices, progress, run)
        except CannotCombine as problem:
            raise _with(problem, refused) from problem
        stack = replace(stack, refused=(*stack.refused, *refused))
        progress(0, 0, "saving")
        save_stack(stack, out)
        height, width = stack.reference.shape
        told, rounds, remark = rows(stack), stack.rounds, stack.remark
        del stack  # its maps keep scratch files open
    finally:
        scratch.release()
    return StackDone(
        *(str(out), choices.scale, choices.method, rounds, told),
        *(height, width, time.monotonic() - begun, remark),
    )


def _opened(files: Sequence[Path], hdu: int | str | None) -> tuple[list[Frame], list[UnfitFrame]]:
    frames: list[Frame] = []
    refused: list[UnfitFrame] = []
    for path in files:
        try:
            frames.append(open_frame(path, hdu))
        except AstroviewError as problem:
            refused.append(UnfitFrame(path.name, problem.message))
    return frames, refused


def _place_of(reference: Path, frames: Sequence[Frame]) -> int:
    for i, frame in enumerate(frames):
        if frame.path is not None and frame.path.absolute() == reference.absolute():
            return i
    raise CannotCombine(
        Text("{name} is not among the frames that can be read", name=reference.name),
        hint="Name one of the frames as the reference.",
    )


def _with(problem: CannotCombine, refused: Sequence[UnfitFrame]) -> CannotCombine:
    """The error, with what could not even be opened."""
    why = reasons_of(refused)
    if why is None:
        return problem
    return CannotCombine(Text.joined([problem.message, why]), problem.hint)
