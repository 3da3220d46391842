"""What the worker works for the part of a frame that is looked at, in CPU seconds.

``python -m benchmarks.previewing FRAME ROUNDS [[y, x, height, width], ...]`` prints JSON: for each
window and each round, for a change of palette and one to ×2, the CPU time to the first pixels and
to all of the window. In a process of its own, so that nothing else it does is counted.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from astroview.core.errors import Cancelled
from astroview.core.frame import Window
from astroview.core.io.open_file import open_frame
from astroview.core.models.model_card import default_shelf
from astroview.core.options import EnhanceOptions
from astroview.engine.pipeline.enhance import enhance_to
from astroview.engine.runtime.cache import Cache
from astroview.engine.runtime.live_updates import Live, Watcher

PALETTE, SHARPEN = "palette", "x2"


def _silent(done: int, of: int, note: str = "") -> None:
    """Nobody waits for progress."""


class Stopwatch:
    """Notes when a window of the result begins to be there, and when all of it is."""

    def __init__(self, window: Window, part: str, scale: int) -> None:
        numbers = (window.y, window.x, window.height, window.width)
        self._window = Window(*(n * scale for n in numbers))
        self._missing = np.ones((self._window.height, self._window.width), bool)
        self._part, self._began = part, time.process_time()
        self.first = self.whole = 0.0

    def tile(self, part: str, window: Window) -> None:
        y, x = window.y - self._window.y, window.x - self._window.x
        rows = slice(max(0, y), max(0, y + window.height))
        columns = slice(max(0, x), max(0, x + window.width))
        if part != self._part or not self._missing[rows, columns].size:
            return
        self._missing[rows, columns] = False
        self._note(done=not self._missing.any())

    def coarse(self, *_: object) -> None:
        if self._part == "coarse":
            self._note(done=True)

    def _note(self, done: bool) -> None:
        now = time.process_time() - self._began
        self.first = self.first or now
        if done:
            self.whole = now
            raise Cancelled  # what comes later is not looked at


def measure(path: Path, rounds: int, windows: list[list[int]]) -> list[dict[str, Any]]:
    """[{palette: [[first, whole], ...], x2: ...}, ...] for the windows."""
    shelf, memo = default_shelf(), Cache()
    card = shelf.cards("colorize")[0]
    plain = EnhanceOptions(colorizer=card.id, superres=None, device="cpu")

    def timed(window: Window, options: EnhanceOptions, part: str, scale: int) -> list[float]:
        watch = Stopwatch(window, part, scale)
        live = Live(memo, Watcher(window, watch.coarse, watch.tile))
        with tempfile.TemporaryDirectory(prefix="astroview-previewing-") as scratch:
            try:
                frame = open_frame(path)
                enhance_to(frame, options, Path(scratch), shelf, _silent, live)
            except Cancelled:
                pass
        return [watch.first, watch.whole]

    def rounds_of(run: Callable[[int], list[float]]) -> list[list[float]]:
        nonlocal memo
        memo = Cache()  # nothing is known of a palette that was not looked at
        run(0)  # the first one loads the network
        return [run(i + 1) for i in range(rounds)]

    found: list[dict[str, Any]] = []
    for window in (Window(*numbers) for numbers in windows):

        def palette(i: int, window: Window = window) -> list[float]:
            name = card.palettes[i % len(card.palettes)].name
            return timed(window, replace(plain, palette=name), "coarse", 1)

        def sharpen(_: int, window: Window = window) -> list[float]:
            return timed(window, replace(plain, superres="superres-x2"), "source", 2)

        found.append({PALETTE: rounds_of(palette), SHARPEN: rounds_of(sharpen)})
    return found


if __name__ == "__main__":
    json.dump(measure(Path(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])), sys.stdout)
