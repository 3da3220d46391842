"""Requests of whoever watches a batch (``--events``): one JSON line each, on stdin."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

from astroview.batch.batch_run import BatchControl
from astroview.core.io.paths import remote_paths
from astroview.core.messages import batch_messages
from astroview.core.messages.batch_messages import Add, Order, Pause, Resume, Retry, Skip, Stop


def listen(handle: int, steering: BatchControl) -> None:
    """Read requests from an open file in a thread of its own.

    When they end, the files at work are finished, and the batch ends.
    """
    threading.Thread(target=_read, args=(handle, steering), name="requests", daemon=True).start()


def _lines(handle: int) -> Iterator[bytes]:
    """Lines without Python's buffered reader, whose lock a thread that waits would hold at exit."""
    rest = b""
    while chunk := os.read(handle, 1 << 16):
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole


def _read(handle: int, steering: BatchControl) -> None:
    for line in _lines(handle):
        if not line.strip():
            continue
        try:
            obey(batch_messages.decode(line.decode("utf-8")), steering)
        except ValueError as error:
            steering.board.problem(f"a request cannot be read: {error}", "")
    steering.board.drain()


def obey(request: batch_messages.BatchMessage, steering: BatchControl) -> None:
    """Do what a request says. Raises ValueError for an event, which is none."""
    board = steering.board
    match request:
        case Pause():
            board.pause(paused=True)
        case Resume():
            board.pause(paused=False)
        case Skip(ids=names):
            steering.skip(names)
        case Retry(ids=names):
            board.retry(names)
        case Order(ids=names):
            board.order(names)
        case Add(paths=paths):
            steering.add([remote_paths.door(path) for path in paths])
        case Stop():
            steering.stop()
        case _:
            raise ValueError(f"{type(request).__name__} is not a request")
