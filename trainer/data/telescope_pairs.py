"""What a telescope's frames are learnt from and judged on: skies through its own optics, pixels
and noise, as `trainer.data.telescope_measure` found them.

Two kinds. *Scenes* are simulated without any optics, and blurred by the measured PSF, as wide as
it is on the finer grid. *Own frames* are taken as the finer grid and blurred from their own PSF to
that one, which is wider by the scale; so they have the structure of the user's own sky, and next to
no noise. Both are summed over pixels and exposed with the telescope's noise.

Legend: ``s`` the scale; electrons of a fine pixel unless said, sky subtracted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray

from astroview.core.colour.stretch import Stretch, auto_stretch
from astroview.core.frame import ArraySource, Frame, Window
from astroview.core.options import EnhanceOptions
from astroview.engine.pipeline.enhance_plan import setting_for
from trainer.data import telescope_model
from trainer.data.exposures import Exposure
from trainer.data.simulated_skies import Sky
from trainer.data.telescope_measure import Telescope, TelescopeFrame
from trainer.data.telescope_model import Psf, kernel
from trainer.simulate import POINTED, random_scene

FloatArray = NDArray[np.float32]
FINER = 2  # cells a side of a fine pixel, on which scenes are blurred
PART = " part "  # in the name of a piece of a frame
SIDE = 192  # fine pixels of a scene
WIDEST = 1024  # pixels a side that are taken of a frame
DEPTHS = 3  # exposures of a scene
QUIET = 0.3  # of a coarse pixel's noise: what an own frame may keep of its own
FAINTEST = 0.4  # of its light: below, a frame is too noisy to be learnt from
LEARNT, JUDGED = range(50_000, 58_000), range(58_000, 60_000)  # seeds of scenes
READ_SHARE = 0.3  # of the noise that is read-out, where nobody tells
Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Truth:
    """Fine electrons without noise (H, W), through the telescope's optics."""

    name: str
    electrons: FloatArray


def scene(telescope: Telescope, seed: int, scale: int, side: int = SIDE) -> Truth:
    """A simulated scene through the measured PSF; how deep, among the frames', its seed says."""
    drawn = random_scene(seed, side * FINER, side * FINER, 1, POINTED)
    light = torch.from_numpy(np.ascontiguousarray(drawn.electrons[..., seed % 3]))[None, None]
    wide = _wider(telescope.psf, scale * FINER)
    blurred = telescope_model.blur(light, [wide])
    fine = telescope_model.integrate(blurred, FINER)
    rng = np.random.default_rng([seed, 13])
    wanted = math.exp(rng.uniform(*np.log(telescope.peaks)))
    peak = float(np.percentile(telescope_model.integrate(fine, scale).numpy(), 99.9))
    variance = (telescope.noise * telescope.gain) ** 2
    flux = (wanted**2 + wanted * math.sqrt(wanted**2 + 4 * variance)) / 2
    return Truth(f"{drawn.kind} {seed}", (fine * (flux / max(peak, 1e-3)))[0, 0].numpy())


def own(telescope: Telescope, one: TelescopeFrame, scale: int) -> list[Truth]:
    """Parts of a frame as the finer grid; as much fainter as leaves
    little of its noise; none of one of which too little light would be left, or that has another
    unit.
    """
    if one.unit != telescope.unit:
        return []
    soft = matching_kernel(telescope.psf, scale)
    fainter = min(1.0, QUIET / _left(soft, telescope.share, scale))
    if fainter < FAINTEST:
        return []
    made: list[Truth] = []
    for window in _parts(one.frame.shape, scale):
        samples = one.frame.read(window)
        level = one.sky.at(
            np.arange(window.height) + float(window.y), np.arange(window.width) + float(window.x)
        )
        above = samples - level
        if not np.isfinite(above).all() or float(above.max()) > 0.9 * telescope.saturation:
            continue
        electrons = above * np.float32(fainter * telescope.gain / scale**2)
        name = f"{one.frame.name}{PART}{window.y},{window.x}"
        made.append(Truth(name, _convolved(electrons, soft)))
    return made


def _left(soft_KK: torch.Tensor, share: float, scale: int) -> float:
    """Of a frame's noise, what a blurred one has in the pixels that it is summed to."""
    pair = torch.tensor([1.0, share]) / (1 + share**2) ** 0.5
    box = torch.ones(scale) / scale
    found = soft_KK[None, None]
    for line in (pair, box):
        square = torch.outer(line, line)[None, None]
        found = torch.nn.functional.conv2d(found, square, padding=len(line) - 1)
    return float(found.square().sum().sqrt())


def skies(telescope: Telescope, truths: Sequence[Truth], scale: int, seed: int) -> list[Sky]:
    """Exposures of truths for a training task, noise drawn anew for every crop."""
    return [
        _sky(telescope, truth, scale, np.random.default_rng([seed, i, k]))
        for i, truth in enumerate(truths)
        for k in range(DEPTHS)
    ]


def exposures(
    telescope: Telescope, truths: Sequence[Truth], scale: int, seed: int
) -> Iterator[Exposure]:
    """One exposure of each, in the frames' own unit, with the truth."""
    sky, read = _sky_and_read(telescope, scale)
    for i, truth in enumerate(truths):
        generator = torch.Generator().manual_seed(seed + i)
        fine = torch.from_numpy(truth.electrons)[None, None]
        clean = telescope_model.integrate(fine, scale)
        level = torch.tensor([sky * scale**2])
        seen = telescope_model.expose(clean, level, torch.tensor([read]), generator)
        if telescope.share:
            seen = clean + telescope_model.correlate(seen - clean, telescope.share)
        noise = (clean.clamp_min(0) + level + read**2).sqrt()
        gain = np.float32(telescope.gain)
        yield Exposure(
            truth.name,
            np.asarray(seen[0, 0].numpy() / gain, np.float32),
            truth.electrons * (np.float32(scale**2) / gain),
            np.asarray(noise[0, 0].numpy() / gain, np.float32),
            simulated=True,
        )


# ---------------------------------------------------------------- inside


def _sky(telescope: Telescope, truth: Truth, scale: int, rng: np.random.Generator) -> Sky:
    sky, read = _sky_and_read(telescope, scale)
    depth = math.exp(rng.uniform(-0.5, 0.5))
    one = Sky(truth.electrons * np.float32(depth), read, telescope.share, _FLAT, 0.0, sky)
    crop = next(exposures(telescope, [Truth("", one.electrons)], scale, int(rng.integers(2**31))))
    seen = crop.seen * np.float32(telescope.gain)
    frame = Frame("own", seen.shape, 1, "linear", ArraySource(seen), None)
    stretch = auto_stretch(frame)
    if stretch.kind != "asinh":
        stretch = Stretch("asinh", stretch.low, stretch.high, 0.5)
    jitter = math.exp(rng.uniform(-0.2, 0.2))
    stretch = replace(stretch, parameter=float(np.clip(stretch.parameter * jitter, 5e-4, 0.5)))
    options = EnhanceOptions(device="cpu", stretch=stretch.to_dict())
    return replace(one, stretch=stretch, sigma=setting_for(frame, options).sigma)


_FLAT = Stretch("asinh", 0.0, 1.0, 0.5)


def _sky_and_read(telescope: Telescope, scale: int) -> tuple[float, float]:
    """Sky electrons of a fine pixel and read-out noise in electrons, that make the noise."""
    noise = telescope.noise * telescope.gain
    read = READ_SHARE * noise
    return (noise**2 - read**2) / scale**2, read


def _wider(psf: Psf, times: int) -> Psf:
    """The same PSF on a grid that is so many times as fine."""
    return replace(psf, fwhm=psf.fwhm * times)


def matching_kernel(psf: Psf, scale: int) -> torch.Tensor:
    """The kernel that makes a PSF of the same shape, wider by the scale, of it; sum 1.

    Their ratio in the Fourier domain, at most 1: nothing is sharpened.
    """
    wide = kernel(_wider(psf, scale))
    side = wide.shape[0]
    narrow = kernel(psf)
    more = (side - narrow.shape[0]) // 2
    narrow = torch.nn.functional.pad(narrow, (more, side - narrow.shape[0] - more) * 2)
    top, bottom = (torch.fft.rfft2(torch.fft.ifftshift(k.double())) for k in (wide, narrow))
    power = bottom.abs().square()
    ratio = top * bottom.conj() / (power + 1e-6)
    ratio = ratio / ratio.abs().clamp_min(1.0)
    made = torch.fft.fftshift(torch.fft.irfft2(ratio, (side, side)))
    return (made / made.sum()).float()


def _convolved(x: FloatArray, kernel_KK: torch.Tensor) -> FloatArray:
    r = kernel_KK.shape[0] // 2
    padded = torch.from_numpy(np.pad(x, r, mode="reflect").astype(np.float32))
    sides = [n + 2 * r for n in padded.shape]
    spread = torch.fft.rfft2(padded, sides) * torch.fft.rfft2(kernel_KK, sides)
    full = torch.fft.irfft2(spread, sides)
    return full[2 * r : 2 * r + x.shape[0], 2 * r : 2 * r + x.shape[1]].numpy()


def _parts(shape: tuple[int, int], scale: int) -> list[Window]:
    """Windows of at most `SIDE` pixels from all over the middle of a frame."""
    height, width = (min(n, WIDEST) // scale * scale for n in shape)
    top, left = (shape[0] - height) // 2, (shape[1] - width) // 2
    side_y, side_x = min(SIDE, height), min(SIDE, width)
    return [
        Window(top + y, left + x, side_y, side_x)
        for y in range(0, height - side_y + 1, side_y)
        for x in range(0, width - side_x + 1, side_x)
    ]
