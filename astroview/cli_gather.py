"""The command ``astroview gather``: frames of a target from a sky archive, with their credits."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from astroview import doors
from astroview.core.errors import AstroviewError, Cancelled

if TYPE_CHECKING:
    from astroview.core.messages.gather_messages import Gathered
    from trainer.gather.gather_run import GatherOrder

SURVEYS = "hla, hst, jwst, sdss, dss, sdss-colour, panstarrs, skyview, hips:ID, skyview:NAME"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of ``astroview gather``."""
    add = command.add_argument
    add("--target", required=True, metavar="NAME", help="such as M101, or RA and Dec in degrees")
    add("--survey", required=True, metavar="NAME", help=SURVEYS)
    add("--count", type=_count, default=100, metavar="N", help="frames, at most (default: 100)")
    add("--out", required=True, type=Path, metavar="DIR", help="folder for the frames")
    add("--size", type=_positive, default=0.15, metavar="DEG",
        help="side of a cut-out, or how far from the target to look (default: 0.15)")  # fmt: skip
    add("--pause", type=_positive, default=1.0, metavar="S",
        help="between two requests to an archive (default: 1)")  # fmt: skip
    add("--check", action="store_true", help="compare checksums of what is there already")
    add("--events", action="store_true", help="for programs: JSON lines on stdout")
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Run it; the exit code is 1 when a frame is missing."""
    from trainer.gather.gather_console import in_lines
    from trainer.gather.gather_run import GatherOrder, gather

    order = GatherOrder(
        chosen.target, chosen.survey, chosen.count, chosen.out.absolute(), chosen.size,
        chosen.pause, chosen.check,
    )  # fmt: skip
    if chosen.events:
        return _with_events(order)
    with in_lines() as tell:
        return _code(gather(order, tell))


def _with_events(order: GatherOrder) -> int:
    from astroview.core.messages.gather_messages import GatherProblem
    from trainer.gather.gather_run import gather
    from trainer.loop.event_lines import EventLines, when_closed

    tell = EventLines(doors.claim_stdout())
    when_closed(sys.stdin.fileno(), tell.leave)
    try:
        return _code(gather(order, tell))
    except Cancelled:
        return doors.FAILED
    except AstroviewError as error:
        with suppress(Cancelled):
            tell(GatherProblem(error.message, error.hint))
        raise


def _code(done: Gathered) -> int:
    return doors.FAILED if done.failed else doors.DONE


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"no number of frames: {text} (try 100)")
    return int(text)


def _positive(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 < number < 180:
        raise argparse.ArgumentTypeError(f"not a number above 0: {text}")
    return number
