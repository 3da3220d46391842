"""What is laid over the picture on wish is there as soon as it is wished for."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from astroview.core.colour.stretch import Stretch
from astroview.core.frame import ArraySource, Frame
from astroview.core.settings import Settings
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
