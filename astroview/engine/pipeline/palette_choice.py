"""Which palette a frame is painted under: the one asked for, that of a reference picture, the
likeliest, or those that come nearest to hints.
"""

from __future__ import annotations

import math

import numpy as np

from astroview.core.colour.chroma_guide import ChromaGuide
from astroview.core.colour_hints import AUTO, Hint
from astroview.core.models.model_card import Palette
from astroview.core.options import EnhanceOptions
from astroview.engine.pipeline.guide_planes import measured_code
from astroview.engine.pipeline.preview import Preview

Code = tuple[float, ...]

CANDIDATES = 8  # palettes that are tried against each hint
LIKELY = 0.002  # Oklab chroma that a palette may be off by for e times the likelihood
MIXED = 0.006  # Oklab chroma by which a palette must be nearer for e times the share
PARTS = 8  # that palettes are mixed of


def palette_for(
    seen: Preview, options: EnhanceOptions, guide: ChromaGuide | None = None
) -> tuple[str, Code]:
    """The palette in words, and its code: where nobody chose one, that of measured chroma.

    Raises
    ------
    ModelRejected
        The colorizer has no palette of that name.
    """
    if options.reference:
        return f"of {options.reference.name}", options.reference.code
    if options.palette != AUTO:
        chosen = seen.card.palette(options.palette)
        return chosen.name, chosen.code
    if guide is not None and (read := measured_code(guide, seen.light, seen.cell[0])):
        return f"measured by {guide.name}", read
    order = seen.ranking()
    if options.hints:
        return _mixed(seen, order, options.hints)
    return seen.card.palettes[order[0]].name, seen.card.palettes[order[0]].code


def _mixed(seen: Preview, order: list[int], wanted: tuple[Hint, ...]) -> tuple[str, Code]:
    """The likely palettes that come near to the hints, mixed: the nearer, the more of it.

    Shares are whole parts, so that a hint that is moved a little changes nothing: what the
    network said is still true.
    """
    # One hint may mislead: it chooses among likely palettes, several among all.
    tried = [seen.card.palettes[k] for k in order[: CANDIDATES * len(wanted)]]
    costs = np.array([_off(seen, p, wanted) + LIKELY * rank for rank, p in enumerate(tried)])
    share = np.exp((costs.min() - costs) / MIXED)
    parts = np.round(PARTS * share / share.sum())
    if not parts.any():
        parts[np.argmin(costs)] = 1
    code = parts @ np.array([palette.code for palette in tried]) / parts.sum()
    taken = [k for k in np.argsort(-parts, kind="stable") if parts[k]]
    names = [f"{parts[k]:.0f}/{parts.sum():.0f} {tried[k].name}" for k in taken]
    name = " + ".join(names) if len(taken) > 1 else tried[taken[0]].name
    return name, tuple(float(number) for number in code)


def _off(seen: Preview, palette: Palette, wanted: tuple[Hint, ...]) -> float:
    """Mean distance of what the network paints under a palette from the hints, in Oklab."""
    chroma = seen.chroma(seen.maps(palette.code))
    return sum(math.dist(chroma[_cell(h, seen)], (h.a, h.b)) for h in wanted) / len(wanted)


def _cell(hint: Hint, seen: Preview) -> tuple[int, int]:
    place = (int(hint.y / seen.cell[0]), int(hint.x / seen.cell[1]))
    return (
        min(max(place[0], 0), seen.light.shape[0] - 1),
        min(max(place[1], 0), seen.light.shape[1] - 1),
    )
