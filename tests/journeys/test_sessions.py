"""Nothing is lost: a window that is killed comes back as it was; a session can be moved."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import waiting
from astropy.io import fits
from PySide6.QtGui import QImage

from astroview.core.options import EnhanceOptions
from astroview.core.settings import Settings
from astroview.ui.app import RunningApp, start
from astroview.ui.documents.saved_sessions.session_archive import SUFFIX
from astroview.ui.documents.saved_sessions.session_keeper import SessionKeeper
from astroview.ui.main_window import MainWindow
from astroview.ui.remembered_choices import RememberedChoices

SHARP = EnhanceOptions(colorizer=None, superres="tiny")
USED = r"""
import sys, time
from dataclasses import replace
from pathlib import Path
from PySide6.QtWidgets import QApplication
from astroview.core.options import EnhanceOptions
from astroview.core.settings import Settings
from astroview.core.sky.region_files import shapes_in
from astroview.ui.app import start
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.viewer.viewport import Viewport

running = start(RememberedChoices(Settings(theme="dark")))
window = running.window
window.show()
window.resize(1100, 700)

def wait(reached=lambda: window.settled):
    end = time.monotonic() + 120
    while not reached():
        assert time.monotonic() < end
        QApplication.processEvents()
        time.sleep(0.002)

first, second, picture = map(Path, sys.argv[1:4])
window.open([first, second])
wait(lambda: window.settled and len(window.desk.documents) == 2)
key = next(iter(window.desk.documents))
window.session.select(key)
window.enhance(EnhanceOptions(colorizer=None, superres="tiny"))
wait(lambda: window.settled and bool(window.session.documents[key].results))
shown = window.session.documents[key].display
window.parts.display.change(replace(shown, invert=True, colour_map="viridis"))
wait()
frame = window.session.documents[key].frame
window.knowing.placed.store.change(shapes_in("image\ncircle(40,30,7)\n", frame), "a circle")
window.viewer.set_split(0.4)
window.viewer.set_view(Viewport(30, 25, 6))
wait()
wait(lambda: not window.keeper.pending)
window.viewer.grab().save(str(picture))
print("ready", flush=True)
time.sleep(600)
"""


def again() -> RunningApp:
    running = start(RememberedChoices(Settings(theme="dark")))
    running.window.show()
    running.window.resize(1100, 700)
    return running


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(bytes(image.constBits()), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)


@pytest.fixture
def second(tmp_path: Path) -> Path:
    path = tmp_path / "second.fits"
    fits.writeto(path, np.random.default_rng(2).normal(9, 2, (40, 50)).astype(np.float32))
    return path


def rested(running: RunningApp, count: int) -> bool:
    """Whether so many frames are open and nothing is under way."""
    keeper, there = running.window.keeper, running.window.session.documents
    return keeper is not None and not keeper.busy and len(there) == count


@pytest.mark.usefixtures("own_data", "qapp")
def test_a_window_that_is_killed_comes_back(small: Path, second: Path, tmp_path: Path) -> None:
    picture = tmp_path / "before.png"
    command = [sys.executable, "-c", USED, str(small), str(second), str(picture)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout
    assert child.stdout.readline().strip() == "ready"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    running = again()
    window = running.window
    assert window.keeper
    window.begin_session(restore=True)
    waiting.in_window(lambda: not window.keeper.busy and window.settled)
    assert [d.frame.name for d in window.session.documents.values()] == ["small", "second"]
    document = next(iter(window.session.documents.values()))
    assert (document.display.invert, document.display.colour_map) == (True, "viridis")
    assert window.selection
    assert window.selection.result is document.results[0]
    assert window.selection.result.frame.shape == (144, 192)
    assert [one.source.kind for one in window.knowing.placed.store.shapes] == ["circle"]
    assert window.viewer.split == pytest.approx(0.4)
    before, after = pixels(QImage(str(picture))), pixels(window.viewer.grab().toImage())
    assert before.shape == after.shape
    assert np.abs(before.astype(int) - after).max() == 0
    running.close()


@pytest.fixture
def window_with_result(
    request: pytest.FixtureRequest, small: Path, second: Path
) -> Iterator[RunningApp]:
    request.getfixturevalue("qapp")
    request.getfixturevalue("own_data")
    running = again()
    window = running.window
    window.open([small, second])
    waiting.in_window(lambda: window.settled and len(window.session.documents) == 2)
    window.session.select(next(iter(window.session.documents)))
    window.enhance(SHARP)
    key = next(iter(window.session.documents))
    waiting.in_window(lambda: window.settled and bool(window.session.documents[key].results))
    yield running
    running.close()


def test_a_session_can_be_moved(window_with_result: RunningApp, tmp_path: Path) -> None:
    """Saved beside its frames, as a file and as a folder, moved with them, and opened there."""
    window = window_with_result.window
    keeper: SessionKeeper = window.keeper  # type: ignore[assignment]
    before = next(iter(window.session.documents.values())).results[0].frame.read()
    for name in (f"night{SUFFIX}", "night"):
        keeper.save_as(tmp_path / name)
        waiting.in_window(lambda: not keeper.busy)
        assert (tmp_path / name).exists()
    window.close()
    moved = tmp_path.with_name(tmp_path.name + " moved")
    tmp_path.rename(moved)
    for name in (f"night{SUFFIX}", "night"):
        running = again()
        running.window.keeper.open(moved / name)  # type: ignore[union-attr]
        waiting.in_window(partial(rested, running, 2))
        first = next(iter(running.window.session.documents.values()))
        assert first.frame.path == moved / "small.fits"
        assert np.array_equal(first.results[0].frame.read(), before)
        running.close()
    moved.rename(tmp_path)


def test_what_is_discarded_is_gone_and_what_is_left_is_kept(window_with_result: RunningApp) -> None:
    window = window_with_result.window
    keeper: SessionKeeper = window.keeper  # type: ignore[assignment]
    folder = keeper.store.folder
    assert len(list(folder.iterdir())) == 1
    first, _ = window.session.documents
    window.desk.remove(first, window.session.documents[first].results[0].id)
    window.close()
    running = again()
    running.window.begin_session(restore=True)
    waiting.in_window(lambda: not running.window.keeper.busy)  # type: ignore[union-attr]
    assert len(running.window.session.documents) == 2
    assert not list(folder.iterdir())
    for key in list(running.window.session.documents):
        running.window.desk.remove(key, "")
    running.close()
    assert not folder.parent.exists()


def test_a_frame_that_went_is_told_of_and_waited_for(
    window_with_result: RunningApp, small: Path
) -> None:
    window_with_result.window.close()
    away = small.with_suffix(".away")
    small.rename(away)
    running = again()
    window = running.window
    window.begin_session(restore=True)
    waiting.in_window(lambda: not window.keeper.busy)
    assert [d.frame.name for d in window.session.documents.values()] == ["second"]
    assert window.notices.current
    assert "small" in window.notices.current.message
    running.close()
    away.rename(small)
    running = again()
    running.window.begin_session(restore=True)
    waiting.in_window(lambda: not running.window.keeper.busy)
    kept = {d.frame.name: len(d.results) for d in running.window.session.documents.values()}
    assert kept == {"second": 0, "small": 1}
    running.close()


def test_the_oldest_results_make_room(window_with_result: RunningApp) -> None:
    window = window_with_result.window
    memory = window.memory
    key = next(iter(window.session.documents))
    one = window.keeper.store.size  # type: ignore[union-attr]
    memory.settings = replace(memory.settings, session_gb=1.5 * one / 1e9)
    window.enhance(replace(SHARP, denoise=False, quality="best"))
    waiting.in_window(lambda: window.settled and not window.keeper.busy)
    waiting.in_window(lambda: bool(window.notices.current))
    results = window.session.documents[key].results
    assert [r.options.quality for r in results if r.options] == ["best"]
    assert window.notices.current
    assert "oldest results" in window.notices.current.message
    assert len(list(window.keeper.store.folder.iterdir())) == 1  # type: ignore[union-attr]


@pytest.mark.usefixtures("qapp")
@pytest.mark.usefixtures("caplog")  # what cannot be read is logged
def test_damaged_sessions_stop_nobody(tmp_path: Path) -> None:
    base = Path(os.environ["ASTROVIEW_CONFIG_DIR"]) / "sessions"
    for name, text in (("a", "{"), ("b", "[]"), ("c", '{"version": 9}'), ("d", '{"version": 1}')):
        (base / name).mkdir(parents=True)
        (base / name / "session.json").write_text(text)
    running = again()
    window: MainWindow = running.window
    window.begin_session(restore=True)
    waiting.in_window(lambda: not window.keeper.busy)  # type: ignore[union-attr]
    bad = tmp_path / f"bad{SUFFIX}"
    bad.write_bytes(b"PK\x03\x04 no zip")
    window.keeper.open(bad)  # type: ignore[union-attr]
    waiting.in_window(lambda: bool(window.notices.current))
    assert "cannot be opened as a session" in window.notices.current.message  # type: ignore[union-attr]
    running.close()
    assert (base / "a" / "session.json").read_text() == "{"


@pytest.mark.qt_log_ignore("propagateSizeHints")  # of a dialog, without a screen
@pytest.mark.parametrize("choice", ["go on next time", "then quit", "Stop"])
@pytest.mark.usefixtures("own_data", "qapp")
def test_quitting_asks_what_becomes_of_work(small: Path, choice: str) -> None:
    running = again()
    window = running.window
    window.open([small])
    waiting.in_window(lambda: window.settled and bool(window.session.documents))
    window.enhance(SHARP)
    waiting.in_window(lambda: window.enhancing.running)
    window.actions_["quit"].trigger()
    asked = window.leaving.asked
    assert asked
    assert window.isVisible()
    next(button for button in asked.buttons() if choice in button.text()).click()
    waiting.in_window(lambda: not window.isVisible())
    running.close()
    running = again()
    window = running.window
    window.begin_session(restore=True)
    waiting.in_window(lambda: not window.keeper.busy and window.settled)
    results = next(iter(window.session.documents.values())).results
    assert len(results) == (0 if choice == "Stop" else 1)
    window.actions_["quit"].trigger()
    assert not window.isVisible()
    running.close()
