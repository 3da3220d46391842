"""What to combine frames with, and what to say when frames cannot be combined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from astroview.core.errors import AstroviewError
from astroview.core.stack_terms import Extent, Kernel, Method

Progress = Callable[[int, int, str], None]


class CannotCombine(AstroviewError):
    """Frames that make no stack together."""


class MixedFilters(CannotCombine):
    """Frames of different filters, which are combined only when that is wished for."""


@dataclass(frozen=True)
class StackChoices:
    """How frames are combined.

    Attributes
    ----------
    scale
        How many times as fine as the reference's pixels the result is sampled.
    method
        "likelihood": the sky that explains all frames' pixels best, iterated until what is left
        is noise; "drizzle": STScI's drizzle.
    pixfrac, kernel
        Of drizzle: by how much pixels shrink before they drop, and their shape.
    mixed_filters
        Combine frames even though they were taken through different filters.
    keep_all
        Combine frames that are trailed, clouded or soft as well, by their weight.
    reference
        Place in the list of frames of the one whose grid, sky level and unit the result has;
        None: the one that measured best.
    rounds
        Of the likelihood; None: found by what frames say of pixels that were held back.
    extent
        What the result covers: the "reference", or the "union" of all frames.
    denoise
        Have the bundled network leave out the noise that is left (likelihood only).
    """

    scale: int = 2
    method: Method = "likelihood"
    pixfrac: float = 0.8
    kernel: Kernel = "square"
    mixed_filters: bool = False
    keep_all: bool = False
    reference: int | None = None
    rounds: int | None = None
    extent: Extent = "reference"
    denoise: bool = False
