"""What may go wrong while a model is tuned, and what becomes of the run then."""

import errno
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor, nn
from tuned import first, go, newest

from astroview import cli
from astroview.core.errors import CannotSave, DatasetProblem, DiskFull
from astroview.core.messages import train_messages as messages
from astroview.core.messages.train_messages import Begun, Ended, Learnt, Remark, TrainMessage
from trainer.config import TuneConfig
from trainer.finetune import tune_run
from trainer.finetune.tune_config import read_tune
from trainer.loop import hardware
from trainer.loop.fit_contract import Answer
from trainer.loop.run_folder import RunFolder
from trainer.loop.stdin_control import StdinControl
from trainer.tasks.superres_task import SuperResTask

Batch = dict[str, Tensor]


def test_a_loss_that_is_no_number_brings_the_last_checkpoint_back(
    choice: Callable[..., TuneConfig], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    answer, spoilt = SuperResTask.answer, []

    def broken_once(self: SuperResTask, network: nn.Module, batch: Batch) -> Answer:
        made = answer(self, network, batch)
        if len(spoilt) < 8:
            spoilt.append(1)
            if len(spoilt) == 8:
                return made._replace(terms={"charbonnier": made.fake.sum() * torch.nan})
        return made

    monkeypatch.setattr(SuperResTask, "answer", broken_once)
    events = go(choice(steps=10, checkpoint_every=3), tmp_path)
    remark = first(events, Remark)
    assert remark.warning
    assert "back at step 6, with 40% of the learning rate" in remark.message
    assert events[-1].outcome == "done"
    assert all(v.isfinite().all() for v in newest(tmp_path).values())


def test_a_loss_that_stays_no_number_ends_with_a_reason(
    choice: Callable[..., TuneConfig], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def broken(_self: SuperResTask, network: nn.Module, batch: Batch) -> Answer:
        y = network(batch["x"], batch["sigma"])
        return Answer({"charbonnier": y.sum() * torch.nan}, y, y)

    monkeypatch.setattr(SuperResTask, "answer", broken)
    with pytest.raises(DatasetProblem, match="no number"):
        go(choice(), tmp_path)


def test_a_batch_that_memory_does_not_hold_is_learnt_from_in_pieces(
    choice: Callable[..., TuneConfig], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    go(choice(batch=8), tmp_path / "whole")
    answer = SuperResTask.answer

    def small(self: SuperResTask, network: nn.Module, batch: Batch) -> Answer:
        if len(batch["x"]) > 2:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return answer(self, network, batch)

    monkeypatch.setattr(SuperResTask, "answer", small)
    events = go(choice(batch=8), tmp_path / "pieces")
    said = [e.message for e in events if isinstance(e, Remark)]
    assert [m.split()[-1] for m in said] == ["4.", "2."]
    assert [e for e in events if isinstance(e, Learnt)][-1].batch == 8
    whole, pieces = newest(tmp_path / "whole"), newest(tmp_path / "pieces")
    for key, value in whole.items():  # only the order of sums differs
        torch.testing.assert_close(pieces[key], value, rtol=1e-3, atol=1e-4)


def test_a_lost_device_is_followed_by_the_cpu(
    choice: Callable[..., TuneConfig], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    answer, taken = SuperResTask.answer, []

    def lost_once(self: SuperResTask, network: nn.Module, batch: Batch) -> Answer:
        taken.append(1)
        if len(taken) == 5:
            raise RuntimeError("CUDA error: unspecified launch failure")
        return answer(self, network, batch)

    monkeypatch.setattr(SuperResTask, "answer", lost_once)
    events = go(choice(checkpoint_every=2), tmp_path / "run")
    begun = [e for e in events if isinstance(e, Begun)]
    assert [e.step for e in begun] == [0, 4]
    assert begun[1].device == "cpu"
    assert first(events, Remark).warning
    monkeypatch.undo()
    go(choice(checkpoint_every=2), tmp_path / "straight")
    one, two = newest(tmp_path / "straight"), newest(tmp_path / "run")
    assert all(torch.equal(one[key], two[key]) for key in one)


def test_two_runs_take_turns_on_one_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ASTROVIEW_CACHE_DIR", str(tmp_path))
    told: list[TrainMessage] = []
    inside, waiting, free = threading.Event(), threading.Event(), threading.Event()

    def long_run() -> None:
        with hardware.turn("cuda:0", 0, StdinControl(), told.append):
            inside.set()
            assert waiting.wait(60)
        free.set()

    def hear(event: TrainMessage) -> None:
        told.append(event)
        waiting.set()

    thread = threading.Thread(target=long_run)
    thread.start()
    assert inside.wait(60)
    with hardware.turn("cuda:0", 7, StdinControl(), hear):
        assert free.is_set()
    thread.join()
    assert [type(e) for e in told] == [messages.Waits, messages.GoesOn]
    assert "cuda:0" in told[0].reason


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
    tune_run.begin(choice(), run)
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
    run = tune_run.begin(choice(data=str(own)), tmp_path / "run")
    with pytest.raises(DatasetProblem, match="3 pictures of 3 targets are too few"):
        tune_run.tune(choice(data=str(own)), run, StdinControl(), bundled=())
    last = list(run.events())[-1]
    assert isinstance(last, Ended)
    assert last.outcome == "failed"
    assert last.hint


def test_a_full_disk_and_no_folder_are_named(
    choice: Callable[..., TuneConfig], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(RunFolder, "save_checkpoint", full)
    with pytest.raises(DiskFull, match="full"):
        go(choice(), tmp_path)
    ended = list(RunFolder(tmp_path).events())[-1]
    assert isinstance(ended, Ended)
    assert (ended.outcome, bool(ended.hint)) == ("failed", True)
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(CannotSave, match="cannot be written"):
        tune_run.begin(choice(), tmp_path / "file" / "run")
