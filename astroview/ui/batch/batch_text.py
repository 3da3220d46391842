"""Words for what goes on in a batch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from astroview.core.messages.batch_messages import BatchProgress
from astroview.core.texts import sentences
from astroview.ui.i18n.translate import local, noted, tr, tr_counted

if TYPE_CHECKING:
    from astroview.ui.batch.queue_model import Row

STATES = {
    "ready": noted("Ready"),
    "waiting": noted("Waiting"),
    "running": noted("Working"),
    "done": noted("Done"),
    "failed": noted("Failed"),
    "skipped": noted("Done before"),
    "cancelled": noted("Cancelled"),
}


def state(row: Row) -> str:
    """One or two words; a frame at work says how far it is."""
    if row.state == "running" and row.part > 0:
        return f"{100 * row.part:.0f} %"
    return tr(STATES[row.state])


def time_of(row: Row) -> str:
    """What a frame took, or what is left of the work on it."""
    if row.state == "running":
        return (
            tr("{clock} left", clock=clock(row.eta_s))
            if row.eta_s is not None and row.eta_s >= 1
            else ""
        )
    told = row.state in ("done", "failed") and row.seconds >= 0.05
    return took(row.seconds) if told else ""


def second_line(row: Row) -> str:
    """What matters most about a frame: why it failed, a warning, or where it lies."""
    if row.state == "failed":
        return tr(row.problem) or tr("It failed without a reason.")
    if row.state == "running" and row.note:
        note = tr(row.note)
        return note[:1].upper() + note[1:]
    if row.warnings:
        return row.warnings[0]
    return str(PurePath(row.path).parent)


def tip(row: Row) -> str:
    """Everything about a frame."""
    lines = [row.path]
    lines += [f"→ {row.target}"] if row.target and row.state in ("done", "skipped") else []
    lines += [sentences(tr(row.problem), tr(row.hint))] if row.problem else []
    return "\n".join([*lines, *row.warnings])


def spoken(row: Row) -> str:
    """A row for screen readers."""
    parts = (row.name, state(row), row.problem, *row.warnings)
    return ", ".join(part for part in parts if part)


def overall(progress: BatchProgress) -> str:
    """``132 of 400 done, 3 failed, about 12 min left``."""
    ended = progress.done + progress.failed + progress.skipped
    parts = [tr("{ended} of {of}", ended=ended, of=progress.of)]
    parts += [tr("{failed} failed", failed=progress.failed)] if progress.failed else []
    parts += [tr("{skipped} done before", skipped=progress.skipped)] if progress.skipped else []
    if progress.paused:
        parts.append(tr("paused"))
    elif progress.eta_s is not None and ended < progress.of:
        parts.append(tr("about {rough} left", rough=rough(progress.eta_s)))
    return " · ".join(parts)


def frames(count: int) -> str:
    """``1 frame``, ``12 frames``, ``12,000 frames``."""
    return tr_counted("{count} frame", "{count:,} frames", count)


def clock(seconds: float) -> str:
    """``0:12`` or ``1:05:20``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def took(seconds: float) -> str:
    """``0.8 s``, ``42 s``, ``3:20``."""
    if seconds < 9.95:
        return local(f"{seconds:.1f} s")
    return f"{seconds:.0f} s" if seconds < 60 else clock(seconds)


def rough(seconds: float) -> str:
    """A span as people say it: ``40 s``, ``12 min``, ``2 h 5 min``, ``3 days``."""
    if seconds < 55:
        return f"{max(5, round(seconds / 5) * 5)} s"
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        return tr_counted("{count} day", "{count} days", round(hours / 24))
    return f"{hours} h {rest} min" if rest and hours < 10 else f"{hours} h"


def reasons(problems: Sequence[tuple[str, str]]) -> list[tuple[str, int]]:
    """Equal reasons told once: (reason, how many), the most frequent first.

    `problems` are (name of the frame, problem); names inside problems do not tell them apart.
    """
    found: dict[str, list[str]] = {}
    for name, problem in problems:
        found.setdefault(reason(name, problem), []).append(problem)
    told = [(alike if len(all_) > 1 else all_[0], len(all_)) for alike, all_ in found.items()]
    return sorted(told, key=lambda pair: -pair[1])


def reason(name: str, problem: str) -> str:
    """A problem without the name of the frame that had it."""
    stem = name.partition(".")[0]
    short = problem.replace(name, "…") if name else problem
    return short.replace(stem, "…") if len(stem) > 3 else short
