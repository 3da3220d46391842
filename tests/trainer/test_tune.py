"""Fine-tuning for real, with a tiny model on small pictures, by the command that users type."""

import dataclasses
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from astroview import cli
from astroview.core import train_messages as messages
from astroview.core.errors import DatasetProblem
from astroview.core.models import ModelCard, Palette, Tiling, read_card
from astroview.core.train_messages import (
    Begun,
    DataRead,
    Ended,
    Kept,
    Learnt,
    Sampled,
    Scored,
    TrainMessage,
)
from astroview.engine import weights
from trainer import tune
from trainer.config import TuneConfig
from trainer.run import RunFolder
from trainer.steering import Steering
from trainer.tune_file import read_tune, tune_from, write_tune

HYPER = {
    "superres": ("compact", {"scale": 2, "width": 6, "depth": 3}),
    "colorize": ("palette-unet", {"widths": [4, 6, 8], "middle": 1, "palettes": 2}),
}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shelf with a tiny model of each task, untrained."""
    shelf = tmp_path_factory.mktemp("shelf")
    codes = np.random.default_rng(0).normal(0, 0.3, (2, 24))
    palettes = tuple(Palette(n, tuple(c)) for n, c in zip("ab", codes.tolist(), strict=True))
    for task, (architecture, hyper) in HYPER.items():
        torch.manual_seed(1)
        network = weights.build(architecture, hyper)
        for parameter in network.parameters():
            parameter.data.add_(torch.randn_like(parameter) * 0.01)
        card = ModelCard(task, task.title(), task, architecture, hyper, Tiling(64, 16, 16), "")
        scale = 2 if task == "superres" else 1
        known = palettes if task == "colorize" else ()
        weights.store(dataclasses.replace(card, scale=scale, palettes=known), network, shelf / task)
    return shelf


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, blobs: Callable[..., np.ndarray]) -> Path:
    folder = tmp_path_factory.mktemp("own")
    for i in range(10):
        Image.fromarray(blobs(i, 72)).save(folder / f"field-{i}.png")
    return folder


@pytest.fixture
def choice(models: Path, data: Path) -> Callable[..., TuneConfig]:
    def make(task: str = "superres", **values: object) -> TuneConfig:
        usual = {"steps": 6, "batch": 4, "device": "cpu", "score_every": 3, "sample_every": 6}
        return tune_from({"model": str(models / task), "data": str(data), **usual, **values})

    return make


def go(config: TuneConfig, folder: Path, steering: Steering | None = None) -> list[TrainMessage]:
    run = tune.begin(config, folder)
    tune.tune(config, run, steering or Steering())
    return list(run.events())


def newest(folder: Path) -> dict[str, torch.Tensor]:
    state = RunFolder(folder).newest()
    assert state is not None
    return {**state["network"], **{f"average {k}": v for k, v in state["average"].items()}}


@pytest.mark.parametrize("task", list(HYPER))
def test_a_run_tells_what_it_does_and_leaves_a_model(
    task: str, choice: Callable[..., TuneConfig], tmp_path: Path
):
    events = go(choice(task), tmp_path / "run")
    kinds = {type(e) for e in events}
    assert {Begun, DataRead, Learnt, Scored, Sampled, Kept, Ended} <= kinds
    begun = next(e for e in events if isinstance(e, Begun))
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
    weights.load(card, torch.device("cpu"))


@pytest.mark.parametrize("method", ["head", "adapter"])
def test_only_what_the_method_says_learns(
    method: str, choice: Callable[..., TuneConfig], models: Path, tmp_path: Path
):
    config = choice(method=method, rank=2, lr=0.01)
    events = go(config, tmp_path / "run")
    begun = next(e for e in events if isinstance(e, Begun))
    assert 0 < begun.trained < begun.parameters
    before = weights.state_of(read_card(models / "superres"))
    tuned = read_card(tmp_path / "run" / "model")
    after = weights.load(tuned, torch.device("cpu")).state_dict()
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
    config = choice("colorize", steps=12, checkpoint_every=2, sample_every=50)
    straight, broken = tmp_path / "straight", tmp_path / "broken"
    go(config, straight)
    write_tune(config, tmp_path / "run.toml")
    command = [sys.executable, "-m", "astroview", "train"]
    begin = [*command, "--config", str(tmp_path / "run.toml"), "--run", str(broken)]
    with subprocess.Popen(begin, stdout=subprocess.DEVNULL) as process:
        while not any(isinstance(e, Kept) and e.step >= 4 for e in RunFolder(broken).events()):
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    subprocess.run([*command, "--resume", str(broken)], check=True, stdout=subprocess.DEVNULL)
    events = list(RunFolder(broken).events())
    begun = [e.step for e in events if isinstance(e, Begun)]
    assert begun[0] == 0
    assert begun[1] >= 4
    one, two = newest(straight), newest(broken)
    assert all(torch.equal(one[key], two[key]) for key in one)


def test_requests_pause_go_on_and_finish(choice: Callable[..., TuneConfig], tmp_path: Path):
    write_tune(choice(steps=10**6, score_every=10**6), tmp_path / "run.toml")
    run = tmp_path / "run"
    command = [sys.executable, "-m", "astroview", "train", "--steered"]
    command += ["--config", str(tmp_path / "run.toml"), "--run", str(run)]

    def told(kind: type) -> None:
        while not any(isinstance(e, kind) for e in RunFolder(run).events()):
            assert process.poll() is None
            time.sleep(0.02)

    with subprocess.Popen(command, stdin=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None

        def ask(request: TrainMessage) -> None:
            process.stdin.write(messages.encode(request) + "\n")
            process.stdin.flush()

        told(Learnt)
        ask(messages.Pause())
        told(messages.Waits)
        ask(messages.Resume())
        told(messages.GoesOn)
        ask(messages.Finish())
        assert process.wait(120) == 0
    events = list(RunFolder(run).events())
    assert isinstance(events[-1], Ended)
    assert events[-1].outcome == "done"
    assert (run / "model" / "model.safetensors").is_file()


def test_closed_stdin_keeps_a_checkpoint_and_ends(
    choice: Callable[..., TuneConfig], tmp_path: Path
):
    write_tune(choice(steps=10**6, score_every=10**6), tmp_path / "run.toml")
    command = [sys.executable, "-m", "astroview", "train", "--steered"]
    command += ["--config", str(tmp_path / "run.toml"), "--run", str(tmp_path / "run")]
    run = RunFolder(tmp_path / "run")
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        while not any(isinstance(e, Learnt) for e in run.events()):
            assert process.poll() is None
            time.sleep(0.02)
        process.stdin.close()
        assert process.wait(120) == 1
    last = [e for e in run.events() if isinstance(e, Kept | Ended)]
    assert [type(e) for e in last[-2:]] == [Kept, Ended]
    assert last[-1].outcome == "stopped"
    state = run.newest()
    assert state is not None
    assert state["step"] == last[-2].step


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("steps = -1", "steps is -1"),
        ("speed = 3", "no field speed"),
        ('minutes = "many"', "minutes cannot be"),
        ("minutes = 0", "neither minutes nor steps"),
    ],
)
def test_bad_settings_are_refused_in_plain_words(change: str, words: str, tmp_path: Path):
    path = tmp_path / "run.toml"
    path.write_text(f'[tune]\nmodel = "colorizer"\ndata = "."\n{change}\n')
    with pytest.raises(DatasetProblem, match=words):
        read_tune(path)


def test_a_run_folder_of_another_version_is_refused(
    choice: Callable[..., TuneConfig], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    run = tmp_path / "run"
    tune.begin(choice(), run)
    config = run / "config.toml"
    config.write_text(config.read_text().replace("format = 2", "format = 9"))
    assert cli.run(["train", "--resume", str(run)]) == 1
    assert "format 9" in capsys.readouterr().err


def test_three_pictures_are_too_few(
    choice: Callable[..., TuneConfig], blobs: Callable[..., np.ndarray], tmp_path: Path
):
    own = tmp_path / "own"
    own.mkdir()
    for i in range(3):
        Image.fromarray(blobs(i, 72)).save(own / f"{i}.png")
    run = tune.begin(choice(data=str(own)), tmp_path / "run")
    with pytest.raises(DatasetProblem, match="3 pictures of 3 targets are too few"):
        tune.tune(choice(data=str(own)), run, Steering())
    last = list(run.events())[-1]
    assert isinstance(last, Ended)
    assert last.outcome == "failed"
    assert last.hint
