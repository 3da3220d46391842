"""The way of tiles to the device and of results back, beside the computing.

On a CPU there is no way to go: each tile is computed by one thread, several tiles at once, so that
its bytes do not depend on how many threads there are (sums in a convolution are taken in another
order by two threads than by one). With CUDA a thread reads the next tile into pinned memory while
the last one is computed; copies go both ways on streams of their own, and a result is taken in
when the next tile has been begun. Order and values are the same on every device.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

T = TypeVar("T")
E = TypeVar("E")
Arrays = Sequence[NDArray[Any]]
Read = Callable[[T], tuple[NDArray[np.float32], E]]
Compute = Callable[[T, Tensor, E], Sequence[Tensor]]
TakeIn = Callable[[T, E, Arrays], None]


def carry(
    device: torch.device,
    items: Iterable[T],
    read: Read[T, E],
    compute: Compute[T, E],
    take_in: TakeIn[T, E],
    at_once: int = 1,
) -> None:
    """Read, compute and take in each item.

    Parameters
    ----------
    read
        Gives an array (H, W) or (H, W, C) and what else is known of an item; called one at a time.
    compute
        Gets the item, the array (1, C, H, W) on the device, and what else was read.
    take_in
        Gets what was computed as arrays; called in the items' order, by the calling thread.
    at_once
        Items that a CPU computes side by side, in threads.
    """
    if device.type == "cuda":
        _there_and_back(device, items, read, compute, take_in)
    elif device.type != "cpu" or at_once <= 1:
        for item in items:
            x, more = read(item)
            made = compute(item, planes(x).to(device), more)
            take_in(item, more, [tensor.cpu().numpy() for tensor in made])
    else:
        _side_by_side(items, read, compute, take_in, at_once)


def _side_by_side(
    items: Iterable[T],
    read: Read[T, E],
    compute: Compute[T, E],
    take_in: TakeIn[T, E],
    at_once: int,
) -> None:
    inference = torch.is_inference_mode_enabled()
    waiting: deque[tuple[T, E, Future[Sequence[Tensor]]]] = deque()

    def work(item: T, x: Tensor, more: E) -> Sequence[Tensor]:
        with torch.inference_mode(inference):
            return compute(item, x, more)

    def land() -> None:
        item, more, coming = waiting.popleft()
        take_in(item, more, [tensor.numpy() for tensor in coming.result()])

    with ThreadPoolExecutor(at_once, thread_name_prefix="tile") as pool:
        try:
            for item in items:
                x, more = read(item)
                if len(waiting) == at_once:
                    land()
                waiting.append((item, more, pool.submit(work, item, planes(x), more)))
            while waiting:
                land()
        finally:
            for _, _, coming in waiting:
                coming.cancel()


class _OneThread:
    """How many want torch to compute with one thread each, and how many it had before."""

    def __init__(self) -> None:
        self._lock, self._wanted, self._before = threading.Lock(), 0, 1

    def begin(self) -> int:
        with self._lock:
            if self._wanted == 0:
                self._before = torch.get_num_threads()
                torch.set_num_threads(1)
            self._wanted += 1
            return self._before

    def end(self) -> None:
        with self._lock:
            self._wanted -= 1
            if self._wanted == 0:
                torch.set_num_threads(self._before)


_one_thread = _OneThread()


@contextmanager
def one_thread_each(device: torch.device) -> Generator[int]:
    """Have every thread compute alone while the block runs, on a CPU; how many there may be."""
    if device.type != "cpu":
        yield 1
        return
    count = _one_thread.begin()
    try:
        yield count
    finally:
        _one_thread.end()


def _there_and_back(
    device: torch.device,
    items: Iterable[T],
    read: Read[T, E],
    compute: Compute[T, E],
    take_in: TakeIn[T, E],
) -> None:
    with ThreadPoolExecutor(1, thread_name_prefix="ahead") as reader:
        ferry = _Cuda(device, reader)
        for item, x_1CHW, more in ferry.bring(items, read):

            def home(arrays: Arrays, item: T = item, more: E = more) -> None:
                take_in(item, more, arrays)

            ferry.take_back(compute(item, x_1CHW, more), home)
        ferry.land()


class _Cuda:
    """Pinned memory, one stream each way, one thread that reads ahead."""

    def __init__(self, device: torch.device, reader: ThreadPoolExecutor) -> None:
        self._device, self._reader = device, reader
        self._there, self._back = torch.cuda.Stream(device), torch.cuda.Stream(device)
        self._on_the_way: tuple[torch.cuda.Event, list[Tensor], Callable[[Arrays], None]] | None = (
            None
        )

    def bring(self, items: Iterable[T], read: Read[T, E]) -> Iterator[tuple[T, Tensor, E]]:
        def load(item: T) -> tuple[Tensor, E]:
            x, more = read(item)
            return planes(x).pin_memory(), more

        for item, (pinned, more) in one_ahead(items, load, self._reader):
            now = torch.cuda.current_stream(self._device)
            with torch.cuda.stream(self._there):
                x = pinned.to(self._device, non_blocking=True)
            now.wait_stream(self._there)
            x.record_stream(now)  # else its memory could be given away while it is still read
            yield item, x, more

    def take_back(self, tensors: Sequence[Tensor], take_in: Callable[[Arrays], None]) -> None:
        self._back.wait_stream(torch.cuda.current_stream(self._device))
        landed = torch.cuda.Event()
        with torch.cuda.stream(self._back):
            pinned = [torch.empty_like(t, device="cpu", pin_memory=True) for t in tensors]
            for here, there in zip(pinned, tensors, strict=True):
                here.copy_(there, non_blocking=True)
                if there.is_cuda:
                    there.record_stream(self._back)
            landed.record()
        self.land()
        self._on_the_way = (landed, pinned, take_in)

    def land(self) -> None:
        """Wait for what is on its way back, and take it in."""
        if self._on_the_way is None:
            return
        (landed, pinned, take_in), self._on_the_way = self._on_the_way, None
        landed.synchronize()
        take_in([tensor.numpy() for tensor in pinned])


def one_ahead(
    items: Iterable[T], load: Callable[[T], E], reader: ThreadPoolExecutor
) -> Iterator[tuple[T, E]]:
    """Each item with what was loaded of it; the next one loads while this one is used."""
    coming = None
    for item in items:
        following = (item, reader.submit(load, item))
        if coming is not None:
            yield coming[0], coming[1].result()
        coming = following
    if coming is not None:
        yield coming[0], coming[1].result()


def planes(x: NDArray[np.float32]) -> Tensor:
    """(H, W) or (H, W, C) to (1, C, H, W)."""
    first = x[None] if x.ndim == 2 else np.moveaxis(x, -1, 0)
    plain = np.ascontiguousarray(first, np.float32)
    if min(plain.strides) < 0:  # a single row read upside down counts as contiguous
        plain = plain.copy()
    return torch.from_numpy(plain)[None]
