"""The page beside the picture for what is under the mouse: every system at once, the pixels."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from astroview.core.frame import Frame, Window
from astroview.core.lazy_dataclass import dataclass
from astroview.core.sky.number_text import sample_text, significant
from astroview.core.sky.sky_map import SkyWords
from astroview.ui.i18n.translate import local, tr
from astroview.ui.measure.report_rows import ReportRows
from astroview.ui.process.latest_only import Latest
from astroview.ui.render.layer import Layer
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import dress, label, tool
from astroview.ui.widgets.side_scroll import SideScroll
from astroview.ui.widgets.theme import Theme

ACROSS, DOWN = 5, 9  # pixels in the table


@dataclass(frozen=True, eq=False)
class UnderCursor:
    """Positions of a place, and the samples around it (DOWN, ACROSS), NaN beside the frame.

    `first` is the FITS position (from 1, upwards) of the table's top left pixel.
    """

    rows: tuple[tuple[str, str], ...]
    values: NDArray[np.float64]
    first: tuple[int, int]
    unit: str


def under_cursor(frame: Frame, at: tuple[float, float], words: SkyWords) -> UnderCursor:
    """Read a place of a frame (x, y from the top left corner); any thread."""
    from astroview.core.sky.positions import position_table

    x, y = int(np.floor(at[0])), int(np.floor(at[1]))
    left, top = x - ACROSS // 2, y - DOWN // 2
    inside = Window(top, left, DOWN, ACROSS).clip(frame.shape)
    values = np.full((DOWN, ACROSS), np.nan)
    samples = frame.read_exact(inside)
    samples = samples.astype(np.float64).mean(axis=2) if samples.ndim == 3 else samples
    if samples.size:
        values[inside.y - top : inside.y - top + inside.height,
               inside.x - left : inside.x - left + inside.width] = samples  # fmt: skip
    own = samples[y - inside.y : y - inside.y + 1, x - inside.x : x - inside.x + 1].ravel()
    value = local(sample_text(own[0])) if own.size and inside.y <= y and inside.x <= x else "–"
    rows = (*position_table(frame, at, words), ("Value", f"{value} {frame.own_unit}".strip()))
    return UnderCursor(rows, values, (left + 1, frame.shape[0] - top), frame.own_unit)


class PixelTable(QWidget):
    """Values as a table, the one under the mouse in its middle."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.shown: UnderCursor | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Pixel table"))

    def sizeHint(self) -> QSize:
        return QSize(240, round((DOWN + 1) * self._line()))

    def show_values(self, shown: UnderCursor | None) -> None:
        self.shown = shown
        self.update()

    def _line(self) -> float:
        return QFontMetricsF(self._small()).height() + 5

    def _small(self):
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.84)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._small())
        if self.shown is None:
            return
        line, wide = self._line(), self.width() / (ACROSS + 0.8)
        x0, y0 = self.shown.first
        middle = Qt.AlignmentFlag.AlignCenter
        painter.setPen(QColor(self.theme.muted))
        for i in range(ACROSS):
            painter.drawText(QRectF((i + 0.8) * wide, 0, wide, line), middle, str(x0 + i))
        for j in range(DOWN):
            painter.drawText(QRectF(0, (j + 1) * line, 0.8 * wide, line), middle, str(y0 - j))
        here = QRectF((ACROSS // 2 + 0.8) * wide, (DOWN // 2 + 1) * line, wide, line)
        painter.fillRect(here, QColor(self.theme.hover))
        painter.setPen(QColor(self.theme.text))
        for j, row in enumerate(self.shown.values):
            for i, value in enumerate(row):
                box = QRectF((i + 0.8) * wide, (j + 1) * line, wide - 3, line)
                right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(box, right, local(significant(float(value), 5)))


class CursorPanel(QWidget):
    """Positions above, the pixels below."""

    close_wished = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.rows, self.table = ReportRows(), PixelTable(theme)
        self._hint = label("Point at the picture.", "muted", wrap=True)
        self._close = tool("Back to the controls (Esc)", self.close_wished.emit)
        head = QHBoxLayout()
        head.addWidget(label("Under the cursor", "heading"), 1)
        head.addWidget(self._close)
        inside = dress(QWidget(), "panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 0, 14, 14)
        column.setSpacing(12)
        for part in (self._hint, self.rows, self.table):
            column.addWidget(part)
        column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(6)
        head.setContentsMargins(14, 12, 14, 4)
        page.addLayout(head)
        page.addWidget(SideScroll(inside), 1)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._close.setIcon(icons.icon("close", theme))
        self.table.theme = theme
        self.table.update()

    def show_place(self, read: UnderCursor) -> None:
        """What is under the mouse now; the last stays when it leaves."""
        self._hint.hide()
        self.rows.fill(read.rows)
        self.table.show_values(read)


class CursorFollower(QObject):
    """Reads what is under the mouse while the page is on show."""

    def __init__(self, viewer: Viewer, panel: CursorPanel, latest: Latest) -> None:
        super().__init__(panel)
        self._panel, self._latest = panel, latest
        self.words: Callable[[], SkyWords] = SkyWords
        viewer.pointed.connect(self._point)

    def _point(self, layer: Layer | None, scene: QPointF | None) -> None:
        if layer is None or scene is None or not self._panel.isVisible():
            return
        at = scene.x() * layer.per_scene, scene.y() * layer.per_scene
        work = partial(under_cursor, layer.frame, at, self.words())
        self._latest.wish(work, self._panel.show_place)
