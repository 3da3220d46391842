"""The legend of a difference: its colours, where they end, and how much there is of it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from astroview.core.colour.difference import Difference
from astroview.core.lazy_dataclass import dataclass
from astroview.ui.i18n.translate import local, tr
from astroview.ui.render import colour_maps
from astroview.ui.viewer.paint_layers import Placing
from astroview.ui.widgets.controls import nice

DIVERGING = "CET-CBD1"  # blue - white - ochre: told apart by all eyes
BAR = (168.0, 10.0)  # width and height of the colours
EDGE = 12.0


@dataclass(frozen=True)
class Legend:
    """Painted over the difference, at the top right (the scale bar and the compass are below).

    Attributes
    ----------
    reach
        Sigma at the right end of the colours; the left end is its negative.
    names
        Of what is subtracted from what, later and earlier, where that is two files.
    """

    difference: Difference
    reach: float
    names: tuple[str, str] = ("", "")

    @property
    def lines(self) -> tuple[str, str]:
        """What it is, and how large."""
        found = self.difference
        unit = f" {found.unit}" if found.unit else ""
        what = " − ".join(self.names) if any(self.names) else tr("Result − original")
        return (
            tr(
                "{what}, in σ (noise of a pixel: {sigma}{unit})",
                what=what,
                sigma=nice(found.sigma),
                unit=unit,
            ),
            tr(
                "rms {rms} σ · largest {largest} σ · beyond 5 σ: {percent}",
                rms=nice(found.rms),
                largest=nice(found.largest),
                percent=_percent(found.beyond),
            ),
        )

    def paint(self, painter: QPainter, at: Placing) -> None:
        """Paint into a pane, where there is room."""
        small = QFont(painter.font())
        small.setPointSizeF(small.pointSizeF() * 0.9)
        painter.setFont(small)
        metrics = QFontMetricsF(small, painter.device())
        line = metrics.height()
        widest = max(metrics.horizontalAdvance(text) for text in self.lines)
        box = QRectF(0, 0, max(widest, BAR[0] + 60) + 2 * EDGE, BAR[1] + 3 * line + 2 * EDGE + 4)
        clip = at.pane.clip
        if clip.width() < box.width() + 2 * EDGE or clip.height() < box.height() + 5 * EDGE:
            box.setWidth(BAR[0] + 2 * EDGE + 24)
            box.setHeight(BAR[1] + line + 2 * EDGE)
        box.moveTopRight(clip.topRight() + QPointF(-EDGE, EDGE))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(18, 18, 18, 205))
        painter.drawRoundedRect(box, 6, 6)
        self._paint_inside(painter, box.adjusted(EDGE, EDGE, -EDGE, -EDGE), line)

    def _paint_inside(self, painter: QPainter, box: QRectF, line: float) -> None:
        colours = colour_maps.table(DIVERGING)
        strip = QImage(
            colours.tobytes(), len(colours), 1, 3 * len(colours), QImage.Format.Format_RGB888
        )
        bar = QRectF(box.left(), box.top(), BAR[0], BAR[1])
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(bar, strip)
        painter.setPen(QColor("#f2f2f2"))
        below = QRectF(bar.left() - EDGE, bar.bottom() + 2, bar.width() + 2 * EDGE, line)
        for place, value in ((0, -self.reach), (0.5, 0.0), (1, self.reach)):
            tick = QRectF(below)
            tick.moveCenter(QPointF(bar.left() + place * bar.width(), below.center().y()))
            words = "0" if not value else local(f"{value:+g} σ".replace("-", "−"))
            flags = Qt.AlignmentFlag.AlignCenter
            if place == 0:
                tick.setLeft(bar.left())
                flags = Qt.AlignmentFlag.AlignLeft
                tick.setWidth(bar.width())
            elif place == 1:
                tick.setRight(bar.right())
                tick.setLeft(bar.left())
                flags = Qt.AlignmentFlag.AlignRight
            painter.drawText(tick, flags | Qt.AlignmentFlag.AlignVCenter, words)
        if box.height() < BAR[1] + 3 * line:
            return
        painter.setPen(QColor("#c4c4c4"))
        for i, text in enumerate(self.lines):
            top = below.bottom() + 2 + i * line
            painter.drawText(
                QRectF(box.left(), top, box.width(), line), int(Qt.AlignmentFlag.AlignVCenter), text
            )


def _percent(part: float) -> str:
    if part == 0:
        return tr("none")
    # 100 %, not 1e+02 %
    return local(f"{100 * part:.0f} %" if part >= 0.1 else f"{100 * part:.2g} %")
