"""The bytes of a result depend on the device alone: not on memory, nor threads, nor the order."""

import hashlib
from collections.abc import Callable, Generator, Hashable
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
import torch
from scipy.ndimage import maximum_filter, minimum_filter

from astroview.core import tiles
from astroview.core.enhance.save_result import finish
from astroview.core.errors import OutOfMemory
from astroview.core.frame import ArraySource, Frame
from astroview.core.models.model_card import default_shelf
from astroview.core.options import EnhanceOptions, Outputs
from astroview.core.provenance import IN_PARTS
from astroview.engine.pipeline.enhance import enhance_to
from astroview.engine.runtime.cache import Cache
from astroview.engine.runtime.live_updates import Live

CPU = EnhanceOptions(device="cpu")
WAYS = {
    "x2": replace(CPU, superres="superres-x2", colorizer=None),
    "colour": replace(CPU, superres=None, colorizer="colorizer"),
    "combined": replace(CPU, superres="combined-x2", colorizer="combined-x2"),
}


def nothing(*_: object) -> None:
    """No progress is shown."""


def sky(height: int, width: int) -> Frame:
    rng = np.random.default_rng(3)
    y, x = np.mgrid[:height, :width]
    picture = rng.normal(100, 5, (height, width))
    for _ in range(20):
        cy, cx = rng.uniform(0, height), rng.uniform(0, width)
        picture += rng.uniform(50, 3000) * np.exp(-((y - cy) ** 2 + (x - cx) ** 2) / 2)
    picture[10:13, 20:26] = np.nan
    samples = ArraySource(picture.astype(np.float32))
    return Frame("sky", (height, width), 1, "linear", samples, None)


@contextmanager
def threads(count: int) -> Generator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@pytest.mark.parametrize("way", WAYS)
def test_memory_and_threads_do_not_change_a_saved_file(way: str, tmp_path: Path):
    frame, found = sky(70, 560), set[str]()
    options = WAYS[way]
    if way != "x2":  # whose card's tiles this frame has two of
        options = replace(options, tile=256)
    for number, (count, memory) in enumerate([(1, None), (3, 99 * 2**30), (2, 1)]):
        with threads(count):
            live = Live(Cache(0), memory=memory)
            made = enhance_to(
                frame, options, tmp_path / str(number), default_shelf(), nothing, live
            )
        target = tmp_path / f"{number}.fits"
        finish(frame, made, target)
        found.add(hashlib.sha256(target.read_bytes()).hexdigest())
    assert len(found) == 1


class Scarce(Cache):
    """Networks of a device that holds planes of at most so many pixels a side."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room, self.sides = room, list[int]()

    def network(self, key: Hashable, load: Callable[[], Any]) -> Any:
        network = load()
        asked = "features" if hasattr(network, "finish") else "read"
        if not hasattr(network, asked):
            return network
        work = getattr(network, asked)

        def scarce(x_BCHW: torch.Tensor, *more: torch.Tensor) -> Any:
            self.sides.append(max(x_BCHW.shape[-2:]))
            if self.sides[-1] > self.room:
                raise torch.OutOfMemoryError("the device is full")
            return work(x_BCHW, *more)

        setattr(network, asked, scarce)
        return network


def made_with(memo: Cache, options: EnhanceOptions, frame: Frame, folder: Path) -> Outputs:
    return enhance_to(frame, options, folder, default_shelf(), nothing, Live(memo))


def test_a_tile_that_memory_does_not_hold_is_computed_in_parts(tmp_path: Path):
    """The tiles before it stay; the result is the same within 1e-4 of the range around."""
    frame, options = sky(150, 260), WAYS["x2"]
    whole = made_with(Cache(), options, frame, tmp_path / "whole")
    memo = Scarce(190)
    made = made_with(memo, options, frame, tmp_path / "parts")
    assert max(memo.sides) == 260
    assert min(memo.sides) < 190
    one, other = (np.load(outputs.source) for outputs in (whole, made))
    x = np.nan_to_num(frame.read(), nan=100)
    local = maximum_filter(x, 3) - minimum_filter(x, 3)
    local = local.repeat(2, 0).repeat(2, 1)
    assert np.nanmax(np.abs(one - other) / local) < 1e-4
    assert not any(line.startswith(IN_PARTS) for line in whole.history)
    said = [line for line in made.history if line.startswith(IN_PARTS)]
    assert len(said) == 1
    assert "1 of 1 tiles" in said[0]


def test_finished_tiles_are_not_computed_again(tmp_path: Path):
    frame, done = sky(90, 700), list[int]()
    memo, options = Scarce(99999), replace(WAYS["x2"], tile=256)
    full = len(tiles.plan(frame.shape, 256, 20))

    def progress(now: int, _of: int, _note: str = "") -> None:
        done.append(now)
        if len([side for side in memo.sides if side > 200]) == 2:  # from now on there is less
            memo.room = 200

    made = enhance_to(frame, options, tmp_path, default_shelf(), progress, Live(memo, memory=1))
    assert len([side for side in memo.sides if side > 200]) == full
    assert f"{full - 2} of {full} tiles" in next(
        line for line in made.history if line.startswith(IN_PARTS)
    )
    assert done == sorted(done)


def test_colour_in_parts_is_that_of_the_whole(tmp_path: Path):
    frame, options = sky(160, 624), WAYS["colour"]
    whole = made_with(Cache(), options, frame, tmp_path / "whole")
    made = made_with(Scarce(600), options, frame, tmp_path / "parts")
    one, other = (np.load(cast("str", outputs.chroma)) for outputs in (whole, made))
    assert np.abs(one.astype(np.float32) - other).max() < 1e-3
    assert any(line.startswith(IN_PARTS) for line in made.history)


def test_a_device_that_holds_no_tile_at_all_says_so(tmp_path: Path):
    with pytest.raises(OutOfMemory) as caught:
        made_with(Scarce(30), WAYS["x2"], sky(150, 260), tmp_path)
    assert caught.value.hint
