"""PNG, JPEG, WebP, AVIF, JPEG XL and other everyday pictures as frames; decoded when opened."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, UnidentifiedImageError

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import ArraySource, Frame
from astroview.core.io.fits.fits_hdus import HduInfo
from astroview.core.io.pictures import jxl_files
from astroview.core.io.pictures.deep_pictures import deep_bits, deep_samples
from astroview.core.io.pictures.picture_samples import Stored, meaning_of, stored_by_pillow
from astroview.core.io.pictures.picture_texts import history_told
from astroview.core.io.pictures.sample_meaning import meant
from astroview.core.library_warnings import LIBRARY_ERRORS, collected_warnings
from astroview.core.memory_limits import check_memory
from astroview.core.texts import Text

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from astroview.core.io.byte_stores import Store

Image.MAX_IMAGE_PIXELS = None  # `limits` bounds bytes; Pillow's pixels are fewer than a mosaic's

_ORIENTATION, DESCRIPTION = 0x0112, 0x010E  # EXIF and TIFF tags
_HEAD = 8192  # bytes in which a picture says how deep it is
BROKEN = (*LIBRARY_ERRORS, MemoryError, struct.error)


def open_picture(
    store: Store, path: Path, name: str, plane: int = 0, max_bytes: int | None = None
) -> Frame:
    """A picture as a frame; see `astroview.core.io.open_file.open_frame`."""
    with collected_warnings():
        stored, text, count = _decode(store, plane, max_bytes)
    meaning, said = meaning_of(stored, store.name)
    samples = upright(stored.samples, stored.orientation)
    shape = (samples.shape[0], samples.shape[1])
    source, channels = meant(ArraySource(samples), shape, meaning, None, lazy=False)
    return Frame(
        name=name,
        shape=shape,
        channels=channels,
        kind="linear" if meaning.full_scale is None else "display",
        source=source,
        full_scale=meaning.full_scale,
        path=path,
        hdu=0 if count > 1 else None,
        plane=plane,
        history=history_told(text),
        note=said,
    )


def picture_info(store: Store) -> tuple[HduInfo, ...]:
    """The picture or pictures of the file, without decoding them."""
    with collected_warnings(), store.open() as file:
        head = file.read(_HEAD)
        if jxl_files.is_jxl(head):
            return (jxl_files.info(store),)
        file.seek(0)
        try:
            with Image.open(file) as image:
                width, height = image.size
                kind, mode, count = image.format or "picture", image.mode, _count(image)
        except BROKEN as problem:
            raise _unreadable(store.name, problem) from problem
    grey = mode in ("1", "L", "LA", "La", "I", "F") or mode.startswith("I;16")
    shape = (height, width) if grey else (height, width, 3)
    deep = "uint16" if deep_bits(head) or mode.startswith("I;16") else "uint8"
    dtype = {"I": "int32", "F": "float32"}.get(mode, deep)
    channels = 1 if grey else 3
    return (HduInfo(0, "", kind, shape, dtype, is_image=True, planes=count, channels=channels),)


def full_scale(dtype: np.dtype[Any], bits: int | None = None) -> float | None:
    """The value of white; None for samples that are measurements (signed, 32 bit, float)."""
    if dtype.kind == "b":
        return 1.0
    if dtype.kind != "u" or dtype.itemsize > 2:
        return None
    return float(2 ** (bits or 8 * dtype.itemsize) - 1)


def upright(samples: NDArray[Any], orientation: int) -> NDArray[Any]:
    """Undo an EXIF or TIFF orientation (1 to 8), as far as it is a known one."""
    if orientation in (5, 6, 7, 8):
        samples = samples.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        samples = samples[::-1]
    if orientation in (2, 3, 6, 7):
        samples = samples[:, ::-1]
    return samples


def _decode(store: Store, plane: int, max_bytes: int | None) -> tuple[Stored, object, int]:
    """Samples with what is said of them; the text in the file; and how many pictures it has."""
    with store.open() as file:
        head = file.read(_HEAD)
        file.seek(0)
        try:
            if jxl_files.is_jxl(head):
                return jxl_files.stored(store, file.read(), max_bytes), None, 1
            with Image.open(file) as image:
                needed = bytes_to_decode(image, deep_bits(head) is not None)
                check_memory(store.name, store.size, needed, max_bytes)
                count = _count(image)
                _go_to(image, plane, count, store.name)
                exif = image.getexif()
                orientation = orientation_of(image)
                text = image.info.get("Description") or exif.get(DESCRIPTION)
                deep = deep_samples(store, image, head) if count == 1 else None
                return stored_by_pillow(store, image, orientation, deep), text, count
        except BROKEN as problem:
            raise _unreadable(store.name, problem) from problem


def orientation_of(image: Image.Image) -> int:
    """How a picture is turned, by its EXIF; see `upright`."""
    return int(image.getexif().get(_ORIENTATION, 1))


def _count(image: Image.Image) -> int:
    return int(getattr(image, "n_frames", 1)) if getattr(image, "is_animated", False) else 1


def _go_to(image: Image.Image, plane: int, count: int, name: str) -> None:
    if not 0 <= plane < count:
        last = (
            Text("It has pictures 0 to {count}.", count=count - 1)
            if count > 1
            else "Leave the choice off."
        )
        raise UnreadableFrame(
            Text("{name} has no picture {plane}", name=name, plane=plane), hint=last
        )
    if plane:
        image.seek(plane)


def bytes_to_decode(image: Image.Image, deep: bool) -> int:
    """Memory that decoding takes at its peak: as the library holds it, converted, and as array."""
    pixels = image.width * image.height
    bands = len(image.getbands())
    if deep:
        return pixels * 2 * (bands + min(bands, 3))
    held = {"I": 4, "F": 4, "RGB": 4, "RGBA": 4}.get(image.mode)
    if held is None and image.mode in ("L", "LA", "CMYK"):
        held = bands
    if held is None and image.mode.startswith("I;"):
        held = 2
    if held is not None:
        return pixels * (held + 2 * min(held, 4))
    return pixels * ((1 if bands == 1 else 4) + 4 + 2 * 4)


def _unreadable(name: str, problem: BaseException) -> UnreadableFrame:
    if isinstance(problem, UnidentifiedImageError):
        return UnreadableFrame(
            Text("{name} is not a picture that astroview knows", name=name),
            hint="It reads FITS, XISF, TIFF, PNG, JPEG, WebP, AVIF and JPEG XL.",
        )
    return UnreadableFrame(
        Text("{name} is damaged and cannot be decoded ({problem})", name=name, problem=problem),
        hint="Download or copy it again; it may have been cut short.",
    )
