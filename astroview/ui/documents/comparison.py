"""How pictures are compared, as data; the session has one, whatever is looked at."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.render.display_settings import Display

Lock = Literal["wcs", "image", "fit"]


class Mode(StrEnum):
    """What the viewer shows of a pair."""

    RESULT = "result"
    SPLIT = "split"
    ACROSS = "across"
    SIDE = "side"
    GRID = "quad"
    TILE = "tile"
    BLINK = "blink"
    DIFFERENCE = "difference"
    ORIGINAL = "original"


@dataclass(frozen=True)
class Comparison:
    """Choices that outlast what is looked at.

    Attributes
    ----------
    lock
        How other frames lie on the one that is looked at: by the sky, pixel on pixel, or each
        as large as fits.
    files_linked
        Whether one display serves several files; each has its own to begin with.
    apart
        The display of a result that does not follow that of its original; None: it does.
    blink_all
        Blink all frames, where the one that is looked at has nothing to be compared with.
    reach
        Where the colours of a difference end, in sigma; None: chosen for each.
    rate
        Pictures a second, blinking.
    trust
        The signal-to-noise that detail of a super-resolved frame must have to be shown; 0: all is.
    fade
        Whether one picture fades into the next, blinking.
    """

    mode: Mode = Mode.SPLIT
    lock: Lock = "wcs"
    files_linked: bool = False
    apart: Display | None = None
    blink_all: bool = False
    reach: float | None = None
    rate: float = 2.0
    trust: float = 0.0
    fade: bool = False
