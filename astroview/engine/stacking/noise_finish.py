"""The bundled network as the last step of a stack: the noise that is left is left out.

It is told the stack's own noise, and what it proposes is the beginning of one more round of the
likelihood, so that all frames' pixels are explained within their noise (decision 35).
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from astroview.core.frame import ArraySource, Frame
from astroview.core.models.model_card import default_shelf
from astroview.core.options import EnhanceOptions
from astroview.core.provenance import NOISE_FREE, models_named
from astroview.engine.runtime import scratch_arrays
from astroview.engine.stacking.stack_choices import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from astroview.engine.stacking.tile_pieces import FineTile

    Samples = NDArray[np.float32]

MODEL, SCALE = "superres-x2", 2
STEP = "leaving noise out"  # of the progress
_FOLDER = "noise-free"


@dataclass(frozen=True, eq=False)
class Proposal:
    """What the network makes of a stack: samples (2 n, 2 m), twice as fine as the stack's.

    ``line`` says so, for the history; "" where no noise could be measured and none was left out.
    """

    samples: Samples
    line: str

    def window(self, tile: FineTile) -> Samples:
        """Samples (n, m) of a tile with its margin, in native units; beyond the grid its edge."""
        h, fine = SCALE, [n // SCALE for n in self.samples.shape]
        first = (tile.core.y - tile.pad, tile.core.x - tile.pad)
        low = [max(0, at) for at in first]
        high = [min(n, at + long) for n, at, long in zip(fine, first, tile.shape, strict=True)]
        part = np.asarray(self.samples[low[0] * h : high[0] * h, low[1] * h : high[1] * h])
        means = part.reshape(high[0] - low[0], h, high[1] - low[1], h).mean((1, 3))
        around = [
            (begin - at, at + long - end)
            for at, begin, end, long in zip(first, low, high, tile.shape, strict=True)
        ]
        return np.pad(means, around, mode="edge").astype(np.float32)


def propose(samples: Samples, unit: str, folder: Path, progress: Progress) -> Proposal:
    """Enhance a stack's samples (sH, sW), means, with their noise left out.

    Scratch files go to ``folder``. Raises what `enhance` raises.
    """
    from astroview.engine.pipeline.enhance import enhance_to

    frame = Frame(
        "stack", (samples.shape[0], samples.shape[1]), 1, "linear", ArraySource(samples), None, unit
    )
    options = EnhanceOptions(colorizer=None, superres=MODEL, denoise=True, uncertainty=False)

    def hook(done: int, of: int, note: str = "") -> None:  # noqa: ARG001 - one step here
        progress(done, of, STEP)

    made = enhance_to(frame, options, folder / _FOLDER, default_shelf(), hook)
    (model, sha256), *_ = models_named(made.history)
    told = any(NOISE_FREE in line for line in made.history)
    line = (
        f"{NOISE_FREE}: model {model}, sha256 {sha256}, told the stack's noise; then one round of"
        " the likelihood, so that all frames' pixels are explained"
    )
    fine = scratch_arrays.kept(folder / _FOLDER / "source.npy")
    return Proposal(fine, line if told else "")


def forget(folder: Path) -> None:
    """Give the scratch of a proposal back."""
    shutil.rmtree(folder / _FOLDER, ignore_errors=True)
