"""Which pages are made from the program itself. Nothing is imported before one is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping


def _command_line() -> str:
    from astroview.reference.command_line import command_line

    return command_line()


def _python() -> str:
    from astroview.reference.python_api import python_api

    return python_api()


def _model_cards() -> str:
    from astroview.reference.model_cards import model_cards

    return model_cards()


PAGES: Mapping[str, Callable[[], str]] = {
    "reference/command-line.md": _command_line,
    "reference/python.md": _python,
    "reference/model-cards.md": _model_cards,
}
"""What makes a page's Markdown, by its place below the first page."""
