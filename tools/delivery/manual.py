"""Manual pages and completions, from the command line's own parser."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import shtab

from astroview import __version__, cli, cli_parser

PLACES = {
    "bash": "bash-completion/completions/astroview",
    "zsh": "zsh/site-functions/_astroview",
    "fish": "fish/vendor_completions.d/astroview.fish",
}


def write_pages(folder: Path) -> list[Path]:
    """``astroview.1.gz``: options, commands, exit codes, environment."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "astroview.1.gz"
    with target.open("wb") as file, gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
        packed.write(page().encode())
    return [target]


def page() -> str:
    """The manual page, in roff."""
    from argparse_manpage.manpage import Manpage

    parser = cli.whole_parser()
    data = {
        "prog": "astroview", "project_name": "astroview", "version": __version__,
        "description": parser.description, "authors": ["The astroview developers"],
        "manual_section": "1", "manual_title": "astroview",
    }  # fmt: skip
    said = _escaped(str(Manpage(parser, format="pretty", _data=data)))
    codes = [f".TP\n.B {code}\n{words}" for code, words in cli_parser.EXIT_CODES.items()]
    names = [f".TP\n.B {name}\n{words}" for name, words in cli_parser.ENVIRONMENT.items()]
    return "\n".join([said.rstrip(), ".SH EXIT STATUS", *codes, ".SH ENVIRONMENT", *names, ""])


def _escaped(roff: str) -> str:
    """Lines of text that begin with a dot, as suffixes do, are not taken for requests of roff."""
    return re.sub(r"^(?=\.(?!(?:nf|fi)$)[a-z]|')", r"\\&", roff, flags=re.MULTILINE)


def write_completions(share: Path) -> list[Path]:
    """The completions of each shell, where it looks for them below ``share``."""
    parser, made = cli.whole_parser(files=False), list[Path]()
    for shell, place in PLACES.items():
        target = share / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(shtab.complete(parser, shell=shell), encoding="utf-8")
        made.append(target)
    return made
