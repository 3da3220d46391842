"""Typed Fourier transforms: scipy's, which keep float32 and are faster than numpy's."""

from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from .grid import Floats

Spectrum = NDArray[np.complexfloating[Any, Any]]


def forward(image: Floats, shape: tuple[int, int] | None = None) -> Spectrum:
    """Half spectrum of a real image, zero-padded to `shape`."""
    return cast(Spectrum, fft.rfft2(image, s=shape))


def backward(spectrum: Spectrum, shape: tuple[int, int]) -> Floats:
    """Real image of `shape` from its half spectrum."""
    return cast(Floats, fft.irfft2(spectrum, s=shape))


def power(image: Floats) -> Floats:
    """Power spectrum of a real image, all frequencies."""
    field = cast(Spectrum, fft.fft2(image))
    return cast(Floats, field.real**2 + field.imag**2)


def fast_length(n: int) -> int:
    """The next length that is quick to transform."""
    return cast(int, fft.next_fast_len(n, real=True))
