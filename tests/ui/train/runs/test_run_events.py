"""What is made of a run's events: curves, states, words; files that grow, break off, begin anew."""

from __future__ import annotations

import math
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from astroview.core.messages import train_messages as messages
from astroview.core.messages.train_messages import (
    Begun,
    DataRead,
    Ended,
    GoesOn,
    Kept,
    Learnt,
    Remark,
    Sampled,
    Scored,
    StageProgress,
    TrainEvent,
    Verdict,
    Waits,
)
from astroview.ui.process.thread_pool import Background
from astroview.ui.train.runs import run_folders, run_state
from astroview.ui.train.runs.chart import ChartLine
from astroview.ui.train.runs.event_tail import EVENTS, Tail
from astroview.ui.train.runs.picture_grid import inside
from astroview.ui.train.runs.run_events import Story
from astroview.ui.train.runs.run_header import RunActs, card
from astroview.ui.train.runs.run_record import RunRecord
from astroview.ui.train.runs.run_state import State
from astroview.ui.train.runs.smooth_curves import MOST_POINTS, past_for, smooth, thin


def begun(step: int = 0, time: float = 1.0) -> Begun:
    return Begun(time, messages.FORMAT, "m", "superres", "full", "cpu", step, 0, 30.0)


def course(first: int, last: int) -> list[TrainEvent]:
    """A run's events from a step on."""
    events: list[TrainEvent] = [begun(first)]
    for step in range(first + 1, last + 1):
        events.append(Learnt(2.0 + step, step, 1 / step, share=step / 100, eta_s=60.0))
        if step % 5 == 0:
            names = (f"{step}-{kind}.png" for kind in "abct")
            events += [Scored(2.0 + step, step, {"psnr": float(step)}),
                       Sampled(2.0 + step, step, 0, *names), Kept(2.0 + step, step)]  # fmt: skip
    return events


def told(*events: TrainEvent) -> Story:
    story = Story()
    for event in events:
        story.take(event)
    return story


def test_a_run_that_goes_on_forgets_what_it_had_learnt_after_its_checkpoint() -> None:
    straight = told(*course(0, 30))
    broken = told(*course(0, 23), *course(20, 30))
    assert list(broken.loss.steps) == list(range(1, 31))
    assert list(broken.loss.values) == list(straight.loss.values)
    assert broken.scores["psnr"].steps == straight.scores["psnr"].steps
    assert broken.samples == straight.samples
    assert broken.kept_step == 30
    assert broken.step == 30


STATES: tuple[tuple[tuple[TrainEvent, ...], State, State], ...] = (
    ((), State.READING, State.NEW),
    ((StageProgress(1.0, "reading", 3, 9),), State.READING, State.INTERRUPTED),
    ((begun(), DataRead(2.0, 9, 3, 0, "")), State.READING, State.INTERRUPTED),
    ((begun(), Learnt(2.0, 1, 0.5)), State.TRAINING, State.INTERRUPTED),
    ((begun(), Learnt(2.0, 1, 0.5), Waits(3.0, 1)), State.PAUSED, State.INTERRUPTED),
    ((begun(), Waits(3.0, 1, "Another run uses the GPU.")), State.WAITING, State.INTERRUPTED),
    ((begun(), Learnt(2.0, 1, 0.5), Waits(3.0, 1), GoesOn(4.0, 1)),
     State.TRAINING, State.INTERRUPTED),
    ((begun(), Learnt(2.0, 1, 0.5), StageProgress(3.0, "scoring", 1, 4)),
     State.SCORING, State.INTERRUPTED),
    ((begun(), Ended(3.0, "stopped", 5)), State.STOPPED, State.STOPPED),
    ((begun(), Ended(3.0, "failed", 5, "", "no room")), State.FAILED, State.FAILED),
    ((begun(), Ended(3.0, "done", 5, "model")), State.DONE, State.DONE),
    ((begun(), Ended(3.0, "stopped", 5), StageProgress(4.0, "reading", 1, 9)),
     State.READING, State.INTERRUPTED),
)  # fmt: skip


@pytest.mark.parametrize(("events", "alive", "dead"), STATES)
def test_where_a_run_stands(events: tuple[TrainEvent, ...], alive: State, dead: State) -> None:
    story = told(*events)
    assert run_state.state_of(story, alive=True) is alive
    assert run_state.state_of(story, alive=False) is dead
    for state in (alive, dead):
        assert run_state.progress(state, story)
        part = run_state.part_of(state, story)
        assert part is None or part == -1 or 0 <= part <= 1


def test_remarks_and_a_verdict_are_kept_and_a_new_beginning_forgets_the_verdict() -> None:
    verdict = Verdict(5.0, keep=True, headline="Better.", reasons=(), figures=())
    story = told(begun(), Remark(2.0, 1, "Halved."), verdict, Ended(6.0, "done", 9, "model"))
    assert story.verdict is verdict
    assert [remark.message for remark in story.remarks] == ["Halved."]
    story.take(StageProgress(7.0, "reading", 1, 2))
    assert story.verdict is None
    assert story.ended is None


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50), st.floats(0, 0.97))
def test_a_smoothed_curve_is_a_mean_of_what_was(values: list[float], past: float) -> None:
    smoothed = smooth(np.array(values), past)
    assert smoothed[0] == pytest.approx(values[0], abs=1e-6)
    for i, value in enumerate(smoothed):
        low, high = min(values[: i + 1]), max(values[: i + 1])
        assert low - 1e-6 <= value <= high + 1e-6
    assert past_for(len(values)) < 1


def test_what_is_no_number_leaves_the_mean_as_it_is() -> None:
    smoothed = smooth(np.array([1.0, math.nan, math.inf, 1.0]), 0.5)
    assert smoothed.tolist() == [1.0, 1.0, 1.0, 1.0]


def test_a_long_curve_is_drawn_by_few_points_of_the_same_mean() -> None:
    steps, values = np.arange(20_000.0), np.sin(np.arange(20_000.0) / 900)
    few_steps, few = thin(steps, values)
    assert len(few) == len(few_steps) <= MOST_POINTS
    assert np.interp(7000, few_steps, few) == pytest.approx(values[7000], abs=0.01)
    assert thin(steps[:9], values[:9])[1].tolist() == values[:9].tolist()


@pytest.mark.parametrize("name", ["", "/etc/passwd", "../../secret.png"])
def test_pictures_outside_the_run_folder_are_not_shown(name: str, tmp_path: Path) -> None:
    assert inside(tmp_path, name) == ""
    assert inside(tmp_path, "samples/a.png") == str(tmp_path / "samples/a.png")


def test_a_file_is_read_as_it_grows_breaks_off_and_begins_anew(
    qtbot: QtBot, tmp_path: Path
) -> None:
    background = Background(1)
    tail = Tail(background)
    tail.follow(tmp_path)  # there is no file yet
    lines = [messages.encode(event) + "\n" for event in course(0, 12)]
    file = tmp_path / EVENTS
    with file.open("w") as out:
        out.write("".join(lines[:5]) + lines[5][:20])
        out.flush()
        qtbot.waitUntil(lambda: tail.story.step == 4, timeout=60_000)
        out.write(lines[5][20:] + "no event\n" + "".join(lines[6:]))
        out.flush()
        qtbot.waitUntil(lambda: tail.story.step == 12, timeout=60_000)
    assert tail.story.unknown_lines == 1
    assert not tail.story.other_format
    file.write_text(lines[0] + lines[1])
    qtbot.waitUntil(lambda: tail.story.step == 1, timeout=60_000)
    tail.follow(None)
    background.close()


def test_of_a_long_run_the_first_look_sees_beginning_and_end(tmp_path: Path) -> None:
    lines = [messages.encode(event) for event in course(0, 3000)]
    last = messages.encode(Ended(9e9, "stopped", 3000))
    (tmp_path / EVENTS).write_text("\n".join([*lines, last]) + "\n")
    assert (tmp_path / EVENTS).stat().st_size > run_folders.HEAD + run_folders.END
    found = run_folders.glance(tmp_path)
    assert found.story.begun
    assert found.story.ended
    assert found.story.step == 3000
    assert run_state.state_of(found.story, alive=False) is State.STOPPED


def test_a_curve_that_grew_or_changed_is_not_the_same() -> None:
    steps, values = np.array([1.0, 2.0, 3.0]), np.array([0.5, np.nan, 0.3])
    line = ChartLine(steps, values, base=0.4)
    assert line.same(ChartLine(steps.copy(), values.copy(), base=0.4))
    assert not line.same(ChartLine(steps, values, base=0.5))
    assert not line.same(ChartLine(steps[:2], values[:2], base=0.4))
    assert not line.same(ChartLine(steps, np.array([0.5, np.nan, 0.2]), base=0.4))
    assert not line.same(ChartLine(steps + 1, values, base=0.4))


@pytest.mark.parametrize("kept", [0, 5])
def test_a_stopped_run_tells_of_a_checkpoint_where_there_is_one(kept: int) -> None:
    events = [*course(0, kept), Ended(99.0, "stopped", kept)]
    run = RunRecord(Path("run"), None, told(*events))
    acts = RunActs(*(lambda _: None for _ in fields(RunActs)))
    said = card(run, acts)
    assert said is not None
    assert ("step 5 is kept" in said.lines[0]) == bool(kept)
    assert ("begins anew" in said.lines[0]) != bool(kept)


def test_a_run_that_was_asked_to_leave_says_when_it_ends() -> None:
    told = run_state.news(State.LEAVING, Story())
    assert "step" in told
    assert told == run_state.progress(State.LEAVING, Story())
