"""Planes that play, the list of HDUs, and the search in the header."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from astropy.table import Table
from by_name import find, words
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSpinBox, QToolButton
from pytestqt.qtbot import QtBot

from astroview.ui.main_window import MainWindow


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A file with an image, a table and a cube of five planes."""
    image = fits.PrimaryHDU(np.eye(20, dtype=np.float32))
    image.header["OBJECT"] = ("M 13", "globular cluster")
    table = fits.BinTableHDU(Table({"ra": [1.0]}), name="STARS")
    table.header["ORIGIN"] = "a survey"
    cube = np.random.default_rng(0).normal(0, 1, (5, 24, 30)).astype(np.float32)
    path = tmp_path / "many.fits"
    fits.HDUList([image, table, fits.ImageHDU(cube, name="CUBE")]).writeto(path)
    return path


def test_planes_play_and_step(window: MainWindow, wait, many: Path, qtbot: QtBot) -> None:
    window.open([many])
    wait()
    assert not window.actions_["plane_play"].isEnabled()
    window.body.header.hdu_chosen.emit(2, 0)
    wait()
    window.activateWindow()
    qtbot.keyClick(window.viewer, Qt.Key.Key_Period)
    wait(lambda: window.selection.document.frame.plane == 1)
    number = find(window.parts.frames.planes, QSpinBox, "Plane")
    assert number.text() == "2"
    assert number.lineEdit().width() > number.fontMetrics().horizontalAdvance("1000")
    qtbot.keyClick(window.viewer, Qt.Key.Key_Comma)
    wait(lambda: window.selection.document.frame.plane == 0)
    seen = set()
    window.actions_["plane_play"].trigger()
    assert window.actions_["plane_play"].isChecked()
    wait(lambda: seen.add(window.selection.document.frame.plane) or len(seen) == 5)
    window.actions_["plane_play"].trigger()
    wait()
    plane = window.selection.document.frame.plane
    qtbot.wait(600)
    assert window.selection.document.frame.plane == plane


def test_hdus_headers_search_and_copy(window: MainWindow, wait, many: Path) -> None:
    window.open([many])
    wait()
    window.actions_["header"].trigger()
    header = window.body.header.page
    rows = header.tree.topLevelItemCount() * header.tree.sizeHintForRow(0)
    assert 0 <= header.tree.viewport().height() - rows < 6  # neither cut nor an odd gap
    assert header.tree.topLevelItemCount() == 3
    assert [header.tree.topLevelItem(1).text(c) for c in (0, 1)] == ["1", "STARS"]
    search, cards = find(header, QLineEdit, "Search the header"), find(header, QPlainTextEdit)
    search.setText("globular")
    assert cards.toPlainText().startswith("OBJECT")
    assert "\n1 of " in words(header)
    header.copy()
    assert "M 13" in QGuiApplication.clipboard().text()
    search.clear()
    header.tree.setCurrentItem(header.tree.topLevelItem(1))
    wait(lambda: "a survey" in cards.toPlainText())
    assert window.selection.document.frame.hdu == 0
    header.tree.setCurrentItem(header.tree.topLevelItem(2))
    wait(lambda: window.selection.document.frame.hdu == 2)
    assert "CUBE" in cards.toPlainText()


def test_escape_and_the_cross_bring_the_controls_back(window: MainWindow, wait, many: Path) -> None:
    window.open([many])
    wait()
    header = window.body.header.page
    cross = find(header, QToolButton, "Back to the controls (Esc)")
    for leave in (cross.click, window.actions_["cancel"].trigger):
        window.actions_["header"].trigger()
        assert window.body.sides.page is header
        find(header, QLineEdit, "Search the header").setFocus()
        window.viewer.setFocus()
        leave()
        assert window.body.sides.page is None
        assert not window.actions_["header"].isChecked()
