"""The screenshots of docs/guide/seeing.md and bands.md:
``python -m tools.screenshots.display_gallery DIR``.

Of the bands, only their light is made: the sample galaxy seen through three filters.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from astropy.io import fits
from PySide6.QtCore import QSize

from astroview.core import resources
from astroview.core.colour.tone import Tone
from astroview.core.options import EnhanceOptions
from astroview.core.settings import KnowSettings, Settings
from astroview.ui.app import RunningApp, start
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.snapshot import save_for_docs, settle, warm_up
from tools.screenshots.own_folders import own_folders

SIZE = QSize(940, 600)
# Filter, light of the old centre, light of the young arms.
BANDS = (("g", 0.75, 1.25), ("r", 1.0, 1.0), ("i", 1.3, 0.8))


def main(folder: Path) -> int:
    """Write the pictures; returns the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    know = KnowSettings(magnifier=False, panner=False)
    running = start(RememberedChoices(Settings(theme="dark", know=know), lasting=False))
    running.window.resize(SIZE)
    running.window.show()
    warm_up(running)
    good = True
    for name, act in (("seeing", _seeing), ("bands-offered", _offered), ("bands", _composed)):
        act(running)
        settle(running)
        good &= save_for_docs(running, folder / f"{name}.webp")
    running.close()
    return 0 if good else 1


def _seeing(running: RunningApp) -> None:
    window, panel = running.window, running.window.parts.display
    window.open([resources.sample("galaxy.fits")])
    settle(running)
    panel.set_kind("sqrt")
    panel.set_colour_map("magma")
    panel.set_tone(Tone(contrast=1.2, bias=0.46, gamma=1.1))
    panel.unfold_tone()
    window.actions_["saturated"].trigger()
    window.viewer.zoom_to(1.6)


def _offered(running: RunningApp) -> None:
    window = running.window
    panel = window.parts.display
    panel.reset()
    window.desk.remove(min(window.desk.documents), "")
    folder = running.scratch.make("bands")
    window.open([_write_band(folder / f"spiral_{name}.fits", name, *light)
                 for name, *light in BANDS])  # fmt: skip


def _composed(running: RunningApp) -> None:
    """Composed, and sharpened as it is."""
    window = running.window
    window.composing.compose()
    settle(running)
    window.enhance(EnhanceOptions(colorizer=None))
    settle(running)
    window.notices.dismiss()


def _write_band(path: Path, name: str, centre: float, arms: float) -> Path:
    with fits.open(resources.sample("galaxy.fits")) as hdus:
        first: Any = hdus[0]
        data, header = np.asarray(first.data, np.float64), first.header.copy()
    y, x = np.mgrid[: data.shape[0], : data.shape[1]]
    old = np.exp(-np.hypot(x - data.shape[1] / 2, y - data.shape[0] / 2) / (data.shape[0] / 6))
    sky = float(np.median(data[:40]))
    header["FILTER"] = name
    light = (data - sky) * (centre * old + arms * (1 - old)) + sky
    fits.writeto(path, light.astype(np.float32), header)
    return path


if __name__ == "__main__":
    with own_folders():
        sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/screenshots")))
