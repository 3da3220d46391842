"""Whole journeys with keys alone; no mouse is touched. Dialogs of files are the system's."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from tuning import ENDLESS, current, is_at

from astroview.core.io.open_file import open_frame
from astroview.core.settings import TrainSettings
from astroview.ui.main_window import MainWindow
from astroview.ui.train.runs.run_state import State
from astroview.ui.viewer.panes import Mode

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of dialogs, offscreen
Key, Held = Qt.Key, Qt.KeyboardModifier
Wait = Callable[..., None]


@pytest.fixture(autouse=True)
def _in_front(window: MainWindow) -> None:
    window.activateWindow()


def main_window() -> MainWindow:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))


def press(key: Qt.Key, held: Qt.KeyboardModifier = Held.NoModifier) -> None:
    """A key where the keyboard is; menus' keys are of the window."""
    if QApplication.activeWindow() is None:  # here no window manager gives it back after a dialog
        main_window().activateWindow()
        QApplication.processEvents()
    target = QApplication.focusWidget() or main_window()
    QTest.keyClick(target, key, held)


def command(window: MainWindow, letters: str) -> None:
    """A command by its letters: Ctrl+K, the letters, Enter."""
    press(Key.Key_K, Held.ControlModifier)
    assert window.habits.palette
    QTest.keyClicks(window.habits.palette.field, letters)
    press(Key.Key_Return)


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """What is chosen in the system's own dialogs of files."""

    def answer(path: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([str(path)], ""))
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(path))

    return answer


def test_open_enhance_compare_save(
    window: MainWindow, wait: Wait, small: Path, tmp_path: Path, answer: Callable[[Path], None]
) -> None:
    answer(small)
    press(Key.Key_O, Held.ControlModifier)
    wait(lambda: window.selection is not None)
    wait()
    press(Key.Key_E, Held.ControlModifier)
    wait(lambda: window.selection.document.results and window.settled)
    for key, mode in ((Key.Key_D, Mode.SIDE), (Key.Key_S, Mode.SPLIT), (Key.Key_B, Mode.BLINK)):
        press(key)
        assert window.viewer.mode is mode
    press(Key.Key_B)
    target = tmp_path / "saved.fits"
    answer(target)
    press(Key.Key_S, Held.ControlModifier)
    wait(target.exists)
    wait()
    assert open_frame(target).shape == (144, 192)


def test_a_region_is_put_moved_and_removed(window: MainWindow, wait: Wait, small: Path) -> None:
    window.open([small])
    wait()
    press(Key.Key_F6)
    window.viewer.setFocus()
    command(window, "draw circle")
    assert QApplication.focusWidget() is window.viewer
    press(Key.Key_Return)
    store = window.knowing.placed.store
    assert len(store.shapes) == 1
    x, y = store.shapes[0].source.points[0]
    for _ in range(3):
        press(Key.Key_Right)
    press(Key.Key_Down, Held.ShiftModifier)
    assert store.shapes[0].source.points[0] == pytest.approx((x + 3, y - 10))
    press(Key.Key_Delete)
    assert store.shapes == ()
    press(Key.Key_Z, Held.ControlModifier)
    assert store.shapes[0].source.points[0] == pytest.approx((x + 3, y - 10))


def test_a_batch(
    window: MainWindow, wait: Wait, tiny_frame: Path, tmp_path: Path, answer: Callable[[Path], None]
) -> None:
    night = tmp_path / "night"
    night.mkdir()
    for name in ("a", "b"):
        shutil.copy(tiny_frame, night / f"{name}.fits")
    press(Key.Key_F3)
    wait()
    answer(night)
    press(Key.Key_Return)  # “Add folder …” has the keyboard
    batch = window.batch
    wait(lambda: batch.panel.model.rowCount() == 2)
    wait(lambda: batch.batching.settled)
    press(Key.Key_Return, Held.ControlModifier)
    wait(lambda: batch.panel.model.counts["done"] == 2 and not batch.batching.active)
    batch.panel.view.setFocus()
    press(Key.Key_Down)
    press(Key.Key_Return)
    wait(lambda: window.spaces.current == "view" and window.selection is not None)
    wait()
    assert window.selection.document.results


@pytest.mark.slow
@pytest.mark.timeout(900)  # it trains, and judges what it learnt
@pytest.mark.usefixtures("own_data")
def test_a_model_is_tuned(
    window: MainWindow, wait: Wait, training_folder: Path, answer: Callable[[Path], None]
) -> None:
    press(Key.Key_F4)
    wait(lambda: not window.train.busy)
    space = window.train
    space.form.set_choices(
        TrainSettings(goal="sharp", superres="tiny", steps=ENDLESS, batch=4, device="cpu",
                      replay=0.0, unfolded=True)
    )  # fmt: skip
    answer(training_folder)
    press(Key.Key_Return)  # “Choose a folder …” has the keyboard
    wait(lambda: space.panel.on_show == "new" and not space.drafting.why_not, 240)
    press(Key.Key_Return, Held.ControlModifier)
    wait(is_at(window, State.TRAINING), 240)
    run = current(window)
    wait(lambda: run.story.learnt and run.story.learnt.step >= 3)
    command(window, "stop and keep")
    wait(is_at(window, State.DONE), 240)
    wait(lambda: not space.busy)
    assert run.story.verdict
