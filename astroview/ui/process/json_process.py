"""A command that says one JSON line an event, run as a child process.

Lines are taken in small helpings between the window's own events, so that ten thousand of them
never make it stutter.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from astroview.core.lazy_dataclass import dataclass

log = logging.getLogger(__name__)
HELPING_S = 0.012  # of decoding and drawing at a time
LEAVE_MS = 3000  # to leave when asked to
LAST_WORDS = 20  # lines of stderr that are kept


@dataclass(frozen=True)
class Ending:
    """How the process ended: its exit code, None when it crashed or could not start."""

    code: int | None
    last_words: str = ""


class LineProcess(QObject):
    """Runs one process at a time.

    Parameters
    ----------
    decode
        Makes an event of a line; raises ValueError when it is none.
    farewell
        A last line for the process when `close` ends it; it may then finish what it is at.
    leave_ms
        How long it may take to leave.
    name
        What the log calls it.

    Signals
    -------
    said : an event
    helped : a helping of events was taken; time to draw what they changed
    complained : str; what it wrote to stderr
    ended : `Ending`, after the last event; not when `close` ended it
    """

    said = Signal(object)
    helped = Signal()
    complained = Signal(str)
    ended = Signal(object)

    def __init__(
        self,
        decode: Callable[[str], Any],
        parent: QObject | None = None,
        farewell: str = "",
        leave_ms: int = LEAVE_MS,
        name: str = "it",
    ) -> None:
        super().__init__(parent)
        self._decode, self._farewell, self._leave_ms = decode, farewell, leave_ms
        self._name = name
        self._process: QProcess | None = None
        self._rest = b""
        self._lines: deque[bytes] = deque()
        self._last_words: deque[str] = deque(maxlen=LAST_WORDS)
        self._ending: Ending | None = None
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._take_some)

    @property
    def running(self) -> bool:
        """Whether there is a process, or events of it that were not taken yet."""
        return self._process is not None or self._ending is not None

    @property
    def pid(self) -> int:
        """The process id; 0 when it does not run."""
        return int(self._process.processId()) if self._process else 0

    def begin(self, command: list[str]) -> None:
        """Start a command; only one runs at a time."""
        assert not self.running
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUNBUFFERED", "1")
        process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(self._read_events)
        process.readyReadStandardError.connect(self._read_log)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._could_not_start)
        self._rest = b""
        self._lines.clear()
        self._last_words.clear()
        self._process = process
        log.info("%s started: %s", self._name, " ".join(command))
        process.start(command[0], command[1:])

    def tell(self, line: str) -> None:
        """Send the process a line; nothing happens when it is gone."""
        if self._process is not None:
            self._process.write((line + "\n").encode())

    def leave(self) -> None:
        """Nothing more will be asked: the process ends as its kind does, and `ended` follows."""
        if self._process is not None:
            self._process.closeWriteChannel()

    def kill(self) -> None:
        """End the process at once; `ended` follows."""
        if self._process is not None:
            self._process.kill()

    def settle(self) -> None:
        """Take all that a process said before it ended now, and its end."""
        if self._process is None and self._ending is not None:
            self._turn.stop()
            while self._ending is not None:
                self._take_some()

    def close(self, grace_ms: int | None = None) -> None:
        """End the process: asked first, then by force. What it said is forgotten.

        ``grace_ms``: how long it may take once its input is closed, before it is killed; None:
        it is asked by farewell and signal.
        """
        process, self._process, self._ending = self._process, None, None
        self._turn.stop()
        self._lines.clear()
        if process is None:
            return
        process.finished.disconnect(self._finished)
        process.errorOccurred.disconnect(self._could_not_start)
        if self._farewell:
            process.write((self._farewell + "\n").encode())
        process.closeWriteChannel()
        if not self._left(process, grace_ms):
            process.kill()
            process.waitForFinished(self._leave_ms)
        process.deleteLater()

    def _left(self, process: QProcess, grace_ms: int | None) -> bool:
        """Whether it went when it was asked to."""
        if grace_ms is not None:
            return grace_ms > 0 and process.waitForFinished(grace_ms)
        if self._farewell and process.waitForFinished(self._leave_ms):
            return True
        process.terminate()
        return process.waitForFinished(self._leave_ms)

    # ---- the pipe ----------------------------------------------------------------------

    def _read_events(self) -> None:
        if self._process is None:
            return
        said = self._rest + bytes(self._process.readAllStandardOutput().data())
        *lines, self._rest = said.split(b"\n")
        self._lines.extend(lines)
        self._turn.start()

    def _take_some(self) -> None:
        """Take events for a moment, then let the window breathe."""
        end = time.monotonic() + HELPING_S
        while self._lines and time.monotonic() < end:
            self._take(self._lines.popleft())
        self.helped.emit()
        if self._lines:
            self._turn.start()
        elif self._ending is not None:
            ending, self._ending = self._ending, None
            self.ended.emit(ending)

    def _take(self, line: bytes) -> None:
        try:
            event = self._decode(line.decode())
        except ValueError:
            log.warning("something unknown was said: %r", line[:200])
            return
        self.said.emit(event)

    def _read_log(self) -> None:
        if self._process is None:
            return
        said = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        for line in said.splitlines():
            self._last_words.append(line)
            log.info("%s said: %s", self._name, line)
        if said:
            self.complained.emit(said)

    def _could_not_start(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            self._end(Ending(None, self._process.errorString()))

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read_events()
        self._read_log()
        if self._rest.strip():
            log.warning("the process broke off in mid-line: %r", self._rest[:200])
        crashed = status is QProcess.ExitStatus.CrashExit
        self._end(Ending(None if crashed else code, "\n".join(self._last_words)))

    def _end(self, ending: Ending) -> None:
        if self._process is not None:
            self._process.deleteLater()
        self._process, self._ending = None, ending
        log.info("%s ended: %s", self._name, ending.code)
        self._turn.start()
