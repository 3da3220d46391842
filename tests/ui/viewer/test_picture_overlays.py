"""What is laid over the picture on wish is there as soon as it is wished for."""

from __future__ import annotations

import numpy as np
import pytest
from astropy.wcs import WCS
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from astroview.core.colour.stretch import Stretch
from astroview.core.frame import ArraySource, Frame
from astroview.core.settings import Settings
from astroview.core.sky.sky_map import sky_map
from astroview.ui.process.latest_only import Latest
from astroview.ui.process.thread_pool import Background
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.render.layer import Layer, Look
from astroview.ui.shell.action_registry import Commands
from astroview.ui.viewer.picture_overlays import PictureOverlays
from astroview.ui.viewer.viewer import Viewer


def test_the_crosshair_is_where_the_mouse_rests(qtbot: QtBot, background: Background) -> None:
    window, viewer = QMainWindow(), Viewer()
    window.setCentralWidget(viewer)
    qtbot.addWidget(window)
    commands = Commands(window, lambda: None)
    memory = RememberedChoices(Settings(), lasting=False)
    laid = PictureOverlays(viewer, memory, commands, Latest(background, viewer))
    data = np.ones((8, 8), np.float32)
    frame = Frame("f", data.shape, 1, "linear", ArraySource(data), None)
    layer = Layer(frame, 1, Look(Stretch("linear", 0, 1)), background)
    viewer.pointed.emit(layer, QPointF(3, 4))
    commands.actions["crosshair"].trigger()
    assert laid.crosshair.on
    assert laid.crosshair.place == QPointF(3, 4)


def test_on_another_frame_the_crosshair_stays_on_its_sky(
    qtbot: QtBot, background: Background
) -> None:
    window, viewer = QMainWindow(), Viewer()
    window.setCentralWidget(viewer)
    qtbot.addWidget(window)
    memory = RememberedChoices(Settings(), lasting=False)
    commands = Commands(window, lambda: None)
    laid = PictureOverlays(viewer, memory, commands, Latest(background, viewer))
    coarse, fine = (_with_sky(side) for side in (8, 32))
    layer = Layer(coarse, 1, Look(Stretch("linear", 0, 1)), background)
    laid.show(coarse, sky_map(coarse))
    viewer.pointed.emit(layer, QPointF(3, 5))
    laid.show(fine, None)  # its sky is not known yet
    laid.show(fine, sky_map(fine))
    place = laid.crosshair.place
    assert place is not None
    assert (place.x(), place.y()) == pytest.approx((12, 20), abs=1e-3)
    laid.show(coarse, sky_map(coarse))
    place = laid.crosshair.place
    assert (place.x(), place.y()) == pytest.approx((3, 5), abs=1e-3)


def _with_sky(side: int) -> Frame:
    """One square of the sky in so many pixels a side."""
    wcs = WCS(naxis=2)
    wcs.wcs.ctype = ["RA---TAN", "DEC--TAN"]
    wcs.wcs.crval, wcs.wcs.crpix = [40.0, 20.0], [side / 2 + 0.5] * 2
    wcs.wcs.cdelt = [-0.01 / side, 0.01 / side]
    data = np.ones((side, side), np.float32)
    return Frame("f", data.shape, 1, "linear", ArraySource(data), None, wcs=wcs)
