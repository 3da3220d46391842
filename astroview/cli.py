"""The commands: ``astroview enhance | compose | stack | train | info | ...``. They load neither
Qt nor torch before they need them.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import time
from pathlib import Path
from typing import Any

from astroview import (
    cli_compose,
    cli_curate,
    cli_enhance,
    cli_evaluate,
    cli_gather,
    cli_models,
    cli_palettes,
    cli_parser,
    cli_stack,
    cli_train,
    cli_verify,
    doors,
    preflight,
)
from astroview.cli_inputs import Inputs
from astroview.core import memory_limits
from astroview.core.errors import AstroviewError
from astroview.core.io.paths.remote_paths import door

log = logging.getLogger(__name__)
DONE, FAILED = doors.DONE, doors.FAILED
DEMO_PICTURE = Path("demo.png")
READERS = ("enhance", "compose", "stack", "curate", "train", "evaluate", "palettes", "info", "demo")


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    top = cli_parser.CommandParser(prog="astroview")
    add_commands(top)
    return top


def add_commands(top: argparse.ArgumentParser) -> None:
    """The commands, each with what all of them take."""
    commands = top.add_subparsers(
        dest="command", required=True, metavar="COMMAND", prog="astroview"
    )
    for name, (add, summary) in COMMANDS.items():
        words = cli_parser.examples(name)
        command = commands.add_parser(name, help=summary, description=summary, epilog=words)
        add(command)
        if name in READERS:
            add_max_bytes(command)
        cli_parser.add_short(command, cli_parser.SHORT)
        cli_parser.add_messages(command)
        command.set_defaults(usage_error=command.error)


def add_max_bytes(command: argparse.ArgumentParser) -> None:
    """The argument ``--max-bytes``, for this process and those that it starts."""
    command.add_argument("--max-bytes", type=_allowed, metavar="SIZE",
        help="what one file may take of memory or scratch, such as 20GB (default: what its"
        " size explains and the machine has free)")  # fmt: skip


def _allowed(words: str) -> str:
    try:
        return str(memory_limits.parse(words))
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"no size: {words} (try 20GB)") from None


def run(arguments: list[str]) -> int:
    """Run a command; the exit code is 0 all done, 1 some failed, 2 wrong usage."""
    return doors.guarded(lambda: _run(arguments))


def _run(arguments: list[str]) -> int:
    chosen = parser().parse_args(arguments)
    if getattr(chosen, "max_bytes", None):
        os.environ[memory_limits.VARIABLE] = chosen.max_bytes
    cli_parser.tell_as_asked(chosen)
    began = time.monotonic()
    code = chosen.run(chosen)
    log.info("%s ended with %d after %.1f s", chosen.command, code, time.monotonic() - began)
    return code


# ---------------------------------------------------------------- info, demo


def _add_info(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="+", type=door, metavar="PATH",
        help="a file; or - for stdin, or a URL")  # fmt: skip
    command.add_argument("--json", action="store_true",
        help="for programs: a JSON object for each file, in a list")  # fmt: skip
    command.set_defaults(run=_info)


def _info(chosen: argparse.Namespace) -> int:
    from astroview.core.io.file_facts import file_facts
    from astroview.core.io.open_file import describe

    failed, facts = False, list[dict[str, Any]]()
    with Inputs() as local:
        for place in chosen.paths:
            try:
                path = local(place)
                facts += [file_facts(path) | {"file": str(place)}] if chosen.json else []
                if not chosen.json:
                    print(describe(path))
            except AstroviewError as error:
                doors.complain(error, f"{place}: ")
                facts.append({"file": str(place), "error": error.message, "hint": error.hint})
                failed = True
    if chosen.json:
        print(json.dumps(facts, indent=1))
    return FAILED if failed else DONE


def _add_demo(command: argparse.ArgumentParser) -> None:
    command.add_argument("frame", nargs="?", type=door, metavar="FRAME",
        help="a file; or - for stdin, or a URL (default: a sample)")  # fmt: skip
    command.set_defaults(run=_demo)


def _demo(chosen: argparse.Namespace) -> int:
    with Inputs() as local:
        return _show_demo(local(chosen.frame) if chosen.frame else None)


def _show_demo(frame: Path | None) -> int:
    if preflight.has_display():
        return doors.open_window([frame] if frame else [], demo=True)
    picture, number = DEMO_PICTURE, 2
    while picture.exists():  # nobody asked for this name
        picture, number = DEMO_PICTURE.with_stem(f"{DEMO_PICTURE.stem}-{number}"), number + 1
    print(f"No display here: rendering the window to {picture} instead.", flush=True)
    return doors.take_snapshot(picture, frame, enhance=True)


def _add_completion(command: argparse.ArgumentParser) -> None:
    command.add_argument("shell", choices=("bash", "zsh", "fish"), help="whose language to speak")
    command.set_defaults(run=_completion)


def _completion(chosen: argparse.Namespace) -> int:
    import shtab

    print(shtab.complete(whole_parser(files=False), shell=chosen.shell))
    return DONE


def whole_parser(files: bool = True) -> argparse.ArgumentParser:
    """Options of the window and all commands in one: for manual and reference.

    For completions without ``files``: where they stand, shtab would offer no command, and shells
    complete the names of files by themselves where nothing else fits.
    """
    from astroview.__main__ import parser as window_parser

    top = window_parser(files)
    add_commands(top)
    return top


COMMANDS = {
    "enhance": (cli_enhance.add_arguments, "Colourise and super-resolve frames."),
    "compose": (cli_compose.add_arguments, "Compose colour from frames of several bands."),
    "stack": (cli_stack.add_arguments, "Combine frames of one field on a finer grid."),
    "curate": (cli_curate.add_arguments, "Say what of a folder a model can learn from."),
    "train": (cli_train.add_arguments, "Tune a model on your own pictures."),
    "evaluate": (cli_evaluate.add_arguments, "Score models on held-out pictures and skies."),
    "gather": (cli_gather.add_arguments, "Fetch frames of a target from a sky archive."),
    "info": (_add_info, "Say what is in a file: HDUs, shape, type, WCS, stretch."),
    "verify": (cli_verify.add_arguments, "Say whether a saved result is what it says it is."),
    "models": (cli_models.add_arguments, "List, share, import and remove models."),
    "palettes": (
        cli_palettes.add_arguments,
        "Take the palettes of folders of pictures; list them.",
    ),
    "demo": (_add_demo, "Show the window with a sample frame enhanced."),
    "completion": (_add_completion, "Print what completes commands in a shell."),
}
