"""A curation in a terminal: a line for each refused file, progress, and the sum."""

from __future__ import annotations

import sys
import time
from collections.abc import Generator
from contextlib import contextmanager

from astroview.core.messages.curate_messages import (
    CurateBegun,
    Curated,
    CurateEvent,
    CurateProgress,
    Judged,
)

EVERY_S = 10.0  # between two lines of progress in a pipe


class CurateLines:
    """Refused files are told at the end, when all verdicts are final."""

    def __init__(self) -> None:
        self._refused: dict[str, Judged] = {}
        self._spoken = time.monotonic()
        self._screen = sys.stderr.isatty()

    def __call__(self, event: CurateEvent) -> None:
        """Tell an event."""
        match event:
            case CurateBegun():
                print(f"{event.files:,} files in {event.folder}", flush=True)
            case CurateProgress():
                self._progress(event)
            case Judged(verdict="refused"):
                self._refused[event.path] = event
            case Judged():
                self._refused.pop(event.path, None)
            case Curated():
                self._sum_up(event)
            case _:
                pass

    def end(self) -> None:
        """Leave the line of progress."""
        if self._screen:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def _progress(self, event: CurateProgress) -> None:
        left = "" if event.eta_s is None else f", {_clock(event.eta_s)} left"
        words = f"{event.done:,} of {event.of:,} looked at, {event.rate:.0f} files/s{left}"
        if self._screen:
            print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)
        elif time.monotonic() - self._spoken > EVERY_S:
            self._spoken = time.monotonic()
            print(words, file=sys.stderr, flush=True)

    def _sum_up(self, event: Curated) -> None:
        self.end()
        for one in self._refused.values():
            print(f"{printable(one.path)}: {printable(one.reason)}")
        print(f"{event.accepted:,} of {event.accepted + event.refused:,} files can be learnt from.")
        for estimate in event.estimates:
            print(estimate.words)
        print(f"Report: {printable(event.report)}", flush=True)


@contextmanager
def in_lines() -> Generator[CurateLines]:
    """Tell a curation on this terminal."""
    lines = CurateLines()
    try:
        yield lines
    finally:
        lines.end()


def printable(text: str) -> str:
    """File names may hold anything; a terminal line may not."""
    shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
    encoding = sys.stdout.encoding or "utf-8"
    return shown.encode(encoding, "backslashreplace").decode(encoding)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
