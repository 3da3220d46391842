"""The commands that the pages tell to type, and what of them is not run by a test, and why."""

from __future__ import annotations

import argparse
import re
import shlex
from contextlib import redirect_stderr, suppress
from io import StringIO
from pathlib import Path

from astroview import __main__ as entry
from astroview import cli, cli_parser

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])
PROGRAMS = ("astroview", "python", "make", "pip")
_BLOCK = re.compile(r"^ *```(\S*)[^\n]*\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
_SHELLS = ("sh", "bash", "console", "")
_INDENTED = re.compile(r"(?<=\n\n)((?:    \S.*\n?)+)")
_INLINE = re.compile(r"`(astroview [^`]+)`")

# What is not run: a pattern of lines, and why. Each pattern has to fit a line that is told.
LEFT_OUT = {
    r"^astroview m31\.fits$": "opens a window; tests/journeys drive it",
    r"^make |^git clone ": "makes environments, packages or the site: the checkout's own ways",
    r"^pip install |^sudo apt-get ": "installs from a package index",
    r"^python -m (trainer|benchmarks)\b": "trains or measures for minutes to hours, of"
    " data that are not handed out",
    r"^astroview evaluate ": "scores for minutes; tests/cli/test_evaluate.py does on two pictures",
    r"^astroview train ": "learns for minutes; tests/trainer/finetune do with tiny networks",
    r"^astroview gather ": "asks archives; tests/trainer/gather have archives of our own",
    r"^astroview demo$": "enhances a whole sample; tools/delivery/wheel_journey.py does",
    r"^astroview models export ": "takes long; tests/engine/networks/test_onnx_export.py does",
    r"-d cuda$": "needs a GPU",
    r"tcp://|s3://|scheduler|--dask|^CUDA_|^srun|^#|^first=|^wait|^trap": "a cluster or a store;"
    " tests/batch/dask have them on this machine",
    r"^napari ": "another program's window; python -m tools.delivery.napari_trial",
    r"\.\./shared": "data that are not handed out",
}


def told(page: Path) -> list[str]:
    """The lines of a page's blocks for a terminal, in their order, without what they say of
    themselves behind a #.
    """
    return commands_of(page.read_text("utf-8"))


def commands_of(text: str) -> list[str]:
    """The same, of a page's text."""
    fenced = [(m.start(), m[2]) for m in _BLOCK.finditer(text) if m[1] in _SHELLS]
    indented = [(m.start(), m[1]) for m in _INDENTED.finditer(_BLOCK.sub(_blank, text))]
    blocks = fenced + [each for each in indented if each[1].split()[0] in PROGRAMS]
    lines = [
        re.split(r"\s+#\s", line.strip())[0].removeprefix("$ ")
        for _, block in sorted(blocks)
        for line in block.replace("\\\n", " ").splitlines()
    ]
    return [line for line in lines if line and not line.startswith("# ")]


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def inline(page: Path) -> list[str]:
    """The commands within a page's sentences, also those that are named with an option alone."""
    text = _BLOCK.sub(_blank, page.read_text("utf-8"))
    return [re.sub(r"\s+", " ", found).replace("\\|", "|") for found in _INLINE.findall(text)]


def all_told() -> dict[str, list[str]]:
    """The lines of all pages, and of the program's own help, by where they stand."""
    pages = {
        str(page.relative_to(ROOT)): [*told(page), *filter(_can_be_typed, inline(page))]
        for page in PAGES
    }
    helps = {
        f"astroview {name} --help".replace("  ", " "): [line for line, _ in lines]
        for name, lines in cli_parser.EXAMPLES.items()
    }
    return pages | helps


def _can_be_typed(line: str) -> bool:
    """Whether a command in a sentence is a whole one, without words that stand for others."""
    if re.search(r"\.\.\.|…|[A-Z]{2,}", line) or len(line.split()) < 3:
        return False
    with redirect_stderr(StringIO()), suppress(SystemExit):
        parse(shlex.split(line)[1:])
        return True
    return False


def parse(words: list[str]) -> argparse.Namespace:
    """As the program does. SystemExit where it refuses them."""
    known = bool(words) and words[0] in cli.COMMANDS
    return (cli.parser() if known else entry.parser()).parse_args(words)


def to_run() -> dict[str, list[str]]:
    """What is run, by where it stands first."""
    seen = set[str]()
    found = dict[str, list[str]]()
    for place, lines in all_told().items():
        found[place] = [line for line in dict.fromkeys(lines) if line not in seen]
        seen.update(lines)
    return {
        place: run
        for place, lines in found.items()
        if (run := [line for line in lines if not why_not(line)])
    }


def why_not(line: str) -> str:
    """Why a line is not run; "" for one that is."""
    return next((why for pattern, why in LEFT_OUT.items() if re.search(pattern, line)), "")
