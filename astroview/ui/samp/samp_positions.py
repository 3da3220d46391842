"""Positions that programs point each other at: sent, centred on, marked for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPointF, QTimer, Signal

from astroview.core.sky.sky_map import sky_map
from astroview.core.texts import Text
from astroview.ui.measure.regions_and_catalogue import RegionsAndCatalogue
from astroview.ui.shell.notice import Notice
from astroview.ui.viewer.overlays.marks import Marks
from astroview.ui.viewer.viewer import Viewer

if TYPE_CHECKING:
    from astroview.core.sky.samp_link import Heard
    from astroview.ui.samp.samp_row_sync import Send

TARGET_MS = 6000  # a place pointed at stays marked so long


class SampPointing(QObject):
    """Points the others at the middle of the view, and the view at where they point.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(
        self, viewer: Viewer, placed: RegionsAndCatalogue, marks: Marks, send: Send, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._viewer, self._placed, self._marks, self._send = viewer, placed, marks, send
        self._forget_target = QTimer(self, singleShot=True, interval=TARGET_MS)
        self._forget_target.timeout.connect(lambda: self._mark(None))

    def point(self) -> None:
        """Point the others at the middle of the view."""
        frame, view = self._placed.frame, self._viewer.view
        sky = sky_map(frame) if frame else None
        there = sky.one(view.x, view.y) if sky else None
        if there is None:
            hint = "It needs a WCS."
            self.notice.emit(Notice("This frame has no position on the sky.", hint, "info"))
            return
        self._send("coord.pointAt.sky", {"ra": repr(there[0]), "dec": repr(there[1])})

    def look_at(self, event: Heard) -> None:
        """Centre the view on a position, and mark it for a while."""
        frame = self._placed.frame
        sky = sky_map(frame) if frame else None
        try:
            ra, dec = float(event.params["ra"]), float(event.params["dec"])
        except (KeyError, ValueError):
            return
        if frame is None or sky is None:
            return
        x, y = sky.to_places(np.array([[ra, dec]]))[0]
        if not (0 <= x <= frame.shape[1] and 0 <= y <= frame.shape[0]):
            words = Text("{sender} points at a position outside this frame.", sender=event.sender)
            self.notice.emit(Notice(words, "", "info"))
            return
        self._viewer.set_view(self._viewer.view.at(float(x), float(y)))
        self._mark(QPointF(float(x), float(y)))
        self._forget_target.start()

    def _mark(self, place: QPointF | None) -> None:
        self._marks.target = place
        self._viewer.update()
