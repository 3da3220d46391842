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
from astroview.engine.pipeline.colour_plan import correction_for, finished_maps, gain_for
from astroview.engine.pipeline.enhance_plan import choose, setting_for
from astroview.engine.pipeline.palette_choice import by_name, offers
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
    for palette in offers(seen, options, count)[0]:
        gain = gain_for(by_name(palette), options)
        chroma = seen.chroma(finished_maps(seen, palette.code, gain))
        if options.hints:
            more = correction_for(seen, palette.code, gain, options.hints)
            chroma = chroma + seen.chroma(more)
        yield palette.name, colour_space.painted8(seen.light, chroma)
