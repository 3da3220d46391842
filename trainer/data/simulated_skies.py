"""Simulated skies to sharpen, as a super-resolver meets them on a telescope's frame: electrons
through optics, pixels, photons and read-out, seen in the engine's own stretch.

The scenes are made from seeds when they are first asked for, a second or two each, and kept in
the user's cache. Noise is drawn anew for every crop.

Legend: ``u`` stretched, ``x`` electrons of a coarse pixel; truths are free of noise, and their
box means are what a coarse pixel expects.
"""

from __future__ import annotations

import math
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from astroview.core import resources
from astroview.core.atomic_write import replacing
from astroview.core.colour.stretch import Stretch, auto_stretch
from astroview.core.frame import ArraySource, Frame
from astroview.core.options import EnhanceOptions
from astroview.engine.networks.superres import enlarge
from astroview.engine.networks.tile_superres import Sharpener, sharpen
from astroview.engine.pipeline.enhance_plan import setting_for
from trainer import metrics
from trainer.data import exposures, telescope_model
from trainer.simulate import random_scene

FloatArray = NDArray[np.float32]
SIDE = 384  # fine pixels of a scene
VERSION = 1  # of how the scenes are made
SEEDS = range(20_000, 30_000)
SCORED = range(8000, 8003)  # seeds of exposures that a run is scored on, deep to shallow
DEPTHS = 3  # exposures of a scene
SKY = exposures.SKY
READ = (2.0, 15.0)  # electrons a reading
PEAK = (3.0, 3000.0)  # signal to noise of a scene's brightest pixels
CORRELATED = 0.4  # share of the exposures that were drizzled
STRUCK, SATURATED, SLOPED = 0.2, 0.1, 0.1  # shares of the crops
HOT = 1e-3  # share of their pixels
SEEING = (0.9, 3.5)  # FWHM in pixels of the frame
JITTER = 0.25  # of the stretch, as the logarithm of its softening
Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Sky:
    """One exposure of a scene, but for its noise.

    Attributes
    ----------
    electrons
        (H, W) of fine pixels, in this exposure, sky subtracted.
    read, share
        Read-out noise; the part of its neighbours that a drizzled pixel takes, or 0.
    stretch, sigma
        As the engine would choose and measure them on the whole frame.
    level
        Sky electrons of a fine pixel.
    """

    electrons: FloatArray
    read: float
    share: float
    stretch: Stretch
    sigma: float
    level: float = SKY


class SkyCrop(NamedTuple):
    """Stretched: what was seen (1, h, w) and the truth (1, H, W); and the noise."""

    x: Tensor
    y: Tensor
    sigma: float
    curve: Tensor


def skies(
    count: int,
    scale: int,
    progress: Progress | None = None,
    cache: Path | None = None,
    *,
    blurred: float = 0.0,
) -> list[Sky]:
    """`DEPTHS` exposures of each of ``count`` scenes, reduced by ``scale``.

    Scenes are as sharp as fine pixels can hold. ``blurred`` is the share of the exposures whose
    stars are `SEEING` pixels of the frame wide instead, as those of most telescopes are.
    """
    found: list[Sky] = []
    for seed, electrons in scenes(SEEDS[:count], progress, cache).items():
        rng = np.random.default_rng([seed, 11])
        found += [
            _exposed(_seen_through_air(electrons, scale, rng, blurred), scale, rng)
            for _ in range(DEPTHS)
        ]
    return found


def scenes(
    seeds: Sequence[int], progress: Progress | None = None, cache: Path | None = None
) -> dict[int, FloatArray]:
    """Noise-free electrons (`SIDE`, `SIDE`) by seed, one band of each scene."""
    kept = (cache or resources.cache()) / f"skies-{VERSION}-{SIDE}.npz"
    known = _read(kept)
    before = len(known)
    for done, seed in enumerate(seeds):
        if seed not in known:
            known[seed] = random_scene(seed, SIDE, SIDE).electrons[..., seed % 3]
        if progress:
            progress(done + 1, len(seeds))
    if len(known) > before:
        _keep(kept, known)
    return {seed: known[seed] for seed in seeds}


def draw(
    found: Sequence[Sky],
    side: int,
    scale: int,
    rng: np.random.Generator,
    noise: torch.Generator,
    harm: float = 1.0,
) -> SkyCrop:
    """A crop of ``side`` fine pixels, the livelier of two, with noise of its own; ``harm`` is how
    often its detector harms it, of the usual shares.
    """
    sky = found[int(rng.integers(len(found)))]
    height, width = sky.electrons.shape
    crops = [
        sky.electrons[y : y + side, x : x + side]
        for y, x in zip(
            rng.integers(0, (height - side) // scale + 1, 2) * scale,
            rng.integers(0, (width - side) // scale + 1, 2) * scale,
            strict=True,
        )
    ]
    crop = max(crops, key=lambda part: float(part.std()))
    crop = np.rot90(crop, int(rng.integers(4)))
    fine = torch.from_numpy(np.ascontiguousarray(crop[:, ::-1] if rng.random() < 0.5 else crop))
    seen = _taken(fine[None, None], scale, sky.read, sky.share, noise, sky.level)
    seen, truth = damaged(seen, fine[None, None] * scale**2, rng, noise, harm)
    x, y = (sky.stretch.forward(a[0].numpy()) for a in (seen, truth))
    return SkyCrop(torch.from_numpy(x), torch.from_numpy(y), sky.sigma, curve_of(sky.stretch))


@torch.no_grad()
def score(network: torch.nn.Module, scale: int, side: int = 96) -> dict[str, float]:
    """PSNR in the stretch on three simulated exposures: flux kept, denoised, and bicubic's."""
    rows: list[dict[str, float]] = []
    for exposure in exposures.simulated(SCORED, scale, side * scale):
        frame = exposure.frame
        setting = setting_for(frame, EnhanceOptions(device="cpu"))
        how = Sharpener(
            network,  # type: ignore[arg-type]
            setting.stretch,
            setting.sigma,
            noise=setting.noise,
            floor=setting.floor,
            box=1.0,
        )
        x = torch.from_numpy(exposure.seen)[None, None].to(metrics.beside(network))
        free = replace(how, denoise=True)
        made = {"sky_psnr": sharpen(how, x), "sky_psnr_denoised": sharpen(free, x)}
        told = {key: value.samples for key, value in made.items()}
        told["sky_psnr_bicubic"] = enlarge(x, scale)
        truth = _shown(setting.stretch, torch.from_numpy(exposure.truth)[None, None])
        rows.append({k: metrics.psnr(_shown(setting.stretch, v), truth) for k, v in told.items()})
    return metrics.means(rows)


# ---------------------------------------------------------------- the stretch, differentiable


def curve_of(stretch: Stretch) -> Tensor:
    """An asinh stretch as (3,): low, high - low, softening."""
    if stretch.kind != "asinh":
        raise ValueError(f"a sky is seen in an asinh stretch, not in {stretch.kind}")
    return torch.tensor([stretch.low, stretch.high - stretch.low, stretch.parameter])


# ---------------------------------------------------------------- exposing


def _seen_through_air(
    electrons: FloatArray, scale: int, rng: np.random.Generator, share: float
) -> FloatArray:
    """Blurred, as often as ``share`` says, so that stars are `SEEING` coarse pixels wide."""
    if not share or rng.random() >= share:
        return electrons
    fwhm = scale * math.exp(rng.uniform(*np.log(SEEING)))
    kind: telescope_model.PsfKind = "moffat" if rng.random() < 0.5 else "gaussian"
    psf = telescope_model.Psf(kind, fwhm, ellipticity=float(rng.uniform(0, 0.1)),
                              angle=float(rng.uniform(0, math.pi)))  # fmt: skip
    return telescope_model.blurred(electrons, psf)


def _exposed(electrons: FloatArray, scale: int, rng: np.random.Generator) -> Sky:
    read = float(rng.uniform(*READ))
    share = float(rng.uniform(0.1, 0.4)) if rng.random() < CORRELATED else 0.0
    jitter = math.exp(rng.uniform(-JITTER, JITTER))
    wanted = math.exp(rng.uniform(*np.log(PEAK)))
    fine = torch.from_numpy(np.ascontiguousarray(electrons))[None, None]
    peak = float(np.percentile(telescope_model.integrate(fine, scale).numpy(), 99.9))
    fine = fine * _depth(peak, wanted, SKY * scale**2 + read**2)
    generator = torch.Generator().manual_seed(int(rng.integers(2**62)))
    seen = _taken(fine, scale, read, share, generator)
    frame = _frame(seen[0, 0].numpy())
    stretch = auto_stretch(frame)
    if stretch.kind != "asinh":  # of a frame without noise or sources
        stretch = Stretch("asinh", stretch.low, stretch.high, 0.5)
    stretch = replace(stretch, parameter=float(np.clip(stretch.parameter * jitter, 5e-4, 0.5)))
    options = EnhanceOptions(device="cpu", stretch=stretch.to_dict())
    sigma = setting_for(frame, options).sigma
    return Sky(fine[0, 0].numpy(), read, share, stretch, sigma)


def _depth(peak: float, wanted: float, variance: float) -> float:
    """By how much to scale a peak for that signal to noise: f p / sqrt(f p + variance) = S/N."""
    flux = (wanted**2 + wanted * math.sqrt(wanted**2 + 4 * variance)) / 2
    return flux / max(peak, 1e-3)


def _taken(
    fine: Tensor,
    scale: int,
    read: float,
    share: float,
    generator: torch.Generator,
    level: float = SKY,
) -> Tensor:
    """What the coarse pixels of (1, 1, H, W) saw."""
    clean = telescope_model.integrate(fine, scale)
    sky = torch.tensor([level * scale**2])
    seen = telescope_model.expose(clean, sky, torch.tensor([read]), generator)
    return clean + telescope_model.correlate(seen - clean, share) if share else seen


def damaged(
    seen: Tensor,
    truth: Tensor,
    rng: np.random.Generator,
    noise: torch.Generator,
    harm: float = 1.0,
) -> tuple[Tensor, Tensor]:
    """What a detector did to some exposures: a gradient of the sky, saturation with bleeding,
    cosmic rays and hot pixels.

    Pixels that did not see the sky have no finer truth: there it is what was seen, flat, so that
    nothing learns to make stars of them.

    Parameters
    ----------
    seen, truth
        (1, 1, h, w) and (1, 1, H, W), both in electrons of a coarse pixel.
    harm
        How often pixels are saturated, struck or hot, of the usual shares.
    """
    scale = truth.shape[-1] // seen.shape[-1]
    spread = float(seen.std())
    if rng.random() < SLOPED:
        strength = torch.tensor([spread * rng.uniform(0.2, 1.5)])
        angle = torch.tensor([rng.uniform(0, 2 * math.pi)])
        seen, truth = (telescope_model.slope(e, strength, angle) for e in (seen, truth))
    harmed = seen
    if rng.random() < SATURATED * harm:
        well = seen.max() * rng.uniform(0.3, 0.9)
        harmed = telescope_model.saturate(harmed, well.clamp_min(spread).view(1))
    if rng.random() < STRUCK * harm:
        harmed = telescope_model.strike(harmed, 1.5, noise)
        hot = torch.rand(seen.shape, generator=noise) < HOT
        harmed = torch.where(hot, harmed + spread * 10 ** rng.uniform(0, 1.5), harmed)
    unseen = functional.interpolate((harmed != seen).float(), scale_factor=scale) > 0
    flat = functional.interpolate(harmed, scale_factor=scale)
    return harmed, torch.where(unseen, flat, truth)


def _frame(seen: FloatArray) -> Frame:
    height, width = seen.shape
    return Frame("simulated", (height, width), 1, "linear", ArraySource(seen), None)


def _shown(stretch: Stretch, x: Tensor) -> Tensor:
    return torch.from_numpy(stretch.forward(x.cpu().numpy()).clip(0, 1))


# ---------------------------------------------------------------- the cache


def _read(path: Path) -> dict[int, FloatArray]:
    """What is kept, by seed; nothing when the file is missing or damaged."""
    try:
        with np.load(path, allow_pickle=False) as file:
            found = {int(name): file[name] for name in file.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile):
        return {}
    return {k: v for k, v in found.items() if v.shape == (SIDE, SIDE) and v.dtype == np.float32}


def _keep(path: Path, known: dict[int, FloatArray]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as file:
            np.savez(file, **{str(k): v for k, v in known.items()})  # type: ignore[arg-type]
    except OSError:
        return  # they are made again next time
