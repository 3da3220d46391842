"""What a curation says: ``astroview curate DIR --events``, one JSON line each on stdout.

A folder is looked at file by file; each file's own verdict comes at once. What only the whole
folder tells (near copies, sets of bands, which targets are held out) comes at the end: a later
`Judged` of a path replaces an earlier one. Nothing is asked on stdin; when it closes the process
ends, and the same command goes on where it stopped. To overrule a verdict write the file of
`CurateBegun.overrules` (`astroview.core.messages.curation_overrides`) and run the command again:
what was looked at is not looked at again.
"""

from __future__ import annotations

from typing import Literal

from astroview.core import json_lines
from astroview.core.lazy_dataclass import dataclass

Verdict = Literal["accepted", "refused"]
# What kind of reason speaks against a file.
Why = Literal[
    "", "unreadable", "made", "small", "missing", "blank", "saturated", "chart", "blocks",
    "blurred", "copy", "pair", "border", "user",
]  # fmt: skip
# What a file is for: a colour picture, a band of a composed one, a grey frame that is degraded,
# or one side of a pair that the user gave.
Use = Literal["", "colour", "bands", "sharpen", "pair"]
Goal = Literal["colour", "sharpen"]
Level = Literal["none", "few", "some", "enough"]


@dataclass(frozen=True)
class CurateBegun:
    """The first event. ``notes`` is the folder of ``report``, ``overrules`` and thumbnails."""

    folder: str
    notes: str
    report: str
    overrules: str
    files: int


@dataclass(frozen=True)
class CurateProgress:
    """How far the looking is; ``rate`` in files a second, ``eta_s`` None until it can be told."""

    done: int
    of: int
    rate: float = 0.0
    eta_s: float | None = None


@dataclass(frozen=True)
class Judged:
    """One file's verdict; ``reason`` is "" when it is accepted.

    ``why`` says what kind of reason it is. ``own_why`` and ``own_reason`` are what was found
    before the user overruled it. ``group`` names files that go together (bands, pairs).
    ``thumbnail`` is a JPEG (longest side 128 pixels), or empty.
    """

    path: str
    verdict: Verdict
    reason: str = ""
    why: Why = ""
    use: Use = ""
    target: str = ""
    held_out: bool = False
    overruled: bool = False
    own_why: Why = ""
    own_reason: str = ""
    group: str = ""
    thumbnail: str = ""
    height: int = 0
    width: int = 0


@dataclass(frozen=True)
class Estimate:
    """Whether there is enough to learn one thing from, in words for the user.

    ``held_out`` of the ``samples`` are kept for the scores, which show ``judging`` targets.
    """

    goal: Goal
    samples: int
    targets: int
    held_out: int
    level: Level
    words: str
    judging: int = 0


@dataclass(frozen=True)
class Curated:
    """The last event: counts of files, and what there is to learn from."""

    accepted: int
    refused: int
    overruled: int
    estimates: tuple[Estimate, ...]
    report: str
    seconds: float


@dataclass(frozen=True)
class CurateProblem:
    """The curation cannot begin or go on."""

    message: str
    hint: str = ""


CurateEvent = CurateBegun | CurateProgress | Judged | Curated | CurateProblem

_TYPES: dict[str, type[CurateEvent]] = {
    kind.__name__: kind for kind in (CurateBegun, CurateProgress, Judged, Curated, CurateProblem)
}


def encode(message: CurateEvent) -> str:
    """One line of JSON, pure ASCII, without the newline."""
    return json_lines.encode(message)


def decode(line: str) -> CurateEvent:
    """The message in a line; the inverse of `encode`. Raises ValueError when there is none."""
    return json_lines.decode(line, _TYPES)
