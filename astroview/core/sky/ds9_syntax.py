"""The text of DS9 and CIAO region files: which shapes it names, in which system, with which words.

Nothing is computed here; `region_geometry` places what was read. The format is the one of SAOImage
DS9's reference manual ("Region file format"); CIAO's adds a few shapes and ways to combine them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from astroview.core.lazy_dataclass import dataclass

SYSTEMS = {
    "image": "image", "physical": "physical", "detector": "detector", "amplifier": "amplifier",
    "fk4": "fk4", "b1950": "fk4", "fk5": "fk5", "j2000": "fk5", "icrs": "icrs",
    "galactic": "galactic", "ecliptic": "ecliptic", "linear": "wcs", "wcs": "wcs",
    **{f"wcs{letter}": f"wcs{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"},
}  # fmt: skip
SHAPES = (
    "circle", "annulus", "ellipse", "box", "polygon", "line", "vector", "text", "point", "ruler",
    "compass", "projection", "panda", "epanda", "bpanda", "segment",
    "rotbox", "rectangle", "rotrectangle", "pie", "sector", "field",  # CIAO's and SAOimage's
)  # fmt: skip
_IDLE = ("composite", "tile")  # words that move no region
POINTS = ("circle", "box", "diamond", "cross", "x", "arrow", "boxcircle")
COMMENTED = re.compile(
    r"#\s*(text|vector|ruler|compass|projection|segment|composite)\s*\(", re.IGNORECASE
)
# Possessive and bounded, so that no text takes more than a few steps a letter.
SHAPE = re.compile(
    r"\s*+([-+!]?)\s*+(?:\*|&|\|\|?)?+\s*+([-+!]?)\s*+([a-z]\w*+)\s*+", re.IGNORECASE
)
PROPERTY = re.compile(  # a text in braces may hold pairs of them
    r"\b(\w++)\s*+=\s*+(\{(?:[^{}]++|\{[^{}]*+\})*+\}|\{[^}]{0,4096}\}|\"[^\"]{0,4096}\"|'[^']{0,4096}'"
    r"|\S++)"
)
# Properties of several words: "point=x 12", "compass=fk5 {N} {E} 1 1"; the second of these patterns
# finds the words that follow, none of which begins another property.
SEVERAL = ("point", "line", "ruler", "compass", "dashlist")
MORE = re.compile(r"(?:\s++(?:\{[^}]{0,64}\}|[^\s={}\"']++(?!\s*=)))*+")
BARE_WORD = re.compile(r"[a-z][\w-]*+", re.ASCII)
TAG_END = "\n"  # between the groups of a region: the one property that it may have several times
DEFAULT = "physical"  # what DS9 takes where a file names no system ...
# ... but for positions that can only be such on the sky: CIAO's files say no more.
SKY_DEFAULT, ON_SKY = "fk5", re.compile(r"[:hd]", re.IGNORECASE)


@dataclass(frozen=True)
class WrittenShape:
    """One shape as it was written.

    Attributes
    ----------
    kind
        One of `SHAPES`, or what else stood there.
    numbers
        Its arguments as text: positions, sizes with their units, angles.
    system
        A value of `SYSTEMS`, or another word that stood in its place ("helioecliptic").
    included
        False for what is excluded ("-circle(...)").
    words
        Its properties, over the file's own defaults: colour, width, text, dash, point ...; the
        groups that it is in are one ``tag`` with `TAG_END` between them.
    """

    kind: str
    numbers: tuple[str, ...]
    system: str
    included: bool = True
    words: dict[str, str] = field(default_factory=dict[str, str])


def read(text: str) -> list[WrittenShape]:
    """Every shape of a file's text in its order, without byte order mark and comments."""
    found: list[WrittenShape] = []
    system, usual = "", dict[str, str]()
    for line in text.lstrip("\ufeff").splitlines():
        for piece in _pieces(line):
            word = piece.strip().lower()
            if word in SYSTEMS:
                system = SYSTEMS[word]
            elif word.startswith("global"):
                usual |= _properties(piece)
            elif BARE_WORD.fullmatch(word) and not word.startswith((*SHAPES, *_IDLE)):
                system = word  # what follows is not of the system before
            else:
                found += _shapes(piece, system, usual)
    return found


def _pieces(line: str) -> Iterator[str]:
    """A line's commands: between semicolons that are in no text. A comment that is a shape to
    DS9 ("# text(...)") is one; others yield nothing.
    """
    start, closing, comment = 0, "", False
    ends = {"{": "}", '"': '"', "'": "'"}
    for i, c in enumerate(line):
        if closing:
            closing = "" if c == closing else closing
        elif c == "#":
            comment = True
        elif c in ends and comment:  # before it, quotes are minutes and seconds of arc
            closing = ends[c]
        elif c == ";":
            yield from _said(line[start:i])
            start, comment = i + 1, False
    yield from _said(line[start:])


def _said(piece: str) -> Iterator[str]:
    bare = piece.strip()
    if bare.startswith("#"):
        if COMMENTED.match(bare):  # its properties follow without a mark of their own
            yield bare[1:].replace(")", ") #", 1)
    elif bare:
        yield bare


def _shapes(piece: str, system: str, usual: dict[str, str]) -> Iterator[WrittenShape]:
    """The shapes of a command: CIAO joins several ("circle(...)*!box(...)"). ``system`` is ""
    where none was named yet.
    """
    body, comment = _split_comment(piece)
    words = usual | _properties(comment)
    included = words.get("include", "1") != "0"
    while match := SHAPE.match(body):
        kind = match[3].lower()
        rest = body[match.end() :]
        if kind == "composite" or kind.startswith("tile"):
            return
        numbers, body = _arguments(rest)
        if numbers and numbers[0].lower() == "point" and kind in POINTS:  # "x point 10 20"
            words, kind, numbers = {**words, "point": kind}, "point", numbers[1:]
        if kind == "text" and numbers and numbers[-1].startswith(("{", '"', "'")):
            words, numbers = {**words, "text": unquoted(numbers[-1])}, numbers[:-1]
        excluded = "-" in (match[1], match[2]) or "!" in (match[1], match[2])
        on_sky = any(ON_SKY.search(number) for number in numbers[:2])
        named = system or (SKY_DEFAULT if on_sky else DEFAULT)
        yield WrittenShape(kind, numbers, named, included and not excluded, words)
        if not body.strip(" |"):
            return


def _split_comment(piece: str) -> tuple[str, str]:
    """What stands before and after the mark of the properties; texts may hold such marks too."""
    at = piece.find("#", piece.find(")") + 1)
    return (piece, "") if at < 0 else (piece[:at], piece[at + 1 :])


def _arguments(text: str) -> tuple[tuple[str, ...], str]:
    """Numbers in parentheses, or up to the end where there are none; and what follows them."""
    if text.startswith("("):
        inside, _, rest = text[1:].partition(")")
    else:
        inside, rest = text, ""
    numbers, quoted = _split_text(inside.rstrip())
    words = [quoted] if quoted else []
    return (*(part for part in re.split(r"[,\s]+", numbers.strip()) if part), *words), rest


def _split_text(inside: str) -> tuple[str, str]:
    """Numbers, and the text in braces or quotes that ends them ("" mostly)."""
    begins = {"}": "{", '"': '"', "'": "'"}.get(inside[-1:], "")
    if not begins:
        return inside, ""
    before = inside[:-1]
    start = before.find("{", before.rfind("}") + 1) if begins == "{" else before.rfind(begins)
    if start < 0 or (begins != "{" and not before[start - 1 : start].isspace()):
        return inside, ""
    return inside[:start], inside[start:]


def _properties(text: str) -> dict[str, str]:
    found = [
        (key, _all_of(key, match, text))
        for match in PROPERTY.finditer(text)
        for key in (match[1].lower(),)
    ]
    tags = TAG_END.join(value for key, value in found if key == "tag")
    return dict(found) | ({"tag": tags} if tags else {})


def _all_of(key: str, match: re.Match[str], text: str) -> str:
    """What a property says: a text without its quotes, or all words of one that has several."""
    more = MORE.match(text, match.end()) if key in SEVERAL else None
    return f"{match[2]}{more[0]}" if more else unquoted(match[2])


def unquoted(value: str) -> str:
    """A property's text without its quotes or braces."""
    pairs = (("{", "}"), ('"', '"'), ("'", "'"))
    inside = any(len(value) > 1 and (value[0], value[-1]) == pair for pair in pairs)
    return value[1:-1] if inside else value
