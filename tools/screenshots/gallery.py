"""The screenshots of the docs, made by the app itself: ``python -m tools.screenshots.gallery DIR``.

Each picture is the real window after real steps; nothing is staged but the frames. What the docs
do not show goes into ``build/gallery``, to be looked at after a change.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from astropy.io import fits
from PySide6.QtCore import QPointF, QSize

from astroview.core import resources
from astroview.core.messages.worker_messages import Progress
from astroview.core.options import EnhanceOptions
from astroview.core.settings import Settings
from astroview.ui.app import RunningApp, start
from astroview.ui.process.worker_client import Job
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.snapshot import save_for_docs, settle, warm_up
from astroview.ui.viewer.panes import Mode
from tools.screenshots import batch_states, lightbox_states
from tools.screenshots.own_folders import own_folders

ASIDE = Path("build/gallery")
IN_DOCS = (
    "compared",
    "two-by-two",
    "compare-with",
    "difference",
    "batch",
    "batch-done",
    "lightbox",
)
LARGE, SMALL = QSize(1360, 850), QSize(1000, 640)


def main(folder: Path) -> int:
    """Write the pictures into a folder; returns the exit code."""
    for place in (folder, ASIDE):
        place.mkdir(parents=True, exist_ok=True)
    running = start(RememberedChoices(Settings(theme="dark"), lasting=False))
    running.window.resize(LARGE)
    running.window.show()
    warm_up(running)
    good = True
    for name, act in STEPS.items():
        act(running)
        place = folder if name in IN_DOCS else ASIDE
        good &= save_for_docs(running, place / f"{name}.webp")
    running.close()
    return 0 if good else 1


def _empty(running: RunningApp) -> None:
    settle(running)


def _frame(running: RunningApp) -> None:
    names = ("galaxy.fits", "deep_field.fits", "nebula.png")
    running.window.open([resources.sample(name) for name in names])
    settle(running)


def _enhancing(running: RunningApp) -> None:
    window = running.window
    done: list[int] = []

    def note(_: Job, progress: Progress) -> None:
        done.append(progress.done)

    window.worker.progressed.connect(note)
    window.enhance()
    settle(running, lambda: window.worker.job is None or len(set(done)) > 3)


def _compared(running: RunningApp) -> None:
    settle(running)


def _side_by_side(running: RunningApp) -> None:
    window = running.window
    window.actions_[Mode.SIDE.value].trigger()
    window.viewer.zoom_to(3, QPointF(300, 420))
    settle(running)


def _two_by_two(running: RunningApp) -> None:
    window = running.window
    window.enhance(EnhanceOptions(colorizer=None))
    settle(running)
    window.actions_[Mode.GRID.value].trigger()
    window.viewer.fit()
    settle(running)


def _compare_with(running: RunningApp) -> None:
    window = running.window
    window.session.select(min(window.desk.documents))
    settle(running)
    window.pairing.choose()
    settle(running)


def _difference(running: RunningApp) -> None:
    """The sample galaxy a year later: another night's noise, and a supernova."""
    window = running.window
    if window.pairing.chooser:
        window.pairing.chooser.leave()
    later = running.scratch.make("later") / "galaxy_later.fits"
    _write_later(later)
    window.open([later])
    settle(running)
    window.session.select(min(window.desk.documents))
    settle(running)
    window.pairing.compare((max(window.desk.documents), ""))
    settle(running)
    window.actions_[Mode.DIFFERENCE.value].trigger()
    settle(running)


def _write_later(path: Path) -> None:
    with fits.open(resources.sample("galaxy.fits")) as hdus:
        first: Any = hdus[0]
        data, header = np.asarray(first.data, np.float64), first.header
        y, x = np.mgrid[: data.shape[0], : data.shape[1]]
        noise = np.random.default_rng(4).normal(0, 25, data.shape)
        star = 2500 * np.exp(-((x - 402) ** 2 + (y - 268) ** 2) / (2 * 1.9**2))
        fits.writeto(path, (data + noise + star).astype(np.float32), header)


def _light(running: RunningApp) -> None:
    window = running.window
    window.desk.remove(max(window.desk.documents), "")  # the galaxy a year later
    settle(running)
    window.actions_["theme_light"].trigger()
    window.viewer.fit()
    window.session.step(2)
    settle(running)
    window.enhance(EnhanceOptions())
    settle(running)
    window.actions_[Mode.SPLIT.value].trigger()
    settle(running)


def _header(running: RunningApp) -> None:
    window = running.window
    window.session.select(min(window.desk.documents))
    window.actions_["header"].trigger()
    settle(running)


def _small(running: RunningApp) -> None:
    running.window.actions_["header"].trigger()
    running.window.resize(SMALL)
    settle(running)


def _batch(running: RunningApp) -> None:
    running.window.resize(LARGE)
    running.window.actions_["theme_dark"].trigger()
    batch_states.working(running)


def _batch_done(running: RunningApp) -> None:
    batch_states.ended(running)


def _error(running: RunningApp) -> None:
    window = running.window
    batch_states.leave(running)
    window.resize(LARGE)
    window.actions_["theme_dark"].trigger()
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "m51.fits"
        page.write_text("<html>404</html>")
        window.open([page])
        settle(running)


def _lightbox(running: RunningApp) -> None:
    running.window.notices.dismiss()
    lightbox_states.sifted(running)


STEPS: dict[str, Callable[[RunningApp], None]] = {
    "empty": _empty,
    "frame": _frame,
    "enhancing": _enhancing,
    "compared": _compared,
    "side-by-side": _side_by_side,
    "two-by-two": _two_by_two,
    "compare-with": _compare_with,
    "difference": _difference,
    "light": _light,
    "header": _header,
    "small": _small,
    "batch": _batch,
    "batch-done": _batch_done,
    "error": _error,
    "lightbox": _lightbox,
}


if __name__ == "__main__":
    with own_folders():
        sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/screenshots")))
