"""Batches made ahead by threads, so that a GPU need not wait for them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from torch import Tensor

Batch = dict[str, Tensor]


class Prefetch:
    """Gives the batch of a step and size, and has threads make those of the next steps.

    A batch is a function of step and size, so it does not matter who makes it when; what was
    made for another size is dropped.

    Parameters
    ----------
    make
        ``make(step, size)``; safe from any thread.
    threads
        0 makes each batch when it is asked for.
    """

    def __init__(self, make: Callable[[int, int], Batch], threads: int) -> None:
        self._make, self._count = make, threads
        self._pool = ThreadPoolExecutor(threads, "batches") if threads else None
        self._coming: dict[tuple[int, int], Future[Batch]] = {}

    def __call__(self, step: int, size: int) -> Batch:
        """The batch of that step."""
        if self._pool is None:
            return self._make(step, size)
        wanted = [(step + i, size) for i in range(self._count + 1)]
        for key in self._coming.keys() - set(wanted):
            self._coming.pop(key).cancel()
        for key in wanted:
            if key not in self._coming:
                self._coming[key] = self._pool.submit(self._make, *key)
        return self._coming.pop(wanted[0]).result()

    def close(self) -> None:
        """Let the threads go."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
