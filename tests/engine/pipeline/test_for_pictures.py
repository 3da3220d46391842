"""Pictures are answered by a model of their own where the chosen one names it; frames by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tuned
import tuning

from astroview.batch.recipe import BatchRecipe, fingerprint
from astroview.core.frame import ArraySource, Frame
from astroview.core.models.model_card import ModelShelf, Origin, read_card, write_card
from astroview.core.models.tuned_card import tuned_card
from astroview.core.options import EnhanceOptions
from astroview.engine.pipeline.enhance import enhance
from astroview.engine.pipeline.enhance_plan import choose
from trainer.evaluation.superres_rivals import Network

OPTIONS = EnhanceOptions(colorizer=None, superres="superres", device="cpu")


@pytest.fixture
def shelf(tmp_path: Path) -> ModelShelf:
    """“superres”, and “superres-pictures” that answers pictures for it: other weights."""
    folder = tmp_path / "shelf"
    tuned.store_models(folder)
    tuning.store_model(folder, "superres-pictures", seed=7)
    write_card(
        replace(read_card(folder / "superres"), for_pictures="superres-pictures"),
        folder / "superres",
    )
    return ModelShelf((folder,))


def frame(kind: str) -> Frame:
    samples = np.random.default_rng(3).uniform(0, 255, (24, 32)).astype(np.float32)
    return Frame("a frame", samples.shape, 1, kind, ArraySource(samples), None, "")  # type: ignore[arg-type]


def test_pictures_and_frames_have_models_of_their_own(shelf: ModelShelf, tmp_path: Path) -> None:
    for kind, model in (("linear", "superres"), ("display", "superres-pictures")):
        made = enhance(frame(kind), OPTIONS, tmp_path / kind, shelf, lambda *_: None)
        named = enhance(
            frame(kind),
            replace(OPTIONS, superres=model),
            tmp_path / f"{kind}-named",
            shelf,
            lambda *_: None,
        )
        assert np.array_equal(made.read(), named.read())
        assert any(shelf.card(model).sha256[:12] in line for line in made.history)


def test_a_model_that_is_not_there_or_magnifies_otherwise_answers_nothing(
    shelf: ModelShelf,
) -> None:
    card, folder = shelf.card("superres"), shelf.folders[0]
    for other in ("nobody", "superres-pictures"):
        write_card(replace(card, for_pictures=other), folder / "superres")
        write_card(replace(shelf.card("superres-pictures"), scale=4), folder / "superres-pictures")
        found = choose(frame("display"), OPTIONS, shelf).superres
        assert found
        assert found.id == "superres"


def test_nobody_has_to_choose_it(shelf: ModelShelf) -> None:
    assert [card.id for card in shelf.usual("superres")] == ["superres"]
    assert len(shelf.cards("superres")) == 2


def test_a_batch_is_another_one_where_its_weights_are_others(shelf: ModelShelf) -> None:
    before = fingerprint(BatchRecipe(OPTIONS), shelf)
    tuning.store_model(shelf.folders[0], "superres-pictures", seed=8)
    assert fingerprint(BatchRecipe(OPTIONS), shelf) != before


def test_evaluation_asks_the_model_that_the_application_asks(shelf: ModelShelf) -> None:
    card = shelf.card("superres")
    alone = Network(shelf.card("superres-pictures"))
    for kind in ("linear", "display"):
        asked = Network(card).restore(frame(kind), 2).samples
        assert np.array_equal(asked, alone.restore(frame(kind), 2).samples) == (kind == "display")


def test_what_is_tuned_from_it_answers_everything_itself(shelf: ModelShelf) -> None:
    card = shelf.card("superres")
    assert tuned_card(card, "mine", Origin(card.id, card.sha256)).for_pictures == ""
