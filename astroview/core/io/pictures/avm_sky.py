"""The sky of a picture by its Astronomy Visualization Metadata (AVM 1.1, in XMP)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.library_warnings import collected_warnings

if TYPE_CHECKING:
    from astropy.wcs import WCS

    from astroview.core.frame import Frame

_NAME = b"communicatingastronomy.org/avm"  # of its XML namespace
_NEAR = 2**20  # bytes from either end of a file where its metadata are looked for


def with_avm(frame: Frame, path: Path) -> Frame:
    """A picture with the WCS that its metadata tell, if they do and it has none."""
    if frame.wcs is not None or not _speaks_of_avm(path):
        return frame
    wcs = avm_wcs(path, frame.shape)
    return frame if wcs is None else replace(frame, wcs=wcs)


def _speaks_of_avm(path: Path) -> bool:
    """Whether it is worth it to load the library."""
    try:
        with path.open("rb") as file:
            if _NAME in file.read(_NEAR):
                return True
            file.seek(max(path.stat().st_size - _NEAR, 0))
            return _NAME in file.read(_NEAR)
    except OSError:
        return False


def avm_wcs(path: Path, shape: tuple[int, int]) -> WCS | None:
    """The sky of a picture as its Astronomy Visualization Metadata tell it; None without them."""
    from pyavm import AVM
    from pyavm.avm import NoAVMPresent, NoSpatialInformation
    from pyavm.exceptions import (
        AVMEmptyValueError,
        AVMItemNotInControlledVocabularyError,
        AVMListLengthError,
        NoXMPPacketFound,
    )

    nothing = (NoXMPPacketFound, NoAVMPresent, NoSpatialInformation)
    nonsense = (AVMEmptyValueError, AVMItemNotInControlledVocabularyError, AVMListLengthError)
    with collected_warnings(), np.errstate(all="ignore"):
        try:
            told: Any = AVM.from_image(str(path))
            size = told.Spatial.ReferenceDimension
            wcs = told.to_wcs(target_shape=(shape[1], shape[0]) if size else None)
            wcs.wcs.set()
        except (*nothing, *nonsense, *_NO_SENSE):
            return None
    return wcs if wcs.has_celestial and np.isfinite(wcs.wcs.crval).all() else None


# What the library raises on metadata that make no sense.
_NO_SENSE = (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, SyntaxError,
             NotImplementedError, ArithmeticError)  # fmt: skip
