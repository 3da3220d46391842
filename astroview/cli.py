"""The commands: ``astroview enhance | info | models | demo``. They load neither Qt nor torch
before they need them.
"""

from __future__ import annotations

import argparse
import signal
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from astroview import doors, preflight
from astroview.core.errors import AstroviewError

if TYPE_CHECKING:
    from astroview.core.models import ModelCard
    from astroview.core.options import EnhanceOptions

DONE, FAILED = doors.DONE, doors.FAILED
DEMO_PICTURE = Path("demo.png")


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    top = argparse.ArgumentParser(prog="astroview")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (add, summary) in COMMANDS.items():
        add(commands.add_parser(name, help=summary, description=summary))
    return top


def run(arguments: list[str]) -> int:
    """Run a command; the exit code is 0 all done, 1 some failed, 2 wrong usage."""
    return doors.guarded(lambda: _run(arguments))


def _run(arguments: list[str]) -> int:
    chosen = parser().parse_args(arguments)
    return chosen.run(chosen)


# ---------------------------------------------------------------- enhance


def _add_enhance(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("paths", nargs="+", type=Path, metavar="PATH", help="a frame, or a folder of frames")
    add("--out", required=True, type=Path, metavar="DIR", help="folder for the results")
    add("--colorize", action=argparse.BooleanOptionalAction, default=True,
        help="paint colour onto grey frames (default: yes)")  # fmt: skip
    add("--scale", type=int, choices=(1, 2), default=2, help="super-resolve (default: 2)")
    add("--palette", default="auto", metavar="NAME",
        help="kind of colours, as “astroview models” lists them (default: auto)")  # fmt: skip
    add("--device", choices=("auto", "cpu", "cuda", "mps"), default="auto")
    add("--format", choices=("fits", "tiff", "png"),
        help="of the results (default: FITS for FITS, else a 16-bit picture)")  # fmt: skip
    add("--hdu", metavar="N|NAME", help="HDU of FITS files (default: the first with a picture)")
    add("--plane", type=int, default=0, metavar="N", help="plane of a cube (default: 0)")
    command.set_defaults(run=_enhance, usage_error=command.error)


def _enhance(chosen: argparse.Namespace) -> int:
    from astroview.batch.console import report_for_terminal
    from astroview.batch.run import Choice, enhance_paths

    options = _options(chosen)
    hdu = int(chosen.hdu) if chosen.hdu and chosen.hdu.isdecimal() else chosen.hdu
    signal.signal(signal.SIGTERM, _leave)
    with report_for_terminal() as report:
        outcomes = enhance_paths(
            *(chosen.paths, chosen.out, options, chosen.format, report),
            Choice(hdu, chosen.plane),
        )
    failed = sum(bool(outcome.problem) for outcome in outcomes)
    if not outcomes:
        raise AstroviewError(
            "There are no frames in " + ", ".join(map(str, chosen.paths)),
            hint="FITS, TIFF, PNG and JPEG files are looked for, in sub-folders too.",
        )
    if len(outcomes) > 1:
        print(f"{len(outcomes) - failed} of {len(outcomes)} done, {failed} failed")
    return FAILED if failed else DONE


def _options(chosen: argparse.Namespace) -> EnhanceOptions:
    """Options for the engine; ends with a usage error when they make no sense."""
    from astroview.core.models import default_shelf
    from astroview.core.options import EnhanceOptions

    if not chosen.colorize and chosen.scale == 1:
        chosen.usage_error("nothing to do: neither colour nor --scale 2 is wanted")
    shelf = default_shelf()
    colorizer = shelf.choose("auto" if chosen.colorize else None, "colorize")
    shelf.choose("auto" if chosen.scale > 1 else None, "superres")
    if colorizer and chosen.palette not in ("auto", *_palettes(colorizer)):
        known = "; ".join(("auto", *_palettes(colorizer)))
        chosen.usage_error(f"no palette “{chosen.palette}”; there are: {known}")
    return EnhanceOptions(
        colorizer="auto" if chosen.colorize else None,
        superres="auto" if chosen.scale > 1 else None,
        palette=chosen.palette,
        device=chosen.device,
    )


def _palettes(card: ModelCard) -> tuple[str, ...]:
    return tuple(palette.name for palette in card.palettes)


def _leave(*_: object) -> NoReturn:
    """On SIGTERM: leave through the context managers, which end the worker and clean up."""
    raise SystemExit(128 + signal.SIGTERM)


# ---------------------------------------------------------------- info, models, demo


def _add_info(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    command.set_defaults(run=_info)


def _info(chosen: argparse.Namespace) -> int:
    from astroview.core.files import describe

    failed = False
    for path in chosen.paths:
        try:
            print(describe(path))
        except AstroviewError as error:
            doors.complain(error, f"{path}: ")
            failed = True
    return FAILED if failed else DONE


def _add_models(command: argparse.ArgumentParser) -> None:
    command.set_defaults(run=_models)


def _models(_chosen: argparse.Namespace) -> int:
    from astroview.core.models import default_shelf

    cards = default_shelf().cards()
    if not cards:
        raise AstroviewError("No models are installed", hint="Install astroview again.")
    for card in cards:
        print(f"{card.id}: {card.name} ({card.task}, scale {card.scale})")
        if card.summary:
            print(f"    {card.summary}")
        if card.palettes:
            print(f"    palettes: {'; '.join(_palettes(card))}")
    return DONE


def _add_demo(command: argparse.ArgumentParser) -> None:
    command.add_argument("frame", nargs="?", type=Path, metavar="FRAME", help="default: a sample")
    command.set_defaults(run=_demo)


def _demo(chosen: argparse.Namespace) -> int:
    if preflight.has_display():
        return doors.open_window([chosen.frame] if chosen.frame else [], demo=True)
    print(f"No display here: rendering the window to {DEMO_PICTURE} instead.", flush=True)
    return doors.take_snapshot(DEMO_PICTURE, chosen.frame, enhance=True)


COMMANDS = {
    "enhance": (_add_enhance, "Colourise and super-resolve frames."),
    "info": (_add_info, "Say what is in a file: HDUs, shape, type, WCS, stretch."),
    "models": (_add_models, "List the models and their palettes."),
    "demo": (_add_demo, "Show the window with a sample frame enhanced."),
}
