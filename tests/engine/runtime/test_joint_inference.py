"""Frames that ask their networks together are enhanced as if each were alone."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from astroview.core.errors import Cancelled, UnreadableFrame
from astroview.core.frame import ArraySource, Frame
from astroview.core.models.model_card import default_shelf
from astroview.core.options import EnhanceOptions, Outputs
from astroview.engine.pipeline.enhance import enhance_to
from astroview.engine.runtime import joint_inference as rooms
from astroview.engine.runtime.cache import Cache
from astroview.engine.runtime.joint_inference import JointInference, abreast
from astroview.engine.runtime.live_updates import Live

CPU = EnhanceOptions(device="cpu")


def nothing(*_: object) -> None:
    """No progress is shown."""


def sky(seed: int, height: int = 48, width: int = 56) -> Frame:
    rng = np.random.default_rng(seed)
    samples = rng.normal(100 * (seed + 1), 5, (height, width)).astype(np.float32)
    return Frame(f"sky{seed}", (height, width), 1, "linear", ArraySource(samples), None)


def alone(frame: Frame, folder: Path) -> Outputs:
    return enhance_to(frame, CPU, folder, default_shelf(), nothing, Live(Cache()))


def arrays(outputs: Outputs) -> list[np.ndarray]:
    paths = (outputs.source, outputs.chroma, outputs.uncertainty)
    return [np.load(path).astype(np.float32) for path in paths if path]


def test_each_frame_is_as_if_alone_and_a_bad_one_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Frames of one shape and of others, one without data, and one that is cancelled."""
    frames = [sky(0), sky(1), sky(2, 40, 40), sky(3, 90, 61), sky(4), sky(5)]
    blank = np.full((48, 56), np.nan, np.float32)
    frames[4] = Frame("blank", blank.shape, 1, "linear", ArraySource(blank), None)
    ended: dict[int, Outputs | Exception] = {}
    meetings: list[JointInference] = []

    class Noted(JointInference):
        def __init__(self, count: int) -> None:
            super().__init__(count)
            meetings.append(self)

    def cancel(done: int, *_: object) -> None:
        if done:
            raise Cancelled

    def work(number: int, memo: Cache) -> None:
        progress = cancel if number == 5 else nothing
        folder = tmp_path / f"together{number}"
        try:
            ended[number] = enhance_to(
                frames[number], CPU, folder, default_shelf(), progress, Live(memo)
            )
        except (UnreadableFrame, Cancelled) as error:
            ended[number] = error

    monkeypatch.setattr(rooms, "JointInference", Noted)
    abreast([partial(work, number) for number in range(len(frames))], Cache())

    assert isinstance(ended[4], UnreadableFrame)
    assert isinstance(ended[5], Cancelled)
    assert meetings[0].passes >= 4  # look, features, finish, spread, colour: of the first two
    for number in range(4):
        made = ended[number]
        assert isinstance(made, Outputs)
        one = alone(frames[number], tmp_path / f"alone{number}")
        assert made.history == one.history
        for mine, other in zip(arrays(made), arrays(one), strict=True):
            scale = np.abs(other).max()
            assert np.abs(mine - other).max() <= 1e-5 * scale + 1e-3 * (other.shape[-1] == 2)


class _Weak(nn.Module):
    """A network that takes one picture at a time, and none that is bright."""

    def forward(self, x: Tensor) -> Tensor:
        if len(x) > 1:
            raise torch.OutOfMemoryError("too much at once")
        if x.max() > 10:
            raise RuntimeError("too bright")
        return x + 1


def test_what_does_not_fit_together_is_asked_alone_and_fails_alone() -> None:
    meeting, network = JointInference(4), _Weak()
    ended: dict[int, Tensor | Exception] = {}

    def ask(number: int) -> None:
        try:
            ended[number] = meeting.ask(network, torch.full((1, 2), float(5 * number)))
        except RuntimeError as error:
            ended[number] = error
        finally:
            meeting.leave()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert meeting.passes == 0
    assert [isinstance(ended[n], RuntimeError) for n in range(4)] == [False, False, False, True]
    assert torch.equal(ended[2], torch.full((1, 2), 11.0))  # type: ignore[arg-type]


def test_an_error_comes_out_and_nobody_waits_for_the_one_who_left() -> None:
    done: list[int] = []

    def good(_: Cache) -> None:
        done.append(1)

    def bad(_: Cache) -> None:
        raise OSError("the drive is gone")

    with pytest.raises(OSError, match="gone"):
        abreast([good, bad, good], Cache())
    assert len(done) == 2


def test_whatever_asking_together_fails_of_nobody_waits_for_ever() -> None:
    def work(memo: Cache, met: list[str]) -> None:
        network = memo.network("picky", Picky)
        try:
            network(torch.zeros(1, 1, 4, 4))
        except ValueError:
            met.append("failed")

    ended: list[str] = []
    abreast([partial(work, met=ended) for _ in range(3)], Cache())
    assert ended == 3 * ["failed"]


class Picky(nn.Module):
    """Fails of something that no memory is the cause of."""

    def forward(self, x_B1HW: Tensor) -> Tensor:
        raise ValueError("no answer")
