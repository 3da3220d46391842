"""A gated super-resolver: trained from a recipe and originals, resumed at another scale, tuned."""

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from recipes import RUN, nothing

from astroview.core.models.model_card import read_card
from astroview.engine.networks import lora, superres, weights
from astroview.engine.networks.gated import Gated
from trainer import adapters, jobs
from trainer.calibrate import superres_reduction
from trainer.config import LossConfig, Recipe, recipe_from
from trainer.data import degrade, pictures
from trainer.loop import trainable_weights
from trainer.tasks import losses
from trainer.tasks.superres_task import SuperResTask


def recipe(scale: int = 2, **data: Any) -> Recipe:
    values = {
        "task": "superres",
        "architecture": "gated",
        "hyper": {"scale": scale, "width": 16, "blocks": 1},
        "run": {**RUN, "crop": 16, "precision": "bfloat16"},
        "data": {"fine": 0.5, **data},
        "loss": {"charbonnier": 0.5, "rms": 0.5},
    }
    return recipe_from(values)


@pytest.fixture
def originals(data: Path, tmp_path: Path) -> Path:
    """Twice as large as the pictures, one of each."""
    folder = tmp_path / "originals"
    folder.mkdir()
    lines = ["file,of,sharpness"]
    for path in sorted(data.glob("*.png")):
        with Image.open(path) as image:
            image.resize((144, 144)).save(folder / f"{path.stem}.webp", lossless=True)
        lines.append(f"{path.stem}.webp,{path.name},0.5")
    (folder / "MANIFEST.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_a_recipe_with_originals_makes_a_model_and_its_trunk_begins_the_next(
    data: Path, originals: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(superres_reduction, "CROPS", 6)
    monkeypatch.setattr(superres_reduction, "STEPS", 50)
    jobs.fit(recipe(), data, tmp_path / "x2", "cpu", nothing, fine=originals)
    card = read_card(tmp_path / "x2" / "model")
    assert card.training["reductions_told_apart"]["crops"] == 12
    assert 0 < card.training["originals"] < 10
    assert "--fine ORIGINALS" in card.training["command"]
    first = weights.load(card, torch.device("cpu"))
    assert isinstance(first, Gated)
    assert first.reduction.weight.abs().sum() > 0
    still = recipe(4)
    still = dataclasses.replace(
        still, run=dataclasses.replace(still.run, steps=1, lr=1e-12, ema=0.0)
    )
    parents = [tmp_path / "x2" / "model"]
    jobs.fit(still, data, tmp_path / "x4", "cpu", nothing, parents, fine=originals)
    second = weights.state_of(read_card(tmp_path / "x4" / "model"))
    for name, value in weights.state_of(card).items():
        if not name.startswith(("tail.", "reduction.")):
            torch.testing.assert_close(second[name], value, atol=2e-4, rtol=1e-3)
    assert second["tail.weight"].shape[0] == 16


def test_originals_of_held_out_pictures_are_never_learnt_from(data: Path, originals: Path):
    task = jobs.task_for(recipe(fine=1.0), data, None, originals)
    held = {p.name for p in task.held}
    assert held
    wide = [plane for plane in task.planes if plane.shape == (144, 144)]
    assert len(wide) == len(list(data.glob("*.png"))) - len(held)
    assert task.share[[p.shape == (144, 144) for p in task.planes]].sum() == pytest.approx(1)


def test_a_card_says_of_how_many_pictures_its_figures_are(data: Path):
    found = pictures.load(data)
    some = SuperResTask(recipe(validation_pictures=2), found, found)
    assert (some.notes["scored_pictures"], some.notes["held_out_pictures"]) == (2, len(found))
    assert "scored_pictures" not in SuperResTask(recipe(), found, found).notes


def test_what_is_told_is_how_each_crop_was_reduced(data: Path):
    found = pictures.load(data)
    told = SuperResTask(recipe(told=1.0, box=0.5, noisy=0.0, jpeg=0.0), found, found).batch(0, 16)
    rounding = 0.5 / 255 + 1e-6
    assert set(told["box"].tolist()) == {-1.0, 1.0}
    for box in (-1.0, 1.0):
        mine = told["box"] == box
        wanted = degrade.shrink(told["y"][mine], 2, torch.full((int(mine.sum()),), -box + 1))
        assert (wanted - told["x"][mine]).abs().max() <= rounding
    silent = SuperResTask(recipe(told=0.0), found, found).batch(0, 16)
    assert not silent["box"].any()


def test_its_head_or_an_adapter_learns_alone():
    network = Gated(2, 16, 2)
    trainable_weights.choose(network, "head", 4)
    learns = {name.split(".")[0] for name, p in network.named_parameters() if p.requires_grad}
    assert learns == {"body", "merge", "tail"}
    assert not network.body[0].layers[0].weight.requires_grad  # type: ignore[index,union-attr]
    network = Gated(2, 16, 1)
    before = {k: v.clone() for k, v in network.state_dict().items()}
    trainable_weights.choose(network, "adapter", 4)
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if name.endswith(".B"):
                parameter.normal_(std=0.02)
    u = torch.rand(1, 1, 12, 12)
    wanted = network(u, torch.zeros(1))
    added = adapters.additions(network)
    assert any(name.startswith("body.0.layers.2.weight") for name in added)
    plain = Gated(2, 16, 1)
    plain.load_state_dict(before)
    adapters.merge(network)
    assert torch.allclose(network(u, torch.zeros(1)), wanted, atol=1e-5)
    a, b = added["tail.weight" + lora.A], added["tail.weight" + lora.B]
    merged = before["tail.weight"] + lora.addition(a, b, before["tail.weight"], adapters.SCALE)
    assert torch.allclose(network.tail.weight, merged, atol=1e-6)


def test_rms_weighs_samples_alike_and_is_finite_where_nothing_is_wrong():
    y = torch.zeros(2, 1, 4, 4, requires_grad=True)
    truth = torch.stack([torch.full((1, 4, 4), 0.1), torch.full((1, 4, 4), 0.3)])
    assert losses.rms(y, truth).item() == pytest.approx(0.2, rel=1e-3)
    losses.rms(y, torch.zeros_like(truth)).backward()
    assert np.isfinite(y.grad.numpy()).all()  # type: ignore[union-attr]


class Peaked(torch.nn.Module):
    """Interpolation, and a peak of any height on the brightest fine sample of each plane."""

    asks_reduction, scale = True, 4

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height = torch.nn.Parameter(torch.tensor(height))

    def forward(self, u: torch.Tensor, sigma: torch.Tensor, box: torch.Tensor) -> torch.Tensor:
        fine = superres.enlarge(u, self.scale)
        peak = fine == fine.amax((1, 2, 3), keepdim=True)
        return torch.where(peak, self.height, fine)


@pytest.mark.parametrize("height", [3.0, 15.0])
def test_a_peak_of_a_sky_is_no_better_for_being_higher(data: Path, height: float):
    values = recipe(4, skies=1.0, sky_scenes=1, fine=0.0, harm=0.0)
    found = pictures.load(data)
    slopes: dict[str, float] = {}
    for name, loss in (
        ("written", LossConfig(charbonnier=1.0, rms=1.0)),
        ("answered", LossConfig(charbonnier=0.0, denoise_rms=1.0)),
    ):
        chosen = dataclasses.replace(values, loss=loss)
        task = SuperResTask(chosen, found[:-2], found[-2:])
        network = Peaked(height)
        terms = task.answer(network, task.batch(0, 4)).terms
        torch.stack(list(terms.values())).sum().backward()
        assert network.height.grad is not None
        slopes[name] = float(network.height.grad)
    assert slopes["written"] == 0
    assert slopes["answered"] > 1e-3
