"""Raw photographs (DNG, CR2, NEF, ARW ...) as frames, read by LibRaw (the extra "raw").

What the sensor measured is shown: samples above black in its own numbers, of mosaics of red,
green and blue the missing colours as means of the neighbours. The small picture that cameras put
beside it never stands for it.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.errors import UnreadableFrame
from astroview.core.extras import install
from astroview.core.frame import ArraySource, Frame, Source
from astroview.core.io.fits.colour_filter_array import DebayeredSource, Mosaic, history_of, said_of
from astroview.core.io.fits.hdu_info import HduInfo
from astroview.core.memory_limits import check_memory
from astroview.core.texts import Text

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from astroview.core.io.byte_stores import Store

_BYTES_A_PIXEL = 24  # LibRaw's own copies, and the samples in floating point


def open_raw(store: Store, path: Path, name: str, max_bytes: int | None = None) -> Frame:
    """A raw photograph as a frame; see `astroview.core.io.open_file.open_frame`.

    Raises UnreadableFrame, with the command that installs the reader where it is missing.
    """
    samples, mosaic = _decoded(store, max_bytes)
    shape = (samples.shape[0], samples.shape[1])
    source: Source = ArraySource(samples)
    note = f"{store.name} is a raw photograph: the camera's own colours, without white balance."
    if mosaic is not None:
        source = DebayeredSource(source, shape, mosaic.colours)
        note = said_of(mosaic, store.name)
    return Frame(
        name=name,
        shape=shape,
        channels=3 if mosaic is not None or samples.ndim == 3 else 1,
        kind="linear",
        source=source,
        full_scale=None,
        unit="adu",
        path=path,
        history=() if mosaic is None else (history_of(mosaic),),
        note=note,
    )


def raw_info(store: Store) -> HduInfo:
    """What is in the file. Errors as `open_raw`."""
    rawpy = _reader(store.name)
    try:
        with store.open() as file, rawpy.imread(file) as raw:
            shape = (int(raw.sizes.height), int(raw.sizes.width))
            grey = raw.num_colors == 1
    except (rawpy.LibRawError, OSError, ValueError) as problem:
        raise _damaged(store.name, problem) from problem
    channels = 1 if grey else 3
    return HduInfo(0, "", "raw", shape, "uint16", is_image=True, channels=channels)


def _reader(name: str) -> Any:
    if find_spec("rawpy") is None:
        raise UnreadableFrame(
            Text(
                "{name} is a raw photograph, and the package that reads these is not installed",
                name=name,
            ),
            hint=Text("Run: {install}", install=install("raw")),
        )
    import rawpy

    return rawpy


def _decoded(store: Store, max_bytes: int | None) -> tuple[NDArray[Any], Mosaic | None]:
    rawpy = _reader(store.name)
    try:
        with store.open() as file, rawpy.imread(file) as raw:
            needed = raw.sizes.raw_height * raw.sizes.raw_width * _BYTES_A_PIXEL
            check_memory(store.name, store.size, needed, max_bytes)
            mosaic = _mosaic(raw)
            if mosaic is not None or raw.num_colors == 1:
                return _above_black(raw), mosaic
            return _developed(rawpy, raw), None
    except (rawpy.LibRawError, OSError, ValueError, IndexError) as problem:
        raise _damaged(store.name, problem) from problem


def _mosaic(raw: Any) -> Mosaic | None:
    """The filters, where they are red, green and blue in twos."""
    pattern, letters = raw.raw_pattern, raw.color_desc.decode("ascii", "replace")
    if pattern is None or pattern.shape != (2, 2) or raw.raw_image.ndim != 2:
        return None
    words = "".join(letters[int(i)] for i in np.ravel(pattern))
    if sorted(words) != ["B", "G", "G", "R"]:
        return None
    top, left = raw.sizes.top_margin % 2, raw.sizes.left_margin % 2
    words = "".join(words[2 * ((y + top) % 2) + (x + left) % 2] for y in (0, 1) for x in (0, 1))
    colours = ["RGB".index(word) for word in words]
    return Mosaic(words, (colours[0], colours[1], colours[2], colours[3]))


def _above_black(raw: Any) -> NDArray[np.float32]:
    samples = raw.raw_image_visible.astype(np.float32)
    levels = np.asarray(raw.black_level_per_channel, np.float32)
    return samples - levels[raw.raw_colors_visible]


def _developed(rawpy: Any, raw: Any) -> NDArray[np.uint16]:
    """Other sensors (X-Trans, Foveon, linear DNG): colours made by LibRaw, in linear numbers."""
    return raw.postprocess(
        output_color=rawpy.ColorSpace.raw, gamma=(1, 1), no_auto_bright=True, output_bps=16,
        user_wb=[1, 1, 1, 1], user_flip=0, no_auto_scale=True,
    )  # fmt: skip


def _damaged(name: str, problem: BaseException) -> UnreadableFrame:
    return UnreadableFrame(
        Text("{name} cannot be read as a raw photograph ({problem})", name=name, problem=problem),
        hint="Download or copy it again, or develop it with the camera's program.",
    )
