"""The way of tiles to the device and of results back, beside the computing.

On a CPU there is no way to go. With CUDA a thread reads the next tile into pinned memory while
the last one is computed; copies go both ways on streams of their own, and a result is taken in
when the next tile has been begun. Order and values are the same on every device.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

T = TypeVar("T")
E = TypeVar("E")
Arrays = Sequence[NDArray[Any]]
TakeIn = Callable[[Arrays], None]
Read = Callable[[T], tuple[NDArray[np.float32], E]]


class Ferry(Protocol):
    """Carries tiles and results; see `ferry`."""

    def bring(self, items: Iterable[T], read: Read[T, E]) -> Iterator[tuple[T, Tensor, E]]:
        """Each item with what was read of it, (1, C, H, W) on the device, and what else was."""
        ...

    def take_back(self, tensors: Sequence[Tensor], take_in: TakeIn) -> None:
        """Call ``take_in`` with the tensors as arrays, now or later, in order."""
        ...


@contextmanager
def ferry(device: torch.device) -> Generator[Ferry]:
    """What carries to and from a device; when the block ends without an error all is back."""
    if device.type != "cuda":
        yield _AtHome(device)
        return
    with ThreadPoolExecutor(1, thread_name_prefix="ahead") as reader:
        carrier = _Cuda(device, reader)
        yield carrier
        carrier.land()


class _AtHome:
    """Where nothing is gained by going ahead."""

    def __init__(self, device: torch.device) -> None:
        self._device = device

    def bring(self, items: Iterable[T], read: Read[T, E]) -> Iterator[tuple[T, Tensor, E]]:
        for item in items:
            x, more = read(item)
            yield item, planes(x).to(self._device), more

    def take_back(self, tensors: Sequence[Tensor], take_in: TakeIn) -> None:
        take_in([tensor.cpu().numpy() for tensor in tensors])


class _Cuda:
    """Pinned memory, one stream each way, one thread that reads ahead."""

    def __init__(self, device: torch.device, reader: ThreadPoolExecutor) -> None:
        self._device, self._reader = device, reader
        self._there, self._back = torch.cuda.Stream(device), torch.cuda.Stream(device)
        self._on_the_way: tuple[torch.cuda.Event, list[Tensor], TakeIn] | None = None

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

    def take_back(self, tensors: Sequence[Tensor], take_in: TakeIn) -> None:
        self._back.wait_stream(torch.cuda.current_stream(self._device))
        landed = torch.cuda.Event()
        with torch.cuda.stream(self._back):
            pinned = [torch.empty_like(t, device="cpu", pin_memory=True) for t in tensors]
            for here, there in zip(pinned, tensors, strict=True):
                here.copy_(there, non_blocking=True)
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
