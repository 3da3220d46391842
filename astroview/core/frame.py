"""Frame: one picture of the sky, read lazily, whatever file or array it comes from.

Above the readers every sample is float32, row 0 is the top row, NaN means "no data".
Shapes: (H, W) for grey, (H, W, 3) for colour, (H, W, 2) for chroma.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

import numpy as np

from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from pathlib import Path

    from astropy.io import fits
    from astropy.wcs import WCS
    from numpy.typing import NDArray

    from astroview.core.colour.stretch import Stretch
    from astroview.core.options import Made

Kind = Literal["linear", "display"]


@dataclass(frozen=True)
class Window:
    """A rectangle of pixels; (y, x) is its top left pixel."""

    y: int
    x: int
    height: int
    width: int

    @staticmethod
    def whole(shape: tuple[int, ...]) -> Window:
        """The window that covers an array of this shape (H, W, ...)."""
        return Window(0, 0, shape[0], shape[1])

    def clip(self, shape: tuple[int, ...]) -> Window:
        """The part of this window inside (H, W, ...); height or width 0 when they do not meet."""
        y, x = min(max(self.y, 0), shape[0]), min(max(self.x, 0), shape[1])
        bottom = min(max(self.y + self.height, y), shape[0])
        right = min(max(self.x + self.width, x), shape[1])
        return Window(y, x, bottom - y, right - x)

    @property
    def slices(self) -> tuple[slice, slice]:
        """Index for arrays of shape (H, W, ...)."""
        return slice(self.y, self.y + self.height), slice(self.x, self.x + self.width)

    def sampled(self, step: int) -> tuple[int, int]:
        """Rows and columns that a read of this window with `step` returns."""
        return -(-self.height // step), -(-self.width // step)


class Source(Protocol):
    """Where samples come from. Must be safe to read from several threads."""

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        """Every `step`-th row and column of a window that lies inside the picture.

        Returns (H', W') or (H', W', C) with H' = ceil(height / step), in native units;
        NaN = no data.
        """
        ...


@runtime_checkable
class ExactSource(Source, Protocol):
    """A source that can also give samples in the precision that they are stored in."""

    def read_exact(self, window: Window, step: int) -> NDArray[Any]:
        """As `read`, but int64 or uint64 for whole numbers, and float64 for what needs it."""
        ...


def read_exact(source: Source, window: Window, step: int) -> NDArray[Any]:
    """Samples in the precision that the source has them in; float32 where it knows no better."""
    if isinstance(source, ExactSource):
        return source.read_exact(window, step)
    return source.read(window, step)


def to_float32(raw: NDArray[Any]) -> NDArray[np.float32]:
    """Samples of any type as float32: complex by magnitude, what is not finite as NaN.

    May return `raw` itself or work in place: hand over an array of your own.
    """
    if np.iscomplexobj(raw):
        raw = np.abs(raw)
    with np.errstate(over="ignore", invalid="ignore"):
        samples = np.ascontiguousarray(raw, dtype=np.float32)
    if raw.dtype.kind == "f":
        bad = ~np.isfinite(samples)
        if bad.any():
            samples[bad] = np.nan
    return samples


def as_stored(raw: NDArray[Any]) -> NDArray[Any]:
    """Stored numbers in the machine's byte order: whole ones in 64 bits, complex by magnitude."""
    if raw.dtype.kind == "c":
        raw = np.abs(raw)
    if raw.dtype.kind in "bi":
        return raw.astype(np.int64)
    if raw.dtype.kind == "u":
        return raw.astype(np.int64 if raw.dtype.itemsize < 8 else np.uint64)
    return raw.astype(np.float64 if raw.dtype.itemsize >= 8 else np.float32)


@dataclass(frozen=True, eq=False)
class ArraySource:
    """An array in memory or a memory map, (H, W) or (H, W, C), any numeric type."""

    array: NDArray[Any]

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        rows, columns = window.slices
        part = self.array[rows, columns][::step, ::step]
        return to_float32(np.array(part, order="C"))

    def read_exact(self, window: Window, step: int) -> NDArray[Any]:
        rows, columns = window.slices
        return as_stored(np.array(self.array[rows, columns][::step, ::step]))


@dataclass(frozen=True, eq=False)
class StackSource:
    """Grey sources of one shape as the channels of one colour source."""

    channels: tuple[Source, ...]

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        return np.stack([channel.read(window, step) for channel in self.channels], axis=-1)

    def read_exact(self, window: Window, step: int) -> NDArray[Any]:
        return np.stack([read_exact(one, window, step) for one in self.channels], axis=-1)


@dataclass(frozen=True)
class FlippedSource:
    """A source upside down: turns the bottom-up rows of FITS into top-down ones."""

    source: Source
    height: int

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        return np.ascontiguousarray(self.source.read(self._mirrored(window, step), step)[::-1])

    def read_exact(self, window: Window, step: int) -> NDArray[Any]:
        return read_exact(self.source, self._mirrored(window, step), step)[::-1]

    def _mirrored(self, window: Window, step: int) -> Window:
        span = max((window.sampled(step)[0] - 1) * step + 1, 0)  # first to last sampled row
        return Window(self.height - window.y - span, window.x, span, window.width)


class Pieces(Protocol):
    """What a mosaic is made of."""

    def place_of(self, y: int, x: int) -> PiecePlace | None:
        """The pixel of a piece that (y, x) of the mosaic shows, row 0 on top; None for gaps."""
        ...


@dataclass(frozen=True, eq=False)
class PiecePlace:
    """A pixel of one of a mosaic's pieces; row 0 of the piece is its top row."""

    frame: Frame
    y: int
    x: int


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture. Cheap to hold: samples are read when asked for.

    Attributes
    ----------
    name
        For display: the file's name without its suffixes.
    shape
        (H, W); row 0 is the top row.
    channels
        1 (grey) or 3 (red, green, blue).
    kind
        "linear": physical values (FITS and floating-point data); "display": a picture meant for
        the eye (8 and 16 bit).
    source
        The samples in native units (ADU, e-/s, 0..255, 0..65535).
    full_scale
        The value of white of a display picture (255, 65535, 1.0); None when linear.
    hdu
        Where in the file it is: an index, or how its HDUs are laid out as one ("mosaic:wcs", see
        `astroview.core.io.fits.mosaic`); None where files have no such parts.
    header, wcs
        The FITS header (readable cards only) and its celestial WCS, which counts rows from the
        bottom as FITS does; None where there is none.
    chroma
        Colour painted by a model: (H, W, 2), Oklab a and b, on the grid of `source`.
    rendered
        The stretch under which the chroma was painted.
    history
        What was done to the samples, one line each.
    scale
        Linear magnification with respect to the frame that was opened.
    uncertainty
        Half of the 90 % interval of super-resolved samples (of colour: of their luma), (H, W)
        on the grid of `source`, native units.
    chroma_uncertainty
        Half of the 90 % interval of the painted chroma's a and of its b, (H, W).
    colour_known
        Where chroma was measured, (H, W) on the grid of `source`: `chroma_guide.MEASURED`,
        ``INTERPOLATED`` from where it was, or ``PAINTED``; None: all of it is painted.
    note
        What whoever opens the file is to know of its samples, a sentence; "" mostly.
    power
        Samples are the file's numbers divided by 10**power, which `unit` says too: other than 0
        only for numbers that 32 bits cannot hold (1e40).
    made
        How a result came about; None where no enhancement made it in this run.
    max_bytes
        What the file was allowed to take (see `core.memory_limits`); None: nothing special.
    preview
        The side of the squares of which one pixel was read and stands for all; 1: all were.
    pieces
        The HDUs that a mosaic is made of; None for other frames.
    made_from
        Files besides `path` that its samples are read from (bands): never to be written over.
    """

    name: str
    shape: tuple[int, int]
    channels: int
    kind: Kind
    source: Source
    full_scale: float | None
    unit: str = ""
    path: Path | None = None
    hdu: int | str | None = None
    plane: int = 0
    header: fits.Header | None = None
    wcs: WCS | None = None
    chroma: Source | None = None
    rendered: Stretch | None = None
    history: tuple[str, ...] = ()
    scale: int = 1
    uncertainty: Source | None = None
    chroma_uncertainty: Source | None = None
    colour_known: Source | None = None
    note: str = ""
    power: int = 0
    made: Made | None = None
    max_bytes: int | None = None
    preview: int = 1
    pieces: Pieces | None = None
    made_from: tuple[Path, ...] = ()

    @property
    def originals(self) -> tuple[Path, ...]:
        """The files that it stands on."""
        return (*((self.path,) if self.path else ()), *self.made_from)

    def read(self, window: Window | None = None, step: int = 1) -> NDArray[np.float32]:
        """Samples of a window (default: all), every `step`-th row and column.

        Returns float32 (H', W') or (H', W', 3) in native units; NaN = no data. The window is
        clipped to the frame. Raises UnreadableFrame when the file has gone or changed.
        """
        return self._read(self.source, window, step)

    def read_exact(self, window: Window | None = None, step: int = 1) -> NDArray[Any]:
        """The file's own numbers of a window, in its own precision and in `own_unit`.

        Returns (H', W') or (H', W', 3): int64 or uint64 for whole numbers, float32, or float64;
        NaN (of whole numbers: float64) = no data. Errors as `read`.
        """
        inside = (window or Window.whole(self.shape)).clip(self.shape)
        numbers = read_exact(self.source, inside, step)
        return numbers * np.float64(10.0**self.power) if self.power else numbers

    @property
    def own_unit(self) -> str:
        """The unit of the file's own numbers."""
        return self.unit.removeprefix(f"10**{self.power}").strip() if self.power else self.unit

    def read_chroma(self, window: Window | None = None, step: int = 1) -> NDArray[np.float32]:
        """Painted colour of a window: float32 (H', W', 2), Oklab a and b; zeros when unpainted."""
        if self.chroma is not None:
            return self._read(self.chroma, window, step)
        clipped = (window or Window.whole(self.shape)).clip(self.shape)
        return np.zeros((*clipped.sampled(step), 2), np.float32)

    def _read(self, source: Source, window: Window | None, step: int) -> NDArray[np.float32]:
        if step < 1:
            raise ValueError(f"step must be 1 or more, not {step}")
        return source.read((window or Window.whole(self.shape)).clip(self.shape), step)


def blocks(shape: tuple[int, ...], rows: int) -> list[Window]:
    """Full-width windows of at most `rows` rows that cover (H, W, ...) from top to bottom."""
    height, width = shape[0], shape[1]
    return [Window(y, 0, min(rows, height - y), width) for y in range(0, height, rows)]
