"""What is under the cursor: position, value before and after, sky."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QPointF, Signal

from astroview.core.errors import AstroviewError
from astroview.core.frame import Frame, Window
from astroview.ui.background import Background
from astroview.ui.widgets import nice


@dataclass(frozen=True)
class Reading:
    """Words for the status bar."""

    position: str = ""
    value: str = ""
    sky: str = ""


class Probe(QObject):
    """Reads frames under the cursor in the background; only the latest wish counts."""

    read = Signal(object)  # Reading

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._running = False
        self._wish: tuple[Frame, Frame | None, QPointF] | None = None

    def point(self, before: Frame, after: Frame | None, scene: QPointF) -> None:
        """Read a frame, and its result if there is one, at a scene point."""
        self._wish = (before, after, scene)
        self._start()

    def leave(self) -> None:
        self._wish = None
        self.read.emit(Reading())

    def _start(self) -> None:
        if self._running or self._wish is None:
            return
        wish, self._wish = self._wish, None
        self._running = True
        self._background.run(partial(reading, *wish), self._done, self._failed)

    def _done(self, result: Reading) -> None:
        self._running = False
        self.read.emit(result)
        self._start()

    def _failed(self, error: AstroviewError) -> None:
        self._running = False  # the picture's own layer tells the user


def reading(before: Frame, after: Frame | None, scene: QPointF) -> Reading:
    """Position in FITS convention for FITS frames (first pixel 1, from the bottom), else from
    the top left, from 0; the value of the frame, then of the result; RA and Dec.
    """
    x, y = int(scene.x()), int(scene.y())
    position = f"x {x}  y {y}"
    if before.hdu is not None and before.header is not None:
        position = f"x {x + 1}  y {before.shape[0] - y}"
    value = _value(before, scene, 1)
    if after is not None:
        value += f" → {_value(after, scene, after.scale)}"
    if before.unit:
        value += f" {before.unit}"
    if before.wcs is None:
        return Reading(position, value)
    from astroview.core import wcs

    sky = wcs.sky_at(before, scene.x() - 0.5, scene.y() - 0.5)
    return Reading(position, value, wcs.format_sky(*sky) if sky else "")


def _value(frame: Frame, scene: QPointF, scale: int) -> str:
    window = Window(int(scene.y() * scale), int(scene.x() * scale), 1, 1)
    numbers = frame.read(window).reshape(-1)
    if numbers.size == 0:
        return "–"
    return " ".join("no data" if np.isnan(n) else nice(float(n)) for n in numbers)
