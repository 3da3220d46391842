"""Teaching a colorizer which palettes to choose, on small things."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from astroview.core.colour import colour_space
from astroview.core.errors import DatasetProblem
from astroview.core.models.model_card import ModelCard, Palette, Tiling, read_card
from astroview.engine.networks import weights
from astroview.engine.networks.colorizer import Colorizer
from astroview.engine.networks.palette_code import CODE_LENGTH
from astroview.engine.networks.superres import Compact
from trainer.calibrate import palette_reader
from trainer.calibrate.automatic_palette import helpful, teach
from trainer.calibrate.palette_pairs import Course, lessons
from trainer.calibrate.palette_reader import ReaderPlan
from trainer.data.pictures import Picture

HYPER = {"widths": [4, 4, 8], "middle": 1, "palettes": 6}


def nothing(*_: object) -> None:
    """No progress is shown."""


def network(seed: int = 3) -> Colorizer:
    """A colorizer whose colours follow its palette's code."""
    torch.manual_seed(seed)
    made = Colorizer((4, 4, 8), 1, 6)
    with torch.no_grad():
        for block in (*made.middle, *made.decode):
            torch.nn.init.normal_(block.second.weight, std=0.1)  # type: ignore[union-attr]
        torch.nn.init.normal_(made.out.weight, std=0.02)
    return made


@pytest.fixture
def model(tmp_path: Path) -> Path:
    rng = np.random.default_rng(0)
    known = tuple(
        Palette(f"old {k}", tuple(float(v) for v in rng.normal(0, 0.3, CODE_LENGTH)))
        for k in range(6)
    )
    card = ModelCard("tiny", "Tiny", "colorize", "palette-unet", HYPER, Tiling(512, 224, 16), "",
                     palettes=known)  # fmt: skip
    weights.store(card, network(), tmp_path / "tiny")
    return tmp_path / "tiny"


def field(blobs: Callable[..., np.ndarray], seed: int) -> np.ndarray:
    """A picture whose bright parts are golden."""
    grey = blobs(seed, 64).astype(np.float32).mean(-1) / 255
    lab = np.stack([grey, 0 * grey, 0.15 * grey**2], -1)
    return (np.clip(colour_space.oklab_to_srgb(lab.astype(np.float32)), 0, 1) * 255).astype(
        np.uint8
    )


@pytest.fixture
def data(tmp_path: Path, blobs: Callable[..., np.ndarray]) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for i in range(20):
        Image.fromarray(field(blobs, i)).save(folder / f"field-{i}.png")
    return folder


def test_palettes_and_head_are_new_and_the_network_is_as_it_was(model: Path, data: Path):
    old = read_card(model)
    before = weights.state_of(old)
    card = teach(model, data, nothing, ReaderPlan(count=2, steps=5, batch=4, head_steps=20))
    after = weights.state_of(card)
    changed = {name for name in before if not torch.equal(before[name], after[name])}
    assert changed == {"rank.0.weight", "rank.0.bias", "rank.2.weight", "rank.2.bias"}
    names = [palette.name for palette in card.palettes]
    assert len(names) == len(set(names)) == 6
    assert set(names[2:]) < {palette.name for palette in old.palettes}
    notes = card.training["automatic"]
    assert 0 < notes["kept_aside"] < 20
    assert notes["best_of_five"] >= notes["chosen"]["gain"]
    assert notes["nearest_in_five"] >= notes["first_is_nearest"]


def test_palettes_can_be_kept_and_only_their_ranking_learnt(model: Path, data: Path):
    old = read_card(model)
    before = weights.state_of(old)
    card = teach(model, data, nothing, ReaderPlan(count=0, head_steps=20))
    assert [one.name for one in card.palettes] == [one.name for one in old.palettes]
    for one, other in zip(card.palettes, old.palettes, strict=True):
        assert one.code == pytest.approx(other.code, abs=1e-4)
    after = weights.state_of(card)
    changed = {name for name in before if not torch.equal(before[name], after[name])}
    assert changed == {"rank.0.weight", "rank.0.bias", "rank.2.weight", "rank.2.bias"}
    assert card.training["automatic"]["command"].endswith(" --keep")
    assert "code_read" not in card.training["automatic"]


def test_a_reader_finds_codes_that_cost_less_the_longer_it_learns(
    blobs: Callable[..., np.ndarray],
):
    pictures = [Picture(f"{i}", field(blobs, i), f"{i}") for i in range(12)]
    aside = np.arange(12) >= 9
    painter = network().requires_grad_(requires_grad=False)
    course = Course(lessons(painter, pictures, 1, nothing), aside)

    def cost(steps: int) -> float:
        plan = ReaderPlan(worth=0.0, steps=steps, batch=6)
        codes = palette_reader.learn(painter, course, plan, nothing)(course.told)
        errors = [
            float(one.painted(painter, code)[0].mean())
            for one, code in zip(course.seen, codes.split(1), strict=True)
        ]
        return float(np.mean(errors))

    assert cost(40) < cost(0) - 0.1


def test_summaries_are_told_scaled_and_the_lessons_aside_are_never_drawn(
    blobs: Callable[..., np.ndarray],
):
    pictures = [Picture(f"{i}", field(blobs, i), f"{i}") for i in range(8)]
    aside = np.arange(8) % 2 == 0
    course = Course(lessons(network(), pictures, 1, nothing), aside)
    picks, told = course.drawn(np.random.default_rng(0), 200)
    assert set(picks) == {1, 3, 5, 7}
    assert told.shape == (200, course.told.shape[1])
    assert course.told[course.learnt].abs().mean() < 2


def test_palettes_that_help_most_are_kept():
    # Picture by picture: one new palette, then three old ones, of which two may stay.
    error = np.array([[5, 1, 5, 5], [5, 5, 5, 4], [5, 5, 4.5, 5]], np.float32)
    assert helpful(error, 1) == [0, 2]


def test_what_cannot_be_taught_is_refused(model: Path, data: Path, tmp_path: Path):
    with pytest.raises(DatasetProblem, match="too few palettes"):
        teach(model, data, nothing, ReaderPlan(count=6))
    with pytest.raises(DatasetProblem, match="too few pictures"):
        teach(model, data, nothing, ReaderPlan(count=2, pictures=2))
    hyper = {"scale": 2, "width": 4, "depth": 1}
    other = ModelCard("sr", "SR", "superres", "compact", hyper, Tiling(512, 24), "", 2)
    weights.store(other, Compact(2, 4, 1), tmp_path / "sr")
    with pytest.raises(DatasetProblem, match="no colorizer"):
        teach(tmp_path / "sr", data, nothing)
