"""JPEG XL pictures: decoded by libjxl (in imagecodecs), their colours by what the header says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import imagecodecs
import numpy as np

from astroview.core.colour.colour_profiles import Profile, profile_of
from astroview.core.errors import UnreadableFrame
from astroview.core.io.fits.hdu_info import HduInfo
from astroview.core.io.pictures.jxl_header import JxlHeader, is_jxl, read_header
from astroview.core.io.pictures.picture_samples import Stored
from astroview.core.io.pictures.png_colour import HdrColours, cicp_profile
from astroview.core.io.pictures.sample_meaning import COLOURS, Model
from astroview.core.memory_limits import check_memory
from astroview.core.texts import Text

if TYPE_CHECKING:
    from astroview.core.io.byte_stores import Store

__all__ = ["info", "is_jxl", "stored"]

_HINT = "Turn it into a PNG first, for example with djxl, or save it as FITS."


def info(store: Store) -> HduInfo:
    """What is in the file, without decoding it. Raises UnreadableFrame."""
    with store.open() as file:
        header = _header(file.read(), store.name)
    channels = 1 if header.is_grey else 3
    shape = header.shape if channels == 1 else (*header.shape, 3)
    dtype = "float32" if header.is_float else "uint8" if header.bits <= 8 else "uint16"
    return HduInfo(0, "", "JPEG XL", shape, dtype, is_image=True, channels=channels)


def stored(store: Store, content: bytes, max_bytes: int | None) -> Stored:
    """The picture in memory. Raises UnreadableFrame where its colours cannot be obeyed."""
    name = store.name
    header = _header(content, name)
    channels = (1 if header.is_grey else 3) + header.has_alpha
    sample = 4 if header.is_float else 1 if header.bits <= 8 else 2
    needed = header.shape[0] * header.shape[1] * channels * (4 + sample)  # libjxl works in floats
    check_memory(name, store.size, needed, max_bytes)
    if header.has_icc or header.unusual:
        raise UnreadableFrame(
            Text(
                "{name} cannot be shown: its colour profile is packed in a way that is not "
                "read here",
                name=name,
            ),
            hint=_HINT,
        )
    try:
        samples = imagecodecs.jpegxl_decode(content)
    except imagecodecs.JpegxlError as problem:
        raise ValueError(str(problem)) from problem
    model: Model = "grey" if samples.ndim == 2 or samples.shape[2] < 3 else "rgb"
    profile = _profile(header, COLOURS[model], name)
    white = float(np.iinfo(samples.dtype).max) if samples.dtype.kind == "u" else None
    return Stored(
        samples,
        model,
        white,
        alpha=COLOURS[model] if header.has_alpha else None,
        associated=header.associated,
        profile=profile if white is not None else None,
        orientation=1,
    )


def _header(content: bytes, name: str) -> JxlHeader:
    try:
        return read_header(content)
    except (ValueError, IndexError) as problem:
        raise UnreadableFrame(
            Text("{name} cannot be read: {problem}", name=name, problem=problem), hint=_HINT
        ) from problem


def _profile(header: JxlHeader, colours: int, name: str) -> Profile | None:
    try:
        if header.gamma is not None and header.primaries == 1:
            return profile_of(f"gamma {header.gamma:.3g}", colours, header.gamma)
        return cicp_profile(header.primaries, header.transfer, colours)
    except HdrColours as problem:
        raise UnreadableFrame(
            Text("{name} cannot be shown: {problem}", name=name, problem=problem), hint=_HINT
        ) from problem
