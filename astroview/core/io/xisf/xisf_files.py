"""XISF files as frames: uncompressed samples are read piece by piece, others unpacked at once."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.errors import UnreadableFrame
from astroview.core.fits_headers import text
from astroview.core.frame import ArraySource, Frame, Source, StackSource, to_float32
from astroview.core.io.fits.colour_filter_array import (
    PATTERNS,
    DebayeredSource,
    Mosaic,
    history_of,
    mosaic_of,
    not_understood,
    said_of,
)
from astroview.core.io.fits.fits_files import SUMS, as_means
from astroview.core.io.fits.hdu_info import HduInfo
from astroview.core.io.number_range import SAID as BEYOND
from astroview.core.io.number_range import DividedSource, in_powers, power_of
from astroview.core.io.pictures.sample_meaning import Meaning, meant
from astroview.core.io.windowed_reader import Scaling, WindowedReader
from astroview.core.io.xisf.xisf_blocks import block_bytes
from astroview.core.io.xisf.xisf_header import SIGNATURE, XisfImage, damaged, read_images
from astroview.core.io.xisf.xisf_sky import solution_cards
from astroview.core.library_warnings import collected_warnings
from astroview.core.memory_limits import check_memory
from astroview.core.sky.wcs import read_wcs
from astroview.core.texts import Text

if TYPE_CHECKING:
    from pathlib import Path

    from astropy.io import fits

    from astroview.core.io.byte_stores import Store

__all__ = ["SIGNATURE", "open_xisf", "xisf_images"]


def open_xisf(
    store: Store, path: Path, name: str, hdu: int | str | None, max_bytes: int | None = None
) -> Frame:
    """An image of an XISF file as a frame; see `astroview.core.io.open_file.open_frame`."""
    with collected_warnings(), store.open() as file:
        image = _chosen(read_images(file, store.name, store.size), store.name, hdu)
        cards, unsaid = solution_cards(store, image)
        image.header.update(cards)
        wcs = read_wcs(image.header)
        header, factor = as_means(image.header)
        mosaic = _mosaic(image, store.name) if image.channels == 1 else None
    shown = text(header, "RENDERED") != "" and image.colours == 3
    source, channels = _source(store, image, factor, max_bytes)
    wide = image.dtype.itemsize >= 8 and image.dtype.kind in "fc"
    power = power_of(source, image.shape) if wide else 0
    if power:
        source = DividedSource(source, power)
        header["BUNIT"] = in_powers(text(header, "BUNIT"), power)
    if mosaic is not None:
        source, channels = DebayeredSource(source, image.shape, mosaic.colours), 3
    return Frame(
        name=name,
        shape=image.shape,
        channels=channels,
        kind="display" if shown else "linear",
        source=source,
        full_scale=1.0 if shown else None,
        unit=text(header, "BUNIT"),
        path=path,
        hdu=image.index,
        header=header,
        wcs=wcs,
        history=() if mosaic is None else (history_of(mosaic),),
        note=_said(image, mosaic, factor, power, store.name, unsaid),
        power=power,
    )


def xisf_images(store: Store) -> tuple[HduInfo, ...]:
    """The images of a file; each can be opened as an `hdu`."""
    with collected_warnings(), store.open() as file:
        images = read_images(file, store.name, store.size)
    return tuple(_info(image) for image in images)


def _info(image: XisfImage) -> HduInfo:
    shape = image.shape if image.channels == 1 else (image.channels, *image.shape)
    channels = 3 if image.colours == 3 or image.pattern else 1
    return HduInfo(
        image.index, image.name, "XISF", shape, image.dtype.name, is_image=True, channels=channels
    )


def _chosen(images: tuple[XisfImage, ...], name: str, hdu: int | str | None) -> XisfImage:
    for image in images:
        if hdu is None or str(hdu) in (image.name, str(image.index)):
            return image
    raise UnreadableFrame(
        Text("{name} has no image {hdu}", name=name, hdu=hdu),
        hint=Text("It has images 0 to {count}.", count=len(images) - 1),
    )


def _source(
    store: Store, image: XisfImage, factor: float, max_bytes: int | None
) -> tuple[Source, int]:
    """The samples from the top row on, and how many colours they have."""
    if image.turned:
        raise UnreadableFrame(
            Text(
                "{name} says that it is to be turned ({turned}) before it is shown",
                name=store.name,
                turned=image.turned,
            ),
            hint="Turn it in PixInsight, or save it as FITS.",
        )
    scaling = Scaling(slope=factor)
    lazy = image.block.inline is None and not image.block.codec
    stored = _lazy(store, image, scaling) if lazy else _unpacked(store, image, scaling, max_bytes)
    extra = image.channels - image.colours
    meaning = Meaning(
        "rgb" if image.colours == 3 else "grey",
        None,
        extra=extra,
        alpha=image.colours if extra else None,
    )
    return meant(stored, image.shape, meaning, None, lazy=lazy)


def _lazy(store: Store, image: XisfImage, scaling: Scaling) -> Source:
    start, dtype = image.block.position, image.dtype
    size = prod(image.shape) * dtype.itemsize
    if start + size * image.channels > min(store.size, start + image.block.length):
        raise damaged(store.name, "a part of its samples is missing")
    if image.channels == 1:
        return WindowedReader(store, start, image.shape, dtype, scaling)
    if not image.planar:
        return WindowedReader(store, start, (*image.shape, image.channels), dtype, scaling)
    planes = range(image.channels)
    return StackSource(
        tuple(WindowedReader(store, start + i * size, image.shape, dtype, scaling) for i in planes)
    )


def _unpacked(
    store: Store, image: XisfImage, scaling: Scaling, max_bytes: int | None
) -> ArraySource:
    count = prod(image.shape) * image.channels
    size = count * image.dtype.itemsize
    check_memory(store.name, store.size, 3 * size, max_bytes)
    content = block_bytes(store, image.block, size)
    samples: Any = np.frombuffer(content, image.dtype, count)
    if image.planar:
        samples = samples.reshape(image.channels, *image.shape)
        samples = samples[0] if image.channels == 1 else np.moveaxis(samples, 0, -1)
    else:
        samples = samples.reshape(*image.shape, image.channels)
        samples = samples[..., 0] if image.channels == 1 else samples
    if scaling != Scaling():
        samples = to_float32(scaling.apply(np.array(samples)))
    return ArraySource(samples)


def _mosaic(image: XisfImage, name: str) -> Mosaic | None:
    """The filters by their own element, or by the FITS keywords; rows begin at the top here."""
    header: fits.Header = image.header.copy()
    if image.pattern and image.pattern not in PATTERNS:
        raise not_understood(name, image.pattern)
    if image.pattern:
        header["BAYERPAT"] = image.pattern
        header["XBAYROFF"] = header["YBAYROFF"] = 0
    header["ROWORDER"] = "BOTTOM-UP"  # in its sense for patterns: from the top row on
    return mosaic_of(header, image.shape[0], name)


def _said(
    image: XisfImage, mosaic: Mosaic | None, factor: float, power: int, name: str, sky: str
) -> str:
    said = [SUMS.format(factor=factor)] if factor != 1 else []
    if image.has_profile and not text(image.header, "RENDERED"):
        said.append(f"The colour profile of {name} is not used: its samples are measurements.")
    if mosaic is not None:
        said.append(said_of(mosaic, name))
    if image.dtype.kind == "c":
        said.append(
            f"The samples of {name} are complex numbers: their magnitude is shown and measured."
        )
    if power:
        said.append(BEYOND.format(power=power))
    return " ".join([*said, sky]).strip()
