"""Drop, start, pause, cancel, reorder, retry, open, resume: batches through the real window.

The process behind it is the real command with the bundled models on tiny frames.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from astroview.core.messages.batch_messages import ItemState
from astroview.core.settings import BatchSettings, Settings
from astroview.ui.app import start
from astroview.ui.batch.batch_phase import Phase
from astroview.ui.batch.queue_model import Column
from astroview.ui.main_window import MainWindow
from astroview.ui.remembered_choices import RememberedChoices

FRAMES = 10  # more than are read ahead
SHARPEN = BatchSettings(colour=False, device="cpu")


def frame(path: Path, seed: int) -> Path:
    """A little sky of its own."""
    rng = np.random.default_rng(seed)
    path.parent.mkdir(parents=True, exist_ok=True)
    fits.PrimaryHDU(rng.normal(100, 5, (40, 48)).astype(np.float32)).writeto(path)
    return path


@pytest.fixture
def queued_folder(tmp_path: Path) -> Path:
    """A folder with a sub-folder: `FRAMES` frames, and one that is none."""
    folder = tmp_path / "night"
    for number in range(10, 10 + FRAMES):
        frame(folder / ("late" if number > 14 else "") / f"m{number}.fits", number)
    (folder / "m9.fits").write_text("<html>404</html>")
    (folder / "notes.txt").write_text("clouds")
    return folder


@pytest.fixture
def choices(window: MainWindow) -> BatchSettings:
    window.batch.panel.strip.set_choices(SHARPEN)
    return SHARPEN


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(300, 300), copy, data, left, Qt.KeyboardModifier.NoModifier)
    assert window.filing.eventFilter(window, event)


def states(window: MainWindow) -> dict[str, str]:
    return {row.name: row.state for row in window.batch.panel.model.rows}


def select(window: MainWindow, name: str) -> None:
    view = window.batch.panel.view
    shown = window.batch.panel.shown
    row = next(r for r in range(shown.rowCount()) if shown.index(r, 0).data() == name)
    both = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    view.selectionModel().setCurrentIndex(shown.index(row, 0), both)


@pytest.mark.usefixtures("choices")
def test_a_night_from_drop_to_result(
    window: MainWindow, wait, queued_folder: Path, qtbot: QtBot
) -> None:
    batch, panel, act = window.batch.batching, window.batch.panel, window.actions_
    qtbot.keyClick(window, Qt.Key.Key_F3)
    assert window.spaces.current == "batch"
    drop(window, queued_folder)
    wait(lambda: batch.settled and panel.model.rowCount())
    assert set(states(window)) == {"m9.fits", *(f"m{k}.fits" for k in range(10, 10 + FRAMES))}
    assert panel.look.button == f"Enhance {FRAMES + 1} frames"
    out = Path(panel.strip.folder)
    assert out == queued_folder.with_name("night_enhanced")

    # Pause before anything can be done, then steer.
    act["batch_start"].trigger()
    wait(lambda: batch.phase is Phase.RUNNING and not batch.standing.searching)
    act["batch_pause"].trigger()
    wait(lambda: batch.phase is Phase.PAUSED)
    # On a busy machine the damaged one waits still, and is no frame to be taken out.
    left = [row.name for row in panel.model.rows if row.state == "waiting"]
    waiting = [name for name in left if name != "m9.fits"]
    assert len(waiting) >= 2
    select(window, waiting[0])
    act["batch_remove"].trigger()
    wait(lambda: states(window)[waiting[0]] == "cancelled")
    select(window, waiting[-1])
    act["batch_top"].trigger()
    order = [row.name for row in panel.model.rows if row.state == "waiting"]
    assert order[0] == waiting[-1]
    panel.press()  # says Resume now
    wait(lambda: batch.phase is Phase.ENDED)

    assert states(window) == {
        **dict.fromkeys(states(window), "done"), waiting[0]: "cancelled", "m9.fits": "failed"
    }  # fmt: skip
    bad = next(row for row in panel.model.rows if row.state == "failed")
    assert "text file" in bad.problem
    for row in panel.model.rows:
        assert (row.state == "done") == Path(row.target).is_file()
    assert not out.joinpath("m9_superres_x2.fits").exists()
    good = next(row for row in panel.model.rows if row.state == "done")
    for picture in (good.before, good.after):
        wait(lambda picture=picture: window.batch.thumbnails.get(picture))
        assert not window.batch.thumbnails.get(picture).isNull()
    card = panel.card.text
    assert card
    assert f"{FRAMES - 1} frames enhanced" in card.title
    assert "1 failed" in card.title
    assert {"Contact sheet", "Report (CSV)", "Report (JSON)"} <= {link.words for link in card.links}

    _look_at_a_result(window, wait, qtbot)
    _retry(window, wait, queued_folder, waiting[0])


def test_bands_of_one_field_become_one_picture(window: MainWindow, wait, tmp_path: Path) -> None:
    """Ticked once, three dropped bands are one row, and one result that opens beside its set."""
    folder = tmp_path / "field"
    for number, letter in enumerate("gri"):
        with fits.open(frame(folder / f"m31_{letter}.fits", number), mode="update") as hdus:
            hdus[0].header["FILTER"] = letter
    batch, panel = window.batch.batching, window.batch.panel
    panel.strip.set_choices(replace(SHARPEN, bands=True))
    window.spaces.go("batch")
    window.batch.add([folder])
    wait(lambda: batch.settled and panel.model.rowCount() == 3)
    assert (
        panel.look.button == "Compose and enhance"
    )  # not three results, and nobody knows how many
    batch.start()
    wait(lambda: batch.phase is Phase.ENDED)
    assert states(window) == {"m31_i-r-g.bands": "done"}
    select(window, "m31_i-r-g.bands")
    panel.view.open_current()
    wait(lambda: window.selection and window.selection.result)
    assert window.selection.document.frame.channels == 3
    assert window.selection.result.frame.shape == (80, 96)


def _look_at_a_result(window: MainWindow, wait, qtbot: QtBot) -> None:
    panel = window.batch.panel
    done = next(row for row in panel.model.rows if row.state == "done")
    select(window, done.name)
    where = panel.view.visualRect(panel.view.currentIndex()).center()
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseDClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert window.spaces.current == "view"
    wait(lambda: window.selection and window.selection.result)
    wait()
    result = window.selection.result
    assert window.selection.document.frame.path == Path(done.path)
    assert result.frame.path == Path(done.target)
    assert result.frame.shape == (80, 96)
    assert result.frame.scale == 2
    panel.view.open_current()  # a second time: it is not listed twice
    wait()
    assert len(window.desk.documents) == 1
    assert len(window.selection.document.results) == 1


def _retry(window: MainWindow, wait, queued_folder: Path, cancelled: str) -> None:
    batch, panel = window.batch.batching, window.batch.panel
    window.spaces.go("batch")
    (queued_folder / "m9.fits").unlink()
    frame(queued_folder / "m9.fits", 9)
    before = {row.id: row.seconds for row in panel.model.rows if row.state == "done"}
    panel.card.press("Retry failed")
    wait(lambda: batch.phase is Phase.ENDED)
    assert set(states(window).values()) == {"done"}
    assert {row.id: row.seconds for row in panel.model.rows if row.id in before} == before
    assert states(window)[cancelled] == "done"
    window.actions_["batch_clear"].trigger()
    assert panel.model.rowCount() == 0


@pytest.mark.warns
@pytest.mark.qt_log_ignore("propagateSizeHints")  # of a dialog, without a screen
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of Unix")
@pytest.mark.usefixtures("choices")
def test_killed_and_resumed_and_quit_and_resumed(
    window: MainWindow, wait, queued_folder: Path, qapp: QApplication
) -> None:
    batch, panel = window.batch.batching, window.batch.panel
    (queued_folder / "m9.fits").unlink()
    window.batch.add([queued_folder])
    wait(lambda: batch.settled)
    batch.start()
    wait(lambda: panel.model.counts["done"] >= 1)
    os.kill(batch.running.process.pid, signal.SIGKILL)
    wait(lambda: batch.phase is Phase.ENDED)
    notice = window.notices.current
    assert notice
    assert "unexpectedly" in notice.message
    assert notice.button == "Resume"
    assert panel.look.button == "Resume"
    done = panel.model.ids("done")
    window.notices.act()
    wait(lambda: batch.phase is Phase.RUNNING)

    # Quitting asks; the batch is offered again when the window opens the next time.
    assert not window.close()
    box = window.batch.quitting.asked
    assert box
    assert "Quit now?" in box.text()
    next(button for button in box.buttons() if button.text() == "Keep running").click()
    assert window.isVisible()
    assert batch.active
    assert not window.close()
    next(b for b in window.batch.quitting.asked.buttons() if b.text() == "Quit").click()
    wait(lambda: not window.isVisible())
    assert not batch.running.process.running

    again = start(RememberedChoices(Settings(theme="dark")))
    again.window.show()
    again.window.begin()
    assert again.window.notices.current
    other = again.window.batch
    assert other.panel.card.text
    assert other.panel.card.text.title == "A batch was interrupted"
    other.panel.card.press("Resume")
    wait(lambda: other.batching.phase is Phase.ENDED)
    assert set(other.panel.model.counts.elements()) <= {"done", "skipped"}
    assert len(other.panel.model.ids("skipped")) >= len(done)
    assert (
        len(list(queued_folder.with_name("night_enhanced").rglob("m*_superres_x2.fits"))) == FRAMES
    )
    again.close()
    qapp.processEvents()
    last = start(RememberedChoices(Settings(theme="dark")))
    assert last.window.batch.panel.card.text is None
    last.close()


@pytest.mark.usefixtures("choices")
def test_an_output_folder_in_use(
    window: MainWindow, wait, queued_folder: Path, tmp_path: Path
) -> None:
    from astroview.batch.journal import open_journal

    batch, panel = window.batch.batching, window.batch.panel
    window.batch.add([queued_folder])
    wait(lambda: batch.settled)
    out = tmp_path / "out"
    panel.strip.set_folder(str(out))
    panel.strip.folder_chosen.emit(str(out))
    with open_journal(out):
        batch.start()
        wait(lambda: not batch.active)
    notice = window.notices.current
    assert notice
    assert notice.kind == "error"
    assert "another batch" in notice.message.lower()
    assert batch.phase is Phase.DRAFT
    assert (
        panel.model.counts["ready"] == FRAMES + 1
    )  # nothing is lost: choose another folder and start
    assert panel.strip.folder == str(out)


@pytest.mark.usefixtures("choices")
def test_cancel_all_and_go_on(window: MainWindow, wait, queued_folder: Path) -> None:
    batch, panel = window.batch.batching, window.batch.panel
    window.batch.add([queued_folder])
    wait(lambda: batch.settled)
    batch.start()
    wait(lambda: panel.model.counts["running"])
    window.actions_["batch_stop"].trigger()
    assert batch.phase is Phase.STOPPING
    wait(lambda: batch.phase is Phase.ENDED)
    assert panel.card.text
    assert panel.card.text.title.startswith("Stopped")
    assert panel.model.counts["running"] == panel.model.counts["waiting"] == 0
    assert panel.look.button == "Resume"
    assert window.batch.may_close()


def test_nothing_to_enhance(window: MainWindow, wait, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.txt").write_text("clouds")
    window.spaces.go("batch")
    drop(window, tmp_path / "empty")
    wait(lambda: window.notices.current)
    assert "no frame in empty" in window.notices.current.message
    assert window.batch.panel.look.press == "nothing"
    assert not window.actions_["batch_start"].isEnabled()


def test_a_folder_with_many_frames_offers_a_batch(window: MainWindow, wait, tmp_path: Path) -> None:
    for number in range(12):
        frame(tmp_path / "many" / f"m{number}.fits", number)
    drop(window, tmp_path / "many")
    wait(lambda: window.notices.current)
    notice = window.notices.current
    assert notice.message == "many holds 12 frames."
    assert notice.button == "Enhance as a batch"
    window.notices.act()
    assert window.spaces.current == "batch"
    wait(lambda: window.batch.batching.settled and window.batch.panel.model.rowCount() == 12)
    window.spaces.go("view")
    wait()


def test_a_folder_with_many_frames_offers_the_lightbox(
    window: MainWindow, wait, tmp_path: Path
) -> None:
    for number in range(12):
        frame(tmp_path / "many" / f"m{number}.fits", number)
    drop(window, tmp_path / "many")
    wait(lambda: window.notices.current)
    notice = window.notices.current
    assert notice.other
    button = next(
        b for b in window.notices.findChildren(QPushButton) if b.text() == notice.other[0]
    )
    assert button.isVisible()
    button.click()
    assert window.spaces.current == "lightbox"
    wait(lambda: window.lightbox.panel.model.rowCount() == 12)
    names = {window.lightbox.panel.model.row_at(place).name for place in range(12)}
    assert names == {f"m{number}.fits" for number in range(12)}
    window.spaces.go("view")
    wait()


def test_the_same_failure_is_told_once_with_a_count(window: MainWindow) -> None:
    batch = window.batch.batching
    from astroview.core.messages.batch_messages import Item, Listed

    items = tuple(Item(f"i{k}", f"/n/m{k}00.fits", 1, f"/o/m{k}00.fits") for k in range(40))
    said = batch.running.process.said
    said.emit(Listed(items, more=False))
    for item in items:
        name = Path(item.path).name
        problem = f"{name} is damaged: the data end early"
        said.emit(ItemState(item.id, "failed", problem=problem, hint="Copy it again."))
    notice = window.notices.current
    assert notice
    assert notice.message == "40 frames failed: … is damaged: the data end early."
    buttons = window.notices.findChildren(QPushButton)
    assert not [b for b in buttons if b.isVisibleTo(window) and b.text().endswith("more")]
    window.notices.act()  # Show failed
    assert window.batch.panel.shown.rowCount() == 40
    window.notices.dismiss()
    said.emit(ItemState("i0", "failed", problem="m000.fits is damaged: the data end early"))
    assert window.notices.current is None  # dismissed is dismissed


def test_workspaces_by_key_and_switch(window: MainWindow, wait, small: Path, qtbot: QtBot) -> None:
    window.open([small])
    wait()
    act = window.actions_
    assert act["fit"].isEnabled()
    assert not act["batch_start"].isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_F3)
    assert window.spaces.current == "batch"
    assert act["space_batch"].isChecked()
    assert not act["fit"].isEnabled()
    assert window.batch.panel.empty.focused or not window.isActiveWindow()
    drop(window, small)
    wait(lambda: window.batch.batching.settled and window.batch.panel.model.rowCount())
    assert len(window.desk.documents) == 1
    assert window.batch.panel.model.index(0, Column.STATE).data() == "Ready"
    qtbot.keyClick(window, Qt.Key.Key_F2)
    assert window.spaces.current == "view"
    assert act["fit"].isEnabled()
    act["panels"].trigger()
    assert not window.batch.panel.side.isVisibleTo(window.batch.panel)
    act["panels"].trigger()


def test_a_folder_that_is_watched(window: MainWindow, wait, tmp_path: Path) -> None:
    batch, panel = window.batch.batching, window.batch.panel
    panel.strip.set_choices(replace(SHARPEN, watch=True))
    folder = tmp_path / "tonight"
    frame(folder / "m1.fits", 1)
    window.batch.add([folder])
    wait(lambda: batch.settled)
    batch.start()
    wait(lambda: panel.model.counts["done"] == 1 and "Watching" in panel.look.words)
    frame(folder / "m2.fits", 2)  # an instrument writes another one
    wait(lambda: panel.model.counts["done"] == 2)
    assert states(window) == {"m1.fits": "done", "m2.fits": "done"}
    window.actions_["batch_stop"].trigger()
    wait(lambda: batch.phase is Phase.ENDED)
    assert set(states(window).values()) == {"done"}
