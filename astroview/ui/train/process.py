"""The trainer: the same command that a terminal runs, asked through its stdin.

What it does stands in the run folder (see `tail`); this tells only of its end.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from astroview.core import train_messages as messages
from astroview.core.train_messages import TrainRequest

log = logging.getLogger(__name__)
LEAVE_MS = 8000  # to keep a checkpoint and leave, when asked to
LAST_WORDS = 4000  # bytes of the log that are looked at
LOG = "log.txt"


@dataclass(frozen=True)
class Ending:
    """How the process ended: its exit code, None when it crashed or could not start."""

    code: int | None
    last_words: str = ""


class TrainProcess(QObject):
    """Runs one trainer; what it says goes into a log in its run folder.

    Signals
    -------
    ended : `Ending`; not when `close` ended it
    """

    ended = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = folder / LOG
        self._process = process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUNBUFFERED", "1")
        process.setProcessEnvironment(environment)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        process.setStandardOutputFile(str(self._log), QProcess.OpenModeFlag.Append)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._could_not_start)

    def start(self, command: list[str]) -> None:
        """Start the trainer; once."""
        self._process.start(command[0], command[1:])
        log.info("training started: %s", " ".join(command))

    @property
    def pid(self) -> int:
        """The process id; 0 when it does not run."""
        return int(self._process.processId())

    def send(self, request: TrainRequest) -> None:
        """Send a request; nothing happens when the process is gone."""
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.write((messages.encode(request) + "\n").encode())

    def kill(self) -> None:
        """End the process at once; `ended` follows."""
        self._process.kill()

    def close(self) -> None:
        """End the process: asked first, then by force. The run folder can be resumed."""
        process = self._process
        if process.state() is QProcess.ProcessState.NotRunning:
            return
        process.finished.disconnect(self._finished)
        process.errorOccurred.disconnect(self._could_not_start)
        self.send(messages.Leave())
        process.closeWriteChannel()
        if not process.waitForFinished(LEAVE_MS):
            process.terminate()
            if not process.waitForFinished(LEAVE_MS // 4):
                process.kill()
                process.waitForFinished(LEAVE_MS // 4)

    def _could_not_start(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end(Ending(None, self._process.errorString()))

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        crashed = status is QProcess.ExitStatus.CrashExit
        self._end(Ending(None if crashed else code, last_words(self._log)))

    def _end(self, ending: Ending) -> None:
        log.info("training ended: %s", ending.code)
        self.ended.emit(ending)


def last_words(path: Path) -> str:
    """The end of a log."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(size - LAST_WORDS, 0))
            return file.read().decode(errors="replace").strip()
    except OSError:
        return ""
