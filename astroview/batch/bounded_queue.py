"""What passes work from one thread to the next, never more at a time than memory allows."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class BoundedQueue(Generic[T]):
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

    def wait(self) -> bool:
        """Wait until there is a thing; False when the belt is closed and empty."""
        with self._change:
            self._change.wait_for(lambda: self._closed or bool(self._things))
            return bool(self._things)

    def get(self) -> T | None:
        """The next thing, waiting for it; None when the belt is closed and empty."""
        with self._change:
            self._change.wait_for(lambda: self._closed or bool(self._things))
            thing = self._things.popleft() if self._things else None
            self._change.notify_all()
            return thing

    def get_more(self, most: int, wanted: Callable[[T], bool]) -> list[T]:
        """Things that are there and wanted, from the front, without waiting."""
        with self._change:
            things: list[T] = []
            while self._things and len(things) < most and wanted(self._things[0]):
                things.append(self._things.popleft())
            self._change.notify_all()
            return things

    def widen(self, room: int) -> None:
        """Have room for so many at least."""
        with self._change:
            self._room = max(self._room, room)
            self._change.notify_all()

    def close(self, *, drop: bool = False) -> None:
        """No more things come; with `drop` those on the belt are left out too."""
        with self._change:
            self._closed = True
            if drop:
                self._things.clear()
            self._change.notify_all()


class MemoryBudget:
    """So much of something (bytes, cores) that work may take until it gives it back.

    Whoever came first is served first, so that much is not kept waiting by little. When nothing
    is taken everyone is let through: what is more than all there is must be done, too.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._used = 0
        self._line: deque[object] = deque()
        self._change = threading.Condition()
        self._open = False

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._line)

    def take(self, count: int) -> None:
        """Wait until so much is free, or nothing is taken."""
        me = object()
        with self._change:
            self._line.append(me)
            self._change.wait_for(lambda: self._open or (self._line[0] is me and self._has(count)))
            self._line.remove(me)
            self._used += count
            self._change.notify_all()

    def _has(self, count: int) -> bool:
        return self._used == 0 or self._used + count <= self.limit

    def give_back(self, count: int) -> None:
        """So much is free again."""
        with self._change:
            self._used -= count
            self._change.notify_all()

    def open(self) -> None:
        """Let everyone through: the batch ends."""
        with self._change:
            self._open = True
            self._change.notify_all()
