"""Shuffled pictures: what is asked and what is answered come from different ones."""

from collections.abc import Callable

import numpy as np
import pytest
import torch

from trainer.data import tensor_colour
from trainer.data.pictures import Picture
from trainer.loop import shuffled_control

Make = Callable[..., np.ndarray]


@pytest.fixture(scope="module")
def pictures(blobs: Make) -> list[Picture]:
    return [Picture(f"own {i}", blobs(i, 48 + 3 * i), f"field {i}") for i in range(5)]


def lab(rgb: np.ndarray) -> torch.Tensor:
    return tensor_colour.to_oklab(torch.from_numpy(rgb.copy()).permute(2, 0, 1)[None].float() / 255)


def test_lightness_stays_and_chroma_is_anothers(pictures: list[Picture]):
    made = shuffled_control.shuffled(pictures, "colorize")
    for one, other in zip(pictures, made, strict=True):
        assert (other.name, other.target, other.shape) == (one.name, one.target, one.shape)
        before, after = lab(one.rgb), lab(other.rgb)
        assert (before[:, :1] - after[:, :1]).abs().median() < 0.01
        assert (before[:, 1:] - after[:, 1:]).abs().mean() > 0.01


def test_a_poorer_frame_is_of_another_picture(pictures: list[Picture]):
    made = shuffled_control.shuffled(pictures, "superres", 2)
    for one in made:
        assert one.low is not None
        assert one.shape == (2 * one.low.shape[0], 2 * one.low.shape[1])
        own = one.luma.reshape(one.low.shape[0], 2, one.low.shape[1], 2).mean((1, 3))
        assert np.corrcoef(own.ravel(), one.low.ravel())[0, 1] < 0.9


def test_the_same_seed_shuffles_alike(pictures: list[Picture]):
    first, again = (shuffled_control.shuffled(pictures, "colorize", seed=7) for _ in range(2))
    assert all(np.array_equal(a.rgb, b.rgb) for a, b in zip(first, again, strict=True))
