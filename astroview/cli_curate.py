"""The command ``astroview curate``: what of a folder a model can learn from, and why no more."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from astroview import doors
from astroview.cli_inputs import Inputs
from astroview.core import extras
from astroview.core.errors import AstroviewError, Cancelled
from astroview.core.io.paths.plain_paths import plain
from astroview.core.io.paths.remote_paths import door

if TYPE_CHECKING:
    from trainer.curate.curate_run import CurateChoices


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of ``astroview curate``."""
    add = command.add_argument
    add("folder", type=Path, metavar="DIR", help="searched with its sub-folders; never changed")
    add("--out", type=Path, metavar="DIR",
        help="for the report and what was seen (default: the application's own)")  # fmt: skip
    add("--high", type=Path, metavar="DIR",
        help="better frames of the same names as in the first folder: pairs")  # fmt: skip
    add("--pairs", type=door, metavar="FILE.csv",
        help="pairs of frames: columns low, high; or -, or a URL")  # fmt: skip
    add("--accept", action="append", default=[], type=Path, metavar="FILE",
        help="take it all the same, from now on; may be repeated")  # fmt: skip
    add("--refuse", action="append", default=[], type=Path, metavar="FILE",
        help="leave it out, from now on; may be repeated")  # fmt: skip
    add("--held-out", type=_share, default=0.15, metavar="SHARE",
        help="of the targets, kept for the scores (default: 0.15)")  # fmt: skip
    add("--events", action="store_true",
        help="for programs: JSON lines on stdout, with thumbnails")  # fmt: skip
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Run it; the exit code is 0 when something was accepted."""
    extras.need("train")
    with Inputs() as here:
        return _curate(chosen, here(chosen.pairs) if chosen.pairs else None)


def _curate(chosen: argparse.Namespace, pairs: Path | None) -> int:
    from trainer.curate.curate_console import in_lines
    from trainer.curate.curate_run import CurateChoices, curate

    choices = CurateChoices(chosen.out, chosen.high, pairs, chosen.held_out, thumbs=chosen.events)
    _overrule(chosen, choices)
    if chosen.events:
        return _with_events(chosen.folder, choices)
    with in_lines() as tell:
        made = curate(chosen.folder, choices, tell)
    return doors.DONE if made.samples else doors.FAILED


def _with_events(folder: Path, choices: CurateChoices) -> int:
    from astroview.core.messages.curate_messages import CurateProblem
    from trainer.curate.curate_run import curate
    from trainer.loop.event_lines import EventLines, when_closed

    tell = EventLines(doors.claim_stdout())
    when_closed(sys.stdin.fileno(), tell.leave)
    try:
        made = curate(folder, choices, tell)
    except Cancelled:
        return doors.FAILED
    except AstroviewError as error:
        with suppress(Cancelled):
            tell(CurateProblem(error.message, error.hint))
        raise
    return doors.DONE if made.samples else doors.FAILED


def _overrule(chosen: argparse.Namespace, choices: CurateChoices) -> None:
    """Keep what --accept and --refuse say with what was said before."""
    from astroview.core.messages import curation_overrides
    from trainer.curate.curate_run import notes_of

    if not chosen.accept and not chosen.refuse:
        return
    folder = plain(chosen.folder)
    path = (choices.out or notes_of(folder)) / curation_overrides.NAME
    wishes = curation_overrides.read(path, folder)
    wishes |= {str(plain(p)): True for p in chosen.accept}
    wishes |= {str(plain(p)): False for p in chosen.refuse}
    curation_overrides.write(path, folder, wishes)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share < 1:
        raise argparse.ArgumentTypeError(f"no share: {text} (try 0.15)")
    return share
