"""A device is held against the CPU before its first job, set aside when it fails, and remembered.

"cpu:0" is this machine's CPU by another name: for the engine a device like any other, which tests
let fail.
"""

from collections.abc import Callable, Hashable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from astroview.core.frame import ArraySource, Frame
from astroview.core.models import device_tests
from astroview.core.models.model_card import ModelCard, default_shelf
from astroview.core.options import EnhanceOptions
from astroview.engine.pipeline.enhance import enhance_to
from astroview.engine.runtime import precision
from astroview.engine.runtime.cache import Cache
from astroview.engine.runtime.device_check import DeviceCheck
from astroview.engine.runtime.live_updates import Live

OTHER = torch.device("cpu:0")
OPTIONS = EnhanceOptions(device="cpu:0", superres="superres-x2", colorizer=None)


def nothing(*_: object) -> None:
    """No progress is shown."""


def sky() -> Frame:
    samples = np.random.default_rng(1).normal(100, 5, (40, 50)).astype(np.float32)
    return Frame("sky", (40, 50), 1, "linear", ArraySource(samples), None)


class Loads:
    """Counts, and spoils weights on the other device."""

    def __init__(self, spoilt: float = 0.0, error: str = "") -> None:
        self.spoilt, self.error, self.count = spoilt, error, 0

    def __call__(self, card: ModelCard, device: torch.device) -> nn.Module:
        self.count += 1
        if self.error:
            raise RuntimeError(self.error)
        network = precision.load(card, device)
        with torch.no_grad():
            for weight in network.parameters():
                weight.mul_(1 + self.spoilt)
        return network


@pytest.mark.parametrize("model", ["superres-x2", "superres-x4", "colorizer", "combined-x2"])
def test_every_kind_of_model_passes_here(model: str, tmp_path: Path):
    card = default_shelf().card(model)
    verdict = DeviceCheck(tmp_path / "tests.json").verdict(OTHER, card)
    assert verdict.passed
    assert verdict.error < precision.TOLERANCE
    assert verdict.precision in ("float32", "bfloat16")


@pytest.mark.warns
def test_a_device_that_gives_other_numbers_is_set_aside_and_the_cpu_takes_over(tmp_path: Path):
    loads = Loads(spoilt=0.2)
    check = DeviceCheck(tmp_path / "tests.json", loads)
    shelf = default_shelf()
    made = enhance_to(sky(), OPTIONS, tmp_path / "a", shelf, nothing, Live(Cache(), check=check))
    own = enhance_to(sky(), replace(OPTIONS, device="cpu"), tmp_path / "b", shelf, nothing)
    assert np.array_equal(np.load(made.source), np.load(own.source))
    assert [note for note in made.warnings if "set aside" in note] == [made.history[-1]]
    assert made.device == own.device == "cpu"
    assert not own.warnings
    # It is not asked again, by another process either.
    again = DeviceCheck(tmp_path / "tests.json", loads)
    enhance_to(sky(), OPTIONS, tmp_path / "c", shelf, nothing, Live(Cache(), check=again))
    assert loads.count == 1
    told = device_tests.known(tmp_path / "tests.json")
    assert [(one.device, one.passed) for one in told] == [("cpu:0", False)]


@pytest.mark.warns
def test_a_driver_that_ends_in_an_error_fails_with_its_words(tmp_path: Path):
    check = DeviceCheck(tmp_path / "tests.json", Loads(error="CUDA error: no kernel image"))
    verdict = check.verdict(OTHER, default_shelf().card("superres-x2"))
    assert not verdict.passed
    assert "no kernel image" in verdict.line()
    assert device_tests.known(tmp_path / "tests.json") == [verdict]  # infinity survives the file


def test_other_weights_or_another_library_are_tested_anew(tmp_path: Path):
    loads, file = Loads(), tmp_path / "tests.json"
    check, card = DeviceCheck(file, loads), default_shelf().card("superres-x2")
    first = check.verdict(OTHER, card)
    assert check.verdict(OTHER, card) == first
    assert loads.count == 1
    file.unlink()
    device_tests.add(file, replace(first, about="torch 0.1", passed=False))
    assert check.verdict(OTHER, card).passed
    assert loads.count == 2


@pytest.mark.parametrize("text", ["", "[]", '{"tests": 3}', '{"tests": [{"device": 1}]}', "\x00"])
def test_a_damaged_cache_counts_as_none(text: str, tmp_path: Path):
    file = tmp_path / "tests.json"
    file.write_text(text)
    assert device_tests.known(file) == []


class Failing(Cache):
    """Networks of the other device fail in the second tile; with no error given, they answer
    what is no number.
    """

    def __init__(self, error: Exception | None) -> None:
        super().__init__()
        self.error, self.asked = error, 0

    def network(self, key: Hashable, load: Callable[[], Any]) -> Any:
        network = load()
        if "cpu:0" not in str(key) or not hasattr(network, "features"):
            return network
        work = network.features

        def fails(*inputs: Any) -> Any:
            self.asked += 1
            if self.asked < 2:
                return work(*inputs)
            if self.error is not None:
                raise self.error
            return work(*inputs) * torch.nan

        network.features = fails
        return network


FAILURES = {
    "did not hold this frame": torch.OutOfMemoryError("the device is full"),
    "cpu:0 failed in this frame (CUDA error: an illegal": RuntimeError(
        "CUDA error: an illegal memory access was encountered\nCompile with TORCH_USE_CUDA_DSA"
    ),
    "cpu:0 failed in this frame (cuDNN": RuntimeError("cuDNN error: CUDNN_STATUS_INTERNAL_ERROR"),
    "answered to this frame was no number": None,
}


@pytest.mark.parametrize("note", FAILURES)
def test_what_a_device_fails_in_is_computed_on_the_cpu(note: str, tmp_path: Path):
    shelf, check = default_shelf(), DeviceCheck(tmp_path / "tests.json")
    options, memo = replace(OPTIONS, tile=32), Failing(FAILURES[note])
    made = enhance_to(sky(), options, tmp_path / "a", shelf, nothing, Live(memo, check=check))
    own = enhance_to(sky(), replace(options, device="cpu"), tmp_path / "b", shelf, nothing)
    assert memo.asked >= 2
    assert np.array_equal(np.load(made.source), np.load(own.source))
    told = [line for line in made.warnings if note in line and "computed on the CPU" in line]
    assert told == list(made.warnings) == [made.history[-1]]
    assert made.device == "cpu"


def test_a_device_that_has_no_room_for_its_test_is_tested_another_time(tmp_path: Path):
    shelf, file = default_shelf(), tmp_path / "tests.json"
    full = Loads(error="MPS backend out of memory (MPS allocated: 17.99 GB)")
    live = Live(Cache(), check=DeviceCheck(file, full))
    made = enhance_to(sky(), OPTIONS, tmp_path / "a", shelf, nothing, live)
    assert [note for note in made.warnings if "did not hold this frame" in note]
    assert full.count == 1
    assert device_tests.known(file) == []
    listed = list(DeviceCheck(file, full).tested_all([shelf.card("superres-x2")]))
    assert [(one.passed, "no room" in one.line()) for one in listed] == [(False, True)]
    assert device_tests.known(file) == []


def test_a_model_that_cannot_be_loaded_costs_no_other_its_test(tmp_path: Path):
    good = default_shelf().card("superres-x2")
    torn = replace(good, id="torn", folder=tmp_path)
    listed = list(DeviceCheck(tmp_path / "tests.json").tested_all([torn, good]))
    assert [(one.model, one.passed) for one in listed] == [("torn", False), ("superres-x2", True)]
    assert device_tests.known(tmp_path / "tests.json") == listed[1:]
