"""What a run begins with: the weights of finished models, as they are or resized."""

import dataclasses
from pathlib import Path

import pytest
import torch
from recipes import TINY, nothing, recipe

from astroview.core.errors import ModelRejected
from astroview.core.messages.train_messages import Remark
from astroview.core.models.model_card import read_card
from astroview.engine.networks import weights
from astroview.engine.networks.colorizer import Colorizer
from astroview.engine.networks.combined import Combined, chroma
from astroview.engine.networks.gated import Gated
from astroview.engine.networks.palette_code import CODE_LENGTH
from astroview.engine.networks.residual import SRResNet
from astroview.engine.networks.superres import Compact
from trainer import jobs
from trainer.finetune.initial_weights import fitted, join, narrowed
from trainer.loop.run_folder import RunFolder


def test_fine_tuning_begins_where_its_parent_ended(data: Path, tmp_path: Path):
    jobs.fit(recipe("superres"), data, tmp_path / "base", "cpu", nothing)
    still = recipe("superres", steps=1, lr=1e-12, ema=0.0)
    jobs.fit(still, data, tmp_path / "tuned", "cpu", nothing, [tmp_path / "base" / "model"])
    one, two = (
        weights.load(read_card(tmp_path / name / "model"), torch.device("cpu")).state_dict()
        for name in ("base", "tuned")
    )
    for key in one:
        torch.testing.assert_close(one[key], two[key], atol=2e-4, rtol=1e-3)
    events = RunFolder(tmp_path / "tuned").events()
    assert any(isinstance(e, Remark) and "Begins with" in e.message for e in events)
    with pytest.raises(ModelRejected, match="another network"):
        jobs.fit(
            recipe("colorize"), data, tmp_path / "x", "cpu", nothing, [tmp_path / "base" / "model"]
        )


def test_a_combined_model_begins_with_two_parents(data: Path, tmp_path: Path):
    for task in ("superres", "colorize"):
        jobs.fit(recipe(task, steps=2), data, tmp_path / task, "cpu", nothing)
    parents = [tmp_path / task / "model" for task in ("superres", "colorize")]
    still = recipe("combined", steps=1, lr=1e-12, ema=0.0)
    jobs.fit(still, data, tmp_path / "both", "cpu", nothing, parents)
    card = read_card(tmp_path / "both" / "model")
    assert card.palettes == read_card(parents[1]).palettes
    assert card.training["begins_with"].count("sha256") == 2
    state = weights.state_of(card)
    for prefix, parent in zip(("sharp.", "colour."), parents, strict=True):
        for name, value in weights.state_of(read_card(parent)).items():
            torch.testing.assert_close(state[prefix + name], value, atol=2e-4, rtol=1e-3)
    with pytest.raises(ModelRejected, match="another network"):
        jobs.fit(still, data, tmp_path / "x", "cpu", nothing, [parents[0], parents[0]])


def test_a_leaner_network_begins_with_the_strongest_channels(data: Path, tmp_path: Path):
    jobs.fit(recipe("superres", steps=2), data, tmp_path / "wide", "cpu", nothing)
    parents = [tmp_path / "wide" / "model"]
    lean = recipe("superres", steps=1, lr=1e-12, ema=0.0)
    lean = dataclasses.replace(lean, hyper={**lean.hyper, "width": 3})
    jobs.fit(lean, data, tmp_path / "lean", "cpu", nothing, parents)
    wide, made = (
        weights.state_of(read_card(tmp_path / name / "model")) for name in ("wide", "lean")
    )
    for name, value in narrowed(wide, 3).items():
        torch.testing.assert_close(made[name], value, atol=2e-4, rtol=1e-3)
    deeper = dataclasses.replace(lean, hyper={**lean.hyper, "depth": 3})
    with pytest.raises(ModelRejected, match="another network"):
        jobs.fit(deeper, data, tmp_path / "deeper", "cpu", nothing, parents)


def test_a_wider_network_begins_with_the_same_answer_and_learns_to_use_its_room(
    data: Path, tmp_path: Path
):
    jobs.fit(recipe("superres", steps=20, lr=5e-3), data, tmp_path / "lean", "cpu", nothing)
    parents = [tmp_path / "lean" / "model"]
    still = recipe("superres", steps=1, lr=1e-12, ema=0.0)
    rng, device = torch.Generator().manual_seed(1), torch.device("cpu")
    u, sigma = torch.rand(1, 1, 24, 20, generator=rng), torch.full((1,), 0.02)
    answers: list[torch.Tensor] = []
    for name, width in (("same", 4), ("wider", 7)):
        like = dataclasses.replace(still, hyper={**still.hyper, "width": width})
        jobs.fit(like, data, tmp_path / name, "cpu", nothing, parents)
        network = weights.load(read_card(tmp_path / name / "model"), device)
        answers.append(network(u, sigma).detach())
    torch.testing.assert_close(answers[0], answers[1], atol=2e-4, rtol=1e-3)
    longer = recipe("superres", steps=4, lr=5e-3, warmup=0)
    longer = dataclasses.replace(longer, hyper={**longer.hyper, "width": 7})
    jobs.fit(longer, data, tmp_path / "learnt", "cpu", nothing, parents)
    made = weights.state_of(read_card(tmp_path / "learnt" / "model"))
    for looks_at_new in (made["body.0.weight"][:4, 4:], made["tail.weight"][:, 4:]):
        assert (looks_at_new != 0).float().mean() > 0.9


def test_the_colorizer_in_a_combined_model_can_stay_as_it_is(data: Path, tmp_path: Path):
    for task in ("superres", "colorize"):
        jobs.fit(recipe(task, steps=2), data, tmp_path / task, "cpu", nothing)
    parents = [tmp_path / task / "model" for task in ("superres", "colorize")]
    head = recipe("combined", steps=4, lr=0.01, warmup=0, method="head")
    jobs.fit(head, data, tmp_path / "both", "cpu", nothing, parents)
    state = weights.state_of(read_card(tmp_path / "both" / "model"))
    for name, value in weights.state_of(read_card(parents[1])).items():
        assert torch.equal(state[f"colour.{name}"], value), name
    for name, value in weights.state_of(read_card(parents[0])).items():
        assert not torch.allclose(state[f"sharp.{name}"], value, atol=1e-4), name
    assert state["detail.second.weight"].abs().max() > 0


def test_a_combined_network_begins_as_the_super_resolver_and_the_colorizer():
    torch.manual_seed(2)
    sharp, colour = Compact(2, 4, 2), Colorizer((4, 6, 8), 1, 3)
    for network in (sharp, colour):
        for parameter in network.parameters():
            torch.nn.init.normal_(parameter, std=0.1)
    both = weights.build("combined", dict(TINY["combined"]["hyper"]))
    assert isinstance(both, Combined)
    join(both, sharp.state_dict(), colour.state_dict())
    u, sigma, code = torch.rand(1, 1, 32, 32), torch.zeros(1), torch.randn(1, CODE_LENGTH)
    with torch.no_grad():
        made = both(u, sigma, u, code)
        assert torch.allclose(made.luma, sharp(u, sigma), atol=1e-6)
        assert torch.equal(made.coefficients, colour(u, code).coefficients)
        assert made.detail.abs().max() == 0
        assert chroma(made, made.luma).shape == (1, 2, 64, 64)


@pytest.mark.parametrize("blocks", [3, 2, 1])
def test_a_combined_network_of_gated_blocks_begins_with_the_first_and_the_last(blocks: int):
    torch.manual_seed(2)
    sharp, colour = Gated(2, 4, 3), Colorizer((4, 6, 8), 1, 3, guide=4, classes=8)
    for network in (sharp, colour):
        for parameter in network.parameters():
            torch.nn.init.normal_(parameter, std=0.1)
    hyper = {**TINY["combined"]["hyper"], "blocks": blocks}
    both = weights.build("combined", {k: v for k, v in hyper.items() if k != "depth"})
    assert isinstance(both, Combined)
    assert isinstance(both.sharp, Gated)
    join(both, sharp.state_dict(), colour.state_dict())
    kept = [*range(blocks - 1), 2]
    assert [b.layers[0].weight.tolist() for b in both.sharp.body] == [
        sharp.body[i].layers[0].weight.tolist() for i in kept
    ]
    u, sigma, code = torch.rand(1, 1, 32, 32), torch.zeros(1), torch.randn(1, CODE_LENGTH)
    with torch.no_grad():
        boxes, resized = (
            both(u, sigma, u, code, None, torch.full((1,), box)) for box in (1.0, -1.0)
        )
        assert torch.equal(boxes.coefficients, colour(u, code).coefficients)
        if blocks == 3:
            assert torch.allclose(boxes.luma, sharp(u, sigma, torch.ones(1)), atol=1e-6)
        assert not torch.allclose(boxes.luma, resized.luma, atol=1e-3)  # it listens


def test_another_magnification_begins_with_all_but_the_last_layer(data: Path, tmp_path: Path):
    short = {"steps": 4, "lr": 5e-3, "warmup": 0, "crop": 16}
    jobs.fit(recipe("superres", **short), data, tmp_path / "x2", "cpu", nothing)
    parents = [tmp_path / "x2" / "model"]
    still = recipe("superres", steps=1, lr=1e-12, ema=0.0, crop=16)
    four = dataclasses.replace(still, hyper={**still.hyper, "scale": 4})
    jobs.fit(four, data, tmp_path / "x4", "cpu", nothing, parents)
    made = weights.state_of(read_card(tmp_path / "x4" / "model"))
    for name, value in weights.state_of(read_card(parents[0])).items():
        if not name.startswith("tail."):
            torch.testing.assert_close(made[name], value, atol=2e-4, rtol=1e-3)
    assert made["tail.weight"].shape[0] == 16
    assert made["tail.weight"].abs().max() < 1e-6  # untrained: bicubic interpolation


def test_a_network_that_is_told_the_noise_begins_with_one_that_is_not():
    torch.manual_seed(4)
    blind, told = SRResNet(2, 4, 1).eval(), SRResNet(2, 4, 1, noise=True).eval()
    told.load_state_dict(fitted(blind.state_dict(), told, tail=True))
    u = torch.rand(1, 1, 24, 24)
    with torch.no_grad():
        assert torch.allclose(told(u, torch.full((1,), 0.05)), blind(u, torch.zeros(1)), atol=1e-6)
        told.head[0].weight[:, 1] += 0.1
        quiet, noisy = (told(u, torch.full((1,), sigma)) for sigma in (0.0, 0.05))
    assert not torch.allclose(quiet, noisy, atol=1e-4)


def test_the_strongest_channels_are_left():
    torch.manual_seed(2)
    wide = Compact(2, 8, 3)
    small = Compact(2, 5, 3)
    with torch.no_grad():  # three channels say nothing, and nobody listens to them
        for layer in (wide.head, *wide.body):
            layer.weight[[1, 4, 6]] = 0
            layer.bias[[1, 4, 6]] = 0  # type: ignore[index]
        torch.nn.init.normal_(wide.tail.weight, std=0.1)
        small.load_state_dict(narrowed(wide.state_dict(), 5))
        u = torch.rand(1, 1, 12, 12)
        assert torch.allclose(small(u, torch.zeros(1)), wide(u, torch.zeros(1)), atol=1e-6)
