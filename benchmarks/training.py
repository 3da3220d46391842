"""Times how smooth the window stays while a model is tuned.

``python -m benchmarks.training`` opens the real window (offscreen) on the Train workspace, begins
a real run of the bundled super-resolver on skies of the simulator, and watches the window's thread:
the gaps between ticks of a timer of 16 ms, and the CPU time of each turn of the event loop with
whatever it paints, which others on a busy machine change little. Beside the steady course stands a
flood: what a cluster told in a long run is opened, some ten thousand events.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import page

if TYPE_CHECKING:
    from astroview.ui.app import RunningApp
    from astroview.ui.train.runs.run_record import RunRecord

ROOT = Path(__file__).resolve().parents[1]
FRAME_MS = 16
SKIES, STEPS = 16, 10**6
TOLD = 20_000  # events of the long run


@dataclass
class Watched:
    """What was seen of the window's thread; milliseconds."""

    gaps: list[float] = field(default_factory=list)
    turns: list[float] = field(default_factory=list)
    seconds: float = 0.0
    events: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="of training that are watched")
    parser.add_argument("--window", default="1600x1000", help="its size")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    chosen = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="astroview-training-") as folder:
        room = Path(folder)
        os.environ["ASTROVIEW_CONFIG_DIR"] = os.environ["ASTROVIEW_DATA_DIR"] = folder
        command = [sys.executable, "-m", "trainer.data.simulated_pictures", str(room / "skies")]
        subprocess.run([*command, "--count", str(SKIES)], cwd=ROOT, check=True)
        with _bench(*map(int, chosen.window.split("x"))) as bench:
            rows = {
                "idle": bench.watch(10),
                "a run at work": bench.train(room / "skies", chosen.seconds),
                f"{TOLD:,} events at once": bench.open_long(room / "long"),
            }
    table = "\n".join([_head(chosen.window), "", *_table(rows)])
    print(table)
    if chosen.write:
        page.put("training", table)


def _head(window: str) -> str:
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"A window of {window.replace('x', ' x ')}, {os.cpu_count()} cores{load}; milliseconds,\n"
        "median / 95th percentile / longest."
    )


def _table(rows: dict[str, Watched]) -> Iterator[str]:
    yield "| the window shows | events | CPU of a turn | turns over 16 ms | CPU, share | gaps |"
    yield "|---|---|---|---|---|---|"
    for name, seen in rows.items():
        over = sum(turn > FRAME_MS for turn in seen.turns)
        share = sum(seen.turns) / max(10 * seen.seconds, 1e-9)
        yield (
            f"| {name} | {seen.events:,} | {_three(seen.turns)} | {over} of {len(seen.turns):,} |"
            f" {share:.1f} % | {_three(seen.gaps)} |"
        )


def _three(values: list[float]) -> str:
    found = (*np.percentile(values, [50, 95]), max(values)) if values else (0, 0, 0)
    return " / ".join(f"{value:.1f}" for value in found)


@contextmanager
def _bench(width: int, height: int) -> Generator[Bench]:
    from astroview.core.settings import Settings
    from astroview.ui import app
    from astroview.ui.remembered_choices import RememberedChoices

    running = app.start(RememberedChoices(Settings(), lasting=False))
    running.window.resize(width, height)
    running.window.show()
    running.window.spaces.go("train")
    try:
        yield Bench(running)
    finally:
        running.close()


class Bench:
    """The window on its Train workspace, and a watch on its thread."""

    def __init__(self, running: RunningApp) -> None:
        self.app, self.space = running.app, running.window.train

    def train(self, skies: Path, seconds: float) -> Watched:
        """Begin a run, and watch the window while it trains."""
        from trainer.config import TuneConfig

        chosen = TuneConfig("superres-x2", str(skies), minutes=0, steps=STEPS, batch=4, replay=0.0)
        run = self.space.runs.begin(replace(chosen, held_out=0.3, score_every=20, sample_every=20))
        assert run
        self.space.training.show(run)
        self._until(lambda: run.story.learnt is not None)
        seen = self.watch(seconds, run)
        self.space.training.leave()
        self._until(lambda: run.process is None)
        return seen

    def open_long(self, folder: Path) -> Watched:
        """Watch the window while it opens what a long run told."""
        _write_long(folder)
        self.space.take([folder])
        run = self.space.training.current
        assert run

        def read() -> bool:
            return bool(run.tail and run.tail.story.step >= TOLD and not run.tail.catching_up)

        seen = self.watch(300, run, read)
        return replace(seen, events=_told(run))

    def watch(
        self, seconds: float, run: RunRecord | None = None, over: Callable[[], bool] = lambda: False
    ) -> Watched:
        """Let the window live for a while."""
        from PySide6.QtCore import QAbstractEventDispatcher, Qt, QTimer

        seen, dispatcher = Watched(), QAbstractEventDispatcher.instance()
        clock = {"tick": time.perf_counter(), "cpu": time.thread_time()}

        def ticked() -> None:
            now = time.perf_counter()
            seen.gaps.append(1000 * (now - clock["tick"]))
            clock["tick"] = now

        def rests() -> None:  # a thread that waits takes no CPU time, so this is a whole turn
            now = time.thread_time()
            seen.turns.append(1000 * (now - clock["cpu"]))
            clock["cpu"] = now

        timer = QTimer(interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(ticked)
        before, began = _told(run), time.perf_counter()
        dispatcher.aboutToBlock.connect(rests)
        timer.start()
        self._until(lambda: over() or time.perf_counter() - began > seconds)
        timer.stop()
        dispatcher.aboutToBlock.disconnect(rests)
        seen.seconds, seen.events = time.perf_counter() - began, _told(run) - before
        return seen

    def _until(self, reached: Callable[[], bool]) -> None:
        from PySide6.QtCore import QEventLoop

        while not reached():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _told(run: RunRecord | None) -> int:
    """How many events a run has told."""
    path = run.path / "events.jsonl" if run else None
    return path.read_bytes().count(b"\n") if path and path.is_file() else 0


def _write_long(folder: Path) -> None:
    from astroview.core.messages.train_messages import FORMAT, Begun, Learnt, Scored, encode

    folder.mkdir()
    with (folder / "events.jsonl").open("w", encoding="utf-8") as file:
        begun = Begun(1.0, FORMAT, "superres-x2", "superres", "full", "cuda", 0, TOLD, 0, 9, 9,
            "psnr")  # fmt: skip
        file.write(encode(begun) + "\n")
        for step in range(1, TOLD + 1):
            loss = 0.1 / step**0.5
            terms = {"charbonnier": loss * 0.9, "fft": loss * 0.1}
            told = Learnt(1.0 + step, step, loss, terms, 9.0, 60.0, 0, 16, step / TOLD)
            file.write(encode(told) + "\n")
            if step % 500 == 0:
                score = Scored(1.0 + step, step, {"psnr": 30 + step / TOLD}, best=True)
                file.write(encode(score) + "\n")


if __name__ == "__main__":
    main()
