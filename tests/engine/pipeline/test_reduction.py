"""How a frame's samples came about is told to a super-resolver that asks."""

import dataclasses
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from astroview.core.colour.stretch import Stretch
from astroview.core.frame import ArraySource, Frame
from astroview.core.io.open_file import open_frame
from astroview.core.models.model_card import default_shelf
from astroview.core.options import EnhanceOptions
from astroview.engine.networks.gated import Gated
from astroview.engine.networks.superres import Compact
from astroview.engine.networks.tile_superres import Sharpener, sharpen
from astroview.engine.pipeline.enhance_plan import setting_for, sharpener
from astroview.engine.pipeline.reduction import told_of
from astroview.engine.runtime.cache import Cache
from trainer.calibrate import superres_reduction
from trainer.config import recipe_from
from trainer.data.pictures import Picture
from trainer.tasks.superres_task import SuperResTask

CPU = torch.device("cpu")
LEVELS = Stretch("linear", 0, 255)
RECIPE = {
    "task": "superres",
    "architecture": "gated",
    "hyper": {"scale": 2, "width": 16, "blocks": 1},
    "run": {"batch": 2, "crop": 16},
}


def sharp_picture(seed: int, side: int = 256) -> np.ndarray:
    """Stars and edges down to the pixel."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:side, :side]
    plane = 60 + 40 * np.sin(x / 9 + seed) * np.cos(y / 7)
    plane[rng.random((side, side)) < 0.02] = 255
    plane[:, :: int(rng.integers(11, 19))] = 20
    return plane.clip(0, 255).astype(np.uint8)


@pytest.fixture(scope="module")
def network() -> Gated:
    torch.manual_seed(0)
    made = Gated(2, 16, 1).eval()
    pictures = [
        Picture(f"p{i}", np.repeat(sharp_picture(i)[..., None], 3, 2), f"t{i}") for i in range(6)
    ]
    task = SuperResTask(recipe_from(RECIPE), pictures, pictures)
    found = superres_reduction.teach(made, task.plane, 1, crops=40)
    assert found["right"] > 0.85
    return made


def display(seed: int, *, boxes: bool) -> Frame:
    small = superres_reduction.reduced(sharp_picture(seed), 2, boxes, _Never())  # type: ignore[arg-type]
    samples = np.rint(small[0].numpy() * 255).astype(np.float32)
    return Frame("p", samples.shape, 1, "display", ArraySource(samples), 255.0)


def _resized(*_: torch.Tensor) -> torch.Tensor:
    return torch.full((1,), -3.0)


class _Biased(Cache):
    """On "cpu:0", this machine's CPU by another name, networks see no boxes."""

    def network(self, key: Hashable, load: Callable[[], Any]) -> Any:
        network = load()
        if "cpu:0" in str(key):
            network.box_odds = _resized
        return network


def test_what_one_device_says_of_a_frame_is_not_taken_for_anothers(tmp_path: Path):
    Image.fromarray(sharp_picture(3)).save(tmp_path / "p.png")
    frame, card = open_frame(tmp_path / "p.png"), default_shelf().card("superres-x2-pictures")

    def box(device: str, memo: Cache) -> float:
        options = EnhanceOptions(device=device, uncertainty=False)
        return sharpener(frame, card, setting_for(frame, options), options, memo).box

    memo = _Biased()
    other, own = box("cpu:0", memo), box("cpu", memo)
    assert own == box("cpu", Cache())
    assert own != other


class _Never:
    """Chance of the commonest kind: bicubic, no JPEG."""

    def random(self) -> float:
        return 0.99


def test_pictures_it_has_not_seen_are_told_apart(network: Gated):
    for seed in range(20, 24):
        boxes, resized = (
            told_of(display(seed, boxes=b), network, LEVELS, CPU) for b in (True, False)
        )
        assert -1 <= resized < 0 < boxes <= 1


def test_a_detectors_pixels_are_boxes_and_who_does_not_ask_is_told_nothing(network: Gated):
    samples = np.random.default_rng(0).normal(100, 5, (40, 30)).astype(np.float32)
    linear = Frame("l", samples.shape, 1, "linear", ArraySource(samples), None)
    assert told_of(linear, network, Stretch("asinh", 0, 200, 0.1), CPU) == 1
    photo = dataclasses.replace(display(1, boxes=True), path=Path("p.JPG"))
    assert told_of(photo, network, LEVELS, CPU) == 0
    assert told_of(display(1, boxes=True), Compact(2, 4, 1), LEVELS, CPU) == 0


@pytest.mark.parametrize("shape", [(1, 1), (3, 200), (97, 95)])
def test_small_colour_and_blank_pictures_get_an_answer(network: Gated, shape: tuple[int, int]):
    samples = np.random.default_rng(1).integers(0, 255, (*shape, 3)).astype(np.float32)
    samples[0, 0] = np.nan
    frame = Frame("c", shape, 3, "display", ArraySource(samples), 255.0)
    assert -1 <= told_of(frame, network, LEVELS, CPU) <= 1
    flat = Frame("f", shape, 1, "display", ArraySource(np.zeros(shape, np.float32)), 255.0)
    assert -1 <= told_of(flat, network, LEVELS, CPU) <= 1


@torch.inference_mode()
def test_what_is_told_reaches_the_network(network: Gated):
    torch.nn.init.normal_(network.tail.weight, std=0.1)
    x = torch.from_numpy(sharp_picture(3, 40).astype(np.float32))[None, None]
    made = {
        box: sharpen(Sharpener(network, LEVELS, kind="display", box=box), x).samples  # type: ignore[arg-type]
        for box in (-1.0, 1.0)
    }
    assert not torch.allclose(made[-1.0], made[1.0], atol=0.1)
