"""Small pictures to train on."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import tuned
from PIL import Image

from trainer.config import TuneConfig
from trainer.finetune.tune_config import tune_from


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


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shelf with a tiny model of each task, untrained."""
    shelf = tmp_path_factory.mktemp("shelf")
    tuned.store_models(shelf)
    return shelf


@pytest.fixture(scope="session")
def picture_folder(
    tmp_path_factory: pytest.TempPathFactory, blobs: Callable[..., np.ndarray]
) -> Callable[[int, int], Path]:
    """A maker of folders of pictures, each of its own target: (count, side) -> folder."""

    def make(count: int, side: int) -> Path:
        folder = tmp_path_factory.mktemp("pictures")
        for i in range(count):
            Image.fromarray(blobs(i, side)).save(folder / f"field-{i}.png")
        return folder

    return make


@pytest.fixture(scope="session")
def data(picture_folder: Callable[[int, int], Path]) -> Path:
    """A folder of pictures to learn from."""
    return picture_folder(10, 72)


@pytest.fixture
def choice(models: Path, data: Path) -> Callable[..., TuneConfig]:
    """A maker of short runs on those."""

    def make(task: str = "superres", **values: object) -> TuneConfig:
        usual: dict[str, object] = {"steps": 6, "batch": 4, "device": "cpu", "replay": 0.0}
        usual |= {"score_every": 3, "sample_every": 6, "folds": "no"}
        return tune_from({"model": str(models / task), "data": str(data), **usual, **values})

    return make
