"""Dithered frames of a simulated field, with the sky that they were made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from astropy.io import fits
from astropy.wcs import WCS, Sip
from numpy.typing import NDArray
from scipy.special import erf

from astroview.core.frame import Frame
from astroview.core.io.open_file import open_frame

SKY, READ = 50.0, 6.0


@dataclass(frozen=True)
class View:
    """How one frame sees the field: (dx, dy) pixels, turned about the middle, seeing, clouds."""

    dx: float = 0.0
    dy: float = 0.0
    turn: float = 0.0
    magnify: float = 1.0
    fwhm: float = 1.3
    light: float = 1.0
    sky: float = SKY
    trail: float = 0.0  # pixels along x
    rays: int = 0
    seed: int = 0
    header: dict[str, Any] = field(default_factory=dict)
    sip: float = 0.0  # the WCS's distortion A_2_0, which the pixels have as well


@dataclass(frozen=True)
class Sky:
    """Stars at places of the reference, in pixels from its top left corner's edge."""

    side: int
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    flux: NDArray[np.float64]

    @staticmethod
    def of(seed: int, side: int = 96, stars: int = 40, faint: float = 800.0) -> Sky:
        rng = np.random.default_rng(seed)
        x, y = rng.uniform(4, side - 4, (2, stars))
        return Sky(side, x, y, np.exp(rng.uniform(np.log(faint), np.log(40_000), stars)))

    def truth(self, scale: int, fwhm: float = 1.3) -> NDArray[np.float64]:
        """Means above the sky on a grid so fine."""
        return _light(self.x, self.y, self.flux, fwhm, self.side, scale, 0.0)

    def seen(self, view: View) -> NDArray[np.float32]:
        """A frame (side, side), top row first, with noise."""
        rng = np.random.default_rng(view.seed + 77)
        x, y = self.placed(view)
        clean = _light(x, y, self.flux * view.light, view.fwhm, self.side, 1, view.trail)
        seen = rng.poisson(clean + view.sky) + rng.normal(0, READ, clean.shape)
        for _ in range(view.rays):
            row, column = rng.integers(2, self.side - 3, 2)
            seen[row, column : column + 2] += rng.uniform(300, 6000)
        return seen.astype(np.float32)

    def placed(self, view: View) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        middle = self.side / 2
        angle = np.deg2rad(view.turn)
        u, v = (self.x - middle) * view.magnify, (self.y - middle) * view.magnify
        across = np.cos(angle) * u - np.sin(angle) * v
        if view.sip:  # where the distortion leads to the place
            across = (np.sqrt(1 + 4 * view.sip * across) - 1) / (2 * view.sip)
        x = across + middle + view.dx
        y = np.sin(angle) * u + np.cos(angle) * v + middle + view.dy
        return x, y


def _light(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    flux: NDArray[np.float64],
    fwhm: float,
    side: int,
    scale: int,
    trail: float,
) -> NDArray[np.float64]:
    sigma = fwhm / np.sqrt(8 * np.log(2))
    edges = np.arange(side * scale + 1) / scale
    steps = np.linspace(-trail / 2, trail / 2, 9) if trail else np.zeros(1)

    def share(at: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.diff(erf((edges - at[:, None]) / (np.sqrt(2) * sigma)), axis=1) / 2

    columns = np.mean([share(x + step) for step in steps], axis=0)
    return np.einsum("k,ky,kx->yx", flux, share(y), columns) * scale**2


def dithers(count: int, seed: int = 5, most: float = 2.0, **kind: Any) -> list[View]:
    """Views shifted at random, the first of them not."""
    rng = np.random.default_rng(seed)
    shifts = rng.uniform(-most, most, (count, 2))
    shifts[0] = 0
    return [View(float(dx), float(dy), seed=i, **kind) for i, (dx, dy) in enumerate(shifts)]


def write(sky: Sky, view: View, path: Path, *, coordinates: bool = False) -> Path:
    """The frame as a FITS file; with ``coordinates``, sky coordinates that are true of it."""
    header = fits.Header({"BUNIT": "electron", "EXPTIME": 100.0, "FILTER": "r"})
    if coordinates:
        header.update(_wcs(sky, view).to_header(relax=True))
    for keyword, value in view.header.items():
        header[keyword] = value
    fits.PrimaryHDU(sky.seen(view)[::-1], header).writeto(path, overwrite=True)
    return path


def _wcs(sky: Sky, view: View) -> WCS:
    """Rows count from the bottom: what turns one way on the screen turns the other way here."""
    wcs = WCS(naxis=2)
    wcs.wcs.ctype = ["RA---TAN", "DEC--TAN"]
    wcs.wcs.crval = [150.0, 20.0]
    middle = sky.side / 2
    wcs.wcs.crpix = [middle + view.dx + 0.5, sky.side - (middle + view.dy) + 0.5]
    angle, step = np.deg2rad(view.turn), 1e-4 / view.magnify
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    wcs.wcs.cd = np.array([[-step, 0], [0, step]]) @ turn
    if view.sip:
        bent = np.zeros((3, 3))
        bent[2, 0] = view.sip
        wcs.wcs.ctype = ["RA---TAN-SIP", "DEC--TAN-SIP"]
        wcs.sip = Sip(bent, np.zeros((3, 3)), None, None, wcs.wcs.crpix)
    return wcs


def frames(sky: Sky, views: list[View], folder: Path, *, coordinates: bool = False) -> list[Frame]:
    """The frames of views, as files that are opened."""
    return [
        open_frame(write(sky, view, folder / f"frame{i}.fits", coordinates=coordinates))
        for i, view in enumerate(views)
    ]
