"""Small pictures of what the surveys have of a frame's field, fetched one after the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from astroview.core.colour import colour_space
from astroview.core.errors import AstroviewError, Cancelled
from astroview.core.frame import Frame
from astroview.core.sky_colour.surveys import SURVEYS
from astroview.core.sky_colour.web_answer import NoAnswer, WrongAnswer
from astroview.ui.documents.session import Selection
from astroview.ui.enhance.measured_row import MeasuredRow
from astroview.ui.process.thread_pool import Background
from astroview.ui.render import sampling

SIDE = 160  # pixels of a picture


class SurveyLooks(QObject):
    """Asks when it is told to, never by itself; another frame ends it."""

    def __init__(
        self, row: MeasuredRow, selection: Callable[[], Selection | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._row, self._selection = row, selection
        self._background = Background(1, self)
        self._stop: Event | None = None  # while surveys are asked
        self._frame: Frame | None = None
        self._wrong = ""  # the first answer that was none
        row.look.connect(self.look)
        row.stop.connect(self.stop)

    @property
    def settled(self) -> bool:
        """Whether no survey is being asked."""
        return self._stop is None

    def look(self) -> None:
        """Ask the surveys for the field of the frame that is looked at."""
        chosen = self._selection()
        if chosen is None or self._stop is not None:
            return
        self._stop, self._frame = Event(), chosen.document.frame
        self._wrong = ""
        self._row.begin()
        self._next(list(SURVEYS), self._stop)

    def stop(self) -> None:
        """Ask no more."""
        if self._stop is not None:
            self._stop.set()
            self._stop = None
            self._row.end()

    def show(self) -> None:
        """See whether another frame is looked at."""
        chosen = self._selection()
        frame = chosen.document.frame if chosen else None
        self._row.set_sky(has_sky=frame is not None and frame.wcs is not None)
        if frame is not self._frame:
            self.stop()
            self._frame = frame
            self._row.clear()

    def close(self) -> None:
        self.stop()
        self._background.close()

    def _next(self, names: list[str], stop: Event) -> None:
        if not names or self._frame is None:
            self._stop = None
            self._row.end(self._wrong)
            return
        work = partial(_look, self._frame, names[0], stop)
        self._background.run(
            work, partial(self._came, names, stop), partial(self._failed, names, stop)
        )

    def _came(self, names: list[str], stop: Event, picture: QImage | None) -> None:
        if not stop.is_set():
            self._row.add_look(names[0], picture)
            self._next(names[1:], stop)

    def _failed(self, names: list[str], stop: Event, error: AstroviewError) -> None:
        if stop.is_set():
            return
        if isinstance(error, WrongAnswer):  # of one survey, or of all
            self._wrong = self._wrong or f"{error.message}. {error.hint}"
        if isinstance(error, NoAnswer):  # nor will the others be had
            self._stop = None
            self._row.end(f"{error.message}. {error.hint}")
            return
        self._came(names, stop, None)


def _look(frame: Frame, name: str, stop: Event) -> QImage | None:
    """A survey's picture; None when it was given up. Any thread."""

    def tick(_: str) -> None:
        if stop.is_set():
            raise Cancelled

    try:
        from astroview.core.sky_colour.measured_colour import survey_picture  # needs astropy

        seen = survey_picture(frame, SURVEYS[name], tick, SIDE)
    except Cancelled:
        return None
    rgb = colour_space.oklab_to_srgb(seen.lab)
    return sampling.to_image(np.round(255 * np.clip(rgb, 0, 1)).astype(np.uint8))
