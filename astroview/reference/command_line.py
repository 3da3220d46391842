"""The page of the command line, from the parser that reads it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from astroview import cli, cli_parser
from astroview.__main__ import parser as window_parser

INTRODUCTION = """\
# Command line

This page is made from the program's own parser. `astroview COMMAND --help` tells the same.

A file can be a path, `-` for stdin, or a URL. Results go to stdout, everything else to stderr; what
went wrong is said first, with what to try. `--json` writes for programs; where all of a command
failed, nothing.
"""


def command_line() -> str:
    """Markdown: the window's options, each command, exit codes, environment."""
    whole = cli.parser()
    commands: Any = next(a for a in whole._actions if a.dest == "command")  # noqa: SLF001
    parts = [INTRODUCTION, *_chapters(window_parser(), "##", "")]
    for name in cli.COMMANDS:
        parts += _chapters(commands.choices[name], "##", name)
    parts.append(_table("Exit codes", "code", cli_parser.EXIT_CODES))
    parts.append(_table("Environment", "variable", cli_parser.ENVIRONMENT))
    return "\n".join(parts)


def _chapters(parser: argparse.ArgumentParser, mark: str, name: str) -> Iterator[str]:
    """What a command takes, and then what each of its kinds does, such as ``models share``."""
    usage = parser.format_usage().strip()
    yield from (f"{mark} {parser.prog}", "", parser.description or "", "", "```", usage, "```", "")
    for group in parser._action_groups:  # noqa: SLF001
        rows = [row for action in group._group_actions for row in _rows(action)]  # noqa: SLF001
        if rows and (mark == "##" or group.title != "Messages"):  # told of the command itself
            title = f"**{group.title or 'Options'}**"
            yield from (title, "", "| name | meaning |", "|---|---|", *rows, "")
    if words := cli_parser.EXAMPLES.get(name):
        yield from ("```sh", *(f"{line}  # {what}" for line, what in words), "```", "")
    for kind, _ in cli_parser.kinds_of(parser):
        yield from _chapters(kind, f"{mark}#", kind.prog)


def _rows(action: argparse.Action) -> Iterator[str]:
    if kinds := getattr(action, "_choices_actions", None):
        yield from (f"| `{kind.dest}` | {_plain(kind.help or '')} |" for kind in kinds)
        return
    metavar = action.metavar if isinstance(action.metavar, str) else " ".join(action.metavar or ())
    choices = "" if action.choices is None else "|".join(map(str, action.choices))
    takes = "" if action.nargs == 0 else (metavar or choices).replace("|", "\\|")
    names = ", ".join(f"`{option}`" for option in action.option_strings) or f"`{takes}`"
    value = f" `{takes}`" if takes and action.option_strings else ""
    yield f"| {names}{value} | {_plain(action.help or '')} |"


def _plain(text: str) -> str:
    """Text in a table of Markdown."""
    return text.replace("%%", "%").replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


def _table(title: str, what: str, rows: dict[int, str] | dict[str, str]) -> str:
    lines = [f"## {title}", "", f"| {what} | meaning |", "|---|---|"]
    return "\n".join([*lines, *(f"| `{key}` | {text} |" for key, text in rows.items()), ""])
