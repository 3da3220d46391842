"""The page of the command line, from the parser that reads it."""

from __future__ import annotations

import argparse
from typing import Any

from astroview import cli, cli_parser
from astroview.__main__ import parser as window_parser

INTRODUCTION = """\
# Command line

This page is made from the program's own parser. `astroview COMMAND --help` tells the same.

A file can be a path, `-` for stdin, or a URL. Results go to stdout, everything else to stderr; what
went wrong is said first, with what to try. `--json` writes for programs.
"""


def command_line() -> str:
    """Markdown: the window's options, each command, exit codes, environment."""
    whole = cli.parser()
    commands: Any = next(a for a in whole._actions if a.dest == "command")  # noqa: SLF001
    parts = [INTRODUCTION, _chapter("astroview", window_parser(), "")]
    for name, (_, summary) in cli.COMMANDS.items():
        parts.append(_chapter(f"astroview {name}", commands.choices[name], name, summary))
    parts.append(_table("Exit codes", "code", cli_parser.EXIT_CODES))
    parts.append(_table("Environment", "variable", cli_parser.ENVIRONMENT))
    return "\n".join(parts)


def _chapter(title: str, parser: argparse.ArgumentParser, name: str, summary: str = "") -> str:
    lines = [f"## {title}", "", summary, "", "```", parser.format_usage().strip(), "```", ""]
    for group in parser._action_groups:  # noqa: SLF001
        rows = [_row(action) for action in group._group_actions]  # noqa: SLF001
        if rows:
            lines += [
                f"**{group.title or 'Options'}**",
                "",
                "| name | meaning |",
                "|---|---|",
                *rows,
                "",
            ]
    if words := cli_parser.EXAMPLES.get(name):
        lines += ["```sh", *(f"{line}  # {what}" for line, what in words), "```", ""]
    return "\n".join(lines)


def _row(action: argparse.Action) -> str:
    metavar = action.metavar if isinstance(action.metavar, str) else " ".join(action.metavar or ())
    choices = "" if action.choices is None else "|".join(map(str, action.choices))
    takes = "" if action.nargs == 0 else (metavar or choices).replace("|", "\\|")
    names = ", ".join(f"`{option}`" for option in action.option_strings) or f"`{takes}`"
    value = f" `{takes}`" if takes and action.option_strings else ""
    return f"| {names}{value} | {_plain(action.help or '')} |"


def _plain(text: str) -> str:
    """Text in a table of Markdown."""
    return text.replace("%%", "%").replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


def _table(title: str, what: str, rows: dict[int, str] | dict[str, str]) -> str:
    lines = [f"## {title}", "", f"| {what} | meaning |", "|---|---|"]
    return "\n".join([*lines, *(f"| `{key}` | {text} |" for key, text in rows.items()), ""])
