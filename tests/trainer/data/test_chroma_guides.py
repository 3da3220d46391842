"""What a colorizer learns palettes by region and measured chroma from."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from recipes import TINY, nothing, recipe

from astroview.core.models.model_card import read_card
from astroview.engine.networks import weights
from astroview.engine.pipeline.guide_planes import guide_planes
from trainer import jobs
from trainer.calibrate.superres_intervals import LearningBudget, add_uncertainty
from trainer.config import Recipe
from trainer.data import chroma_guides as guides
from trainer.data.chroma_guides import Coarse, judged, measured
from trainer.data.pictures import load, split
from trainer.tasks.colour_task import ColourTask

MORE = {"guide": 4, "classes": 64}


def guided(**run: object) -> Recipe:
    """A recipe of all that is asked for."""
    made = recipe("colorize", **run)
    return dataclasses.replace(
        made,
        hyper={**TINY["colorize"]["hyper"], **MORE},
        data=dataclasses.replace(made.data, regional=0.5, guided=0.5, exposed=0.5),
        loss=dataclasses.replace(made.loss, rare=0.3, classes=0.01),
    )


def smooth(height: int = 96, width: int = 128) -> torch.Tensor:
    """Chroma (2, H, W) that a coarse plane can tell."""
    y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    return torch.stack([0.1 * torch.sin(y / 40), 0.1 * torch.cos(x / 50)])


def test_training_shows_a_guide_as_the_engine_does():
    chroma, how = smooth(), Coarse(12.0, noise=0.0, phase=(-5.0, -3.5))
    rng = np.random.default_rng(1)
    seen = measured(chroma, how, rng)
    valid = torch.ones(seen.shape[-2:])
    valid[2:4, 3] = 0
    mine = guides.in_cells(seen, valid, how, (96, 128))
    held = np.where(valid.numpy()[..., None] > 0, seen.permute(1, 2, 0).numpy(), np.nan)
    plane = guides.ChromaGuide(held.astype(np.float32), (12.0, 12.0), how.phase)
    theirs = guide_planes(plane, (0, 0), (24, 32))[0]
    assert torch.allclose(mine, theirs, atol=1e-5)


@pytest.mark.parametrize("k", guides.JUDGED)
def test_a_guide_that_is_judged_with_is_the_truth_but_coarse(k: int):
    chroma = smooth()
    guide = judged(chroma, k)
    assert guide.fingerprint == judged(chroma, k).fingerprint
    ab, valid = guide.at(np.arange(96) + 0.5, np.arange(128) + 0.5)
    off = np.abs(ab - chroma.permute(1, 2, 0).numpy())
    assert (valid == 1).all()
    assert 1e-4 < off.mean() < 0.004 + 0.0004 * k


def test_holes_leave_something_and_are_not_everywhere():
    rng = np.random.default_rng(0)
    shares = [float(guides.holes((9, 12), rng).mean()) for _ in range(200)]
    assert 0.3 < np.mean(np.array(shares) == 1) < 0.6
    assert np.mean(shares) > 0.6
    assert min(shares) < 0.6


def test_batches_with_guides_and_regions_are_a_function_of_the_step(data: Path):
    made = guided()
    train, held = split(load(data), made.data.held_out)
    task = ColourTask(made, train, held)
    one, again, next_one = (task.batch(step, 8) for step in (3, 3, 4))
    assert one["guide"].shape == (4, 4, 8, 8)
    assert all(torch.equal(one[key], again[key]) for key in one)
    assert not torch.equal(one["guide"], next_one["guide"])
    # What is drawn for older recipes is drawn as ever.
    plain = ColourTask(recipe("colorize"), train, held).batch(3, 8)
    assert all(torch.equal(one[key], plain[key]) for key in plain if key != "L")


def test_a_network_learns_to_heed_its_guide_from_where_its_parent_ended(data: Path, tmp_path: Path):
    jobs.fit(recipe("colorize", steps=2), data, tmp_path / "base", "cpu", nothing)
    parent = tmp_path / "base" / "model"
    still = guided(steps=1, lr=1e-12, ema=0.0)
    jobs.fit(still, data, tmp_path / "still", "cpu", nothing, [parent])
    states = [weights.state_of(read_card(tmp_path / n / "model")) for n in ("base", "still")]
    for name, value in states[0].items():
        torch.testing.assert_close(states[1][name], value, atol=2e-4, rtol=1e-3)
    jobs.fit(guided(steps=3, ema=0.0), data, tmp_path / "run", "cpu", nothing, [parent])
    card = read_card(tmp_path / "run" / "model")
    assert [p.code for p in card.palettes] == [p.code for p in read_card(parent).palettes]
    learnt = weights.state_of(card)
    assert float(learnt["guided.out.weight"].abs().max()) > 0
    assert float(learnt["classify.weight"].abs().max()) > 0
    budget = LearningBudget(batches=1, steps=4, batch=2)
    unsure = add_uncertainty(tmp_path / "run" / "model", data, nothing, budget)
    assert set(unsure.uncertainty["factors"]) == {"palette", "auto", "guide"}


def test_a_colorizer_learns_from_finer_files_reduced(data: Path):
    train, held = split(load(data), 0.3)
    finer = [
        dataclasses.replace(one, rgb=np.asarray(Image.fromarray(one.rgb).resize((1000, 500))))
        for one in train[:2]
    ]
    task = ColourTask(guided(), train, held, finer=finer)
    assert [one.shape for one in task.train[len(train) :]] == [(450, 900)] * 2
    assert task.batch(0, 4)["rgb"].shape == (4, 3, 32, 32)
