"""Samples of more than 8 bits, where Pillow would keep 8: PNG, AVIF, JPEG 2000 and PNM.

JPEG 2000 is also decoded here where it has signs or an order of its own that Pillow does not obey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np

from astroview.core.io.pictures import jp2_header
from astroview.core.io.pictures.picture_samples import Stored, not_shown
from astroview.core.io.pictures.png_colour import SIGNATURE as PNG
from astroview.core.io.pictures.sample_meaning import Model

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image

    from astroview.core.io.byte_stores import Store

_MODELS: dict[int, tuple[Model, int | None]] = {
    1: ("grey", None), 2: ("grey", 1), 3: ("rgb", None), 4: ("rgb", 3),
}  # fmt: skip


def deep_bits(head: bytes) -> int | None:
    """Bits of a sample, where a file's head says that there are more than 8; else None."""
    if head.startswith(PNG):
        bits = head[24]
    elif head[4:8] == b"ftyp" and (at := head.find(b"pixi")) > 0:
        bits = max(head[at + 9 : at + 9 + head[at + 8]], default=8)
    elif jp2_header.is_jp2(head) and (at := head.find(jp2_header.CODESTREAM)) >= 0:
        bits = (head[at + jp2_header.DEPTH] & 127) + 1
    elif head.startswith(b"P6"):
        bits = 16 if _pnm(head)[2] > 255 else 8
    else:
        return None
    return bits if bits > 8 else None


def deep_samples(store: Store, image: Image.Image, head: bytes) -> Stored | None:
    """The picture with all its bits; None where it has 8, or Pillow keeps them all."""
    if jp2_header.is_jp2(head):
        return _jpeg_2000(store, image)
    bits = deep_bits(head)
    if bits is None or image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return None
    with store.open() as file:
        content = file.read()
    if head.startswith(b"P6"):
        samples, white = _deep_ppm(content)
    else:
        samples, white = _decoder(head)(content), float(2**bits - 1)
    if samples.dtype != np.uint16 or samples.ndim not in (2, 3):
        return None
    model, alpha = _MODELS[1 if samples.ndim == 2 else samples.shape[2]]
    return Stored(samples, model, white, alpha=alpha)


def _jpeg_2000(store: Store, image: Image.Image) -> Stored | None:
    with store.open() as file:
        said = jp2_header.read_header(file.read(jp2_header.HEAD))
    if said.odd_space:
        what = f"its colours are {said.odd_space}, which is not turned into sRGB here"
        raise not_shown(store.name, what)
    enough = said.bits <= 8 or image.mode.startswith("I;16")
    if enough and said.in_order and not said.is_signed:
        return None
    with store.open() as file:
        content = bytearray(file.read())
    if said.icc_method >= 0:  # as one that the decoder leaves alone: it is applied here
        content[said.icc_method] = jp2_header.ANY_ICC
    samples = imagecodecs.jpeg2k_decode(bytes(content))
    if samples.ndim not in (2, 3):
        return None
    model, alpha = _MODELS[1 if samples.ndim == 2 else samples.shape[2]]
    white = None if said.is_signed else float(2**said.bits - 1)
    return Stored(samples, model, white, alpha=alpha, associated=said.associated)


def _decoder(head: bytes) -> Any:
    return imagecodecs.png_decode if head.startswith(PNG) else imagecodecs.avif_decode


def _deep_ppm(content: bytes) -> tuple[NDArray[np.uint16], float]:
    width, height, white, start = _pnm(content)
    count = width * height * 3
    samples = np.frombuffer(content, ">u2", count, start).reshape(height, width, 3)
    return samples.astype(np.uint16), float(white)


def _pnm(content: bytes) -> tuple[int, int, int, int]:
    """Width, height and white of a binary PNM, and where its samples begin."""
    numbers: list[int] = []
    at = 2
    while len(numbers) < 3:
        while content[at : at + 1].isspace():
            at += 1
        if content[at : at + 1] == b"#":
            at = content.index(b"\n", at)
            continue
        end = at
        while content[end : end + 1].isdigit():
            end += 1
        numbers.append(int(content[at:end]))
        at = end
    return numbers[0], numbers[1], numbers[2], at + 1
