"""What a batch says and hears: ``astroview enhance ... --events``, one JSON line each.

Events go out on stdout, requests come in on stdin. Closed stdin means: finish the file at work,
then stop; the journal resumes.
"""

from __future__ import annotations

from typing import Literal

from astroview.core import json_lines
from astroview.core.lazy_dataclass import dataclass

State = Literal["waiting", "running", "done", "failed", "skipped", "cancelled"]
LISTED_AT_MOST = 500  # items a `Listed`


@dataclass(frozen=True)
class Item:
    """One file of a batch; ``id`` is the same whenever the batch runs again.

    ``size`` is in bytes, ``target`` the file that the result becomes.
    """

    id: str
    path: str
    size: int
    target: str


@dataclass(frozen=True)
class Listed:
    """Files were found; ``more`` says that the search goes on."""

    items: tuple[Item, ...]
    more: bool


@dataclass(frozen=True)
class ItemState:
    """A file is in a new state.

    ``skipped`` means done before. ``before`` and ``after`` are PNG thumbnails (longest side 256
    pixels), or empty.
    """

    id: str
    state: State
    target: str = ""
    seconds: float = 0.0
    problem: str = ""
    hint: str = ""
    warnings: tuple[str, ...] = ()
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class ItemProgress:
    """How far the file at work is; ``eta_s`` is None until it can be told."""

    id: str
    done: int
    of: int
    eta_s: float | None = None
    note: str = ""


@dataclass(frozen=True)
class BatchProgress:
    """How far the whole is."""

    done: int
    failed: int
    skipped: int
    of: int
    eta_s: float | None = None
    paused: bool = False


@dataclass(frozen=True)
class BatchProblem:
    """The batch cannot begin or go on: the output folder is locked, not writable, full."""

    message: str
    hint: str = ""


@dataclass(frozen=True)
class BatchDone:
    """The last event. ``report`` is a JSON file, with a CSV and a contact sheet beside it."""

    done: int
    failed: int
    skipped: int
    seconds: float
    report: str = ""


@dataclass(frozen=True)
class Pause:
    """Begin no further file; those at work are finished."""


@dataclass(frozen=True)
class Resume:
    """Go on after `Pause`."""


@dataclass(frozen=True)
class Skip:
    """Cancel files, waiting or running."""

    ids: tuple[str, ...]


@dataclass(frozen=True)
class Retry:
    """Do failed or cancelled files again."""

    ids: tuple[str, ...]


@dataclass(frozen=True)
class Order:
    """Do these first, in this order."""

    ids: tuple[str, ...]


@dataclass(frozen=True)
class Add:
    """More files and folders."""

    paths: tuple[str, ...]


@dataclass(frozen=True)
class Stop:
    """Stop now; the files at work are given up. The journal resumes."""


BatchEvent = Listed | ItemState | ItemProgress | BatchProgress | BatchProblem | BatchDone
BatchRequest = Pause | Resume | Skip | Retry | Order | Add | Stop
BatchMessage = BatchEvent | BatchRequest

_TYPES: dict[str, type[BatchMessage]] = {
    kind.__name__: kind
    for kind in (
        *(Listed, ItemState, ItemProgress, BatchProgress, BatchProblem, BatchDone),
        *(Pause, Resume, Skip, Retry, Order, Add, Stop),
    )
}


def encode(message: BatchMessage) -> str:
    """One line of JSON, pure ASCII, without the newline."""
    return json_lines.encode(message)


def decode(line: str) -> BatchMessage:
    """The message in a line; the inverse of `encode`. Raises ValueError when there is none."""
    return json_lines.decode(line, _TYPES)
