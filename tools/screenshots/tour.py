"""Every page, panel and dialog of the real window, one after the other, on small frames.

Tests and galleries walk through it: what is said of "every page" is said of these. Pages of a
run need one that trains; `train_states` has those.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from astroview.ui.app import RunningApp
from astroview.ui.shell.notice import Notice
from astroview.ui.shell.preferences.settings_dialog import PAGES
from astroview.ui.snapshot import settle
from tools.screenshots.measure_gallery import drag
from tools.screenshots.tour_frames import write_frames, write_night

See = Callable[[str, QWidget], object]  # is told the name of a stop, and the window that shows it
SIDES = ("header", "history", "cursor_page", "region_panel", "catalogue_table", "photometry")
MODES = ("split", "side", "quad", "difference", "blink", "uncertainty")
ASKING = {  # dialogs that wait for an answer
    "turn": "turn_to", "smooth": "smooth_set", "percentiles": "limits_percentiles",
    "zscale": "limits_zscale", "contours": "contour_levels", "bits": "quality_bits",
    "trust": "trust_other", "name": "find_name",
}  # fmt: skip


def tour(running: RunningApp, folder: Path, see: See) -> None:
    """Bring the window from page to page; small frames are written into a folder."""
    window = running.window
    see("empty", window)
    _viewing(running, folder, see)
    _dialogs(running, see)
    _many(running, folder, see)


def _viewing(running: RunningApp, folder: Path, see: See) -> None:
    window, act = running.window, running.window.actions_
    cut, flagged, cube, *bands = write_frames(folder)
    window.open([cut])
    settle(running)
    see("frame", window)
    window.parts.display.unfold_tone()
    act["hints"].trigger()
    settle(running)
    see("hints", window)
    act["hints"].trigger()
    window.enhance(replace(window.parts.enhance.options, device="cpu"))
    act["quit"].trigger()
    assert window.leaving.asked
    see("ask-leave", window.leaving.asked)
    _leave(window.leaving.asked)
    settle(running)
    see("result", window)
    for mode in MODES:
        act[mode].trigger()
        settle(running)
        see(mode, window)
    act["blink"].setChecked(False)
    act["ledger"].trigger()
    settle(running)
    see("ledger", window)
    window.open([cube])
    settle(running)
    act["spectrum"].trigger()
    drag(running, QPointF(20, 20), QPointF(20, 20))
    settle(running)
    see("spectrum", window)
    window.open([flagged])
    settle(running)
    _measuring(running, see)
    window.open(bands)
    settle(running)
    see("bands-offered", window)
    window.composing.compose()
    settle(running)
    see("bands", window)
    act["tile"].trigger()
    settle(running)
    see("tile", window)
    act["tile"].trigger()


def _measuring(running: RunningApp, see: See) -> None:
    window, act = running.window, running.window.actions_
    for name in ("grid", "quality", "colour_bar", "furniture", "crosshair", "magnifier", "panner"):
        act[name].trigger()
    tools = {"measure_line": (20, 30, 120, 75), "measure_box": (10, 10, 60, 50),
             "measure_star": (20, 90, 20, 90), "region_circle": (90, 80, 96, 80)}  # fmt: skip
    for name, (x, y, to_x, to_y) in tools.items():
        act[name].trigger()
        drag(running, QPointF(x, y), QPointF(to_x, to_y))
        settle(running)
        see(name, window)
    act["cancel"].trigger()
    act["photometry"].trigger()
    window.knowing.photometry.page.measure.emit()
    settle(running)
    for name in SIDES:
        if not act[name].isChecked():
            act[name].trigger()
        settle(running)
        see(name, window)
        if act[name].isChecked():
            act[name].trigger()


def _dialogs(running: RunningApp, see: See) -> None:
    window, act = running.window, running.window.actions_
    window.tell(Notice("The last training was interrupted.", "It can go on.", "info", "Show", int))
    window.tell(Notice("“a-rather-long-name-of-a-file.fits” is no image.", "", "error"))
    act["commands"].trigger()
    settle(running)
    see("commands", window)
    assert window.habits.palette
    window.habits.palette.leave()
    act["compare_with"].trigger()
    settle(running)
    see("compare-with", window)
    if window.pairing.chooser:
        window.pairing.chooser.leave()
    window.notices.dismiss()
    window.notices.dismiss()
    act["second"].trigger()
    settle(running)
    assert window.second.room
    see("second", window.second.room.window)
    act["second"].trigger()
    act["settings"].trigger()
    dialog = window.settling.dialog
    assert dialog
    for page in PAGES:
        dialog.show_page(page)
        settle(running)
        see(f"settings-{page.split()[0].lower()}", dialog)
    _leave(dialog)
    sheets: dict[str, Callable[[], object]] = {
        name: act[name].trigger for name in ("keys", "guide", "about")
    }
    for name, show in sheets.items():
        made = _opened(running, show)
        see(name, made)
        if name == "about":
            (licences,) = made.findChildren(QPushButton)
            shown = _opened(running, licences.click)
            see("licences", shown)
            _leave(shown)
        _leave(made)
    for name, action in ASKING.items():
        _asked(name, act[action], see)


def _opened(running: RunningApp, show: Callable[[], object]) -> QDialog:
    """The dialog that is there now; asked for twice there is one."""
    before = set(running.window.findChildren(QDialog))
    show()
    show()
    settle(running)
    (made,) = set(running.window.findChildren(QDialog)) - before
    return made


def _leave(dialog: QDialog) -> None:
    """As a user does who changed his mind."""
    QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible(), f"Escape does not close {dialog.windowTitle()}"


def _asked(name: str, action: QAction, see: See) -> None:
    """What an action asks in a dialog that waits for the answer."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        try:
            see(f"ask-{name}", dialog)
            _leave(dialog)
        finally:
            dialog.reject()  # else nothing goes on

    if action.isEnabled():
        QTimer.singleShot(0, look)
        action.trigger()


def _many(running: RunningApp, folder: Path, see: See) -> None:
    window = running.window
    for space, states in (("batch", _batch), ("train", _train), ("lightbox", _lightbox)):
        window.spaces.go(space)
        settle(running)
        see(f"{space}-empty", window)
        states(running, folder, see)


def _batch(running: RunningApp, folder: Path, see: See) -> None:
    batch = running.window.batch
    batch.add([write_night(folder / "night")])
    settle(running, lambda: batch.batching.settled and not batch.busy)
    see("batch", running.window)
    batch.batching.start()
    running.window.close()
    assert batch.quitting.asked
    see("ask-quit", batch.quitting.asked)
    _leave(batch.quitting.asked)
    settle(running, lambda: not batch.batching.active)
    settle(running, lambda: not batch.busy)
    see("batch-done", running.window)


def _train(running: RunningApp, folder: Path, see: See) -> None:
    window, train = running.window, running.window.train
    shows: dict[str, Callable[[], object]] = {
        "gather": train.drafting.gather, "palettes": train.show_palettes,
        "import": train.show_import,
    }  # fmt: skip
    for name, show in shows.items():
        show()
        settle(running, lambda: not train.busy)
        see(f"train-{name}", window)
    train.take([folder / "night"])
    settle(running, lambda: train.panel.on_show == "new" and not train.curation.busy)
    train.form.fold.unfold(on=True)
    settle(running, lambda: not train.busy)
    see("train-new", window)


def _lightbox(running: RunningApp, folder: Path, see: See) -> None:
    box = running.window.lightbox
    box.take([folder / "night"])
    settle(running, lambda: not box.busy)
    box.sifting.measure()
    settle(running, lambda: not box.busy)
    box.panel.view.set_current(1)
    box.sifting.verdicts.rate(4)
    settle(running, lambda: not box.busy)
    see("lightbox", running.window)
