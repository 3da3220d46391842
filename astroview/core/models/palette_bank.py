"""A bank of palettes: the colours of many pictures, by what the pictures look like in grey.

It lies beside a colorizer's weights as ``palettes.safetensors`` and holds, for each picture that
the colorizer learnt from, its palette code, what the colorizer's encoder says of its grey, where
it is from and what it shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from astroview.core import strict_json
from astroview.core.errors import ModelRejected
from astroview.core.io.paths.plain_paths import is_file
from astroview.core.lazy_dataclass import dataclass
from astroview.core.models.model_card import ModelCard
from astroview.core.models.safetensors_header import read_header
from astroview.core.sky.object_kinds import Kind, kind_of
from astroview.core.texts import Text

BANK_NAME = "palettes.safetensors"
LIKE = "like "  # how the name of a palette begins that is a picture's own
PALE = ", pale"  # how it ends where the colours are half as strong


@dataclass(frozen=True)
class Entry:
    """One picture of a bank.

    ``name`` is that of its palette; ``source`` the telescope or survey, as `source_in` words it;
    ``kind`` what it shows, where its name tells.
    """

    name: str
    source: str
    kind: Kind | None = None


@dataclass(frozen=True)
class Listing:
    """What a bank's header tells: the entries, and the weights that its features are of."""

    entries: tuple[Entry, ...]
    weights: str


def bank_of(card: ModelCard) -> Path | None:
    """The bank of a model; None when it has none, or one that is of other weights."""
    if card.folder is None or not is_file(card.folder / BANK_NAME):
        return None
    path = card.folder / BANK_NAME
    return path if listing(path).weights == card.sha256 else None


def listing(path: Path) -> Listing:
    """What a bank's header tells.

    Raises
    ------
    ModelRejected
        The file is damaged.
    """
    told = read_header(path).metadata
    try:
        rows: list[Any] = strict_json.loads(told["entries"])
        entries = tuple(Entry(str(name), str(source), kind) for name, source, kind in rows)
        return Listing(entries, told["weights"])
    except (KeyError, ValueError, TypeError) as problem:
        raise ModelRejected(
            Text("{name} is no bank of palettes: {problem}", name=path.name, problem=problem),
            hint="Get the model once more.",
        ) from problem


def names_in(card: ModelCard) -> tuple[str, ...]:
    """The names of all palettes that a frame can be painted in: the card's, then the bank's."""
    path = bank_of(card)
    more = tuple(entry.name for entry in listing(path).entries) if path else ()
    return (*(palette.name for palette in card.palettes), *more)


def full_strength(name: str) -> str:
    """The name of the palette that a pale one is made of; any other as it is."""
    return name.removesuffix(PALE)


def is_of(entries: Iterable[Entry], name: str) -> bool:
    """Whether a palette of that name is one of these pictures', pale or not. No other is pale."""
    wanted = {name, full_strength(name)}
    return any(entry.name in wanted for entry in entries)


def paints_in(card: ModelCard, name: str) -> bool:
    """Whether a model has a palette of that name: on its card, or in its bank, pale or not."""
    if name in {palette.name for palette in card.palettes}:
        return True
    path = bank_of(card)
    return path is not None and is_of(listing(path).entries, name)


# Words of headers and credits, the first that is found counts.
SOURCES: tuple[tuple[str, str], ...] = (
    ("jwst miri", r"\bmiri\b"),
    ("jwst nircam", r"jwst|webb|nircam|niriss"),
    ("spitzer wise", r"spitzer|\birac\b|\bmips\b|\bwise\b|neowise"),
    ("2mass", r"2mass|ukidss|vista|\bvvv\b|ukirt"),
    ("dss", r"\bdss|digitized sky|oschin|ukstu?\b|uk ?schmidt|poss"),
    ("hst goods", r"goods|candels"),
    ("kids", r"\bkids\b|gama|omegacam|\bvst\b"),
    ("legacy", r"decals|legacy|decam|\bdes\b|mosaic-?3|90prime|ctio"),
    ("sdss", r"sdss|sloan|2\.5m"),
    ("hubble", r"\bhst\b|hubble|acs|wfc3|wfpc2?"),
    ("eso", r"\beso\b|\bvlt\b|fors|la silla|paranal|wfi\b"),
)
INFRARED = {"jwst miri", "jwst nircam", "spitzer wise", "2mass"}  # no eye has seen its colours
_CARDS = ("TELESCOP", "INSTRUME", "SURVEY", "ORIGIN", "DETECTOR")


def source_in(text: str) -> str:
    """The telescope or survey that a text speaks of; "" where it speaks of none."""
    low = text.lower()
    return next((source for source, words in SOURCES if re.search(words, low)), "")


def source_of(header: Any) -> str:
    """The telescope or survey of a FITS header (or None); "" where it does not tell."""
    if header is None:
        return ""
    return next((s for card in _CARDS if (s := source_in(str(header.get(card, ""))))), "")


def kind_in(header: Any) -> Kind | None:
    """What a FITS header (or None) says that the frame shows, by its OBJECT card."""
    return None if header is None else kind_of(str(header.get("OBJECT", "")))
