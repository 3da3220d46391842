"""Lines over the picture are as wide on a dense screen, and on a picture that is exported."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from astroview.ui.viewer.overlays import outline_paint
from astroview.ui.viewer.tool_cursor import ICONS, tool_cursor


def thickness(ratio: float) -> float:
    """Of a line, in logical pixels."""
    image = QImage(round(40 * ratio), round(40 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath(QPointF(5, 20))
    path.lineTo(35, 20)
    outline_paint.stroke(painter, path, QColor("#ff0000"), 2.0)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return float(pixels[:, round(20 * ratio), 2].sum()) / 255 / ratio


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_a_line_is_as_wide_on_every_screen(ratio: float) -> None:
    assert thickness(ratio) == pytest.approx(2.0, abs=0.1)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_cursor_is_drawn_for_its_screen(ratio: float) -> None:
    sizes = {tool_cursor(tool, ratio).pixmap().deviceIndependentSize().toSize() for tool in ICONS}
    assert sizes == {tool_cursor("line").pixmap().size()}
    picture = tool_cursor("line", ratio).pixmap()
    assert picture.width() == round(picture.deviceIndependentSize().width() * ratio)
