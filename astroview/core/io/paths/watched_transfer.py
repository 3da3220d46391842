"""A download that is watched while it waits: who sends slowly, or nothing, is given up at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import BinaryIO, TypeVar

from astroview.core.errors import Cancelled

T = TypeVar("T")
LOOK_S = 0.05


class WatchedTransfer:
    """What the thread that waits for the network and the one that watches it share.

    Attributes
    ----------
    done, of
        Bytes that came, and how many there are to be as far as that is known.
    """

    def __init__(self) -> None:
        self.done = self.of = 0
        self._over = False
        self._lock = threading.Lock()

    def run(self, work: Callable[[], T], look: Callable[[], object]) -> T:
        """What ``work`` gives or raises, done in a thread of its own.

        Parameters
        ----------
        look
            Called many times a second, and once more in the end. What it raises gives the work up:
            its thread is left to itself, and `take` writes nothing more.
        """
        answers: list[T] = []
        problems: list[BaseException] = []

        def worked() -> None:
            try:
                answers.append(work())
            except BaseException as problem:  # noqa: BLE001 - it is raised where it is waited for
                problems.append(problem)

        thread = threading.Thread(target=worked, name="transfer", daemon=True)
        thread.start()
        waits = True
        try:
            while waits:
                thread.join(LOOK_S)
                ended = not thread.is_alive()
                look()
                waits = not ended
        finally:
            with self._lock:
                self._over = waits
        if problems:
            raise problems[0]
        return answers[0]

    def take(self, file: BinaryIO, chunk: bytes) -> None:
        """Write what came. Raises Cancelled when nobody waits for it any more."""
        with self._lock:
            if self._over:
                raise Cancelled
            file.write(chunk)
            self.done += len(chunk)
