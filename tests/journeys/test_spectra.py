"""Spectra of a cube under the mouse and in a region, and its planes collapsed, in the window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from by_name import find
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from astroview.ui.documents.saved_sessions import session_file
from astroview.ui.main_window import MainWindow

PLANES = 24


@pytest.fixture
def cube(tmp_path: Path) -> Path:
    """24 planes of 40 x 50 pixels by frequency: a line whose place grows to the right."""
    rng = np.random.default_rng(2)
    data = rng.normal(5, 0.2, (PLANES, 40, 50)).astype(np.float32)
    k = np.arange(PLANES)[:, None, None]
    data += 8 * np.exp(-((k - np.linspace(6, 16, 50)) ** 2) / 6)
    data[:, 3, 4] = np.nan
    data[2, 30, 20] = np.nan
    header = fits.Header(
        {"CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN", "CTYPE3": "FREQ", "CRVAL1": 10.0,
         "CRVAL2": 20.0, "CRVAL3": 1.42e9, "CRPIX1": 25.0, "CRPIX2": 20.0, "CRPIX3": 1.0,
         "CDELT1": -1e-3, "CDELT2": 1e-3, "CDELT3": 2.5e5, "CUNIT3": "Hz", "BUNIT": "Jy/beam"}
    )  # fmt: skip
    path = tmp_path / "cube.fits"
    fits.PrimaryHDU(data, header).writeto(path)
    return path


def at(window: MainWindow, x: float, y: float):
    viewer = window.viewer
    height = window.selection.document.frame.shape[0]
    return viewer.placing(viewer.panes()[0]).point(QPointF(x + 0.5, height - y - 0.5)).toPoint()


@pytest.fixture
def shown(window: MainWindow, wait, cube: Path) -> MainWindow:
    window.open([cube])
    wait()
    window.actions_["spectrum"].trigger()
    return window


def test_the_spectrum_under_the_mouse(shown: MainWindow, wait, cube: Path, qtbot: QtBot) -> None:
    qtbot.mouseMove(shown.viewer, at(shown, 10, 10))
    qtbot.mouseMove(shown.viewer, at(shown, 30, 12))
    page = shown.knowing.cubes.page
    wait(lambda: page.shown is not None and "31, 13" in page.shown.of)
    x, y = page.curve.getData()
    data = fits.getdata(cube)
    assert y == pytest.approx(data[:, 12, 30], rel=1e-6)
    assert x == pytest.approx((1.42e9 + 2.5e5 * np.arange(PLANES)) / 1e9, rel=1e-12)
    assert page.shown.axis.title == "Frequency (GHz)"
    shown.actions_["plane_next"].trigger()
    wait()
    assert page.at.value() == pytest.approx(1.42025)
    page.at.setPos(1.4225)
    page.at.sigPositionChangeFinished.emit(page.at)
    wait()
    assert shown.selection.document.frame.plane == 10
    page.copy.emit()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert float(lines[11].split("\t")[1]) == pytest.approx(data[10, 12, 30], rel=1e-6)


def test_the_mean_spectrum_of_a_region(shown: MainWindow, wait, cube: Path, qtbot: QtBot) -> None:
    shown.actions_["region_circle"].trigger()
    start, end = at(shown, 20, 30), at(shown, 26, 30)
    qtbot.mousePress(shown.viewer, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(shown.viewer, (start + end) / 2)
    qtbot.mouseMove(shown.viewer, end)
    qtbot.mouseRelease(shown.viewer, Qt.MouseButton.LeftButton, pos=end)
    shown.actions_["cancel"].trigger()
    shown.actions_["spectrum"].trigger()
    page = shown.knowing.cubes.page
    wait(lambda: page.shown is not None and page.shown.of.startswith("Mean"))
    (region,) = [s.source for s in shown.knowing.placed.store.shapes]
    (x0, y0), r = region.points[0], region.sizes[0]
    y, x = np.mgrid[:40, :50]
    inside = np.hypot(x - x0, y - y0) < r
    wanted = np.nanmean(fits.getdata(cube)[:, inside], axis=1)
    assert page.curve.getData()[1] == pytest.approx(wanted, rel=1e-6)


def test_planes_become_a_frame(shown: MainWindow, wait, cube: Path, qtbot: QtBot) -> None:
    qtbot.mouseMove(shown.viewer, at(shown, 10, 10))
    qtbot.mouseMove(shown.viewer, at(shown, 30, 12))
    page = shown.knowing.cubes.page
    wait(lambda: page.shown is not None)
    page.band.setRegion((1.421, 1.4245))  # planes 4 to 18, from 0
    assert page.planes == (4, 18)
    page.choose_way("moment1")
    find(page, QPushButton, "Make a picture of these planes").click()
    wait(lambda: shown.selection.document.frame.name.startswith("cube_moment1"))
    wait()
    part = fits.getdata(cube)[4:19].astype(float)
    part[:, 3, 4] = 1  # numpy warns of slices without data
    v = ((1.42e9 + 2.5e5 * np.arange(PLANES)) / 1e9)[4:19, None, None]
    known = np.nansum(part * v, 0) / np.nansum(part, 0)
    frame = shown.selection.document.frame
    found = frame.read()[::-1]
    assert np.isnan(found[3, 4])
    good = np.isfinite(found)
    assert good.sum() == found.size - 1
    assert found[good] == pytest.approx(known[good], rel=2e-6)
    assert frame.wcs is not None
    assert frame.unit == "GHz"
    assert any("planes 5 to 19" in str(card) for card in frame.header["HISTORY"])


def test_a_picture_of_planes_outlives_the_window_and_its_folder_is_offered_to_nobody(
    shown: MainWindow, wait, cube: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.mouseMove(shown.viewer, at(shown, 10, 10))
    qtbot.mouseMove(shown.viewer, at(shown, 30, 12))
    page = shown.knowing.cubes.page
    wait(lambda: page.shown is not None)
    page.choose_way("mean")
    find(page, QPushButton, "Make a picture of these planes").click()
    wait(lambda: shown.selection.document.frame.name.startswith("cube_mean"))
    wait()
    made = shown.selection.document.frame
    asked: list[str] = []
    answer = lambda *given: (asked.append(given[2]), ("", ""))[1]  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    for name in ("save", "export", "pdf"):
        shown.actions_[name].trigger()
    assert [Path(one).parent for one in asked] == [cube.parent] * 3
    assert Path(asked[0]).stem == made.name
    assert shown.memory.recent == [cube]
    keeper = shown.keeper
    assert keeper is not None
    wait(lambda: not keeper.pending)
    keeper.flush(closed=True)
    kept = session_file.read(keeper.store.home).documents[-1]
    assert kept.frame.copy
    again = session_file.restored(kept, None, keeper.store).loaded.frame
    assert again.name == made.name
    assert again.read() == pytest.approx(made.read(), nan_ok=True)
    assert again.wcs is not None
