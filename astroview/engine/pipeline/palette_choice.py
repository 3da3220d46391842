"""Which palette a frame is painted under: the one asked for, that of a reference picture, what
befits the object, the likeliest, or those that come nearest to hints.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import torch

from astroview.core.colour.chroma_guide import ChromaGuide
from astroview.core.colour_hints import AUTO, Hint
from astroview.core.models.model_card import ModelCard, Palette
from astroview.core.models.palette_bank import bank_of, kind_in, source_of
from astroview.core.models.palette_set import PaletteSet, is_likeness, palette_shelf
from astroview.core.options import EnhanceOptions
from astroview.core.sky.object_kinds import Kind, kind_of
from astroview.core.texts import Text
from astroview.engine.networks.palette_code import OFFERED, rank_palettes
from astroview.engine.networks.regional_code import from_numbers, of_whole, to_numbers
from astroview.engine.pipeline import palette_retrieval as retrieval
from astroview.engine.pipeline import survey_palettes, tone_match
from astroview.engine.pipeline.guide_planes import measured_code
from astroview.engine.pipeline.palette_retrieval import Bank
from astroview.engine.pipeline.preview import Preview
from astroview.engine.runtime.cache import Cache

Code = tuple[float, ...]

CANDIDATES = 8  # palettes that are tried against each hint
LIKELY = 0.002  # Oklab chroma that a palette may be off by for e times the likelihood
MIXED = 0.006  # Oklab chroma by which a palette must be nearer for e times the share
PARTS = 8  # that palettes are mixed of
# The network paints .7 of the truth's colourfulness under the truth's palette (docs/models.md).
USUAL, AS_SEEN = 1.15, 1.0
OBEYED = 1.1  # what is left to the truth's colourfulness where tones are brought to the palette's
SURE = 4.5  # e-folds by which a palette must be likelier than the usual one


@dataclass(frozen=True)
class Choice:
    """A palette in words, its code, and how it was chosen.

    ``known`` by who asked for it. ``gain`` is what the network's chroma is multiplied by at
    vividness 1. ``obeyed``: tones are brought to its own (see `engine.pipeline.tone_match`).
    """

    name: str
    code: Code
    why: str
    known: bool = False
    gain: float = AS_SEEN
    obeyed: bool = False


def palette_for(seen: Preview, options: EnhanceOptions, guide: ChromaGuide | None = None) -> Choice:
    """The palette that a frame is painted under: where nobody chose one, that of measured chroma.

    Raises
    ------
    ModelRejected
        The colorizer has no palette of that name.
    """
    if options.reference:
        return of_picture(f"of {options.reference.name}", options.reference.code)
    bank = bank_for(seen.card, seen.memo)
    if options.palette != AUTO:
        return _asked_for(seen, bank, options.palette)
    if guide is not None and (read := measured_code(guide, seen.light, seen.cell[0])):
        return Choice(Text("measured by {name}", name=guide.name), read, "measured")
    found, why = offers(seen, options)
    if options.hints:
        return _mixed(seen, found, options.hints)
    return replace(by_name(found[0]), why=why, known=False)


def _asked_for(seen: Preview, bank: Bank | None, name: str) -> Choice:
    """The palette of that name: the model's, or of a set of the user's."""
    survey = set_for(seen.card, name)
    if survey is None:
        return by_name(named(seen.card, bank, name))
    if name != survey.name:
        return by_name(survey_palettes.palette_in(survey, name, seen.memo))
    found = survey_palettes.offers_of(survey, seen, 1)[0]
    return replace(by_name(found), why="of those the one that fits the frame best")


def set_for(card: ModelCard, palette: str) -> PaletteSet | None:
    """The user's set that a palette's name is of; None where it is the model's own."""
    if palette == AUTO or palette in {p.name for p in card.palettes}:
        return None
    return palette_shelf().holding(palette)


def of_picture(name: str, code: Code) -> Choice:
    """The palette of a picture that somebody chose."""
    whole = tone_match.fits(code)
    gain = OBEYED if whole else USUAL
    return Choice(name, code, "taken from a picture", known=True, gain=gain, obeyed=whole)


def by_name(palette: Palette) -> Choice:
    """A palette that was chosen by its name. One of a picture that only looks like the frame may
    be far off, and is not made more vivid.
    """
    gain = AS_SEEN if is_likeness(palette.name) else USUAL
    return Choice(palette.name, palette.code, "by name", known=True, gain=gain)


def named(card: ModelCard, bank: Bank | None, name: str) -> Palette:
    """The palette of that name, of the card or of its bank. Raises ModelRejected."""
    found = bank.named(name) if bank and name not in {p.name for p in card.palettes} else None
    return found or card.palette(name)


def bank_for(card: ModelCard, memo: Cache) -> Bank | None:
    """The bank of a model; None when it has none for these weights."""
    path = bank_of(card)
    if path is None:
        return None
    return memo.recall(("bank", card.sha256), lambda: retrieval.read_bank(path))


def offers(
    seen: Preview, options: EnhanceOptions, count: int = OFFERED
) -> tuple[tuple[Palette, ...], str]:
    """The palettes that a frame is offered, the automatic one first, and how that was chosen.

    They depend on the frame's contents and header alone: the same frame, mirrored or not, is
    offered the same.
    """
    if survey := set_for(seen.card, options.palette):
        return survey_palettes.offers_of(survey, seen, count), f"like pictures of {survey.name}"
    bank, ranked = bank_for(seen.card, seen.memo), [seen.card.palettes[k] for k in seen.ranking()]
    if bank is None:
        return tuple(ranked[:count]), "the likeliest by the look of the frame"
    features, source = seen.features(), source_of(seen.frame.header)
    kind = shown_kind(seen, options)
    befits = retrieval.of_kind(bank, features, kind, source) if kind else None
    shares = retrieval.tone_shares(seen.light)
    first, why = _steady(seen, bank, ranked[0])
    if befits:
        first, why = befits, f"as befits a frame of a {kind}"
    return retrieval.offered(bank, features, source, first, shares, count), why


def _steady(seen: Preview, bank: Bank, likeliest: Palette) -> tuple[Palette, str]:
    """The likeliest palette where that is beyond doubt, else what befits most pictures: a cutout
    of a frame shall not change its colours.
    """
    mean = torch.from_numpy(bank.centre)
    usual = seen.card.palettes[rank_palettes(seen.logits(mean), seen.known())[0]]
    if likeliest == usual:
        return usual, "the usual one, which is the likeliest too"
    logits = seen.logits(torch.from_numpy(seen.features()))
    own = [k for k, p in enumerate(seen.card.palettes) if p in (likeliest, usual)]
    beyond = max(own) < len(logits) and bool((logits[own].max() - logits[own].min()) > SURE)
    if beyond or max(own) >= len(logits):
        return likeliest, "the likeliest by the look of the frame"
    return usual, "the usual one; the look of the frame speaks for no other"


def shown_kind(seen: Preview, options: EnhanceOptions) -> Kind | None:
    """What the frame shows: as the options say, or by its OBJECT card."""
    return kind_of(options.shows) if options.shows else kind_in(seen.frame.header)


def _mixed(seen: Preview, found: tuple[Palette, ...], wanted: tuple[Hint, ...]) -> Choice:
    """The offered and the likely palettes that come near to the hints, mixed: the nearer, the
    more of it. One hint leaves the palette as it is; the more there are, the more they say of it.

    Shares are whole parts, so that a hint that is moved a little changes nothing: what the
    network said is still true.
    """
    if len(wanted) == 1:
        why = "automatically; one hint speaks for its region"
        return replace(by_name(found[0]), why=why, known=False)
    ranked = [seen.card.palettes[k] for k in seen.ranking()]
    tried = [*found, *(p for p in ranked if p not in found)][: CANDIDATES * len(wanted)]
    costs = np.array([_off(seen, p, wanted) + LIKELY * rank for rank, p in enumerate(tried)])
    share = np.exp((costs.min() - costs) / MIXED)
    parts = np.round(PARTS * share / share.sum())
    if not parts.any():
        parts[np.argmin(costs)] = 1
    # Two hints say half of the palette, ten nearly all of it.
    parts[0] += np.round(parts.sum() / (len(wanted) - 1))
    code = parts @ np.array([of_frame(palette.code) for palette in tried]) / parts.sum()
    taken = [k for k in np.argsort(-parts, kind="stable") if parts[k]]
    names = [f"{parts[k]:.0f}/{parts.sum():.0f} {tried[k].name}" for k in taken]
    name = " + ".join(names) if len(taken) > 1 else tried[taken[0]].name
    return Choice(name, tuple(float(number) for number in code), "near to the hints")


def of_frame(code: Code) -> Code:
    """A code of the whole frame; of one by region the mean."""
    return to_numbers(of_whole(from_numbers(code)))


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
