"""The large frame that viewers are timed with: sky, stars, a WCS and a bright block."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from astropy.io import fits

BAND = 256  # rows written at a time
SKY, NOISE, BLOCK = 1000.0, 20.0, 3000.0
# The block, as parts of the side, rows from the bottom: where a correct picture is bright.
BLOCK_X, BLOCK_Y = (0.70, 0.85), (0.70, 0.85)


def make(path: Path, side: int) -> None:
    """Write a float32 frame of side x side pixels."""
    rng = np.random.default_rng(1)
    header = fits.PrimaryHDU().header
    header["BITPIX"], header["NAXIS"] = -32, 2
    header["NAXIS1"] = header["NAXIS2"] = side
    header.update(CTYPE1="RA---TAN", CTYPE2="DEC--TAN", CRVAL1=210.8, CRVAL2=54.3)
    header.update(CRPIX1=side / 2, CRPIX2=side / 2, CDELT1=-1e-4, CDELT2=1e-4)
    noise = rng.normal(SKY, NOISE, (BAND, 2 * side)).astype(">f4")
    with path.open("wb") as file:
        file.write(header.tostring(padding=True).encode())
        for y in range(0, side, BAND):
            start = int(rng.integers(side))
            band = noise[:, start : start + side].copy()
            _add_stars(band, rng)
            if BLOCK_Y[0] * side <= y < BLOCK_Y[1] * side:
                band[:, int(BLOCK_X[0] * side) : int(BLOCK_X[1] * side)] += BLOCK
            file.write(band[: side - y].tobytes())
        file.write(b"\0" * (-file.tell() % 2880))


def _add_stars(band: np.ndarray, rng: np.random.Generator) -> None:
    y, x = np.mgrid[-8:8, -8:8]
    star = np.exp(-(x**2 + y**2) / 6)
    for _ in range(band.shape[1] // 80):
        row, column = rng.integers(8, BAND - 8), rng.integers(8, band.shape[1] - 8)
        band[row - 8 : row + 8, column - 8 : column + 8] += 10 ** rng.uniform(2, 4.5) * star
