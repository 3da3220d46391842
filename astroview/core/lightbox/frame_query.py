"""Which frames are wanted, and in which order: ``filter:r snr>20 date>=2024-03 -tag:cloud``.

Words stand beside each other and must all hold. ``name:value`` asks whether a text holds a value,
``=`` whether it is that; ``<``, ``<=``, ``>``, ``>=`` compare. Names of filters hold letters of
others, so ``filter:g`` asks for a word. A word alone is looked for in name, object and tags. ``-``
before a word turns it round. What is not known of a frame holds for none.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Sequence
from typing import Any

from astroview.core.errors import AstroviewError
from astroview.core.lazy_dataclass import dataclass
from astroview.core.lightbox.frame_facts import FrameFacts
from astroview.core.lightbox.frame_quality import FrameQuality
from astroview.core.lightbox.verdicts import NOTHING_SAID, FrameVerdict
from astroview.core.texts import Text


class BadQuery(AstroviewError):
    """What was typed asks for nothing that is known of frames."""


@dataclass(slots=True)
class FrameRow:
    """A file of the folder and all that is known of it by now; None: nobody looked."""

    path: str
    size: int
    mtime_ns: int
    facts: FrameFacts | None = None
    quality: FrameQuality | None = None
    outlier: float = math.nan
    said: FrameVerdict = NOTHING_SAID

    @property
    def name(self) -> str:
        """The file's name."""
        return os.path.basename(self.path)

    @property
    def seeing(self) -> float:
        """FWHM in arcseconds; in pixels where the scale is not known."""
        scale = self.facts.scale if self.facts else math.nan
        pixels = self.quality.seeing if self.quality else math.nan
        return pixels * scale if math.isfinite(scale) else pixels


Value = Callable[[FrameRow], Any]  # a text, a number, or None


def _fact(name: str) -> Value:
    return lambda row: getattr(row.facts, name) if row.facts else None


def _measured(name: str) -> Value:
    return lambda row: getattr(row.quality, name) if row.quality else None


# What can be asked for and sorted by; the second says what has to be known of a frame.
FIELDS: dict[str, tuple[Value, str]] = {
    "name": (lambda row: row.name, ""),
    "folder": (lambda row: row.path[: -len(row.name) - 1], ""),
    "size": (lambda row: row.size / 1e6, ""),
    "rating": (lambda row: row.said.rating, ""),
    "tag": (lambda row: row.said.tags, ""),
    "field": (_fact("field"), "facts"),
    "object": (_fact("object"), "facts"),
    "date": (_fact("date"), "facts"),
    "filter": (_fact("filter"), "facts"),
    "exposure": (_fact("exposure"), "facts"),
    "ra": (_fact("ra"), "facts"),
    "dec": (_fact("dec"), "facts"),
    "width": (_fact("width"), "facts"),
    "height": (_fact("height"), "facts"),
    "snr": (_measured("snr"), "quality"),
    "seeing": (lambda row: row.seeing, "quality"),
    "noise": (_measured("noise"), "quality"),
    "missing": (_measured("missing"), "quality"),
    "stars": (_measured("stars"), "quality"),
    "outlier": (lambda row: row.outlier, "quality"),
}
STATES: dict[str, tuple[Callable[[FrameRow], bool], str]] = {
    "rejected": (lambda row: row.said.rejected, ""),
    "rated": (lambda row: row.said.rating > 0, ""),
    "tagged": (lambda row: bool(row.said.tags), ""),
    "damaged": (lambda row: bool(row.facts and row.facts.problem), "facts"),
}
SORTS = (
    *("name", "date", "field", "filter", "exposure", "snr", "seeing", "outlier", "rating"),
    "size",
)
TEXTS = frozenset({"name", "folder", "tag", "field", "object", "date", "filter"})
_WORD = re.compile(r'(-?)(?:([A-Za-z]+)(<=|>=|[:=<>]))?("[^"]*"|\S+)')
_NUMBER, _DIGITS = re.compile(r"\d+"), 12
_HINT = "Try: filter:r snr>20 date>=2024-03 tag:good is:rated"


@dataclass(frozen=True)
class Term:
    """One word: a field ("" for the usual ones), how it is compared, with what."""

    field: str
    how: str
    value: str
    number: float = math.nan
    turned: bool = False

    def holds(self, row: FrameRow) -> bool:
        """Whether it is so of a frame; nothing is so of what is not known."""
        if self.field == "":
            return self._in_usual(row) != self.turned
        if self.field == "is":
            test, needs = STATES[self.value]
            return (not needs or row.facts is not None) and test(row) != self.turned
        value = FIELDS[self.field][0](row)
        if _unknown(value):
            return False
        return self._of(value) != self.turned

    def _in_usual(self, row: FrameRow) -> bool:
        named = row.facts.object if row.facts else ""
        return any(self.value in text.casefold() for text in (row.name, named, *row.said.tags))

    def _of(self, value: Any) -> bool:
        if isinstance(value, tuple):
            return any(self._of(one) for one in value)
        if isinstance(value, str):
            value = value.casefold()
            if self.field == "filter" and self.how == ":":
                return _has_words(value, self.value)
            return bool(value) and _compared(self.how, value, self.value)
        return _numbers_compared(self.how, float(value), self.number)


@dataclass(frozen=True)
class FrameQuery:
    """What must hold of a frame."""

    terms: tuple[Term, ...] = ()

    def wants(self, row: FrameRow) -> bool:
        return all(term.holds(row) for term in self.terms)

    @property
    def needs(self) -> frozenset[str]:
        """What has to be known of frames to answer it: "facts", "quality"."""
        told = {
            STATES[term.value][1] if term.field == "is" else FIELDS[term.field][1]
            for term in self.terms
            if term.field
        }
        return frozenset(told - {""})


def parse(text: str) -> FrameQuery:
    """What a line asks for.

    Raises
    ------
    BadQuery
        It names a field that there is not, or compares a number with no number.
    """
    return FrameQuery(tuple(_term(*match.groups()) for match in _WORD.finditer(text)))


def _term(turned: str, field: str | None, how: str | None, value: str) -> Term:
    value = value.strip('"')
    if field is None:
        return Term("", ":", value.casefold(), turned=bool(turned))
    name, how = field.lower(), how or ":"
    name = {"tags": "tag", "stars": "stars", "snr": "snr", "exptime": "exposure"}.get(name, name)
    if name == "is":
        if value.lower() not in STATES:
            raise BadQuery(
                Text("Frames are not “{value}”", value=value),
                hint=Text("They may be {states}.", states=", ".join(STATES)),
            )
        return Term("is", ":", value.lower(), turned=bool(turned))
    if name not in FIELDS:
        known = ", ".join(FIELDS)
        raise BadQuery(
            Text("There is no “{field}” of frames", field=field),
            hint=Text("There are {known}.", known=known),
        )
    number = math.nan
    if name not in TEXTS:
        try:
            number = float(value)
        except ValueError:
            raise BadQuery(
                Text("“{value}” is no number for {name}", value=value, name=name), hint=_HINT
            ) from None
    return Term(name, how, value.casefold(), number, bool(turned))


def _has_words(name: str, words: str) -> bool:
    """Whether words stand in a name whole: g is in "SDSS g" and in "g.0000", not in "OG590"."""
    return bool(re.search(rf"(?<![^\W_]){re.escape(words)}(?![^\W_])", name))


def _compared(how: str, value: str, with_: str) -> bool:
    """Texts; of dates ``date>2024-03`` is what comes after March, ``<=`` what is in it too."""
    if how == ":":
        return with_ in value
    head = value[: len(with_)]
    if how == "=":
        return value == with_
    return {"<": head < with_, "<=": head <= with_, ">": head > with_, ">=": head >= with_}[how]


def _numbers_compared(how: str, value: float, with_: float) -> bool:
    if how in ":=":
        return math.isclose(value, with_, rel_tol=1e-6, abs_tol=1e-9)
    return {
        "<": value < with_, "<=": value <= with_, ">": value > with_, ">=": value >= with_
    }[how]  # fmt: skip


def _unknown(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def name_key(path: str) -> tuple[str, str]:
    """A sorting key of a file: by its name with numbers by value (f2 before f10), then by its path.

    Texts, not lists: a hundred thousand are sorted at once.
    """
    name = os.path.basename(path).casefold()
    return _NUMBER.sub(lambda found: found[0].zfill(_DIGITS), name), path


def by_name(rows: Sequence[FrameRow]) -> list[int]:
    """Numbers of rows in the order of their names."""
    keys = [name_key(row.path) for row in rows]
    return sorted(range(len(rows)), key=keys.__getitem__)


def in_order(
    rows: Sequence[FrameRow], named: Sequence[int], field: str, descending: bool = False
) -> list[int]:
    """Rows in the order of a field; unknown ones last, either way.

    ``named`` are numbers of rows in the order of their names, which equal ones keep.
    """
    if field == "name":
        return list(named[::-1] if descending else named)
    value = FIELDS[field][0]
    known: list[tuple[Any, int]] = []
    unknown: list[int] = []
    for i in named:
        found = value(rows[i])
        if _unknown(found):
            unknown.append(i)
        else:
            known.append((found.casefold() if isinstance(found, str) else found, i))
    known.sort(key=lambda pair: pair[0], reverse=descending)  # stable
    return [*(i for _, i in known), *unknown]
