"""Weights on disk: whole ones, and low-rank additions that need their parent's."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from astroview.core import resources
from astroview.core.errors import ModelRejected
from astroview.core.models.model_card import (
    Adapter,
    ModelCard,
    Origin,
    Tiling,
    default_shelf,
    read_card,
    write_card,
)
from astroview.engine.networks import lora, weights

CPU = torch.device("cpu")
HYPER = {"scale": 2, "width": 6, "depth": 2}
SCALE, RANK = 0.5, 2


def card(model_id: str, **more: object) -> ModelCard:
    made = ModelCard(model_id, model_id.title(), "superres", "compact", HYPER, Tiling(64, 8), "")
    return replace(made, scale=2, **more)  # type: ignore[arg-type]


@pytest.fixture
def parent(tmp_path: Path) -> ModelCard:
    torch.manual_seed(0)
    network = weights.build("compact", HYPER)
    torch.nn.init.normal_(network.tail.weight, std=0.1)  # type: ignore[arg-type]
    return weights.store(card("parent"), network, tmp_path / "parent")


def additions(seed: int = 1) -> dict[str, torch.Tensor]:
    """To a convolution of 6 channels with a kernel of 3 x 3; and a bias, whole."""
    chance = torch.Generator().manual_seed(seed)
    return {
        "body.1.weight.A": torch.randn(RANK, 6 * 9, generator=chance),
        "body.1.weight.B": torch.randn(6, RANK, generator=chance),
        "tail.bias": torch.full((4,), 0.25),
    }


def adapter(parent: ModelCard, model_id: str = "tuned", seed: int = 1) -> ModelCard:
    assert parent.folder
    made = card(
        model_id, adapter=Adapter(RANK, SCALE), origin=Origin(parent.id, parent.sha256, "adapter")
    )
    return weights.store_adapter(made, additions(seed), parent.folder.parent / model_id)


def test_an_adapter_is_added_to_its_parent_once(parent: ModelCard):
    stored = adapter(parent)
    assert stored.folder
    read = read_card(stored.folder)
    assert (read.origin, read.adapter) == (stored.origin, stored.adapter)
    base = weights.load(parent, CPU).state_dict()
    tuned = weights.load(read, CPU).state_dict()
    own = {key: value.half().float() for key, value in additions().items()}
    low_rank = (own["body.1.weight.B"] @ own["body.1.weight.A"]).reshape(6, 6, 3, 3)
    expected = {
        **base,
        "body.1.weight": base["body.1.weight"] + SCALE * low_rank,
        "tail.bias": own["tail.bias"],
    }
    for name, value in tuned.items():
        torch.testing.assert_close(value, expected[name])
    assert stored.weights.stat().st_size < parent.weights.stat().st_size


def test_an_adapter_can_be_tuned_further(parent: ModelCard):
    once = adapter(parent)
    twice = adapter(once, "again", seed=2)
    state = weights.state_of(twice)
    one, two = (
        lora.addition(
            *(additions(seed)[f"body.1.weight.{k}"].half().float() for k in "AB"),
            state["body.1.weight"], SCALE,
        )
        for seed in (1, 2)
    )  # fmt: skip
    base = weights.state_of(parent)["body.1.weight"]
    torch.testing.assert_close(state["body.1.weight"], base + one + two)


def test_cards_of_whole_models_say_nothing_of_adapters(parent: ModelCard):
    assert parent.folder
    text = (parent.folder / "card.json").read_text()
    assert "origin" not in text
    assert "adapter" not in text
    assert read_card(parent.folder).origin is None


def test_without_its_parent_an_adapter_says_what_it_needs(parent: ModelCard):
    stored = adapter(parent)
    assert parent.folder
    parent.folder.rename(parent.folder.parent.parent / "elsewhere")
    with pytest.raises(ModelRejected, match="tuned from “parent”, which is not installed") as told:
        weights.load(stored, CPU)
    assert "Import" in told.value.hint


def test_another_parent_of_the_same_name_is_refused(parent: ModelCard):
    stored = adapter(parent)
    assert parent.folder
    weights.store(card("parent"), weights.build("compact", HYPER), parent.folder)
    with pytest.raises(ModelRejected, match="another version of Parent") as told:
        weights.load(stored, CPU)
    assert parent.sha256[:12] in told.value.hint


def test_a_card_cannot_be_put_on_another_parent(parent: ModelCard):
    stored = adapter(parent)
    assert stored.folder
    other = weights.store(
        card("other"), weights.build("compact", HYPER), stored.folder / "../other"
    )
    write_card(replace(stored, origin=Origin("other", other.sha256, "adapter")), stored.folder)
    with pytest.raises(ModelRejected, match="different parents"):
        weights.load(read_card(stored.folder), CPU)


@pytest.mark.parametrize(
    "wrong",
    [
        {"body.7.weight.A": torch.zeros(2, 54), "body.7.weight.B": torch.zeros(6, 2)},
        {"body.1.weight.A": torch.zeros(2, 54)},
        {"body.1.weight.A": torch.zeros(2, 53), "body.1.weight.B": torch.zeros(6, 2)},
        {"body.1.weight.A": torch.zeros(3, 54), "body.1.weight.B": torch.zeros(6, 2)},
        {"body.1.weight": torch.zeros(6, 6, 1, 1)},
    ],
)
def test_what_does_not_fit_the_parent_is_refused(parent: ModelCard, wrong: weights.State):
    assert parent.folder
    made = card("odd", adapter=Adapter(RANK, SCALE), origin=Origin(parent.id, parent.sha256))
    stored = weights.store_adapter(made, wrong, parent.folder.parent / "odd")
    with pytest.raises(ModelRejected, match="do not fit"):
        weights.load(stored, CPU)


def test_weights_are_written_in_half_precision_and_readable_by_all(parent: ModelCard):
    assert {t.dtype for t in load_file(parent.weights).values()} == {torch.float16}
    assert parent.weights.stat().st_mode & 0o044 == 0o044


def test_an_adapter_of_a_model_that_was_shipped_before_still_loads(tmp_path: Path):
    folder = next(iter(sorted(resources.earlier_models().glob("colorizer-*"))))
    before = read_card(folder)
    made = replace(
        before,
        id="own",
        adapter=Adapter(1, 1.0),
        origin=Origin("colorizer", before.sha256, "adapter"),
    )
    bias = torch.full((4,), 0.25)
    stored = weights.store_adapter(made, {"out.bias": bias}, tmp_path / "own")
    state = weights.state_of(read_card(stored.folder or tmp_path))
    torch.testing.assert_close(state["out.bias"], bias)
    torch.testing.assert_close(state["stem.weight"], weights.state_of(before)["stem.weight"])
    # Nobody is offered what was shipped before.
    assert folder not in {one.folder for one in default_shelf().cards()}
