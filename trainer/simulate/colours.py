"""Bands, black bodies, emission lines and dust: what gives a source its colour."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .grid import F64, Floats

BANDS = ("B", "V", "R")
WAVELENGTH_NM = np.array([440.0, 550.0, 640.0])
SUN_K = 5800.0
# Optical depth in each band for one magnitude-like unit of tau_V (Cardelli, R_V = 3.1).
EXTINCTION = np.array([1.32, 1.0, 0.82], np.float32)


@dataclass(frozen=True)
class EmissionLines:
    """Share of a line's photons that each band counts (B, V, R)."""

    halpha: tuple[float, float, float]
    oiii: tuple[float, float, float]
    sii: tuple[float, float, float]
    starlight: float = 0.0  # share of the star's light that dust scatters into these filters


# Broad-band colour: H-beta goes with H-alpha (Balmer decrement about 3).
NATURAL = EmissionLines(
    halpha=(0.30, 0.16, 1.0), oiii=(0.45, 0.62, 0.0), sii=(0.0, 0.0, 1.0), starlight=1.0
)
# S II, H-alpha and O III filters in red, green and blue, balanced as published pictures are:
# H-alpha, by far the strongest, is held down, so fronts turn golden and cavities teal.
HUBBLE = EmissionLines(halpha=(0.04, 0.52, 0.42), oiii=(1.15, 0.70, 0.0), sii=(0.0, 0.35, 1.7))
BICOLOUR = EmissionLines(halpha=(0.0, 0.05, 1.0), oiii=(0.8, 0.7, 0.0), sii=(0.0, 0.0, 0.6))
PALETTES = {"natural": NATURAL, "hubble": HUBBLE, "bicolour": BICOLOUR}


def black_body(kelvin: ArrayLike) -> F64:
    """Photon rates (..., 3) in B, V, R of a black body; V = 1, and the Sun is white (1, 1, 1)."""
    t = np.asarray(kelvin, np.float64)[..., None]
    x = 1.4388e7 / WAVELENGTH_NM
    rate = 1 / np.expm1(x / t)
    sun = 1 / np.expm1(x / SUN_K)
    colour = rate / sun
    return colour / colour[..., 1:2]


def emission(lines: EmissionLines, halpha: Floats, oiii: Floats, sii: Floats) -> Floats:
    """Line maps (H, W) to bands (H, W, 3)."""
    weights = np.array([lines.halpha, lines.oiii, lines.sii], np.float32)
    return np.stack([halpha, oiii, sii], axis=-1) @ weights


def screen(light: Floats, tau: Floats, in_front: float = 0.0) -> Floats:
    """Light (H, W, bands) behind dust of optical depth `tau` (H, W) in V.

    `in_front` is the share of the light on the near side of the dust.
    """
    through = np.exp(-tau[..., None] * EXTINCTION)
    return light * (np.float32(in_front) + np.float32(1 - in_front) * through)
