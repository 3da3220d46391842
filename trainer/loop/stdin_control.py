"""What whoever watches a run asks of it: pause, go on, finish, leave; one JSON line each."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator

from astroview.core.messages import train_messages as messages
from astroview.core.messages.train_messages import Finish, Leave, Pause, Resume


class StdinControl:
    """Requests, to be looked at between two steps. Safe from any thread.

    Nobody steers a new one: it never pauses and never ends a run.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._paused = self._finish = self._leave = False

    def obey(self, request: messages.TrainMessage) -> None:
        """Take note of a request. Raises ValueError for an event, which is none."""
        with self._changed:
            match request:
                case Pause():
                    self._paused = True
                case Resume():
                    self._paused = False
                case Finish():
                    self._finish, self._paused = True, False
                case Leave():
                    self._leave = True
                case _:
                    raise ValueError(f"{type(request).__name__} is not a request")
            self._changed.notify_all()

    @property
    def paused(self) -> bool:
        """Whether to wait now."""
        return self._paused and not self._leave

    def finished(self) -> None:
        """What was to train no further is done: what comes next may be asked again."""
        self._finish = False

    @property
    def finish(self) -> bool:
        """Whether to train no further, and to judge what was learnt."""
        return self._finish

    @property
    def leave(self) -> bool:
        """Whether to keep a checkpoint and end."""
        return self._leave

    def wait(self, seconds: float | None = None) -> None:
        """Wait while paused, or until something is asked, or for so long."""
        with self._changed:
            if seconds is None:
                self._changed.wait_for(lambda: not self.paused)
            elif not self._leave:
                self._changed.wait(seconds)


def listen(handle: int, steering: StdinControl, complain: Callable[[str], None]) -> None:
    """Read requests from an open file in a thread of its own; when they end, the run leaves."""
    arguments = (handle, steering, complain)
    threading.Thread(target=_read, args=arguments, name="requests", daemon=True).start()


def _lines(handle: int) -> Iterator[bytes]:
    """Lines without Python's buffered reader, whose lock a thread that waits would hold at exit."""
    rest = b""
    while chunk := os.read(handle, 1 << 16):
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole


def _read(handle: int, steering: StdinControl, complain: Callable[[str], None]) -> None:
    for line in _lines(handle):
        if not line.strip():
            continue
        try:
            steering.obey(messages.decode(line.decode("utf-8")))
        except ValueError as error:
            complain(f"a request cannot be read: {error}")
    steering.obey(Leave())
