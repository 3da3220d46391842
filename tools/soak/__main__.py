"""Use the real window at random, offscreen, and see that handles, memory and scratch stay flat.

    python -m tools.soak --minutes 30
    python -m tools.soak --each

Opens sound and damaged files, zooms, enhances, compares, discards and closes. Measured is after
everything was closed again, every few rounds. With ``--each``: what stays allocated after an act of
each kind (glibc's count), which tells where memory that rises slowly goes.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from astroview.core.settings import Settings
from astroview.ui.app import RunningApp, start
from astroview.ui.remembered_choices import RememberedChoices
from tools.fuzz import seeds
from tools.fuzz.mutations import mutated

ROUND = 12  # random acts before everything is closed
PATIENCE_S = 600.0


@dataclass(frozen=True)
class Measure:
    """What the window's process holds after a round."""

    minutes: float
    handles: int
    scratch: int  # bytes
    memory: int  # bytes, resident
    modules: int  # loaded: a library that is first needed late takes memory once, and keeps it


class Soak:
    """One window and a source of chance."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.running: RunningApp = start(RememberedChoices(Settings(), lasting=False))
        self.running.window.show()
        self.chance = random.Random(seed)
        self._folder = folder
        self._seeds = {
            k: v for k, v in seeds.made().items() if k.endswith((".fits", ".png", ".tif"))
        }
        self.did: dict[str, int] = {}
        self.began = time.monotonic()

    @property
    def window(self):
        return self.running.window

    def wait(self) -> None:
        app, end = QApplication.instance(), time.monotonic() + PATIENCE_S
        assert app is not None
        while not self.window.settled:
            if time.monotonic() > end:
                raise TimeoutError("the window does not come to rest")
            app.processEvents()
            time.sleep(0.002)
        app.processEvents()

    def round(self) -> Measure:
        """Some random acts, then close everything."""
        acts: tuple[Callable[[], None], ...] = (self.open_sound, self.open_damaged, self.zoom,
            self.enhance, self.compare, self.discard, self.close_one)  # fmt: skip
        self.open_sound()
        for _ in range(ROUND):
            act = self.chance.choice(acts)
            self.did[act.__name__] = self.did.get(act.__name__, 0) + 1
            act()
            self.wait()
        return self.close_all()

    def open_sound(self) -> None:
        name = self.chance.choice(sorted(self._seeds))
        self._open(name, self._seeds[name])

    def open_damaged(self) -> None:
        name = self.chance.choice(sorted(self._seeds))
        self._open(name, mutated(self._seeds[name], self.chance))

    def _open(self, name: str, content: bytes) -> None:
        path = Path(tempfile.mkdtemp(dir=self._folder)) / name
        path.write_bytes(content)
        self.window.open([path])
        self.wait()

    def zoom(self) -> None:
        self.window.viewer.zoom_to(self.chance.choice((0.2, 1.0, 3.0, 17.0)))

    def enhance(self) -> None:
        if self.window.selection is not None:
            self.window.enhance()

    def compare(self) -> None:
        action = self.window.actions_[self.chance.choice(("split", "side", "blink", "difference"))]
        if action.isEnabled():
            action.trigger()

    def discard(self) -> None:
        selection = self.window.selection
        if selection is not None and selection.result is not None:
            self.window.desk.remove(selection.document.key, selection.result.id)

    def close_one(self) -> None:
        keys = list(self.window.desk.documents)
        if keys:
            self.window.desk.remove(self.chance.choice(keys), "")

    def close_all(self) -> Measure:
        for key in list(self.window.desk.documents):
            self.window.desk.remove(key, "")
        self.wait()
        while self.window.notices.current:
            self.window.notices.dismiss()
        self.wait()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        me = psutil.Process()
        count = getattr(me, "num_fds", None) or me.num_handles  # pyright: ignore[reportAttributeAccessIssue]
        handles = int(count())
        files = [path for path in self.running.scratch.folder.rglob("*") if path.is_file()]
        minutes = (time.monotonic() - self.began) / 60
        scratch, memory = sum(f.stat().st_size for f in files), me.memory_info().rss
        return Measure(minutes, handles, scratch, memory, len(sys.modules))


TIMES = 60  # each act, after a few that are not counted


def each(soak: Soak) -> str:
    """Kilobytes that stay allocated after each act, once everything was closed again."""
    kinds: dict[str, tuple[Callable[[], None], ...]] = {
        "nothing": (),
        "open a sound file": (soak.open_sound,),
        "open a damaged one": (soak.open_damaged,),
        "open, zoom thrice": (soak.open_sound, *[soak.zoom] * 3),
        "open, enhance": (soak.open_sound, soak.enhance),
        "open, enhance, discard, twice": (soak.open_sound, *[soak.enhance, soak.discard] * 2),
        "open, enhance, compare thrice": (soak.open_sound, soak.enhance, *[soak.compare] * 3),
    }
    for _ in range(TIMES):  # libraries are loaded, and undo holds as many steps as it may
        soak.round()
    lines = ["| | stays allocated |", "|---|---|"]
    for name, acts in kinds.items():
        before = 0
        for turn in range(TIMES + 10):
            before = _allocated() if turn == 10 else before
            for act in acts:
                act()
                soak.wait()
            soak.close_all()
        lines.append(f"| {name} | {(_allocated() - before) / TIMES / 1024:.1f} kB |")
    return "\n".join(lines)


class _Mallinfo2(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_size_t) for name in (
        "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks",
        "fordblks", "keepcost",
    ))  # fmt: skip


def _allocated() -> int:
    """Bytes that are in use of what glibc handed out."""
    gc.collect()
    libc = ctypes.CDLL("libc.so.6")
    libc.mallinfo2.restype = _Mallinfo2
    return int(libc.mallinfo2().uordblks)


def table(measures: list[Measure], did: dict[str, int]) -> str:
    """First, middle and last measures as Markdown, and those before and after libraries came."""
    lines = ["| minutes | handles | scratch | memory | modules loaded |", "|---|---|---|---|---|"]
    last = len(measures) - 1
    came = {i for i in range(1, last + 1) if measures[i].modules > measures[i - 1].modules + 20}
    chosen = [measures[i] for i in sorted({0, last // 2, last} | came | {i - 1 for i in came})]
    lines += [
        f"| {m.minutes:.0f} | {m.handles} | {m.scratch / 1e6:.1f} MB | {m.memory / 1e6:,.0f} MB |"
        f" {m.modules:,} |"
        for m in chosen
    ]
    acts = ", ".join(f"{count:,} × {name.replace('_', ' ')}" for name, count in sorted(did.items()))
    return "\n".join([*lines, "", f"{len(measures)} rounds: {acts}."])


def main() -> int:
    """The exit code is 1 when handles or scratch have grown."""
    parser = argparse.ArgumentParser(prog="python -m tools.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="put it into docs/reliability.md")
    parser.add_argument("--each", action="store_true", help="what each act leaves allocated")
    chosen = parser.parse_args()
    if chosen.each:
        with tempfile.TemporaryDirectory(prefix="soak-") as folder:
            soak = Soak(chosen.seed, Path(folder))
            print(each(soak))
            soak.running.close()
        return 0
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        soak = Soak(chosen.seed, Path(folder))
        measures = [soak.round()]
        # An exception would be lost in one of Qt's slots: ended early, it ends after this round.
        ended: list[int] = []
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda number, _: ended.append(number))
        while not ended and (time.monotonic() - soak.began) / 60 < chosen.minutes:
            measures.append(soak.round())
            print(measures[-1], flush=True)
        text = table(measures, soak.did)
        soak.running.close()
    print(text)
    if chosen.write:
        from benchmarks import page

        page.put("soak", text, Path(__file__).resolve().parents[2] / "docs" / "reliability.md")
    early = measures[: max(1, len(measures) // 2)]
    grown = measures[-1].handles > max(m.handles for m in early) + 5
    return 1 if grown or measures[-1].scratch > 10**6 else 0


if __name__ == "__main__":
    sys.exit(main())
