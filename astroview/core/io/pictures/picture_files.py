"""PNG, JPEG and other everyday pictures as frames; decoded when opened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np
from PIL import Image, UnidentifiedImageError

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import ArraySource, Frame
from astroview.core.io.fits.fits_hdus import HduInfo
from astroview.core.io.pictures.picture_texts import history_told
from astroview.core.library_warnings import collected_warnings
from astroview.core.limits import check_memory

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from astroview.core.io.byte_stores import Store

Image.MAX_IMAGE_PIXELS = None  # `limits` bounds bytes; Pillow's pixels are fewer than a mosaic's

_ORIENTATION = 0x0112  # EXIF and TIFF tag
_PNG = b"\x89PNG\r\n\x1a\n"
# Modes whose samples are shown as they are; the others are converted to RGB.
_AS_IS = {"L", "I;16", "I;16B", "I;16L", "I;16N", "I", "F", "RGB"}
_BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError, RuntimeError,
    OverflowError, MemoryError,
)  # fmt: skip


def open_picture(store: Store, path: Path, name: str, max_bytes: int | None = None) -> Frame:
    """A picture as a frame; see `astroview.core.io.open_file.open_frame`."""
    with collected_warnings():
        samples, orientation, text = _decode(store, max_bytes)
    frame = picture_frame(one_channel(upright(samples, orientation)), path, name)
    return replace(frame, history=history_told(text))


def picture_frame(samples: NDArray[Any], path: Path, name: str) -> Frame:
    """Samples in memory, (H, W) or (H, W, 3), as a frame of the kind that their type tells."""
    scale = full_scale(samples.dtype)
    return Frame(
        name=name,
        shape=(samples.shape[0], samples.shape[1]),
        channels=3 if samples.ndim == 3 else 1,
        kind="linear" if scale is None else "display",
        source=ArraySource(samples),
        full_scale=scale,
        path=path,
    )


def picture_info(store: Store) -> tuple[HduInfo, ...]:
    """The one picture of the file, without decoding it."""
    with collected_warnings(), store.open() as file:
        try:
            with Image.open(file) as image:
                width, height = image.size
                kind = image.format or "picture"
                grey = image.mode in ("1", "L", "LA", "I", "F") or image.mode.startswith("I;16")
        except _BROKEN as problem:
            raise _unreadable(store.name, problem) from problem
        file.seek(0)
        head = file.read(32)
    shape = (height, width) if grey else (height, width, 3)
    dtype = {"I": "int32", "F": "float32"}.get(image.mode, "uint16" if _deep(head) else "uint8")
    return (HduInfo(0, "", kind, shape, dtype, is_image=True, channels=1 if grey else 3),)


def full_scale(dtype: np.dtype[Any], bits: int | None = None) -> float | None:
    """The value of white; None for samples that are measurements (signed, 32 bit, float)."""
    if dtype.kind == "b":
        return 1.0
    if dtype.kind != "u" or dtype.itemsize > 2:
        return None
    return float(2 ** (bits or 8 * dtype.itemsize) - 1)


def one_channel(samples: NDArray[Any]) -> NDArray[Any]:
    """Grey that is stored as colour, as (H, W); alpha dropped."""
    if samples.ndim == 2:
        return samples
    colours = samples[..., :1] if samples.shape[2] < 3 else samples[..., :3]
    first = colours[..., 0]
    if all(np.array_equal(first, colours[..., i]) for i in range(1, colours.shape[2])):
        return np.ascontiguousarray(first)
    return np.ascontiguousarray(colours)


def upright(samples: NDArray[Any], orientation: int) -> NDArray[Any]:
    """Undo an EXIF or TIFF orientation (1 to 8), as far as it is a known one."""
    if orientation in (5, 6, 7, 8):
        samples = samples.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        samples = samples[::-1]
    if orientation in (2, 3, 6, 7):
        samples = samples[:, ::-1]
    return samples


def _decode(store: Store, max_bytes: int | None) -> tuple[NDArray[Any], int, object]:
    """Samples, orientation, and what the file says of itself."""
    with store.open() as file:
        try:
            with Image.open(file) as image:
                place = file.tell()
                file.seek(0)
                head = file.read(32)
                file.seek(place)
                check_memory(store.name, store.size, _bytes_to_decode(image, head), max_bytes)
                orientation = int(image.getexif().get(_ORIENTATION, 1))
                text = image.info.get("Description")
                file.seek(32)
                if _deep(head) and image.mode != "I;16":  # Pillow would keep 8 of the 16 bits
                    return imagecodecs.png_decode(head + file.read()), orientation, text
                shown = image if image.mode in _AS_IS else _plain(image)
                return np.asarray(shown), orientation, text
        except (*_BROKEN, imagecodecs.PngError) as problem:
            raise _unreadable(store.name, problem) from problem


def _plain(image: Image.Image) -> Image.Image:
    return image.convert("L" if image.mode in ("1", "LA", "La") else "RGB")


def _deep(head: bytes) -> bool:
    """Whether the head of a file is that of a PNG with 16 bits a sample."""
    return head.startswith(_PNG) and head[24:25] == b"\x10"


def _bytes_to_decode(image: Image.Image, head: bytes) -> int:
    """Memory that decoding takes at its peak: as the library holds it, converted, and as array."""
    pixels = image.width * image.height
    bands = len(image.getbands())
    if _deep(head):
        return pixels * 2 * (bands + min(bands, 3))
    if image.mode in _AS_IS:
        held = {"I": 4, "F": 4, "RGB": 4}.get(image.mode, 2 if image.mode.startswith("I;") else 1)
        return pixels * (held + 2 * min(held, 4))
    return pixels * ((1 if bands == 1 else 4) + 4 + 2 * 3)


def _unreadable(name: str, problem: BaseException) -> UnreadableFrame:
    if isinstance(problem, UnidentifiedImageError):
        return UnreadableFrame(
            f"{name} is not a picture that astroview knows",
            hint="It reads FITS, TIFF, PNG and JPEG.",
        )
    return UnreadableFrame(
        f"{name} is damaged and cannot be decoded ({problem})",
        hint="Download or copy it again; it may have been cut short.",
    )
