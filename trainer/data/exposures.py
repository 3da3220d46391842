"""Frames as a telescope takes them, with the sky that they were taken of: for scores in linear
units and for calibrating intervals. Everything follows from a seed.

Legend: ``s`` the reduction; truths are in electrons of a coarse pixel: their box means are what
the coarse pixel expects, so a super-resolved frame is compared with them as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from astroview.core.bad_pixels.frame_noise import pixel_noise
from astroview.core.errors import AstroviewError
from astroview.core.frame import ArraySource, Frame, Window
from astroview.core.io.open_file import open_frame
from trainer.data import telescope_model
from trainer.data.telescope_model import Psf
from trainer.simulate import random_scene

FloatArray = NDArray[np.float32]
SKY, READ = 100.0, 5.0  # electrons of a fine pixel; electrons a reading
DEPTHS = (1.0, 0.1, 0.01)  # parts of the whole exposure: deep, middling, shallow
CORRELATED = 0.3  # part of its neighbours that a pixel of a drizzled frame takes
CORRELATED_EVERY = 5  # frames
DRIZZLED, SMOOTHED = (0.1, 0.4), (0.4, 1.0)  # shares of neighbours; fine pixels
GRAIN = 4.0  # electrons that stand for a real frame's own noise: little beside the sky's
AIR = (1.2, 3.2)  # FWHM in pixels of the frame, beside that of the scene
LEAST_BOXES = 24  # pixels a side of a real frame that was reduced
BAND_SUFFIXES = (".fits", ".fits.bz2", ".fits.fz")


@dataclass(frozen=True, eq=False)
class Exposure:
    """One frame and the truth about it.

    Attributes
    ----------
    seen
        (h, w) float32 electrons, sky subtracted.
    truth
        (sh, sw) float32, without noise; through the same optics.
    noise
        Standard deviation of each coarse pixel, (h, w).
    simulated
        Whether the truth is known for certain; that of a real frame has a little noise of its
        own.
    air
        Whether it was seen through air, which leaves stars wider than a pixel of the frame.
    """

    name: str
    seen: FloatArray
    truth: FloatArray
    noise: FloatArray
    simulated: bool
    air: bool = False

    @property
    def part(self) -> str:
        """Among which exposures its figures are told."""
        return ("through air" if self.air else "simulated") if self.simulated else "real bands"

    @property
    def scale(self) -> int:
        return self.truth.shape[0] // self.seen.shape[0]

    @property
    def frame(self) -> Frame:
        """What was seen, for the engine."""
        height, width = self.seen.shape
        return Frame(self.name, (height, width), 1, "linear", ArraySource(self.seen), None)


def simulated(seeds: range, scale: int, side: int = 384) -> Iterator[Exposure]:
    """Exposures of simulated scenes of ``side`` fine pixels, in turn deep to shallow."""
    for seed in seeds:
        scene = random_scene(seed, side, side, oversample=2)
        electrons = scene.electrons[..., seed % 3] * DEPTHS[seed % len(DEPTHS)]
        yield expose(f"simulated {scene.kind} {seed}", electrons, scale, seed, simulated=True)


def through_air(seeds: range, scale: int, side: int = 384) -> Iterator[Exposure]:
    """`simulated` exposures whose stars are `AIR` pixels of the frame wide, in turn sharp to wide:
    those of `simulated` are as sharp as fine pixels hold, whatever the scale.
    """
    widths = np.geomspace(*AIR, max(len(seeds), 2))
    for seed, fwhm in zip(seeds, np.roll(widths, len(seeds) // 2), strict=False):
        scene = random_scene(seed, side, side, oversample=2)
        electrons = scene.electrons[..., seed % 3] * DEPTHS[seed % len(DEPTHS)]
        psf = Psf("moffat", fwhm=float(fwhm) * scale, ellipticity=0.05 * (seed % 2))
        blurred = telescope_model.blurred(electrons, psf)
        name = f"{scene.kind} {seed} through air"
        yield replace(expose(name, blurred, scale, seed, simulated=True), air=True)


def real_bands(folder: Path, scale: int, most: int = 384) -> Iterator[Exposure]:
    """Exposures of the middle of each real FITS band below a folder, blurred a little more than
    they were: that makes their own noise small. Frames with gaps or too small are left out.
    """
    paths = sorted(p for p in folder.rglob("*") if p.name.endswith(BAND_SUFFIXES))
    for i, path in enumerate(paths):
        sky = _sky_of(path, scale, most)
        if sky is None:
            continue
        psf = Psf("moffat", fwhm=2.2 * (1 + 0.25 * (i % 3)), ellipticity=0.05 * (i % 2))
        blurred = telescope_model.blurred(sky, psf)
        name = path.relative_to(folder).as_posix()
        yield expose(name, blurred, scale, 1000 + i, simulated=False)


def expose(name: str, electrons: FloatArray, scale: int, seed: int, *, simulated: bool) -> Exposure:
    """Photons counted on coarse pixels and read out; every fifth frame's noise is correlated as
    drizzling leaves it.
    """
    height, width = (n - n % scale for n in electrons.shape)
    fine = torch.from_numpy(np.ascontiguousarray(electrons[:height, :width], np.float32))
    clean = telescope_model.integrate(fine[None, None], scale)
    generator = torch.Generator().manual_seed(seed)
    sky = torch.tensor([SKY * scale**2])
    seen = telescope_model.expose(clean, sky, torch.tensor([READ]), generator)
    if seed % CORRELATED_EVERY == 0:
        seen = clean + telescope_model.correlate(seen - clean, CORRELATED)
    noise = (clean.clamp_min(0) + sky + READ**2).sqrt()
    return Exposure(
        name,
        seen[0, 0].numpy(),
        fine.numpy() * np.float32(scale**2),
        noise[0, 0].numpy(),
        simulated,
    )


def finer(seeds: range, scale: int, side: int = 384) -> Iterator[Exposure]:
    """Frames of simulated scenes and what a detector of finer pixels would have had of the same
    light: each truth has its own noise, and what was seen are its box means. In turn the noise is
    correlated as drizzling and as smoothing (or resampling) leave it.
    """
    for seed in seeds:
        scene = random_scene(seed, side, side, oversample=2)
        electrons = scene.electrons[..., seed % 3] * DEPTHS[seed // 2 % len(DEPTHS)]
        yield as_finer(f"finer {scene.kind} {seed}", electrons, scale, seed)


def as_finer(name: str, electrons: FloatArray, scale: int, seed: int) -> Exposure:
    """One of `finer`, of electrons (sH, sW) without noise; the kind of noise follows the seed."""
    height, width = (n - n % scale for n in electrons.shape)
    clean = torch.from_numpy(np.ascontiguousarray(electrons[:height, :width], np.float32))
    generator, rng = torch.Generator().manual_seed(seed), np.random.default_rng(seed)
    sky, read = torch.tensor([SKY]), torch.tensor([READ / scale])
    clean = clean[None, None]
    grain = telescope_model.expose(clean, sky, read, generator) - clean
    if seed % 2:
        smooth = gaussian_filter(grain[0, 0].numpy(), float(rng.uniform(*SMOOTHED)))
        grain = torch.from_numpy(smooth)[None, None]
    else:
        grain = telescope_model.correlate(grain, float(rng.uniform(*DRIZZLED)))
    fine = clean + grain
    seen = telescope_model.integrate(fine, scale)
    noise = (telescope_model.integrate(clean, scale).clamp_min(0) + SKY * scale**2 + READ**2).sqrt()
    truth = fine[0, 0].numpy() * np.float32(scale**2)
    return Exposure(name, seen[0, 0].numpy(), truth, noise[0, 0].numpy(), simulated=True)


def boxed(folder: Path, scale: int, most: int = 384) -> Iterator[Exposure]:
    """The middle of each real FITS band below a folder as the truth, its box means as what was
    seen: nothing of it is simulated, and the truth has its own noise. In the order of names;
    frames with gaps, too small or without noise are left out.
    """
    paths = sorted(p for p in folder.rglob("*") if p.name.endswith(BAND_SUFFIXES))
    for path in paths:
        fine = _middle(path, scale, most)
        grain = None if fine is None else pixel_noise(fine)
        if fine is None or not grain:
            continue
        height, width = fine.shape
        seen = fine.reshape(height // scale, scale, width // scale, scale).mean((1, 3))
        noise = np.full_like(seen, grain / scale)
        yield Exposure(path.relative_to(folder).as_posix(), seen, fine, noise, simulated=False)


def _middle(path: Path, scale: int, most: int) -> FloatArray | None:
    try:
        frame = open_frame(path)
        height, width = (min(most, n) // scale * scale for n in frame.shape)
        y, x = ((n - side) // 2 for n, side in zip(frame.shape, (height, width), strict=True))
        samples = frame.read(Window(y, x, height, width))
    except AstroviewError:
        return None
    if min(samples.shape[:2]) < LEAST_BOXES * scale or not np.isfinite(samples).all():
        return None
    return np.asarray(samples if samples.ndim == 2 else samples[..., 1], np.float32)


def noise_only(scale: int, side: int = 512, count: int = 4) -> list[Exposure]:
    """Exposures of nothing: (side, side) coarse pixels of sky and read-out noise each, a Mpixel
    together. None is correlated.
    """
    dark = np.zeros((side * scale, side * scale), np.float32)
    white = [seed for seed in range(1, 2 * count) if seed % CORRELATED_EVERY][:count]
    return [expose(f"noise only {n}", dark, scale, n, simulated=True) for n in white]


def _sky_of(path: Path, scale: int, most: int) -> FloatArray | None:
    """The middle of a real frame above its sky, scaled to `GRAIN` electrons of noise."""
    try:
        frame = open_frame(path)
        side = min(most, *frame.shape) // scale * scale
        y, x = ((n - side) // 2 for n in frame.shape)
        samples = frame.read(Window(y, x, side, side))
    except AstroviewError:
        return None
    if samples.ndim != 2 or side < 96 * scale or not np.isfinite(samples).all():
        return None
    grain = pixel_noise(samples)
    if not grain:
        return None
    return ((samples - np.median(samples)) * np.float32(GRAIN / grain)).astype(np.float32)
