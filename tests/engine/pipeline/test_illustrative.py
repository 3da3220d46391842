"""A model that paints texture: taken where it is named, told in what it makes, flux kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import painting
import pytest
import tifffile
import tuned
from astropy.io import fits
from PIL import Image

from astroview.core.colour.stretch import auto_stretch
from astroview.core.errors import ModelRejected
from astroview.core.frame import ArraySource, Frame
from astroview.core.io.open_file import open_frame
from astroview.core.io.save_file import save_frame
from astroview.core.models.model_card import ModelCard, ModelShelf, Origin, write_card
from astroview.core.models.tuned_card import tuned_card
from astroview.core.options import EnhanceOptions
from astroview.core.provenance import TEXTURE_PAINTED, has_painted_texture
from astroview.core.sky.measure_reports import report_box
from astroview.core.sky.sky_map import SkyWords
from astroview.engine.pipeline.enhance import enhance
from astroview.engine.pipeline.enhance_plan import choose

CPU = EnhanceOptions(colorizer=None, device="cpu")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> ModelShelf:
    """Beside an ordinary model: “painter-x2”, whose folder comes first, and “painter-x4”."""
    folder = tmp_path_factory.mktemp("shelf")
    tuned.store_models(folder)
    painting.store_painter(folder, "painter-x2", 2)
    painting.store_painter(folder)
    return ModelShelf((folder,))


def sky() -> Frame:
    rng = np.random.default_rng(3)
    samples = rng.normal(500, 8, (40, 56)).astype(np.float32)
    samples[20:23, 30:33] += 4000
    header = fits.Header({"OBJECT": "M 0"})
    return Frame(
        "sky", samples.shape, 1, "linear", ArraySource(samples), None, "adu", header=header
    )


def made_by(model: str | None, shelf: ModelShelf, folder: Path, **more: object) -> Frame:
    options = replace(CPU, superres=model, **more)  # type: ignore[arg-type]
    return enhance(sky(), options, folder, shelf, lambda *_: None)


def test_nobody_gets_it_without_naming_it(shelf: ModelShelf):
    assert [card.id for card in shelf.cards("superres")] == ["superres", "painter-x2", "painter-x4"]
    usual = choose(sky(), replace(CPU, superres="auto"), shelf).superres
    assert usual
    assert usual.id == "superres"
    assert shelf.scales() == (2,)
    assert shelf.superres(2) == usual
    with pytest.raises(ModelRejected, match="×4"):
        shelf.superres(4)
    named = choose(sky(), replace(CPU, superres="painter-x4"), shelf)
    assert (named.superres and named.superres.id, named.scale) == ("painter-x4", 4)


def test_a_shelf_of_nothing_else_offers_nothing(tmp_path: Path):
    painting.store_painter(tmp_path)
    with pytest.raises(ModelRejected, match="no model to superres with"):
        ModelShelf((tmp_path,)).choose("auto", "superres")


def test_what_it_makes_says_so_and_keeps_the_flux(shelf: ModelShelf, tmp_path: Path):
    made = made_by("painter-x4", shelf, tmp_path / "made")
    boxes = made.read().reshape(40, 4, 56, 4).mean((1, 3))
    assert np.abs(boxes / sky().read() - 1).max() < 1e-5
    assert made.uncertainty is None
    assert sum(TEXTURE_PAINTED in line for line in made.history) == 1
    assert has_painted_texture(made)
    assert "not for measurement" in report_box(made, ((0, 0), (9, 9)), SkyWords()).caution
    plain = made_by("superres", shelf, tmp_path / "plain")
    assert not has_painted_texture(plain)
    assert "painted" not in "".join(plain.history)


def test_every_format_says_so_also_when_opened_again(shelf: ModelShelf, tmp_path: Path):
    made = made_by("painter-x4", shelf, tmp_path / "made")
    paths = [tmp_path / name for name in ("a.fits", "a.png", "a.tif")]
    for path in paths:
        save_frame(made, path, auto_stretch(made))
    header = fits.getheader(paths[0])
    assert header["AIPHOT"] == "not for photometry"
    assert "texture" in header.comments["AIPHOT"]
    assert header["AIMODEL1"] == "painter-x4"
    assert any(TEXTURE_PAINTED in line for line in header["HISTORY"])  # in one piece
    with Image.open(paths[1]) as picture, tifffile.TiffFile(paths[2]) as tiff:
        for text in (picture.info["Description"], tiff.pages[0].description):
            assert TEXTURE_PAINTED in text
            assert "texture was painted by a model: not for photometry" in text
    for path in reversed(paths):
        again = open_frame(path)
        assert has_painted_texture(again), path
        assert "not for measurement" in report_box(again, ((0, 0), (9, 9)), SkyWords()).caution
    save_frame(again, tmp_path / "again.fits", auto_stretch(again))
    assert fits.getheader(tmp_path / "again.fits")["AIPHOT"] == "not for photometry"


def test_under_painted_colour_the_samples_say_so_too(shelf: ModelShelf, tmp_path: Path):
    made = made_by("painter-x2", shelf, tmp_path / "made", colorizer="colorize")
    save_frame(made, tmp_path / "a.fits", auto_stretch(made))
    for hdu, word in ((0, "colour and texture"), ("LUMINANCE", "texture")):
        header = fits.getheader(tmp_path / "a.fits", hdu)
        assert header["AIPHOT"] == "not for photometry"
        assert word in header.comments["AIPHOT"]


def test_a_combined_model_does_not_take_its_place_nor_it_that_of_another(
    shelf: ModelShelf, tmp_path: Path
):
    both = replace(shelf.card("colorize"), id="both", task="combined", scale=2)
    models: list[ModelCard] = [both, replace(both, id="wild", illustrative=True)]
    for card in models:
        (tmp_path / card.id).mkdir()
        write_card(card, tmp_path / card.id)
    house = ModelShelf((*shelf.folders, tmp_path))
    cases = (("both", "superres", True), ("both", "painter-x2", False),
             ("wild", "auto", False), ("wild", "painter-x2", True))  # fmt: skip
    for colorizer, superres, together in cases:
        steps = choose(sky(), EnhanceOptions(colorizer, superres), house)
        assert steps.together == together, (colorizer, superres)
    assert choose(sky(), EnhanceOptions("auto", None), house).colorizer == shelf.card("colorize")


def test_what_is_tuned_from_it_is_illustrative_too(shelf: ModelShelf):
    parent = shelf.card("painter-x4")
    card = tuned_card(parent, "M101", Origin(parent.id, parent.sha256, pictures=30))
    assert card.illustrative
    assert card.title() == "Painter ×4 · M101 (illustrative)"
