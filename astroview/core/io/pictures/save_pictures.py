"""Frames to PNG, TIFF (16 bit) and JPEG: as they are shown, with alpha where there is no data, the
sRGB profile, and what is to be known of them as text and as XMP.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import numpy as np
import tifffile

from astroview.core import provenance
from astroview.core.colour import colour_space
from astroview.core.colour.colour_profiles import srgb_icc
from astroview.core.errors import CannotSave
from astroview.core.frame import blocks
from astroview.core.io.pictures.picture_credits import packet_of
from astroview.core.io.pictures.picture_files import DESCRIPTION
from astroview.core.io.pictures.png_writer import write_png
from astroview.core.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from astroview.core.colour.tone import Drawn
    from astroview.core.frame import Frame, Window
    from astroview.core.io.save_formats import Format

    Rows = Iterator[NDArray[np.float32]]

BLOCK = 16 * 2**20  # bytes of float32 RGB rendered at a time
_CLASSIC_TIFF = 2**32 - 2**24  # bytes; larger ones are written as BigTIFF
_XMP_TAG, _BYTES = 700, 1  # of TIFF
_JPEG_SIDE = 65500  # pixels, the most that decoders take
_JPEG_QUALITY = 95
_JPEG_PACKET = 65502  # bytes, the most that one segment holds
_JPEG_TEXT = 60000  # letters, likewise with what surrounds them


def write_picture(file: BinaryIO, frame: Frame, stretch: Drawn, kind: Format) -> None:
    """Write a frame as "png", "tiff" or "jpeg".

    Raises CannotSave where a JPEG cannot be so large.
    """
    text, xmp = provenance.as_text(frame, stretch), packet_of(frame)
    colour = frame.channels == 3 or frame.chroma is not None
    channels = 3 if colour else 1
    if kind == "jpeg":
        _write_jpeg(file, _shown(frame, stretch, channels, alpha=False), frame.shape, text, xmp)
        return
    alpha = has_no_data(frame)
    channels += alpha
    shape = (*frame.shape, channels) if channels > 1 else frame.shape
    rows = _sixteen_bits(_shown(frame, stretch, channels, alpha=alpha))
    if kind == "tiff":
        _write_tiff(file, shape, rows, text, xmp)
    else:
        write_png(file, shape, rows, {"Software": "astroview", "Description": text}, xmp)


def has_no_data(frame: Frame) -> bool:
    """Whether a pixel has no data in any of its colours."""
    return any(_missing(frame.read(window)).any() for window in _windows(frame))


def _windows(frame: Frame) -> list[Window]:
    return blocks(frame.shape, max(1, BLOCK // (12 * frame.shape[1])))


def _missing(samples: NDArray[np.float32]) -> NDArray[np.bool_]:
    missing = np.isnan(samples)
    return np.logical_and.reduce(missing, axis=-1) if missing.ndim == 3 else missing


def _shown(frame: Frame, stretch: Drawn, channels: int, *, alpha: bool) -> Rows:
    """Blocks (rows, W[, channels]) in 0..1 from top to bottom; alpha is the last channel."""
    for window in _windows(frame):
        samples = frame.read(window)
        chroma = frame.read_chroma(window) if frame.chroma is not None else None
        shown = colour_space.render(samples, stretch, chroma)[..., : channels - alpha]
        if alpha:
            opaque = 1 - _missing(samples)[..., None].astype(np.float32)
            shown = np.concatenate([shown * opaque, opaque], -1)
        yield shown if channels > 1 else shown[..., 0]


def _sixteen_bits(rows: Rows) -> Iterator[NDArray[np.uint16]]:
    for shown in rows:
        yield (shown * np.float32(65535) + np.float32(0.5)).astype(np.uint16)


def _write_tiff(
    file: BinaryIO, shape: tuple[int, ...], rows: Iterator[NDArray[np.uint16]], text: str,
    xmp: bytes,
) -> None:  # fmt: skip
    """Uncompressed, so that any program reads it and ours piece by piece."""
    first = next(rows)
    channels = shape[2] if len(shape) == 3 else 1

    def strips() -> Iterator[bytes]:
        yield first.astype("<u2").tobytes()
        for block in rows:
            yield block.astype("<u2").tobytes()

    tifffile.imwrite(
        file,
        strips(),
        shape=shape,
        dtype=np.uint16,
        byteorder="<",
        bigtiff=2 * int(np.prod(shape)) > _CLASSIC_TIFF,
        photometric="rgb" if channels > 2 else "minisblack",
        planarconfig="contig" if channels > 1 else None,
        extrasamples=["unassalpha"] if channels in (2, 4) else None,
        rowsperstrip=len(first),
        description=text,
        software="astroview",
        iccprofile=srgb_icc(3 if channels > 2 else 1),
        extratags=[(_XMP_TAG, _BYTES, len(xmp), xmp, True)],
        metadata=None,
    )


def _write_jpeg(file: BinaryIO, rows: Rows, shape: tuple[int, int], text: str, xmp: bytes) -> None:
    from PIL import Image

    if max(shape) > _JPEG_SIDE:
        raise CannotSave(
            Text(
                "a JPEG has at most {jpeg_side} pixels a side, and this has {shape}",
                jpeg_side=_JPEG_SIDE,
                shape=max(shape),
            ),
            hint="Save it as TIFF or PNG.",
        )
    whole = np.concatenate([(shown * 255 + np.float32(0.5)).astype(np.uint8) for shown in rows])
    exif = Image.Exif()
    exif[DESCRIPTION] = text[:_JPEG_TEXT]
    Image.fromarray(whole).save(
        file,
        "JPEG",
        quality=_JPEG_QUALITY,
        subsampling=0,
        icc_profile=srgb_icc(3 if whole.ndim == 3 else 1),
        exif=exif,
        xmp=xmp if len(xmp) <= _JPEG_PACKET else b"",
    )
