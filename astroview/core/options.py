"""What the user may choose about an enhancement, and what comes of it: plain data."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from typing import Any

from astroview.core.colour.chroma_guide import GuideFile
from astroview.core.colour_hints import Hint, Reference, check_count
from astroview.core.enhance_choices import SharedChoices, is_device
from astroview.core.lazy_dataclass import dataclass


@dataclass(frozen=True)
class EnhanceOptions(SharedChoices):
    """Choices of one enhancement; those that are shared stand in `SharedChoices`.

    Parameters
    ----------
    colorizer, superres
        A model's id, ``"auto"`` for the shelf's first model of the task, or None for off.
    tile
        Side of a tile in input pixels; None lets the engine choose.
    stretch
        `Stretch.to_dict` of the stretch under which colour is painted; None: automatic.
    hints
        Colours that the user knows at some places.
    reference
        A palette taken from a picture; stands above ``palette``.
    guide
        Chroma that was measured, which a colorizer that can paints with; an automatic palette is
        then read off it. Made of ``colour_from`` where it is None.
    """

    colorizer: str | None = "auto"
    superres: str | None = "auto"
    tile: int | None = None
    stretch: dict[str, Any] | None = None
    hints: tuple[Hint, ...] = ()
    reference: Reference | None = None
    guide: GuideFile | None = None

    def __post_init__(self) -> None:
        if not is_device(self.device):
            raise ValueError(f"device cannot be {self.device!r}")
        check_count(self.hints)

    @property
    def does_nothing(self) -> bool:
        """Whether neither colour nor sharpening is wanted."""
        return self.colorizer is None and self.superres is None


@dataclass(frozen=True)
class Made:
    """How a result came about, for the cards of what it is saved as.

    Parameters
    ----------
    options
        What was chosen.
    bounded
        Share (0..1) of input pixels where the network's answer was bounded; None: not counted.
    bad_pixels
        Input pixels that are no measurement (gaps, saturation, ...); None: not counted.
    """

    options: EnhanceOptions = field(default_factory=EnhanceOptions)
    bounded: float | None = None
    bad_pixels: int | None = None


@dataclass(frozen=True)
class Outputs:
    """Where the arrays of an enhancement lie, and how they came about.

    Parameters
    ----------
    source
        ``.npy`` file of (sH, sW) or (sH, sW, 3) float32 in the input's native units.
    chroma
        ``.npy`` file of (sH, sW, 2) float16, Oklab a and b of the painted colour, or None.
    rendered
        `Stretch.to_dict` of the stretch under which the chroma was painted.
    history
        What was done, one line each.
    scale
        Linear magnification s.
    warnings
        What the user should know about it, one line each.
    uncertainty
        ``.npy`` file of (sH, sW) float32, half of the samples' 90 % interval, or None.
    chroma_uncertainty
        Likewise half of the 90 % interval of the painted chroma's a and of its b.
    guide
        A copy of the measured chroma that it was painted with, or None.
    made
        How it came about.
    device
        What computed it: the CPU, where the chosen device failed; "" before this was told.
    """

    source: str
    chroma: str | None = None
    rendered: dict[str, Any] | None = None
    history: tuple[str, ...] = ()
    scale: int = 1
    warnings: tuple[str, ...] = ()
    uncertainty: str | None = None
    chroma_uncertainty: str | None = None
    made: Made | None = None
    guide: str | None = None
    device: str = ""

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where its files lie."""
        files = (self.source, self.chroma, self.uncertainty, self.chroma_uncertainty, self.guide)
        return tuple({Path(file).parent for file in files if file})


@dataclass(frozen=True)
class SavedFile:
    """A result on disk.

    Parameters
    ----------
    sha256, size, mtime_ns
        Of the file as it was written; whether it is still the same can be told by them.
    warnings
        What the user should know about this result, one line each.
    before, after
        Thumbnails (PNG), or empty.
    """

    sha256: str
    size: int
    mtime_ns: int
    warnings: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
