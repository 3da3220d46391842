"""From what an enhancement wrote back to a frame that can be viewed and saved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.colour.chroma_guide import ChromaGuide, load_guide
from astroview.core.colour.stretch import Stretch
from astroview.core.errors import UnreadableFrame
from astroview.core.frame import ArraySource, Frame, Window
from astroview.core.lazy_dataclass import dataclass
from astroview.core.options import Outputs
from astroview.core.texts import Text

if TYPE_CHECKING:
    from astropy.io import fits
    from numpy.typing import NDArray


def frame_from_outputs(original: Frame, outputs: Outputs) -> Frame:
    """The enhanced frame: memory-mapped arrays, the original's header with its WCS rescaled.

    Raises
    ------
    UnreadableFrame
        An array is gone or damaged.
    """
    from astroview.core.fits_headers import without_mosaic  # brings astropy: not at start
    from astroview.core.sky.wcs import scaled_wcs

    height, width = (outputs.scale * n for n in original.shape)
    samples = _map(outputs.source, (height, width), original.channels)
    chroma, halves, unsure = (
        _map(path, (height, width), channels) if path else None
        for path, channels in (
            *((outputs.chroma, 2), (outputs.uncertainty, 1)),
            (outputs.chroma_uncertainty, 1),  # one half-width for a and b alike
        )
    )
    known = _known(outputs)
    header, notes = _header(original, outputs.scale, (height, width))
    if header is not None and original.channels == 3:
        header = without_mosaic(header)
    return replace(
        original,
        shape=(height, width),
        source=ArraySource(samples),
        chroma=ArraySource(chroma) if chroma is not None else None,
        rendered=Stretch.from_dict(outputs.rendered) if outputs.rendered else None,
        header=header,
        wcs=scaled_wcs(original.wcs, outputs.scale, header),
        history=(*original.history, *outputs.history, *notes),
        scale=original.scale * outputs.scale,
        uncertainty=ArraySource(halves) if halves is not None else None,
        chroma_uncertainty=ArraySource(unsure) if unsure is not None else None,
        colour_known=known,
        made=outputs.made,
    )


@dataclass(frozen=True, eq=False)
class KnownSource:
    """Where colour was measured: `ChromaGuide.known` on a grid ``scale`` times as fine."""

    guide: ChromaGuide
    scale: int

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        rows, columns = window.sampled(step)
        y = (window.y + step * np.arange(rows) + 0.5) / self.scale
        x = (window.x + step * np.arange(columns) + 0.5) / self.scale
        return self.guide.known(y, x).astype(np.float32)


def _known(outputs: Outputs) -> KnownSource | None:
    file = outputs.made.options.guide if outputs.made else None
    if file is None or outputs.guide is None or outputs.chroma is None:
        return None
    return KnownSource(load_guide(replace(file, path=outputs.guide)), outputs.scale)


def result_frame(original: Frame, outputs: Outputs | None, saved: str) -> tuple[Frame, int]:
    """A result, of its arrays or of the file it was saved as, and how many times as fine it is.

    Raises
    ------
    UnreadableFrame
        It is gone or damaged, or belongs to another frame.
    """
    from astroview.core.io.open_file import open_frame

    made = frame_from_outputs(original, outputs) if outputs else open_frame(Path(saved))
    scale = max(1, round(made.shape[0] / original.shape[0]))
    if made.shape != tuple(scale * n for n in original.shape):
        raise UnreadableFrame(
            Text(
                "{name} is not as large as a result of {original_name}",
                name=made.name,
                original_name=original.name,
            ),
            hint="Compare it with the frame that it was made from.",
        )
    return made, scale


def _header(
    original: Frame, scale: int, shape: tuple[int, int]
) -> tuple[fits.Header | None, tuple[str, ...]]:
    """The original's header for finer pixels, and what is to be said of it."""
    if original.header is None or scale == 1:
        return original.header, ()
    from astroview.core.fits_headers import without_coordinates
    from astroview.core.sky.pixel_cards import dropped_line
    from astroview.core.sky.wcs import rescaled_header, scaled_wcs

    header, dropped = rescaled_header(original.header, scale, shape)
    notes = dropped_line(dropped)
    if original.wcs is not None and scaled_wcs(original.wcs, scale, header) is None:
        lost = "dropped: the sky coordinates, which have no form for finer pixels"
        return without_coordinates(header), (*notes, lost)
    return header, notes


def _map(file: str, shape: tuple[int, int], channels: int) -> np.ndarray[Any, np.dtype[Any]]:
    """An array, checked: a session that names it may come from anywhere."""
    path = Path(file)
    try:
        found = np.load(path, mmap_mode="r")
        if found.shape != (shape if channels == 1 else (*shape, channels)):
            raise ValueError(f"it has the shape {found.shape}")
        if found.dtype.kind != "f":
            raise ValueError(f"it holds {found.dtype}")
        return found
    except (OSError, ValueError) as problem:
        raise UnreadableFrame(
            Text("the result {name} cannot be read: {problem}", name=path.name, problem=problem),
            hint="Enhance the frame again.",
        ) from problem
