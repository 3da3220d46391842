"""Contrast, bias, gamma and inversion: what happens between a stretch and the picture.

Legend: ``u`` stretched samples, 0..1 between the limits.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from astroview.core.colour.band_stretch import AnyStretch, BandStretch, clipped
from astroview.core.lazy_dataclass import dataclass

FloatArray = NDArray[np.float32]
LARGEST = 1e3  # number of a tone


@dataclass(frozen=True)
class Tone:
    """What happens to u between the stretch and the colour map.

    Attributes
    ----------
    contrast, bias
        As in DS9: u becomes (u - bias) * contrast + 1/2.
    gamma
        u becomes u to the power 1 / gamma: above 1 lifts the dark.
    """

    contrast: float = 1.0
    bias: float = 0.5
    gamma: float = 1.0

    def __post_init__(self) -> None:
        factors = all(1 / LARGEST <= n <= LARGEST for n in (self.contrast, self.gamma))
        if not factors or not abs(self.bias) <= LARGEST:
            raise ValueError(f"a tone of {self} cannot be shown")

    def apply(self, u: FloatArray) -> FloatArray:
        """Any shape, 0..1 to 0..1; NaN becomes 0."""
        if self.contrast != 1 or self.bias != 0.5:
            u = (u - np.float32(self.bias)) * np.float32(self.contrast) + np.float32(0.5)
        u = np.clip(np.nan_to_num(u, nan=0.0), 0, 1)
        return u if self.gamma == 1 else u ** np.float32(1 / self.gamma)

    def __str__(self) -> str:
        return f"contrast {self.contrast:.4g}, bias {self.bias:.4g}, gamma {self.gamma:.4g}"


@dataclass(frozen=True)
class Toned:
    """A stretch and the tone it is shown with; ``invert`` exchanges dark and bright."""

    stretch: AnyStretch
    tone: Tone
    invert: bool = False


Drawn = AnyStretch | Toned  # all that says how a picture is drawn


def toned(stretch: AnyStretch, tone: Tone, *, invert: bool = False) -> Drawn:
    """The stretch alone, where the tone does nothing."""
    plain = tone == Tone() and not invert
    return stretch if plain else Toned(stretch, tone, invert)


def plain_stretch(drawn: Drawn) -> AnyStretch:
    """The stretch, whatever the tone."""
    return drawn.stretch if isinstance(drawn, Toned) else drawn


def levels(samples: NDArray[Any], drawn: Drawn) -> FloatArray:
    """U in 0..1 of samples (H, W) or (H, W, 3) before inversion, NaN black: the same on screen
    and in files.
    """
    stretch = plain_stretch(drawn)
    u = stretch.forward(samples)
    if not isinstance(drawn, Toned):
        return clipped(u, stretch)
    joint = isinstance(stretch, BandStretch) and stretch.joint
    return drawn.tone.apply(clipped(u, stretch) if joint else u)
