"""Point-spread functions, painted on the canvas grid, and the convolution with them.

A kernel is an (n, n) array with n even, its centre at cell (n // 2, n // 2), and sum 1.
"""

from dataclasses import dataclass

import numpy as np

from .colours import WAVELENGTH_NM
from .fourier import backward, fast_length, forward, power
from .grid import F32, F64, Floats, Grid


@dataclass(frozen=True)
class Optics:
    """A telescope: widths in detector pixels, at 550 nm."""

    seeing_fwhm: float = 2.4  # 0: above the atmosphere
    beta: float = 3.2
    airy_fwhm: float = 1.0  # 0: no diffraction
    obstruction: float = 0.3
    vanes: int = 4
    vane_width: float = 0.012  # in pupil diameters
    rotation_deg: float = 12.0
    aureole: float = 0.015  # share of the light scattered into a wide r^-2 halo


def _radius(n: int) -> F64:
    axis = np.arange(n) - n // 2
    return np.hypot(axis[:, None], axis[None, :]).astype(np.float64)


def moffat(n: int, fwhm: float, beta: float) -> F64:
    """A round Moffat kernel of (n, n) cells, FWHM in cells, integrated over cells."""
    alpha = fwhm / (2 * np.sqrt(2 ** (1 / beta) - 1))
    kernel = (1 + (_radius(n) / alpha) ** 2) ** -beta
    # Only near the peak does the profile change within a cell.
    near = min(n // 2, int(6 * fwhm) + 1)
    axis = np.arange(-near, near, dtype=np.float64)
    offsets = np.array([-0.4, -0.2, 0.0, 0.2, 0.4])
    fine = (axis[:, None] + offsets[None, :]).ravel() ** 2
    core = (1 + (fine[:, None] + fine[None, :]) / alpha**2) ** -beta
    middle = slice(n // 2 - near, n // 2 + near)
    kernel[middle, middle] = core.reshape(2 * near, 5, 2 * near, 5).mean(axis=(1, 3))
    return kernel / kernel.sum()


def _pupil(n: int, diameter: float, optics: Optics) -> Floats:
    """Transmission of an aperture with a central obstruction and vanes; edges one cell soft."""
    half_box = min(int(diameter / 2) + 2, n // 2)
    axis = np.arange(-half_box, half_box, dtype=np.float32)
    y, x = axis[:, None], axis[None, :]
    r = np.hypot(y, x)
    open_part = np.clip(np.float32(diameter / 2 + 0.5) - r, 0, 1)
    open_part *= np.clip(r - np.float32(optics.obstruction * diameter / 2 - 0.5), 0, 1)
    half = np.float32(optics.vane_width * diameter / 2 + 0.5)
    for vane in range(optics.vanes):
        angle = np.deg2rad(optics.rotation_deg + 360 * vane / optics.vanes)
        cosine, sine = np.float32(np.cos(angle)), np.float32(np.sin(angle))
        arm = (x * cosine + y * sine) > 0
        open_part *= 1 - np.clip(half - np.abs(y * cosine - x * sine), 0, 1) * arm
    pupil = np.zeros((n, n), np.float32)
    box = slice(n // 2 - half_box, n // 2 + half_box)
    pupil[box, box] = open_part
    return pupil


def airy(n: int, fwhm: float, optics: Optics) -> F64:
    """Diffraction kernel of (n, n) cells at one wavelength: rings and spikes.

    `fwhm` in cells, of an unobstructed pupil of the same diameter; at least 2.06, or else the
    pattern would wrap onto itself, so a smaller one is taken as 2.06.
    """
    pupil = _pupil(n, min(1.03 * n / fwhm, n / 2), optics)
    kernel = np.fft.fftshift(power(np.fft.ifftshift(pupil))).astype(np.float64)
    return kernel / kernel.sum()


def _diffraction(n: int, fwhm: float, optics: Optics) -> list[F64]:
    """The pattern in each band: rings of nine wavelengths, weighted by a band 90 nm wide."""
    total = [np.zeros((n, n)) for _ in WAVELENGTH_NM]
    for wavelength in np.linspace(390, 690, 9):
        mono = airy(n, fwhm * float(wavelength) / 550, optics)
        for band, centre in enumerate(WAVELENGTH_NM):
            total[band] += mono * np.exp(-(((wavelength - centre) / 55) ** 2))
    return [kernel / kernel.sum() for kernel in total]


def kernels(optics: Optics, grid: Grid) -> list[F64]:
    """The whole PSF of each band on the canvas of `grid`: seeing, diffraction, scattered light."""
    n = kernel_side(grid)
    halo = 1 / (_radius(n) ** 2 + (4.0 * grid.oversample) ** 2)
    halo *= optics.aureole / halo.sum()
    point = np.zeros((n, n))
    point[n // 2, n // 2] = 1
    sharp = [point for _ in WAVELENGTH_NM]
    if optics.airy_fwhm:
        sharp = _diffraction(n, optics.airy_fwhm * grid.oversample, optics)
    result: list[F64] = []
    for pattern, wavelength in zip(sharp, WAVELENGTH_NM, strict=True):
        kernel = pattern
        if optics.seeing_fwhm:
            # Kolmogorov seeing is a little better in the red.
            fwhm = optics.seeing_fwhm * grid.oversample * float(wavelength / 550) ** -0.2
            spread = forward(np.fft.ifftshift(moffat(n, fwhm, optics.beta)))
            kernel = np.maximum(backward(forward(pattern) * spread, (n, n)), 0)
        result.append((1 - optics.aureole) * kernel / kernel.sum() + halo)
    return result


def kernel_side(grid: Grid) -> int:
    """Kernels reach half a canvas in every direction: a spike may cross the frame."""
    return 2 * (max(grid.shape) // 2)


def convolve(image: Floats, kernel: F64) -> Floats:
    """Spread `image` (rows, columns) with `kernel`; light that leaves the canvas is lost."""
    rows, columns = image.shape
    n = kernel.shape[0]
    size = fast_length(max(n, rows + n // 2)), fast_length(max(n, columns + n // 2))
    padded = np.zeros(size, np.float32)
    padded[:n, :n] = kernel
    spread = forward(padded) * forward(image, size)
    full = backward(spread, size)
    top = n // 2
    return np.maximum(full[top : top + rows, top : top + columns], 0).astype(np.float32)


def observe(canvas: Floats, grid: Grid, optics: Optics) -> F32:
    """Canvas (rows, columns, 3) to expected electrons a pixel (height, width, 3)."""
    blurred = np.empty_like(canvas)
    for band, kernel in enumerate(kernels(optics, grid)):
        blurred[..., band] = convolve(canvas[..., band], kernel)
    return grid.bin(blurred)
