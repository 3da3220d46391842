"""Line, box and star through the real window; positions, grid and compass over the picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from astroview.core import settings
from astroview.core.options import EnhanceOptions
from astroview.core.settings import KnowSettings
from astroview.ui.main_window import MainWindow


def on_screen(window: MainWindow, x: float, y: float) -> QPoint:
    """Where a scene point is on the viewer's (first) pane."""
    viewer = window.viewer
    return viewer.placing(viewer.panes()[0]).point(QPointF(x, y)).toPoint()


def drag(qtbot: QtBot, window: MainWindow, start: tuple, end: tuple) -> None:
    a, b, viewer = on_screen(window, *start), on_screen(window, *end), window.viewer
    qtbot.mousePress(viewer, Qt.MouseButton.LeftButton, pos=a)
    qtbot.mouseMove(viewer, (a + b) / 2)
    qtbot.mouseMove(viewer, b)
    qtbot.mouseRelease(viewer, Qt.MouseButton.LeftButton, pos=b)


def rows(window: MainWindow) -> dict[str, str]:
    measured = window.knowing.measuring.measured
    return dict(measured.report.rows) if measured else {}


def test_line_box_and_star(window: MainWindow, wait, tiny_frame: Path, qtbot: QtBot) -> None:
    window.open([tiny_frame])
    wait()
    data = fits.getdata(tiny_frame)[::-1]
    window.actions_["measure_line"].trigger()
    assert "Drag a line" in window.knowing.panel.words
    view = window.viewer.view
    drag(qtbot, window, (5.5, 17.5), (45.5, 17.5))
    wait()
    assert window.viewer.view == view  # the tool took the mouse, the picture stayed
    assert float(rows(window)["Length"].split()[0]) == pytest.approx(40, abs=0.3)
    assert "adu" in window.knowing.panel.words
    window.actions_["measure_box"].trigger()
    assert not rows(window)
    drag(qtbot, window, (30, 5), (40, 15))
    wait()
    (x1, y1), (x2, y2) = window.knowing.measuring.measured.report.places
    inside = data[int(y1) : int(y2), int(x1) : int(x2)]
    assert float(rows(window)["Mean"]) == pytest.approx(inside.mean(), rel=1e-4)
    window.actions_["measure_star"].trigger()
    star = on_screen(window, 20.5, 48 - 30 - 0.5)
    qtbot.mouseClick(window.viewer, Qt.MouseButton.LeftButton, pos=star)
    wait()
    assert float(rows(window)["FWHM"].split()[0]) == pytest.approx(2 * 2.3548, rel=0.05)
    window.actions_["copy_result"].trigger()
    assert "Star profile\nSamples of\ttiny" in QGuiApplication.clipboard().text()
    qtbot.mouseClick(window.viewer, Qt.MouseButton.LeftButton, pos=on_screen(window, 50, 10))
    wait()
    assert "No star" in window.knowing.panel.words
    window.actions_["cancel"].trigger()
    assert window.knowing.measuring.hand.form is None
    assert window.body.sides.page is None
    drag(qtbot, window, (20, 20), (30, 30))
    assert window.viewer.view != view  # without a tool dragging pans again


def test_by_keyboard(window: MainWindow, wait, tiny_frame: Path, qtbot: QtBot) -> None:
    window.open([tiny_frame])
    wait()
    window.activateWindow()
    qtbot.keyClick(window.viewer, Qt.Key.Key_T)
    qtbot.keyClick(window.viewer, Qt.Key.Key_Return)
    wait()
    before = window.knowing.measuring.measured.report.places
    view = window.viewer.view
    qtbot.keyClick(window.viewer, Qt.Key.Key_Right)
    wait()
    assert window.viewer.view == view
    after = window.knowing.measuring.measured.report.places
    assert [x for x, _ in after] == [x + 1 for x, _ in before]
    qtbot.keyClick(window.viewer, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    wait()
    assert window.knowing.measuring.measured.report.places[1][1] == after[1][1] + 1
    qtbot.keyClick(window.viewer, Qt.Key.Key_Escape)
    assert window.knowing.marks.mark is None


def test_results_are_measured_on_their_own_samples(
    window: MainWindow, wait, small: Path, qtbot: QtBot
) -> None:
    window.open([small])
    wait()
    window.enhance(EnhanceOptions(colorizer=None))
    wait()
    window.actions_["side"].trigger()
    window.actions_["measure_box"].trigger()
    drag(qtbot, window, (20, 20), (40, 36))
    wait()
    left = float(rows(window)["Sum"])
    assert not window.knowing.measuring.measured.report.caution
    viewer = window.viewer
    right = viewer.panes()[1]
    a, b = (viewer.placing(right).point(QPointF(*p)).toPoint() for p in ((20, 20), (40, 36)))
    qtbot.mousePress(viewer, Qt.MouseButton.LeftButton, pos=a)
    qtbot.mouseMove(viewer, b)
    qtbot.mouseRelease(viewer, Qt.MouseButton.LeftButton, pos=b)
    wait()
    found = window.knowing.measuring.measured
    assert found.frame.scale == 2
    assert "not for photometry" in window.knowing.panel.words
    result = window.selection.result.frame
    (x1, y1), (x2, y2) = found.report.places
    inside = result.read()[int(y1) : int(y2), int(x1) : int(x2)]
    assert float(rows(window)["Sum"]) == pytest.approx(float(inside.sum()), rel=1e-5)
    assert left > 0


def test_a_mark_follows_to_another_plane_and_goes_with_another_frame(
    window: MainWindow, wait, tmp_path: Path, qtbot: QtBot, tiny_frame: Path
) -> None:
    path = tmp_path / "cube.fits"
    planes = np.stack([np.full((40, 50), float(n)) for n in range(4)])
    planes += np.random.default_rng(0).normal(0, 1e-3, planes.shape)
    fits.PrimaryHDU(planes.astype(np.float32)).writeto(path)
    window.open([path])
    wait()
    window.actions_["measure_box"].trigger()
    drag(qtbot, window, (10, 10), (20, 20))
    wait()
    assert float(rows(window)["Mean"]) == pytest.approx(0, abs=0.01)
    window.parts.frames.plane_chosen.emit(0, 2)
    wait()
    assert float(rows(window)["Mean"]) == pytest.approx(2, abs=0.01)
    window.open([tiny_frame])
    wait()
    assert window.knowing.marks.mark is None
    assert not rows(window)


def test_positions_in_the_words_that_were_chosen(
    window: MainWindow, wait, tiny_frame: Path, qtbot: QtBot
) -> None:
    window.open([tiny_frame])
    wait()
    status, viewer = window.parts.status, window.viewer
    at = on_screen(window, 10.5, 7.5)
    qtbot.mouseMove(viewer, at)
    wait(lambda: status.position.text() == "FITS 11, 41   from 0: 10, 40")
    assert status.sky.text().startswith("RA 14 03 ")
    window.actions_["sky_galactic"].trigger()
    qtbot.mouseMove(viewer, at + QPoint(1, 0))
    wait(lambda: status.sky.text().startswith("l "))
    window.actions_["copy_result"].trigger()
    assert "FITS 11, 41" in QGuiApplication.clipboard().text()
    assert settings.load().settings.know == KnowSettings(system="galactic")


def test_grid_compass_and_bar_lie_over_the_picture(
    window: MainWindow, wait, tiny_frame: Path, samples: Path
) -> None:
    window.open([tiny_frame])
    wait()
    viewer = window.viewer
    plain = viewer.grab().toImage()
    window.actions_["grid"].trigger()
    wait()
    assert len(window.knowing.grid.labels) >= 4
    assert viewer.grab().toImage() != plain
    window.actions_["furniture"].trigger()
    window.actions_["grid"].trigger()
    bare = viewer.grab().toImage()
    corner = viewer.rect().bottomLeft() + QPoint(20, -18)
    assert bare.pixelColor(corner) != plain.pixelColor(corner)
    window.actions_["grid"].trigger()
    window.open([samples / "nebula.png"])
    wait()
    assert "no sky coordinates" in window.notices.current.message
    assert not window.knowing.grid.labels


def test_magnifier_and_panner(
    window: MainWindow, wait, tiny_frame: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    window.open([tiny_frame])
    wait()
    navigator = window.knowing.sky.navigator
    assert navigator.isHidden()
    for name in ("magnifier", "panner"):
        window.actions_[name].trigger()
    qapp.processEvents()
    qtbot.mouseMove(window.viewer, on_screen(window, 20.5, 17.5))
    wait(lambda: navigator.magnifier.patch)
    wait()
    picture = navigator.magnifier.grab().toImage()
    middle, rim = picture.rect().center(), QPoint(3, 3)
    assert picture.pixelColor(middle).lightness() > picture.pixelColor(rim).lightness() + 60
    window.actions_["invert"].trigger()  # the mouse rests, the display changes
    wait()
    picture = navigator.magnifier.grab().toImage()
    assert picture.pixelColor(middle).lightness() < picture.pixelColor(rim).lightness() - 60
    window.viewer.zoom_to(20)
    panner = navigator.panner
    qtbot.mouseClick(panner, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert window.viewer.view.x < 4
    assert window.viewer.view.y < 4
    window.actions_["magnifier"].trigger()
    assert navigator.magnifier.isHidden()
    assert settings.load().settings.know == KnowSettings(panner=True)
