"""The likeliest palettes on this very frame, as small pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import torch
from numpy.typing import NDArray

from astroview.core.colour import colour_space
from astroview.core.errors import ModelRejected
from astroview.core.frame import Frame
from astroview.core.models.model_card import ModelShelf, Palette
from astroview.core.models.palette_set import PaletteSet
from astroview.core.options import EnhanceOptions
from astroview.core.texts import Text
from astroview.engine.pipeline.colour_plan import correction_for, finished_maps, gain_for
from astroview.engine.pipeline.enhance_plan import choose, setting_for
from astroview.engine.pipeline.palette_choice import by_name, offers
from astroview.engine.pipeline.preview import Preview, glance
from astroview.engine.pipeline.survey_palettes import offers_of
from astroview.engine.runtime.cache import Cache

Small = NDArray[np.uint8]


@torch.inference_mode()
def variations(
    frame: Frame, options: EnhanceOptions, shelf: ModelShelf, count: int, memo: Cache
) -> Iterator[tuple[str, Small]]:
    """Names of the likeliest palettes, best first, and the frame in them with the hints of the
    options: sRGB (h, w, 3) of a few hundred pixels a side.

    Raises
    ------
    ModelRejected
        There is no colorizer for this frame.
    """
    seen = _seen(frame, options, shelf, memo)
    yield from _painted(seen, offers(seen, options, count)[0], options)


@torch.inference_mode()
def in_set(
    frame: Frame, chosen: PaletteSet, shelf: ModelShelf, count: int, memo: Cache
) -> Iterator[tuple[str, Small]]:
    """The frame in grey, called "", and in palettes of a set that may be on no shelf.

    Raises
    ------
    ModelRejected
        There is no colorizer for this frame.
    """
    options = EnhanceOptions(device="cpu", superres=None)
    seen = _seen(frame, options, shelf, memo)
    yield "", colour_space.painted8(seen.light, np.zeros((*seen.light.shape, 2), np.float32))
    yield from _painted(seen, offers_of(chosen, seen, count), options)


def _seen(frame: Frame, options: EnhanceOptions, shelf: ModelShelf, memo: Cache) -> Preview:
    card = choose(frame, options, shelf).colorizer
    if card is None:
        raise ModelRejected(
            Text("{name} has colours of its own", name=frame.name), hint="Open a grey frame."
        )
    return glance(frame, card, setting_for(frame, options), memo)


def _painted(
    seen: Preview, palettes: Iterable[Palette], options: EnhanceOptions
) -> Iterator[tuple[str, Small]]:
    for palette in palettes:
        gain = gain_for(by_name(palette), options)
        chroma = seen.chroma(finished_maps(seen, palette.code, gain))
        if options.hints:
            more = correction_for(seen, palette.code, gain, options.hints)
            chroma = chroma + seen.chroma(more)
        yield palette.name, colour_space.painted8(seen.light, chroma)
