"""How long work is told: JSON lines for a program, and its wish to have it ended."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any, BinaryIO

from astroview.core import json_lines
from astroview.core.errors import Cancelled


class EventLines:
    """One JSON line an event. When nobody reads any more, the next event raises `Cancelled`."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._left = False

    def __call__(self, event: Any) -> None:
        """Tell an event."""
        if self._left:
            raise Cancelled
        with self._lock:
            try:
                self._stream.write(json_lines.encode(event).encode("ascii") + b"\n")
                self._stream.flush()
            except OSError as gone:
                self._left = True
                raise Cancelled from gone

    def leave(self) -> None:
        """Let the next event end the work."""
        self._left = True


def when_closed(handle: int, leave: Callable[[], None]) -> None:
    """Call ``leave`` when an open file ends, from a thread of its own."""

    def wait() -> None:
        # Without Python's buffered reader, whose lock a thread that waits would hold at exit.
        while os.read(handle, 1 << 12):
            pass
        leave()

    threading.Thread(target=wait, name="stdin", daemon=True).start()
