"""Cards and shelves: what is written is read, what is damaged is refused in plain words."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from astroview.core.errors import ModelRejected
from astroview.core.models.model_card import (
    ModelCard,
    ModelShelf,
    Palette,
    Tiling,
    default_shelf,
    read_card,
    sha256_of,
    write_card,
)


def card(model_id: str = "one") -> ModelCard:
    palette = Palette("warm", (0.1, 0.2), ((1, 2, 3),))
    return ModelCard(
        model_id, "One", "colorize", "palette-unet", {"widths": [1, 2, 3]}, Tiling(64, 8, 16), "ab",
        palettes=(palette,), limits_of_use=("none",),
    )  # fmt: skip


def test_cards_survive_the_disk(tmp_path: Path):
    write_card(card(), tmp_path)
    read = read_card(tmp_path)
    assert read.folder == tmp_path
    assert (read.palettes, read.tiling, read.limits_of_use) == (
        card().palettes, card().tiling, ("none",),
    )  # fmt: skip
    assert read.palette("warm").code == (0.1, 0.2)
    with pytest.raises(ModelRejected, match="cold"):
        read.palette("cold")


def test_a_card_says_whether_it_is_illustrative_and_older_ones_need_not(tmp_path: Path):
    write_card(card(), tmp_path)
    assert "illustrative" not in (tmp_path / "card.json").read_text()
    assert not read_card(tmp_path).illustrative
    assert read_card(tmp_path).title() == "One"
    for name in ("One", "One (illustrative)"):
        write_card(replace(card(), name=name, illustrative=True), tmp_path)
        assert read_card(tmp_path).illustrative
        assert read_card(tmp_path).title() == "One (illustrative)"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"id": "x"}', '{"tiling": 3, "id": "x"}'])
def test_damaged_cards_are_refused_and_left_out(tmp_path: Path, text: str):
    broken, good = tmp_path / "broken", tmp_path / "good"
    broken.mkdir()
    good.mkdir()
    (broken / "card.json").write_text(text)
    write_card(card("good"), good)
    with pytest.raises(ModelRejected, match="broken") as caught:
        read_card(broken)
    assert caught.value.hint
    assert [c.id for c in ModelShelf((tmp_path,)).cards()] == ["good"]


def test_choosing(tmp_path: Path):
    (tmp_path / "one").mkdir()
    write_card(card(), tmp_path / "one")
    shelf = ModelShelf((tmp_path, tmp_path / "missing"))
    assert shelf.choose(None, "colorize") is None
    assert shelf.choose("auto", "colorize") == shelf.choose("one", "colorize")
    for wrong, task in (("two", "colorize"), ("one", "superres"), ("auto", "superres")):
        with pytest.raises(ModelRejected):
            shelf.choose(wrong, task)


def test_choosing_by_scale(tmp_path: Path):
    for scale in (4, 2):
        folder = tmp_path / f"x{scale}"
        folder.mkdir()
        made = replace(card(f"x{scale}"), task="superres", scale=scale)
        write_card(made, folder)
    shelf = ModelShelf((tmp_path,))
    assert shelf.scales() == (2, 4)
    assert shelf.superres(1) is None
    four = shelf.superres(4)
    assert four is not None
    assert four.id == "x4"
    with pytest.raises(ModelRejected, match="×3"):
        shelf.superres(3)


def test_bundled_models_are_whole():
    cards = default_shelf().cards()
    assert {c.task for c in cards} == {"colorize", "superres", "combined"}
    for bundled in cards:
        assert sha256_of(bundled.weights) == bundled.sha256
        assert bundled.weights.stat().st_size < 16 * 2**20
        assert bundled.metrics
        assert bundled.training["steps"] >= 800
        raw = json.loads((bundled.weights.parent / "card.json").read_text())
        assert raw["licence"]
        assert raw["credit"]
