"""Where a run stands, and the words for it: pure functions of plain data."""

from __future__ import annotations

from enum import Enum, auto

from astroview.ui.batch.batch_text import rough
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.train.runs.run_events import Story


class State(Enum):
    """What a run is at."""

    NEW = auto()  # a folder with a plan, never begun
    QUEUED = auto()  # begins when the device is free
    STARTING = auto()
    READING = auto()  # looks through the frames, scores the base model
    TRAINING = auto()
    PAUSED = auto()
    WAITING = auto()  # for a device that another run uses
    SCORING = auto()  # trained; scores, writes and judges the model
    LEAVING = auto()  # was asked to end, and keeps a checkpoint
    DONE = auto()
    STOPPED = auto()
    FAILED = auto()
    INTERRUPTED = auto()  # its process is gone without a word
    FOREIGN = auto()  # another version of the program wrote it


ACTIVE = frozenset({
    *(State.STARTING, State.READING, State.TRAINING, State.PAUSED, State.WAITING),
    *(State.SCORING, State.LEAVING),
})  # fmt: skip
RESUMABLE = frozenset({State.NEW, State.STOPPED, State.FAILED, State.INTERRUPTED})
_WORDS = {
    State.NEW: noted("Not begun"),
    State.QUEUED: noted("In the queue"),
    State.STARTING: noted("Starting …"),
    State.READING: noted("Reading"),
    State.TRAINING: noted("Training"),
    State.PAUSED: noted("Paused"),
    State.WAITING: noted("Waiting"),
    State.SCORING: noted("Judging"),
    State.LEAVING: noted("Stopping after this step …"),
    State.DONE: noted("Done"),
    State.STOPPED: noted("Stopped"),
    State.FAILED: noted("Failed"),
    State.INTERRUPTED: noted("Interrupted"),
    State.FOREIGN: noted("Another version"),
}
_STAGES = {
    "reading": noted("Reading the frames"),
    "baseline": noted("Scoring the base model"),
    "training": noted("Training"),
    "folds": noted("Judging by folds"),
    "scoring": noted("Scoring the tuned model"),
    "exporting": noted("Writing the model"),
}


def state_of(story: Story, *, alive: bool, queued: bool = False, starting: bool = False) -> State:
    """Where a run stands.

    Parameters
    ----------
    alive
        Whether a process trains there now, ours or another.
    queued
        Whether it waits for its turn.
    starting
        Whether our process was started and did not say that it began.
    """
    if story.other_format:
        return State.FOREIGN
    if queued:
        return State.QUEUED
    if starting:
        return State.STARTING
    if story.ended:
        return State[story.ended.outcome.upper()]
    if alive:
        return _of_living(story)
    return State.INTERRUPTED if story.first_time else State.NEW


def _of_living(story: Story) -> State:
    if story.waits:
        return State.WAITING if story.waits.reason else State.PAUSED
    if story.verdict:
        return State.SCORING
    if story.stage:
        judging = story.stage.stage in ("folds", "scoring", "exporting")
        return State.SCORING if judging else _training_or(State.READING, story)
    return State.TRAINING if story.learnt else State.READING


def _training_or(other: State, story: Story) -> State:
    return State.TRAINING if story.stage and story.stage.stage == "training" else other


def words(state: State) -> str:
    """One or two words."""
    return tr(_WORDS[state])


def news(state: State, story: Story) -> str:
    """The same with how far it is, for lists: ``Training · 42 %``."""
    if state is State.WAITING and story.waits:
        return tr(story.waits.reason)
    part = part_of(state, story)
    known = state in (State.TRAINING, State.PAUSED) and part is not None and part >= 0
    return f"{words(state)} · {100 * part:.0f} %" if known and part else words(state)


def part_of(state: State, story: Story) -> float | None:
    """How much is done: 0 to 1, -1 for "busy", None for no bar."""
    if state in (State.STARTING, State.LEAVING):
        return -1
    if state in (State.READING, State.SCORING):
        told = story.stage
        return told.done / told.of if told and told.of > 0 else -1
    if state in (State.TRAINING, State.PAUSED, State.WAITING):
        return _trained(story)
    return None


def _trained(story: Story) -> float:
    """How much of its budget the training used."""
    return min(max(story.learnt.share, 0.0), 1.0) if story.learnt else 0.0


def progress(state: State, story: Story) -> str:
    """What goes on, in a line: ``Training · step 240 · about 12 min left``."""
    if state in (State.READING, State.SCORING):
        return _stage(state, story)
    parts = [words(state)]
    if state in (State.DONE, State.STOPPED, State.FAILED, State.INTERRUPTED) and story.step:
        parts += [steps(story), tr("took {rough}", rough=rough(story.last_time - story.first_time))]
    if state is State.WAITING and story.waits:
        parts = [tr(story.waits.reason)]
    if state in (State.TRAINING, State.PAUSED, State.WAITING) and story.step:
        parts.append(steps(story))
    learnt = story.learnt
    if state is State.TRAINING and learnt and learnt.eta_s is not None and learnt.eta_s >= 1:
        parts.append(tr("about {rough} left", rough=rough(learnt.eta_s)))
    return " · ".join(parts)


def _stage(state: State, story: Story) -> str:
    told = story.stage
    if told is None:
        return words(state) + " …"
    name = tr(_STAGES[told.stage])
    if told.stage == "folds":
        return tr("{name} … {part} %", name=name, part=round(100 * told.done / max(told.of, 1)))
    far = tr("{done:,} of {of:,}", done=told.done, of=told.of) if told.of > 1 else ""
    return f"{name} … {far}".rstrip()


def steps(story: Story) -> str:
    """``step 240 of 1,000``."""
    of = story.begun.steps if story.begun else 0
    return (
        tr("step {step:,} of {of:,}", step=story.step, of=of)
        if of
        else tr("step {step:,}", step=story.step)
    )
