"""The real window, offscreen, with the real worker process and the bundled models."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import tuning
import waiting
from astropy.io import fits
from PySide6.QtWidgets import QApplication

from astroview.core.settings import Settings
from astroview.ui.app import RunningApp, start
from astroview.ui.main_window import MainWindow
from astroview.ui.remembered_choices import RememberedChoices
from trainer.config import TuneConfig

Wait = Callable[..., None]


@pytest.fixture
def running(qapp: QApplication) -> Iterator[RunningApp]:
    running = start(RememberedChoices(Settings(theme="dark")))
    running.window.show()
    running.window.resize(1280, 800)  # the offscreen screen is smaller, and windows fit theirs
    yield running
    running.close()
    qapp.processEvents()


@pytest.fixture
def window(running: RunningApp) -> MainWindow:
    return running.window


@pytest.fixture
def wait(window: MainWindow) -> Wait:
    """``wait()`` until the window rests, or ``wait(condition)``."""

    def wait(reached: Callable[[], object] | None = None, seconds: float = 120) -> None:
        waiting.in_window(reached or (lambda: window.settled), seconds)

    return wait


@pytest.fixture
def small(samples: Path, tmp_path: Path) -> Path:
    """A 72 x 96 cut (H x W) of the sample galaxy with its header."""
    with fits.open(samples / "galaxy.fits") as hdus:
        header, data = hdus[0].header, np.asarray(hdus[0].data)[280:352, 270:366]
        path = tmp_path / "small.fits"
        fits.PrimaryHDU(data, header).writeto(path)
    return path


@pytest.fixture(scope="session")
def tiny_shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shelf with the model “tiny”, which doubles the sampling."""
    shelf = tmp_path_factory.mktemp("tiny") / "models"
    tuning.store_model(shelf, "tiny")
    return shelf


@pytest.fixture(scope="session")
def training_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of pictures to learn from, each of its own target."""
    folder = tmp_path_factory.mktemp("own") / "night"
    tuning.write_night(folder)
    return folder


@pytest.fixture
def own_data(tiny_shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Models and runs of nobody but this test."""
    folder = tmp_path / "data"
    shutil.copytree(tiny_shelf, folder / "models")
    monkeypatch.setenv("ASTROVIEW_DATA_DIR", str(folder))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    return folder


@pytest.fixture
def make(training_folder: Path) -> Callable[..., TuneConfig]:
    """A config that trains until it is told otherwise, and keeps a checkpoint often."""

    def make(name: str = "night", **values: object) -> TuneConfig:
        endless = tuning.ENDLESS
        usual = {"steps": endless, "batch": 2, "device": "cpu", "checkpoint_every": 2,
                 "score_every": endless, "sample_every": endless, "minutes": 0.0,
                 "replay": 0.0}  # fmt: skip
        return TuneConfig("tiny", str(training_folder), name, **{**usual, **values})  # type: ignore[arg-type]

    return make
