"""Frames larger than anyone wants in memory, through the real window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from PySide6.QtCore import QPointF

from astroview.core.io import pyramid
from astroview.ui.app import RunningApp
from astroview.ui.main_window import MainWindow

SIDE = 5000  # just large enough for levels to be worth it


@pytest.fixture(scope="module")
def striped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every other column bright: sparse samples show bars or nothing, means an even grey."""
    assert pyramid.worth_it((SIDE, SIDE))
    path = tmp_path_factory.mktemp("large") / "striped.fits"
    rows = np.zeros((SIDE, SIDE), np.uint8)
    rows[:, ::2] = 200
    rows[: SIDE // 2, :8] = 255
    fits.PrimaryHDU(rows).writeto(path)
    return path


def test_overviews_are_means(running: RunningApp, wait, striped: Path) -> None:
    window = running.window
    window.open([striped])
    wait(lambda: window.selection)
    wait()
    assert window.viewer.shown is not None
    layer = window.viewer.shown.before
    assert layer.samples
    for samples in layer.samples:
        assert not samples.plan.sparse
        middle = samples.values[20:-20, 20:-20]
        assert np.ptp(middle) < 45
        assert abs(middle.mean() - 100) < 2
    folders = list(running.scratch.folder.glob("overview-*"))
    assert len(folders) == 1
    assert len(list(folders[0].glob("*.raw"))) >= 3


def test_panning_at_any_zoom_only_moves_the_picture(
    window: MainWindow, wait, striped: Path
) -> None:
    window.open([striped])
    wait()
    viewer = window.viewer
    viewer.zoom_to(0.37, QPointF(200, 200))
    wait()
    layer = viewer.shown.before
    assert layer.patches[-1].reduction == pytest.approx(1 / 0.37)
    before = viewer.grab().toImage()
    viewer.set_view(viewer.view.moved(-7, 12))
    after = viewer.grab().toImage()  # at once: nothing had to be read
    assert before.copy(107, 100, 80, 80) == after.copy(100, 112, 80, 80)


def test_levels_of_a_closed_frame_go(running: RunningApp, wait, striped: Path, qapp) -> None:
    window = running.window
    window.open([striped])
    wait()
    folder = next(running.scratch.folder.glob("overview-*"))
    window.desk.remove(window.selection.document.key, "")
    wait()
    import gc

    gc.collect()
    qapp.sendPostedEvents(None, 52)  # deferred deletes
    assert not folder.exists()
