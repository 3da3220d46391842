"""The coordinate grid: worked out in the background for a region around the view, kept while the
view stays inside it, painted in scene coordinates so that it follows every pan and zoom.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath

from astroview.core.frame import Frame
from astroview.core.lazy_dataclass import dataclass
from astroview.core.sky.sky_map import SkyMap, SkyWords
from astroview.ui.i18n.translate import local, tr
from astroview.ui.process.latest_only import Latest
from astroview.ui.viewer.overlays import outline_paint
from astroview.ui.viewer.overlays.compass_and_scale import bar_room
from astroview.ui.viewer.overlays.pane_sky import PaneSky
from astroview.ui.viewer.paint_layers import Placing

if TYPE_CHECKING:
    from astroview.core.sky.graticule import Graticule

COLOUR = QColor(190, 220, 255, 185)
APART = 170.0  # points of the screen between lines, about


@dataclass(frozen=True)
class _Wanted:
    """What a grid was worked out for."""

    visible: QRectF
    zoom: float
    words: SkyWords
    frame: int  # its id

    def serves(self, other: _Wanted) -> bool:
        alike = self.words == other.words and self.frame == other.frame
        return alike and self.visible.contains(other.visible) and 0.6 < other.zoom / self.zoom < 1.7


@dataclass(frozen=True)
class _GridPath:
    path: QPainterPath
    label: str
    lon: bool
    points: np.ndarray  # (N, 2), for the label


class SkyGrid(QObject):
    """Lines and labels.

    Signals
    -------
    changed
        Paint again.
    told
        Why there is no grid, in words.
    """

    changed = Signal()
    told = Signal(str)

    def __init__(self, latest: Latest, panes: PaneSky) -> None:
        super().__init__(latest)
        self._latest, self._panes = latest, panes
        self.on = False
        self._frame: Frame | None = None
        self._sky: SkyMap | None = None
        self._words = SkyWords()
        self._asked: _Wanted | None = None
        self._lines: tuple[_GridPath, ...] = ()
        self._said = 0

    @property
    def labels(self) -> list[str]:
        """The labels of the lines there are."""
        return [line.label for line in self._lines]

    def show(self, frame: Frame | None, sky: SkyMap | None, words: SkyWords) -> None:
        """Take another frame or other words; `look` asks for its lines."""
        if (id(frame), words) != (id(self._frame), self._words):
            self._lines, self._asked = (), None
            self._latest.drop()
        self._frame, self._sky, self._words = frame, sky, words

    def look(self, visible: QRectF, zoom: float) -> None:
        """See that there are lines for what is visible (scene coordinates)."""
        if not self.on or self._frame is None:
            return
        scene = QRectF(0, 0, self._frame.shape[1], self._frame.shape[0])
        seen = visible.intersected(scene)
        if seen.isEmpty():
            return
        if self._sky is None:
            self._tell(tr("This frame has no sky coordinates (WCS), so no grid can be drawn."))
            return
        want = _Wanted(seen, zoom, self._words, id(self._frame))
        if self._asked is not None and self._asked.serves(want):
            return
        wide = seen.adjusted(*(s * 0.3 * seen.width() for s in (-1, 0, 1, 0)))
        wide = wide.adjusted(*(s * 0.3 * seen.height() for s in (0, -1, 0, 1))).intersected(scene)
        self._asked = _Wanted(wide, zoom, self._words, id(self._frame))
        from astroview.core.sky.graticule import Area, graticule

        area = Area(wide.x(), wide.y(), wide.width(), wide.height())
        count = max(2, round(max(wide.width(), wide.height()) * zoom / APART))
        work = partial(graticule, self._sky, area, self._words.style, min(count, 12))
        self._latest.wish(work, self._take)

    def _take(self, found: Graticule) -> None:
        self._lines = tuple(
            _line(one.pieces, local(one.label), one.kind == "lon") for one in found.lines
        )
        if found.reason:
            self._tell(found.reason)
        self.changed.emit()

    def _tell(self, words: str) -> None:
        if self._said != id(self._frame):
            self._said = id(self._frame)
            self.told.emit(words)

    def paint(self, painter: QPainter, at: Placing) -> None:
        if not self.on or self._frame is None or self._sky is None:
            return
        if not self._panes.shared(at, self._frame, self._sky):
            return  # another part of the sky, laid pixel on pixel
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scene = QRectF(0, 0, self._frame.shape[1], self._frame.shape[0])
        clip = at.pane.clip.intersected(at.rect(scene))
        painter.setClipRect(clip)
        transform = outline_paint.scene_to_screen(at)
        everything = QPainterPath()
        for line in self._lines:
            everything.addPath(line.path)
        outline_paint.stroke(painter, transform.map(everything), COLOUR, 1.0)
        painter.setFont(outline_paint.small(painter.font(), 0.8))
        taken = [bar_room(at.pane.area)]
        for line in self._lines:
            _paint_label(painter, line, at, clip, taken)


def _line(pieces: tuple[np.ndarray, ...], label: str, lon: bool) -> _GridPath:
    path = QPainterPath()
    for piece in pieces:
        path.moveTo(*piece[0])
        for x, y in piece[1:]:
            path.lineTo(x, y)
    return _GridPath(path, label, lon, np.concatenate(pieces))


def _paint_label(
    painter: QPainter, line: _GridPath, at: Placing, clip: QRectF, taken: list[QRectF]
) -> None:
    """The label where the line meets the lower edge (longitudes) or the left one (latitudes)."""
    plate = outline_paint.plate_of(painter, line.label)
    room = clip.adjusted(3, 3, -3, -3)
    for place in _candidates(line, at, room):
        plate.moveCenter(place)
        plate.moveLeft(min(max(plate.left(), room.left()), room.right() - plate.width()))
        plate.moveTop(min(max(plate.top(), room.top()), room.bottom() - plate.height()))
        if not any(plate.intersects(other) for other in taken):
            taken.append(plate.adjusted(-6, -3, 6, 3))
            outline_paint.words(painter, plate, line.label, QColor(214, 232, 255))
            return


def _candidates(line: _GridPath, at: Placing, room: QRectF) -> list[QPointF]:
    """Points of a line on the screen, from its proper edge inwards; a few of them."""
    x, y = outline_paint.on_screen(line.points, at)
    seen = (x >= room.left()) & (x <= room.right()) & (y >= room.top()) & (y <= room.bottom())
    if not seen.any():
        return []
    order = np.argsort(-y[seen] if line.lon else x[seen])
    some = np.column_stack([x[seen], y[seen]])[order][:: max(1, len(order) // 6)]
    return [QPointF(float(a), float(b)) for a, b in some[:7]]
