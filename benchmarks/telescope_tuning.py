"""A super-resolver tuned on one telescope's frames, beside its parent, where the truth is known:
``python -m benchmarks.telescope_tuning wide|sharp|deep|resampled|trailed [--steps N] [--control]``.

A telescope takes FITS frames of simulated skies, with optics, noise and unit that no bundled model
learnt from; ``astroview train`` tunes on them as on anybody's. Both models then sharpen other
frames of that telescope, of seeds that nothing else uses, and are compared with the sky. Beside
them stands what no answer can pass that keeps the flux of every pixel, its noise and all: the sky
itself, with each pixel's noise spread evenly over it.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from astropy.io import fits
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from astroview.core.frame import Frame
from astroview.core.messages.train_messages import DataRead, Verdict
from astroview.core.models.model_card import ModelCard, default_shelf, read_card
from trainer.data import telescope_model
from trainer.data.exposures import Exposure
from trainer.evaluation.sky_scores import score
from trainer.evaluation.superres_rivals import Bicubic, Network, Restored, Restorer
from trainer.finetune.linear_scores import together
from trainer.loop.run_folder import RunFolder
from trainer.simulate import random_scene
from trainer.simulate.optics import Optics

Means = dict[str, float]
FloatArray = NDArray[np.float32]
FRAMES, JUDGED = range(630_000, 630_010), range(640_000, 640_024)
SIDE, SCALE = 192, 2  # coarse pixels of a frame
FIGURES = ("linear", "kept", "free", "width", "width, free", "shift", "flux", "complete")


@dataclass(frozen=True)
class Setting:
    """A telescope; lengths in fine pixels, electrons of a coarse pixel."""

    optics: Optics
    sky: float
    read: float
    share: float
    gain: float
    depth: float
    trail: int = 0  # pixels along rows that it follows the sky too slowly by


SETTINGS = {
    # Long seeing, well sampled, resampled noise: a small telescope under a bright sky.
    "wide": Setting(Optics(4.6, 2.4, 1.6, aureole=0.01), 900.0, 9.0, 0.35, 1.7, 0.6),
    # Sharp and undersampled, loud read-out: a wide-field camera.
    "sharp": Setting(Optics(0.5, 3.0, 1.0, vanes=3, aureole=0.002), 60.0, 14.0, 0.0, 0.8, 0.15),
    # The same on a dark site and cooled, ten times as deep.
    "deep": Setting(Optics(0.5, 3.0, 1.0, vanes=3, aureole=0.002), 20.0, 3.0, 0.0, 0.8, 1.5),
    # Undersampled through some air, resampled onto the same pixels: neighbours share their noise.
    "resampled": Setting(Optics(1.1, 2.4, 1.0, vanes=4, aureole=0.004), 40.0, 5.0, 0.5, 2.2, 1.0),
    # Long exposures that follow the sky badly: stars are lines.
    "trailed": Setting(Optics(0.8, 3.0, 1.0, vanes=0, aureole=0.002), 20.0, 3.0, 0.0, 0.8, 3.0, 7),
}


def take(setting: Setting, seed: int) -> Exposure:
    """One frame of a telescope, in its unit, and the truth."""
    side = SIDE * SCALE
    drawn = random_scene(seed, side, side, optics=setting.optics)
    sky = drawn.electrons[..., seed % 3] * setting.depth
    fine = torch.from_numpy(np.ascontiguousarray(trailed(sky, setting.trail)))
    clean = telescope_model.integrate(fine[None, None], SCALE)
    generator = torch.Generator().manual_seed(seed)
    level, read = torch.tensor([setting.sky]), torch.tensor([setting.read])
    seen = telescope_model.expose(clean, level, read, generator)
    if setting.share:
        seen = clean + telescope_model.correlate(seen - clean, setting.share)
    noise = (clean.clamp_min(0) + setting.sky + setting.read**2).sqrt()
    gain = np.float32(setting.gain)
    return Exposure(
        f"{drawn.kind} {seed}",
        np.asarray(seen[0, 0].numpy() / gain, np.float32),
        fine.numpy() * (np.float32(SCALE**2) / gain),
        np.asarray(noise[0, 0].numpy() / gain, np.float32),
        simulated=True,
    )


def trailed(x_HW: FloatArray, length: int) -> FloatArray:
    """A picture as it is where rows moved by so many pixels meanwhile."""
    return np.asarray(uniform_filter1d(x_HW, max(length, 1), axis=1), np.float32)


def write(exposure: Exposure, setting: Setting, file: Path) -> None:
    """As a camera writes it: above a sky, with its gain."""
    hdu = fits.PrimaryHDU((exposure.seen + setting.sky / setting.gain).astype(np.float32)[::-1])
    hdu.header.update({"BUNIT": "adu", "GAIN": setting.gain, "OBJECT": exposure.name})
    hdu.writeto(file, overwrite=True)


def tuned(frames: Path, run: Path, steps: int, control: bool) -> tuple[ModelCard, bool, str]:
    """Tune on a folder of frames; the model, whether to keep it, and the headline."""
    command = [sys.executable, "-m", "astroview", "train", "--model", "superres-x2"]
    command += ["--data", str(frames), "--folder", str(run), "--steps", str(steps)]
    command += ["--patience", "0", "--held-out", "0.3", *(["--control"] if control else [])]
    subprocess.run(command, check=True, stdout=sys.stderr)
    events = list(RunFolder(run).events())
    said = next(e for e in events if isinstance(e, Verdict))
    read = next(e for e in events if isinstance(e, DataRead))
    for line in (*said.reasons, *read.notes):
        print("   ", line)
    return read_card(run / "model"), said.keep, said.headline


def row(ways: Callable[[Exposure], tuple[Restorer, Restorer]], judged: list[Exposure]) -> Means:
    """Means over frames, each scored with the flux kept and with the noise left out."""
    rows: list[Means] = []
    for exposure in judged:
        kept, free = (score(who, exposure) for who in ways(exposure))
        alone = together(free, free)
        rows.append(together(kept, free))
        if "width" in alone:
            rows[-1]["width, free"] = alone["width"]
    return {key: float(np.mean([r[key] for r in rows if key in r])) for key in FIGURES}


class Unbeatable:
    """The sky with an exposure's noise, which nothing can tell from light."""

    name = key = "the sky and the noise"

    def __init__(self, exposure: Exposure) -> None:
        truth = exposure.truth
        height, width = exposure.seen.shape
        means = truth.reshape(height, SCALE, width, SCALE).mean((1, 3))
        noise = (exposure.seen - means).repeat(SCALE, 0).repeat(SCALE, 1)
        self._samples = (truth + noise).astype(np.float32)

    def restore(self, frame: Frame, scale: int) -> Restored:
        """What is known already."""
        return Restored(self._samples, None, 0.0)


def main() -> int:
    """Run it and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("setting", choices=sorted(SETTINGS))
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--control", action="store_true")
    parser.add_argument("--out", type=Path, default=Path("runs"))
    chosen = parser.parse_args()
    setting = SETTINGS[chosen.setting]
    name = chosen.setting + ("-control" if chosen.control else "")
    frames = chosen.out / f"{chosen.setting}-frames"
    frames.mkdir(parents=True, exist_ok=True)
    for seed in FRAMES:
        file = frames / f"field{seed}.fits"
        if not file.is_file():
            write(take(setting, seed), setting, file)
    model, keep, headline = tuned(frames, chosen.out / name, chosen.steps, chosen.control)
    judged = [take(setting, seed) for seed in JUDGED]
    base = default_shelf().card("superres-x2")
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime / 60
    who: dict[str, Callable[[Exposure], tuple[Restorer, Restorer]]] = {
        "bicubic": lambda _: (Bicubic(), Bicubic()),
        "parent": lambda _: (Network(base), Network(base, "denoise")),
        "tuned": lambda _: (Network(model), Network(model, "denoise")),
        "at most, flux kept": lambda e: (Unbeatable(e), Unbeatable(e)),
    }
    print(f"{name}, {chosen.steps} steps, {spent:.1f} CPU minutes:", end=" ")
    print(f"{'kept' if keep else 'not kept'}. {headline}")
    print("| |", " | ".join(FIGURES), "|")
    print("|---" * (len(FIGURES) + 1) + "|")
    for called, ways in who.items():
        found = row(ways, judged)
        print(f"| {called} |", " | ".join(f"{found[key]:.3f}" for key in FIGURES), "|")
    return 0


if __name__ == "__main__":
    sys.exit(main())
