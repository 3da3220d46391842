"""What colour hints are worth: held-out pictures made grey, hinted at a few places by their own
true colours, painted, and compared with the truth.

Pictures are reduced to 256 pixels at most. Hints stand at random places, bright ones more often
(by the square of lightness), with the mean true chroma of a disc of 3 pixels. The palette is the
automatic one, which heeds the hints.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from astroview.core.colour import colour_space
from astroview.core.colour.chroma_maps import centres
from astroview.core.colour_hints import Hint
from astroview.core.frame import ArraySource, Frame
from astroview.core.models.model_card import ModelCard
from astroview.core.options import EnhanceOptions
from astroview.engine.pipeline.colour_plan import brush_for
from astroview.engine.pipeline.enhance_plan import setting_for
from astroview.engine.pipeline.preview import SIDE
from astroview.engine.runtime.cache import Cache
from trainer import metrics
from trainer.data.pictures import Picture

COUNTS = (0, 1, 3, 10)
RADIUS = 3


@torch.inference_mode()
def score(
    picture: Picture, folder: Path, card: ModelCard, seed: int, counts: Sequence[int] = COUNTS
) -> dict[str, dict[str, float]]:
    """PSNR and |Δab| of one picture of a folder for each number of hints; ``seed`` places them."""
    image = Image.fromarray(picture.rgb)
    image.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    rgb = np.asarray(image, np.float32) / 255
    lab = colour_space.srgb_to_oklab(np.asarray(rgb, np.float32))
    light, truth = np.ascontiguousarray(lab[..., 0]), lab[..., 1:]
    grey = ArraySource(colour_space.encode_srgb(light**3))
    height, width = light.shape
    path = folder / picture.name
    frame = Frame(picture.name, (height, width), 1, "display", grey, 1.0, path=path)
    plain = EnhanceOptions(device="cpu", superres=None)
    setting, memo = setting_for(frame, plain), Cache()
    found: dict[str, dict[str, float]] = {}
    for count in counts:
        hints = _hints(light, truth, count, np.random.default_rng((seed, count)))
        brush = brush_for(frame, card, setting, replace(plain, hints=hints), memo)
        chroma = brush.coarse().at(centres(0, height), centres(0, width), light)
        fitted = colour_space.fit_gamut(light, chroma)
        made = colour_space.oklab_to_srgb(np.concatenate([light[..., None], fitted], -1))
        y, x = _tensor(np.clip(made, 0, 1)), _tensor(rgb)
        found[str(count)] = {"psnr": metrics.psnr(y, x), "dab": metrics.chroma_error(y, x)}
    return found


def _hints(
    light: NDArray[np.float32], truth: NDArray[np.float32], count: int, rng: np.random.Generator
) -> tuple[Hint, ...]:
    share = light.ravel().astype(np.float64) ** 2 + 1e-6
    places = rng.choice(light.size, count, replace=False, p=share / share.sum())
    made: list[Hint] = []
    for y, x in (divmod(int(place), light.shape[1]) for place in places):
        disc = truth[max(0, y - RADIUS) : y + RADIUS + 1, max(0, x - RADIUS) : x + RADIUS + 1]
        a, b = disc.reshape(-1, 2).mean(0)
        made.append(Hint(x + 0.5, y + 0.5, float(a), float(b), RADIUS))
    return tuple(made)


def _tensor(rgb: NDArray[np.floating]) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(rgb)).permute(2, 0, 1)[None]
