"""A batch for the screenshots: real steps in the real window, on pieces of the sample frames."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from astroview.core import resources
from astroview.core.frame import Window
from astroview.core.io.open_file import open_frame
from astroview.ui.app import RunningApp
from astroview.ui.snapshot import settle

SIDE = 144  # pixels of a piece
NAMES = tuple(f"field-{number:02}" for number in (1, 2, 3, 5, 6, 7, 8, 9, 10, 11))


def working(running: RunningApp) -> None:
    """A folder was dropped and is being enhanced; one file is no frame."""
    folder = running.scratch.make("night-1")
    _cut_pieces(folder)
    (folder / "field-04.fits").write_text("<html>404</html>")
    batch = running.window.batch
    batch.add([folder])
    settle(running, lambda: batch.batching.settled)
    batch.batching.start()
    counts = batch.panel.model.counts
    settle(running, lambda: (counts["done"] > 3 and counts["failed"] > 0) or done(running))
    settle(running, lambda: not batch.busy)


def done(running: RunningApp) -> bool:
    """Whether the batch has ended."""
    return not running.window.batch.batching.active


def ended(running: RunningApp) -> None:
    """The summary of that batch."""
    settle(running, lambda: done(running))
    running.window.notices.dismiss()
    settle(running, lambda: not running.window.batch.busy)


def leave(running: RunningApp) -> None:
    """Back to View, with nothing left."""
    running.window.batch.batching.clear()
    running.window.spaces.go("view")


def _cut_pieces(folder: Path) -> None:
    from astropy.io import fits

    frame = open_frame(resources.sample("galaxy.fits"))
    rng = np.random.default_rng(51)
    for name in NAMES:
        y, x = rng.integers(0, [side - SIDE for side in frame.shape])
        piece = frame.read(Window(int(y), int(x), SIDE, SIDE))
        fits.PrimaryHDU(piece).writeto(folder / f"{name}.fits")
