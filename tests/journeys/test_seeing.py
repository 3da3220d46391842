"""Changing how a frame looks, through the real window: undo, marks, maps, channels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from by_name import find
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QToolButton

from astroview.core.io.open_file import open_frame
from astroview.ui.display.colour_map_picker import ColourPicker
from astroview.ui.main_window import MainWindow
from astroview.ui.render import rendering
from astroview.ui.viewer import cursor_readout


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A 16-bit camera frame: sky, a saturated star; and a NaN corner in a float one."""
    sky = np.random.default_rng(2).normal(1000, 20, (120, 160))
    sky[50:70, 60:80] = 65535
    hdu = fits.PrimaryHDU(sky.astype(np.uint16))
    path = tmp_path / "camera.fits"
    hdu.writeto(path)
    holed = sky.astype(np.float32)
    holed[100:, :40] = np.nan
    fits.PrimaryHDU(holed, fits.Header({"SATURATE": 60000.0})).writeto(tmp_path / "holed.fits")
    return path


def image(window: MainWindow) -> QImage:
    window.viewer.fit()
    return window.viewer.grab().toImage()


def colours(picture: QImage) -> set[int]:
    pixels = picture.convertToFormat(QImage.Format.Format_RGB32)
    found = np.frombuffer(pixels.constBits(), np.uint32) | 0xFF000000
    return set(np.unique(found).tolist())


def test_changes_are_undone_and_redone_in_order(window: MainWindow, wait, small: Path) -> None:
    window.open([small])
    wait()
    act, panel = window.actions_, window.parts.display
    assert not act["undo"].isEnabled()
    panel.set_kind("log")
    panel.set_invert(on=True)
    panel.set_colour_map("heat")
    assert window.selection
    assert window.selection.document.display.colour_map == "heat"
    assert act["undo"].text() == "Undo colour map"
    act["undo"].trigger()
    act["undo"].trigger()
    wait()
    display = window.selection.document.display
    assert (display.colour_map, display.invert, display.stretch.kind) == ("grey", False, "log")
    assert not act["invert"].isChecked()
    assert find(panel, QComboBox, "Stretch").currentData() == "log"
    act["redo"].trigger()
    assert window.selection.document.display.invert
    act["reset"].trigger()
    assert window.selection.document.display == window.selection.document.loaded.opening
    act["undo"].trigger()
    assert window.selection.document.display.invert


def test_undo_goes_back_to_the_frame_it_changed(
    window: MainWindow, wait, small: Path, odd: Path
) -> None:
    window.open([small, odd])
    wait()
    first, second = window.desk.documents
    window.session.select(first)
    window.parts.display.set_kind("sqrt")
    window.session.select(second)
    window.actions_["undo"].trigger()
    wait()
    assert window.selection
    assert window.selection.document.key == first
    assert window.selection.document.display.stretch.kind != "sqrt"
    window.actions_["redo"].trigger()
    window.desk.remove(first, "")
    window.actions_["undo"].trigger()  # closing is a step, too
    wait(lambda: window.settled and first in window.desk.documents)
    window.actions_["undo"].trigger()
    assert window.selection.document.key == first
    assert window.selection.document.display.stretch.kind != "sqrt"


def test_missing_and_saturated_pixels_are_marked_on_demand(
    window: MainWindow, wait, odd: Path
) -> None:
    window.open([odd])
    wait()
    assert rendering.SATURATED_COLOUR not in colours(image(window))
    window.actions_["saturated"].trigger()
    wait()
    assert rendering.SATURATED_COLOUR in colours(image(window))
    window.open([odd.with_name("holed.fits")])
    wait()
    window.actions_["no_data"].trigger()
    window.actions_["saturated"].trigger()
    wait()
    found = colours(image(window))
    assert {rendering.NO_DATA_COLOUR, rendering.SATURATED_COLOUR} <= found
    window.session.step(-1)
    wait()  # remembered for each frame
    assert rendering.NO_DATA_COLOUR not in colours(image(window))


def test_right_drag_changes_contrast_and_bias_as_one_step(
    window: MainWindow, wait, small: Path, qtbot
) -> None:
    window.open([small])
    wait()
    viewer, right = window.viewer, Qt.MouseButton.RightButton
    qtbot.mousePress(viewer, right, pos=QPoint(200, 200))
    for step in range(1, 5):
        qtbot.mouseMove(viewer, QPoint(200 + 15 * step, 200 - 20 * step))
    qtbot.mouseRelease(viewer, right, pos=QPoint(260, 120))
    assert window.selection
    tone = window.selection.document.display.tone
    assert tone.contrast > 1
    assert tone.bias > 0.5
    assert window.undo.count() == 1
    wait()
    under = int(viewer.pointed_at(QPointF(260, 120)).x())
    assert f"from 0: {under}," in window.parts.status.position.text()
    window.actions_["undo"].trigger()
    assert window.selection.document.display.tone == rendering.Tone()


@pytest.mark.qt_log_ignore("This plugin does not support")  # menus, offscreen
def test_a_right_click_offers_what_is_done_at_that_place(
    window: MainWindow, wait, small: Path, qtbot
) -> None:
    window.open([small])
    wait()
    viewer, right, store = window.viewer, Qt.MouseButton.RightButton, window.knowing.placed.store
    place = QPoint(viewer.width() // 2, viewer.height() // 2)

    def clicked() -> dict[str, QAction]:
        qtbot.mousePress(viewer, right, pos=place)
        qtbot.mouseMove(viewer, place + QPoint(1, 1))  # a hand is never still
        qtbot.mouseRelease(viewer, right, pos=place + QPoint(1, 1))
        menu = window.picture_menu.menu
        assert menu is not None
        assert menu.isVisible()
        return {action.text(): action for action in menu.actions()}

    qtbot.mouseMove(viewer, place)
    wait()
    frame = window.session.documents[window.selection.document.key].loaded.frame
    told = cursor_readout.reading(frame, None, viewer.scene_at(place.toPointF()))
    clicked()["Copy value and position"].trigger()
    words = QApplication.clipboard().text()
    assert told.value in words
    assert told.position in words
    window.picture_menu.menu.close()
    clicked()["Circle here"].trigger()
    (circle,) = store.shapes
    assert circle.source.kind == "circle"
    scene = viewer.scene_at(place.toPointF())
    assert circle.source.points[0] == pytest.approx((scene.x(), scene.y()), abs=1)
    window.picture_menu.menu.close()
    offered = clicked()
    assert "Circle here" not in offered
    offered["Delete the region"].trigger()
    assert not store.shapes
    window.picture_menu.menu.close()
    assert window.selection
    assert window.selection.document.display.tone == rendering.Tone()


def test_colour_maps_stop_at_painted_colour(window: MainWindow, wait, small: Path) -> None:
    window.open([small])
    wait()
    window.actions_["next_colours"].trigger()
    assert window.selection
    assert window.selection.document.display.colour_map == "viridis"
    assert window.parts.display.mapped
    window.enhance()
    wait()
    assert window.selection.result
    assert not window.actions_["next_colours"].isEnabled()
    window.parts.display.set_colour_map("heat")
    assert window.selection.document.display.colour_map == "viridis"


def test_channels_linked_and_each_by_itself(window: MainWindow, wait, tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    cube = rng.normal([[[300]], [[100]], [[200]]], 5, (3, 90, 120)).astype(np.float32)
    cube[:, 40:50, 40:50] += 3000
    header = fits.Header({"CTYPE3": "RGB"})
    fits.PrimaryHDU(cube, header).writeto(tmp_path / "rgb.fits")
    window.open([tmp_path / "rgb.fits"])
    wait()
    assert window.selection
    display = window.selection.document.display
    assert display.joint
    assert display.bands
    panel = window.parts.display
    assert not find(panel, ColourPicker).isVisibleTo(panel)
    green, linked = find(panel, QToolButton, "G"), find(panel, QCheckBox, "Linked")
    assert green.isVisibleTo(panel)
    green.click()
    panel.set_limits(90.0, 500.0)
    changed = window.selection.document.display.bands
    assert changed
    assert (changed[1].low, changed[1].high) == (90, 500)
    assert changed[0] == display.bands[0]
    linked.click()
    wait()
    assert window.selection.document.display.bands is None
    window.actions_["undo"].trigger()
    window.save_as(tmp_path / "out.fits")
    wait()
    saved = open_frame(tmp_path / "out.fits")
    assert saved.header
    assert "Lupton" in str(saved.header["RENDERED"])
    assert "green rendered with asinh from 90 to 500" in str(saved.header["HISTORY"])
