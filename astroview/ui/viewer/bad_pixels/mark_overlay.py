"""Pixels that are no measurement, in colours over the picture, with a legend."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from astroview.core.bad_pixels.pixel_marks import KINDS, PixelMarks
from astroview.core.bad_pixels.pixel_rule import (
    FLAGGED,
    NO_DATA,
    NO_ERROR,
    SATURATED,
    STANDS_FOR_NONE,
    STRUCK,
)
from astroview.core.lazy_dataclass import dataclass
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.render.rendering import NO_DATA_COLOUR, SATURATED_COLOUR
from astroview.ui.viewer.overlays import outline_paint
from astroview.ui.viewer.paint_layers import Placing
from astroview.ui.viewer.panes import GRID, SUBTRACTED

NAMES = {
    NO_DATA: noted("no data"),
    STANDS_FOR_NONE: noted("stands for no data"),
    STRUCK: noted("cosmic ray, hot or dead pixel"),
    FLAGGED: noted("flagged as bad by the file"),
    NO_ERROR: noted("without a valid error"),
    SATURATED: noted("saturated"),
}
COLOURS = {  # told apart by eyes without red or green cones, too
    NO_DATA: NO_DATA_COLOUR,
    STANDS_FOR_NONE: 0xFF35C4F0,
    STRUCK: 0xFFC2188F,
    FLAGGED: 0xFFFFB552,
    NO_ERROR: 0xFFE6FFB0,
    SATURATED: SATURATED_COLOUR,
}
SWATCH, EDGE, BELOW_LABEL = 10.0, 10.0, 46.0


@dataclass(frozen=True, eq=False)
class MarkPicture:
    """Marks as a picture, transparent where pixels are good, and the scene under it."""

    image: QImage
    scene: QRectF
    covers: QRectF  # of the scene: what was looked at

    @staticmethod
    def of(marks: PixelMarks, reduced: int, kinds: frozenset[str]) -> MarkPicture:
        """Of the kinds that are wanted; blocks of ``reduced`` x ``reduced`` become one pixel."""
        table = np.zeros(1 + len(KINDS), np.uint32)
        for code, kind in enumerate(KINDS, start=1):
            table[code] = COLOURS[kind] if kind in kinds else 0
        codes = marks.codes * np.isin(marks.codes, np.flatnonzero(table))
        for axis in (0, 1) if reduced > 1 and codes.size else ():
            codes = np.maximum.reduceat(codes, np.arange(0, codes.shape[axis], reduced), axis)
        pixels = table[codes]
        height, width = pixels.shape
        image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32)
        window, k = marks.window, marks.k * reduced
        return MarkPicture(
            image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied),
            QRectF(window.x, window.y, width * k, height * k),
            QRectF(window.x, window.y, window.width, window.height),
        )


class MarkOverlay:
    """Paints what its controller gives it.

    Attributes
    ----------
    pictures
        Coarse first; the last one that covers what a pane shows is painted.
    counts
        Pixels of each kind that is wanted, as the legend tells them.
    said
        A line below them, such as that these are those in view.
    """

    def __init__(self) -> None:
        self.pictures: tuple[MarkPicture, ...] = ()
        self.counts: Mapping[str, int] = {}
        self.said = ""
        self.on = False

    @property
    def lines(self) -> list[tuple[int, str]]:
        """Colour and words of each line of the legend."""
        known = [(COLOURS[kind], self.counts[kind], kind) for kind in NAMES if kind in self.counts]
        lines = [(colour, f"{count:,}  {tr(NAMES[kind])}") for colour, count, kind in known]
        return lines + ([(0, self.said)] if self.said else [])

    def paint(self, painter: QPainter, at: Placing) -> None:
        if not self.on or at.pane.shows == SUBTRACTED:
            return
        painter.save()
        painter.setTransform(at.transform, combine=True)
        seen = at.view.visible(at.pane.area.size())
        whole = [p for p in self.pictures if p.covers.contains(seen.intersected(self._all))]
        for picture in whole[-1:] or self.pictures:
            painter.drawImage(picture.scene, picture.image, QRectF(picture.image.rect()))
        painter.restore()
        if at.pane.clip.left() < 1 and at.pane.clip.top() < 1 and at.pane.shows <= GRID:
            self._paint_legend(painter, at.pane.clip)

    @property
    def _all(self) -> QRectF:
        return self.pictures[0].covers if self.pictures else QRectF()

    def _paint_legend(self, painter: QPainter, clip: QRectF) -> None:
        lines = self.lines
        if not lines:
            return
        painter.setFont(outline_paint.small(painter.font(), 0.92))
        metrics = QFontMetricsF(painter.font())
        line = metrics.height() + 2
        widest = max(metrics.horizontalAdvance(text) for _, text in lines)
        box = QRectF(0, 0, widest + SWATCH + 2.8 * EDGE, len(lines) * line + 1.4 * EDGE)
        if box.width() + 2 * EDGE > clip.width() or box.height() + 120 > clip.height():
            return
        box.moveTopLeft(clip.topLeft() + QPointF(12, BELOW_LABEL))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(18, 18, 18, 205))
        painter.drawRoundedRect(box, 6, 6)
        top = box.top() + 0.7 * EDGE
        for colour, text in lines:
            if colour:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor.fromRgba(colour))
                painter.drawRect(QRectF(box.left() + EDGE, top + 0.25 * line, SWATCH, SWATCH))
            painter.setPen(QColor("#f2f2f2" if colour else "#c4c4c4"))
            left = box.left() + EDGE + (SWATCH + 0.8 * EDGE if colour else 0)
            place = QRectF(left, top, box.right() - left, line)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), text)
            top += line
