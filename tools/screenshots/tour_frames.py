"""Small frames of every kind for the tour: a galaxy, bands, a cube, flags, a night."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from astropy.io import fits

from astroview.core import resources

SKY = {
    "CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN", "CRVAL1": 210.8, "CRVAL2": 54.3,
    "CRPIX1": 80.5, "CRPIX2": 60.5, "CDELT1": -1e-4, "CDELT2": 1e-4, "MAGZPT": 26.5,
}  # fmt: skip


def write_frames(folder: Path) -> list[Path]:
    """All of them but the night; the first is the one to enhance."""
    return [_cut(folder / "galaxy-cut.fits"), _flagged(folder / "visit.fits"),
            _cube(folder / "cube.fits"), *_bands(folder)]  # fmt: skip


def write_night(folder: Path, count: int = 6) -> Path:
    """A folder of frames for Batch and Lightbox, one of them no frame."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        hdu = fits.PrimaryHDU(_stars(number, width=1.2 + 0.3 * number), fits.Header(SKY))
        hdu.header["DATE-OBS"] = f"2024-03-{20 - number:02}T21:00:00"
        hdu.header["FILTER"], hdu.header["OBJECT"], hdu.header["EXPTIME"] = "r", "M 101", 30.5
        hdu.writeto(folder / f"light-{number + 1}.fits")
    (folder / "page.fits").write_text("<html>404</html>", encoding="utf-8")
    return folder


def _stars(seed: int, width: float = 1.5) -> np.ndarray[Any, np.dtype[np.float32]]:
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:120, :160]
    data = rng.normal(100.25, 5.5, (120, 160))
    for sx, sy, height in [(20, 30, 4000), (120, 75, 900), (90, 40, 2500), (50, 90, 1500)]:
        data += height * np.exp(-((x - sx) ** 2 + (y - sy) ** 2) / (2 * width**2))
    return data.astype(np.float32)


def _cut(path: Path) -> Path:
    with fits.open(resources.sample("galaxy.fits")) as hdus:
        first: Any = hdus[0]
        header, data = first.header, np.asarray(first.data)[280:352, 270:366]
        fits.writeto(path, data, header)
    return path


def _flagged(path: Path) -> Path:
    science, quality = _stars(3), np.zeros((120, 160), np.int16)
    quality[10:14, 20:30], quality[40, 60] = 4, 17
    planes = {"SCI": science, "ERR": np.full_like(science, 5.5), "DQ": quality}
    header = fits.Header({**SKY, "BUNIT": "electron/s"})
    images = [fits.ImageHDU(data, header, name=name) for name, data in planes.items()]
    fits.HDUList([fits.PrimaryHDU(), *images]).writeto(path)
    return path


def _cube(path: Path) -> Path:
    k = np.arange(24)[:, None, None]
    line = 8 * np.exp(-((k - np.linspace(6, 16, 50)) ** 2) / 6)
    data = np.random.default_rng(2).normal(5, 0.2, (24, 40, 50)) + line
    header = fits.Header({**SKY, "CRPIX1": 25.0, "CRPIX2": 20.0, "CTYPE3": "FREQ",
                          "CRVAL3": 1.42e9, "CRPIX3": 1.0, "CDELT3": 2.5e5, "CUNIT3": "Hz",
                          "BUNIT": "Jy/beam"})  # fmt: skip
    fits.writeto(path, data.astype(np.float32), header)
    return path


def _bands(folder: Path) -> list[Path]:
    made = []
    for seed, name in enumerate("gri"):
        path = folder / f"spiral_{name}.fits"
        fits.writeto(path, _stars(10 + seed), fits.Header({**SKY, "FILTER": name}))
        made.append(path)
    return made
