"""What is under the cursor: position, value before and after, sky."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QPointF, Signal

from astroview.core.colour.chroma_guide import INTERPOLATED, MEASURED, PAINTED
from astroview.core.errors import AstroviewError
from astroview.core.frame import Frame, PiecePlace, Window
from astroview.core.lazy_dataclass import dataclass
from astroview.core.sky.sky_map import SkyWords, position_text, sky_map
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.process.thread_pool import Background
from astroview.ui.viewer.bad_pixels.frame_rules import FrameRules
from astroview.ui.viewer.bad_pixels.mark_overlay import NAMES
from astroview.ui.widgets.controls import plain

KNOWN = {
    MEASURED: noted("colour measured"),
    INTERPOLATED: noted("colour interpolated"),
    PAINTED: noted("colour painted"),
}


@dataclass(frozen=True)
class Reading:
    """Words for the status bar."""

    position: str = ""
    value: str = ""
    sky: str = ""


class CursorReadout(QObject):
    """Reads frames under the cursor in the background; only the latest wish counts."""

    read = Signal(object)  # Reading

    def __init__(
        self, background: Background, parent: QObject, rules: FrameRules | None = None
    ) -> None:
        super().__init__(parent)
        self._background, self._rules = background, rules
        self._running = False
        self.words = SkyWords()
        self.last = Reading()
        self._wish: tuple[Frame, Frame | None, QPointF] | None = None
        self._there: tuple[Frame, Frame | None, QPointF] | None = None  # under the cursor

    def point(self, before: Frame, after: Frame | None, scene: QPointF) -> None:
        """Read a frame, and its result if there is one, at a scene point."""
        if self._there is not None and self._there[0] is not before:
            self.read.emit(Reading())  # what was read is of another frame than is seen now
        self._wish = self._there = (before, after, scene)
        self._start()

    def say_in(self, words: SkyWords) -> None:
        """Tell positions in other words from now on, that under the cursor too."""
        self.words = words
        if self._there:
            self._wish = self._there
            self._start()

    def leave(self) -> None:
        self._wish = self._there = None
        self.read.emit(Reading())

    def _start(self) -> None:
        if self._running or self._wish is None:
            return
        wish, self._wish = self._wish, None
        self._running = True
        work = partial(reading, *wish, self.words, self._rules)
        self._background.run(work, self._done, self._failed)

    def _done(self, result: Reading) -> None:
        self._running, self.last = False, result
        if self._there:  # the cursor may have left meanwhile
            self.read.emit(result)
        self._start()

    def _failed(self, error: AstroviewError) -> None:
        self._running = False  # the picture's own layer tells the user


def reading(
    before: Frame,
    after: Frame | None,
    scene: QPointF,
    words: SkyWords | None = None,
    rules: FrameRules | None = None,
) -> Reading:
    """Position from 1 (FITS: the first pixel is 1, from the bottom; pictures: from the top left)
    and from 0, the value of the frame, then of the result; the position on the sky. With the
    ``rules`` of frames it is said, too, why a number is no measurement.
    """
    x, y = int(scene.x()), int(scene.y())
    if before.hdu is not None and before.header is not None:
        y = before.shape[0] // before.scale - 1 - y
        position = tr("FITS {x}, {y}   from 0: {x_2}, {y_2}", x=x + 1, y=y + 1, x_2=x, y_2=y)
    else:
        position = tr("from 1: {x}, {y}   from 0: {x_2}, {y_2}", x=x + 1, y=y + 1, x_2=x, y_2=y)
    if before.pieces is not None and (piece := _piece(before, scene)) is not None:
        position += f"   {_piece_text(piece)}"
    value = _value(before, scene, before.scale)
    if after is not None:
        if after.own_unit != before.own_unit:  # a picture for the eye has none, nor borrows one
            value = f"{value} {before.own_unit}".rstrip()
        value += f" → {_value(after, scene, after.scale)}"
    unit = before.own_unit if after is None else after.own_unit
    if unit:
        value += f" {unit}"
    if rules is not None and (kind := _no_measurement(before, scene, rules)):
        value += f"   {kind}"
    if known := _colour_known(before if after is None else after, scene):
        value += f"   {known}"
    return Reading(position, value, _sky(before, scene, words or SkyWords()))


def _piece(frame: Frame, scene: QPointF) -> PiecePlace | None:
    """The pixel of an HDU that a mosaic shows there; None in gaps."""
    y, x = int(scene.y() * frame.scale), int(scene.x() * frame.scale)
    return frame.pieces.place_of(y, x) if frame.pieces is not None else None


def _piece_text(piece: PiecePlace) -> str:
    """The HDU, and the pixel as FITS counts it."""
    header = piece.frame.header
    name = str(header.get("EXTNAME", "")) if header is not None else ""
    at = f"{piece.x + 1}, {piece.frame.shape[0] - piece.y}"
    return f"{tr('HDU {hdu}', hdu=piece.frame.hdu)} {name}".strip() + f": {at}"


def _sky(frame: Frame, scene: QPointF, words: SkyWords) -> str:
    """Where a scene point lies on the sky, in words; "" where there is none."""
    if frame.wcs is None:  # the HDUs of a mosaic may each have a sky of its own
        piece = _piece(frame, scene)
        if piece is None or piece.frame.wcs is None:
            return ""
        return _sky(piece.frame, QPointF(piece.x + 0.5, piece.y + 0.5), words)
    sky = sky_map(frame, words.system)
    there = sky.one(scene.x() * frame.scale, scene.y() * frame.scale) if sky else None
    return position_text(*there, words) if there else ""


def _no_measurement(frame: Frame, scene: QPointF, rules: FrameRules) -> str:
    """Why the number there is no measurement; "" where it is one, and where it says so itself."""
    from astroview.core.bad_pixels.pixel_marks import kind_at
    from astroview.core.bad_pixels.pixel_rule import NO_DATA

    if frame.kind != "linear":
        return ""
    y, x = int(scene.y() * frame.scale), int(scene.x() * frame.scale)
    kind = kind_at(frame, rules.of(frame), y, x)
    return tr(NAMES[kind]) if kind and kind != NO_DATA else ""


def _colour_known(frame: Frame, scene: QPointF) -> str:
    """Whether the colour there was measured; "" where nobody says."""
    if frame.colour_known is None:
        return ""
    window = Window(int(scene.y() * frame.scale), int(scene.x() * frame.scale), 1, 1)
    found = frame.colour_known.read(window.clip(frame.shape), 1).reshape(-1)
    return tr(KNOWN.get(int(found[0]), KNOWN[PAINTED])) if found.size else ""


def _value(frame: Frame, scene: QPointF, scale: int) -> str:
    window = Window(int(scene.y() * scale), int(scene.x() * scale), 1, 1)
    numbers = frame.read_exact(window).reshape(-1)
    return " ".join(number_text(n) for n in numbers) if numbers.size else "–"


def number_text(number: np.number[Any]) -> str:
    """A number with the digits that it is stored with: whole ones all, float64 up to 10."""
    if isinstance(number, np.integer):
        return str(int(number))
    if not np.isfinite(number):
        return tr("no data")
    return plain(float(number)) if number.dtype == np.float32 else f"{float(number):.10g}"
