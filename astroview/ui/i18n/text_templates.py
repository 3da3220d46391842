"""Translations of texts with things in them: ``Saved m31.fits.`` by way of ``Saved {0}.``"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

PLACE = re.compile(r"\{(\d+)\}")
REASON = re.compile(r": \{(\d+)\}$")
ANYTHING = "(.*?)"
NUMBER = r"(\d[\d.,:]*)"
FEW = 7  # letters: "{0} of {1}" says so little that any name could have it inside


@dataclass(frozen=True)
class Phrase:
    """A text with places for things, what finds it, and what it becomes.

    ``reason`` is the place at its end, after a colon: ``… cannot be imported: {1}``; -1 for none.
    """

    expression: re.Pattern[str]
    translation: str
    reason: int = -1

    def said(self, text: str, again: Callable[[str], str] = str) -> str | None:
        """The text in the other language; None when it is not this phrase. ``again`` says the
        reason in that language, if it is a text and no name.
        """
        found = self.expression.fullmatch(text)
        if found is None:
            return None
        things = list(found.groups())
        if self.reason >= 0 and " " in things[self.reason]:
            things[self.reason] = again(things[self.reason])
        return PLACE.sub(lambda place: things[int(place[1])], self.translation)


def phrases(translations: Mapping[str, str]) -> list[Phrase]:
    """The phrases of a catalogue, those with most words of their own first."""
    with_places = [text for text in translations if PLACE.search(text)]
    ordered = sorted(with_places, key=lambda text: -len(PLACE.sub("", text)))
    return [Phrase(expression(text), translations[text], _reason(text)) for text in ordered]


def _reason(text: str) -> int:
    found = REASON.search(text)
    return int(found[1]) if found else -1


def expression(text: str) -> re.Pattern[str]:
    """What matches a text with anything in its places; one of few words is about numbers."""
    literals = PLACE.split(text)[::2]
    words = "".join(literals)
    plain = words.replace(" ", "").isalpha() and len(words.replace(" ", "")) <= FEW
    thing = NUMBER if plain and not literals[0] else ANYTHING
    return re.compile(thing.join(re.escape(part) for part in literals), re.DOTALL)
