"""Gathering in a terminal: a line for each frame, and the sum."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager

from astroview.core.messages.gather_messages import (
    Fetched,
    GatherBegun,
    Gathered,
    GatherEvent,
    GatherProgress,
)


@contextmanager
def in_lines() -> Generator[Callable[[GatherEvent], None]]:
    """Tell it on this terminal."""
    progress: list[GatherProgress] = []

    def tell(event: GatherEvent) -> None:
        match event:
            case GatherBegun():
                place = f"RA {event.ra:.5f}, Dec {event.dec:+.5f}"
                print(
                    f"{event.target} ({place}): {event.of:,} frames of {event.survey}", flush=True
                )
            case GatherProgress():
                progress[:] = [event]
            case Fetched(state="failed"):
                print(f"{event.name}: {event.problem}", file=sys.stderr, flush=True)
            case Fetched(state="done"):
                place = f"[{progress[0].done + 1}/{progress[0].of}] " if progress else ""
                print(f"{place}{event.name} ({event.size / 1e6:.1f} MB)", flush=True)
            case Gathered():
                before = f", {event.before:,} were there before" if event.before else ""
                print(f"{event.done:,} fetched, {event.failed:,} failed{before}.")
                print(f"Credits: {event.manifest}", flush=True)
            case _:
                pass

    yield tell
