"""What importing a model of others says: ``astroview models import FILE --events``, one JSON line
on stdout.
"""

from __future__ import annotations

from astroview.core import json_lines
from astroview.core.lazy_dataclass import dataclass


@dataclass(frozen=True)
class ModelImported:
    """The model is on the user's shelf, under this id."""

    id: str


@dataclass(frozen=True)
class ImportProblem:
    """It is not, and nothing was left behind."""

    message: str
    hint: str = ""


ImportEvent = ModelImported | ImportProblem

_TYPES: dict[str, type[ImportEvent]] = {
    kind.__name__: kind for kind in (ModelImported, ImportProblem)
}


def encode(message: ImportEvent) -> str:
    """One line of JSON, pure ASCII, without the newline."""
    return json_lines.encode(message)


def decode(line: str) -> ImportEvent:
    """The message in a line; the inverse of `encode`. Raises ValueError when there is none."""
    return json_lines.decode(line, _TYPES)
