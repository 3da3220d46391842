"""A folder for the Lightbox's screenshot: pieces of the sample frames under known skies."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from astropy.io import fits

from astroview.core import resources
from astroview.core.frame import Window
from astroview.core.io.open_file import open_frame
from astroview.ui.app import RunningApp
from astroview.ui.snapshot import settle

SIDE, COUNT = 240, 36
FILTERS = ("g", "r", "i")


def sifted(running: RunningApp) -> None:
    """Measured, sorted by seeing, some rated; the keyboard is on one of them."""
    folder = running.scratch.make("night-2")
    _write_frames(folder)
    window = running.window
    window.actions_["space_lightbox"].trigger()
    box = window.lightbox
    box.take([folder])
    settle(running, lambda: not box.busy)
    box.sifting.measure()
    settle(running, lambda: not box.busy)
    for place, stars in ((0, 5), (1, 4), (3, 3), (7, 2)):
        box.panel.view.set_current(place)
        box.sifting.verdicts.rate(stars)
    box.panel.view.set_current(12)
    box.sifting.verdicts.reject()
    box.panel.sort.setCurrentIndex(box.panel.sort.findData("seeing"))
    settle(running, lambda: not box.busy)
    box.panel.view.set_current(8)
    settle(running, lambda: not box.busy)


def _write_frames(folder: Path) -> None:
    """Cuts of the samples, blurred as by the air of another night each."""
    from scipy.ndimage import gaussian_filter

    frames = [open_frame(resources.sample(name)) for name in ("galaxy.fits", "deep_field.fits")]
    rng = np.random.default_rng(18)
    for number in range(COUNT):
        frame = frames[number % 2]
        y, x = (int(rng.integers(0, side - SIDE)) for side in frame.shape)
        piece = gaussian_filter(frame.read(Window(y, x, SIDE, SIDE)), rng.uniform(0.3, 2.2))
        piece += rng.normal(0, 0.2 * float(np.std(piece[:40, :40])), piece.shape)
        hdu = fits.PrimaryHDU(piece.astype(np.float32))
        night, hour = 3 + number // 12, number % 12
        hdu.header["DATE-OBS"] = f"2024-03-{night:02}T{(20 + hour // 2) % 24:02}:15:00"
        hdu.header["FILTER"], hdu.header["EXPTIME"] = FILTERS[number % 3], 60.0
        hdu.header["OBJECT"] = ("M 63", "COSMOS field")[number % 2]
        hdu.writeto(folder / f"night{night}-{number + 1:03}.fits")
