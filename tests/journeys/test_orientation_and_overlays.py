"""The picture turned and mirrored, smoothed, in blocks; what is laid over it; the cursor's page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy import units
from astropy.coordinates import BarycentricMeanEcliptic, SkyCoord
from astropy.io import fits
from astropy.wcs import WCS
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from scipy.ndimage import gaussian_filter

from astroview.core.colour.colour_map_files import read_colour_map
from astroview.ui.main_window import MainWindow
from astroview.ui.render import colour_maps
from astroview.ui.render.rendering import colours_of
from astroview.ui.viewer.overlays import colour_bar

LEFT = Qt.MouseButton.LeftButton


def wcs_of(turn: float, parity: int) -> WCS:
    """A sky turned by so many degrees; parity 1 has east to the right."""
    wcs = WCS(naxis=2)
    wcs.wcs.ctype, wcs.wcs.crval, wcs.wcs.crpix = ["RA---TAN", "DEC--TAN"], [150, 20], [60, 45]
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    wcs.wcs.cd = 2e-4 * np.array([[parity * c, -parity * s], [s, c]])
    return wcs


def write(path: Path, turn: float = 0.0, parity: int = -1) -> Path:
    """120 x 90 pixels: a slope with noise and a bright pixel."""
    rng = np.random.default_rng(5)
    x = np.arange(120)
    data = (100 + x + rng.normal(0, 3, (90, 120))).astype(np.float32)
    data[70, 100] = 5000
    fits.PrimaryHDU(data, wcs_of(turn, parity).to_header()).writeto(path)
    return path


def sky_of(window: MainWindow, path: Path, point: QPointF) -> np.ndarray:
    """RA and Dec under a point of the viewer, by the file's header."""
    scene = window.viewer.scene_at(point)
    wcs = WCS(fits.getheader(path))
    return wcs.all_pix2world([[scene.x() - 0.5, 90 - scene.y() - 0.5]], 0)[0]


@pytest.mark.parametrize("parity", [-1, 1])
@pytest.mark.parametrize("turn", [0, 37, 160, 270])
def test_north_is_up_and_east_is_left(
    window: MainWindow, wait, tmp_path: Path, turn: float, parity: int
) -> None:
    path = write(tmp_path / "turned.fits", turn, parity)
    window.open([path])
    wait()
    window.actions_["north_up"].trigger()
    wait()
    middle = QPointF(window.viewer.width() / 2, window.viewer.height() / 2)
    here, above, left = (
        sky_of(window, path, middle + QPointF(*by)) for by in ((0, 0), (0, -60), (-60, 0))
    )
    assert above[1] > here[1]
    assert above[0] == pytest.approx(here[0], abs=1e-6)
    assert left[0] > here[0]
    assert left[1] == pytest.approx(here[1], abs=1e-6)
    window.actions_["north_up"].trigger()
    assert not window.viewer.view.oriented


def test_turned_pixels_stand_where_the_cursor_reads_them(
    window: MainWindow, wait, tmp_path: Path, qtbot: QtBot
) -> None:
    window.open([write(tmp_path / "a.fits")])
    wait()
    viewer = window.viewer
    window.parts.display.set_method("minmax")
    window.parts.display.set_kind("linear")
    for name in ("turn_right", "mirror", "turn_left", "mirror_down"):
        window.actions_[name].trigger()
        wait()
        place = QPointF(100.5, 90 - 70 - 0.5)  # the bright pixel
        at = viewer.placing(viewer.panes()[0])
        there = at.point(place)
        back = viewer.scene_at(there)
        assert (back.x(), back.y()) == pytest.approx((place.x(), place.y()), abs=0.2)
        picture = viewer.grab().toImage()
        assert picture.pixelColor(there.toPoint()).lightness() > 200
        assert picture.pixelColor(at.point(place + QPointF(3, 0)).toPoint()).lightness() < 120
    window.actions_["turn_to"].setEnabled(True)
    window.knowing.turning.turn_to(30)
    wait()
    view = viewer.view
    start = QPoint(200, 200)
    fixed = viewer.scene_at(QPointF(start))
    viewer.zoom_to(view.zoom * 2, QPointF(start))
    now = viewer.scene_at(QPointF(start))
    assert (now.x(), now.y()) == pytest.approx((fixed.x(), fixed.y()), abs=0.2)
    qtbot.mousePress(viewer, LEFT, pos=start)
    qtbot.mouseMove(viewer, start + QPoint(40, 25))
    qtbot.mouseRelease(viewer, LEFT, pos=start + QPoint(40, 25))
    moved = viewer.scene_at(QPointF(start + QPoint(40, 25)))
    assert (moved.x(), moved.y()) == pytest.approx((now.x(), now.y()), abs=0.2)
    window.actions_["orient_reset"].trigger()
    assert not viewer.view.oriented


def test_each_frame_keeps_its_own_orientation(window: MainWindow, wait, tmp_path: Path) -> None:
    window.open([write(tmp_path / "a.fits"), write(tmp_path / "b.fits")])
    wait()
    window.actions_["turn_right"].trigger()
    window.actions_["previous"].trigger()
    wait()
    assert window.viewer.view.turn == 0
    window.actions_["next"].trigger()
    wait()
    assert window.viewer.view.turn == 90


def test_smoothing_and_blocks_change_the_picture_and_no_value(
    window: MainWindow, wait, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.fits")
    window.open([path])
    wait()
    window.viewer.zoom_to(6)
    data = fits.getdata(path).astype(float)
    window.filters.smooth(2.0)
    wait()
    layer = window.viewer.shown.before
    shown = layer.samples[0]
    x, y = round(shown.plan.covers.x()), round(shown.plan.covers.y())
    wanted = gaussian_filter(data, 2.0, mode="nearest")[::-1]
    rows, columns = shown.values.shape
    assert shown.values == pytest.approx(wanted[y : y + rows, x : x + columns], rel=1e-4)
    assert layer.frame.read()[19, 100] == 5000  # what is measured
    window.actions_["undo"].trigger()
    wait()
    assert layer.samples[0].values.max() == 5000
    window.actions_["block_4"].trigger()
    wait()
    shown = layer.samples[0]
    x, y = round(shown.plan.covers.x()), round(shown.plan.covers.y())
    row, column = 20 - y, 100 - x
    assert shown.values[row, column] == pytest.approx(data[::-1][20:24, 100:104].mean(), rel=1e-5)
    assert window.actions_["block_4"].isChecked()


def test_contours_run_where_the_values_are(window: MainWindow, wait, tmp_path: Path) -> None:
    y, x = np.mgrid[:90, :120]
    data = (1000 * np.exp(-((x - 60) ** 2 + (y - 40) ** 2) / 800)).astype(np.float32)
    paths = [tmp_path / "a.fits", tmp_path / "b.fits"]
    fits.PrimaryHDU(data, wcs_of(0, -1).to_header()).writeto(paths[0])
    fits.PrimaryHDU(data[::-1], wcs_of(90, 1).to_header()).writeto(paths[1])
    window.open(paths[:1])
    wait()
    window.knowing.laid.set_levels((300.0, 600.0))
    wait()
    lines = window.knowing.laid.contours.lines
    assert [one.level for one in lines] == [300.0, 600.0]
    for one in lines:
        (line,) = one.lines
        radius = np.hypot(line[:, 0] - 60.5, (90 - line[:, 1]) - 40.5)
        assert radius == pytest.approx(np.sqrt(800 * np.log(1000 / one.level)), abs=0.3)
    at = window.viewer.placing(window.viewer.panes()[0])
    there = at.point(QPointF(*lines[1].lines[0][5])).toPoint()
    picture = window.viewer.grab().toImage()
    near = [picture.pixelColor(there + QPoint(i, j)) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    assert any(colour.blue() - colour.red() > 60 for colour in near)  # the frame is grey
    window.actions_["contours_hold"].trigger()
    old = WCS(fits.getheader(paths[0]))
    sky = old.all_pix2world(lines[0].lines[0] * (1, -1) + (-0.5, 89.5), 0)
    window.open(paths[1:])
    wait()
    laid = window.knowing.laid.contours.lines[0].lines[0]
    new = WCS(fits.getheader(paths[1])).all_world2pix(sky, 0)
    assert laid == pytest.approx(new * (1, -1) + (0.5, 89.5), abs=1e-3)


def test_the_colour_bar_says_what_colours_stand_for(
    window: MainWindow, wait, tmp_path: Path
) -> None:
    window.open([write(tmp_path / "a.fits")])
    wait()
    if not window.actions_["colour_bar"].isChecked():
        window.actions_["colour_bar"].trigger()
    window.parts.display.set_colour_map("viridis")
    window.parts.display.set_kind("log")
    wait()
    look = window.viewer.shown.before.look

    table = colour_maps.table("viridis").astype(int)
    for part, value in colour_bar.ticks(look)[1:-1]:
        painted = int(colours_of(np.array([value], np.float32), look)[0])
        rgb = [painted >> 16 & 255, painted >> 8 & 255, painted & 255]
        assert np.abs(table[round(part * 255)] - rgb).max() <= 6
    window.exporting.export(tmp_path / "view.png")

    viewer, shown = window.viewer, QImage(str(tmp_path / "view.png"))
    height = min(colour_bar.TALLEST, viewer.height() / 2)
    x = viewer.width() - colour_bar.MARGIN - colour_bar.WIDTH / 2
    top = shown.pixelColor(round(x), round(0.12 * viewer.height()) + 4)
    assert max(abs(a - b) for a, b in zip(top.getRgb()[:3], table[253], strict=True)) < 12
    low = shown.pixelColor(round(x), round(0.12 * viewer.height() + height) - 4)
    assert max(abs(a - b) for a, b in zip(low.getRgb()[:3], table[3], strict=True)) < 12


def test_colour_maps_come_from_files_and_go_to_files(
    window: MainWindow, wait, tmp_path: Path
) -> None:
    window.open([write(tmp_path / "a.fits")])
    wait()
    sao = tmp_path / "mine.sao"
    sao.write_text(
        "# SAOimage color table\nPSEUDOCOLOR\n"
        "RED:\n(0,0)(0.5,1)(1,1)\nGREEN:\n(0,0)(1,1)\nBLUE:\n(0,1)(1,0)\n"
    )
    window.filters.load_map(sao)
    wait()
    assert window.seeing.display.colour_map == "own:mine"
    assert colour_maps.table("own:mine")[127].tolist() == [254, 127, 128]
    window.filters.save_map(tmp_path / "saved.lut")
    assert (read_colour_map(tmp_path / "saved.lut") == colour_maps.table("own:mine")).all()
    (tmp_path / "none.lut").write_text("no colours here\n")
    window.filters.load_map(tmp_path / "none.lut")
    assert "holds no colour map" in window.notices.current.message
    assert window.seeing.display.colour_map == "own:mine"


def test_the_cursor_is_read_in_every_system(
    window: MainWindow, wait, tmp_path: Path, qtbot: QtBot
) -> None:
    path = write(tmp_path / "a.fits", 37)
    with fits.open(path, "update") as hdus:
        hdus[0].header.update({"LTV1": -10.0, "LTV2": 4.0, "LTM1_1": 0.5, "LTM2_2": 0.5})
    window.open([path])
    wait()
    window.actions_["cursor_page"].trigger()
    window.actions_["sky_degrees"].trigger()
    viewer = window.viewer
    point = viewer.placing(viewer.panes()[0]).point(QPointF(100.5, 90 - 70.5)).toPoint()
    qtbot.mouseMove(viewer, point - QPoint(3, 0))
    qtbot.mouseMove(viewer, point)
    window.actions_["crosshair"].trigger()  # where the mouse rests, too
    wait()
    scene = viewer.pointed_at(QPointF(point))
    x, y = scene.x() - 0.5, 90 - scene.y() - 0.5
    told = dict(line.split("\t") for line in window.knowing.cursor.rows.lines)

    def numbers(name: str) -> list[float]:
        return [float(part.strip(" °,")) for part in told[name].replace(",", " ").split()]

    assert numbers("Image (from 1)") == pytest.approx([x + 1, y + 1], abs=0.006)
    assert numbers("Image (from 0)") == pytest.approx([x, y], abs=0.006)
    assert numbers("Physical") == pytest.approx([2 * (x + 1 + 10), 2 * (y + 1 - 4)], abs=0.02)
    there = SkyCoord(*WCS(fits.getheader(path)).all_pix2world([[x, y]], 0)[0] * units.deg)
    for name, frame in (
        ("ICRS", "icrs"), ("FK5", "fk5"), ("Galactic", "galactic"),
        ("Ecliptic", BarycentricMeanEcliptic()),
    ):  # fmt: skip
        known = there.transform_to(frame).spherical
        assert numbers(name) == pytest.approx([known.lon.deg, known.lat.deg], abs=2e-6), name
    table = window.knowing.cursor.table.shown
    data = fits.getdata(path)
    assert table.values[4, 2] == 5000
    assert table.values[0] == pytest.approx(data[74, 98:103])
    assert table.first == (99, 75)
    picture = viewer.grab().toImage()
    assert picture.pixelColor(point + QPoint(40, 0)).lightness() > 200  # the crosshair
    assert picture.pixelColor(point + QPoint(0, 60)).lightness() > 200
