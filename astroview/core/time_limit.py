"""Work that is stopped when it computes for longer than there is reason to.

Counted is the time that the thread has computed, not the time that has passed: a slow drive or a
busy machine stops nothing.
"""

from __future__ import annotations

import ctypes
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

BASE_S = 60.0
BYTES_A_SECOND = 2**19  # bzip2, the slowest unpacker, makes ten times as much
_LOOK_EVERY_S = 2.0


class Stuck(BaseException):
    """Raised inside work that is over its limit; no `Exception`, so that no reader takes it."""


@contextmanager
def time_limit(size: int, seconds: float | None = None) -> Generator[None]:
    """Raise `Stuck` in this thread when what is inside has computed for too long.

    Parameters
    ----------
    size
        Bytes of the file that is read: they explain some of the time.
    seconds
        The limit, where it is no question of size.

    Notes
    -----
    It comes between two steps of the interpreter; a loop inside compiled code goes on.
    """
    limit = BASE_S + size / BYTES_A_SECOND if seconds is None else seconds
    watch = _Watch(threading.get_ident(), _thread_clock(), limit)
    watch.start()
    try:
        yield
    finally:
        watch.stop()


class _Watch:
    def __init__(self, thread: int, clock: Callable[[], float], limit: float) -> None:
        self._thread, self._clock, self._limit = thread, clock, limit
        self._began = clock()
        self._lock = threading.Lock()
        self._over = False
        self._timer: threading.Timer | None = None

    def start(self) -> None:
        self._timer = threading.Timer(min(_LOOK_EVERY_S, self._limit), self._look)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        with self._lock:  # from here on nothing is raised any more
            self._over = True
            if self._timer:
                self._timer.cancel()

    def _look(self) -> None:
        with self._lock:
            if self._over:
                return
            if self._clock() - self._began < self._limit:
                self.start()
                return
            raised = ctypes.py_object(Stuck)
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread), raised)
            self._over = True


def _thread_clock() -> Callable[[], float]:
    """Seconds that this thread has computed, readable from any thread; else seconds passed."""
    clock_id = getattr(time, "pthread_getcpuclockid", None)
    if clock_id is None:
        return time.monotonic
    clock = clock_id(threading.get_ident())
    return lambda: time.clock_gettime(clock)
