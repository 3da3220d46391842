"""Pictures that stay in their files: decoded when they are asked for, the latest kept."""

from __future__ import annotations

import copy
import threading
from collections import OrderedDict
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from astroview.core.errors import AstroviewError, DatasetProblem
from astroview.core.texts import Text
from trainer.data.picture_sources import PictureSource
from trainer.data.pictures import Picture, luma

Bytes = NDArray[np.uint8]


class Shelf:
    """Arrays by name, the latest of them, so many bytes at most. Safe from any thread."""

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Bytes] = OrderedDict()
        self._size = 0

    def take(self, name: str, make: Callable[[], Bytes]) -> Bytes:
        """What is kept under the name, or else made."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                return self._kept[name]
        made = make()
        with self._lock:
            if name not in self._kept:
                self._kept[name] = made
                self._size += made.nbytes
            while self._size > self._limit and len(self._kept) > 1:
                self._size -= self._kept.popitem(last=False)[1].nbytes
        return made


class Streamed:
    """As `trainer.data.pictures.Picture`, with pixels that are read again when they left the
    shelf.
    """

    def __init__(self, source: PictureSource, seen: Picture, shelf: Shelf) -> None:
        self.name, self.target, self.sharpness = seen.name, seen.target, seen.sharpness
        self.shape, self.path = seen.shape, seen.path
        self._source, self._shelf = source, shelf
        self._paired = seen.low is not None

    @property
    def rgb(self) -> Bytes:
        """(H, W, 3)."""
        return self._shelf.take(f"{self.name} rgb", lambda: self._again().rgb)

    @property
    def luma(self) -> Bytes:
        """(H, W)."""
        return self._shelf.take(f"{self.name} luma", lambda: luma(self._again().rgb))

    @property
    def low(self) -> Bytes | None:
        """Of a pair, the poorer frame."""
        return self._shelf.take(f"{self.name} low", self._read_low) if self._paired else None

    def of(self, target: str) -> Streamed:
        """The same picture with another target's key."""
        other = copy.copy(self)
        other.target = target
        return other

    def _again(self) -> Picture:
        try:
            return self._source.read()
        except (AstroviewError, OSError) as problem:
            raise DatasetProblem(
                Text("{name} cannot be read any more: {problem}", name=self.name, problem=problem),
                hint="Bring the file back and go on with the run, or begin a new one.",
            ) from problem

    def _read_low(self) -> Bytes:
        low = self._again().low
        assert low is not None
        return low
