"""What passes work from one thread to the next, never more at a time than memory allows."""

from __future__ import annotations

import threading
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Belt(Generic[T]):
    """A queue with room for `room` things; whoever puts more waits."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._things: deque[T] = deque()
        self._change = threading.Condition()
        self._closed = False

    def put(self, thing: T) -> bool:
        """Wait for room and add a thing; False when the belt is closed."""
        with self._change:
            self._change.wait_for(lambda: self._closed or len(self._things) < self._room)
            if not self._closed:
                self._things.append(thing)
                self._change.notify_all()
            return not self._closed

    def get(self) -> T | None:
        """The next thing, waiting for it; None when the belt is closed and empty."""
        with self._change:
            self._change.wait_for(lambda: self._closed or bool(self._things))
            thing = self._things.popleft() if self._things else None
            self._change.notify_all()
            return thing

    def close(self, *, drop: bool = False) -> None:
        """No more things come; with `drop` those on the belt are left out too."""
        with self._change:
            self._closed = True
            if drop:
                self._things.clear()
            self._change.notify_all()


class Budget:
    """Bytes that results may take until they are saved. The first one is always let through."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._used = 0
        self._change = threading.Condition()
        self._open = False

    def take(self, count: int) -> None:
        """Wait until so many bytes are free, or nothing is taken."""
        with self._change:
            self._change.wait_for(
                lambda: self._open or self._used == 0 or self._used + count <= self.limit
            )
            self._used += count

    def give_back(self, count: int) -> None:
        """So many bytes are free again."""
        with self._change:
            self._used -= count
            self._change.notify_all()

    def open(self) -> None:
        """Let everyone through: the batch ends."""
        with self._change:
            self._open = True
            self._change.notify_all()
