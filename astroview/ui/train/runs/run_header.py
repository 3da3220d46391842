"""What can be pressed on a run, and what its card says, by where it stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.batch.queue_card import CardText, Choice
from astroview.ui.i18n.translate import tr
from astroview.ui.shell.notice import Notice
from astroview.ui.train.runs.run_record import RunRecord
from astroview.ui.train.runs.run_state import ACTIVE, State

Act = Callable[[RunRecord], object]


@dataclass(frozen=True)
class RunActs:
    """What the buttons of a run do."""

    start: Act
    pause: Act
    resume: Act
    finish: Act
    leave: Act
    leave_queue: Act
    keep: Act
    discard: Act
    share: Act
    log: Act
    again: Act


def buttons(run: RunRecord, acts: RunActs) -> tuple[Choice, ...]:
    """The buttons in the head of a run's page."""
    state = run.state
    if state in ACTIVE:
        return _while_active(run, acts) if run.ours else ()
    if state is State.QUEUED:
        act = partial(acts.leave_queue, run)
        return (Choice("Leave the queue", act, "It can be started later"),)
    if state is State.DONE:
        return _when_done(run, acts)
    if run.resumable and state is State.NEW:
        return (Choice("Start", partial(acts.start, run), "Begin to train", main=True),)
    if run.resumable:
        tip = "Go on from the last checkpoint"
        return (Choice("Resume", partial(acts.start, run), tip, main=True),)
    return ()


def _while_active(run: RunRecord, acts: RunActs) -> tuple[Choice, ...]:
    leave = Choice(
        "Leave", partial(acts.leave, run), "Keep a checkpoint and end; Resume goes on later"
    )
    finish = Choice(
        "Stop and keep", partial(acts.finish, run), "Train no further: score what was learnt"
    )
    match run.state:
        case State.TRAINING:
            tip = "Wait after this step, with everything loaded (Ctrl+P)"
            return (Choice("Pause", partial(acts.pause, run), tip), finish, leave)
        case State.PAUSED:
            resume = Choice("Resume", partial(acts.resume, run), "Go on (Ctrl+P)", main=True)
            return (resume, finish, leave)
        case State.WAITING | State.READING | State.SCORING:
            return (leave,)
        case _:
            return ()


def _when_done(run: RunRecord, acts: RunActs) -> tuple[Choice, ...]:
    share = Choice("Share …", partial(acts.share, run), "Write the tuned model into one file")
    if run.decided:
        return (share,) if run.decided == "kept" else ()
    verdict = run.story.verdict
    advised = verdict is None or verdict.keep
    keep = Choice("Keep", partial(acts.keep, run), "Put the model on your shelf", main=advised)
    tip = "The model does not go on your shelf"
    discard = Choice("Discard", partial(acts.discard, run), tip, main=not advised)
    return (keep, discard, share)


def card(run: RunRecord, acts: RunActs) -> CardText | None:
    """What is to be said above the curves; None when all is well."""
    links = (
        Choice("Show the log", partial(acts.log, run)),
        Choice("Begin a new run like this", partial(acts.again, run)),
    )
    kept = run.story.kept_step
    said = tr("The checkpoint of step {kept:,} is kept: Resume goes on from there.", kept=kept)
    goes_on = said if kept else tr("Resume begins anew.")
    match run.state:
        case State.QUEUED:
            lines = (tr("It begins by itself when the run before it has ended."),)
            return CardText("info", "This run waits: its device trains another one", lines)
        case State.FAILED:
            return _failed(run, links)
        case State.INTERRUPTED:
            lines = (tr("Its process is gone."), goes_on)
            return CardText("info", "This run was interrupted", lines, links)
        case State.STOPPED:
            return CardText("info", "This run was stopped", (goes_on,))
        case State.FOREIGN:
            what = tr("It is of {other_format}.", other_format=run.story.other_format)
            lines = (f"{what} {tr('Open it with the version that wrote it, or train anew.')}",)
            return CardText("info", "Another version of astroview wrote this run", lines)
        case _ if run.elsewhere:
            lines = (tr("This window watches; pause or stop it where it was started."),)
            return CardText("info", "Another program trains here", lines)
        case _:
            return None


def _failed(run: RunRecord, links: tuple[Choice, ...]) -> CardText:
    ended, ending = run.failure, run.ending
    if ended and ended.message:
        told = Notice.of_words(ended.message, ended.hint)
    else:
        said = ending.last_words.splitlines()[-1:] if ending else []
        reason = said[0] if said else "The trainer ended without a word."
        told = Notice.of_words(reason, "The log tells more.")
    lines = [told.hint] if told.hint else []
    if kept := run.story.kept_step:
        lines.append(
            tr("The checkpoint of step {kept:,} is kept: Resume goes on from there.", kept=kept)
        )
    return CardText("error", told.message, tuple(lines), links, bad=True)
