"""Regions drawn, chosen, changed, measured, copied and taken back with mouse and keys."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from astropy.wcs import WCS
from by_name import choose, find
from photutils import aperture
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot
from regions import Regions as Reference

from astroview.core.sky.region_files import shapes_in
from astroview.core.sky.region_geometry import Region
from astroview.ui.main_window import MainWindow

LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def field(tmp_path: Path) -> Path:
    """200 x 160 pixels of noise with a star and a hole, on a sky that is turned by 30 degrees."""
    rng = np.random.default_rng(3)
    y, x = np.mgrid[:160, :200]
    star = 900 * np.exp(-((x - 120) ** 2 + (y - 90) ** 2) / 12.0)
    data = (rng.normal(100, 5, (160, 200)) + star).astype(np.float32)
    data[40, 60] = np.nan
    wcs = WCS(naxis=2)
    wcs.wcs.ctype, wcs.wcs.crval, wcs.wcs.crpix = ["RA---TAN", "DEC--TAN"], [150, 20], [90, 70]
    turn = np.radians(30)
    wcs.wcs.cd = 2e-4 * np.array([[-np.cos(turn), np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    path = tmp_path / "field.fits"
    fits.PrimaryHDU(data, wcs.to_header()).writeto(path)
    return path


class Hand:
    """A mouse that is told pixels of the frame, from 0 and upwards as photutils counts them."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.viewer, self.qtbot = window, window.viewer, qtbot

    def at(self, x: float, y: float) -> QPoint:
        height = self.window.selection.document.frame.shape[0]
        place = QPointF(x + 0.5, height - y - 0.5)
        return self.viewer.placing(self.viewer.panes()[0]).point(place).toPoint()

    def pixel(self, point: QPoint) -> tuple[float, float]:
        height = self.window.selection.document.frame.shape[0]
        scene = self.viewer.scene_at(QPointF(point))
        return scene.x() - 0.5, height - scene.y() - 0.5

    def click(self, x: float, y: float, held: Qt.KeyboardModifier | None = None) -> None:
        self.qtbot.mouseClick(
            self.viewer, LEFT, held or Qt.KeyboardModifier.NoModifier, self.at(x, y)
        )

    def drag(self, start: QPoint, end: QPoint) -> None:
        self.qtbot.mousePress(self.viewer, LEFT, pos=start)
        for part in (0.3, 0.7, 1.0):
            self.qtbot.mouseMove(self.viewer, start + (end - start) * part)
        self.qtbot.mouseRelease(self.viewer, LEFT, pos=end)

    def draw(self, form: str, start: tuple[float, float], end: tuple[float, float]) -> Region:
        self.window.actions_[f"region_{form}"].setChecked(False)
        self.window.actions_[f"region_{form}"].trigger()
        self.drag(self.at(*start), self.at(*end))
        self.window.actions_["cancel"].trigger()
        return self.regions[-1]

    def knob(self, role: str, place: int = 0) -> QPoint:
        at = self.viewer.placing(self.viewer.panes()[0])
        found = self.window.knowing.regions.editor.handles.knobs(at)
        return [point for handle, point in found if handle.role == role][place].toPoint()

    @property
    def regions(self) -> list[Region]:
        return [shape.source for shape in self.window.knowing.placed.store.shapes]


@pytest.fixture
def hand(window: MainWindow, wait, field: Path, qtbot: QtBot) -> Hand:
    window.open([field])
    wait()
    return Hand(window, qtbot)


def said(window: MainWindow, name: str) -> float:
    """A number of the page of regions."""
    line = next(s for s in window.knowing.regions.panel.words.split("\n") if s.startswith(name))
    return float(line.partition("\t")[2].split()[0])


@pytest.mark.parametrize("form", ["circle", "ellipse", "box", "annulus"])
def test_what_is_drawn_is_measured_as_photutils_measures_it(
    window: MainWindow, wait, field: Path, hand: Hand, form: str
) -> None:
    region = hand.draw(form, (60, 40), (95, 62))
    (x, y), sizes = region.points[0], region.sizes
    data = fits.getdata(field).astype(float)
    known = {
        "circle": lambda: aperture.CircularAperture((x, y), *sizes),
        "ellipse": lambda: aperture.EllipticalAperture((x, y), *sizes),
        "box": lambda: aperture.RectangularAperture((x, y), *sizes),
        "annulus": lambda: aperture.CircularAnnulus((x, y), *sizes),
    }
    truth = aperture.ApertureStats(data, known[form](), mask=~np.isfinite(data))
    wait()
    report = dict(window.knowing.regions.report.rows)
    for name, value in {
        "Sum": truth.sum, "Mean": truth.mean, "Median": truth.median, "Std. deviation": truth.std,
        "Area": truth.sum_aper_area.value,
    }.items():  # fmt: skip
        assert float(report[name].split()[0]) == pytest.approx(value, rel=1e-6), name
    assert said(window, "Sum") == pytest.approx(truth.sum, rel=1e-6)
    start, end = hand.pixel(hand.at(60, 40)), hand.pixel(hand.at(95, 62))
    if form == "circle":
        assert (x, y) == pytest.approx(start)
        assert sizes[0] == pytest.approx(np.hypot(*np.subtract(end, start)))


def test_numbers_follow_the_mouse_before_it_lets_go(
    window: MainWindow, wait, hand: Hand, qtbot: QtBot
) -> None:
    window.actions_["region_circle"].trigger()
    qtbot.mousePress(hand.viewer, LEFT, pos=hand.at(120, 90))
    areas = []
    for x in (130, 140):
        qtbot.mouseMove(hand.viewer, hand.at(x, 90))
        wait()
        areas.append(said(window, "Area"))
    assert not hand.regions  # no step yet
    qtbot.mouseRelease(hand.viewer, LEFT, pos=hand.at(140, 90))
    assert areas[1] > 3 * areas[0] > 0
    assert len(hand.regions) == 1


def test_chosen_moved_resized_turned_and_taken_back(window: MainWindow, hand: Hand) -> None:
    box = hand.draw("box", (50, 50), (90, 70))
    start, end = hand.at(70, 60), hand.at(100, 80)
    view = hand.viewer.view
    hand.drag(start, end)
    assert hand.viewer.view == view  # the picture stays
    moved = hand.regions[0]
    by = np.subtract(hand.pixel(end), hand.pixel(start))
    assert moved.points[0] == pytest.approx(tuple(np.add(box.points[0], by)))
    assert moved.sizes == box.sizes
    fixed = np.subtract(moved.points[0], np.divide(moved.sizes, 2))
    corner = hand.knob("size", 0)
    hand.drag(corner, corner + QPoint(30, -20))
    wider = hand.regions[0]
    assert np.subtract(wider.points[0], np.divide(wider.sizes, 2)) == pytest.approx(fixed)
    assert wider.sizes[0] == pytest.approx(moved.sizes[0] + 30 / view.zoom, abs=1 / view.zoom)
    middle = hand.at(*wider.points[0])
    hand.drag(hand.knob("turn"), middle + QPoint(-90, 0))
    assert hand.regions[0].angle == pytest.approx(90, abs=1.5)
    for _ in range(3):
        window.actions_["undo"].trigger()
    assert hand.regions[0].points == box.points
    assert hand.regions[0].sizes == box.sizes
    window.actions_["undo"].trigger()
    assert hand.regions == []
    for _ in range(4):
        window.actions_["redo"].trigger()
    assert hand.regions[0].angle == pytest.approx(90, abs=1.5)


def test_a_polygon_is_clicked_corner_by_corner(
    window: MainWindow, wait, hand: Hand, qtbot: QtBot
) -> None:
    window.actions_["region_polygon"].trigger()
    corners = [(30, 30), (80, 35), (60, 90)]
    for corner in corners:
        hand.click(*corner)
    qtbot.mouseDClick(hand.viewer, LEFT, pos=hand.at(60, 90))
    drawn = hand.regions[0].points
    assert len(drawn) == 3
    for (x, y), corner in zip(drawn, corners, strict=True):
        assert (x, y) == pytest.approx(hand.pixel(hand.at(*corner)))
    wait()
    (x1, y1), (x2, y2), (x3, y3) = drawn
    area = abs((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)) / 2
    assert said(window, "Area") == pytest.approx(area, rel=2e-3)
    window.actions_["cancel"].trigger()
    middle = tuple(np.mean(drawn[:2], axis=0))
    qtbot.mouseDClick(hand.viewer, LEFT, pos=hand.at(*middle))  # on an edge
    assert len(hand.regions[0].points) == 4


def test_keys_move_remove_and_close_no_frame(window: MainWindow, hand: Hand, qtbot: QtBot) -> None:
    region = hand.draw("circle", (60, 60), (75, 60))
    qtbot.keyClick(hand.viewer, Qt.Key.Key_Up, SHIFT)
    qtbot.keyClick(hand.viewer, Qt.Key.Key_Left)
    (x, y), (x0, y0) = hand.regions[0].points[0], region.points[0]
    assert (x - x0, y - y0) == pytest.approx((-1, 10))
    window.actions_["undo"].trigger()  # nudges that follow each other are one step
    assert hand.regions[0].points == region.points
    qtbot.keyClick(hand.viewer, Qt.Key.Key_Delete)
    assert hand.regions == []
    assert len(window.desk.documents) == 1
    window.actions_["undo"].trigger()
    assert len(hand.regions) == 1
    hand.click(150, 20)  # beside it: nothing is chosen
    assert window.knowing.regions.editor.selection == ()


def test_numbers_are_typed_in_pixels_and_on_the_sky(
    window: MainWindow, field: Path, hand: Hand, qtbot: QtBot
) -> None:
    hand.draw("circle", (60, 60), (75, 60))
    panel = window.knowing.regions.panel

    def type_(index: int, text: str) -> None:
        panel.numbers[index].setFocus()
        panel.numbers[index].selectAll()
        qtbot.keyClicks(panel.numbers[index], text)
        qtbot.keyClick(panel.numbers[index], Qt.Key.Key_Return)

    for index, text in enumerate(("81", "51", "12.5")):
        type_(index, text)
    assert hand.regions[0].points[0] == pytest.approx((80, 50))  # FITS counts from 1
    assert hand.regions[0].sizes == (12.5,)
    choose(find(panel, QComboBox, "Coordinates"), "ICRS")
    wcs = WCS(fits.getheader(field))
    ra, dec = wcs.all_pix2world([[80, 50]], 0)[0]
    assert float(panel.numbers[0].text()) == pytest.approx(ra, abs=1e-7)
    assert float(panel.numbers[1].text()) == pytest.approx(dec, abs=1e-7)
    assert panel.numbers[2].text() == '9"'  # 12.5 pixels of 0.72 arcseconds
    type_(2, '18"')
    assert hand.regions[0].sizes[0] == pytest.approx(25, rel=1e-6)
    type_(2, "wide")
    assert "wide cannot be taken" in window.notices.current.message
    assert hand.regions[0].sizes[0] == pytest.approx(25, rel=1e-6)


def test_saved_regions_stand_where_they_were_drawn(
    window: MainWindow, wait, field: Path, hand: Hand, tmp_path: Path
) -> None:
    drawn = [
        hand.draw("circle", (60, 60), (75, 60)),
        hand.draw("ellipse", (100, 100), (140, 120)),
        hand.draw("box", (20, 20), (40, 50)),
        hand.draw("annulus", (150, 60), (165, 60)),
        hand.draw("line", (10, 120), (60, 140)),
    ]
    window.actions_["region_exclude"].trigger()
    hand.window.actions_["region_text"].trigger()
    hand.click(30, 100)
    target = tmp_path / "drawn.reg"
    window.knowing.placed.save_regions(target)
    wait()
    wcs = WCS(fits.getheader(field))
    found = [r.to_pixel(wcs) for r in Reference.read(target, format="ds9")]
    centres = [(found[i].center.x, found[i].center.y) for i in range(4)]
    for at, region in zip(centres, drawn[:4], strict=True):
        assert at == pytest.approx(region.points[0], abs=1e-3)
    assert found[0].radius == pytest.approx(drawn[0].sizes[0], rel=1e-5)
    assert (found[2].width, found[2].height) == pytest.approx(drawn[2].sizes, rel=1e-5)
    assert found[5].text == "Text"
    assert re.search(r"^-line\(", target.read_text(), re.MULTILINE)


def test_copied_regions_lie_on_the_same_sky_of_another_frame(
    window: MainWindow, wait, field: Path, hand: Hand, tmp_path: Path, qtbot: QtBot
) -> None:
    region = hand.draw("circle", (60, 60), (75, 60))
    qtbot.keyClick(hand.viewer, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "circle(" in QGuiApplication.clipboard().text()
    header = fits.getheader(field)
    header["CRPIX1"] += 15
    fits.PrimaryHDU(fits.getdata(field), header).writeto(tmp_path / "other.fits")
    window.open([tmp_path / "other.fits"])
    wait()
    assert hand.regions == []
    window.actions_["region_paste"].trigger()
    (x, y), (x0, y0) = hand.regions[0].points[0], region.points[0]
    assert (x - x0, y - y0) == pytest.approx((15, 0), abs=1e-3)


def test_what_is_excluded_counts_in_no_statistics(
    window: MainWindow, wait, field: Path, hand: Hand
) -> None:
    hole = hand.draw("circle", (120, 90), (130, 90))
    window.actions_["region_exclude"].trigger()
    assert not hand.regions[0].included
    whole = hand.draw("circle", (120, 90), (145, 90))
    wait()
    data = fits.getdata(field).astype(float)
    masks = [
        aperture.CircularAperture(r.points[0], r.sizes[0])
        .to_mask(method="center")
        .to_image(data.shape)
        for r in (whole, hole)
    ]
    left = data[(masks[0] > 0) & (masks[1] == 0)]
    assert said(window, "Mean") == pytest.approx(left.mean(), rel=1e-6)
    assert "were left out" in window.knowing.regions.panel.words


def test_one_tool_has_the_mouse(window: MainWindow, hand: Hand) -> None:
    window.actions_["region_box"].trigger()
    assert window.viewer.tool == "region_box"
    window.actions_["measure_line"].trigger()
    assert window.viewer.tool == "line"
    assert window.knowing.regions.editor.form is None
    window.actions_["region_circle"].trigger()
    assert window.viewer.tool == "region_circle"
    assert window.knowing.measuring.hand.form is None
    window.actions_["cancel"].trigger()
    assert window.viewer.tool == ""
    hand.drag(hand.at(60, 60), hand.at(80, 60))
    assert hand.regions == []


def test_a_group_is_made_taken_moved_and_kept_in_files(
    window: MainWindow, wait, hand: Hand, tmp_path: Path, qtbot: QtBot
) -> None:
    hand.draw("circle", (40, 40), (50, 40))
    hand.draw("circle", (80, 50), (90, 50))
    hand.draw("box", (140, 100), (170, 120))
    hand.click(50, 40)  # the first, by its outline
    hand.click(90, 50, SHIFT)
    window.actions_["region_group"].trigger()
    editor = window.knowing.regions.editor
    editor.choose(())
    # Ctrl takes the whole group, and a drag moves all of it and nothing else.
    before = [region.points[0] for region in hand.regions]
    start, end = hand.at(50, 40), hand.at(62, 48)
    qtbot.mousePress(hand.viewer, LEFT, Qt.KeyboardModifier.ControlModifier, start)
    for part in (0.5, 1.0):
        qtbot.mouseMove(hand.viewer, start + (end - start) * part)
    qtbot.mouseRelease(hand.viewer, LEFT, Qt.KeyboardModifier.ControlModifier, end)
    assert editor.selection == (0, 1)
    by = np.subtract(hand.pixel(end), hand.pixel(start))
    for was, region in zip(before[:2], hand.regions[:2], strict=True):
        assert region.points[0] == pytest.approx(tuple(np.add(was, by)))
    assert hand.regions[2].points[0] == before[2]
    # A second group of the page's field; names stand in the file as DS9's tags.
    editor.choose((1, 2))
    window.knowing.regions.show_panel()
    panel = window.knowing.regions.panel
    tags = panel.findChild(QLineEdit, "groups")
    qtbot.keyClicks(tags, "bright, second")
    qtbot.keyClick(tags, Qt.Key.Key_Return)
    path = tmp_path / "grouped.reg"
    window.knowing.placed.save_regions(path)
    wait(path.is_file)
    wait()
    read = Reference.read(path, format="ds9")
    assert [one.meta.get("tag") for one in read] == [
        ["Group 1"], ["Group 1", "bright", "second"], ["bright", "second"],
    ]  # fmt: skip
    window.actions_["regions_clear"].trigger()
    window.knowing.placed.open_regions(path)
    wait(lambda: len(hand.regions) == 3)
    panel.group_chosen.emit("second")
    assert editor.selection == (1, 2)
    window.actions_["region_ungroup"].trigger()
    panel.group_chosen.emit("Group 1")
    assert editor.selection == (0,)  # the second was taken out of all of its groups
    window.actions_["undo"].trigger()
    panel.group_chosen.emit("second")
    assert editor.selection == (1, 2)


CENTROID = {"circle": ((123, 87), (133, 89)), "box": ((113, 80), (131, 96))}


@pytest.mark.parametrize("form", ["circle", "point", "box", "polygon"])
def test_a_centroid_is_where_the_star_was_put(
    window: MainWindow, wait, field: Path, hand: Hand, form: str
) -> None:
    wcs = WCS(fits.getheader(field))
    if form == "point":
        window.actions_["region_point"].trigger()
        hand.click(123, 87)
        window.actions_["cancel"].trigger()
    elif form == "polygon":
        store, frame = window.knowing.placed.store, window.selection.document.frame
        shapes = shapes_in("image\npolygon(112,82,134,84,132,104,115,101)\n", frame)
        store.change(shapes, "polygon")
    else:
        hand.draw(form, *CENTROID[form])
    window.actions_["region_all"].trigger()
    shape = np.ptp(hand.regions[0].points, axis=0), hand.regions[0].sizes
    window.actions_["region_centroid"].trigger()
    wait()
    region = hand.regions[0]
    middle = np.mean(region.points, axis=0)
    assert middle == pytest.approx((120.0, 90.0), abs=0.05)  # where the fixture put it
    assert np.ptp(region.points, axis=0) == pytest.approx(shape[0])
    assert region.sizes == shape[1]
    sky = wcs.wcs_pix2world([(120.0, 90.0)], 0)[0]
    there = Reference.parse(on_sky(window), format="ds9")[0]
    at = there.vertices if form == "polygon" else there.center
    found = np.mean(at.ra.deg), np.mean(at.dec.deg)
    away = (found - sky) * [np.cos(np.radians(20)), 1] * 3600
    assert np.hypot(*away) < 0.05 * 0.72  # arcsec: a twentieth of a pixel


def on_sky(window: MainWindow) -> str:
    window.actions_["region_copy"].trigger()
    return QGuiApplication.clipboard().text()


def test_a_region_without_light_stays(window: MainWindow, wait, hand: Hand) -> None:
    empty = hand.draw("circle", (30, 130), (36, 130))
    window.actions_["region_all"].trigger()
    window.actions_["region_centroid"].trigger()
    wait()
    assert hand.regions[0].points == empty.points
    assert "Nothing stands out in 1" in window.notices.current.message
