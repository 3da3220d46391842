"""The sky of a picture by its Astronomy Visualization Metadata (AVM 1.2, in XMP), and what it
says of networks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.library_warnings import collected_warnings
from astroview.core.provenance import COLOUR_PAINTED

if TYPE_CHECKING:
    from astropy.wcs import WCS
    from pyavm import AVM

    from astroview.core.frame import Frame

_NAMES = (b"communicatingastronomy.org/avm", b"DigitalSourceType")  # what packets are read for
_NEAR = 2**20  # bytes from either end of a file where its metadata are looked for
_BEGINS, _OPENED, _ENDS = b"<?xpacket begin=", b"?>", b"</x:xmpmeta>"  # of a packet
_MOST = 16  # packets of a file that are looked at
_PAINTED = re.compile(rb"digitalsourcetype/(trainedAlgorithmicMedia)\b", re.IGNORECASE)
_SAME_FORM = 0.01  # of a side: the most that a reduced picture's form may differ
SAYS_PAINTED = f"{COLOUR_PAINTED}: model unnamed, as the picture says of itself"
# What the library raises on metadata that make no sense.
_NO_SENSE = (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, SyntaxError,
             NotImplementedError, ArithmeticError)  # fmt: skip


def with_avm(frame: Frame, path: Path) -> Frame:
    """A picture with the WCS that its metadata tell, if they do and it has none; and with a line
    of history where they say that a network painted it, and it has none.
    """
    packets = _packets(path)
    if not packets:
        return frame
    if not frame.history and frame.channels == 3 and any(map(_PAINTED.search, packets)):
        frame = replace(frame, history=(SAYS_PAINTED,))
    if frame.wcs is None and (wcs := avm_wcs(path, frame.shape)) is not None:
        frame = replace(frame, wcs=wcs)
    return frame


def avm_of(path: Path) -> AVM | None:
    """The metadata of a picture; None where it has none, or such as make no sense."""
    from pyavm import AVM
    from pyavm.exceptions import (
        AVMEmptyValueError,
        AVMItemNotInControlledVocabularyError,
        AVMListLengthError,
    )

    nonsense = (AVMEmptyValueError, AVMItemNotInControlledVocabularyError, AVMListLengthError)
    for packet in _packets(path):
        with collected_warnings():
            try:
                return AVM.from_xml(packet)
            except (*nonsense, *_NO_SENSE):
                continue
    return None


def avm_wcs(path: Path, shape: tuple[int, int]) -> WCS | None:
    """The sky of a picture (H, W) as its metadata tell it; None without them."""
    avm = avm_of(path)
    if avm is None:
        return None
    from pyavm.avm import NoSpatialInformation

    with collected_warnings(), np.errstate(all="ignore"):
        try:
            wcs = _full(avm, shape) or _scaled(avm.to_wcs(), avm.Spatial, shape)
            wcs.wcs.set()
        except (NoSpatialInformation, *_NO_SENSE):
            return None
    return wcs if wcs.has_celestial and np.isfinite(wcs.wcs.crval).all() else None


def _packets(path: Path) -> list[bytes]:
    """The packets that speak of the sky or of networks, without what surrounds them."""
    try:
        with path.open("rb") as file:
            head = file.read(_NEAR)
            start = max(path.stat().st_size - _NEAR, len(head))
            file.seek(start)
            content = head + file.read(_NEAR)
    except OSError:
        return []
    if not any(name in content for name in _NAMES):  # most pictures
        return []
    found = (packet for packet in _between(content) if any(name in packet for name in _NAMES))
    return list(islice(found, _MOST))


def _between(content: bytes) -> Iterator[bytes]:
    """What stands in packets; each byte is looked at once, however many begin."""
    at = content.find(_BEGINS)
    while at >= 0:
        start = content.find(_OPENED, at) + len(_OPENED)
        end = content.find(_ENDS, start)
        if start < len(_OPENED) or end < 0:
            return
        yield content[start : end + len(_ENDS)].strip()
        at = content.find(_BEGINS, end)


def _full(avm: Any, shape: tuple[int, int]) -> WCS | None:
    """The WCS of the FITS header among the metadata, if that is one of these pixels."""
    from astropy.io import fits

    from astroview.core.sky.wcs import read_wcs

    text = avm.Spatial.FITSheader
    if not text:
        return None
    header = fits.Header.fromstring(text, sep="\n" if "\n" in text else "")
    same = (header.get("NAXIS2"), header.get("NAXIS1")) == shape
    return read_wcs(header) if same else None


def _scaled(wcs: WCS, spatial: Any, shape: tuple[int, int]) -> WCS:
    """The WCS of a picture that was reduced after its metadata were written.

    The library leaves a CD matrix as it is, and counts from the middle of the first pixel.
    """
    if not spatial.ReferenceDimension:
        return wcs
    across, up = (float(n) for n in spatial.ReferenceDimension)
    scale = shape[1] / across
    if abs(scale - shape[0] / up) > _SAME_FORM * scale:
        raise ValueError("another form")
    wcs.wcs.crpix = scale * (wcs.wcs.crpix - 0.5) + 0.5
    if wcs.wcs.has_cd():
        wcs.wcs.cd = wcs.wcs.cd / scale
    else:
        wcs.wcs.cdelt = wcs.wcs.cdelt / scale
    return wcs
