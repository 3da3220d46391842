"""Where a batch stands, and what the panel shows of that: pure functions of plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from astroview.ui.batch import phrases
from astroview.ui.batch.panel import Look


class Phase(Enum):
    """What a batch is at."""

    DRAFT = auto()  # frames are put together; perhaps none yet
    STARTING = auto()
    RUNNING = auto()
    PAUSED = auto()
    STOPPING = auto()
    ENDED = auto()  # done, stopped, or broken off


ACTIVE = (Phase.STARTING, Phase.RUNNING, Phase.PAUSED, Phase.STOPPING)


@dataclass(frozen=True)
class Standing:
    """Everything that the look of the panel depends on."""

    phase: Phase = Phase.DRAFT
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    searching: bool = False
    watching: bool = False
    parts: float = 0.0  # of frames at work, added up
    eta_s: float | None = None
    why_not: str = ""  # the reason why a draft cannot be started

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def ended(self) -> int:
        """Frames that nothing more happens to."""
        states = ("done", "failed", "skipped", "cancelled")
        return sum(self.counts.get(state, 0) for state in states)

    @property
    def left(self) -> int:
        """Frames that a batch would take up when it is started again."""
        states = ("ready", "waiting", "running", "cancelled")
        return sum(self.counts.get(state, 0) for state in states)


def look(standing: Standing) -> Look:
    """How the panel shows a batch."""
    match standing.phase:
        case Phase.DRAFT:
            return _draft(standing)
        case Phase.STARTING:
            return Look("Starting …", -1, "Pause", fixed=True)
        case Phase.STOPPING:
            return Look("Stopping …", -1, "Pause", fixed=True)
        case Phase.ENDED:
            return _ended(standing)
        case _:
            return _running(standing)


def _draft(standing: Standing) -> Look:
    count = standing.counts.get("ready", 0)
    words = f"Looking for frames … {count:,} so far" if standing.searching else ""
    button = f"Enhance {phrases.frames(count)}" if count else "Enhance"
    if standing.watching and not count:
        button = "Watch"
    press = "nothing" if standing.why_not or standing.searching else "start"
    part = -1 if standing.searching else None
    return Look(words, part, button, press, standing.why_not or "Start (Ctrl+Enter)")


def _running(standing: Standing) -> Look:
    paused = standing.phase is Phase.PAUSED
    part = (standing.ended + standing.parts) / max(standing.total, 1)
    button, press = ("Resume", "resume") if paused else ("Pause", "pause")
    why = "Go on" if paused else "Begin no further frame; the one at work is finished (Ctrl+P)"
    return Look(progress(standing), part, button, press, why, fixed=True)


def _ended(standing: Standing) -> Look:
    failed = standing.counts.get("failed", 0)
    if standing.left:
        return Look("", None, "Resume", "start", "Go on where it stopped (Ctrl+Enter)")
    if failed:
        words = f"Retry {phrases.frames(failed)}"
        return Look("", None, words, "retry", "Do what failed again (Ctrl+R)")
    return Look("", None, "Enhance", "nothing", "Add frames, or change a choice, to enhance again")


def progress(standing: Standing) -> str:
    """``132 of 400 · 3 failed · about 12 min left``."""
    counts = standing.counts
    if standing.searching and not standing.watching:  # watching is a search without an end
        return f"Looking for frames … {phrases.frames(standing.total)} so far"
    if standing.watching and standing.ended == standing.total:
        done = counts.get("done", 0) + counts.get("skipped", 0)
        return f"Watching for new frames · {done:,} done{_failed(counts)}"
    text = f"{standing.ended:,} of {standing.total:,}{_failed(counts)}"
    if counts.get("skipped", 0):
        text += f" · {counts['skipped']:,} done before"
    if standing.phase is Phase.PAUSED:
        at_work = " when the frame at work is done" if counts.get("running", 0) else ""
        return f"{text} · paused{at_work}"
    if standing.eta_s is not None and standing.eta_s >= 1:
        text += f" · about {phrases.rough(standing.eta_s)} left"
    return text + (" · watching" if standing.watching else "")


def _failed(counts: Mapping[str, int]) -> str:
    failed = counts.get("failed", 0)
    return f" · {failed:,} failed" if failed else ""


def news(standing: Standing) -> str:
    """The same in a word, for the button of the workspace."""
    if standing.phase not in ACTIVE:
        return ""
    if standing.phase is Phase.PAUSED:
        return "paused"
    if standing.watching and standing.ended == standing.total:
        return "watching"
    part = (standing.ended + standing.parts) / max(standing.total, 1)
    return f"{100 * part:.0f} %"
