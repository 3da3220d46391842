"""Many frames at once: tiled, blinked, locked, sorted, gone to by number."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from astropy.wcs import WCS
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from scipy.ndimage import uniform_filter

from astroview.ui.main_window import MainWindow
from astroview.ui.viewer import panes
from astroview.ui.viewer.viewport import Viewport

RA, DEC = 150.006, 2.004  # of the star
SIDE = 120


def sky(turn: float, arcsec: float, x: float, y: float) -> WCS:
    """A tangent plane about (150, 2) whose reference pixel is (x, y)."""
    wcs = WCS(naxis=2)
    wcs.wcs.ctype = ["RA---TAN", "DEC--TAN"]
    wcs.wcs.crval, wcs.wcs.crpix = [150.0, 2.0], [x, y]
    c, s, step = np.cos(np.radians(turn)), np.sin(np.radians(turn)), arcsec / 3600
    wcs.wcs.cd = step * np.array([[-c, s], [s, c]])
    return wcs


def write(path: Path, wcs: WCS, **cards: object) -> None:
    """A star of 2.5 pixels (sigma) at RA and DEC on a flat sky."""
    x, y = wcs.wcs_world2pix([[RA, DEC]], 0)[0]
    down, across = np.mgrid[:SIDE, :SIDE]
    star = 900 * np.exp(-((across - x) ** 2 + (down - y) ** 2) / (2 * 2.5**2))
    header = wcs.to_header()
    header.update(cards)
    fits.writeto(path, (100 + star).astype(np.float32), header)


@pytest.fixture
def nine(window: MainWindow, wait, tmp_path: Path) -> MainWindow:
    """Nine frames of one star: shifted, turned, with larger and smaller pixels."""
    rng = np.random.default_rng(4)
    paths = []
    for i in range(9):
        turn, arcsec = (0.0, 2.0) if i == 0 else (rng.uniform(-50, 50), rng.uniform(1.6, 2.6))
        path = tmp_path / f"night {9 - i}.fits"
        day = f"2026-01-{(i * 4) % 9 + 1:02d}T00:00:00"
        write(path, sky(turn, arcsec, *rng.uniform(50, 80, 2)), **{"DATE-OBS": day})
        paths.append(path)
    window.open(paths)
    wait(lambda: window.settled and len(window.session.documents) == 9)
    window.session.select(1)
    wait()
    return window


def grey(window: MainWindow) -> NDArray[np.float64]:
    image = window.viewer.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(bytes(image.constBits()), np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width()].astype(float)


def star_in(window: MainWindow, pane: panes.Pane) -> tuple[float, float]:
    """Where the star stands in a pane, in points from its corner; marks and labels are left out."""
    area = pane.area.toRect()
    part = grey(window)[area.top() : area.bottom() + 1, area.left() : area.right() + 1]
    down, across = np.mgrid[: part.shape[0], : part.shape[1]]
    top = np.unravel_index(np.argmax(star_like(part)), part.shape)
    near = (down - top[0]) ** 2 + (across - top[1]) ** 2 < 25**2
    weight = np.where(near, np.maximum(part - 150, 0), 0)  # the sky is darker, and so is no data
    total = weight.sum()
    return float((weight * across).sum() / total), float((weight * down).sum() / total)


def star_like(part: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where much light is within some pixels: a star, not the letters of a label."""
    part = part.copy()
    part[:36, :100] = 0  # the label
    return uniform_filter(part, 9)


def test_nine_frames_locked_by_the_sky_pan_as_one(nine: MainWindow, wait, qtbot: QtBot) -> None:
    window, viewer = nine, nine.viewer
    window.actions_["furniture"].trigger()
    window.actions_["tile"].trigger()
    wait()
    found = viewer.panes()
    assert len(found) == 9
    viewer.zoom_to(2.2)
    wait()
    places = [star_in(window, pane) for pane in found]
    start = found[4].area.center().toPoint()
    qtbot.mousePress(viewer, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(viewer, start + QPoint(11, 7))
    qtbot.mouseRelease(viewer, Qt.MouseButton.LeftButton, pos=start + QPoint(11, 7))
    wait()
    panned = [star_in(window, pane) for pane in found]
    for one in (places, panned):
        assert np.ptp([x for x, _ in one]) < 1.0
        assert np.ptp([y for _, y in one]) < 1.0
    assert panned[0][0] - places[0][0] == pytest.approx(11, abs=1.5)
    assert panned[0][1] - places[0][1] == pytest.approx(7, abs=1.5)
    # The reading under the cursor is the star's position on the sky, in whichever pane.
    for pane, (x, y) in zip(found[::4], panned[::4], strict=True):
        at = QPointF(pane.area.left() + x, pane.area.top() + y).toPoint()
        qtbot.mouseMove(viewer, at)
        wait(window.parts.status.sky.text)
        assert window.parts.status.sky.text().startswith("RA 10 00 0")


def test_a_click_on_a_tile_works_on_it_and_the_sky_stays(
    nine: MainWindow, wait, qtbot: QtBot
) -> None:
    window, viewer = nine, nine.viewer
    window.actions_["tile"].trigger()
    wait()
    viewer.set_view(Viewport(viewer.view.x + 6, viewer.view.y - 4, 3.0))
    wait()
    middle = viewer.scene_at(viewer.panes()[0].area.center())
    assert window.selection
    before = radec(window.selection.document.frame, middle)
    pane = viewer.panes()[5]
    qtbot.mouseClick(viewer, Qt.MouseButton.LeftButton, pos=pane.area.center().toPoint())
    wait()
    assert window.selection.document.key == list(window.session.documents)[5]
    assert viewer.shown
    assert viewer.shown.active == 5
    middle = viewer.scene_at(viewer.panes()[0].area.center())
    after = radec(window.selection.document.frame, middle)
    assert np.hypot(*(np.subtract(after, before) * 3600)) < 2.0  # arcsec: a pixel


def radec(frame, scene: QPointF) -> NDArray[np.float64]:
    return frame.wcs.wcs_pix2world([[scene.x() - 0.5, SIDE - 0.5 - scene.y()]], 0)[0]


def test_any_number_of_frames_blink_in_their_order(nine: MainWindow, wait) -> None:
    window, viewer = nine, nine.viewer
    window.session.mark([2, 5, 7])
    window.session.select(5)
    window.actions_["blink"].trigger()
    wait()
    window.comparing.set_rate(0.01)  # the test turns the pages
    assert viewer.shown
    seen = []
    for turn in range(6):
        viewer.set_blink_step(turn)
        seen.append(viewer.shown.label(viewer.panes()[0].shows))
    names = [window.session.documents[key].frame.name for key in (2, 5, 7)]
    assert seen == names * 2


def test_each_file_has_its_own_stretch_unless_they_are_linked(nine: MainWindow, wait) -> None:
    window = nine
    window.actions_["tile"].trigger()
    wait()
    assert not window.stage.linked

    def limits() -> set[tuple[float, float]]:
        assert window.viewer.shown
        looks = [layer.look for layer, _ in window.viewer.shown.grid]
        return {(one.stretch.low, one.stretch.high) for one in looks}  # type: ignore[union-attr]

    key = list(window.session.documents)[3]
    window.session.select(key)
    wait()
    alone = limits()
    display = window.session.documents[key].display
    window.parts.display.change(
        replace(display, method="manual", stretch=replace(display.stretch, low=50, high=777))
    )
    wait()
    assert (50, 777) in limits()
    assert len(limits()) >= len(alone)
    window.actions_["linked"].trigger()
    wait()
    assert limits() == {(50, 777)}
    window.actions_["linked"].trigger()
    wait()
    assert len(limits()) >= len(alone)


def test_frames_are_sorted_and_gone_to_by_number(nine: MainWindow, wait, qtbot: QtBot) -> None:
    window = nine
    window.actions_["sort_name"].trigger()
    names = [d.frame.name for d in window.session.documents.values()]
    assert names == [f"night {i}" for i in range(1, 10)]
    tree = window.parts.frames.tree
    assert [tree.topLevelItem(i).text(0) for i in range(9)] == names  # type: ignore[union-attr]
    window.actions_["sort_time"].trigger()
    days = [d.frame.header["DATE-OBS"] for d in window.session.documents.values()]  # type: ignore[index]
    assert days == sorted(days)
    window.actions_["sort_opened"].trigger()
    window.activateWindow()
    qtbot.keyClick(window.viewer, Qt.Key.Key_7)
    wait()
    assert window.selection
    assert window.selection.document.key == 7


def test_pixel_on_pixel(nine: MainWindow, wait) -> None:
    """The star then stands where each frame's pixels have it."""
    window = nine
    window.actions_["furniture"].trigger()
    window.actions_["lock_image"].trigger()
    window.actions_["tile"].trigger()
    wait()
    found = window.viewer.panes()
    zoom, corner = window.viewer.view.zoom, window.viewer.placing(found[0]).point(QPointF(0, 0))
    window.actions_["tile"].trigger()  # again: one frame alone
    assert len(window.viewer.panes()) == 1
    window.actions_["tile"].trigger()
    wait()
    for pane, document in zip(found, window.session.documents.values(), strict=True):
        x, y = document.frame.wcs.wcs_world2pix([[RA, DEC]], 0)[0]  # type: ignore[union-attr]
        there = star_in(window, pane)
        wanted = ((x + 0.5) * zoom + corner.x(), (SIDE - 0.5 - y) * zoom + corner.y())
        assert there == pytest.approx(wanted, abs=1.5)


def test_each_tile_has_the_compass_and_scale_of_its_own_sky(
    window: MainWindow, wait, tmp_path: Path
) -> None:
    """Frames of two fields: one has pixels ten times as large, and is turned."""
    names = []
    for name, centre, arcsec, turn in (("here", 150.0, 1.0, 0.0), ("there", 30.0, 10.0, 90.0)):
        wcs = WCS(naxis=2)
        wcs.wcs.ctype, wcs.wcs.crval = ["RA---TAN", "DEC--TAN"], [centre, 2.0]
        wcs.wcs.crpix = [60.0, 60.0]
        c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
        wcs.wcs.cd = arcsec / 3600 * np.array([[-c, s], [s, c]])
        names.append(tmp_path / f"{name}.fits")
        sky = np.random.default_rng(1).normal(100, 5, (120, 120)).astype(np.float32)
        fits.writeto(names[-1], sky, wcs.to_header())
    window.open(names)
    wait(lambda: len(window.session.documents) == 2 and window.settled)
    window.session.select(1)
    window.actions_["tile"].trigger()
    wait()
    viewer, furniture = window.viewer, window.knowing.furniture
    told = [furniture.measured(viewer.placing(pane)) for pane in viewer.panes()]
    (_, here), (_, there) = told
    lengths = [float(bar.pixels) for bar, _ in told if bar]
    units = [bar.text for bar, _ in told if bar]
    assert units[0] != units[1] or lengths[0] != pytest.approx(lengths[1])
    assert here.north == pytest.approx((0.0, -1.0), abs=0.02)  # up
    assert abs(there.north[0]) == pytest.approx(1.0, abs=0.02)  # to a side
    placed = window.knowing.placed
    for overlay in (placed.shapes, placed.sources):  # which lie on the first field alone
        assert [overlay.shared(viewer.placing(pane)) for pane in viewer.panes()] == [True, False]


def test_a_small_frame_without_a_sky_fills_its_tile(
    window: MainWindow, wait, tmp_path: Path
) -> None:
    paths = [tmp_path / "large.fits", tmp_path / "small.fits"]
    for path, shape in zip(paths, ((120, 120), (20, 40)), strict=True):
        fits.writeto(path, np.random.default_rng(1).normal(100, 5, shape).astype(np.float32))
    window.open(paths)
    wait(lambda: len(window.session.documents) == 2 and window.settled)
    window.session.select(1)
    window.actions_["tile"].trigger()
    for lock, wide, high in (("lock_image", 1 / 3, 1 / 6), ("lock_fit", 1, 1 / 2)):
        window.actions_[lock].trigger()
        wait()
        shown = window.viewer.shown
        assert shown is not None
        seen = np.isfinite(shown.layer(window.viewer.panes()[1].shows).frame.read())
        assert (seen.any(0).mean(), seen.any(1).mean()) == pytest.approx((wide, high), abs=0.02)
