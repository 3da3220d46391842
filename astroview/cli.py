"""The commands: ``astroview enhance | compose | curate | train | info | ...``. They load neither
Qt nor torch before they need them.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from astroview import (
    cli_compose,
    cli_curate,
    cli_enhance,
    cli_evaluate,
    cli_gather,
    cli_models,
    cli_train,
    cli_verify,
    doors,
    preflight,
)
from astroview.core import limits
from astroview.core.errors import AstroviewError

DONE, FAILED = doors.DONE, doors.FAILED
DEMO_PICTURE = Path("demo.png")
READERS = ("enhance", "compose", "curate", "train", "evaluate", "info", "demo")


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    top = argparse.ArgumentParser(prog="astroview")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (add, summary) in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary)
        add(command)
        if name in READERS:
            add_max_bytes(command)
    return top


def add_max_bytes(command: argparse.ArgumentParser) -> None:
    """The argument ``--max-bytes``, for this process and those that it starts."""
    command.add_argument("--max-bytes", type=_allowed, metavar="SIZE",
        help="what one file may take of memory or scratch, such as 20GB (default: what its"
        " size explains and the machine has free)")  # fmt: skip


def _allowed(words: str) -> str:
    try:
        return str(limits.parse(words))
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"no size: {words} (try 20GB)") from None


def run(arguments: list[str]) -> int:
    """Run a command; the exit code is 0 all done, 1 some failed, 2 wrong usage."""
    return doors.guarded(lambda: _run(arguments))


def _run(arguments: list[str]) -> int:
    chosen = parser().parse_args(arguments)
    if getattr(chosen, "max_bytes", None):
        os.environ[limits.VARIABLE] = chosen.max_bytes
    return chosen.run(chosen)


# ---------------------------------------------------------------- info, demo


def _add_info(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    command.set_defaults(run=_info)


def _info(chosen: argparse.Namespace) -> int:
    from astroview.core.io.open_file import describe

    failed = False
    for path in chosen.paths:
        try:
            print(describe(path))
        except AstroviewError as error:
            doors.complain(error, f"{path}: ")
            failed = True
    return FAILED if failed else DONE


def _add_demo(command: argparse.ArgumentParser) -> None:
    command.add_argument("frame", nargs="?", type=Path, metavar="FRAME", help="default: a sample")
    command.set_defaults(run=_demo)


def _demo(chosen: argparse.Namespace) -> int:
    if preflight.has_display():
        return doors.open_window([chosen.frame] if chosen.frame else [], demo=True)
    print(f"No display here: rendering the window to {DEMO_PICTURE} instead.", flush=True)
    return doors.take_snapshot(DEMO_PICTURE, chosen.frame, enhance=True)


COMMANDS = {
    "enhance": (cli_enhance.add_arguments, "Colourise and super-resolve frames."),
    "compose": (cli_compose.add_arguments, "Compose colour from frames of several bands."),
    "curate": (cli_curate.add_arguments, "Say what of a folder a model can learn from."),
    "train": (cli_train.add_arguments, "Tune a model on your own pictures."),
    "evaluate": (cli_evaluate.add_arguments, "Score models on held-out pictures and skies."),
    "gather": (cli_gather.add_arguments, "Fetch frames of a target from a sky archive."),
    "info": (_add_info, "Say what is in a file: HDUs, shape, type, WCS, stretch."),
    "verify": (cli_verify.add_arguments, "Say whether a saved result is what it says it is."),
    "models": (cli_models.add_arguments, "List, share, import and remove models."),
    "demo": (_add_demo, "Show the window with a sample frame enhanced."),
}
