"""Samples of more than 8 bits, where Pillow would keep 8: PNG, AVIF, JPEG 2000 and PNM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np

from astroview.core.io.pictures.picture_samples import Stored
from astroview.core.io.pictures.png_colour import SIGNATURE as PNG
from astroview.core.io.pictures.sample_meaning import Model

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image

    from astroview.core.io.byte_stores import Store

_JPEG_2000 = b"\xff\x4f\xff\x51"  # how its codestream begins; the depth is 42 bytes behind
_MODELS: dict[int, tuple[Model, int | None]] = {
    1: ("grey", None), 2: ("grey", 1), 3: ("rgb", None), 4: ("rgb", 3),
}  # fmt: skip


def deep_bits(head: bytes) -> int | None:
    """Bits of a sample, where a file's head says that there are more than 8; else None."""
    if head.startswith(PNG):
        bits = head[24]
    elif head[4:8] == b"ftyp" and (at := head.find(b"pixi")) > 0:
        bits = max(head[at + 9 : at + 9 + head[at + 8]], default=8)
    elif (at := head.find(_JPEG_2000)) >= 0 and (at == 0 or head[4:8] == b"jP  "):
        bits = (head[at + 42] & 127) + 1
    elif head.startswith(b"P6"):
        bits = 16 if _pnm(head)[2] > 255 else 8
    else:
        return None
    return bits if bits > 8 else None


def deep_samples(store: Store, image: Image.Image, head: bytes) -> Stored | None:
    """The picture with all its bits; None where it has 8, or Pillow keeps them all."""
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


def _decoder(head: bytes) -> Any:
    if head.startswith(PNG):
        return imagecodecs.png_decode
    return imagecodecs.avif_decode if head[4:8] == b"ftyp" else imagecodecs.jpeg2k_decode


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
