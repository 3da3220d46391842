"""The box above Enhance that offers to combine frames, and shows how far that is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QProgressBar, QPushButton, QVBoxLayout

from astroview.ui.documents.session_jobs import SessionJob
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.widgets.controls import combo, dress, label

SCALES = (
    ("2", noted("2 × as fine")),
    ("3", noted("3 × as fine")),
    ("4", noted("4 × as fine")),
    ("1", noted("As fine as they are")),
)
STEPS = {
    "measuring stars": noted("Measuring stars"),
    "laying frames on each other": noted("Laying frames on each other"),
    "looking at a sample of the field": noted("Looking at a sample of the field"),
    "combining": noted("Combining"),
    "leaving noise out": noted("Leaving noise out"),
    "holding it to the frames": noted("Holding it to the frames"),
    "saving": noted("Saving"),
}
_DENOISE = noted(
    "A network leaves out the noise that is left: not for photometry. "
    "What was measured stays in the file, as MEASURED."
)


class StackOffer(QFrame):
    """Says ``combine`` or ``cancel``; hidden while there is nothing to offer."""

    combine = Signal()
    cancel = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._running, self._count = False, 0
        self._text = label("", wrap=True)
        self._scale = combo("Sampling", SCALES, tip="How fine the result is sampled")
        self._denoise = dress(QCheckBox(tr("Leave the noise out")), tip=_DENOISE)
        self._scale.currentIndexChanged.connect(self._show_denoise)
        self._button = dress(QPushButton(), tip="Combine them into one frame (Ctrl+Shift+J)")
        self._button.clicked.connect(self._press)
        self._bar = QProgressBar(textVisible=False, maximum=1000)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(8)
        column.addWidget(self._text)
        column.addWidget(self._bar)
        column.addWidget(self._scale)
        column.addWidget(self._denoise)
        column.addWidget(self._button)
        self.show_count(0)

    @property
    def scale(self) -> int:
        """How many times as fine as the frames."""
        return int(self._scale.currentData())

    @property
    def denoise(self) -> bool:
        """Whether a network shall leave out the noise that is left."""
        return self._denoise.isEnabled() and self._denoise.isChecked()

    def _show_denoise(self) -> None:
        """As fine as the frames, nothing is left to hold a network to."""
        self._denoise.setEnabled(self.scale > 1)

    def show_count(self, count: int) -> None:
        """So many frames are on offer; fewer than two hide the box."""
        self._count = count
        if self._running:
            return
        self.setVisible(count > 1)
        self._bar.hide()
        self._scale.show()
        self._denoise.show()
        self._text.setText(
            tr(
                "{count} frames of this field are open: what they sampled together comes "
                "before a guess.",
                count=count,
            )
        )
        self._button.setText(tr("Combine {count} frames", count=count))

    def show_job(self, job: SessionJob | None) -> None:
        """Frames are being combined, or no longer."""
        if self._running is (job is not None):
            return
        self._running = job is not None
        if not self._running:
            self.show_count(self._count)
            return
        self.show()
        self._scale.hide()
        self._denoise.hide()
        self._bar.setRange(0, 0)
        self._bar.show()
        self._text.setText(tr("Combining"))
        self._button.setText(tr("Cancel"))

    def show_progress(self, job: SessionJob) -> None:
        """How far a step is, and how long it will yet take."""
        if job.kind != "combine" or job.progress is None:
            return
        done, of, note, left = (
            *(job.progress.done, job.progress.of, job.progress.note),
            _left(job.progress.eta_s),
        )
        self._bar.setRange(0, of)  # 0, 0: busy
        self._bar.setValue(done)
        step = tr(STEPS[note]) if note in STEPS else note
        part = f"{step}: {done} / {of}" if of else f"{step} …"
        self._text.setText(f"{part}, {left}" if left else part)

    def _press(self) -> None:
        (self.cancel if self._running else self.combine).emit()


def _left(seconds: float | None) -> str:
    """``about 40 s left``; "" until it can be told."""
    if seconds is None or seconds < 3:
        return ""
    if seconds < 55:
        return tr("about {what} s left", what=max(5, round(seconds / 5) * 5))
    return tr("about {what} min left", what=max(1, round(seconds / 60)))
