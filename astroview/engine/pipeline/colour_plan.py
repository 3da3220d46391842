"""What to paint a frame with: network, palette code and the correction that hints ask for."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from astroview.core import tiles
from astroview.core.colour.chroma_guide import ChromaGuide, load_guide
from astroview.core.colour.chroma_maps import ChromaMaps, centres
from astroview.core.colour_hints import Hint, Reference, history_lines
from astroview.core.errors import AstroviewError, ModelRejected
from astroview.core.frame import Frame
from astroview.core.models.model_card import ModelCard
from astroview.core.options import EnhanceOptions
from astroview.core.sky.sky_noise import SkyNoise
from astroview.core.texts import Text
from astroview.engine.networks import interval_heads, weights
from astroview.engine.networks.colorizer import Colorizer
from astroview.engine.networks.interval_heads import ChromaSpread
from astroview.engine.networks.regional_code import fits
from astroview.engine.pipeline import hint_spread, tile_stages
from astroview.engine.pipeline import sky_fade as presence
from astroview.engine.pipeline.measured_colour import measured_lines
from astroview.engine.pipeline.palette_choice import Choice, palette_for
from astroview.engine.pipeline.preview import Preview, glance
from astroview.engine.pipeline.tone_match import ToneMatch, tone_match
from astroview.engine.runtime import cache as memos
from astroview.engine.runtime.cache import Cache

FloatArray = NDArray[np.float32]

MOST = 3.0  # vividness


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
    gain
        What the network's chroma is multiplied by.
    sky
        Where the frame is within the noise of it colour fades; None: nowhere.
    match
        What brings tones to the palette's; None: they stay as painted.
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
    gain: float = 1.0
    sky: SkyNoise | None = None
    match: ToneMatch | None = None

    def finished(
        self, frame: Frame, tile: tiles.Tile, chroma: FloatArray, light: FloatArray, scale: int
    ) -> FloatArray:
        """Chroma of a tile's core, (sh, sw, 2), as the network said it, made that of the result:
        in the palette's tones, vivid as wished, none on empty sky, corrected by the hints.
        """
        if self.match is not None:
            chroma = self.match.of(chroma, light)
        chroma = chroma * np.float32(self.gain)
        core = tile.core
        y = centres(core.y * scale, core.height * scale, scale)
        x = centres(core.x * scale, core.width * scale, scale)
        if self.sky is not None:
            present = presence.of_tile(frame, self.sky, tile, scale)
            chroma *= _faded(present, self.guide, y, x)[..., None]
        if self.correction:
            chroma = chroma + self.correction.at(y, x, light)
        return chroma


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
            Text("{name} cannot paint with measured colours", name=card.name),
            hint="Choose another colorizer.",
        )
    choice = palette_for(seen, options, guide)
    code, gain = choice.code, gain_for(choice, options)
    sky = presence.sky_for(frame, memo)
    match = match_for(seen, choice, guide)
    hints, correction = options.hints, None
    if hints:
        correction = correction_for(seen, code, gain, hints, guide, match)

    def coarse() -> ChromaMaps:
        maps = finished_maps(seen, code, gain, guide, match)
        return ChromaMaps(maps.maps + correction.maps, seen.cell) if correction else maps

    lines = _lines(choice, options, gain, sky, guide)
    if guide is not None:
        lines = [*measured_lines(guide, frame.shape), *lines]
    spread = _spread(card, setting, options, memo, guide)
    kind = _kind(choice.known, guide)
    wider = gain * match.widening if match else gain
    return ColourPlan(
        *(seen.network, code, correction, coarse, choice.name, tuple(lines), memo),
        memos.key(seen.key, "tile", code, spread is not None, guide and guide.fingerprint),
        spread,
        interval_heads.factor(card, kind, 0.0) * max(wider, 1.0) if spread else 1.0,
        guide,
        gain,
        sky,
        match,
    )


def _kind(known: bool, guide: ChromaGuide | None) -> str:
    """For which errors a head's intervals were measured."""
    if guide is not None:
        return interval_heads.GUIDED
    return "palette" if known else "auto"


def gain_for(choice: Choice, options: EnhanceOptions) -> float:
    """What chroma is multiplied by under a palette."""
    return choice.gain * options.vividness


def match_for(seen: Preview, choice: Choice, guide: ChromaGuide | None = None) -> ToneMatch | None:
    """What brings the tones of a frame to a palette that is obeyed."""
    if not choice.obeyed or guide is not None:
        return None
    return tone_match(seen.light, seen.chroma(seen.maps(choice.code)), choice.code)


def finished_maps(
    seen: Preview,
    code: tuple[float, ...],
    gain: float,
    guide: ChromaGuide | None = None,
    match: ToneMatch | None = None,
) -> ChromaMaps:
    """What is painted on a reduced frame before hints: vivid as wished, none on empty sky."""
    maps = seen.maps(code, guide).maps
    if match is not None:
        maps = match.of_maps(maps, seen.light)
    maps = maps * np.float32(gain)
    if seen.fades and seen.present is not None:
        y, x = ((np.arange(n) + 0.5) * seen.cell[0] for n in seen.present.shape)
        maps *= _faded(seen.present, guide, y, x)[..., None]
    return ChromaMaps(maps, seen.cell)


def correction_for(
    seen: Preview,
    code: tuple[float, ...],
    gain: float,
    wanted: tuple[Hint, ...],
    guide: ChromaGuide | None = None,
    match: ToneMatch | None = None,
) -> ChromaMaps:
    """What hints add."""
    chroma = seen.chroma(finished_maps(seen, code, gain, guide, match))
    return hint_spread.correct(seen.light, chroma, wanted, seen.cell, present=seen.present)


def _lines(
    choice: Choice,
    options: EnhanceOptions,
    gain: float,
    sky: SkyNoise | None,
    guide: ChromaGuide | None,
) -> list[str]:
    """How the colours came about, for the history."""
    obeyed = "; tones brought to its own" if choice.obeyed else ""
    lines = [f"palette chosen: {choice.why}{obeyed}; chroma times {gain:.3g}"]
    if sky is not None:
        told = f"{sky.level[0]:.6g}, noise {sky.sigmas[0]:.3g} a pixel"
        where = "no colour" if guide is None else "no painted colour"
        lines.append(f"{where} within the noise of the sky (level {told})")
    if options.reference:
        lines.append(_reference_line(options.reference))
    return lines + history_lines(options.hints)


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
    hinted = [(h.x, h.y, h.a, h.b, h.radius, *chain(*h.path)) for h in options.hints]
    numbers = list(chain(*hinted))
    if options.reference:
        numbers += options.reference.code
        if not fits(options.reference.code):
            raise AstroviewError(
                Text(
                    "the palette of {name} is not one that this version knows",
                    name=options.reference.name,
                ),
                hint="Choose the picture again.",
            )
    if not all(math.isfinite(n) for n in numbers):
        raise AstroviewError(
            "a colour hint or palette holds numbers that are none",
            hint="Delete the hints of this frame and set them again.",
        )
    if not 0 <= options.vividness <= MOST:
        raise AstroviewError(
            Text("colours cannot be {vividness:g} times as vivid", vividness=options.vividness),
            hint=Text("Vividness goes from 0 (grey) to {most:g}; 1 is as usual.", most=MOST),
        )


def _faded(
    present: FloatArray, guide: ChromaGuide | None, y: NDArray[Any], x: NDArray[Any]
) -> FloatArray:
    """What chroma is multiplied by at rows y and columns x; what is measured stays."""
    if guide is None:
        return present
    valid = guide.at(y, x)[1]
    return np.asarray(valid + (1 - valid) * present, np.float32)


def _reference_line(reference: Reference) -> str:
    return f"palette taken from the picture {reference.name}, sha256 {reference.sha256}"
