"""The window shows what files say of their samples, and says so itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
from astropy.io import fits
from PIL import Image
from PySide6.QtWidgets import QLabel

from astroview.ui.main_window import MainWindow

Wait = Callable[..., None]


def test_a_raw_colour_frame_says_that_it_is_debayered(
    window: MainWindow, wait: Wait, tmp_path: Path
) -> None:
    y, x = np.mgrid[:40, :60]
    samples = np.choose(y % 2 + x % 2, [900, 500, 100]).astype(np.uint16)
    samples += np.random.default_rng(1).integers(0, 20, samples.shape).astype(np.uint16)
    path = tmp_path / "light.fits"
    fits.PrimaryHDU(samples, fits.Header({"BAYERPAT": "RGGB"})).writeto(path)
    window.open([path])
    wait()
    said = window.notices.current
    assert said
    assert "debayered" in said.message
    assert window.selection
    assert window.selection.document.frame.channels == 3
    if folder := os.environ.get("ASTROVIEW_PICTURES"):
        window.grab().save(f"{folder}/debayered.png")


def test_planes_of_a_spectrum_are_named(window: MainWindow, wait: Wait, tmp_path: Path) -> None:
    cards = {"CTYPE3": "FREQ", "CUNIT3": "GHz", "CRVAL3": 1.4, "CRPIX3": 1.0, "CDELT3": 0.1}
    cube = np.random.default_rng(1).random((4, 40, 60)).astype(np.float32)
    path = tmp_path / "cube.fits"
    fits.PrimaryHDU(cube, fits.Header(cards)).writeto(path)
    window.open([path])
    wait()
    chooser = window.parts.frames.planes
    assert "1.4 GHz" in [label.text() for label in chooser.findChildren(QLabel)]
    chooser.step(2)
    wait()
    assert "1.6 GHz" in [label.text() for label in chooser.findChildren(QLabel)]


def test_a_profile_is_told(window: MainWindow, wait: Wait, tmp_path: Path) -> None:
    from astroview.core.colour.colour_profiles import adobe_rgb

    colours = np.random.default_rng(1).integers(0, 256, (40, 60, 3), np.uint8)
    Image.fromarray(colours).save(tmp_path / "a.png", icc_profile=adobe_rgb().icc)
    window.open([tmp_path / "a.png"])
    wait()
    said = window.notices.current
    assert said
    assert "into sRGB" in said.message
