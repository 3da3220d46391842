"""The real window, offscreen, with the real worker process and the bundled models."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from PySide6.QtWidgets import QApplication

from astroview.core.settings import Settings
from astroview.ui.app import Running, start
from astroview.ui.main_window import MainWindow
from astroview.ui.memory import Memory

Wait = Callable[..., None]


@pytest.fixture
def running(qapp: QApplication) -> Iterator[Running]:
    running = start(Memory(Settings(theme="dark")))
    running.window.show()
    yield running
    running.close()
    qapp.processEvents()


@pytest.fixture
def window(running: Running) -> MainWindow:
    return running.window


@pytest.fixture
def wait(window: MainWindow, qapp: QApplication) -> Wait:
    """``wait()`` until the window rests, or ``wait(condition)``."""

    def wait(reached: Callable[[], object] | None = None, seconds: float = 120) -> None:
        end = time.monotonic() + seconds
        while not (reached() if reached else window.settled):
            assert time.monotonic() < end, f"still waiting after {seconds} s"
            qapp.processEvents()
            time.sleep(0.002)
        qapp.processEvents()

    return wait


@pytest.fixture
def small(samples: Path, tmp_path: Path) -> Path:
    """A 72 x 96 cut (H x W) of the sample galaxy with its header."""
    with fits.open(samples / "galaxy.fits") as hdus:
        header, data = hdus[0].header, np.asarray(hdus[0].data)[280:352, 270:366]
        path = tmp_path / "small.fits"
        fits.PrimaryHDU(data, header).writeto(path)
    return path
