"""What is told of the pixel under the mouse is of the frame that is seen, or nothing."""

from __future__ import annotations

from threading import Event

import numpy as np
import pytest
import waiting
from PySide6.QtCore import QObject, QPointF

from astroview.core.frame import ArraySource, Frame
from astroview.ui.process.thread_pool import Background
from astroview.ui.viewer.cursor_readout import CursorReadout, Reading


def frame_of(value: float) -> Frame:
    data = np.full((20, 30), value, np.float32)
    return Frame("f", data.shape[:2], 1, "linear", ArraySource(data), None)


@pytest.mark.usefixtures("qapp")
def test_nothing_of_a_frame_that_has_gone_is_told() -> None:
    owner, background, go_on = QObject(), Background(1), Event()
    readout = CursorReadout(background, owner)
    told: list[Reading] = []
    readout.read.connect(told.append)
    readout.point(frame_of(5), None, QPointF(10, 10))
    waiting.in_window(lambda: told and told[-1].value == "5", 30)
    background.run(lambda: go_on.wait(30), print, print)  # a large frame is being read
    readout.point(frame_of(7), None, QPointF(10, 10))
    assert told[-1].value == ""
    go_on.set()
    waiting.in_window(lambda: told[-1].value == "7", 30)
    background.close()
