"""How the command line speaks: errors first, usage in one line, examples, and what is common to all
commands.
"""

from __future__ import annotations

import argparse
import difflib
import logging
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

USAGE_CODE = 2
LEVELS = ("debug", "info", "warning", "error")
EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "": (
        ("astroview m31.fits", "Look at a frame."),
        ("astroview enhance night -o enhanced", "Enhance a folder of frames."),
        ("astroview --snapshot m31.png m31.fits --enhance", "Before and after, as a picture."),
    ),
    "enhance": (
        ("astroview enhance m31.fits -o out", "Colour painted, sampling doubled."),
        ("astroview enhance night -o out --no-colorize -f fits", "Sharpened only, as FITS."),
        ("astroview enhance night -o out -n", "Say what would become what."),
        ("curl -s https://example.org/m31.fits | astroview enhance - -o out", "From a pipe."),
    ),
    "compose": (
        ("astroview compose m31_g.fits m31_r.fits m31_i.fits -o m31.png", "By wavelength."),
        ("astroview compose cube.fits -o m31.tif --channels 3 2 1", "Bands by number."),
    ),
    "stack": (
        ("astroview stack night/*.fits -o m13.fits", "Dithered frames, on a grid twice as fine."),
        ("astroview stack night -s 1 --method drizzle -o m13.fits", "A folder, as fine as it is."),
    ),
    "curate": (("astroview curate pictures -o report", "What can be learnt from a folder."),),
    "train": (
        ("astroview train --model superres-x2 --data pictures --minutes 30 --keep", "30 minutes."),
        ("astroview train --resume runs/superres-x2", "Go on with a run."),
    ),
    "evaluate": (
        ("astroview evaluate --task sr --model superres-x2 --data pictures", "Score a model."),
    ),
    "gather": (
        ("astroview gather --target M101 --survey panstarrs --count 20 -o m101", "Twenty frames."),
    ),
    "info": (
        ("astroview info m31.fits", "HDUs, shape, unit, WCS, stretch."),
        ("astroview info --json *.fits", "The same for programs."),
        ("astroview info https://example.org/m31.fits", "Of a file elsewhere."),
    ),
    "verify": (("astroview verify m31_combined_x2.fits m31.fits", "Make it again and compare."),),
    "models": (
        ("astroview models", "List the models."),
        ("astroview models share my-model my.astromodel", "Give one away."),
    ),
    "palettes": (
        ("astroview palettes make my-survey --name Mine", "Take the palettes of a folder."),
        ("astroview enhance m31.fits -o out -p Mine", "Paint in those."),
    ),
    "demo": (("astroview demo", "A sample frame, enhanced."),),
    "completion": (
        ("astroview completion bash > ~/.local/share/bash-completion/completions/astroview",
         "For bash."),
    ),
}  # fmt: skip
_ANYWHERE = ("-h", "--help", "-q", "--quiet", "-v", "--verbose", "--log-level", "--json", "-n",
             "--dry-run")  # fmt: skip
EXIT_CODES = {
    0: "All was done.",
    1: "Something failed or is left, with the reason on stderr; of verify: the result is not what "
    "it says it is.",
    2: "The command was used wrongly; nothing was done.",
    130: "Stopped by Ctrl+C.",
    143: "Stopped by SIGTERM.",
}
ENVIRONMENT = {
    "ASTROVIEW_CONFIG_DIR": "The folder for settings and logs.",
    "ASTROVIEW_DATA_DIR": "The folder for models of yours, runs, curations and the trash.",
    "ASTROVIEW_CACHE_DIR": "The folder for what can be made again.",
    "ASTROVIEW_MAX_BYTES": "What one file may take of memory or scratch, such as 20GB.",
    "ASTROVIEW_OFFLINE": "Set: no service and no web address is asked, only this computer.",
    "ASTROVIEW_NETWORK_SECONDS": "How long one answer of a service may take.",
    "ASTROVIEW_NETWORK_MEGABYTES": "How large it may be.",
    "ASTROVIEW_HIPS2FITS": "Another server of surveys' pictures.",
    "ASTROVIEW_HIPS2FITS_SECONDS": "How long an answer of that server may take.",
    "ASTROVIEW_SESAME": "Another server that knows objects' names.",
    "ASTROVIEW_CONE": "Another server of catalogues (VizieR's cone search).",
    "ASTROVIEW_SIMBAD": "Another server of SIMBAD's cone search.",
    "OMP_NUM_THREADS": "How many threads torch uses on a CPU.",
    "CUDA_VISIBLE_DEVICES": "Which NVIDIA GPUs may be used.",
    "QT_QPA_PLATFORM": "How the window is shown: xcb, wayland or offscreen.",
    "NO_COLOR": "Set: no colours in the terminal.",
    "TMPDIR": "The folder for scratch files.",
}


class CommandParser(argparse.ArgumentParser):
    """A parser that says what is wrong first, and how it is used in one line."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(*arguments, **options)
        self._positionals.title, self._optionals.title = "Arguments", "Options"

    def parse_known_args(  # pyright: ignore[reportIncompatibleMethodOverride]  # of overloads
        self, args: Any = None, namespace: Any = None
    ) -> Any:
        """Refuse what is not known here, where the usage of the very command is known."""
        chosen, left = super().parse_known_args(args, namespace)
        if left:
            self.error(self._not_known(left[0]))
        return chosen, left

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse what is none of the choices, with the nearest of them."""
        choices: Any = action.choices
        if choices is not None and value not in choices:
            every = [str(choice) for choice in choices]
            near = difflib.get_close_matches(str(value), every, 1)
            hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(every)}"
            raise argparse.ArgumentError(action, f"there is no “{value}”; {hint}")

    def _not_known(self, word: str) -> str:
        if not word.startswith("-"):
            return f"“{word}” is one argument too many"
        near = difflib.get_close_matches(
            word.partition("=")[0], self._option_string_actions, 1, 0.7
        )
        return f"There is no option {word}" + (f"; did you mean {near[0]}?" if near else "")

    def error(self, message: str) -> NoReturn:
        """End with the reason, the usage in one line, and where to read more."""
        said = f"{message[:1].upper()}{message[1:]}".rstrip(".")
        said += "" if said.endswith("?") else "."
        self.exit(USAGE_CODE, f"{said}\n{self.format_usage()}More: {self.prog} --help\n")

    def format_usage(self) -> str:
        """One line: what must be given; the options are told by the help."""
        return f"Usage: {self.one_line()}\n"

    def format_help(self) -> str:
        """The help, with the usage in one line."""
        self.usage = self.one_line()
        return super().format_help().replace("usage: ", "Usage: ", 1)

    def one_line(self) -> str:
        """The program, what must be given, and that there is more."""
        if self.usage:
            return self.usage
        must: list[str] = []
        for action in self._actions:
            name = self._named(action)
            if action.option_strings and action.required:
                must.append(f"{max(action.option_strings, key=len)} {name}")
            elif not action.option_strings:
                must.append(_repeated(name, action.nargs))
        return " ".join([self.prog, *must, "[OPTIONS]"])

    def _named(self, action: argparse.Action) -> str:
        if action.metavar:
            return action.metavar if isinstance(action.metavar, str) else " ".join(action.metavar)
        if action.choices:
            return "|".join(map(str, action.choices))
        return action.dest.upper()


def _repeated(name: str, nargs: int | str | None) -> str:
    return {"*": f"[{name} ...]", "+": f"{name} ...", "?": f"[{name}]"}.get(str(nargs), name)


def examples(command: str) -> str:
    """The end of a command's help: lines to be typed, and what they do."""
    lines = [f"  {line}\n      {what}" for line, what in EXAMPLES.get(command, ())]
    return "\n".join(["Examples:", *lines]) if lines else ""


# ---------------------------------------------------------------- what all commands take


def add_messages(command: argparse.ArgumentParser) -> None:
    """The flags that say how much is told; behind what a command takes as `WHAT` too."""
    group = command.add_argument_group("Messages")
    how = group.add_mutually_exclusive_group()
    how.add_argument("-q", "--quiet", action="store_true", default=argparse.SUPPRESS,
        help="print nothing but errors; the exit code tells how it went")  # fmt: skip
    how.add_argument("-v", "--verbose", action="store_true", default=argparse.SUPPRESS,
        help="tell on stderr what is done (--log-level info)")  # fmt: skip
    group.add_argument("--log-level", choices=LEVELS, metavar="LEVEL", default=argparse.SUPPRESS,
        help="of what is told on stderr: debug, info, warning or error"
        " (default: nothing)")  # fmt: skip
    for kind, words in kinds_of(command):
        kind.description = f"{words[:1].upper()}{words[1:]}."
        kind.set_defaults(usage_error=kind.error)
        add_short(kind, SHORT)
        add_messages(kind)


def kinds_of(command: argparse.ArgumentParser) -> Iterator[tuple[argparse.ArgumentParser, str]]:
    """What a command takes as `WHAT`, such as ``models share``, each with what it does."""
    for action in command._actions:  # noqa: SLF001  # argparse has no public way
        choices: Any = action.choices
        for choice in getattr(action, "_choices_actions", ()):
            yield choices[choice.dest], choice.help or ""


def word_first(words: Sequence[str]) -> list[str]:
    """Words with the command, or the first file, before the flags that may stand on either side of
    it: ``-v info m31.fits`` means ``info -v m31.fits``, and ``--help info`` its help.
    """
    count = 0
    while count < len(words) and words[count].partition("=")[0] in _ANYWHERE:
        count += 2 if words[count] == "--log-level" else 1
    if words[count : count + 1] and words[count].startswith("-"):
        return list(words)  # an option of the window
    return [*words[count : count + 1], *words[:count], *words[count + 1 :]]


def tell_as_asked(chosen: argparse.Namespace) -> None:
    """Follow the flags of `add_messages`."""
    if getattr(chosen, "quiet", False):
        if getattr(chosen, "json", False) or getattr(chosen, "events", False):
            chosen.usage_error("--quiet would leave nothing of --json and --events")
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    level = getattr(chosen, "log_level", None) or (getattr(chosen, "verbose", False) and "info")
    if not level:
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    handler.setLevel(level.upper())
    for name in ("astroview", "trainer"):  # and not each library's
        logging.getLogger(name).setLevel(level.upper())
    logging.getLogger().addHandler(handler)
    from astroview import __version__

    log = logging.getLogger("astroview")
    log.info("astroview %s, Python %s, %s", __version__, platform.python_version(), sys.platform)


def add_short(command: argparse.ArgumentParser, pairs: Sequence[tuple[str, str]]) -> None:
    """Give options short names, ``("-o", "--out")``; those the command lacks are passed over."""
    known = command._option_string_actions  # noqa: SLF001  # argparse has no public way
    for short, long in pairs:
        if long in known and short not in known:
            action = known[long]
            action.option_strings = [short, *action.option_strings]
            known[short] = action


SHORT = (("-o", "--out"), ("-s", "--scale"), ("-p", "--palette"), ("-f", "--format"),
         ("-d", "--device"), ("-n", "--dry-run"), ("-r", "--recursive"), ("-m", "--model"),
         ("-t", "--target"))  # fmt: skip
