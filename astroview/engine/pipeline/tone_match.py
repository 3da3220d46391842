"""A palette taken from a picture is obeyed: what a network painted under it is moved, tone by tone,
to the palette's mean chroma, and most of the way to its spread.

A network that is to be right on average paints its means a little off, and paler than it was told:
the palette code says both, so they need not be guessed. Lightness alone says how a pixel is moved,
so tiles equal the whole.

Legend: ``T`` tones of the code, ``L`` Oklab lightness; chroma (..., 2) is Oklab's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from astroview.engine.networks.palette_code import CODE_LENGTH, GAIN, TONES, palette_code

Array = NDArray[np.float32]

SHARE = 0.7  # of the way to the palette's spread, as a power
MOST = 1.6  # times as wide at most, or as narrow
FLOOR = 2e-3  # of spreads, below which they are noise


@dataclass(frozen=True, eq=False)
class ToneMatch:
    """Mean chroma (T, 2) as it was painted and as the palette has it, and by how much what is
    off it is multiplied.
    """

    made: Array
    wanted: Array
    ratio: Array

    @property
    def widening(self) -> float:
        """By how much errors grow, on average over the tones."""
        return float(self.ratio.mean())

    def of(self, chroma: Array, light: Array) -> Array:
        """Chroma (..., 2) of lightness (...), brought to the palette."""
        made, wanted, ratio = (_along(x, light) for x in (self.made, self.wanted, self.ratio))
        return np.asarray(wanted + (chroma - made) * ratio, np.float32)

    def of_maps(self, maps: Array, light: Array) -> Array:
        """Coefficients (..., 4), A and B of chroma = A L + B, near lightness (...)."""
        painted = maps[..., :2] * light[..., None] + maps[..., 2:]
        ratio, off = _along(self.ratio, light), painted - _along(self.made, light)
        slope = _slope(self.wanted, light) + _slope(self.ratio, light) * off
        a = slope + ratio * (maps[..., :2] - _slope(self.made, light))
        b = self.of(painted, light) - a * light[..., None]
        return np.concatenate([a, b], -1, dtype=np.float32)


def tone_match(light: Array, chroma: Array, code: tuple[float, ...]) -> ToneMatch:
    """What brings chroma (h, w, 2) on lightness (h, w) to a code of the whole frame."""
    ab = torch.from_numpy(np.ascontiguousarray(np.moveaxis(chroma, -1, 0), np.float32))
    said = palette_code(torch.from_numpy(light)[None, None], ab[None])[0].numpy()
    (made, spread), (wanted, wide) = _tones(said), _tones(np.array(code, np.float32))
    ratio = np.clip((wide + FLOOR) / (spread + FLOOR), 1 / MOST, MOST) ** SHARE
    return ToneMatch(made, wanted, np.asarray(ratio, np.float32))


def fits(code: tuple[float, ...]) -> bool:
    """Whether it is a code of the whole frame."""
    return len(code) == CODE_LENGTH


def _tones(code: Array) -> tuple[Array, Array]:
    """Mean chroma and spread of each tone, (T, 2)."""
    tones = code[: 5 * len(TONES)].reshape(len(TONES), 5) / np.float32(GAIN)
    return tones[:, :2], tones[:, 2:4]


def _along(values: Array, light: Array) -> Array:
    """Values (T, 2) of the tones at lightness (...): (..., 2), linear between tones' centres."""
    planes = [np.interp(light, TONES, values[:, k]) for k in range(values.shape[1])]
    return np.stack(planes, -1).astype(np.float32)


def _slope(values: Array, light: Array) -> Array:
    """The derivative of `_along`."""
    steps = np.diff(values, axis=0) / np.diff(np.array(TONES, np.float32))[:, None]
    padded = np.concatenate([steps[:1] * 0, steps, steps[:1] * 0])
    return padded[np.searchsorted(TONES, light)]
