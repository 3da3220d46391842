"""Variations, hints and reference pictures through the real window and a real worker."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from by_name import find, words
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from astroview.core.colour_hints import Colouring, Hint
from astroview.core.enhance import sidecar
from astroview.core.frame import Frame, Window
from astroview.core.messages.worker_messages import Coarse, Tile
from astroview.core.options import EnhanceOptions
from astroview.ui.main_window import MainWindow
from astroview.ui.viewer.panes import Mode


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASTROVIEW_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


@pytest.fixture
def opened(window: MainWindow, wait, small: Path) -> MainWindow:
    window.open([small])
    wait()
    return window


def painted(window: MainWindow) -> tuple[Frame, np.ndarray]:
    assert window.selection
    result = window.selection.result
    assert result, window.notices.current
    return result.frame, result.frame.read_chroma()


def at(window: MainWindow, x: float, y: float) -> QPoint:
    """Where a scene point stands on the viewer."""
    viewer = window.viewer
    return viewer.placing(viewer.panes()[-1]).point(QPointF(x, y)).toPoint()


def test_variations_of_this_frame_and_one_click_recolours(opened: MainWindow, wait, qtbot: QtBot):
    window = opened
    strip = window.parts.enhance.steer.strip
    assert strip.isVisibleTo(window)
    assert not strip.thumbs[0].isEnabled()  # still to come
    window.worker.probe()  # as the app does once the window stands
    wait(lambda: all(thumb.value for thumb in strip.thumbs) and window.steering.variations.settled)
    assert len({thumb.value for thumb in strip.thumbs}) == 5

    # Before any result a click is a choice.
    qtbot.mouseClick(strip.thumbs[1], Qt.MouseButton.LeftButton)
    chosen = strip.thumbs[1].value
    assert window.parts.enhance.options.palette == chosen
    assert strip.thumbs[1].isChecked()
    assert not window.enhancing.running
    window.actions_["enhance"].trigger()
    wait()
    frame, first = painted(window)
    assert any(chosen in line for line in frame.history)

    # With one it colours that anew: the samples stay.
    assert window.selection
    before = window.selection.result
    qtbot.mouseClick(strip.thumbs[2], Qt.MouseButton.LeftButton)
    wait()
    frame, second = painted(window)
    after = window.selection.result
    assert before
    assert after
    assert after.outputs
    assert before.outputs
    assert after.id != before.id
    assert after.outputs.source == before.outputs.source
    assert window.selection.document.results == (before, after)
    assert np.abs(second - first).max() > 0.01
    assert any(strip.thumbs[2].value in line for line in frame.history)

    # And back, and forth.
    assert window.actions_["undo"].isEnabled()
    window.actions_["undo"].trigger()
    wait()
    assert np.array_equal(painted(window)[1], first)
    assert strip.thumbs[1].isChecked()
    window.actions_["redo"].trigger()
    wait()
    assert np.array_equal(painted(window)[1], second)


def test_hints_are_painted_moved_deleted_kept_and_told(
    opened: MainWindow, wait, qtbot: QtBot, small: Path, tmp_path: Path
):
    window, viewer, left = opened, opened.viewer, Qt.MouseButton.LeftButton
    window.actions_["hints"].trigger()
    bar = window.parts.enhance.steer.hints
    assert bar.is_painting
    qtbot.mouseClick(viewer, left, pos=at(window, 30, 40))  # there is no result yet
    assert len(window.steering.colouring.hints) == 1
    wait()
    frame, chroma = painted(window)
    assert (frame.scale, frame.shape) == (1, (72, 96))
    hint = window.steering.colouring.hints[0]
    assert abs(hint.x - 30) < 1
    assert abs(hint.y - 40) < 1
    assert chroma[40, 30, 0] > 0.02  # reddish, as the first colour of the brush
    assert "1 hint" in words(bar)

    window.comparing.set_mode(Mode.RESULT)
    shown = window.steering.colouring.hints[0]
    qtbot.mousePress(viewer, left, pos=at(window, shown.x, shown.y))
    qtbot.mouseMove(viewer, at(window, 60, 50))
    qtbot.mouseRelease(viewer, left, pos=at(window, 60, 50))
    wait()
    assert [round(h.x) for h in window.steering.colouring.hints] == [60]
    view = viewer.view
    assert viewer.view == view  # the drag moved the hint, not the picture

    window.actions_["save_colours"].trigger()
    wait()
    kept = sidecar.load(small, "0/0")
    assert kept == window.steering.colouring
    assert sidecar.beside(small).is_file()
    window.save_as(tmp_path / "out.fits")
    wait()
    with fits.open(tmp_path / "out.fits") as hdus:
        told = "".join(hdus[0].header["HISTORY"])
    assert "1 colour hint by hand" in told

    qtbot.mouseClick(viewer, Qt.MouseButton.RightButton, pos=at(window, 60, 50))
    wait()
    assert window.steering.colouring.hints == ()
    window.actions_["undo"].trigger()
    wait()
    assert len(window.steering.colouring.hints) == 1
    qtbot.mouseClick(viewer, left, pos=at(window, 60, 50))
    qtbot.keyClick(viewer, Qt.Key.Key_Delete)
    assert window.steering.colouring.hints == ()
    assert window.selection  # Del deleted the hint and closed no frame
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    assert not bar.is_painting
    wait()


def test_the_eyedropper_takes_a_colour_from_the_picture(opened: MainWindow, wait, qtbot: QtBot):
    window, bar = opened, opened.parts.enhance.steer.hints
    window.enhance(EnhanceOptions(superres=None, palette="blue"))
    wait()
    window.comparing.set_mode(Mode.RESULT)
    bar.set_painting(on=True)
    find(bar, QToolButton, "Eyedropper").click()
    qtbot.mouseClick(window.viewer, Qt.MouseButton.LeftButton, pos=at(window, 48, 36))
    expected = painted(window)[1][35:38, 47:50].reshape(-1, 2).mean(0)
    assert np.abs(np.array(bar.chroma) - expected).max() < 0.02
    assert not bar.is_picking
    assert window.steering.colouring.hints == ()


def test_a_dropped_picture_lends_its_palette(opened: MainWindow, wait, tmp_path: Path):
    window = opened
    window.enhance(EnhanceOptions(superres=None, palette="blue"))
    wait()
    blue = painted(window)[1]
    y, x = np.mgrid[:80, :80]
    light = np.exp(-((y - 40) ** 2 + (x - 40) ** 2) / 700)[..., None]
    path = tmp_path / "gold.png"
    Image.fromarray((light * (250, 170, 50)).astype(np.uint8)).save(path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop = (QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    strip = window.parts.enhance.steer.strip
    strip.dropEvent(QDropEvent(*drop, Qt.KeyboardModifier.NoModifier))
    wait(lambda: window.steering.colouring.reference)
    wait()
    frame, gold = painted(window)
    assert gold[..., 1].mean() > blue[..., 1].mean() + 0.01
    assert any("gold.png" in line and "sha256" in line for line in frame.history)
    assert strip.picture.isChecked()
    assert strip.picture.text() == "gold.png"
    assert len(window.desk.documents) == 1  # it was not opened as a frame

    window.steering.take_picture(window.selection.document.frame.path)  # type: ignore[union-attr, arg-type]
    wait(lambda: window.notices.current and window.notices.current.kind == "error")
    assert "grey" in window.notices.current.message  # type: ignore[union-attr]
    assert window.steering.colouring.reference


def test_colours_are_remembered_when_the_frame_is_opened_again(
    opened: MainWindow, wait, small: Path
):
    window = opened
    window.steering.choose(window.steering.colouring.with_palette("copper"))
    wait()
    window.actions_["close"].trigger()
    assert window.selection is None
    window.parts.enhance.show_colouring(Colouring("rose"))  # what other frames would begin with
    window.open([small])
    wait()
    assert window.steering.colouring.palette == "copper"
    assert window.parts.enhance.options.palette == "copper"


def test_the_view_is_refreshed_while_the_job_runs(window: MainWindow, wait, samples: Path):
    window.open([samples / "galaxy.fits"])
    wait()
    window.comparing.set_mode(Mode.RESULT)
    grey = window.viewer.grab().toImage()
    told: list[Coarse | Tile] = []
    window.worker.seen.connect(lambda _, event: told.append(event))
    window.enhance(EnhanceOptions(superres=None, palette="copper", tile=160))
    assert window.live.first_of(window.selection.document.frame) == Window(0, 0, 640, 640)  # type: ignore[union-attr]
    wait(lambda: window.live.showing)
    assert window.enhancing.running
    assert window.viewer.grab().toImage() != grey  # in colour before the result is there
    wait(lambda: any(isinstance(e, Tile) and e.part == "chroma" for e in told))
    wait()
    assert not window.live.showing
    assert isinstance(told[0], Coarse)
    coloured = painted(window)[1]
    assert window.selection
    result = window.selection.result
    assert result

    # Whoever goes back to the original sees the original.
    key = window.selection.document.key
    window.session.select(key)
    wait()
    assert not window.live.showing
    assert window.viewer.grab().toImage() == grey
    window.session.select(key, result.id)
    wait()

    # Cancelled: the old result stays, and nothing of the new one.
    window.steering.choose(window.steering.colouring.with_hint(Hint(300, 300, 0.1, 0.05)))
    wait(lambda: window.live.showing)
    window.actions_["cancel"].trigger()
    wait()
    assert not window.live.showing
    assert np.array_equal(painted(window)[1], coloured)


def test_a_change_while_our_job_runs_replaces_it(window: MainWindow, wait, samples: Path):
    window.open([samples / "galaxy.fits"])
    wait()
    window.enhance(EnhanceOptions(superres=None, palette="blue"))
    wait()
    for palette in ("copper", "rose", "gold"):
        window.steering.choose(window.steering.colouring.with_palette(palette))
    wait()
    frame, _ = painted(window)
    assert sum("palette gold" in line for line in frame.history) == 1
    assert window.selection
    assert len(window.selection.document.results) == 2  # what was asked for, and one draft


def test_sharpening_follows_its_choice(opened: MainWindow, wait):
    """With a result on screen: what is looked at comes first, and what was there is kept."""
    window = opened
    panel = window.parts.enhance
    panel.scale.button("1").click()  # a choice for later: there is no result yet
    assert not window.enhancing.running
    window.enhance()
    wait()
    window.viewer.zoom_to(3.0)
    seen: list[Tile] = []
    window.worker.seen.connect(lambda _, e: seen.append(e) if isinstance(e, Tile) else None)
    view = window.viewer.view
    first = window.selection.result
    panel.scale.button("2").click()
    assert window.enhancing.running
    wait()
    result = window.selection.result
    assert window.selection.document.results == (first, result)
    assert result.frame.shape == (144, 192)
    assert result.frame.chroma is not None
    assert window.viewer.view == view
    assert seen  # tiles were shown as they came
    panel.scale.button("1").click()  # what was made before is there at once
    assert not window.enhancing.running
    assert window.selection.result == first

    # Changed while it runs, the last choice counts, colour or not.
    panel.scale.button("2").click()
    window.steering.choose(window.steering.colouring.with_palette("copper"))
    wait()
    result = window.selection.result
    assert result is not None
    assert result.frame.scale == 2
    assert any("palette copper" in line for line in result.frame.history)


def test_colour_frames_are_not_steered(window: MainWindow, wait, tmp_path: Path):
    path = tmp_path / "rgb.png"
    Image.fromarray(np.random.default_rng(1).integers(0, 255, (40, 40, 3), np.uint8)).save(path)
    window.open([path])
    wait()
    assert not window.parts.enhance.steer.isVisibleTo(window)
    assert not window.actions_["hints"].isEnabled()


@pytest.mark.warns
def test_thumbnails_that_fail_say_so_and_can_be_tried_again(opened: MainWindow, wait):
    window, strip = opened, opened.parts.enhance.steer.strip
    window.worker.probe()
    wait(lambda: window.steering.variations._asked)
    window.worker.kill()
    wait(lambda: "stopped" in words(strip))
    strip.again.emit()
    wait(lambda: all(thumb.value for thumb in strip.thumbs))
    assert "stopped" not in words(strip)


def test_a_pixel_that_is_seen_in_part_is_looked_at(window: MainWindow, wait, samples: Path):
    window.open([samples / "galaxy.fits"])
    wait()
    window.viewer.zoom_to(3.0)
    wait()
    assert window.selection
    seen, first = window.viewer.visible, window.live.first_of(window.selection.document.frame)
    assert first
    assert first.height < 640
    assert 0 <= seen.top() - first.y < 1
    assert 0 <= seen.left() - first.x < 1
    assert 0 <= first.y + first.height - seen.bottom() < 1
    assert 0 <= first.x + first.width - seen.right() < 1
