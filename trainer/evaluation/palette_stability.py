"""How often the automatic palette changes when only the frame does, not the object.

Held-out pictures are made grey, then mirrored, turned, cut out or darkened; a palette that is the
object's own stays. Beside the choice as it is made now stands the likeliest palette of one look
at the frame as it lies, which is how it was made before.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from astroview.core.colour import colour_space
from astroview.core.frame import ArraySource, Frame
from astroview.core.models.model_card import ModelCard, read_card
from astroview.core.options import EnhanceOptions
from astroview.engine.pipeline.enhance_plan import setting_for
from astroview.engine.pipeline.palette_choice import offers
from astroview.engine.pipeline.preview import Preview, glance
from astroview.engine.runtime.cache import Cache
from trainer.config import DataConfig
from trainer.data.pictures import load, split
from trainer.evaluation.request import spread
from trainer.tasks.colour_samples import small_picture
from trainer.tasks.colour_task import ranking

Grey = NDArray[np.float32]
Change = Callable[[Grey], Grey]
SIDE = 384  # pixels
LEVELS = np.float32(255)  # of a picture that was darkened and saved again


def cutout(share: float, down: float, right: float) -> Change:
    """A part of so much of each side, so far from the top left corner (0..1) to the other."""

    def cut(u: Grey) -> Grey:
        height, width = (round(n * share) for n in u.shape)
        y, x = round((u.shape[0] - height) * down), round((u.shape[1] - width) * right)
        return u[y : y + height, x : x + width]

    return cut


CHANGES: dict[str, Change] = {
    "mirror": lambda u: u[:, ::-1],
    "quarter turn": np.rot90,
    "cutout, 85 % of each side": cutout(0.85, 0.7, 0.3),
    "cutout, 70 % of each side": cutout(0.7, 0.3, 0.6),
    "brightness times 0.7": lambda u: np.round(u * np.float32(0.7) * LEVELS) / LEVELS,
}


def stability(
    model: Path, data: Path, pictures: int, tick: Callable[[int, int], None]
) -> dict[str, tuple[int, int, int]]:
    """Of so many pictures (the last number), how many change their palette before and now."""
    card = read_card(model)
    _, held = split(load(data), DataConfig().held_out)
    chosen = spread(held, pictures)
    counts, memo = {name: [0, 0] for name in CHANGES}, Cache()
    for i, picture in enumerate(chosen):
        u = colour_space.grey(small_picture(picture.rgb, SIDE)[0].permute(1, 2, 0).numpy())
        first = _palettes(card, u, memo)
        for name, change in CHANGES.items():
            changed = _palettes(card, np.ascontiguousarray(change(u)), memo)
            for k in (0, 1):
                counts[name][k] += changed[k] != first[k]
        tick(i + 1, len(chosen))
    return {name: (before, now, len(chosen)) for name, (before, now) in counts.items()}


def as_table(found: dict[str, tuple[int, int, int]]) -> str:
    """Markdown."""
    lines = ["| the same object, but | before | now |", "|---|---|---|"]
    lines += [f"| {name} | {b} of {n} | {now} of {n} |" for name, (b, now, n) in found.items()]
    return "\n".join(lines)


@torch.inference_mode()
def _palettes(card: ModelCard, u: Grey, memo: Cache) -> tuple[str, str]:
    """The automatic palette of grey u (H, W) in 0..1: before, and now."""
    shape, options = (u.shape[0], u.shape[1]), EnhanceOptions(device="cpu", superres=None)
    frame = Frame("picture", shape, 1, "display", ArraySource(u), 1.0)
    seen = glance(frame, card, setting_for(frame, options), memo)
    return _as_it_lies(seen, u), offers(seen, options)[0][0].name


def _as_it_lies(seen: Preview, u: Grey) -> str:
    light = torch.from_numpy(colour_space.lightness(u))[None, None]
    return seen.card.palettes[ranking(seen.network, light, seen.known())[0]].name
