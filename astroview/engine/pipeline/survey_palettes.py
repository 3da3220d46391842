"""The palettes of a folder of the user's (`core.models.palette_set`) on a frame."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from astroview.core.models.model_card import Palette
from astroview.core.models.palette_set import PaletteSet
from astroview.engine.pipeline import palette_retrieval as retrieval
from astroview.engine.pipeline.palette_retrieval import Bank
from astroview.engine.pipeline.preview import Preview
from astroview.engine.runtime.cache import Cache


def bank_of(chosen: PaletteSet, memo: Cache) -> Bank:
    """The pictures of a set. Raises ModelRejected when its file is damaged."""
    found = chosen.path.stat()
    key = ("palettes of", str(chosen.path), found.st_mtime_ns, found.st_size)
    bank = memo.recall(key, lambda: retrieval.read_bank(chosen.path))
    return replace(bank, listing=chosen.listing)


def palette_in(chosen: PaletteSet, name: str, memo: Cache) -> Palette:
    """The palette of that name, which the set has."""
    found = next((p for p in chosen.typical if p.name == name), None)
    found = found or bank_of(chosen, memo).named(name)
    assert found, name
    return found


def offers_of(chosen: PaletteSet, seen: Preview, count: int) -> tuple[Palette, ...]:
    """What a frame is offered of a set, the likeliest first: palettes of the pictures that look
    like it, or, where the set was made with other weights, the typical ones.
    """
    if chosen.listing.weights != seen.card.sha256:
        return chosen.typical[:count]
    bank, features = bank_of(chosen, seen.memo), seen.features()
    if len(bank.entries) < 2:
        return (bank.palette(0), *chosen.typical)[:count]
    first = likeliest(bank, features)
    shares = retrieval.tone_shares(seen.light)
    found = retrieval.offered(bank, features, "", first, shares, count)
    told = {palette.code for palette in found}
    more = (palette for palette in chosen.typical if palette.code not in told)
    return (*found, *more)[:count]


def likeliest(bank: Bank, features_F: retrieval.Array) -> Palette:
    """The palette that is expected to be the least far off: of the pictures that look like a
    frame the one that lies in their middle.
    """
    near_P, weight_P = bank.around(features_F)
    codes_PK = bank.codes[near_P] * retrieval.WEIGHT
    apart_PP = np.linalg.norm(codes_PK[:, None] - codes_PK[None], axis=2)
    return bank.palette(int(near_P[int((apart_PP @ weight_P).argmin())]))
