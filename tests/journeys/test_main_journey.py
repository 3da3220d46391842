"""Open, enhance, compare, save: what the app is for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tifffile
from astropy.io import fits
from by_name import words
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from astroview.core.io import open_file
from astroview.core.options import EnhanceOptions
from astroview.ui.enhance.enhance_panel import PAINTED
from astroview.ui.main_window import MainWindow
from astroview.ui.viewer.panes import Mode


@pytest.mark.fresh_start
def test_open_enhance_compare_save(
    window: MainWindow, wait, small: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.open([small])
    wait()
    assert window.selection
    assert window.windowTitle().startswith("small")
    assert window.parts.enhance.options.superres == "superres-x2"

    window.actions_["enhance"].trigger()
    assert window.worker.job
    wait()
    result = window.selection.result
    assert result, window.notices.current
    assert result.frame.shape == (144, 192)
    assert result.frame.chroma is not None
    assert PAINTED in words(window.parts.enhance)
    _compare(window, qtbot)
    _save(window, wait, tmp_path)


def _compare(window: MainWindow, qtbot: QtBot) -> None:
    viewer = window.viewer
    assert viewer.mode is Mode.SPLIT
    middle = QPoint(viewer.width() // 2, viewer.height() // 2)
    qtbot.mousePress(viewer, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(viewer, middle + QPoint(80, 0))
    qtbot.mouseRelease(viewer, Qt.MouseButton.LeftButton, pos=middle + QPoint(80, 0))
    assert viewer.split == pytest.approx(0.5 + 80 / viewer.width(), abs=0.01)
    window.actions_["side"].trigger()
    assert viewer.mode is Mode.SIDE
    left, right = (pane.area for pane in viewer.panes())
    offset = QPointF(40, 30)
    assert viewer.scene_at(left.topLeft() + offset) == viewer.scene_at(right.topLeft() + offset)
    window.activateWindow()
    window.actions_["result"].trigger()
    coloured = viewer.grab().toImage()
    viewer.setFocus()
    qtbot.keyPress(viewer, Qt.Key.Key_Space)
    assert viewer.grab().toImage() != coloured
    qtbot.keyRelease(viewer, Qt.Key.Key_Space)
    assert viewer.grab().toImage() == coloured
    window.actions_["split"].trigger()


def _save(window: MainWindow, wait, folder: Path) -> None:
    for suffix in ("fits", "tiff", "png"):
        window.save_as(folder / f"out.{suffix}")
        wait()
        assert (folder / f"out.{suffix}").is_file(), window.notices.current
    with fits.open(folder / "out.fits") as hdus:
        assert hdus[0].data.shape == (3, 144, 192)
        assert hdus["LUMINANCE"].data.shape == (144, 192)
        assert "superres-x2" in str(hdus[0].header["HISTORY"])
    assert tifffile.imread(folder / "out.tiff").shape == (144, 192, 3)
    assert tifffile.imread(folder / "out.tiff").dtype == np.uint16
    with Image.open(folder / "out.png") as picture:
        assert picture.size == (192, 144)
    assert open_file.open_frame(folder / "out.tiff").shape == (144, 192)


def test_saving_over_the_original_is_refused(window: MainWindow, wait, small: Path) -> None:
    before = small.read_bytes()
    window.open([small])
    wait()
    window.save_as(small)
    wait()
    assert window.notices.current
    assert window.notices.current.kind == "error"
    assert small.read_bytes() == before


def test_only_sharpening_then_discard_and_undo(window: MainWindow, wait, small: Path) -> None:
    window.open([small])
    wait()
    window.enhance(EnhanceOptions(colorizer=None))
    wait()
    assert window.selection
    assert window.selection.result
    assert window.selection.result.frame.chroma is None
    assert PAINTED not in words(window.parts.enhance)
    flux = window.selection.document.frame.read().mean()
    assert window.selection.result.frame.read().mean() == pytest.approx(flux, rel=1e-4)

    # Discard it, and take that back.
    window.actions_["close"].trigger()
    assert window.selection
    assert window.selection.result is None
    assert window.selection.document.results == ()
    notice = window.notices.current
    assert notice
    assert notice.button == "Undo"
    assert notice.act
    notice.act()
    wait()  # it is read again
    assert len(window.selection.document.results) == 1
