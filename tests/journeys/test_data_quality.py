"""Flags of a file over its picture, by their bits, and all its images as frames."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from astropy.io import fits
from PySide6.QtCore import QPointF

from astroview.ui.main_window import MainWindow


def test_flags_lie_over_their_pixels(window: MainWindow, wait, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    science = rng.normal(100, 5, (60, 80)).astype(np.float32)
    quality = np.zeros((60, 80), np.int16)
    quality[10, 20], quality[40, 60] = 4, 17
    path = tmp_path / "visit.fits"
    fits.HDUList(
        [fits.PrimaryHDU(), fits.ImageHDU(science, name="SCI"),
         fits.ImageHDU(science * 0 + 5, name="ERR"), fits.ImageHDU(quality, name="DQ")]
    ).writeto(path)  # fmt: skip
    window.open([path])
    wait()
    window.actions_["quality"].trigger()
    wait()
    assert (window.quality.flags.mask == (quality[::-1] != 0)).all()
    at = window.viewer.placing(window.viewer.panes()[0])
    picture = window.viewer.grab().toImage()

    def orange(x: int, y: int) -> bool:
        colour = picture.pixelColor(at.point(QPointF(x + 0.5, 60 - y - 0.5)).toPoint())
        return colour.red() - colour.blue() > 60

    assert orange(20, 10)
    assert orange(60, 40)
    assert not orange(40, 30)
    window.quality.set_bits(16)
    wait()
    assert np.argwhere(window.quality.flags.mask).tolist() == [[60 - 1 - 40, 60]]
    window.actions_["images_open"].trigger()
    wait(lambda: len(window.session.documents) == 3)
    wait()
    names = [d.frame.name for d in window.session.documents.values()]
    assert names == ["visit", "visit ERR", "visit DQ"]
    assert [d.frame.hdu for d in window.session.documents.values()] == [1, 2, 3]
    assert window.selection.document.frame.hdu == 1
    window.actions_["images_open"].trigger()
    wait()
    assert len(window.session.documents) == 3
