"""Work beside the window's thread; answers come back in the window's thread.

No exception is swallowed: an `AstroviewError` goes to ``failed``; anything else goes there too,
in words, and is then raised in the window's thread, where it ends in ``sys.excepthook``.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from itertools import count
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from astroview.core.errors import AstroviewError

T = TypeVar("T")
CLOSE_S = 5.0  # that running jobs have to end
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
        self._pool = _Pool(threads)
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
        self._pool.submit(work).add_done_callback(lambda future: _tell(tell, ticket, future))

    def close(self, seconds: float | None = None) -> None:
        """Let running jobs end, drop the others; no more answers are delivered.

        A job that does not end is not waited for: it goes with the process.
        """
        self._finished.disconnect(self._deliver)
        self._pool.close(CLOSE_S if seconds is None else seconds)
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


def _tell(tell: Callable[[int, object], object], ticket: int, future: object) -> None:
    with suppress(RuntimeError):  # a job that outlasted the window: nobody is there to hear
        tell(ticket, future)


class _Pool:
    """Threads that keep no process alive, unlike those of concurrent.futures, and begin with work:
    a window has twenty pools before the first is needed.
    """

    def __init__(self, most: int) -> None:
        self._todo: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        self._threads: list[Thread] = []
        self._most, self._open = most, True

    def submit(self, work: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()
        self._todo.put((future, work))
        if self._open and len(self._threads) < self._most:
            self._threads.append(Thread(target=self._serve, daemon=True))
            self._threads[-1].start()
        return future

    def close(self, seconds: float) -> None:
        """Begin nothing more, and wait so long for what was begun."""
        self._open = False
        for _ in self._threads:
            self._todo.put(None)
        end = monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, end - monotonic()))

    def _serve(self) -> None:
        while item := self._todo.get():
            self._do(*item)
            del item  # else what the work holds lives until the next one comes

    def _do(self, future: Future[Any], work: Callable[[], Any]) -> None:
        if not self._open:
            future.cancel()
        elif future.set_running_or_notify_cancel():
            try:
                result = work()
            except BaseException as error:  # noqa: BLE001 - it is raised where the answer is read
                future.set_exception(error)
            else:
                future.set_result(result)
