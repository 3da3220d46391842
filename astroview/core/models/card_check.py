"""Is a card from elsewhere what it should be? Cards of our own making pass."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn, cast

from astroview.core.errors import ModelRejected
from astroview.core.models.model_card import ModelCard, Tiling
from astroview.core.texts import Text

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")  # it becomes the name of a folder
SHA = re.compile(r"[0-9a-f]{64}")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?|.*\.", re.IGNORECASE)  # on Windows
TASKS = ("colorize", "superres", "combined")
MOST = 4096  # of any number that shapes a network
TEXT, LONG = 200, 5000  # characters


def check(card: ModelCard) -> None:
    """Check types, lengths and ranges, so that nothing above meets a surprise.

    Raises
    ------
    ModelRejected
        Something is missing, of another type, or beyond any sense.
    """
    if not is_id(card.id):
        _reject("its id is none")
    _texts((card.name, card.architecture), TEXT, least=1)
    _texts((card.summary, card.licence, card.credit, *card.limits_of_use), LONG)
    if card.task not in TASKS:
        _reject(Text("this version knows no task “{task}”", task=str(card.task)[:40]))
    _hyper(card.hyper)
    _tiling(card.tiling)
    _whole(card.scale, 1, 16, "scale")
    if type(card.illustrative) is not bool:
        _reject("whether it is illustrative is neither true nor false")
    _number(card.star, 0, 1000, "width of stars")
    _sha(card.sha256)
    for table in cast("tuple[Any, ...]", (card.training, card.metrics, card.uncertainty)):
        if not isinstance(table, dict):
            _reject("what it says of its training is no table")
    _palettes(card)
    _origin(card)


def is_id(text: Any) -> bool:
    """Whether a text can be a model's id, and the name of its folder on any system."""
    return isinstance(text, str) and bool(ID.fullmatch(text)) and not RESERVED.fullmatch(text)


def _hyper(hyper: Any) -> None:
    if not isinstance(hyper, Mapping) or len(cast("Mapping[Any, Any]", hyper)) > 32:
        _reject("its hyper-parameters are no table")
    for key, value in cast("Mapping[Any, Any]", hyper).items():
        values = cast("list[Any]", value) if isinstance(value, list) else [value]
        if not isinstance(key, str) or len(values) > 32:
            _reject("its hyper-parameters are none")
        for one in values:
            if not isinstance(one, bool | str):
                _number(one, 0, MOST, key)


def _tiling(tiling: Tiling) -> None:
    _whole(tiling.size, 16, 16384, "tile size")
    _whole(tiling.halo, 0, 4096, "halo")
    _whole(tiling.multiple_of, 1, 512, "stride")


def _palettes(card: ModelCard) -> None:
    if len(card.palettes) > 256:
        _reject("it has too many palettes")
    if card.task != "superres" and not card.palettes:
        _reject("a colorizer needs palettes")
    for palette in card.palettes:
        _texts((palette.name,), TEXT, least=1)
        if not 1 <= len(palette.code) <= 256 or len(palette.swatches) > 64:
            _reject("a palette of it is none")
        for value in palette.code:
            _number(value, -1e6, 1e6, "palette")
        for swatch in palette.swatches:
            if len(swatch) != 3:
                _reject("a swatch of it is no colour")
            for value in swatch:
                _whole(value, 0, 255, "swatch")


def _origin(card: ModelCard) -> None:
    if card.adapter:
        if card.origin is None:
            _reject("it is an adapter and names no parent")
        _whole(card.adapter.rank, 1, MOST, "rank")
        _number(card.adapter.scale, -MOST, MOST, "scale")
    if card.origin:
        _sha(card.origin.sha256)
        _texts((card.origin.parent, card.origin.method), TEXT, least=1)
        _texts((card.origin.fingerprint, card.origin.made), TEXT)


def _sha(text: Any) -> None:
    if not isinstance(text, str) or not SHA.fullmatch(text):
        _reject("a checksum in it is none")


def _texts(texts: Iterable[Any], most: int, least: int = 0) -> None:
    for text in texts:
        if not isinstance(text, str) or not least <= len(text) <= most:
            _reject("a text of it is missing or too long")
        if any(ord(c) < 32 and c not in "\n\t" for c in text):
            _reject("a text of it has control characters")


def _whole(value: Any, least: int, most: int, what: str) -> None:
    if type(value) is not int or not least <= value <= most:
        _reject(Text("its {what} cannot be {value}", what=what, value=str(value)[:40]))


def _number(value: Any, least: float, most: float, what: str) -> None:
    if type(value) not in (int, float) or not math.isfinite(value) or not least <= value <= most:
        _reject(Text("its {what} cannot be {value}", what=what[:40], value=str(value)[:40]))


def _reject(why: str) -> NoReturn:
    raise ModelRejected(
        Text("the model's card cannot be used: {why}", why=why),
        hint="The file is damaged, or a newer astroview made it.",
    )
