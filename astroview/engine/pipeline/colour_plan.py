"""What to paint a frame with: network, palette code and the correction that hints ask for."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from astroview.core.colour.chroma_guide import ChromaGuide, load_guide
from astroview.core.colour.chroma_maps import ChromaMaps
from astroview.core.colour_hints import AUTO, Reference, history_lines
from astroview.core.errors import AstroviewError, ModelRejected
from astroview.core.frame import Frame
from astroview.core.models.model_card import ModelCard
from astroview.core.options import EnhanceOptions
from astroview.engine.networks import interval_heads, weights
from astroview.engine.networks.colorizer import Colorizer
from astroview.engine.networks.interval_heads import ChromaSpread
from astroview.engine.networks.regional_code import fits
from astroview.engine.pipeline import hint_spread, tile_stages
from astroview.engine.pipeline.palette_choice import palette_for
from astroview.engine.pipeline.preview import glance
from astroview.engine.runtime import cache as memos
from astroview.engine.runtime.cache import Cache


@dataclass(frozen=True)
class ColourPlan:
    """How one frame is painted.

    Attributes
    ----------
    code
        The palette code that conditions the network, of the frame or by region
        (`engine.networks.regional_code`).
    correction
        What hints add to the network's chroma, or None.
    coarse
        The painted chroma of the frame at a glance, when somebody asks for it.
    name, lines
        The palette in words, and what else belongs into the history.
    key
        What the network's answers depend on; None when that cannot be told.
    spread, factor
        The uncertainty head, if it has one and nothing was corrected by hand, and half of the
        interval in units of its scale.
    guide
        Measured chroma that it paints with.
    """

    network: Colorizer
    code: tuple[float, ...]
    correction: ChromaMaps | None
    coarse: Callable[[], ChromaMaps]
    name: str
    lines: tuple[str, ...]
    memo: Cache
    key: Hashable
    spread: ChromaSpread | None = None
    factor: float = 1.0
    guide: ChromaGuide | None = None


def brush_for(
    frame: Frame,
    card: ModelCard,
    setting: tile_stages.Setting,
    options: EnhanceOptions,
    memo: Cache,
    guide: ChromaGuide | None = None,
) -> ColourPlan:
    """Choose the palette and spread the hints; paint with measured chroma: ``guide``, or that of
    the options.

    Raises
    ------
    ModelRejected, AstroviewError
        There is no such palette; a hint or a reference makes no sense.
    """
    _check(options)
    seen = glance(frame, card, setting, memo)
    if guide is None and options.guide is not None:
        guide = load_guide(options.guide)
    if guide is not None and seen.network.guided is None:
        raise ModelRejected(
            f"{card.name} cannot paint with measured colours", hint="Choose another colorizer."
        )
    name, code = palette_for(seen, options, guide)
    correction = None
    if options.hints:
        chroma = seen.chroma(seen.maps(code, guide))
        correction = hint_spread.correct(seen.light, chroma, options.hints, seen.cell)

    def coarse() -> ChromaMaps:
        maps = seen.maps(code, guide)
        return ChromaMaps(maps.maps + correction.maps, seen.cell) if correction else maps

    lines = history_lines(options.hints)
    if options.reference:
        lines = [_reference_line(options.reference), *lines]
    if guide is not None:
        lines = [_guide_line(guide, frame.shape), *lines]
    spread = _spread(card, setting, options, memo, guide)
    known = options.palette != AUTO or options.reference is not None
    return ColourPlan(
        *(seen.network, code, correction, coarse, name, tuple(lines), memo),
        memos.key(seen.key, "tile", code, spread is not None, guide and guide.fingerprint),
        spread,
        interval_heads.factor(card, _kind(known, guide), 0.0) if spread else 1.0,
        guide,
    )


def _kind(known: bool, guide: ChromaGuide | None) -> str:
    """For which errors a head's intervals were measured."""
    if guide is not None:
        return interval_heads.GUIDED
    return "palette" if known else "auto"


def _spread(
    card: ModelCard,
    setting: tile_stages.Setting,
    options: EnhanceOptions,
    memo: Cache,
    guide: ChromaGuide | None,
) -> ChromaSpread | None:
    """The head, where the card has one and no hint has its say; of measured chroma where that
    covers the frame.
    """
    if not card.uncertainty or not options.uncertainty or options.hints:
        return None
    if guide is not None and interval_heads.GUIDED not in card.uncertainty["factors"]:
        return None
    key = ("spread", card.sha256, str(setting.device))
    return memo.recall(key, lambda: weights.load_spread(card, setting.device))


def _check(options: EnhanceOptions) -> None:
    numbers = [n for h in options.hints for n in (h.x, h.y, h.a, h.b, h.radius)]
    if options.reference:
        numbers += options.reference.code
        if not fits(options.reference.code):
            raise AstroviewError(
                f"the palette of {options.reference.name} is not one that this version knows",
                hint="Choose the picture again.",
            )
    if not all(math.isfinite(n) for n in numbers):
        raise AstroviewError(
            "a colour hint or palette holds numbers that are none",
            hint="Delete the hints of this frame and set them again.",
        )


def _guide_line(guide: ChromaGuide, shape: tuple[int, int]) -> str:
    return (
        f"colours measured by {guide.name}: {guide.covers(shape):.0%} of the frame, at "
        f"{max(guide.cell):.3g} of its pixels"
    )


def _reference_line(reference: Reference) -> str:
    return f"palette taken from the picture {reference.name}, sha256 {reference.sha256}"
