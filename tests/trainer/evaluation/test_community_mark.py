"""A model of others is illustrative until an evaluation has scored it above bicubic on skies."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

import astroview
from astroview.core.models.shelf import UserShelf, user_shelf
from astroview.core.provenance import has_painted_texture
from astroview.engine.networks import community
from trainer.evaluation.community_mark import noted
from trainer.evaluation.evaluation_run import Request, evaluate

pytest.importorskip("spandrel", reason="the extra “community” is not installed")


def weights(share: float) -> dict[str, torch.Tensor]:
    """Of a linear network: a fine pixel has so much of the next pixel in each direction; with 0
    pixels are repeated, with 1/4 it is bilinear interpolation.
    """
    from spandrel.architectures.Compact.__arch.SRVGG import SRVGGNetCompact

    made = SRVGGNetCompact(num_in_ch=3, num_out_ch=3, num_feat=3, num_conv=0, upscale=2)
    state = {name: torch.zeros_like(value) for name, value in made.state_dict().items()}
    sides = np.array([[share, 1 - share, 0], [0, 1 - share, share]])
    state["body.1.weight"][:] = 1  # of the PReLU
    for channel in range(3):
        state["body.0.weight"][channel, channel, 1, 1] = 1
        for i in range(4):
            kernel = np.outer(sides[i // 2], sides[i % 2])
            kernel[1, 1] -= 1  # the network adds the repeated pixels itself
            state["body.2.weight"][4 * channel + i, channel] = torch.from_numpy(kernel)
    return state


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UserShelf:
    monkeypatch.setenv("ASTROVIEW_DATA_DIR", str(tmp_path / "data"))
    return user_shelf()


@pytest.fixture
def scored(
    shelf: UserShelf, tmp_path: Path, blobs: Callable[..., np.ndarray]
) -> Callable[[float], tuple[dict[str, Any], Request]]:
    """Import a network, and evaluate it."""
    data = tmp_path / "pictures"
    data.mkdir()
    for i in range(14):
        Image.fromarray(blobs(i, 80)).save(data / f"field-{i}.png")

    def run(share: float) -> tuple[dict[str, Any], Request]:
        file = tmp_path / "theirs.pth"
        torch.save(weights(share), file)
        card = community.bring_in(file, shelf)
        request = Request("sr", card.id, sky_side=48, dark_side=64)
        return evaluate(request, data, tmp_path / "out", shelf.everything, lambda _: None), request

    return run


def test_above_bicubic_the_mark_is_lifted_and_results_say_by_what(
    shelf: UserShelf, tmp_path: Path, scored: Callable[[float], tuple[dict[str, Any], Request]]
) -> None:
    made, request = scored(0.25)
    data = tmp_path / "pictures"
    assert shelf.own(request.model).illustrative
    for part in (
        replace(request, pictures=3),
        replace(request, model=f"{request.model}:best"),
        replace(request, task="colour"),
        replace(request, model="superres-x2"),
    ):
        assert noted(made, part, data, shelf) is None
    assert shelf.own(request.model).illustrative

    assert noted(made, request, data, shelf) == shelf.own(request.model)
    card = shelf.own(request.model)
    command = f"astroview evaluate --task sr --model {card.id} --data pictures"
    assert (card.illustrative, card.title(), card.scored_by) == (False, card.name, command)
    assert "never to measure" not in card.summary
    assert not any("It was not scored" in line for line in card.limits_of_use)
    assert any(command in line for line in card.limits_of_use)
    figures = card.metrics["scored"]["figures"]["sky, simulated"]
    assert figures[card.id]["psnr"] == made["means"]["sky, simulated"][card.id]["psnr"]
    assert figures[card.id]["psnr"] > figures["bicubic"]["psnr"]
    assert str(tmp_path) not in json.dumps(card.metrics)
    assert shelf.everything.choose("auto", "superres") != card

    counts = np.random.default_rng(1).poisson(300, (48, 56)).astype(np.float32)
    result = astroview.enhance(
        counts, colorize=False, scale=card.id, worker=False, uncertainty=False
    )
    assert not has_painted_texture(result.frame)
    said = f"scored above bicubic on skies by {command}"
    assert any(said in line for line in result.frame.history)

    worse = json.loads(json.dumps(made))
    worse["means"]["sky, simulated"][card.id]["psnr"] = 1.0
    noted(worse, request, data, shelf)
    assert shelf.own(card.id).illustrative
    assert shelf.own(card.id).scored_by == ""
    assert len(shelf.own(card.id).limits_of_use) == len(card.limits_of_use)


def test_below_bicubic_it_stays_illustrative_with_its_figures(
    shelf: UserShelf, tmp_path: Path, scored: Callable[[float], tuple[dict[str, Any], Request]]
) -> None:
    made, request = scored(0.0)
    card = noted(made, request, tmp_path / "pictures", shelf)
    assert card
    assert (card.illustrative, card.scored_by) == (True, "")
    assert "is not above" in card.limits_of_use[0]
    assert card.metrics["scored"]["figures"]["sky, simulated"][card.id]["psnr"] > 0
