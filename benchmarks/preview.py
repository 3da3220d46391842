"""Times how soon what is looked at follows a change of an enhancement option.

``python -m benchmarks.preview`` opens the real window (offscreen) on a frame of 1024 x 1024 with a
result, changes an option on the panel as a user does, and waits until the picture of it is
painted: its first pixels, then the whole viewport. Beside the time on the clock stands the CPU
time of the same work in a process of its own (`benchmarks.previewing`), which others on a busy
machine change little; ``--quick`` measures that alone.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from astroview.core.models.model_card import default_shelf
from benchmarks import page

if TYPE_CHECKING:
    from astroview.ui.app import RunningApp

ROOT = Path(__file__).resolve().parents[1]
SIDE = 1024
WINDOWS = ("1280x800", "1600x1000")
ZOOMS = (1.5, 2.0, 4.0)  # device pixels to one of the frame; at 1 and below ×2 is not to be seen
Rounds = list[tuple[float, float]]  # seconds to the first pixels, to the whole viewport


@dataclass(frozen=True)
class Case:
    """A change under the clock, at one size of the window and one zoom."""

    size: str
    zoom: float
    change: str
    cpu: Rounds
    clock: Rounds | None = None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--windows", nargs="+", default=WINDOWS, help="their sizes")
    parser.add_argument("--zooms", nargs="+", type=float, default=ZOOMS)
    parser.add_argument("--quick", action="store_true", help="CPU time alone, no window's time")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    chosen = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="astroview-preview-") as folder:
        os.environ["ASTROVIEW_CONFIG_DIR"] = os.environ["ASTROVIEW_DATA_DIR"] = folder
        frame = Path(folder) / "frame.fits"
        from benchmarks.viewing.frames import make

        make(frame, SIDE)
        with _bench(frame) as bench:
            cases = list(_cases(bench, frame, chosen))
    table = "\n".join([_head(chosen.rounds), "", *_table(cases)])
    print(table)
    if chosen.write:
        page.put("preview", table)


def _cases(bench: Bench, frame: Path, chosen: argparse.Namespace) -> Iterator[Case]:
    for size in chosen.windows:
        bench.resize(*map(int, size.split("x")))
        looks = [bench.zoom(zoom) for zoom in chosen.zooms]
        worked = _worked(frame, chosen.rounds, looks)
        for zoom, cpu in zip(chosen.zooms, worked, strict=True):
            if not chosen.quick:
                bench.begin()
                bench.zoom(zoom)
            for name, change in (("palette", bench.palette), ("x2", bench.sharpen)):
                clock = None if chosen.quick else [change() for _ in range(chosen.rounds)]
                yield Case(size, zoom, name, cpu[name], clock)
                print(size, zoom, name, cpu[name], clock, file=sys.stderr, flush=True)


def _worked(frame: Path, rounds: int, windows: list[list[int]]) -> list[dict[str, Rounds]]:
    command = [sys.executable, "-m", "benchmarks.previewing", str(frame), str(rounds)]
    child = subprocess.run(
        [*command, json.dumps(windows)], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(child.stdout)


def _head(rounds: int) -> str:
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"A frame of {SIDE} x {SIDE}, {os.cpu_count()} cores{load}, {rounds} rounds;\n"
        "median / 95th percentile in seconds."
    )


def _table(cases: list[Case]) -> Iterator[str]:
    yield "| window | zoom | change | CPU: first pixels | CPU: viewport | first pixels | viewport |"
    yield "|---|---|---|---|---|---|---|"
    for case in cases:
        what = [case.size.replace("x", " x "), f"{case.zoom:g}", case.change.replace("x", "×")]
        times = [
            _pair([both[i] for both in rounds]) if rounds else ""
            for rounds in (case.cpu, case.clock)
            for i in (0, 1)
        ]
        yield "| " + " | ".join((*what, *times)) + " |"


def _pair(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.2f} / {np.percentile(seconds, 95):.2f}"


@contextmanager
def _bench(path: Path) -> Generator[Bench]:
    from astroview.core.settings import Settings
    from astroview.ui import app
    from astroview.ui.remembered_choices import RememberedChoices

    running = app.start(RememberedChoices(Settings(), lasting=False))
    running.window.show()
    try:
        yield Bench(running, path)
    finally:
        running.close()


class Bench:
    """The window with a frame; changes options on the panel under the clock."""

    def __init__(self, running: RunningApp, path: Path) -> None:
        self.app, self.window = running.app, running.window
        self.window.open([path])
        self.settle()
        self.panel = self.window.parts.enhance
        card = default_shelf().card(self.panel.options.colorizer or "")
        self.names = [palette.name for palette in card.palettes]
        self._begun = False

    def begin(self) -> None:
        """Make the result that is changed afterwards; load the networks."""
        if not self._begun:
            self._begun = True
            self._click("1")
            self.window.enhance()  # colour alone
            self.settle()
            self.zoom(8.0)
            self.sharpen()

    def resize(self, width: int, height: int) -> None:
        self.window.resize(width, height)
        self.settle()

    def zoom(self, zoom: float) -> list[int]:
        """Look closely at the middle; what is looked at: y, x, height, width."""
        viewer = self.window.viewer
        viewer.fit()
        viewer.zoom_to(zoom / viewer.devicePixelRatioF())
        self.settle()
        assert viewer.shown
        seen = self.window.live.first_of(viewer.shown.before.frame)
        assert seen
        return [seen.y, seen.x, seen.height, seen.width]

    def palette(self) -> tuple[float, float]:
        """Another palette: colours at a glance come first, then tile by tile."""
        self.names.append(self.names.pop(0))
        act = partial(self.panel.palette_chosen.emit, self.names[0])
        try:
            return self._timed(act, "chroma")
        finally:
            self.settle()

    def sharpen(self) -> tuple[float, float]:
        """From no sharpening to ×2; put back afterwards."""
        try:
            return self._timed(partial(self._click, "2"), "source")
        finally:
            self._click("1")
            self.settle()

    def settle(self) -> None:
        while not self.window.settled:
            self._turn()
        self._turn()

    def _turn(self) -> None:
        self.app.processEvents()
        time.sleep(0.001)

    def _click(self, scale: str) -> None:
        self.panel.scale.button(scale).click()

    def _timed(self, act: Callable[[], object], part: str) -> tuple[float, float]:
        began, first, drawn = time.perf_counter(), 0.0, self.window.live.drawn
        act()
        while True:
            self._turn()
            if self.window.live.drawn is drawn:
                continue
            drawn = self.window.live.drawn
            seen, now = self._seen(part), time.perf_counter() - began
            first = first or (now if seen else 0.0)
            if seen >= 1:
                return first, now

    def _seen(self, part: str) -> float:
        """How much of the viewport is of the new result, and painted."""
        grown, viewer = self.window.live.drawn, self.window.viewer
        if grown is None or viewer.shown is None:
            return 0.0
        if part == "chroma" and grown.maps is not None:
            return 1.0  # all of it has its new colours
        rect, k = viewer.visible, grown.scale
        height, width = viewer.shown.shape
        y0, x0 = max(0, int(rect.top() * k)), max(0, int(rect.left() * k))
        y1, x1 = min(height * k, int(rect.bottom() * k)), min(width * k, int(rect.right() * k))
        mask = np.zeros((y1 - y0, x1 - x0), bool)
        for kind, window in grown.final:
            if kind == part:
                y, x = window.y - y0, window.x - x0
                rows = slice(max(0, y), max(0, y + window.height))
                mask[rows, max(0, x) : max(0, x + window.width)] = True
        return float(mask.mean())


if __name__ == "__main__":
    main()
