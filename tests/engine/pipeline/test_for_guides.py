"""Measured chroma is painted with by a colorizer of its own where the chosen one names it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from astroview.batch.recipe import BatchRecipe, fingerprint
from astroview.core.colour.chroma_guide import ChromaGuide
from astroview.core.frame import ArraySource, Frame
from astroview.core.models.model_card import ModelCard, ModelShelf, Origin, write_card
from astroview.core.models.tuned_card import tuned_card
from astroview.core.options import EnhanceOptions
from astroview.engine.networks import weights
from astroview.engine.networks.colorizer import Colorizer
from astroview.engine.pipeline.enhance import enhance
from trainer.data import palettes
from trainer.evaluation.told_colour import Told
from trainer.export import TILINGS

HYPER = {"widths": [8, 8, 12], "middle": 1, "palettes": 3, "guide": 8}
OPTIONS = EnhanceOptions(colorizer="plain", superres=None, device="cpu")


def store(folder: Path, model: str, seed: int, for_guides: str = "") -> None:
    """A network none of whose layers is zero."""
    torch.manual_seed(seed)
    network = Colorizer((8, 8, 12), 1, 3, 8).eval().requires_grad_(requires_grad=False)
    for parameter in network.parameters():
        if parameter.ndim > 1:
            torch.nn.init.normal_(parameter, std=0.15)
    codes = np.random.default_rng(0).normal(0, 0.05, (3, 24)).astype(np.float32)
    card = ModelCard(
        model, model, "colorize", "palette-unet", HYPER, TILINGS["palette-unet"], "",
        palettes=palettes.named(codes, ("one", "two", "three")), for_guides=for_guides,
    )  # fmt: skip
    weights.store(card, network, folder / model)


@pytest.fixture
def shelf(tmp_path: Path) -> ModelShelf:
    """“plain”, and “guided” that paints for it where chroma was measured: other weights."""
    store(tmp_path / "shelf", "plain", 1, "guided")
    store(tmp_path / "shelf", "guided", 2)
    return ModelShelf((tmp_path / "shelf",))


def test_where_chroma_was_measured_another_model_paints(shelf: ModelShelf, tmp_path: Path):
    samples = np.random.default_rng(3).uniform(0, 255, (64, 96)).astype(np.float32)
    frame = Frame("a frame", samples.shape, 1, "display", ArraySource(samples), None, "")
    chroma = np.random.default_rng(4).normal(0, 0.05, (4, 6, 2)).astype(np.float32)
    guide = ChromaGuide(chroma, (16.0, 16.0), name="A survey").save(tmp_path / "guide.npz")
    for given, model in ((None, "plain"), (guide, "guided")):
        chosen = replace(OPTIONS, guide=given)
        named = replace(chosen, colorizer=model)
        made, same = (
            enhance(frame, options, tmp_path / f"{model}{i}", shelf, lambda *_: None)
            for i, options in enumerate((chosen, named))
        )
        assert np.array_equal(made.read(), same.read())
        assert any(shelf.card(model).sha256[:12] in line for line in made.history)


def test_nobody_has_to_choose_it_and_a_tuned_one_paints_for_itself(shelf: ModelShelf):
    assert [card.id for card in shelf.usual("colorize")] == ["plain"]
    card = shelf.card("plain")
    assert tuned_card(card, "mine", Origin(card.id, card.sha256)).for_guides == ""
    write_card(replace(card, for_guides="nobody"), shelf.folders[0] / "plain")
    assert shelf.painting(shelf.card("plain"), measured=True).id == "plain"


def test_a_batch_with_measured_colours_is_another_one_where_its_weights_are_others(
    shelf: ModelShelf,
):
    recipes = [BatchRecipe(replace(OPTIONS, colour_from=name)) for name in ("", "panstarrs")]
    before = [fingerprint(recipe, shelf) for recipe in recipes]
    store(shelf.folders[0], "guided", 5)
    after = [fingerprint(recipe, shelf) for recipe in recipes]
    assert [a == b for a, b in zip(before, after, strict=True)] == [True, False]


def test_evaluation_asks_the_model_that_the_application_asks(shelf: ModelShelf):
    truth = torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(1))
    made, alone = (Told(shelf.card(model)).paint(truth) for model in ("plain", "guided"))
    assert torch.equal(made["plain, guide at 1/8"], alone["guided, guide at 1/8"])
    region = "truth's palette by region"
    assert not torch.equal(made[f"plain, {region}"], alone[f"guided, {region}"])
