"""A run on a telescope's own frames, for real, with a tiny model."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import telescope as made_up
import torch
from tuned import first, go, with_head

from astroview.core.errors import DatasetProblem
from astroview.core.messages.train_messages import DataRead, Remark, Scored, Verdict
from astroview.core.models.model_card import read_card
from astroview.engine.networks import weights
from trainer.calibrate import tuned_intervals
from trainer.config import TuneConfig
from trainer.data.telescope_model import Psf
from trainer.finetune import telescope_run as runs
from trainer.finetune.choose_recipe import recipe_for


@pytest.fixture(scope="module")
def frames(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight fields of one telescope."""
    folder = tmp_path_factory.mktemp("telescope") / "frames"
    return made_up.write_frames(folder, Psf("moffat", 2.4, 2.8, 0.15, 0.5), 8)


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, count in (("SCENES", 2), ("WATCHED", 1), ("JUDGED", 3), ("MOST_OWN", 6)):
        monkeypatch.setattr(runs, name, count)
    monkeypatch.setattr(tuned_intervals, "SKIES", 2)


def test_a_folder_of_a_telescopes_frames_is_learnt_from_in_its_units(
    choice: Callable[..., TuneConfig], frames: Path, models: Path, tmp_path: Path
):
    parent = with_head(models, tmp_path / "parent")
    config = choice(data=str(frames), model=str(parent), held_out=0.3)
    events = go(config, tmp_path / "run")
    notes = " ".join(first(events, DataRead).notes)
    assert "Measured on" in notes
    assert "gain 1.5" in notes
    values = first(events, Scored).values
    assert {"psnr", "kept_psnr", "denoised_psnr", "bicubic_psnr"} <= set(values)
    verdict = first(events, Verdict)
    own = {f.name: f for f in verdict.figures if f.side == "own"}
    assert {"PSNR in the frame's stretch", "widths off by", "sources found"} <= set(own)
    assert all(np.isfinite([f.base, f.tuned]).all() for f in own.values())
    assert verdict.pictures
    told = " ".join(verdict.reasons)
    assert "Stars and galaxies of frames like yours" in told
    assert "see the difference" in told
    card = read_card(tmp_path / "run" / "model")
    assert runs.star_on_grid(2.4, card.scale) == 1.3
    assert "star" not in json.loads((tmp_path / "run" / "model" / "card.json").read_text())
    assert card.star == 0  # wider stars: as of any
    assert card.uncertainty["factors"]["linear"]
    assert card.uncertainty["measured"]
    assert 0 < card.uncertainty["coverage"]["display"] <= 1
    assert any("intervals were measured anew" in e.message for e in events if isinstance(e, Remark))
    assert weights.load_spread(card, torch.device("cpu")) is not None


def test_of_an_undersampled_telescope_results_may_be_as_sharp_as_its_stars():
    assert 0.5 < runs.star_on_grid(0.5, 4) < runs.star_on_grid(0.5, 2) < 0.7
    assert runs.star_on_grid(5.0, 2) == 1.3


def test_linear_units_can_be_refused_or_demanded(
    choice: Callable[..., TuneConfig], frames: Path, data: Path, tmp_path: Path
):
    events = go(choice(data=str(frames), linear="no", steps=2), tmp_path / "plain")
    assert not any("Measured on" in note for note in first(events, DataRead).notes)
    with pytest.raises(DatasetProblem, match="no telescope"):
        go(choice(data=str(data), linear="yes"), tmp_path / "pictures")


def test_a_control_learns_from_other_skies_truths_and_is_not_told_how_sharp_stars_are(
    choice: Callable[..., TuneConfig], tmp_path: Path
):
    sharp = made_up.write_frames(tmp_path / "frames", Psf("moffat", 0.7, 2.8), 8)
    events = go(choice(data=str(sharp), control=True, steps=3), tmp_path / "run")
    notes = " ".join(first(events, DataRead).notes)
    assert "control" in notes
    assert "stars 0.7" in notes
    assert not first(events, Verdict).keep
    assert read_card(tmp_path / "run" / "model").star == 0


def test_where_all_weights_learn_the_inner_convolutions_do_by_muon(
    choice: Callable[..., TuneConfig], models: Path
):
    card = read_card(models / "superres")
    scope = runs.TelescopeRun(None, (), (), (), 0, 1.3)  # type: ignore[arg-type]
    rates = {
        method: scope.recipe(recipe_for(choice(method=method), card, [])).run
        for method in ("full", "head", "adapter")
    }
    assert rates["full"].muon_lr == pytest.approx(1e-2)
    assert rates["head"].muon_lr == rates["adapter"].muon_lr == 0
    slow = scope.recipe(recipe_for(choice(lr=1e-5), card, [])).run
    assert slow.muon_lr == pytest.approx(5e-4)
