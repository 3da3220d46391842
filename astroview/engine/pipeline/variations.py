"""The likeliest palettes on this very frame, as small pictures."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray

from astroview.core.colour import colour_space
from astroview.core.errors import ModelRejected
from astroview.core.frame import Frame
from astroview.core.models.model_card import ModelShelf
from astroview.core.options import EnhanceOptions
from astroview.engine.pipeline import hint_spread
from astroview.engine.pipeline.enhance_plan import choose, setting_for
from astroview.engine.pipeline.preview import glance
from astroview.engine.runtime.cache import Cache


@torch.inference_mode()
def variations(
    frame: Frame, options: EnhanceOptions, shelf: ModelShelf, count: int, memo: Cache
) -> Iterator[tuple[str, NDArray[np.uint8]]]:
    """Names of the likeliest palettes, best first, and the frame in them with the hints of the
    options: sRGB (h, w, 3) of a few hundred pixels a side.

    Raises
    ------
    ModelRejected
        There is no colorizer for this frame.
    """
    card = choose(frame, options, shelf).colorizer
    if card is None:
        raise ModelRejected(f"{frame.name} has colours of its own", hint="Open a grey frame.")
    seen = glance(frame, card, setting_for(frame, options), memo)
    for k in seen.ranking()[:count]:
        palette = card.palettes[k]
        chroma = seen.chroma(seen.maps(palette.code))
        if options.hints:
            more = hint_spread.correct(seen.light, chroma, options.hints, seen.cell)
            chroma = chroma + seen.chroma(more)
        fitted = colour_space.fit_gamut(seen.light, chroma)
        lab = np.concatenate([seen.light[..., None], fitted], -1)
        rgb = np.clip(colour_space.oklab_to_srgb(lab), 0, 1)
        yield palette.name, (rgb * 255 + 0.5).astype(np.uint8)
