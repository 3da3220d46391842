"""Sharpened and painted in one pass: flux, lightness, tiles, and where it began."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from astroview.core.colour import colour_space
from astroview.core.errors import ModelRejected
from astroview.core.frame import ArraySource, Frame
from astroview.core.models.model_card import ModelCard, ModelShelf, Palette, Tiling
from astroview.core.options import EnhanceOptions, Outputs
from astroview.engine.networks import weights
from astroview.engine.networks.palette_code import CODE_LENGTH
from astroview.engine.networks.superres import Compact
from astroview.engine.pipeline.enhance import enhance, enhance_to
from astroview.engine.pipeline.enhance_plan import choose
from astroview.engine.runtime.cache import Cache
from astroview.engine.runtime.live_updates import Live
from trainer.export import TILINGS

HYPER = {"scale": 2, "width": 6, "depth": 2, "widths": [4, 4, 6], "middle": 1, "palettes": 2,
         "detail": 4}  # fmt: skip
GATED = {**{k: v for k, v in HYPER.items() if k != "depth"}, "blocks": 2}
OPTIONS = EnhanceOptions(colorizer="both", superres="sharp", device="cpu")


def nothing(*_: object) -> None:
    """No progress is shown."""


def _card(name: str, task: str, architecture: str, hyper: dict[str, object]) -> ModelCard:
    palettes = tuple(
        Palette(f"p{i}", tuple(np.random.default_rng(i).normal(0, 1, CODE_LENGTH).round(3)))
        for i in range(2)
    )
    tiling = Tiling(256, 128, 16) if task == "combined" else TILINGS[architecture]
    scale = 1 if task == "colorize" else 2
    known = () if task == "superres" else palettes
    return ModelCard(name, name, task, architecture, hyper, tiling, "", scale, palettes=known)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ModelShelf:
    """A combined model and a super-resolver of the same magnification."""
    folder = tmp_path_factory.mktemp("shelf")
    torch.manual_seed(4)
    hyper = getattr(request, "param", GATED)
    both = weights.build("combined", hyper)
    for parameter in both.parameters():
        torch.nn.init.normal_(parameter, std=0.06)
    weights.store(_card("both", "combined", "combined", hyper), both, folder / "both")
    plain = {"scale": 2, "width": 6, "depth": 2}
    weights.store(_card("sharp", "superres", "compact", plain), Compact(2, 6, 2), folder / "sharp")
    return ModelShelf((folder,))


def sky(height: int = 150, width: int = 190, channels: int = 1) -> Frame:
    rng = np.random.default_rng(3)
    shape = (height, width) if channels == 1 else (height, width, 3)
    samples = rng.normal(500, 8, shape).astype(np.float32)
    samples[20:23, 30:33] += 4000
    return Frame("sky", (height, width), channels, "linear", ArraySource(samples), None, "adu")


def test_flux_is_kept_and_lightness_is_that_of_the_samples(shelf: ModelShelf, tmp_path: Path):
    frame = sky()
    made = enhance(frame, OPTIONS, tmp_path, shelf, nothing)
    fine, ab = made.read(), made.read_chroma()
    boxes = fine.reshape(150, 2, 190, 2).mean((1, 3))
    assert np.abs(boxes / frame.read() - 1).max() < 1e-5
    assert ab.shape == (300, 380, 2)
    assert np.abs(ab).max() > 1e-3
    rgb = colour_space.render(fine, made.rendered, ab)
    grey = colour_space.render(fine, made.rendered)[..., 0]
    assert np.abs(colour_space.grey(rgb) - grey).max() < 1 / 255
    assert sum("both" in line for line in made.history) == 2


@pytest.mark.parametrize("shelf", [HYPER, GATED], ids=["plain", "gated"], indirect=True)
def test_tiles_of_any_size_agree_with_the_whole(shelf: ModelShelf, tmp_path: Path):
    whole = enhance(sky(), OPTIONS, tmp_path / "whole", shelf, nothing)
    for tile in (64, 101):
        tiled = enhance(sky(), replace(OPTIONS, tile=tile), tmp_path / str(tile), shelf, nothing)
        assert np.abs(tiled.read() - whole.read()).max() < 1e-5 * 4500
        gaps = np.abs(tiled.read_chroma() - whole.read_chroma())
        assert (gaps < 1e-3).mean() > 0.9999  # a cut at the gamut's edge is steep
        assert gaps.max() < 1e-2


def test_no_data_stays_no_data(shelf: ModelShelf, tmp_path: Path):
    frame = sky(48, 48)
    frame.source.array[10:14, 20:30] = np.nan  # type: ignore[attr-defined]
    made = enhance(frame, OPTIONS, tmp_path, shelf, nothing)
    assert np.isnan(made.read()).sum() == 4 * 40
    assert np.isfinite(made.read_chroma()).all()


def test_samples_of_an_earlier_result_are_painted_as_if_anew(shelf: ModelShelf, tmp_path: Path):
    first = enhance_to(sky(), OPTIONS, tmp_path / "a", shelf, nothing)
    other = replace(OPTIONS, palette="p1")
    live = Live(Cache(), base=first)
    again = enhance_to(sky(), other, tmp_path / "b", shelf, nothing, live)
    fresh = enhance_to(sky(), other, tmp_path / "c", shelf, nothing)
    assert again.source == first.source
    one, two = (np.load(o.chroma) for o in (again, fresh) if o.chroma)
    assert np.abs(one - two).max() < 1e-3


def test_it_is_one_pass_only_where_the_magnification_is_its_own(shelf: ModelShelf):
    assert choose(sky(), OPTIONS, shelf).together
    alone = choose(sky(), replace(OPTIONS, superres=None), shelf)
    assert (alone.together, alone.scale) == (False, 1)
    assert alone.colorizer is not None
    itself = choose(sky(), replace(OPTIONS, superres="both"), shelf)
    assert itself.together
    coloured = choose(sky(8, 8, 3), OPTIONS, shelf)
    assert (coloured.colorizer, coloured.together) == (None, False)
    base = Outputs("x.npy", scale=2)
    assert choose(sky(), OPTIONS, shelf, base).together
    with pytest.raises(ModelRejected, match="no model to colorize"):
        shelf.choose("auto", "colorize")


def test_it_only_paints_where_nothing_is_to_be_sharpened(shelf: ModelShelf, tmp_path: Path):
    made = enhance(sky(40, 40), replace(OPTIONS, superres=None), tmp_path, shelf, nothing)
    assert made.shape == (40, 40)
    assert made.chroma is not None


def test_it_paints_display_pictures_and_judges_how_they_were_reduced(
    shelf: ModelShelf, tmp_path: Path
):
    samples = np.random.default_rng(5).integers(0, 256, (40, 56)).astype(np.float32)
    frame = Frame("p", samples.shape, 1, "display", ArraySource(samples), 255.0)
    made = enhance(frame, OPTIONS, tmp_path, shelf, nothing)
    assert made.shape == (80, 112)
    assert np.isfinite(made.read()).all()
