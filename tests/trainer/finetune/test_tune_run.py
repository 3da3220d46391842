"""Fine-tuning for real, with a tiny model on small pictures, by the command that users type."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import tuning
import waiting
from PIL import Image
from torch import nn
from tuned import HYPER, first, go, newest

from astroview.core.errors import DatasetProblem
from astroview.core.messages import train_messages as messages
from astroview.core.messages.train_messages import (
    Begun,
    DataRead,
    Ended,
    Kept,
    Learnt,
    Remark,
    Sampled,
    Scored,
    TrainMessage,
    Verdict,
)
from astroview.core.models.model_card import ModelShelf, read_card, write_card
from astroview.engine.networks import weights
from trainer.config import TuneConfig
from trainer.data import palettes
from trainer.finetune import tune_run
from trainer.finetune.tune_config import write_tune
from trainer.loop import replay
from trainer.loop.adversary import Adversary
from trainer.loop.run_folder import RunFolder
from trainer.loop.stdin_control import StdinControl, listen
from trainer.tasks.superres_task import SuperResTask


@pytest.mark.parametrize("task", list(HYPER))
def test_a_run_tells_what_it_does_and_leaves_a_model(
    task: str, choice: Callable[..., TuneConfig], tmp_path: Path
):
    events = go(choice(task), tmp_path / "run")
    kinds = {type(e) for e in events}
    assert {Begun, DataRead, Learnt, Scored, Sampled, Kept, Ended} <= kinds
    begun = first(events, Begun)
    scores = [e for e in events if isinstance(e, Scored)]
    assert [s.step for s in scores] == [0, 3, 6]
    assert all(begun.figure in s.values for s in scores)
    for sampled in (e for e in events if isinstance(e, Sampled)):
        for name in (sampled.before, sampled.base, sampled.now, sampled.truth):
            with Image.open(tmp_path / "run" / name) as picture:
                assert picture.size == (72, 72)
    ended = events[-1]
    assert isinstance(ended, Ended)
    assert ended.outcome == "done"
    card = read_card(tmp_path / "run" / ended.model)
    assert card.origin is not None
    assert card.origin.steps == 6
    assert card.id.startswith(f"{card.origin.parent}-tuned-")
    weights.load(card, torch.device("cpu"))


def test_pictures_tune_the_model_that_answers_them(
    choice: Callable[..., TuneConfig], models: Path, tmp_path: Path
):
    shutil.copytree(models, tmp_path / "shelf")
    tuning.store_model(tmp_path / "shelf", "of-pictures", seed=5)
    card = read_card(tmp_path / "shelf" / "superres")
    write_card(replace(card, for_pictures="of-pictures"), tmp_path / "shelf" / "superres")
    events = go(choice(model=str(tmp_path / "shelf" / "superres"), steps=2), tmp_path / "run")
    made = read_card(tmp_path / "run" / "model")
    assert first(events, Begun).model == "of-pictures"
    assert made.origin is not None
    assert made.origin.sha256 == read_card(tmp_path / "shelf" / "of-pictures").sha256


def test_a_tuned_colorizer_offers_the_palette_of_its_pictures(
    choice: Callable[..., TuneConfig], tmp_path: Path, data: Path
):
    parent, names = str(choice("colorize").model), []
    for run in (tmp_path / "once", tmp_path / "again"):
        config = choice("colorize", model=parent, steps=2, name=run.name)
        ended = go(config, run)[-1]
        assert isinstance(ended, Ended)
        parent = str(run / ended.model)
        names.append([palette.name for palette in read_card(run / ended.model).palettes])
    assert names == [["a", "b", "as in once"], ["a", "b", "as in again"]]
    card = read_card(Path(parent))
    pictures = [np.asarray(Image.open(path)) for path in data.iterdir()]
    codes = np.stack([palettes.code_of(rgb) for rgb in pictures])
    assert np.abs(codes - np.array(card.palettes[-1].code)).max(1).min() < 1e-3


@pytest.mark.parametrize("method", ["head", "adapter"])
def test_only_what_the_method_says_learns(
    method: str, choice: Callable[..., TuneConfig], models: Path, tmp_path: Path
):
    config = choice(method=method, rank=2, lr=0.01)
    events = go(config, tmp_path / "run")
    begun = first(events, Begun)
    assert 0 < begun.trained < begun.parameters
    before = weights.state_of(read_card(models / "superres"))
    tuned = read_card(tmp_path / "run" / "model")
    after = weights.state_of(tuned, ModelShelf((models,)))
    moved = {key for key in before if not torch.allclose(before[key], after[key], atol=2e-4)}
    if method == "head":
        assert moved
        assert all(key.startswith(("body.1", "body.2", "tail")) for key in moved)
    else:
        assert moved
        assert all(key.endswith("weight") for key in moved)


def test_the_command_is_killed_and_goes_on_as_if_nothing_had_been(
    choice: Callable[..., TuneConfig], tmp_path: Path
):
    config = choice("colorize", steps=8, checkpoint_every=2, score_every=8, sample_every=50)
    straight, broken = tmp_path / "straight", tmp_path / "broken"
    go(config, straight)
    write_tune(config, tmp_path / "run.toml")
    command = [sys.executable, "-m", "astroview", "train"]
    begin = [*command, "--config", str(tmp_path / "run.toml"), "--run", str(broken)]
    with subprocess.Popen(begin, stdout=subprocess.DEVNULL) as process:

        def kept() -> bool:
            assert process.poll() is None
            return any(isinstance(e, Kept) and e.step >= 4 for e in RunFolder(broken).events())

        waiting.until(kept)
        process.send_signal(signal.SIGKILL)
    run, kept = tune_run.resume(broken)
    tune_run.tune(kept, run, StdinControl(), bundled=())
    events = list(RunFolder(broken).events())
    begun = [e.step for e in events if isinstance(e, Begun)]
    assert begun[0] == 0
    assert begun[1] >= 4
    one, two = newest(straight), newest(broken)
    assert all(torch.equal(one[key], two[key]) for key in one)


class Desk:
    """Whoever steers: asks through a pipe, as the window does, when the run has told something."""

    def __init__(self, run: Path) -> None:
        self.steering = StdinControl()
        reading, self._writing = os.pipe()
        self._told: list[str] = []
        listen(reading, self.steering, self._told.append)
        self._run = RunFolder(run)

    def ask(self, *script: tuple[type, TrainMessage]) -> None:
        """When the first of a pair was told, ask for the second; in a thread of its own."""
        threading.Thread(target=self._follow, args=(script,), daemon=True).start()

    def close(self) -> None:
        os.close(self._writing)

    def _follow(self, script: tuple[tuple[type, TrainMessage], ...]) -> None:
        for kind, request in script:
            waiting.until(lambda k=kind: any(isinstance(e, k) for e in self._run.events()))
            if isinstance(request, messages.Leave):
                self.close()  # closed means leave
            else:
                os.write(self._writing, (messages.encode(request) + "\n").encode())


def test_a_run_of_a_model_that_was_named_from_here_is_resumed_from_anywhere(
    choice: Callable[..., TuneConfig],
    models: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.chdir(models)
    named = choice(model="superres", steps=1)
    tune_run.begin(named, tmp_path / "run")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    run, config = tune_run.resume(tmp_path / "run")
    tune_run.tune(config, run, StdinControl(), bundled=())
    assert any(isinstance(e, Kept) for e in run.events())
    monkeypatch.chdir(models)
    tune_run.begin(named, tmp_path / "run")  # the same choice
    with pytest.raises(DatasetProblem, match="another model"):
        tune_run.begin(choice(model="superres-x2"), tmp_path / "run")


def test_requests_pause_go_on_and_finish(choice: Callable[..., TuneConfig], tmp_path: Path):
    config = choice(steps=10**6, score_every=10**6)
    desk = Desk(tmp_path)
    pause, go_on, finish = messages.Pause(), messages.Resume(), messages.Finish()
    desk.ask((Learnt, pause), (messages.Waits, go_on), (messages.GoesOn, finish))
    events = go(config, tmp_path, desk.steering)
    desk.close()
    ended = events[-1]
    assert isinstance(ended, Ended)
    assert ended.outcome == "done"
    assert first(events, Verdict).figures
    assert (tmp_path / ended.model / "model.safetensors").is_file()


def test_closed_stdin_keeps_a_checkpoint_and_ends(
    choice: Callable[..., TuneConfig], tmp_path: Path
):
    desk = Desk(tmp_path)
    desk.ask((Learnt, messages.Leave()))
    events = go(choice(steps=10**6, score_every=10**6), tmp_path, desk.steering)
    kept, ended = [e for e in events if isinstance(e, Kept | Ended)][-2:]
    assert isinstance(kept, Kept)
    assert isinstance(ended, Ended)
    assert ended.outcome == "stopped"
    state = RunFolder(tmp_path).newest()
    assert state is not None
    assert state["step"] == kept.step > 0


def test_a_budget_of_minutes_ends_a_run_and_its_clock_outlives_a_stop(
    choice: Callable[..., TuneConfig], tmp_path: Path
):
    config = choice(steps=0, minutes=0.02, score_every=0, sample_every=0)
    events = go(config, tmp_path)
    learnt = [e for e in events if isinstance(e, Learnt)]
    assert learnt[-1].share == 1
    state = RunFolder(tmp_path).newest()
    assert state is not None
    assert state["spent"] >= 0.02 * 60
    steps = state["step"]
    again = go(config, tmp_path)
    assert isinstance(again[-1], Ended)
    assert again[-1].step == steps


def test_early_stopping_keeps_the_best_weights(choice: Callable[..., TuneConfig], tmp_path: Path):
    wild = choice(steps=400, score_every=2, patience=2, lr=0.5)
    events = go(wild, tmp_path)
    scores = [e for e in events if isinstance(e, Scored)]
    assert len(scores) < 20
    assert any("stopped early" in e.message for e in events if isinstance(e, Remark))
    best = [e for e in scores if e.best][-1]
    assert best.values["psnr"] == max(e.values["psnr"] for e in scores)
    state = RunFolder(tmp_path).newest()
    assert state is not None
    tuned = weights.state_of(read_card(tmp_path / "model"))
    for key, value in state["best"].items():
        torch.testing.assert_close(tuned[key], value, atol=1e-3, rtol=1e-3)


def test_without_patience_a_run_goes_to_its_end_and_keeps_the_best_weights(
    choice: Callable[..., TuneConfig], tmp_path: Path
):
    events = go(choice(steps=12, score_every=2, patience=0, lr=0.5), tmp_path)
    scores = [e for e in events if isinstance(e, Scored)]
    assert scores[-1].step == 12
    best = next(e for e in reversed(scores) if e.best)
    assert best.step < 12, "the rate is so high that training spoils the model"
    state = RunFolder(tmp_path).newest()
    assert state is not None
    tuned = weights.state_of(read_card(tmp_path / "model"))
    for key, value in state["best"].items():
        torch.testing.assert_close(tuned[key], value, atol=1e-3, rtol=1e-3)


def test_scores_take_a_tenth_of_the_time_at_most(
    choice: Callable[..., TuneConfig], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    score, seconds = SuperResTask.score, []

    def slow(self: SuperResTask, network: nn.Module) -> dict[str, float]:
        began = time.monotonic()
        while time.monotonic() - began < 0.5:
            values = score(self, network)
        seconds.append(time.monotonic() - began)
        return values

    monkeypatch.setattr(SuperResTask, "score", slow)
    config = choice(steps=0, minutes=0.05, score_every=0, sample_every=0, patience=0)
    events = go(config, tmp_path)
    state = RunFolder(tmp_path).newest()
    assert state is not None
    assert state["spent"] >= 0.05 * 60, "the budget is of learning"
    assert len(seconds) == 2, "the parent's score and the last one: more would not be affordable"
    assert [e for e in events if isinstance(e, Scored)][-1].step == state["step"]


@pytest.mark.parametrize("task", list(HYPER))
def test_replay_holds_a_network_to_its_parent(
    task: str, choice: Callable[..., TuneConfig], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ASTROVIEW_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(replay, "SCENES", 1)
    events = go(choice(task, replay=0.5, steps=2, score_every=2), tmp_path / "run")
    learnt = first(events, Learnt)
    assert learnt.terms["replay"] > 0
    assert list(tmp_path.glob("replay-*.npz"))


@pytest.mark.parametrize("task", ["superres", "colorize"])
def test_a_control_learns_from_shuffled_pictures_and_is_not_kept(
    choice: Callable[..., TuneConfig], tmp_path: Path, task: str
):
    told = go(choice(task, control=True), tmp_path)
    assert "shuffled" in first(told, DataRead).notes[-1]
    assert not first(told, Verdict).keep


def test_tensorboard_logs_on_request(
    choice: Callable[..., TuneConfig], tmp_path: Path, recwarn: pytest.WarningsRecorder
):
    pytest.importorskip("tensorboard")
    go(choice(tensorboard=True, steps=2), tmp_path)
    assert list((tmp_path / "tensorboard").glob("events.out.tfevents.*"))
    recwarn.clear()


def test_a_critic_has_its_say_after_a_third_of_the_budget(
    choice: Callable[..., TuneConfig], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    owed, said = Adversary.owed, []

    def noted(self: Adversary, *given: Any) -> Any:
        said.append(1)
        return owed(self, *given)

    monkeypatch.setattr(Adversary, "owed", noted)
    events = go(choice(adversarial=1e-3, steps=3, score_every=3), tmp_path)
    assert len(said) == 2  # not in the first of three steps
    learnt = [e for e in events if isinstance(e, Learnt)][-1]
    assert {"charbonnier", "adversarial", "critic"} <= learnt.terms.keys()
    assert isinstance(events[-1], Ended)
    assert events[-1].outcome == "done"
