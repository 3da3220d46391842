"""What a process keeps between its jobs, so that a small change is answered at once."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar

import torch
from torch import nn

from astroview.core.colour.stretch import Stretch

if TYPE_CHECKING:
    from astroview.core.frame import Frame

T = TypeVar("T")
M = TypeVar("M", bound=nn.Module)
LIMIT = 256 * 2**20  # bytes
OVERHEAD = 1000  # bytes that anything kept counts for


class Cache:
    """Answers by what they depend on; the ones not asked for longest go first. Threads may ask at
    once; two that ask for the same may both make it.

    Parameters
    ----------
    limit
        Bytes kept at most; 0 keeps nothing.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer kept under a key, or made now. A key of None is never kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]
        made = make()
        if key is not None and self._limit:
            with self._lock:
                self._keep(key, made)
        return made

    def _keep(self, key: Hashable, made: Any) -> None:
        self._size -= self._kept.pop(key, (None, 0))[1]
        size = _bytes_of(made)
        self._kept[key] = (made, size)
        self._size += size
        while self._size > self._limit:
            _, (_, gone) = self._kept.popitem(last=False)
            self._size -= gone

    def network(self, key: Hashable, load: Callable[[], M]) -> M:
        """A network, kept as any other answer. `joint_inference` hands out what stands for it."""
        return self.recall(key, load)


def of_file(frame: Frame) -> Hashable:
    """What a frame's samples depend on; None for what cannot be told apart (arrays)."""
    if frame.path is None:
        return None
    try:
        found = frame.path.stat()
    except OSError:
        return None
    return (str(frame.path), found.st_mtime_ns, found.st_size, frame.hdu, frame.plane)


def of_light(frame: Frame, stretch: Stretch) -> Hashable:
    """What a frame's lightness depends on, or None."""
    return key(of_file(frame), json.dumps(stretch.to_dict(), sort_keys=True))


def key(of: Hashable, *more: Hashable) -> Hashable:
    """A longer key; None stays None."""
    return None if of is None else (of, *more)


def _bytes_of(value: Any) -> int:
    if isinstance(value, nn.Module):
        return sum(_bytes_of(p) for p in value.parameters())
    if isinstance(value, tuple | list):
        return sum(_bytes_of(v) for v in value)
    size = value.element_size() * value.nelement() if isinstance(value, torch.Tensor) else 0
    return OVERHEAD + size + int(getattr(value, "nbytes", 0))
