"""What goes to a device and back is what comes home from a plain loop, on every device."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from astroview.core.frame import ArraySource, Frame
from astroview.core.models.model_card import default_shelf
from astroview.core.options import EnhanceOptions
from astroview.engine.pipeline.enhance import enhance
from astroview.engine.runtime.transfer import Arrays, carry, one_ahead, one_thread_each, planes

NEEDS_CUDA = pytest.mark.skipif(
    not torch.cuda.is_available(),
    reason="no CUDA device is here: pinned memory and streams need one",
)
DEVICES = ["cpu", pytest.param("cuda", marks=NEEDS_CUDA)]


def nothing(*_: object) -> None:
    """No progress is shown."""


def picture(seed: int, side: int = 40) -> np.ndarray:
    return np.random.default_rng(seed).normal(100, 5, (side, side, 3)).astype(np.float32)


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("at_once", [1, 3])
def test_everything_comes_back_in_order(device: str, at_once: int) -> None:
    home: list[tuple[int, np.ndarray]] = []

    def compute(seed: int, x_1CHW: torch.Tensor, more: int) -> list[torch.Tensor]:
        assert (x_1CHW.device.type, x_1CHW.shape) == (device, (1, 3, 40, 40))
        assert more == -seed
        return [(x_1CHW * 2)[0].permute(1, 2, 0)]

    def take_in(seed: int, more: int, arrays: Arrays) -> None:
        assert more == -seed
        assert threading.current_thread() is threading.main_thread()
        home.append((seed, arrays[0].copy()))

    where = torch.device(device)
    carry(where, range(7), lambda k: (picture(k), -k), compute, take_in, at_once)
    assert [seed for seed, _ in home] == list(range(7))
    assert all(np.array_equal(array, picture(seed) * 2) for seed, array in home)


def test_no_more_than_so_many_are_under_way_and_each_has_one_thread() -> None:
    before, lock, now, most = torch.get_num_threads(), threading.Lock(), [0], [0]
    met = threading.Barrier(3, timeout=60)

    def compute(seed: int, x_1CHW: torch.Tensor, _: None) -> list[torch.Tensor]:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        if seed < 3:
            met.wait()  # three at once, or this never ends
        assert torch.get_num_threads() == 1
        with lock:
            now[0] -= 1
        return [x_1CHW]

    with one_thread_each(torch.device("cpu")) as threads:
        assert threads == before
        carry(
            torch.device("cpu"),
            range(9),
            lambda k: (picture(k), None),
            compute,
            lambda *_: None,
            3,
        )
    assert most[0] == 3
    assert torch.get_num_threads() == before


@NEEDS_CUDA
def test_a_gpu_gives_the_pixels_of_the_cpu(tmp_path: Path) -> None:
    samples = picture(5, 150)[..., 0]
    frame = Frame("sky", samples.shape, 1, "linear", ArraySource(samples), None)
    options = EnhanceOptions(device="cpu", tile=64)
    made = [
        enhance(frame, replace(options, device=d), tmp_path / d, default_shelf(), nothing)
        for d in ("cpu", "cuda")
    ]
    assert np.allclose(made[0].read(), made[1].read(), rtol=1e-3)
    chroma = [one.read_chroma() for one in made]
    assert np.abs(chroma[0] - chroma[1]).max() < 5e-3


def test_the_next_is_loaded_while_the_last_is_used() -> None:
    begun = [threading.Event() for _ in range(4)]

    def load(item: int) -> int:
        begun[item].set()
        return item * item

    with ThreadPoolExecutor(1) as reader:
        for item, loaded in one_ahead(range(4), load, reader):
            assert loaded == item * item
            assert item == 3 or begun[item + 1].wait(60)
        assert list(one_ahead([], load, reader)) == []


def test_what_fails_on_the_way_fails_where_it_is_used() -> None:
    def load(item: int) -> int:
        if item == 2:
            raise OSError("the drive is gone")
        return item

    seen: list[int] = []
    with ThreadPoolExecutor(1) as reader, pytest.raises(OSError, match="gone"):
        seen.extend(item for item, _ in one_ahead(range(4), load, reader))
    assert not seen or seen == [0, 1]


@pytest.mark.parametrize("channels", [1, 3])
def test_planes_come_first(channels: int) -> None:
    x = picture(1) if channels == 3 else picture(1)[..., 0]
    made = planes(x)
    assert made.shape == (1, channels, 40, 40)
    assert np.array_equal(made[0, -1].numpy(), x[..., -1] if channels == 3 else x)
