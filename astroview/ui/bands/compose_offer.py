"""The box above Enhance that offers true colour before a guessed one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QVBoxLayout

from astroview.ui.documents.session_jobs import SessionJob
from astroview.ui.i18n.translate import tr
from astroview.ui.widgets.controls import dress, label


class ComposeOffer(QFrame):
    """Says ``compose`` or ``cancel``; hidden while there is nothing to offer."""

    compose = Signal()
    cancel = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._running = False
        self._text = label("", wrap=True)
        self._button = dress(QPushButton(), tip="Compose them into one picture (Ctrl+Shift+B)")
        self._button.clicked.connect(self._press)
        self._bar = QProgressBar(textVisible=False, maximum=1000)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(8)
        for widget in (self._text, self._bar, self._button):
            column.addWidget(widget)
        self.show_names(())

    def show_names(self, names: tuple[str, ...]) -> None:
        """The bands on offer, short to long wavelength; none hides the box."""
        if self._running:
            return
        self._names = names
        self.setVisible(len(names) > 1)
        self._bar.hide()
        self._text.setText(
            tr(
                "{names} of this field are open: their true colour comes before a painted one.",
                names=listed(names),
            )
        )
        self._button.setText(tr("Compose colour from {count} bands", count=len(names)))

    def show_job(self, job: SessionJob | None) -> None:
        """Bands are being composed, or no longer."""
        if self._running is (job is not None):
            return
        self._running = job is not None
        if not self._running:
            self.show_names(self._names)
            return
        self.show()
        self._bar.setRange(0, 0)
        self._bar.show()
        self._text.setText(tr("Bringing the bands onto one grid …"))
        self._button.setText(tr("Cancel"))

    def _press(self) -> None:
        (self.cancel if self._running else self.compose).emit()

    def show_progress(self, job: SessionJob) -> None:
        """How much of the grid is done."""
        if job.kind == "compose" and job.progress:
            self._bar.setRange(0, max(job.progress.of, 1))
            self._bar.setValue(job.progress.done)


def listed(names: tuple[str, ...]) -> str:
    """``J, H and K``."""
    return tr(" and ").join(filter(None, (", ".join(names[:-1]), *names[-1:])))
