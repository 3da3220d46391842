"""How before and after share the viewer: panes, the split handle and the labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF, QTransform

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.documents.comparison import Mode

GRIP = 15.0  # radius of the split handle's knob
REACH = 9.0  # so far from the line a press still takes it
GAP = 3.0  # between side-by-side panes
SPLITS = (Mode.SPLIT, Mode.ACROSS)
# What a pane shows; GRID + i is the i-th picture of the grid.
BEFORE, AFTER, SUBTRACTED, GRID = range(4)
ON_DIAGONAL = QTransform(0, 1, 1, 0, 0, 0)  # x and y change places


@dataclass(frozen=True)
class Pane:
    """A part of the viewer: the area its view spans, the part of it that is painted."""

    area: QRectF
    clip: QRectF
    shows: int

    @property
    def after(self) -> bool:
        """Whether it shows something else than the original."""
        return self.shows != BEFORE


@dataclass(frozen=True)
class Instant:
    """How the viewer compares right now.

    ``peek``: only the original, while a key is held; ``step`` counts the pictures of blinking.
    """

    mode: Mode
    split: float
    peek: bool
    step: int


def at_instant(now: Instant, size: QSizeF, many: bool, count: int) -> list[Pane]:
    """The panes on screen; ``many``: ``count`` pictures are shown, not a pair."""
    alone = now.mode in (Mode.SIDE, Mode.GRID, Mode.TILE)
    blinking = now.mode is Mode.BLINK
    back = (now.peek and not alone) or (blinking and not many and bool(now.step % 2))
    found = panes(Mode.ORIGINAL if back else now.mode, size, now.split, count)
    if blinking and many and not now.peek:
        return [replace(found[0], shows=GRID + now.step % count)]
    if now.peek:
        return [replace(pane, shows=BEFORE) for pane in found]
    return found


def panes(mode: Mode, size: QSizeF, split: float, count: int) -> list[Pane]:
    """The panes of a mode.

    Parameters
    ----------
    split
        Where the split line stands (0..1).
    count
        Pictures there are to compare: 1 is the original alone; more than two matter to the grid.
    """
    whole = QRectF(0, 0, size.width(), size.height())
    single = {Mode.RESULT: AFTER, Mode.DIFFERENCE: SUBTRACTED}
    if count < 2 or mode is Mode.ORIGINAL:
        return [Pane(whole, whole, BEFORE)]
    if mode in SPLITS:
        first, second = QRectF(whole), QRectF(whole)
        at = line_at(mode, size, split)
        if mode is Mode.SPLIT:
            first.setRight(at)
            second.setLeft(at)
        else:
            first.setBottom(at)
            second.setTop(at)
        return [Pane(whole, first, BEFORE), Pane(whole, second, AFTER)]
    if mode is Mode.SIDE:
        return [Pane(cell, cell, i) for i, cell in enumerate(_cells(size, columns=2, rows=1))]
    if mode is Mode.TILE:
        columns = tile_columns(size, count)
        cells = _cells(size, columns, rows=-(-count // columns))[:count]
        return [Pane(cell, cell, GRID + i) for i, cell in enumerate(cells)]
    if mode is Mode.GRID:
        cells = _cells(size, columns=2, rows=1 if count == 2 else 2)[:count]
        return [Pane(cell, cell, GRID + i) for i, cell in enumerate(cells)]
    return [Pane(whole, whole, single.get(mode, AFTER))]


def _cells(size: QSizeF, columns: int, rows: int) -> list[QRectF]:
    """Areas of one size, row by row, with gaps between them."""
    width = round((size.width() - GAP * (columns - 1)) / columns)
    height = round((size.height() - GAP * (rows - 1)) / rows)
    # The last ones end where the viewer does, whatever was rounded.
    lefts = [_edge(i, columns, width, size.width()) for i in range(columns)]
    tops = [_edge(i, rows, height, size.height()) for i in range(rows)]
    return [QRectF(left, top, width, height) for top in tops for left in lefts]


def _edge(i: int, count: int, side: float, length: float) -> float:
    return length - side if i == count - 1 and i else i * (side + GAP)


def tile_columns(size: QSizeF, count: int) -> int:
    """Columns of so many tiles that leave each the largest square."""
    width, height = max(size.width(), 1.0), max(size.height(), 1.0)

    def room(columns: int) -> float:
        return min(width / columns, height / -(-count // columns))

    return max(range(1, count + 1), key=room)


def line_at(mode: Mode, size: QSizeF, split: float) -> float:
    """Where the split line stands, on a whole pixel."""
    length = size.width() if mode is Mode.SPLIT else size.height()
    return float(round(length * split))


def part_at(mode: Mode, size: QSizeF, point: QPointF) -> float:
    """Where a split line through this point stands (0..1)."""
    if mode is Mode.SPLIT:
        return point.x() / max(size.width(), 1)
    return point.y() / max(size.height(), 1)


def touches(mode: Mode, point: QPointF, size: QSizeF, split: float) -> bool:
    """Whether a press at this point takes the split line or its knob."""
    at = line_at(mode, size, split)
    if mode is Mode.ACROSS:
        point, size = point.transposed(), size.transposed()
    on_knob = (point - QPointF(at, size.height() / 2)).manhattanLength() <= GRIP * 1.5
    return on_knob or abs(point.x() - at) <= REACH


def paint_line(painter: QPainter, mode: Mode, size: QSizeF, split: float, lively: bool) -> None:
    """The split line with its knob; ``lively`` while the mouse is on it."""
    at = line_at(mode, size, split)
    painter.save()
    if mode is Mode.ACROSS:
        painter.setTransform(ON_DIAGONAL, combine=True)
        size = size.transposed()
    _paint_upright_line(painter, at, size.height(), lively)
    painter.restore()


def _paint_upright_line(painter: QPainter, x: float, height: float, lively: bool) -> None:
    y = height / 2
    painter.setPen(QPen(QColor(0, 0, 0, 110), 3))
    painter.drawLine(QPointF(x, 0), QPointF(x, height))
    painter.setPen(QPen(QColor(255, 255, 255, 230), 1))
    painter.drawLine(QPointF(x, 0), QPointF(x, height))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(0, 0, 0, 90), 1.5))
    painter.setBrush(QColor(255, 255, 255, 255 if lively else 235))
    painter.drawEllipse(QPointF(x, y), GRIP, GRIP)
    pen = QPen(QColor("#303030"), 1.8)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for side in (-1, 1):
        tip = QPointF(x + side * 8.2, y)
        arrow = [tip - QPointF(side * 3.6, 3.6), tip, tip - QPointF(side * 3.6, -3.6)]
        painter.drawPolyline(QPolygonF(arrow))


def paint_labels(
    painter: QPainter, found: Sequence[Pane], names: Sequence[str], width: int
) -> None:
    """The name of each pane, at the right in one that ends at the right edge only."""
    for pane, name in zip(found, names, strict=True):
        right = pane.clip.left() > 0 and pane.clip.right() >= width - 1
        paint_label(painter, pane, name, right)


def paint_active(painter: QPainter, pane: Pane) -> None:
    """A thin line around the pane that is worked on."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(255, 255, 255, 200), 1))
    painter.drawRect(pane.clip.adjusted(0.5, 0.5, -0.5, -0.5))


def paint_label(painter: QPainter, pane: Pane, text: str, right: bool) -> None:
    """A pill with the pane's name in an upper corner (the scale bar is below), or with its first
    parts; left out where not even they fit.
    """
    metrics, clip = QFontMetricsF(painter.font()), pane.clip
    while text and metrics.horizontalAdvance(text) + 44 > clip.width():
        text = text.rpartition(", ")[0]
    width, height = metrics.horizontalAdvance(text) + 20, metrics.height() + 8
    if not text or clip.height() < height + 24:
        return
    x = clip.right() - width - 12 if right else clip.left() + 12
    box = QRectF(x, clip.top() + 12, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(18, 18, 18, 190))
    painter.drawRoundedRect(box, height / 2, height / 2)
    painter.setPen(QColor("#f2f2f2"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
