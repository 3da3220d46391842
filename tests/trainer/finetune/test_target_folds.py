"""Folds over targets: small folders, judged whole, by runs for real with a tiny model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from tuned import first, go, newest, with_head

from astroview.core.messages import train_messages as messages
from astroview.core.messages.train_messages import (
    Begun,
    DataRead,
    Ended,
    Learnt,
    Remark,
    StageProgress,
    Verdict,
)
from astroview.core.models.model_card import read_card
from astroview.engine.networks import weights
from trainer.calibrate import tuned_intervals
from trainer.config import FOLDS, TuneConfig
from trainer.data import training_data
from trainer.finetune import target_folds, tune_run
from trainer.loop.run_folder import RunFolder
from trainer.loop.stdin_control import StdinControl


def silent(*_: object) -> None:
    """Nobody listens."""


def test_every_target_judges_once_and_no_fold_learns_from_who_judges_it(
    choice: Callable[..., TuneConfig],
):
    found = training_data.gather(choice(), "superres", silent, 2)
    folds = target_folds.folds(choice(folds="auto"), found)
    assert len(folds) == FOLDS
    everybody = sorted(p.name for p in target_folds.everything(found))
    assert len(everybody) == 10
    assert sorted(p.name for fold in folds for p in fold.held) == everybody
    for fold in folds:
        assert not {p.target for p in fold.held} & {p.target for p in fold.train}
        assert len(fold.held) + len(fold.train) == len(everybody)
    assert target_folds.folds(choice(folds="no"), found) == ()


def test_where_enough_are_held_out_none_is_made(
    choice: Callable[..., TuneConfig], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(training_data, "FEW_HELD", 2)
    found = training_data.gather(choice(held_out=0.4), "superres", silent, 2)
    assert not found.shared
    assert target_folds.folds(choice(folds="auto"), found) == ()
    folds = target_folds.folds(choice(folds="yes"), found)
    assert sum(len(fold.held) for fold in folds) == 10


def test_a_small_folder_is_judged_by_all_of_its_targets(
    choice: Callable[..., TuneConfig], tmp_path: Path
):
    events = go(choice(folds="auto", steps=24, patience=0), tmp_path)
    read = first(events, DataRead)
    assert (read.training, read.held_out) == (10, 0)
    assert "all 10 judge, in 3 folds" in read.notes[-1]
    assert "have 6 steps each" in read.notes[-1]
    assert first(events, Begun).steps == 6
    assert [e.step for e in events if isinstance(e, Learnt)][-1] == 6
    for number in (1, 2, 3):
        told = list(RunFolder(tmp_path / "folds" / str(number)).events())
        assert first(told, Begun).steps == 6
        assert read_card(tmp_path / "folds" / str(number) / "model").origin
    verdict = first(events, Verdict)
    assert "Judged by 3-fold over 10 targets" in verdict.reasons[0]
    assert {f.pictures for f in verdict.figures if f.side == "own"} == {10}
    assert verdict.pictures
    assert events[-1] == Ended(events[-1].time, "done", 6, "model")


def test_the_verdict_is_of_the_folds_models_and_not_of_the_one_that_knows_all(
    choice: Callable[..., TuneConfig], tmp_path: Path
):
    """Spoil a fold's model: its part of the verdict must say so, whatever the kept one can do."""
    config = choice(folds="yes", steps=24, patience=0)
    before = first(go(config, tmp_path), Verdict)
    for number in (1, 2, 3):
        best = max((tmp_path / "folds" / str(number) / "checkpoints").glob("*.pt"))
        state = torch.load(best, weights_only=True)
        spoilt = {k: v + 0.2 * torch.randn_like(v) for k, v in state["best"].items()}
        torch.save({**state, "best": spoilt}, best)
    again = [e for e in go(config, tmp_path) if isinstance(e, Verdict)][-1]
    assert again.figures[0].tuned < before.figures[0].tuned - 1
    assert not again.keep


def test_left_in_a_fold_it_goes_on_there_and_ends_as_if_nothing_had_been(
    choice: Callable[..., TuneConfig], tmp_path: Path
):
    config = choice(folds="yes", steps=32, patience=0, checkpoint_every=2, sample_every=50)
    straight = go(config, tmp_path / "straight")
    steering, place = StdinControl(), tmp_path / "broken"

    def leave(event: messages.TrainEvent) -> None:
        if isinstance(event, StageProgress) and event.stage == "folds" and event.done > 33:
            steering.obey(messages.Leave())

    run = tune_run.begin(config, place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(target_folds, "TELL_S", 0.0)
        ended = tune_run.tune(config, run, steering, leave, bundled=())
    assert ended.outcome == "stopped"
    assert not (place / "folds" / "3").exists()
    again, kept = tune_run.resume(place)
    assert tune_run.tune(kept, again, StdinControl(), bundled=()).outcome == "done"
    for fold in ("folds/1", "folds/2", "folds/3"):
        one, two = newest(tmp_path / "straight" / fold), newest(place / fold)
        assert all(torch.equal(one[key], two[key]) for key in one)
    told = [e for e in again.events() if isinstance(e, Verdict)][-1]
    assert told.figures == first(straight, Verdict).figures


def test_asked_to_train_no_further_only_ready_folds_judge(
    choice: Callable[..., TuneConfig], tmp_path: Path
):
    steering = StdinControl()

    def finish(event: messages.TrainEvent) -> None:
        if isinstance(event, StageProgress) and event.stage == "folds" and event.done > 33:
            steering.obey(messages.Finish())

    config = choice(folds="yes", steps=4 * 20, patience=0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(target_folds, "TELL_S", 0.0)
        run = tune_run.begin(config, tmp_path)
        ended = tune_run.tune(config, run, steering, finish, bundled=())
    assert ended.outcome == "done"
    events = list(run.events())
    assert any("no further" in e.message for e in events if isinstance(e, Remark))
    verdict = first(events, Verdict)
    assert "over 4 targets" in verdict.reasons[0]
    weights.load(read_card(tmp_path / "model"), torch.device("cpu"))


def test_a_model_that_was_stopped_early_is_judged_by_folds_of_as_many_steps(
    choice: Callable[..., TuneConfig], tmp_path: Path
):
    steering = StdinControl()

    def finish(event: messages.TrainEvent) -> None:
        if isinstance(event, Learnt):
            steering.obey(messages.Finish())

    run = tune_run.begin(choice(folds="yes", steps=10**6, score_every=10**6), tmp_path)
    assert (
        tune_run.tune(
            choice(folds="yes", steps=10**6, score_every=10**6), run, steering, finish, bundled=()
        ).outcome
        == "done"
    )
    events = list(run.events())
    (steps,) = {first(list(RunFolder(tmp_path / "folds" / n).events()), Begun).steps for n in "123"}
    assert steps == events[-1].step
    assert "over 10 targets" in first(events, Verdict).reasons[0]


def test_intervals_are_those_of_a_fold_whose_pictures_it_never_saw(
    choice: Callable[..., TuneConfig],
    models: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(tuned_intervals, "SKIES", 2)
    parent = with_head(models, tmp_path / "parent")
    events = go(choice(folds="yes", model=str(parent), steps=8), tmp_path / "run")
    mine, theirs = (read_card(tmp_path / "run" / f) for f in ("model", "folds/1/model"))
    assert mine.uncertainty["factors"] == theirs.uncertainty["factors"]
    assert weights.load_spread(mine, torch.device("cpu")) is not None
    assert any("measured anew" in e.message for e in events if isinstance(e, Remark))
