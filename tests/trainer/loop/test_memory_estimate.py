"""What a step takes of memory: counted beforehand, and enough room on a small GPU."""

from collections.abc import Callable

import numpy as np
import pytest
import torch

from astroview.core.models.model_card import default_shelf
from astroview.engine.networks import weights
from trainer.config import TuneConfig
from trainer.data.pictures import Picture
from trainer.finetune import tune_session
from trainer.finetune.choose_recipe import recipe_for
from trainer.loop.learner_state import fresh
from trainer.loop.memory_estimate import Footprint, measure

SMALL_GPU = 6e9  # bytes; the least that the student recipe asked for
METHODS = ("full", "head", "adapter")


@pytest.mark.parametrize("model", ["colorizer", "superres-x2"])
def test_the_defaults_fit_a_small_gpu(model: str, blobs: Callable[..., np.ndarray]):
    card = default_shelf().card(model)
    pictures = [Picture(str(i), blobs(i, 192), str(i)) for i in range(2)]
    network = weights.load(card, torch.device("cpu"))
    found = {}
    for method in METHODS:
        recipe = recipe_for(TuneConfig(model, ".", method=method), card, pictures)
        task = tune_session.task_for(recipe, pictures, (), tune_session.Parent(card, network))
        found[method] = measure(task, fresh(task, recipe))
        assert 0 < found[method].peak(recipe.run.batch) < SMALL_GPU
    assert found["head"].sample < found["full"].sample  # what is frozen keeps nothing


def test_a_batch_is_halved_until_it_fits():
    foot = Footprint(fixed=0, sample=100_000_000)
    assert foot.batch_within(6e9, 16) == 16
    assert foot.batch_within(2e9, 16) == 8
    assert foot.batch_within(1e3, 16) == 1
