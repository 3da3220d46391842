"""What the user may choose about an enhancement, and what comes of it: plain data."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from astroview.core.colour.chroma_guide import GuideFile
from astroview.core.colour_hints import Hint, Reference
from astroview.core.pixel_values import Values

_DEVICE = re.compile(r"auto|cpu|mps|cuda(:\d+)?")
Quality = Literal["fast", "best"]
DeviceName = str  # "auto", "cpu", "mps", "cuda", or one of several: "cuda:1"


@dataclass(frozen=True)
class EnhanceOptions:
    """Choices of one enhancement.

    Parameters
    ----------
    colorizer, superres
        A model's id, ``"auto"`` for the shelf's first model of the task, or None for off.
    palette
        A palette's name from the colorizer's card, or ``"auto"``: the one that the model
        reads off the frame.
    device
        ``"auto"`` takes CUDA, then MPS, then the CPU.
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
        then read off it.
    quality
        "best" super-resolves the frame in its 8 flips and quarter turns and takes the mean
        (Lim et al. 2017): a little nearer to the truth, and 8 times the work.
    uncertainty
        Whether a super-resolver that can say how far off it may be is asked to.
    vividness
        How much colour, 0 (grey) to 3: what the model paints is multiplied by it.
    shows
        What the frame shows, such as "reflection nebula" or "M 45"; "": as its OBJECT card says.
        Automatic colour is chosen with it.
    denoise
        Leave the noise of linear frames out: the flux of a pixel is then kept within its noise,
        not exactly, and no interval is told, because those hold for exact flux.
    values
        What super-resolved FITS hold: "sum" of the fine samples of a pixel, "mean" of them, or
        "auto": sums where the unit counts per pixel; see `pixel_values`.
    only_image
        Leave the other extensions of the input (errors, masks, tables) out of saved FITS.
    """

    colorizer: str | None = "auto"
    superres: str | None = "auto"
    palette: str = "auto"
    device: DeviceName = "auto"
    tile: int | None = None
    stretch: dict[str, Any] | None = None
    hints: tuple[Hint, ...] = ()
    reference: Reference | None = None
    guide: GuideFile | None = None
    quality: Quality = "fast"
    uncertainty: bool = True
    denoise: bool = False
    values: Values = "auto"
    only_image: bool = False
    vividness: float = 1.0
    shows: str = ""

    def __post_init__(self) -> None:
        if not _DEVICE.fullmatch(self.device):
            raise ValueError(f"device cannot be {self.device!r}")


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
    made
        How it came about.
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

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where its files lie."""
        files = (self.source, self.chroma, self.uncertainty, self.chroma_uncertainty)
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
