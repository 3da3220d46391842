"""Small pictures to train on."""

from collections.abc import Callable

import numpy as np
import pytest


def _blobs(seed: int, side: int = 96) -> np.ndarray:
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:side, :side]
    picture = np.zeros((side, side, 3))
    for _ in range(8):
        cy, cx, width = (*rng.uniform(0, side, 2), rng.uniform(2, 12))
        blob = np.exp(-((y - cy) ** 2 + (x - cx) ** 2) / (2 * width**2))
        picture += blob[..., None] * rng.uniform(0, 200, 3)
    return np.clip(picture, 0, 255).astype(np.uint8)


@pytest.fixture(scope="session")
def blobs() -> Callable[..., np.ndarray]:
    """A maker of pictures of coloured blobs: (seed, side) -> uint8 (side, side, 3)."""
    return _blobs
