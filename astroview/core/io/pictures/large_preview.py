"""A picture too large to decode, as a frame of which one pixel of each square is known.

What a window shows while it asks whether all of it is to be opened. Memory stays within what the
file may take: PNG and TIFF are read by strips and tiles, JPEG and JPEG 2000 are decoded reduced.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PIL import Image

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import ArraySource, Frame
from astroview.core.io.byte_stores import MemoryStore
from astroview.core.io.pictures.picture_files import (
    BROKEN,
    bytes_to_decode,
    open_picture,
    orientation_of,
    upright,
)
from astroview.core.io.pictures.picture_samples import meaning_of, stored_by_pillow
from astroview.core.io.pictures.png_colour import SIGNATURE as PNG
from astroview.core.io.pictures.sample_meaning import meant
from astroview.core.io.pictures.thinned_png import thinned_png
from astroview.core.io.pictures.thinned_source import (
    ThinnedSource,
    Thinning,
    places,
    side_of_squares,
)
from astroview.core.io.pictures.tiff_files import open_tiff
from astroview.core.library_warnings import collected_warnings
from astroview.core.memory_limits import check_memory
from astroview.core.texts import Text

if TYPE_CHECKING:
    from pathlib import Path

    from astroview.core.io.byte_stores import Store
    from astroview.core.io.pictures.thinned_source import Tell

MOST_SIDE = 4096  # pixels: 50 MB of colour
_REDUCTION = 8  # what a JPEG is decoded at most reduced by


def preview(
    store: Store,
    path: Path,
    name: str,
    kind: str,
    hdu: int | None,
    plane: int,
    tell: Tell,
) -> Frame:
    """The frame; ``kind`` is "tiff" or "picture". Raises UnreadableFrame where there is none."""
    thinning = Thinning(MOST_SIDE, tell)
    try:
        with collected_warnings():
            if kind == "tiff":
                frame = open_tiff(store, path, name, hdu, plane, thinning=thinning)
                return _said(frame, side_of_squares(frame.shape, MOST_SIDE))
            with store.open() as file:
                is_png = file.read(len(PNG)) == PNG
            return _of_png(store, path, name, thinning) if is_png else _reduced(store, path, name)
    except BROKEN as problem:
        raise UnreadableFrame(
            Text("{name} has no preview ({problem})", name=store.name, problem=problem)
        ) from problem


def _of_png(store: Store, path: Path, name: str, thinning: Thinning) -> Frame:
    with store.open() as file:
        content, side = thinned_png(file, thinning.most_side, thinning.tell)
    with store.open() as file, Image.open(file) as image:
        size = image.size
    small = open_picture(MemoryStore(store.name, content), path, name)
    return _said(_full_size(small, size, side), side)


def _reduced(store: Store, path: Path, name: str) -> Frame:
    """A JPEG or JPEG 2000 as its decoder gives it in a fraction of its size."""
    with store.open() as file, Image.open(file) as image:
        size = image.size
        if image.format not in ("JPEG", "JPEG2000"):
            raise ValueError(f"{image.format} is decoded as a whole only")
        if image.info.get("progressive"):  # its coefficients are held, two bytes each
            held = 2 * image.width * image.height * len(image.getbands())
            check_memory(store.name, store.size, held)
        if image.format == "JPEG":
            image.draft(image.mode, (size[0] // _REDUCTION, size[1] // _REDUCTION))
        else:
            image.reduce = side_of_squares(image.size, MOST_SIDE).bit_length() - 1  # type: ignore[assignment]
        check_memory(store.name, store.size, bytes_to_decode(image, deep=False))
        orientation = orientation_of(image)
        stored = stored_by_pillow(store, image, orientation, None)
    height, width = stored.samples.shape[:2]
    side = side_of_squares((height, width), MOST_SIDE)
    thinned = stored.samples[places(height, side)][:, places(width, side)]
    stored = replace(stored, samples=upright(thinned, orientation))
    meaning, said = meaning_of(stored, store.name)
    shape = (stored.samples.shape[0], stored.samples.shape[1])
    source, channels = meant(ArraySource(stored.samples), shape, meaning, None, lazy=False)
    small = Frame(
        name, shape, channels, "display", source, meaning.full_scale, path=path, note=said
    )
    side *= -(-size[0] // width)
    return _said(_full_size(small, size, side), side)


def _full_size(small: Frame, size: tuple[int, int], side: int) -> Frame:
    """The small frame stretched over the pixels (width, height) that it stands for."""
    width, height = size
    turned = small.shape != (-(-height // side), -(-width // side))
    shape = (width, height) if turned else (height, width)
    return replace(small, shape=shape, source=ThinnedSource(small.source, small.shape, side))


def _said(frame: Frame, side: int) -> Frame:
    if side == 1:
        raise ValueError("there is nothing to leave out")
    note = f"This is a preview of {frame.name}: one pixel of each {side} × {side}. {frame.note}"
    return replace(frame, name=f"{frame.name} (preview)", note=note.strip(), preview=side)
