"""TIFF files as frames: read piece by piece when uncompressed, decoded when opened otherwise."""

from __future__ import annotations

import struct
from math import prod
from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np
import tifffile

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import ArraySource, Frame, Source, StackSource
from astroview.core.io.fits.fits_hdus import HduInfo
from astroview.core.io.metered_file import metered
from astroview.core.io.number_range import SAID as BEYOND
from astroview.core.io.number_range import DividedSource, in_powers, power_of
from astroview.core.io.pictures.picture_files import upright
from astroview.core.io.pictures.picture_texts import history_told
from astroview.core.io.pictures.sample_meaning import SomeChannels, meant
from astroview.core.io.pictures.thinned_source import ThinnedSource, Thinning
from astroview.core.io.pictures.thinned_tiff import thinned_page
from astroview.core.io.pictures.tiff_meaning import YCBCR, bands_of, meaning_of
from astroview.core.io.pictures.tiff_pages import Pages, mask_of, series_of, whole
from astroview.core.io.windowed_reader import WindowedReader
from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import LIBRARY_ERRORS, collected_warnings
from astroview.core.memory_limits import check_memory
from astroview.core.texts import Text

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from astroview.core.io.byte_stores import Store

_BROKEN = (*LIBRARY_ERRORS, MemoryError, struct.error, tifffile.TiffFileError)
_JPEG = (7, 34892)  # compressions of which the decoder turns YCbCr into RGB
_OLD_JPEG = 6


def open_tiff(
    store: Store,
    path: Path,
    name: str,
    series: int | None,
    plane: int,
    max_bytes: int | None = None,
    thinning: Thinning | None = None,
) -> Frame:
    """A page of a TIFF as a frame; see `astroview.core.io.open_file.open_frame`.

    With ``thinning`` one pixel of each square stands for all of it, where it is packed.
    """
    with collected_warnings(), metered(store) as file:
        try:
            with tifffile.TiffFile(file) as tiff:
                pages = _chosen(series_of(tiff), store.name, series)
                page, band = _page(pages, store.name, plane)
                said = [pages.said(store.name)] if series is None else []
                picture = _picture(store, tiff, page, band, max_bytes, thinning)
                said.append(picture.said)
                text = page.tags.valueof("ImageDescription")
        except _BROKEN as problem:
            raise _unreadable(store.name, problem) from problem
    if page.dtype.kind == "c":
        said.append(_said_of_complex(store.name))
    return Frame(
        name=name,
        shape=picture.shape,
        channels=picture.channels,
        kind="linear" if picture.full_scale is None else "display",
        source=picture.source,
        full_scale=picture.full_scale,
        unit=in_powers("", picture.power) if picture.power else "",
        path=path,
        hdu=pages.index,
        plane=plane,
        history=history_told(text),
        note=" ".join(sentence for sentence in said if sentence),
        power=picture.power,
    )


def tiff_series(store: Store) -> tuple[HduInfo, ...]:
    """The series of pages in the file; each can be opened as an `hdu`."""
    with collected_warnings(), metered(store) as file:
        try:
            with tifffile.TiffFile(file) as tiff:
                return tuple(_info(pages) for pages in series_of(tiff))
        except _BROKEN as problem:
            raise _unreadable(store.name, problem) from problem


def _info(pages: Pages) -> HduInfo:
    page = pages.first
    bands = bands_of(page)
    colours = 3 if page.photometric == 3 or (page.samplesperpixel >= 3 and bands == 1) else 1
    return HduInfo(
        index=pages.index,
        name=pages.name or ("" if pages.role == "picture" else pages.role),
        kind="TIFF",
        shape=pages.shape,
        dtype=np.dtype(page.dtype).name,
        is_image=True,
        planes=len(pages.pages) * bands,
        channels=colours,
    )


def _chosen(series: list[Pages], name: str, index: int | None) -> Pages:
    """The series that was asked for; else the first that is no thumbnail or mask."""
    if index is not None:
        if not 0 <= index < len(series):
            raise UnreadableFrame(
                Text("{name} has no picture {index}", name=name, index=index),
                hint=Text("It has pictures 0 to {count}.", count=len(series) - 1),
            )
        return series[index]
    pictures = [pages for pages in series if pages.role == "picture"]
    return pictures[0] if pictures else max(series, key=lambda pages: prod(pages.shape))


def _page(pages: Pages, name: str, plane: int) -> tuple[Any, int]:
    """The page of a plane, and which of its bands it is."""
    bands = bands_of(pages.first)
    count = len(pages.pages) * bands
    if not 0 <= plane < count:
        raise UnreadableFrame(
            Text("{name} has no page {plane}", name=name, plane=plane),
            hint=Text("It has pages 0 to {count}.", count=count - 1),
        )
    return whole(pages.pages[plane // bands]), plane % bands


@dataclass(frozen=True)
class _Picture:
    """The samples of a page, and what is to be told of them."""

    source: Source
    shape: tuple[int, int]
    channels: int
    full_scale: float | None
    said: str
    power: int = 0


def _picture(
    store: Store, tiff: Any, page: Any, band: int, max_bytes: int | None, thinning: Thinning | None
) -> _Picture:
    if prod(page.shape) == 0:
        raise ValueError("the picture has no pixels")
    meaning, said = meaning_of(page, store.name)
    mask = mask_of(tiff, page)
    valid = None if mask is None else _stored(store, mask, max_bytes, thinning)[0]
    lazy = _is_plain(page) or thinning is not None
    stored, shape = _stored(store, page, max_bytes, thinning)
    if meaning.bands > 1:
        said = f"{store.name} has {meaning.bands} bands, each of which is a plane here. {said}"
        meaning, channel = meaning.of_band(band)
        stored = SomeChannels(stored, channel)
    source, channels = meant(stored, shape, meaning, valid, lazy=lazy)
    power = power_of(source, shape) if page.dtype.itemsize >= 8 and page.dtype.kind in "fc" else 0
    if power:
        source, said = DividedSource(source, power), f"{said} {BEYOND.format(power=power)}".strip()
    return _Picture(source, shape, channels, meaning.full_scale, said, power)


def _stored(
    store: Store, page: Any, max_bytes: int | None, thinning: Thinning | None
) -> tuple[Source, tuple[int, int]]:
    """The samples of a page as they are stored, upright: a source of (H, W[, C]), and (H, W)."""
    if _is_plain(page):
        return _lazy(store, page), (page.imagelength, page.imagewidth)
    if thinning is not None:
        return _thinned(store, page, thinning)
    check_memory(store.name, store.size, _bytes_to_decode(page), max_bytes)
    _check_parts(store, page)
    orientation = int(page.tags.valueof("Orientation", 1))
    samples = upright(_decoded(store, page), orientation)
    return ArraySource(samples), (samples.shape[0], samples.shape[1])


def _thinned(store: Store, page: Any, thinning: Thinning) -> tuple[Source, tuple[int, int]]:
    """One pixel of each square as a source of full size, upright, and its (H, W)."""
    if _by_libtiff(page):
        raise ValueError("its kind of YCbCr is decoded as a whole only")
    _check_parts(store, page)
    samples, side = thinned_page(store.name, store.size, page, thinning)
    orientation = int(page.tags.valueof("Orientation", 1))
    samples = upright(samples, orientation)
    size = (page.imagelength, page.imagewidth)
    shape = size[::-1] if orientation in (5, 6, 7, 8) else size
    small = (samples.shape[0], samples.shape[1])
    return ThinnedSource(ArraySource(samples), small, side), shape


def _bytes_to_decode(page: Any) -> int:
    """Memory that decoding takes at its peak: the samples, one tile or strip, and a copy."""
    samples = prod(page.shape) * page.dtype.itemsize
    tile = prod(page.chunks) * page.dtype.itemsize
    return 2 * samples + tile


def _check_parts(store: Store, page: Any) -> None:
    if prod(page.chunked) != len(page.dataoffsets):
        raise ValueError("its strips or tiles are not as many as its size asks for")
    ends = zip(page.dataoffsets, page.databytecounts, strict=False)
    if any(start + count > store.size for start, count in ends):
        raise ValueError("a part of the picture is missing")


def _is_plain(page: Any) -> bool:
    """Whether the samples lie in the file as they are, in one piece, upright."""
    return (
        page.is_contiguous
        and page.dataoffsets
        and page.imagedepth == 1
        and page.fillorder == 1
        and page.tags.valueof("Orientation", 1) == 1
        and page.bitspersample == 8 * page.dtype.itemsize
        and page.dtype.kind in "uifc"
        and not _by_libtiff(page)
    )


def _lazy(store: Store, page: Any) -> Source:
    height, width, samples = page.imagelength, page.imagewidth, page.samplesperpixel
    dtype = page.dtype.newbyteorder(page.parent.byteorder)
    start = int(page.dataoffsets[0])
    if start + height * width * samples * dtype.itemsize > store.size:
        raise UnreadableFrame(
            Text("{name} is damaged: a part of the picture is missing", name=store.name),
            hint="Download or copy it again; it may have been cut short.",
        )
    if samples == 1:
        return WindowedReader(store, start, (height, width), dtype)
    if page.planarconfig == 1:
        return WindowedReader(store, start, (height, width, samples), dtype)
    step = height * width * dtype.itemsize
    planes = (
        WindowedReader(store, start + i * step, (height, width), dtype) for i in range(samples)
    )
    return StackSource(tuple(planes))


def _by_libtiff(page: Any) -> bool:
    """Whether only libtiff turns the samples into colours: YCbCr, and JPEG of before 1995."""
    if page.compression == _OLD_JPEG:
        return True
    return page.photometric == YCBCR and page.compression not in _JPEG


def _decoded(store: Store, page: Any) -> NDArray[Any]:
    """A page in memory as (H, W) or (H, W, C)."""
    if _by_libtiff(page):
        return _decoded_by_libtiff(store, page)
    samples = np.asarray(page.asarray())
    if samples.ndim == 3 and page.planarconfig == 2 and page.samplesperpixel > 1:
        samples = np.moveaxis(samples, 0, -1)
    if samples.ndim not in (2, 3):
        raise ValueError(f"pages of {samples.ndim} dimensions are not read")
    return samples


def _decoded_by_libtiff(store: Store, page: Any) -> NDArray[np.uint8]:
    if page.is_subifd or page.tags.valueof("Orientation", 1) != 1 or page.dtype != np.uint8:
        raise UnreadableFrame(
            Text(
                "{name} cannot be shown: its colours (YCbCr) are stored in an unusual way",
                name=store.name,
            ),
            hint="Save it again as RGB.",
        )
    with store.open() as file:
        rgba = imagecodecs.tiff_decode(file.read(), index=page.index, asrgb=True)
    return rgba[..., :3]


def _said_of_complex(name: str) -> str:
    return f"The samples of {name} are complex numbers: their magnitude is shown and measured."


def _unreadable(name: str, problem: BaseException) -> UnreadableFrame:
    return UnreadableFrame(
        Text(
            "{name} is damaged or of an unknown kind of TIFF ({problem})",
            name=name,
            problem=problem,
        ),
        hint="Save it again as an ordinary TIFF, or as FITS.",
    )
