"""Random textures that tile: fractal clouds, ridged filaments, and look-ups for warping them."""

from typing import cast

import numpy as np
from scipy import ndimage

from .fourier import Spectrum, backward, forward
from .grid import Floats


def _wavenumber(side: int) -> Floats:
    """Cycles per texture for each cell of an rfft2 of (side, side)."""
    ky = np.fft.fftfreq(side, 1 / side).astype(np.float32)
    kx = np.fft.rfftfreq(side, 1 / side).astype(np.float32)
    return np.hypot(ky[:, None], kx[None, :])


def _white(rng: np.random.Generator, side: int) -> Spectrum:
    """Spectrum of white noise."""
    return forward(rng.standard_normal((side, side), dtype=np.float32))


def _shaped(spectrum: Spectrum, amplitude: Floats) -> Floats:
    """Texture of a spectrum times `amplitude`, mean 0 and standard deviation 1."""
    side = spectrum.shape[0]
    field = backward(spectrum * amplitude, (side, side)).astype(np.float32)
    field -= field.mean()
    return field / field.std()


def fbm(rng: np.random.Generator, side: int, slope: float = 3.0, coarsest: float = 2.0) -> Floats:
    """Periodic Gaussian texture with power ~ k^-slope, mean 0 and standard deviation 1.

    Parameters
    ----------
    side : width of the square texture in cells
    slope : 3.6 is smooth cloud, 2.6 is rough
    coarsest : largest structures, in cycles per texture; power below it is cut
    """
    k = _wavenumber(side)
    amplitude = np.maximum(k, 1e-3) ** np.float32(-slope / 2)
    amplitude *= (1 - np.exp(-((k / coarsest) ** 4))).astype(np.float32)
    return _shaped(_white(rng, side), amplitude.astype(np.float32))


def ridged(
    rng: np.random.Generator, side: int, coarsest: float = 4.0, octaves: int = 6, gain: float = 0.6
) -> Floats:
    """Periodic web of sharp filaments in 0..1 (Musgrave's ridged multifractal).

    Each octave is band-limited noise folded at zero; finer ridges grow on coarser ones only.
    """
    k, white = _wavenumber(side), _white(rng, side)
    total = np.zeros((side, side), np.float32)
    weight = np.ones((side, side), np.float32)
    amplitude = 1.0
    for octave in range(octaves):
        centre = coarsest * 2.05**octave
        band = np.exp(-((np.log(np.maximum(k, 1e-3) / centre) / 0.5) ** 2)).astype(np.float32)
        noise = _shaped(white, band)
        signal = np.clip(1 - np.abs(noise) * np.float32(0.8), 0, 1) ** 2 * weight
        total += np.float32(amplitude) * signal
        weight = np.clip(signal * np.float32(2.0), 0, 1)
        amplitude *= gain
    return total / total.max()


def soft_step(x: Floats) -> Floats:
    """0 far below zero, 1 far above, 1/2 at zero (a logistic curve that cannot overflow)."""
    return np.float32(0.5) * (1 + np.tanh(np.float32(0.5) * x))


def texture_side(cells: float) -> int:
    """Side of a texture that has to fill `cells` canvas cells: fine enough, never wasteful."""
    return 256 if cells <= 320 else 512 if cells <= 800 else 1024


def look_up(texture: Floats, y: Floats, x: Floats) -> Floats:
    """Values of a periodic texture at cell positions (y, x), bilinear."""
    y, x = np.broadcast_arrays(y, x)
    at = np.stack([y, x])
    values = ndimage.map_coordinates(texture, at, order=1, mode="grid-wrap", output=np.float32)
    return cast(Floats, values)


def blur(image: Floats, sigma: float | tuple[float, float], wrap: bool = False) -> Floats:
    """Gaussian blur in cells (rows, columns); light that leaves one edge is lost, or wraps."""
    mode = "wrap" if wrap else "constant"
    soft = ndimage.gaussian_filter(image, sigma, mode=mode, truncate=4.0)
    return cast(Floats, soft)
