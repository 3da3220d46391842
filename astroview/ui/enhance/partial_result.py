"""A result while it grows: what is final comes from its scratch arrays, the rest from before.

Sources for `core.frame.Frame`, read in background threads; each is one moment's view.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from astroview.core.colour import colour_space
from astroview.core.colour.chroma_maps import ChromaMaps
from astroview.core.colour.stretch import Stretch
from astroview.core.frame import Frame, Window, to_float32
from astroview.core.lazy_dataclass import dataclass

FloatArray = NDArray[np.float32]
Part = Literal["source", "chroma"]


@dataclass(frozen=True)
class PartialResult:
    """What is known of a result under way.

    Attributes
    ----------
    frame
        The frame that is enhanced.
    samples
        The scratch array of the samples, (sH, sW) or (sH, sW, 3), or None before it is there.
    chroma
        The scratch array of the chroma, or None.
    final
        Windows that are final in each array.
    maps, stretch
        The colours at a glance, and the stretch under which they are painted.
    """

    frame: Frame
    samples: NDArray[Any] | None = None
    chroma: NDArray[Any] | None = None
    final: tuple[tuple[Part, Window], ...] = ()
    maps: ChromaMaps | None = None
    stretch: Stretch | None = None

    @property
    def scale(self) -> int:
        """Pixels of the result per pixel of the frame."""
        return self.samples.shape[0] // self.frame.shape[0] if self.samples is not None else 1

    def with_tile(self, part: Part, window: Window, folder: Path) -> PartialResult:
        """One more window final. Maps the array with its first."""
        grown = replace(self, final=(*self.final, (part, window)))
        if part == "source" and self.samples is None:
            return replace(grown, samples=np.load(folder / "source.npy", mmap_mode="r"))
        if part == "chroma" and self.chroma is None:
            return replace(grown, chroma=np.load(folder / "chroma.npy", mmap_mode="r"))
        return grown

    def as_frame(self) -> Frame:
        """All of it as a frame: no gap, however little is final."""
        shape = (self.frame.shape[0] * self.scale, self.frame.shape[1] * self.scale)
        chroma = _Chroma(self) if self.maps is not None else None
        return replace(
            self.frame, shape=shape, source=_Samples(self), chroma=chroma, scale=self.scale
        )


@dataclass(frozen=True, eq=False)
class _Samples:
    grown: PartialResult

    def read(self, window: Window, step: int) -> FloatArray:
        values = _enlarged(self.grown.frame, self.grown.scale, window, step)
        return _with_final(values, self.grown, "source", window, step)


@dataclass(frozen=True, eq=False)
class _Chroma:
    grown: PartialResult

    def read(self, window: Window, step: int) -> FloatArray:
        maps, stretch, scale = self.grown.maps, self.grown.stretch, self.grown.scale
        assert maps is not None
        assert stretch is not None
        values = _Samples(self.grown).read(window, step)
        light = colour_space.lightness(np.clip(np.nan_to_num(stretch.forward(values)), 0, 1))
        y = (np.arange(window.y, window.y + window.height, step) + 0.5) / scale
        x = (np.arange(window.x, window.x + window.width, step) + 0.5) / scale
        return _with_final(maps.at(y, x, light), self.grown, "chroma", window, step)


def _enlarged(frame: Frame, scale: int, window: Window, step: int) -> FloatArray:
    """A window of the result's grid (every ``step``-th pixel), filled from the frame."""
    if scale == 1:
        return frame.read(window, step)
    rows = np.arange(window.y, window.y + window.height, step) // scale
    columns = np.arange(window.x, window.x + window.width, step) // scale
    skip = max(1, step // scale)
    first, last = (int(rows[0]), int(columns[0])), (int(rows[-1]), int(columns[-1]))
    part = Window(*first, last[0] - first[0] + 1, last[1] - first[1] + 1)
    read = frame.read(part, skip)
    return read[(rows - first[0]) // skip][:, (columns - first[1]) // skip]


def _with_final(
    values: FloatArray, grown: PartialResult, part: Part, window: Window, step: int
) -> FloatArray:
    """Put what is final of an array into a window's values."""
    array = grown.samples if part == "source" else grown.chroma
    if array is None:
        return values
    values = np.array(values)
    for kind, tile in grown.final:
        rows = _steps(tile.y, tile.height, window.y, window.height, step)
        columns = _steps(tile.x, tile.width, window.x, window.width, step)
        if kind == part and rows and columns:
            y = slice(window.y + rows.start * step, window.y + rows.stop * step, step)
            x = slice(window.x + columns.start * step, window.x + columns.stop * step, step)
            read = to_float32(np.array(array[y, x]))
            values[rows.start : rows.stop, columns.start : columns.stop] = read
    return values


def _steps(start: int, length: int, origin: int, span: int, step: int) -> range:
    """Which of a window's samples along an axis lie in [start, start + length)."""
    first = max(0, -(-(start - origin) // step))
    last = min(-(-span // step), -(-(start + length - origin) // step))
    return range(first, max(first, last))
