"""A second window for a second screen: the same session, another picture of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import waiting
from astropy.io import fits
from astropy.wcs import WCS
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from astroview.core.settings import Settings
from astroview.ui.app import RunningApp, start
from astroview.ui.main_window import MainWindow
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.viewer import panes
from astroview.ui.viewer.second.second_controller import SecondRoom
from astroview.ui.viewer.second.session_mirror import Shows
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.viewer.viewport import Viewport

STAR = (150.006, 2.004)
Wait = Callable[..., None]


def write(path: Path, turn: float, arcsec: float, mirrored: bool = False) -> WCS:
    """A star on a flat sky, on a plane that is turned, scaled and perhaps mirrored."""
    wcs = WCS(naxis=2)
    wcs.wcs.ctype = ["RA---TAN", "DEC--TAN"]
    wcs.wcs.crval, wcs.wcs.crpix = [150.0, 2.0], [61.0, 58.0]
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    side = 1.0 if mirrored else -1.0
    wcs.wcs.cd = arcsec / 3600 * np.array([[side * c, s], [-side * s, c]])
    x, y = wcs.wcs_world2pix([STAR], 0)[0]
    down, across = np.mgrid[:120, :130]
    star = 900 * np.exp(-((across - x) ** 2 + (down - y) ** 2) / (2 * 2.5**2))
    fits.writeto(path, (100 + star).astype(np.float32), wcs.to_header())
    return wcs


@pytest.fixture
def three(window: MainWindow, wait: Wait, tmp_path: Path) -> tuple[MainWindow, list[WCS]]:
    """Frames of one star: as it is, turned with larger pixels, and mirrored."""
    looks = ((0.0, 2.0, False), (35.0, 3.0, False), (-70.0, 1.5, True))
    paths = [tmp_path / f"frame {i}.fits" for i in range(3)]
    skies = [write(path, *look) for path, look in zip(paths, looks, strict=True)]
    window.open(paths)
    wait(lambda: window.settled and len(window.session.documents) == 3)
    window.session.select(1)
    wait()
    window.actions_["second"].trigger()
    wait()
    return window, skies


def room_of(window: MainWindow) -> SecondRoom:
    assert window.second.room is not None
    return window.second.room


def middle(viewer: Viewer, sky: WCS) -> NDArray[np.float64]:
    """The sky in the middle of the picture, as the frame's own WCS has it."""
    place = viewer.scene_at(viewer.panes()[0].area.center())
    return np.array(sky.wcs_pix2world([[place.x() - 0.5, 120 - place.y() - 0.5]], 0)[0])


def north(viewer: Viewer, sky: WCS) -> float:
    """Where north points to on the screen, in degrees."""
    at = middle(viewer, sky)
    x, y = np.transpose(sky.wcs_world2pix([at, at + np.array([0, 0.002])], 0))
    scene = [QPointF(a + 0.5, 120 - b - 0.5) for a, b in zip(x, y, strict=True)]
    place = viewer.placing(viewer.panes()[0])
    step = place.point(scene[1]) - place.point(scene[0])
    return float(np.degrees(np.arctan2(step.y(), step.x())))


def test_both_windows_show_the_same_sky_of_unlike_frames(
    three: tuple[MainWindow, list[WCS]], wait: Wait
) -> None:
    window, skies = three
    room = room_of(window)
    keys = list(window.session.documents)
    for key, sky, pixel in ((keys[1], skies[1], 3.0), (keys[2], skies[2], 1.5)):
        room.window.wished.emit(Shows("held", (key, "")))
        wait()
        window.viewer.set_view(Viewport(70.0, 50.0, 5.0, 20.0))
        wait()
        assert room.mirror.session.selection
        assert room.mirror.session.selection.document.key == key
        there, here = middle(room.viewer, sky), middle(window.viewer, skies[0])
        assert np.hypot(*((there - here) * 3600)) < 0.5  # arcsec; a pixel has 1.5 and more
        assert room.viewer.view.zoom == pytest.approx(5.0 * pixel / 2.0, rel=0.01)
        apart = (north(room.viewer, sky) - north(window.viewer, skies[0]) + 180) % 360 - 180
        assert abs(apart) < 0.5
    # The other way round: what the second window is moved to, the first one shows too.
    room.viewer.set_view(room.viewer.view.moved(40, -30))
    wait()
    assert np.hypot(*((middle(room.viewer, skies[2]) - middle(window.viewer, skies[0])) * 3600)) < 1
    # Unlocked, each goes its own way.
    room.window.lock.click()
    before = room.viewer.view
    window.viewer.set_view(Viewport(20.0, 90.0, 2.0))
    wait()
    assert room.viewer.view == before


def test_it_opens_and_follows_without_moving_the_first(
    three: tuple[MainWindow, list[WCS]], wait: Wait
) -> None:
    window, _ = three
    room = room_of(window)
    room.window.close()
    wait()
    assert window.second.room is None
    assert not window.actions_["second"].isChecked()
    window.viewer.set_view(Viewport(40.0, 44.0, 7.0))
    wait()
    window.actions_["second"].trigger()
    wait()
    assert window.viewer.view == Viewport(40.0, 44.0, 7.0)
    room = room_of(window)
    assert room.viewer.view == window.viewer.view
    window.actions_["invert"].trigger()  # the display follows
    wait()
    assert room.viewer.shown
    assert window.viewer.shown
    assert room.viewer.shown.before.look == window.viewer.shown.before.look
    grey = room.viewer.grab().toImage().pixelColor(30, 200).lightness()
    assert grey == window.viewer.grab().toImage().pixelColor(30, 200).lightness()


def test_tiles_in_the_second_window_choose_what_the_first_looks_at(
    three: tuple[MainWindow, list[WCS]], wait: Wait
) -> None:
    window, _ = three
    room = room_of(window)
    room.window.wished.emit(Shows("tiles"))
    wait()
    found = room.viewer.panes()
    assert [pane.shows for pane in found] == [panes.GRID, panes.GRID + 1, panes.GRID + 2]
    at = found[2].area.center().toPoint()
    QTest.mouseClick(room.viewer, Qt.MouseButton.LeftButton, pos=at)
    wait()
    assert window.selection
    assert window.selection.document.key == list(window.session.documents)[2]
    activate(room.window)
    hover(room.viewer, at + QPoint(3, 3))
    wait(window.parts.status.sky.text, 10)
    assert window.parts.status.sky.text().startswith("RA 10 00 0")
    # A frame that is closed while it is held gives way to what is looked at.
    key = next(iter(window.session.documents))
    room.window.wished.emit(Shows("held", (key, "")))
    wait()
    window.session.remove(key)
    wait()
    assert room.mirror.shows == Shows()
    assert key not in room.mirror.session.documents


def test_keys_in_the_second_window_work_on_the_session(
    three: tuple[MainWindow, list[WCS]], wait: Wait
) -> None:
    window, _ = three
    room = room_of(window)
    activate(room.window)
    QTest.keyClick(room.viewer, Qt.Key.Key_3)
    wait()
    assert window.selection
    assert window.selection.document.key == 3
    assert room.mirror.session.selection
    assert room.mirror.session.selection.document.key == 3
    near = room.viewer.view.zoom
    QTest.keyClick(room.viewer, Qt.Key.Key_Plus)
    wait()
    assert room.viewer.view.zoom > near
    QTest.keyClick(room.viewer, Qt.Key.Key_F11)
    assert room.window.isFullScreen()
    assert not room.window.shows.isVisible()
    QTest.keyClick(room.viewer, Qt.Key.Key_Escape)
    assert not room.window.isFullScreen()
    assert not window.isFullScreen()
    # Every control is reached by Tab and has a name.
    for control in (room.window.shows, room.window.lock, room.viewer):
        assert control.accessibleName()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus


def hover(viewer: Viewer, at: QPoint) -> None:
    """The mouse moves there; a screen of the tests lets windows lie on one another."""
    place, none = QPointF(at), Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, viewer.mapToGlobal(place), none, none,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(viewer, event)


def activate(widget: QWidget) -> None:
    widget.activateWindow()
    QTest.qWaitForWindowActive(widget)
    widget.findChild(Viewer).setFocus()  # type: ignore[union-attr]


@pytest.fixture
def lasting(qapp: QApplication) -> Iterator[Callable[[], RunningApp]]:
    """Starts the application with its session, one after the other."""
    started: list[RunningApp] = []

    def begin() -> RunningApp:
        running = start(RememberedChoices(Settings(theme="light")))
        running.window.show()
        running.window.resize(1100, 700)
        started.append(running)
        return running

    yield begin
    for running in started:
        running.close()
    qapp.processEvents()


def test_the_session_brings_it_back(lasting: Callable[[], RunningApp], tmp_path: Path) -> None:
    paths = [tmp_path / "a.fits", tmp_path / "b.fits"]
    for i, path in enumerate(paths):
        write(path, 10.0 * i, 2.0)

    def rest(running: RunningApp, count: int) -> None:
        window = running.window
        assert window.keeper
        keeper, there = window.keeper, window.session.documents
        waiting.in_window(lambda: len(there) == count and window.settled and not keeper.busy)

    first = lasting()
    first.window.open(paths)
    rest(first, 2)
    first.window.session.select(1)
    room = first.window.second.open()
    room.show(Shows("held", (2, "")))
    room.window.setGeometry(60, 50, 520, 410)
    room.lock(on=False)
    rest(first, 2)
    room.viewer.set_view(replace(room.viewer.view, zoom=3.0))
    first.window.close()
    again = lasting()
    again.window.begin_session(restore=True)
    rest(again, 2)
    back = room_of(again.window)
    chosen = back.mirror.session.selection
    assert chosen
    assert chosen.document.frame.name == "b"
    assert back.mirror.shows.what == "held"
    assert not back.link.on
    assert not back.window.lock.isChecked()
    assert (back.window.width(), back.window.height()) == (520, 410)
