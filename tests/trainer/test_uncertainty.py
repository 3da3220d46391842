"""Teaching a super-resolver how far off it may be, on small things."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from astroview.core.errors import DatasetProblem
from astroview.core.models import ModelCard, Tiling, read_card
from astroview.engine import weights
from astroview.engine.superres import Compact
from trainer import uncertainty
from trainer.uncertainty import Budget, Scored, add_uncertainty


@pytest.fixture
def model(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    hyper = {"scale": 2, "width": 4, "depth": 1}
    card = ModelCard("tiny", "Tiny", "superres", "compact", hyper, Tiling(512, 24), "", 2)
    weights.store(card, Compact(2, 4, 1), tmp_path / "tiny")
    return tmp_path / "tiny"


@pytest.fixture
def data(tmp_path: Path, blobs: Callable[..., np.ndarray]) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for i in range(14):
        Image.fromarray(blobs(i, 112)).save(folder / f"field-{i}.png")
    return folder


def nothing(*_: object) -> None:
    """No progress is shown."""


def test_a_model_gets_a_calibrated_head_and_keeps_its_pictures(model: Path, data: Path):
    before = weights.load(read_card(model), torch.device("cpu")).state_dict()
    budget = Budget(batches=2, steps=40, batch=4, skies=1)
    card = add_uncertainty(model, data, nothing, budget)
    assert read_card(model) == card
    after = weights.load(card, torch.device("cpu")).state_dict()
    assert all(torch.equal(before[key], after[key]) for key in before)
    assert weights.load_spread(card, torch.device("cpu")) is not None
    assert all(factor > 0 for _, factor in card.uncertainty["factors"]["linear"])
    assert 0.5 < card.uncertainty["coverage"]["display"] <= 1


def test_only_super_resolvers_can_be_taught(model: Path, data: Path):
    text = (model / "card.json").read_text().replace('"superres"', '"colorize"')
    (model / "card.json").write_text(text)
    with pytest.raises(DatasetProblem, match="no super-resolver"):
        add_uncertainty(model, data, nothing)


def test_factors_are_conformal_quantiles():
    scores = np.arange(1, 100, dtype=np.float32)  # of 99 the 90th: ceil(100 * 0.9)
    found = [Scored(scores[::2], 0.0), Scored(scores[1::2], 0.0)]
    assert uncertainty._factor(found) == 90
    assert uncertainty._share(found[0], 90.0) == pytest.approx(0.9, abs=0.01)
