"""What is typed as it is written stands before what only has its letters."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from astroview.ui.shell.actions import SPECS
from astroview.ui.widgets import fuzzy

TITLES = sorted({str(spec.text).replace("&", "") for spec in SPECS.values()})


def beginnings(query: str, text: str) -> bool:
    return all(
        any(part.startswith(word) for part in re.findall(r"[^\W_]+", text.casefold()))
        for word in query.split()
    )


@given(st.sampled_from(TITLES), st.integers(1, 12))
def test_a_word_that_is_typed_is_found_first(title: str, letters: int) -> None:
    query = title.casefold().split()[0][:letters]
    if not query.isalnum():
        return
    ranked = sorted(
        (text for text in TITLES if fuzzy.score(query, text) is not None),
        key=lambda text: -(fuzzy.score(query, text) or 0),
    )
    found = [beginnings(query, text) for text in ranked]
    assert found == sorted(found, reverse=True), ranked[:4]


@given(st.sampled_from(TITLES))
def test_what_is_called_so_stands_before_what_only_begins_so(title: str) -> None:
    word = title.casefold().split()[0]
    if not word.isalnum():
        return
    found = [(fuzzy.score(word, text) or 0, text) for text in TITLES]
    whole = word in re.findall(r"[^\W_]+", max(found)[1].casefold())
    assert whole, sorted(found)[-3:]


def test_letters_of_several_words_are_found() -> None:
    assert fuzzy.score("sbs", "Side by side") is not None
    assert fuzzy.score("contours", "Contours View") > fuzzy.score(  # type: ignore[operator]
        "contours", "Connect to SAMP Measure › SAMP"
    )
    assert fuzzy.score("xq", "Side by side") is None
