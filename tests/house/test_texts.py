"""What is said to the user has an id, and the same places in every language."""

from __future__ import annotations

import string

from astroview.ui.i18n import translate
from tools.translations import catalogue, source_texts, update


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_no_words_are_put_together_where_they_are_said() -> None:
    """Such words have no id, so no catalogue has them: give a `Text` with named places."""
    assert source_texts.put_together(update.sources()) == []


def test_every_id_that_is_said_is_known() -> None:
    known = catalogue.read(translate.folder() / "astroview_de.ts")
    assert source_texts.found_in(update.sources()).keys() <= known.keys()


def test_a_translation_has_the_places_of_its_text() -> None:
    known = catalogue.read(translate.folder() / "astroview_de.ts")
    wrong = [text for text, forms in known.items() for form in forms
             if places(form) - places(text)]  # fmt: skip
    assert not wrong
    missing = [text for text, forms in known.items() if places(text) - places(forms[-1])]
    assert not missing
