"""Teaching a super-resolver how far off it may be, on small things."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from astropy.io import fits

from astroview.core.colour.stretch import Stretch
from astroview.core.colour_hints import Hint
from astroview.core.errors import DatasetProblem
from astroview.core.frame import ArraySource, Frame, Window
from astroview.core.io.save_file import save_frame
from astroview.core.models.model_card import ModelCard, ModelShelf, Palette, Tiling, read_card
from astroview.core.options import EnhanceOptions
from astroview.engine.networks import weights
from astroview.engine.networks.colorizer import Colorizer
from astroview.engine.networks.superres import Compact
from astroview.engine.pipeline.enhance import enhance
from trainer.calibrate import conformal
from trainer.calibrate.conformal import ScoredErrors
from trainer.calibrate.superres_intervals import LearningBudget, add_uncertainty


@pytest.fixture
def model(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    hyper = {"scale": 2, "width": 4, "depth": 1}
    card = ModelCard("tiny", "Tiny", "superres", "compact", hyper, Tiling(512, 24), "", 2)
    weights.store(card, Compact(2, 4, 1), tmp_path / "tiny")
    return tmp_path / "tiny"


@pytest.fixture
def data(picture_folder: Callable[[int, int], Path]) -> Path:
    return picture_folder(14, 112)


def nothing(*_: object) -> None:
    """No progress is shown."""


def test_a_model_gets_a_calibrated_head_and_keeps_its_pictures(model: Path, data: Path):
    before = weights.load(read_card(model), torch.device("cpu")).state_dict()
    budget = LearningBudget(batches=2, steps=40, batch=4, skies=1)
    card = add_uncertainty(model, data, nothing, budget)
    assert read_card(model) == card
    after = weights.load(card, torch.device("cpu")).state_dict()
    assert all(torch.equal(before[key], after[key]) for key in before)
    assert weights.load_spread(card, torch.device("cpu")) is not None
    assert all(factor > 0 for _, factor in card.uncertainty["factors"]["linear"])
    assert 0.5 < card.uncertainty["coverage"]["display"] <= 1


def test_only_what_sharpens_or_paints_can_be_taught(model: Path, data: Path):
    text = (model / "card.json").read_text().replace('"superres"', '"combined"')
    (model / "card.json").write_text(text)
    with pytest.raises(DatasetProblem, match="no super-resolver"):
        add_uncertainty(model, data, nothing)


def test_factors_are_conformal_quantiles():
    scores = np.arange(1, 100, dtype=np.float32)  # of 99 the 90th: ceil(100 * 0.9)
    found = [ScoredErrors(scores[::2], 0.0), ScoredErrors(scores[1::2], 0.0)]
    assert conformal.conformal_factor(found) == 90
    assert conformal.share_within(found[0], 90.0) == pytest.approx(0.9, abs=0.01)


def test_a_colorizer_gets_a_calibrated_head_and_its_results_the_intervals(
    data: Path, tmp_path: Path
):
    torch.manual_seed(0)
    hyper = {"widths": [4, 4, 6], "middle": 1, "palettes": 2}
    palettes = tuple(Palette(f"p{i}", tuple(np.linspace(-0.3, 0.3 * i, 24))) for i in range(2))
    card = ModelCard("paint", "Paint", "colorize", "palette-unet", hyper, Tiling(256, 128, 16), "",
                     palettes=palettes)  # fmt: skip
    network = Colorizer((4, 4, 6), 1, 2)
    torch.nn.init.normal_(network.out.weight, std=0.02)
    weights.store(card, network, tmp_path / "shelf" / "paint")
    budget = LearningBudget(batches=1, steps=30, batch=4)
    card = add_uncertainty(tmp_path / "shelf" / "paint", data, nothing, budget)
    assert 0.5 < card.uncertainty["coverage"]["palette"] <= 1
    again = weights.load(card, torch.device("cpu")).state_dict()
    assert torch.allclose(again["out.weight"], network.out.weight, atol=1e-3)
    _check_results(ModelShelf((tmp_path / "shelf",)), card, tmp_path)


def _check_results(shelf: ModelShelf, card: ModelCard, folder: Path) -> None:
    samples = np.random.default_rng(1).normal(500, 8, (70, 90)).astype(np.float32)
    frame = Frame("sky", (70, 90), 1, "linear", ArraySource(samples), None, "adu")
    options = EnhanceOptions(superres=None, device="cpu")
    auto = enhance(frame, options, folder / "a", shelf, nothing)
    tiled = enhance(frame, replace(options, tile=40), folder / "c", shelf, nothing)
    assert auto.chroma_uncertainty is not None
    assert tiled.chroma_uncertainty is not None
    whole = Window.whole((70, 90))
    halves = auto.chroma_uncertainty.read(whole, 1)
    assert (halves > 0).all()
    assert halves == pytest.approx(tiled.chroma_uncertainty.read(whole, 1), rel=1e-3)
    name = next(line for line in auto.history if "palette" in line).rpartition(" ")[2]
    named = enhance(frame, replace(options, palette=name), folder / "b", shelf, nothing)
    assert named.chroma_uncertainty is not None
    factors = [card.uncertainty["factors"][kind][0][1] for kind in ("auto", "palette")]
    ratio = halves / named.chroma_uncertainty.read(whole, 1)
    assert ratio == pytest.approx(factors[0] / factors[1], rel=1e-3)
    hinted = replace(options, hints=(Hint(10, 10, 0.1, 0.0, 3.0),))
    assert enhance(frame, hinted, folder / "d", shelf, nothing).chroma_uncertainty is None
    path = save_frame(auto, folder / "made.fits", Stretch())
    with fits.open(path, checksum=True) as file:
        assert np.array_equal(file["AI_CHROMA_INTERVAL"].data[::-1], halves)
        assert file["AI_CHROMA_INTERVAL"].header["BUNIT"] == ""
