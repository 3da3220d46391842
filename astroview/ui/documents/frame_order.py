"""The order of the open frames, and going to one by its number."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from astroview.ui.documents.document import Document
from astroview.ui.documents.session import Session
from astroview.ui.shell.action_registry import Commands

TIMES = ("DATE-OBS", "MJD-OBS", "DATE-AVG", "JD", "DATE-BEG")
FILTERS = ("FILTER", "FILTNAM", "FILTER1", "BAND", "FILTER2")
KEYS = 9


class FrameOrder(QObject):
    """Sorts the session's documents, and looks at the first to the ninth by key."""

    def __init__(self, session: Session, commands: Commands) -> None:
        super().__init__(session)
        self._session = session
        orders: dict[str, Callable[[Document], Any]] = {
            "sort_name": lambda d: _natural(d.frame.name),
            "sort_time": partial(_card, TIMES),
            "sort_filter": partial(_card, FILTERS),
            "sort_opened": lambda d: d.key,
        }
        commands.serve(
            {
                **{name: partial(self._sort, by) for name, by in orders.items()},
                **{f"frame_{n}": partial(self.go_to, n) for n in range(1, KEYS + 1)},
            },
            possible={
                **{name: lambda: len(session.documents) > 1 for name in orders},
                **{f"frame_{n}": partial(self._has, n) for n in range(1, KEYS + 1)},
            },
        )

    def go_to(self, number: int, *_: object) -> None:
        """Look at the frame that stands there in the list, counted from 1."""
        if self._has(number):
            self._session.select(list(self._session.documents)[number - 1])

    def _has(self, number: int) -> bool:
        return number <= len(self._session.documents)

    def _sort(self, by: Callable[[Document], Any], *_: object) -> None:
        documents = sorted(self._session.documents.values(), key=by)
        self._session.arrange([document.key for document in documents])


def _natural(name: str) -> list[tuple[int, str]]:
    """``m9`` before ``m10``."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def _card(names: tuple[str, ...], document: Document) -> tuple[bool, str, list[tuple[int, str]]]:
    """By the first of these cards; frames without one last, each by its name then."""
    header = document.frame.header
    found = next((header[name] for name in names if header is not None and name in header), None)
    told = f"{found:020.8f}" if isinstance(found, float | int) else str(found or "")
    return found is None, told, _natural(document.frame.name)
