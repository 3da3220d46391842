"""The door: ``astroview [FILES]`` opens the window, ``astroview COMMAND`` works without it.

Importing this loads neither torch nor Qt.
"""

from __future__ import annotations

import argparse
import difflib
import sys
import warnings
from pathlib import Path

from astroview import __version__, cli, cli_parser, doors
from astroview.cli_inputs import Inputs
from astroview.core.errors import UnreadableFrame
from astroview.core.io.paths.remote_paths import door, exists, is_url
from astroview.core.texts import Text


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    doors.open_standard_streams()
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["--worker"]:
        from astroview import worker

        return worker.main()
    if not sys.warnoptions:  # libraries warn developers, not users; `python -W` shows them
        warnings.simplefilter("ignore")
    arguments = cli_parser.word_first(arguments)
    if arguments and arguments[0] in cli.COMMANDS:
        return cli.run(arguments)
    if arguments[:1] == ["help"] and not Path("help").exists():
        return main([*arguments[1:], "--help"])
    if arguments and (refused := _no_command(arguments[0])):
        print(refused, file=sys.stderr)
        return doors.USAGE
    return _window(arguments)


def _no_command(word: str) -> str:
    """What to say of a word that is neither a command, an option, nor a file or anything like one:
    a mistyped command opened a window with an error in it; "" for all else.
    """
    if (
        word.startswith("-")
        or is_url(word)
        or any(c in word for c in "./\\:")
        or Path(word).exists()
    ):
        return ""
    near = difflib.get_close_matches(word, cli.COMMANDS, n=1)
    hint = f"Did you mean “astroview {near[0]}”?" if near else "See astroview --help."
    return f"There is no command and no file “{word}”. {hint}"


def parser(files: bool = True) -> argparse.ArgumentParser:
    """The parser of the window's own arguments; without ``files`` of its options alone."""
    commands = "\n".join(f"  {name:<11} {summary}" for name, (_, summary) in cli.COMMANDS.items())
    top = cli_parser.CommandParser(
        prog="astroview",
        usage="astroview [FILE ...] | --snapshot OUT [FILE] [--enhance] | COMMAND ...",
        description="View, colourise and super-resolve astronomical frames.",
        epilog=f"Commands (astroview COMMAND --help tells more):\n{commands}\n\n"
        + cli_parser.examples(""),
    )
    add = top.add_argument
    if files:
        add("files", nargs="*", type=door, metavar="FILE",
            help="frames to open: FITS, TIFF, PNG, JPEG ...; or - for stdin, or a URL")  # fmt: skip
    add("--snapshot", type=Path, metavar="OUT",
        help="render the window to a picture instead: .png, .jpg or .webp")  # fmt: skip
    add("--enhance", action="store_true", help="with --snapshot: after enhancing the frame")
    add("-V", "--version", action="version", version=f"astroview {__version__}")
    cli_parser.add_messages(top)
    return top


def _window(arguments: list[str]) -> int:
    own = parser()
    chosen = own.parse_args(arguments)
    if chosen.enhance and not chosen.snapshot:
        own.error("--enhance goes with --snapshot; without the window: astroview enhance PATH")
    if chosen.snapshot and len(chosen.files) > 1:
        own.error("--snapshot shows one frame")
    return doors.guarded(lambda: _shown(chosen))


def _shown(chosen: argparse.Namespace) -> int:
    cli_parser.tell_as_asked(chosen)
    with Inputs() as local:
        files = local.all(chosen.files)
        if files and not any(map(exists, map(str, files))):
            raise _none_there(files[0])
        if not chosen.snapshot:
            return doors.open_window(files)
        return doors.take_snapshot(chosen.snapshot, files[0] if files else None, chosen.enhance)


def _none_there(path: Path) -> UnreadableFrame:
    """What to say where a window would open with nothing but an error in it."""
    beside = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
    near = difflib.get_close_matches(path.name, beside, 1)
    hint = Text("Did you mean {name}?", name=near[0]) if near else "Check the name."
    return UnreadableFrame(Text("There is no file {path}", path=path), hint=hint)


if __name__ == "__main__":
    sys.exit(main())
