"""Closing the window while a frame is being enhanced: finish first, go on next time, or stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from astroview.core import json_lines
from astroview.core.options import EnhanceOptions
from astroview.ui.documents.document import Document
from astroview.ui.documents.session import Session
from astroview.ui.i18n.translate import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox


class LeaveQuestion(QObject):
    """Asks once; as a room of the session it keeps what is to go on next time.

    ``asked`` is the box while it is open.
    """

    def __init__(
        self,
        window: QWidget,
        session: Session,
        enhance: Callable[[Document, EnhanceOptions], None],
        resting: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._enhance = window, session, enhance
        self._resting = resting
        self.asked: QMessageBox | None = None
        self._parked: dict[str, Any] | None = None
        self._when_done = QTimer(self, interval=200)
        self._when_done.timeout.connect(self._close_if_done)

    def may_leave(self) -> bool:
        """Whether nothing runs; otherwise the user is asked, and the window closed then."""
        if self._session.jobs.get("enhance") is None:
            return True
        if self.asked is None:
            self._ask()
        return False

    def _ask(self) -> None:
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(tr("A frame is being enhanced"))
        box.setText(tr("A frame is being enhanced."))
        box.setInformativeText(tr("What is open and finished is kept in any case."))
        role = QMessageBox.ButtonRole
        finish = box.addButton(tr("Finish, then quit"), role.AcceptRole)
        park = box.addButton(tr("Quit, go on next time"), role.AcceptRole)
        stop = box.addButton(tr("Stop and quit"), role.DestructiveRole)
        stay = box.addButton(tr("Keep working"), role.RejectRole)
        box.setDefaultButton(finish)
        box.setEscapeButton(stay)
        acts = {finish: self.finish, park: self.park, stop: self.stop}
        box.finished.connect(lambda _: self._answered(acts.get(box.clickedButton())))  # type: ignore[call-overload]
        self.asked = box
        box.open()

    def _answered(self, act: Callable[[], None] | None) -> None:
        if self.asked is not None:
            self.asked.deleteLater()
        self.asked = None
        if act:
            act()

    def finish(self) -> None:
        """Close when what runs has ended."""
        self._when_done.start()

    def park(self) -> None:
        """Close now, and begin it again at the next start."""
        job = self._session.jobs.get("enhance")
        if job and job.options:
            self._parked = {"key": job.key, "options": asdict(job.options)}
        QTimer.singleShot(0, self._window.close)

    def stop(self) -> None:
        """Close now."""
        QTimer.singleShot(0, self._window.close)

    def _close_if_done(self) -> None:
        if self._resting():
            self._when_done.stop()
            QTimer.singleShot(0, self._window.close)

    # ---- a room of the session ---------------------------------------------------------

    def save(self) -> dict[str, Any] | None:
        """What is to go on next time."""
        return self._parked

    def restore(self, told: dict[str, Any] | None, keys: dict[int, int]) -> None:
        """Go on. Raises ValueError, KeyError or TypeError for what `save` did not write."""
        if told is None:
            return
        options = json_lines.build(EnhanceOptions, dict(told["options"]))
        document = self._session.documents.get(keys.get(int(told["key"]), 0))
        if document is not None:
            self._enhance(document, options)
