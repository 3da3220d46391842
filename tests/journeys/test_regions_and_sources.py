"""Regions and catalogues through the real window."""

from __future__ import annotations

import re
import time
from pathlib import Path

import numpy as np
import pytest
from astropy.table import Table
from by_name import find
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from regions import Regions as Reference

from astroview.ui.main_window import MainWindow
from astroview.ui.viewer.overlays import outline_paint
from astroview.ui.viewer.overlays.catalogue_overlay import RADIUS


def on_screen(window: MainWindow, x: float, y: float):
    viewer = window.viewer
    return viewer.placing(viewer.panes()[0]).point(QPointF(x, y)).toPoint()


def test_regions_are_shown_kept_saved_and_removed(
    window: MainWindow, wait, tiny_frame: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.open([tiny_frame])
    wait()
    path = tmp_path / "a.reg"
    path.write_text("image\ncircle(32,24,10) # color=#ff00ff width=3\npoint(10,10)\n")
    window.knowing.placed.open_regions(path)
    wait()
    assert "2 regions" in window.notices.current.message
    picture = window.viewer.grab().toImage()
    rim = on_screen(window, 31.5 + 10, 48 - 24 + 0.5)
    assert picture.pixelColor(rim) == QColor("#ff00ff")
    window.viewer.zoom_to(window.viewer.view.zoom * 2, QPointF(rim))
    assert window.viewer.grab().toImage().pixelColor(rim) == QColor("#ff00ff")
    window.viewer.fit()
    window.actions_["measure_star"].trigger()
    star = on_screen(window, 20.5, 17.5)
    qtbot.mouseClick(window.viewer, Qt.MouseButton.LeftButton, pos=star)
    wait()
    window.actions_["keep_region"].trigger()
    wait()
    assert [shape.kind for shape in window.knowing.placed.shapes.shapes][-1] == "circle"
    target = tmp_path / "saved.reg"
    window.knowing.placed.save_regions(target)
    wait()
    assert len(Reference.read(target, format="ds9")) == 3
    window.actions_["regions_clear"].trigger()
    assert not window.knowing.placed.shapes.shapes
    window.notices.current.act()
    assert len(window.knowing.placed.shapes.shapes) == 3


def test_an_exported_view_has_all_that_lies_over_the_picture(
    window: MainWindow, wait, tiny_frame: Path, tmp_path: Path
) -> None:
    window.open([tiny_frame])
    wait()
    (tmp_path / "a.reg").write_text("image\ncircle(32,24,10) # color=#ff00ff width=3\n")
    window.knowing.placed.open_regions(tmp_path / "a.reg")
    if window.actions_["furniture"].isChecked():
        window.actions_["furniture"].trigger()  # an exported view has its scale bar all the same
    if not window.actions_["grid"].isChecked():
        window.actions_["grid"].trigger()
    wait()
    shown, viewer = window.viewer.grab().toImage(), window.viewer
    for name in ("view.png", "view.svg"):
        window.exporting.export(tmp_path / name)
    png = QImage(str(tmp_path / "view.png"))
    svg = QImage(png.size(), QImage.Format.Format_RGB32)
    painter = QPainter(svg)
    QSvgRenderer(str(tmp_path / "view.svg")).render(painter)
    painter.end()
    rim = on_screen(window, 31.5 + 10, 48 - 24 + 0.5)
    for picture in (png, svg):
        assert picture.pixelColor(rim) == QColor("#ff00ff")
    corner = QRect(0, viewer.height() - 60, 160, 60)
    assert png.copy(corner) != shown.copy(corner)  # the scale bar
    assert png.height() > viewer.height()  # the credit line
    text = (tmp_path / "view.svg").read_text()
    assert f"{tiny_frame.stem} · " in text
    assert "clip-path" in text  # what lies outside of a pane stays out
    assert re.search(r">[\d.]+(″|′|°| px)<", text)  # the length of the bar
    assert not window.actions_["furniture"].isChecked()


def test_a_broken_region_file_is_told(
    window: MainWindow, wait, tiny_frame: Path, tmp_path: Path
) -> None:
    window.open([tiny_frame])
    wait()
    path = tmp_path / "broken.reg"
    path.write_text("nothing of the kind")
    window.knowing.placed.open_regions(path)
    wait()
    assert "broken.reg" in window.notices.current.message
    window.notices.dismiss()
    window.actions_["keep_region"].trigger()
    assert "nothing to keep" in window.notices.current.message


def test_a_click_on_a_source_shows_its_row(
    window: MainWindow, wait, tiny_frame: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "stars.csv"
    Table({"name": ["one", "far"], "ra": [210.8, 10.0], "dec": [54.3, 0.0]}).write(path)
    window.knowing.placed.open_catalogue(path)
    wait()
    window.open([tiny_frame])
    wait()
    assert len(window.knowing.placed.sources) == 1
    view = window.viewer.view
    at = on_screen(window, 32, 24)
    qtbot.mouseClick(window.viewer, Qt.MouseButton.LeftButton, pos=at)
    assert window.viewer.view == view
    table = window.knowing.table
    assert table.isVisibleTo(window)
    assert "name\tone" in table.words
    assert table.view.selectionModel().selectedRows()[0].row() == 0
    window.actions_["copy_result"].trigger()
    assert "name\tone" in QGuiApplication.clipboard().text()
    window.actions_["catalogue_clear"].trigger()
    assert not len(window.knowing.placed.sources)


def test_a_row_of_the_table_shows_its_source(
    window: MainWindow, wait, tiny_frame: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "stars.csv"
    names, ra = ["one", "far", "two", "three"], [210.8, 10.0, 210.8005, 210.7995]
    Table({"name": names, "ra": ra, "dec": [54.3] * 4, "mag": [14.0, 3, 12, 13]}).write(path)
    window.open([tiny_frame])
    wait()
    assert not window.actions_["catalogue_table"].isEnabled()
    window.knowing.placed.open_catalogue(path)
    wait()
    window.actions_["catalogue_table"].trigger()
    table, sources = window.knowing.table, window.knowing.placed.sources
    assert [table.model.index(row, 0).data() for row in range(3)] == ["one", "two", "three"]
    table.view.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    assert table.model.index(0, 0).data() == "two"
    window.viewer.zoom_to(60)
    qtbot.keyClick(table.view, Qt.Key.Key_Down)
    qtbot.keyClick(table.view, Qt.Key.Key_Home)
    table.view.selectRow(1)
    assert "name\tthree" in table.words
    assert sources.place_of_chosen
    assert window.viewer.visible.contains(sources.place_of_chosen)  # it was outside
    picture = window.viewer.grab().toImage()
    place = sources.place_of_chosen
    ring = on_screen(window, place.x(), place.y()) + QPointF(RADIUS + 3, 0).toPoint()
    assert picture.pixelColor(ring) == outline_paint.ACCENT
    find(table, QLineEdit, "Search the sources").setText("TWO")
    assert table.model.rowCount() == 1
    window.actions_["cancel"].trigger()
    assert not table.isVisibleTo(window)


def test_thousands_of_sources_stay_fast(
    window: MainWindow, wait, samples: Path, tmp_path: Path
) -> None:
    window.open([samples / "galaxy.fits"])
    wait()
    rng = np.random.default_rng(0)
    centre = window.selection.document.frame.wcs.wcs.crval
    ra, dec = (rng.uniform(c - 0.03, c + 0.03, 20_000) for c in centre)
    path = tmp_path / "many.fits"
    Table({"ra": ra, "dec": dec}).write(path)
    window.knowing.placed.open_catalogue(path)
    wait()
    assert len(window.knowing.placed.sources) > 5000
    window.viewer.grab()
    start = time.process_time()
    for _ in range(5):
        window.viewer.grab()
    with_sources = (time.process_time() - start) / 5
    assert with_sources < 0.4, f"{with_sources * 1000:.0f} ms to paint"
    assert pytest.approx(len(window.knowing.placed.sources), rel=0.5) == 20_000
