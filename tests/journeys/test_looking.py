"""Zoom, pan, read-out, stretch, memory: looking at frames through the real window."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from breathing import Breathing
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from astroview.core import settings
from astroview.core.options import EnhanceOptions
from astroview.ui.app import start
from astroview.ui.main_window import MainWindow
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell import actions, workspaces
from astroview.ui.snapshot import snapshot


def wheel(window: MainWindow, at: QPointF, clicks: int) -> None:
    viewer = window.viewer
    event = QWheelEvent(
        at,
        viewer.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * clicks),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        *[False],  # not inverted; by position only
    )
    viewer.wheelEvent(event)


def test_zoom_at_cursor_and_pan(window: MainWindow, wait, small: Path, qtbot: QtBot) -> None:
    window.open([small])
    wait()
    viewer, at = window.viewer, QPointF(210, 340)
    before, near = viewer.scene_at(at), 1 / viewer.view.zoom  # it lies on whole screen pixels
    wheel(window, at, 3)
    after = viewer.scene_at(at)
    assert after.x() == pytest.approx(before.x(), abs=near)
    assert after.y() == pytest.approx(before.y(), abs=near)
    start = QPoint(100, 100)
    qtbot.mousePress(viewer, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(viewer, start + QPoint(16, -24))
    qtbot.mouseRelease(viewer, Qt.MouseButton.LeftButton, pos=start)
    moved = viewer.scene_at(at)
    assert (after.x() - moved.x()) * viewer.view.zoom == pytest.approx(16)
    assert (after.y() - moved.y()) * viewer.view.zoom == pytest.approx(-24)
    window.actions_["one"].trigger()
    assert viewer.view.zoom == pytest.approx(1 / viewer.devicePixelRatioF())
    window.actions_["fit"].trigger()
    assert viewer.visible.contains(QPointF(96, 72))


def test_read_out(window: MainWindow, wait, small: Path, qtbot: QtBot) -> None:
    window.open([small])
    wait()
    assert window.selection
    viewer, frame = window.viewer, window.selection.document.frame
    at = QPoint(viewer.width() // 2 + 3, viewer.height() // 2 + 5)
    qtbot.mouseMove(viewer, at)
    status = window.parts.status
    scene = viewer.pointed_at(QPointF(at))
    x, y = int(scene.x()), int(scene.y())
    value = float(frame.read()[y, x])
    wait(lambda: status.position.text().startswith(f"FITS {x + 1}, {72 - y} "))
    assert float(status.value.text().split()[0]) == pytest.approx(value, rel=1e-4)
    assert ("+" in status.sky.text()) or ("-" in status.sky.text())


def test_a_resting_cursor_reads_what_is_there_now(
    window: MainWindow, wait, small: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """Another frame under it, another system of coordinates, and nothing of what has gone."""
    plain = tmp_path / "plain.fits"
    fits.writeto(plain, np.full((72, 96), 5, np.float32))
    window.open([small])
    wait()
    status = window.parts.status
    qtbot.mouseMove(window.viewer, window.viewer.rect().center())
    wait(status.sky.text)
    equatorial = status.sky.text()
    window.actions_["sky_galactic"].trigger()
    wait(lambda: status.sky.text() not in ("", equatorial))
    window.actions_["grid"].trigger()
    window.open([plain])
    wait(lambda: (status.value.text(), status.sky.text()) == ("5", ""))
    wait(lambda: window.notices.current and "no grid" in window.notices.current.message)
    window.actions_["previous"].trigger()
    wait(lambda: status.sky.text().startswith("l "))
    assert window.notices.current is None
    for name in ("batch", "train"):
        window.spaces.go(name)
        assert not status.zoom.isVisible()
    window.spaces.go("view")
    assert status.zoom.isVisible()


def test_choices_are_remembered(window: MainWindow, wait, small: Path) -> None:
    window.open([small])
    wait()
    window.parts.display.set_kind("log")
    window.actions_["theme_light"].trigger()
    window.resize(780, 600)
    window.close()
    kept = settings.load().settings
    assert kept.theme == "light"
    assert kept.view.stretch == "log"
    assert kept.recent_files[0].endswith("small.fits")
    again = start(RememberedChoices(kept))
    assert (again.window.width(), again.window.height()) == (780, 600)
    again.close()


def test_the_window_stays_responsive(window: MainWindow, wait, tmp_path: Path, small: Path) -> None:
    path = tmp_path / "large.fits"
    noise = np.random.default_rng(3).normal(100, 5, (1000, 4000)).astype(np.float32)
    fits.PrimaryHDU(np.tile(noise, (4, 1))).writeto(path)
    breathing = Breathing(window)
    window.open([path, small])
    wait()
    window.viewer.one_to_one()
    for _ in range(10):
        window.viewer.set_view(window.viewer.view.moved(120, 90))
        QApplication.processEvents()
    window.session.step(1)
    window.enhance(EnhanceOptions(colorizer=None))
    wait()
    assert len(breathing.gaps) > 100
    assert float(np.percentile(breathing.gaps, 99)) < 0.1
    assert max(breathing.gaps) < 0.5


def test_a_window_that_stands_still_is_noticed(window: MainWindow, wait) -> None:
    breathing = Breathing(window)
    wait(lambda: len(breathing.gaps) > 3)
    QTimer.singleShot(0, lambda: time.sleep(0.7))
    end = time.monotonic() + 1
    wait(lambda: time.monotonic() > end)
    assert max(breathing.gaps) > 0.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_theme(window: MainWindow, wait, small: Path, theme: str) -> None:
    window.open([small])
    wait()
    window.actions_[f"theme_{theme}"].trigger()
    picture = window.grab().toImage()
    bar = picture.pixelColor(window.width() - 6, window.height() - 6)
    assert (bar.lightness() > 128) is (theme == "light")
    assert bar.saturation() == 0  # colour is judged here


@pytest.mark.usefixtures("qapp")
def test_snapshot(tmp_path: Path, small: Path) -> None:
    out = tmp_path / "window.png"
    assert snapshot(out, small, enhance=False) == 0
    assert out.stat().st_size > 20_000
    bad = tmp_path / "bad.fits"
    bad.write_text("no frame")
    assert snapshot(out, bad, enhance=False) == 1


def test_shortcuts_are_unique(window: MainWindow) -> None:
    # Never possible at the same time.
    for space in (("", "frame", "result"), ("", "batch"), ("", "train")):
        there = (n for n in window.actions_ if actions.SPECS[n].needs in space)
        keys = [key.toString() for n in there for key in window.actions_[n].shortcuts()]
        assert len(keys) == len(set(keys))
    for name in workspaces.NAMES:
        window.spaces.get(name)
    assert not window.commands.unserved
    menus = [entry for menu in window.menuBar().actions() for entry in menu.menu().actions()]
    assert len(menus) > 20


def test_by_keyboard_alone(window: MainWindow, wait, samples: Path, qtbot: QtBot) -> None:
    window.open([samples / "galaxy.fits", samples / "nebula.png"])
    wait()
    window.activateWindow()
    assert window.selection
    qtbot.keyClick(window.viewer, Qt.Key.Key_Tab)
    assert window.selection.document.frame.name == "nebula"
    before = window.viewer.view
    window.viewer.zoom_to(4)
    qtbot.keyClick(window.viewer, Qt.Key.Key_Left)
    assert window.viewer.view != before
    seen = set()
    for _ in range(3):
        window.actions_["walk"].trigger()
        focused = QApplication.focusWidget()
        assert focused
        seen.add(focused.accessibleName())
    assert {"Picture", "Open frames"} & seen
    assert len(seen) == 3
