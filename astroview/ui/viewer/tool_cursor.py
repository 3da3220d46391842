"""The mouse cursor that shows which tool has the mouse: a crosshair with the tool's icon."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPen, QPixmap

from astroview.ui.widgets import icons

SIDE, MIDDLE, ARM = 40, 12, 9  # pixels; the cursor points at (MIDDLE, MIDDLE)
FORMS = ("circle", "ellipse", "box", "polygon", "annulus", "line", "point", "text")
ICONS = {
    "line": "line_cut",
    "box": "box_stats",
    "star": "star_profile",
    "hints": "brush",
    **{f"region_{form}": f"region_{form}" for form in FORMS},
}


@cache
def tool_cursor(tool: str, ratio: float = 1.0) -> QCursor:
    """The cursor of a tool of `ICONS`, readable on dark and on bright pixels, and sharp on a screen
    of ``ratio`` device pixels to one.
    """
    picture = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    middle = QPointF(MIDDLE, MIDDLE)
    for colour, width in (("#000000", 3.0), ("#ffffff", 1.0)):
        painter.setPen(QPen(QColor(colour), width))
        for arm in (QPointF(ARM, 0), QPointF(0, ARM)):
            painter.drawLine(middle - arm, middle + arm)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(18, 18, 18, 200))
    painter.drawRoundedRect(18, 18, 21, 21, 4, 4)
    painter.drawPixmap(21, 21, icons.pixmap(ICONS[tool], "#f2f2f2", 15, ratio))
    painter.end()
    return QCursor(picture, MIDDLE, MIDDLE)
