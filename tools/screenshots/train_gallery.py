"""The Train workspace in every state: ``python -m tools.screenshots.train_gallery [DIR]``.

Each picture is the real window after real steps, in both themes: a bundled model is tuned for a
few minutes on skies that the simulator makes. With ``--docs`` those of the guide go into DIR
(docs/screenshots) and no others.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QSize

from astroview.core.settings import Settings
from astroview.ui.app import RunningApp, start
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.snapshot import save_picture, settle
from tools.screenshots.train_states import Posing

LARGE, SMALL, NARROW = QSize(1600, 1000), QSize(1280, 800), QSize(760, 560)
# Of the guide: what a picture is called there, and its state, theme and size here. They keep all
# their colours, which are what they show.
DOCS = {
    "train-palettes": ("palettes", "dark", SMALL),
    "train-frames": ("refused", "dark", SMALL),
    "train-running": ("running", "dark", QSize(1120, 700)),
    "train-interrupted": ("interrupted", "dark", SMALL),
    "train-verdict": ("verdict-keep", "light", SMALL),
}
State = tuple[str, QSize]
Shot = tuple[str, str, QSize]  # name, theme, size


def states(posing: Posing) -> Iterator[State]:
    """Bring the window from state to state; yields the name of each, and the size to show it at."""
    posing.begin()
    yield "empty", SMALL
    posing.get_frames()
    yield "get-frames", SMALL
    posing.ask_archive()
    yield "get-frames-offline", SMALL
    posing.take_palettes()
    yield "palettes", SMALL
    posing.curate()
    yield "curating", SMALL
    posing.curated()
    yield "curated", LARGE
    posing.overrule()
    yield "refused", SMALL
    posing.choose()
    yield "form", SMALL
    posing.unfold()
    yield "form-advanced", SMALL
    yield "form-advanced-large", LARGE
    posing.start()
    yield "reading", SMALL
    posing.train()
    yield "running", SMALL
    yield "running-large", LARGE
    yield "running-narrow", NARROW
    posing.show_queued()
    yield "queued", SMALL
    posing.pause()
    yield "paused", SMALL
    posing.leave()
    yield "stopped", SMALL
    posing.kill()
    yield "interrupted", SMALL
    posing.finish()
    yield "verdict", SMALL
    posing.fail_on_too_little()
    yield "failed-too-little", SMALL
    posing.fail_on_full_disk()
    yield "failed-full-disk", SMALL
    posing.fail_on_locked_folder()
    yield "failed-read-only", SMALL
    posing.put_away()
    posing.watch_cluster()
    yield "cluster", SMALL
    posing.open_other_version()
    yield "other-version", SMALL
    posing.learn_nothing()
    yield "verdict-not-better", SMALL
    posing.learn_much()
    yield "verdict-keep", SMALL
    yield "verdict-keep-large", LARGE
    posing.enlarge()
    yield "verdict-enlarged", LARGE
    posing.show_course()
    yield "course", SMALL
    posing.keep()
    yield "kept", SMALL
    posing.discard()
    yield "discarded", SMALL


def main(folder: Path, for_docs: bool = False) -> int:
    """Write the pictures into a folder, or those of the guide; returns the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.gettempdir()) / "astroview-training"  # the frames stay, for the next time
    data = room / "data"
    shutil.rmtree(data, ignore_errors=True)
    os.environ["ASTROVIEW_DATA_DIR"] = str(data)
    os.environ["ASTROVIEW_CONFIG_DIR"] = str(data / "config")
    running = start(RememberedChoices(Settings(theme="dark"), lasting=False))
    running.window.resize(SMALL)
    running.window.show()
    good = True
    left = set(DOCS)
    for state, size in states(Posing(running, room)):
        for name, theme, at in _of_the_guide(state) if for_docs else _all(state, size):
            _show(running, theme, at)
            good &= save_picture(running, folder / f"{name}.png")
            left.discard(name)
        running.window.resize(SMALL)
        if for_docs and not left:
            break
    running.close()
    return 0 if good else 1


def _show(running: RunningApp, theme: str, size: QSize) -> None:
    running.window.resize(size)
    running.window.actions_[f"theme_{theme}"].trigger()
    settle(running, lambda: not running.window.train.busy)


def _all(state: str, size: QSize) -> list[Shot]:
    return [(f"{state}-{theme}", theme, size) for theme in ("light", "dark")]


def _of_the_guide(state: str) -> list[Shot]:
    return [(name, theme, size) for name, (known, theme, size) in DOCS.items() if known == state]


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for_docs = "--docs" in sys.argv
    places = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    usual = "docs/screenshots" if for_docs else "build/training"
    place = Path(places[0] if places else usual)
    sys.exit(main(place, for_docs))
