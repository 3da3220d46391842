"""What the planes of a frame's own file say of its pixels: DQ, masks, errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from astroview.core.bad_pixels.flag_bits import FlagMeaning, flag_meaning
from astroview.core.bad_pixels.pixel_rule import FLAGGED, NO_ERROR
from astroview.core.colour.stretch import sample_step
from astroview.core.errors import AstroviewError
from astroview.core.frame import Frame, Window
from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from astroview.core.io.fits.fellow_planes import FellowPlane

MOST = 0.5  # of the pixels: a plane that calls more bad means something else
PLANES = "data quality"  # of a history: which planes of the file were believed, and which not


@dataclass(frozen=True, eq=False)
class FlagPlane:
    """A plane as a frame, and how it is understood; ``meaning`` None: of errors or weights."""

    frame: Frame
    name: str
    meaning: FlagMeaning | None

    def bad(self, window: Window, step: int) -> NDArray[np.bool_]:
        """Which pixels of a window are bad, every `step`-th row and column."""
        if self.meaning is not None:
            return self.meaning.bad(self.frame.read_exact(window, step))
        with np.errstate(invalid="ignore"):
            errors = self.frame.read(window, step)
            return ~(np.isfinite(errors) & (errors > 0))

    @property
    def kind(self) -> str:
        """Of the pixels that it calls bad."""
        return NO_ERROR if self.meaning is None else FLAGGED

    @property
    def said(self) -> str:
        """The plane and what is bad in it, for the history."""
        bad = "0, negative or no number" if self.meaning is None else self.meaning.said
        return f"{self.name} of HDU {self.frame.hdu} ({bad})"


@dataclass(frozen=True, eq=False)
class FileFlags:
    """Planes that are believed; see `pixel_rule.PixelFlags`.

    Attributes
    ----------
    lines
        For the history: what was believed, and what was not.
    """

    planes: tuple[FlagPlane, ...]
    lines: tuple[str, ...]

    def read(self, window: Window, step: int) -> dict[str, NDArray[np.bool_]]:
        """By kind, which pixels of a window are bad. Raises UnreadableFrame when the file has gone
        or changed.
        """
        return {plane.kind: plane.bad(window, step) for plane in self.planes}


def file_flags(frame: Frame) -> FileFlags | None:
    """What the file of a measured frame says of its pixels; None where it says nothing.

    A plane that calls more than half of the pixels bad is not believed: it was left empty, or
    means something else.
    """
    if frame.kind != "linear" or frame.path is None or frame.header is None:
        return None
    believed: list[FlagPlane] = []
    lines: list[str] = []
    whole = Window.whole(frame.shape)
    for plane in _planes(frame):
        part = float(plane.bad(whole, sample_step(frame.shape)).mean())
        if part > MOST:
            lines.append(f"{PLANES}: {plane.said} not believed: {part:.0%} of the pixels")
        else:
            believed.append(plane)
            lines.append(f"{PLANES}: bad by {plane.said}")
    return FileFlags(tuple(believed), tuple(lines)) if lines else None


def _planes(frame: Frame) -> Iterator[FlagPlane]:
    from astroview.core.io.fits.fellow_planes import fellow_planes  # loads astropy
    from astroview.core.io.open_file import open_frame

    assert frame.path is not None
    assert frame.header is not None
    for fellow in fellow_planes(frame):
        try:
            plane = open_frame(
                frame.path, fellow.hdu, _plane_of(frame, fellow), max_bytes=frame.max_bytes
            )
        except AstroviewError:  # a plane that cannot be read says nothing
            continue
        meaning = flag_meaning(fellow.header, frame.header) if fellow.role == "flags" else None
        yield FlagPlane(plane, fellow.name, meaning)


def _plane_of(frame: Frame, fellow: FellowPlane) -> int:
    return frame.plane if fellow.planes > 1 else 0
