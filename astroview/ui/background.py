"""Work beside the window's thread; answers come back in the window's thread.

No exception is swallowed: an `AstroviewError` goes to ``failed``, anything else is raised in
the window's thread and ends in ``sys.excepthook``.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from astroview.core.errors import AstroviewError

T = TypeVar("T")


class Background(QObject):
    """A few threads and a way back.

    Parameters
    ----------
    threads
        How many jobs run at once.
    """

    _finished = Signal(object)

    def __init__(self, threads: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(threads)
        self._waiting = 0
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._waiting > 0

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[AstroviewError], object] | None = None,
    ) -> None:
        """Call ``work`` in a thread, then ``done(result)`` or ``failed(error)`` in this one."""
        self._waiting += 1
        future = self._pool.submit(work)
        future.add_done_callback(lambda f: self._finished.emit((f, done, failed)))

    def close(self) -> None:
        """Let running jobs end, drop the others; no more answers are delivered."""
        self._finished.disconnect(self._deliver)
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._waiting = 0

    def _deliver(self, answer: tuple[Future[Any], Callable[..., object], Any]) -> None:
        future, done, failed = answer
        self._waiting -= 1
        try:
            result = future.result()
        except CancelledError:
            return
        except AstroviewError as error:
            if failed is None:
                raise
            failed(error)
        else:
            done(result)
