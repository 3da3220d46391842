"""TIFF files as frames: read piece by piece when uncompressed, decoded when opened otherwise."""

from __future__ import annotations

import struct
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
import tifffile

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import ArraySource, Frame, Source, StackSource, Window
from astroview.core.io.fits.fits_hdus import HduInfo
from astroview.core.io.metered_file import metered
from astroview.core.io.pictures.picture_files import full_scale, one_channel, upright
from astroview.core.io.pictures.picture_texts import history_told
from astroview.core.io.row_file import RowFile
from astroview.core.library_warnings import collected_warnings
from astroview.core.limits import check_memory

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from astroview.core.io.byte_stores import Store

_BROKEN = (
    OSError, ValueError, KeyError, IndexError, TypeError, EOFError, AttributeError, RuntimeError,
    OverflowError, MemoryError, ZeroDivisionError, AssertionError, struct.error,
    tifffile.TiffFileError,
)  # fmt: skip
_COLOURS = (2, 3, 5, 6)  # photometric: RGB, palette, CMYK, YCbCr
_WHITE_IS_ZERO = 0
_PALETTE = 3


def open_tiff(
    store: Store,
    path: Path,
    name: str,
    series: int | None,
    plane: int,
    max_bytes: int | None = None,
) -> Frame:
    """A page of a TIFF as a frame; see `astroview.core.io.open_file.open_frame`."""
    with collected_warnings(), metered(store) as file:
        try:
            with tifffile.TiffFile(file) as tiff:
                page = _page(tiff, store.name, series or 0, plane)
                source, shape = _source(store, page, max_bytes)
                bits = page.bitspersample
                scale = full_scale(page.dtype, bits if isinstance(bits, int) else None)
                kind = page.dtype.kind
                text = page.tags.valueof("ImageDescription")
        except _BROKEN as problem:
            raise _unreadable(store.name, problem) from problem
    return Frame(
        name=name,
        shape=(shape[0], shape[1]),
        channels=3 if len(shape) == 3 else 1,
        kind="linear" if scale is None else "display",
        source=source,
        full_scale=scale,
        path=path,
        hdu=series or 0,
        plane=plane,
        history=history_told(text),
        note=_said_of_complex(store.name) if kind == "c" else "",
    )


def _said_of_complex(name: str) -> str:
    return f"The samples of {name} are complex numbers: their magnitude is shown and measured."


def tiff_series(store: Store) -> tuple[HduInfo, ...]:
    """The series of pages in the file; each can be opened as an `hdu`."""
    with collected_warnings(), metered(store) as file:
        try:
            with tifffile.TiffFile(file) as tiff:
                return tuple(_info(i, series) for i, series in enumerate(tiff.series))
        except _BROKEN as problem:
            raise _unreadable(store.name, problem) from problem


def _info(index: int, series: Any) -> HduInfo:
    page = series.keyframe
    colours = 3 if page.samplesperpixel >= 3 else 1
    return HduInfo(
        index=index,
        name=str(series.name or ""),
        kind="TIFF",
        shape=tuple(series.shape),
        dtype=np.dtype(series.dtype).name,
        is_image=True,
        planes=len(series.pages),
        channels=colours,
    )


def _page(tiff: Any, name: str, index: int, plane: int) -> Any:
    if not tiff.series:
        raise ValueError("it has no pages")
    if not 0 <= index < len(tiff.series):
        raise UnreadableFrame(
            f"{name} has no picture {index}", hint=f"It has pictures 0 to {len(tiff.series) - 1}."
        )
    pages = tiff.series[index].pages
    if not 0 <= plane < len(pages):
        raise UnreadableFrame(
            f"{name} has no page {plane}", hint=f"It has pages 0 to {len(pages) - 1}."
        )
    page = pages[plane]
    return page.aspage() if hasattr(page, "aspage") else page


def _source(store: Store, page: Any, max_bytes: int | None) -> tuple[Source, tuple[int, ...]]:
    """Where the samples of a page come from, and their shape (H, W) or (H, W, 3)."""
    if prod(page.shape) == 0:
        raise ValueError("the picture has no pixels")
    if _is_plain(page):
        return _lazy(store, page)
    check_memory(store.name, store.size, _bytes_to_decode(page), max_bytes)
    if prod(page.chunked) != len(page.dataoffsets):
        raise ValueError("its strips or tiles are not as many as its size asks for")
    ends = zip(page.dataoffsets, page.databytecounts, strict=False)
    if any(start + count > store.size for start, count in ends):
        raise ValueError("a part of the picture is missing")
    samples = _colours_last(page)
    orientation = page.tags.valueof("Orientation", 1)
    samples = one_channel(upright(samples, int(orientation)))
    return ArraySource(samples), samples.shape


def _bytes_to_decode(page: Any) -> int:
    """Memory that decoding takes at its peak: the samples, one tile or strip, and a copy."""
    samples = prod(page.shape) * page.dtype.itemsize
    tile = prod(page.chunks) * page.dtype.itemsize
    colours = 3 * 2 * prod(page.shape) if page.photometric == _PALETTE else samples
    return samples + tile + colours


def _is_plain(page: Any) -> bool:
    """Whether the samples lie in the file as they are, in one piece, upright."""
    return (
        page.is_contiguous
        and page.dataoffsets
        and page.photometric in (1, 2)
        and page.samplesperpixel in (1, 3)
        and page.imagedepth == 1
        and page.fillorder == 1
        and page.tags.valueof("Orientation", 1) == 1
        and page.bitspersample == 8 * page.dtype.itemsize
        and page.dtype.kind in "uifc"
    )


def _lazy(store: Store, page: Any) -> tuple[Source, tuple[int, ...]]:
    height, width, colours = page.imagelength, page.imagewidth, page.samplesperpixel
    dtype = page.dtype.newbyteorder(page.parent.byteorder)
    start = int(page.dataoffsets[0])
    if start + height * width * colours * dtype.itemsize > store.size:
        raise UnreadableFrame(
            f"{store.name} is damaged: a part of the picture is missing",
            hint="Download or copy it again; it may have been cut short.",
        )
    if colours == 1:
        return RowFile(store, start, (height, width), dtype), (height, width)
    if page.planarconfig == 1:
        colour: Source = RowFile(store, start, (height, width, 3), dtype)
    else:
        step = height * width * dtype.itemsize
        planes = (RowFile(store, start + i * step, (height, width), dtype) for i in range(3))
        colour = StackSource(tuple(planes))
    return _grey_or_colour(colour, (height, width))


def _grey_or_colour(colour: Source, shape: tuple[int, int]) -> tuple[Source, tuple[int, ...]]:
    """Look for colour in every row of a sparse sample, so that a large file stays unread."""
    step = max(1, max(shape) // 1024)
    sampled = colour.read(Window.whole(shape), step)
    if (sampled == sampled[..., :1]).all():
        return FirstChannel(colour), shape
    return colour, (*shape, 3)


class FirstChannel:
    """A colour source of which one channel says all."""

    def __init__(self, colour: Source) -> None:
        self._colour = colour

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        return np.ascontiguousarray(self._colour.read(window, step)[..., 0])


def _colours_last(page: Any) -> NDArray[Any]:
    """A decoded page as (H, W) or (H, W, C), black = 0, palette looked up."""
    samples = np.asarray(page.asarray())
    if page.photometric == 3 and page.colormap is not None:
        return np.moveaxis(page.colormap[:, samples], 0, -1)
    if page.photometric == _WHITE_IS_ZERO and samples.dtype.kind in "ub":
        samples = ~samples
    if samples.ndim == 3 and page.planarconfig == 2:
        samples = np.moveaxis(samples, 0, -1)
    if samples.ndim not in (2, 3):
        raise ValueError(f"pages of {samples.ndim} dimensions are not read")
    return samples


def _unreadable(name: str, problem: BaseException) -> UnreadableFrame:
    return UnreadableFrame(
        f"{name} is damaged or of an unknown kind of TIFF ({problem})",
        hint="Save it again as an ordinary TIFF, or as FITS.",
    )
