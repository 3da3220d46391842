"""The line at the bottom: what is under the cursor at the left, zoom and work at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy

from astroview.ui.documents.opening_strip import OpeningStrip
from astroview.ui.documents.session_jobs import SessionJob, progress_text
from astroview.ui.i18n.translate import local, tr
from astroview.ui.viewer.cursor_readout import Reading
from astroview.ui.widgets.controls import Elided, dress, label

POSITION_TIP = (
    "x, y of the pixel. FITS: the first pixel is 1, from the bottom; from 0, as in Python. "
    "Pictures count from the top left."
)


class _Reading(Elided):
    """Has room for what it usually holds; where there is none, it is shortened at its end, to the
    room for ``least``.
    """

    def __init__(self, usual: str, least: str, tip: str) -> None:
        super().__init__("", Qt.TextElideMode.ElideRight)
        dress(self, "reading", tip=tip)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(0)  # the hint counts
        self._usual, self._least = usual, least

    def sizeHint(self) -> QSize:
        usual = self.fontMetrics().horizontalAdvance(self._usual)
        return super().sizeHint().expandedTo(QSize(usual, 0))

    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().horizontalAdvance(self._least)
        return QSize(least, super().minimumSizeHint().height())


class StatusBar(QFrame):
    """Labels with room for what they usually hold, so that nothing jumps."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        usual = "FITS 1000, 1000   from 0: 999, 999 "
        self.position = _Reading(usual, "FITS 1000, 1000", POSITION_TIP)
        self.value = _Reading(
            "1234.56 → 1234.56 ", "1234.56", "Value of the frame, and of the result"
        )
        usual = "RA 00 00 00.00  Dec +00 00 00.0 "
        least = "RA 00 00 00.0  Dec +00 00"
        self.sky = _Reading(usual, least, "Position on the sky (View, Coordinates)")
        self._work = Elided("", Qt.TextElideMode.ElideRight)
        self._work.setObjectName("muted")
        self._work.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.opening = OpeningStrip()
        self._bar = QProgressBar(textVisible=False, maximum=1000)
        self._bar.setFixedWidth(120)
        self.zoom = label("", "reading", tip="Screen pixels to one frame pixel")
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        room = self.fontMetrics().horizontalAdvance
        self.zoom.setMinimumWidth(room("1600 % "))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 1)
        row.setSpacing(14)
        for reading in (self.position, self.value, self.sky):
            row.addWidget(reading)
        row.addWidget(self._work, 1)
        row.addWidget(self._bar)
        row.addWidget(self.opening)
        row.addWidget(self.zoom)
        # As high with what comes and goes as without: the picture above would jump.
        self.setMinimumHeight(max(self.fontMetrics().height() + 9, self.opening.height_needed))
        self.show_work("")

    def show_reading(self, reading: Reading) -> None:
        self.position.setText(reading.position)
        self.value.setText(local(reading.value))
        self.sky.setText(local(reading.sky))

    def show_zoom(self, zoom: float | None) -> None:
        """Zoom in device pixels to a frame pixel; None without a frame."""
        if zoom is None:
            self.zoom.clear()
            return
        percent = zoom * 100
        self.zoom.setText(local(f"{percent:.0f} %" if percent >= 10 else f"{percent:.1f} %"))

    def show_readings(self, on: bool) -> None:
        """What is under the cursor and the zoom are of the picture: elsewhere they say nothing."""
        for reading in (self.position, self.value, self.sky, self.zoom):
            reading.setVisible(on)

    def show_job(self, job: SessionJob | None) -> None:
        """The enhancement under way, if one is."""
        if job is None:
            self.show_work("")
        elif job.progress is None:
            self.show_work(tr("Enhancing {name}", name=job.name), 0)
        else:
            text = progress_text(job.progress)
            part = job.progress.done / max(job.progress.of, 1)
            self.show_work(f"{job.name}: {text}" if text else job.name, part)

    def show_work(self, text: str, part: float | None = None) -> None:
        """What goes on, and how much of it is done (0..1)."""
        self._work.setText(text)
        self._bar.setVisible(part is not None)
        self._bar.setValue(round(1000 * (part or 0)))
