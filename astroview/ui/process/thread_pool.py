"""Work beside the window's thread; answers come back in the window's thread.

No exception is swallowed: an `AstroviewError` goes to ``failed``; anything else goes there too,
in words, and is then raised in the window's thread, where it ends in ``sys.excepthook``.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from itertools import count
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from astroview.core.errors import AstroviewError

T = TypeVar("T")
Failed = Callable[[AstroviewError], object]


class Background(QObject):
    """A few threads and a way back.

    The threads never hold ``done`` or ``failed``: the last reference to a widget must not die
    in a thread of theirs.

    Parameters
    ----------
    threads
        How many jobs run at once.
    """

    _finished = Signal(int, object)

    def __init__(self, threads: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(threads)
        self._tickets = count()
        self._answers: dict[int, tuple[Callable[[Any], object], Failed]] = {}
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._answers)

    def run(self, work: Callable[[], T], done: Callable[[T], object], failed: Failed) -> None:
        """Call ``work`` in a thread, then ``done(result)`` or ``failed(error)`` in this one."""
        ticket = next(self._tickets)
        self._answers[ticket] = (done, failed)
        tell = self._finished.emit
        self._pool.submit(work).add_done_callback(lambda future: tell(ticket, future))

    def close(self) -> None:
        """Let running jobs end, drop the others; no more answers are delivered."""
        self._finished.disconnect(self._deliver)
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._answers.clear()

    def _deliver(self, ticket: int, future: Future[Any]) -> None:
        if ticket not in self._answers:
            return  # closed meanwhile
        done, failed = self._answers.pop(ticket)
        try:
            error = future.exception()
        except CancelledError:
            return
        if error is None:
            done(future.result())
        elif isinstance(error, AstroviewError):
            failed(error)
        else:
            failed(AstroviewError(f"{type(error).__name__}: {error}", "The log tells more."))
            raise error
