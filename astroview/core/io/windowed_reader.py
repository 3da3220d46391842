"""WindowedReader: samples that lie uncompressed in a file, streamed: a window by its rows.

A memory map would make the kernel map (and count as resident) the whole file even for a sparse
sample; seeking to the sampled rows touches only those.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import Window, as_stored, to_float32
from astroview.core.io.byte_stores import DiskStore, Store
from astroview.core.lazy_dataclass import dataclass
from astroview.core.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

TYPES = {8: ">u1", 16: ">i2", 32: ">i4", 64: ">i8", -32: ">f4", -64: ">f8"}  # by FITS BITPIX
_HALF = 2**63  # of the numbers that 64 bits hold
_BLOCK = 4 * 2**20  # bytes converted at a time


@dataclass(frozen=True)
class Scaling:
    """Stored numbers to physical values: slope * stored + zero; `blank` means no data."""

    slope: float = 1.0
    zero: float = 0.0
    blank: int | None = None

    def apply(self, raw: NDArray[Any]) -> NDArray[np.float32]:
        """Float32 values of an array of your own (it may be changed in place)."""
        if self == Scaling():
            return to_float32(raw)
        return to_float32(self.values(raw))

    def exact(self, raw: NDArray[Any]) -> NDArray[Any]:
        """Values in the precision of what is stored; see `ExactSource`."""
        whole = raw.dtype.kind in "iu" and self.slope == 1 and self.zero.is_integer()
        if whole and self.blank is None and abs(self.zero) <= _HALF:
            if self._is_unsigned(raw):
                return _unsigned(raw)
            numbers = as_stored(raw)
            return numbers + np.int64(self.zero) if self.zero > -_HALF else self.values(raw)
        return as_stored(raw) if self == Scaling() else self.values(raw)

    def values(self, raw: NDArray[Any]) -> NDArray[np.float64]:
        """Float64 values, NaN where there is no data."""
        if np.iscomplexobj(raw):
            raw = np.abs(raw)
        unsigned = self._is_unsigned(raw)
        values = (_unsigned(raw) if unsigned else raw).astype(np.float64)
        if self.blank is not None:
            values[raw == self.blank] = np.nan
        if unsigned:  # else the difference from 2**63 would be rounded away
            return values
        with np.errstate(over="ignore", invalid="ignore"):
            values *= self.slope
            values += self.zero
        return values

    def _is_unsigned(self, raw: NDArray[Any]) -> bool:
        """Whether these are 64 bits without a sign, as FITS writes them."""
        return self.zero == _HALF and self.slope == 1 and raw.dtype.kind in "iu"


def _unsigned(raw: NDArray[Any]) -> NDArray[np.uint64]:
    return as_stored(raw).view(np.uint64) ^ np.uint64(_HALF)


@dataclass(frozen=True)
class WindowedReader:
    """A plane of (H, W) or (H, W, C) samples stored row after row at `offset` of a store."""

    store: Store
    offset: int
    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    scaling: Scaling = Scaling()

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        samples = np.empty((*window.sampled(step), *self.shape[2:]), np.float32)
        done = 0
        for values in self._converted(window, step, self.scaling.apply):
            samples[done : done + len(values)] = values
            done += len(values)
        return samples

    def read_exact(self, window: Window, step: int) -> NDArray[Any]:
        parts = list(self._converted(window, step, self.scaling.exact))
        shape = (*window.sampled(step), *self.shape[2:])
        return np.concatenate(parts) if parts else np.empty(shape, np.float64)

    def _converted(
        self, window: Window, step: int, convert: Callable[[NDArray[Any]], NDArray[Any]]
    ) -> Iterator[NDArray[Any]]:
        try:
            with self.store.open() as file:
                for raw in self._blocks(file, window, step):
                    yield convert(raw)
        except OSError as problem:
            raise self._lost(problem.strerror or str(problem)) from problem

    def _blocks(self, file: BinaryIO, window: Window, step: int) -> Iterator[NDArray[Any]]:
        """Sampled rows as stored, a few megabytes at a time."""
        pixel = self.dtype.itemsize * prod(self.shape[2:])
        if window.width * pixel == 0:
            return
        rows = range(window.y, window.y + window.height, step)
        group = max(1, _BLOCK // (window.width * pixel))
        whole_rows = step == 1 and window.width == self.shape[1]
        for start in range(0, len(rows), group):
            some = rows[start : start + group]
            raw = np.empty((len(some), window.width, *self.shape[2:]), self.dtype)
            if whole_rows:
                self._fill(file, some[0] * self.shape[1] * pixel, raw)
            else:
                for y, row in zip(some, raw, strict=True):
                    self._fill(file, (y * self.shape[1] + window.x) * pixel, row)
            yield np.array(raw[:, ::step]) if step > 1 else raw

    def _fill(self, file: BinaryIO, start: int, array: NDArray[Any]) -> None:
        view: memoryview = array.reshape(-1).view(np.uint8).data
        file.seek(self.offset + start)
        while view.nbytes:
            count = file.readinto(view)  # type: ignore[attr-defined]
            if not count:
                raise self._lost("it ends too early")
            view = view[count:]

    def _lost(self, reason: str) -> UnreadableFrame:
        return UnreadableFrame(
            Text("{name} can no longer be read: {reason}", name=self.store.name, reason=reason),
            hint="It has changed since it was opened, or its drive is gone; open it again.",
        )


def npy_source(path: Path) -> WindowedReader:
    """A .npy file of (H, W) or (H, W, C) as a source that maps nothing into memory.

    Raises UnreadableFrame when it is not such a file.
    """
    try:
        mapped = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError) as problem:
        raise UnreadableFrame(
            Text("{name} cannot be read: {problem}", name=path.name, problem=problem)
        ) from problem
    if not isinstance(mapped, np.memmap) or mapped.ndim not in (2, 3) or np.isfortran(mapped):
        raise UnreadableFrame(Text("{name} does not hold a picture", name=path.name))
    return WindowedReader(
        DiskStore(path.name, path), int(mapped.offset), mapped.shape, mapped.dtype
    )
