"""The command ``astroview stack``: many frames of one field combined on a finer grid."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from astroview import doors
from astroview.cli_inputs import Inputs
from astroview.core.errors import AstroviewError, Cancelled
from astroview.core.io.paths.remote_paths import door

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from astroview.core.messages.stack_messages import (
        StackDone,
        StackedFrame,
        StackFields,
        StackProblem,
    )
    from astroview.engine.stacking.stack_choices import StackChoices

_EVERY_S = 0.1  # between two lines of progress


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of ``astroview stack``."""
    from astroview.core.stack_terms import EXTENTS, KERNELS, METHODS, SCALES

    add = command.add_argument
    add("paths", nargs="+", type=door, metavar="FRAME",
        help="frames of one field, or a folder of them; or a URL")  # fmt: skip
    add("--out", required=True, type=Path, metavar="FILE",
        help=".fits; with --by-field a folder")  # fmt: skip
    add("--by-field", action="store_true",
        help="frames of many fields and filters: a stack of each")  # fmt: skip
    add("--extent", choices=EXTENTS, default="reference",
        help="what the result covers (default: the reference)")  # fmt: skip
    add("--scale", type=int, choices=SCALES, default=2,
        help="times as fine as the reference's pixels (default: 2)")  # fmt: skip
    add("--method", choices=METHODS, default="likelihood",
        help="the sky that explains all pixels best, or drizzle (default: likelihood)")  # fmt: skip
    add("--pixfrac", type=float, default=0.8, help="of drizzle (default: 0.8)")
    add("--kernel", choices=KERNELS, default="square", help="of drizzle (default: square)")
    _add_how(command)
    command.set_defaults(run=run)


def _add_how(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("--reference", type=door, metavar="FRAME",
        help="whose grid, sky level and unit to take (default: the best one's)")  # fmt: skip
    add(
        "--hdu", metavar="HDU", help="of each file, by number or name; mosaic:wcs, mosaic:iraf: all"
    )
    add("--rounds", type=int, metavar="N", help="of the likelihood (default: found)")
    add("--denoise", action="store_true",
        help="have superres-x2 leave out the noise that is left: not for photometry")  # fmt: skip
    add("--mixed-filters", action="store_true", help="combine frames of different filters")
    add("--keep-all", action="store_true", help="also trailed, clouded and soft frames")
    add("--dask", metavar="ADDRESS",
        help="tiles on a cluster: tcp://scheduler:8786, a scheduler file, or local:4")  # fmt: skip
    add("--events", action="store_true", help="for programs: JSON lines on stdout")


def run(chosen: argparse.Namespace) -> int:
    """Run it; the exit code is 1 when nothing could be combined."""
    if not 0 < chosen.pixfrac <= 1:
        chosen.usage_error("pixfrac is above 0 and at most 1")
    if chosen.rounds is not None and not 1 <= chosen.rounds <= 1000:
        chosen.usage_error("rounds are 1 to 1000")
    from astroview.engine.stacking.stack_choices import StackChoices

    choices = StackChoices(
        scale=chosen.scale,
        method=chosen.method,
        pixfrac=chosen.pixfrac,
        kernel=chosen.kernel,
        mixed_filters=chosen.mixed_filters,
        keep_all=chosen.keep_all,
        rounds=chosen.rounds,
        extent=chosen.extent,
        denoise=chosen.denoise,
    )
    if chosen.by_field and chosen.reference is not None:
        chosen.usage_error("with --by-field each field has a reference of its own")
    if chosen.events:
        return _with_events(chosen, choices)
    if chosen.by_field:
        saved = _by_field(chosen, choices, _ProgressLine(), _print_event)
        return doors.DONE if saved else doors.FAILED
    for line in _told(_with_leave(chosen, choices)):
        print(line)
    return doors.DONE


def _with_leave(chosen: argparse.Namespace, choices: StackChoices) -> StackDone:
    """Combined; where filters differ, a user at a terminal is asked first."""
    from astroview.engine.stacking.stack_choices import MixedFilters

    try:
        return _stacked(chosen, choices, _ProgressLine())
    except MixedFilters as problem:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise
        print(f"\r\033[K{problem.message}. Combine them all the same? [y/N] ", end="",
              file=sys.stderr, flush=True)  # fmt: skip
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            raise
    return _stacked(chosen, replace(choices, mixed_filters=True), _ProgressLine())


def _by_field(
    chosen: argparse.Namespace,
    choices: StackChoices,
    progress: Callable[[int, int, str], None],
    tell: Callable[[StackDone | StackFields | StackProblem], object],
) -> int:
    from astroview.batch.tile_runner import tile_runner
    from astroview.engine.stacking.stack_files import stack_fields

    with Inputs() as local, tile_runner(chosen.dask) as tiles:
        paths = local.all(chosen.paths)
        return stack_fields(paths, chosen.out, choices, progress, tell, _hdu(chosen), tiles)


def _print_event(event: StackDone | StackFields | StackProblem) -> None:
    from astroview.core.messages.stack_messages import StackDone, StackFields

    match event:
        case StackFields():
            lines = [f"{one.name}: took no part: {one.reason}" for one in event.alone]
            lines.append(f"{len(event.names)} fields: {', '.join(event.names)}")
        case StackDone():
            lines = ["", *_told(event)]
        case _:
            print(f"{event.message}\n{event.hint}".rstrip(), file=sys.stderr)
            return
    for line in lines:
        print(line, flush=True)


def _hdu(chosen: argparse.Namespace) -> int | str | None:
    return int(chosen.hdu) if chosen.hdu and chosen.hdu.isdecimal() else chosen.hdu


def _stacked(
    chosen: argparse.Namespace, choices: StackChoices, progress: Callable[[int, int, str], None]
) -> StackDone:
    from astroview.batch.tile_runner import tile_runner
    from astroview.engine.stacking.stack_files import stack_files

    with Inputs() as local, tile_runner(chosen.dask) as tiles:
        paths = local.all(chosen.paths)
        copies = dict(zip(chosen.paths, paths, strict=True))
        reference = copies.get(chosen.reference, chosen.reference)
        if isinstance(reference, str):  # a URL that is not among the frames
            reference = local(reference)
        return stack_files(*(paths, chosen.out, choices, progress, _hdu(chosen), reference, tiles))


class _ProgressLine:
    """Progress as one line that is written over; nothing where stderr is no terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._clock = StepClock()

    def __call__(self, done: int, of: int, note: str) -> None:
        if not self._shown:
            return
        eta = self._clock.eta(done, of, note)
        left = f", {eta:.0f} s left" if eta is not None else ""
        part = f" {done}/{of}{left}" if of else ""
        end = "\n" if note == "saving" else ""
        print(f"\r\033[K{note}{part}", end=end, file=sys.stderr, flush=True)


class StepClock:
    """How long a step has yet to go, by how long it has gone."""

    def __init__(self) -> None:
        self._note, self._begun = "", 0.0

    def eta(self, done: int, of: int, note: str) -> float | None:
        """Seconds; None until it can be told."""
        now = time.monotonic()
        if note != self._note:
            self._note, self._begun = note, now
        return (now - self._begun) / done * (of - done) if done and of else None


def _told(done: StackDone) -> list[str]:
    """The result for a terminal: a table of the frames, and where it went."""
    names = max(len(one.name) for one in done.frames)
    lines = [
        f"{'frame':<{names}}       dx       dy   turn deg    scale  stars  rms px  light  "
        "FWHM px  rejected"
    ]
    lines += [_row(one, names) for one in done.frames if not one.reason]
    lines += [f"{one.name}: took no part: {one.reason}" for one in done.frames if one.reason]
    taken = sum(not one.reason for one in done.frames)
    how = f"{done.method}, {done.rounds} rounds" if done.rounds else done.method
    lines.append(
        f"{done.path}: {taken} of {len(done.frames)} frames, measured and combined, x{done.scale}"
        f" ({how}) in {done.seconds:.1f} s"
    )
    return [*lines, *([done.remark] if done.remark else [])]


def _row(one: StackedFrame, names: int) -> str:
    mark = "  the reference" if one.is_reference else ""
    dx, dy = (round(shift, 3) + 0.0 for shift in (one.dx, one.dy))  # never -0.000
    return (
        f"{one.name:<{names}} {dx:8.3f} {dy:8.3f} {one.rotation:10.4f} {one.scale:8.5f}"
        f" {one.stars:6d} {one.rms:7.3f} {one.light:6.3f} {one.fwhm:8.2f} {one.rejected:8.2%}{mark}"
    )


def _with_events(chosen: argparse.Namespace, choices: StackChoices) -> int:
    from astroview.core.messages.stack_messages import StackProblem, StackProgress
    from astroview.engine.stacking.stack_choices import MixedFilters
    from trainer.loop.event_lines import EventLines, when_closed

    tell = EventLines(doors.claim_stdout())
    when_closed(sys.stdin.fileno(), tell.leave)
    clock, last = StepClock(), [0.0, ""]

    def progress(done: int, of: int, note: str) -> None:
        eta, now = clock.eta(done, of, note), time.monotonic()
        if note != last[1] or done == of or now - float(last[0]) >= _EVERY_S:
            last[:] = [now, note]
            tell(StackProgress(done, of, note, eta))

    try:
        if chosen.by_field:
            return doors.DONE if _by_field(chosen, choices, progress, tell) else doors.FAILED
        tell(_stacked(chosen, choices, progress))
    except Cancelled:
        return doors.FAILED
    except AstroviewError as error:
        with suppress(Cancelled):
            tell(StackProblem(error.message, error.hint, isinstance(error, MixedFilters)))
        raise
    return doors.DONE
