from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from astropy.io.fits import Header

from astroview.core.claim import claim_of
from astroview.core.colour.chroma_guide import GuideFile
from astroview.core.colour.stretch import Stretch
from astroview.core.frame import ArraySource, Frame
from astroview.core.options import EnhanceOptions, Made
from astroview.core.provenance import (
    COLOUR_MEASURED,
    COLOUR_PAINTED,
    NOISE_FREE,
    ai_cards,
    as_text,
    measured_by,
    models_named,
    palette_named,
)

SHA = "0123456789abcdef" * 4
HISTORY = (
    "astroview 0.1 enhanced this frame.",
    f"super-resolution: model superres-x2, sha256 {SHA}, scale 2",
    f"colour painted: model colour-1, sha256 {SHA[::-1]}, palette hubble",
)
FRAME = Frame("a", (2, 2), 1, "linear", ArraySource(np.zeros((2, 2))), None, history=HISTORY)


def test_models_are_found_in_the_history() -> None:
    assert models_named(HISTORY) == (("superres-x2", SHA), ("colour-1", SHA[::-1]))
    assert models_named(HISTORY * 2) == models_named(HISTORY)
    assert models_named(("a model of honesty",)) == ()


@pytest.mark.parametrize("palette", ["gold", "pale gold, blue haze", "Mine: like M 51, pale"])
def test_a_palette_is_named_whole(palette: str) -> None:
    history = (*HISTORY[:2], HISTORY[2].replace("hubble", palette), "palette chosen: by name")
    assert palette_named(history) == palette
    claim = claim_of(replace(FRAME, history=history))
    assert claim is not None
    assert claim.options.palette == palette
    assert palette_named(HISTORY[:2]) == ""


@pytest.mark.parametrize("name", ["DSS2", "Orion à 100% – 中.png", "a%20b.png", "a, palette x.png"])
def test_who_measured_the_colour_is_read_from_cards_as_it_was_written(name: str) -> None:
    guide = GuideFile("", name, SHA, 1.9)
    line = HISTORY[2].replace(COLOUR_PAINTED, COLOUR_MEASURED.format(guide.told))
    chroma = ArraySource(np.zeros((2, 2, 2)))
    made = Made(EnhanceOptions(guide=guide))
    result = replace(FRAME, history=(*HISTORY[:2], line), chroma=chroma, made=made)
    again = replace(FRAME, history=(), chroma=chroma, header=Header(ai_cards(result)))
    assert measured_by(result) == measured_by(again) == f"{name} at 1.9 arcsec"


def test_cards_name_models_and_warn_only_of_paint() -> None:
    painted = replace(FRAME, chroma=ArraySource(np.zeros((2, 2, 2))))
    cards = {card.keyword: card.value for card in ai_cards(painted)}
    assert cards == {
        "AIMODEL1": "superres-x2",
        "AISHA1": SHA,
        "AIMODEL2": "colour-1",
        "AISHA2": SHA[::-1],
        "AIPHOT": "not for photometry",
    }
    assert "AIPHOT" not in {card.keyword for card in ai_cards(FRAME)}


def test_without_the_noise_nothing_is_for_photometry() -> None:
    free = replace(FRAME, history=(*HISTORY[:1], f"{HISTORY[1]}, {NOISE_FREE}: within the noise"))
    cards = {card.keyword: card for card in ai_cards(free)}
    assert cards["AIPHOT"].value == "not for photometry"
    assert "noise" in cards["AIPHOT"].comment
    assert "noise out: not for photometry" in as_text(free, Stretch("asinh", 1, 9))


def test_the_text_is_plain_and_complete() -> None:
    text = as_text(replace(FRAME, name="m31", history=(*HISTORY, "×2")), Stretch("asinh", 1, 9))
    assert text.splitlines()[0] == "astroview: m31"
    assert "asinh from 1 to 9" in text
    assert text.isascii()
