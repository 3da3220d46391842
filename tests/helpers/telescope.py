"""FITS frames of a made-up telescope: stars on a sky, a PSF, noise that neighbours share."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from astropy.io import fits

from trainer.data import telescope_model
from trainer.data.telescope_model import Psf

FINER = 2  # cells a side of a pixel
SKY, READ, GAIN = 300.0, 6.0, 1.5  # electrons; electrons per adu


def samples(psf: Psf, seed: int, side: int = 128, share: float = 0.3) -> np.ndarray:
    """One frame (side, side) in adu, above a sky: stars of all fluxes, each with its own place."""
    rng = np.random.default_rng(seed)
    light = torch.zeros(1, 1, FINER * side, FINER * side)
    for _ in range(40):
        y, x = rng.integers(16, FINER * side - 16, 2)
        light[0, 0, y, x] += 10 ** rng.uniform(3.6, 5.2)
    fine = Psf(psf.kind, FINER * psf.fwhm, psf.beta, psf.ellipticity, psf.angle)
    clean = telescope_model.integrate(telescope_model.blur(light, [fine]), FINER)
    generator = torch.Generator().manual_seed(seed)
    level, read = torch.tensor([SKY]), torch.tensor([READ])
    seen = telescope_model.expose(clean, level, read, generator)
    grain = telescope_model.correlate(seen - clean, share) if share else seen - clean
    return ((clean + grain + SKY) / GAIN)[0, 0].numpy()


def write_frames(folder: Path, psf: Psf, count: int, first: int = 0, side: int = 128) -> Path:
    """A folder of such frames, each of its own field."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed in range(first, first + count):
        hdu = fits.PrimaryHDU(samples(psf, seed, side))
        hdu.header.update({"BUNIT": "adu", "GAIN": GAIN, "OBJECT": f"field {seed}"})
        hdu.writeto(folder / f"field{seed}.fits")
    return folder
