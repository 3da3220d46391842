"""How quickly a folder of 100,000 frames is looked through: ``python -m benchmarks.lightbox``.

The real window offscreen; the files are hard links of twenty frames of 256 x 256 pixels. Told are
the time to the first page (tiles, and with all its pictures), to the end of the listing, what a
page takes from key to pixels, once its pictures are there and while others are made, what one step
of rating takes, and the memory that the window gained. Beside the time by the clock stands what the
window's thread computed: on a machine with other work only that is the program's own.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
from astropy.io import fits

KINDS, SIDE, PAGES = 20, 256, 40


def main(count: int) -> int:
    """Print the figures; returns the exit code."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as place:
        os.environ["ASTROVIEW_CONFIG_DIR"] = str(Path(place) / "config")
        folder = Path(place) / "night"
        _make_folder(folder, count)
        _look_through(folder, count)
    return 0


def _make_folder(folder: Path, count: int) -> None:
    folder.mkdir()
    rng = np.random.default_rng(5)
    y, x = np.mgrid[:SIDE, :SIDE]
    for kind in range(KINDS):
        data = rng.normal(100, 5, (SIDE, SIDE))
        for _ in range(20):
            cx, cy = rng.uniform(10, SIDE - 10, 2)
            data += rng.uniform(200, 3000) * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 5)
        hdu = fits.PrimaryHDU(data.astype(np.float32))
        hdu.header["DATE-OBS"] = f"2024-03-{kind + 1:02}T21:00:00"
        hdu.writeto(folder.parent / f"{kind}.fits")
    for number in range(count):
        os.link(folder.parent / f"{number % KINDS}.fits", folder / f"f{number:06}.fits")


def _look_through(folder: Path, count: int) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from astroview.core.settings import Settings
    from astroview.ui.app import start
    from astroview.ui.remembered_choices import RememberedChoices

    running = start(RememberedChoices(Settings()))
    window = running.window
    window.resize(1360, 850)
    window.show()
    window.actions_["space_lightbox"].trigger()
    box = window.lightbox
    view, model, sifting = box.panel.view, box.panel.model, box.sifting
    own = psutil.Process()
    before = own.memory_info().rss

    def until(reached: Callable[[], object]) -> float:
        begun = time.perf_counter()
        while not reached():
            running.app.processEvents()
        return 1000 * (time.perf_counter() - begun)

    def drawn() -> bool:
        first, last = view.on_show
        there = (sifting.pictures.known(model.row_at(i).path) for i in range(first, last + 1))
        return model.rowCount() > 0 and all(there)

    begun = time.perf_counter()
    box.take([folder])
    until(model.rowCount)
    view.grab()
    tiles = time.perf_counter() - begun
    until(drawn)
    pictures = time.perf_counter() - begun
    until(lambda: not sifting.listing.busy)
    listed = time.perf_counter() - begun
    until(lambda: not sifting.busy)

    def timed(act: Callable[[], object]) -> tuple[float, float]:
        """Milliseconds by the clock, and of the window's thread."""
        clock, own_time = time.perf_counter(), time.thread_time()
        act()
        view.viewport().repaint()
        return 1000 * (time.perf_counter() - clock), 1000 * (time.thread_time() - own_time)

    def turn() -> tuple[float, float]:
        return timed(lambda: QTest.keyClick(view, Qt.Key.Key_PageDown))

    hurried = [(turn(), running.app.processEvents())[0] for _ in range(PAGES)]
    until(lambda: not sifting.busy)
    view.set_current(0)
    until(lambda: not sifting.busy)
    calm: list[tuple[float, float]] = []
    for _ in range(PAGES):
        calm.append(turn())
        until(lambda: not sifting.busy)
    rated = [timed(lambda: sifting.verdicts.rate(3)) for _ in range(PAGES)]
    gained = (own.memory_info().rss - before) / 2**20
    print(f"{count:,} frames; one page is {view.on_show[1] - view.on_show[0] + 1} of them")
    print(f"first page of tiles      {tiles:8.2f} s")
    print(f"  with all its pictures  {pictures:8.2f} s")
    print(f"all listed               {listed:8.2f} s")
    for name, times in (("a page, at rest", calm), ("a page, hurried", hurried), ("a star", rated)):
        for what, each in zip(("by the clock", "computing"), zip(*times, strict=True), strict=True):
            told = f"{statistics.median(each):8.1f} ms, worst {max(each):.1f} ms {what}"
            print(f"{name:24} {told}")
    print(f"memory gained            {gained:8.0f} MB")
    running.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=100_000)
    sys.exit(main(parser.parse_args().count))
