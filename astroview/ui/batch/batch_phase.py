"""Where a batch stands, and what the panel shows of that: pure functions of plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum, auto

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.batch import batch_text
from astroview.ui.batch.batch_panel import PanelLook
from astroview.ui.i18n.translate import tr


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
class BatchStanding:
    """Everything that the look of the panel depends on."""

    phase: Phase = Phase.DRAFT
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    searching: bool = False
    watching: bool = False
    parts: float = 0.0  # of frames at work, added up
    eta_s: float | None = None
    why_not: str = ""  # the reason why a draft cannot be started
    bands: bool = False  # those of one field are composed: nobody knows yet how many that are

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


def look(standing: BatchStanding) -> PanelLook:
    """How the panel shows a batch."""
    match standing.phase:
        case Phase.DRAFT:
            return _draft(standing)
        case Phase.STARTING:
            return PanelLook(tr("Starting …"), -1, tr("Pause"), fixed=True)
        case Phase.STOPPING:
            return PanelLook(tr("Stopping …"), -1, tr("Pause"), fixed=True)
        case Phase.ENDED:
            return _ended(standing)
        case _:
            return _running(standing)


def _draft(standing: BatchStanding) -> PanelLook:
    count = standing.counts.get("ready", 0)
    words = tr("Looking for frames … {count:,} so far", count=count) if standing.searching else ""
    button = tr("Enhance {frames}", frames=batch_text.frames(count)) if count else tr("Enhance")
    why = tr("Start (Ctrl+Enter)")
    if standing.bands and count > 1:
        button = tr("Compose and enhance")
        why = tr("Bands of one field become one picture, other frames one each (Ctrl+Enter)")
    if standing.watching and not count:
        button = tr("Watch")
    press = "nothing" if standing.why_not or standing.searching else "start"
    part = -1 if standing.searching else None
    return PanelLook(words, part, button, press, standing.why_not or why)


def _running(standing: BatchStanding) -> PanelLook:
    paused = standing.phase is Phase.PAUSED
    part = (standing.ended + standing.parts) / max(standing.total, 1)
    button, press = (tr("Resume"), "resume") if paused else (tr("Pause"), "pause")
    why = (
        tr("Go on")
        if paused
        else tr("Begin no further frame; the one at work is finished (Ctrl+P)")
    )
    return PanelLook(progress(standing), part, button, press, why, fixed=True)


def _ended(standing: BatchStanding) -> PanelLook:
    failed = standing.counts.get("failed", 0)
    if standing.left:
        return PanelLook("", None, tr("Resume"), "start", tr("Go on where it stopped (Ctrl+Enter)"))
    if failed:
        words = tr("Retry {frames}", frames=batch_text.frames(failed))
        return PanelLook("", None, words, "retry", tr("Do what failed again (Ctrl+R)"))
    return PanelLook(
        "", None, tr("Enhance"), "nothing", tr("Add frames, or change a choice, to enhance again")
    )


def progress(standing: BatchStanding) -> str:
    """``132 of 400 · 3 failed · about 12 min left``."""
    counts = standing.counts
    if standing.searching and not standing.watching:  # watching is a search without an end
        return tr("Looking for frames … {frames} so far", frames=batch_text.frames(standing.total))
    if standing.watching and standing.ended == standing.total:
        done = counts.get("done", 0) + counts.get("skipped", 0)
        return _told(tr("Watching for new frames"), tr("{done:,} done", done=done), _failed(counts))
    told = [
        tr("{ended:,} of {total:,}", ended=standing.ended, total=standing.total),
        _failed(counts),
    ]
    if counts.get("skipped", 0):
        told.append(tr("{skipped:,} done before", skipped=counts["skipped"]))
    if standing.phase is Phase.PAUSED:
        at_work = counts.get("running", 0)
        waits = tr("paused when the frame at work is done") if at_work else tr("paused")
        return _told(*told, waits)
    if standing.eta_s is not None and standing.eta_s >= 1:
        told.append(tr("about {rough} left", rough=batch_text.rough(standing.eta_s)))
    return _told(*told, tr("watching") if standing.watching else "")


def _failed(counts: Mapping[str, int]) -> str:
    failed = counts.get("failed", 0)
    return tr("{failed:,} failed", failed=failed) if failed else ""


def _told(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def news(standing: BatchStanding) -> str:
    """The same in a word, for the button of the workspace."""
    if standing.phase not in ACTIVE:
        return ""
    if standing.phase is Phase.PAUSED:
        return tr("paused")
    if standing.watching and standing.ended == standing.total:
        return tr("watching")
    part = (standing.ended + standing.parts) / max(standing.total, 1)
    return f"{100 * part:.0f} %"
