"""What a saved result says of itself: the models, choices and file that it was made with."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from astroview.core import json_lines, strict_json
from astroview.core.colour_hints import AUTO
from astroview.core.fits_cards import unescaped_name
from astroview.core.fits_headers import integer, text
from astroview.core.io.fits.mosaic.mosaic_pieces import asked_mosaic
from astroview.core.lazy_dataclass import dataclass
from astroview.core.options import EnhanceOptions
from astroview.core.provenance import (
    COLOUR_PAINTED,
    OPTIONS,
    ORIGIN,
    SHARPENED,
    Origin,
    models_named,
    palette_named,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from astropy.io import fits

    from astroview.core.frame import Frame

_OURS = re.compile(r"astroview \S+ enhanced this frame")
_FROM = re.compile(rf"{ORIGIN}([0-9a-f]{{32}})(?: HDU (\d+|mosaic:\w+))?(?: plane (\d+))?: (.*)")


@dataclass(frozen=True)
class Claim:
    """What a file of ours claims.

    Attributes
    ----------
    models
        (id, sha256) of the models.
    options
        What was chosen; of a file of an earlier version what its history tells.
    origin
        The file that it was made from; None where the file does not say.
    told
        Whether the file has the options, or they were made out from its history.
    """

    models: tuple[tuple[str, str], ...]
    options: EnhanceOptions
    origin: Origin | None
    told: bool


def claim_of(frame: Frame) -> Claim | None:
    """What an opened file claims; None when it is no result of ours.

    Raises ValueError when its cards cannot be read.
    """
    header = frame.header
    if header is not None and "AIMODEL1" in header:
        return _of_cards(header)
    lines = frame.history if header is None else tuple(map(str, header.get("HISTORY") or ()))
    return _of_lines(lines)


def _of_cards(header: fits.Header) -> Claim:
    models: list[tuple[str, str]] = []
    while (model := header.get(f"AIMODEL{len(models) + 1}")) is not None:
        models.append((str(model), str(header.get(f"AISHA{len(models) + 1}", ""))))
    lines = _joined(map(str, header.get("HISTORY") or ()))
    parts: list[str] = []
    while (part := header.get(f"AIOPTS{len(parts) + 1}")) is not None:
        parts.append(str(part))
    options = _options("".join(parts)) if parts else _guessed(lines)
    return Claim(tuple(models), options, _origin(header), bool(parts))


def _origin(header: fits.Header) -> Origin | None:
    name, sign = header.get("AIORIG"), header.get("AIORIGID")
    if name is None or sign is None:
        return None
    hdu = _hdu(text(header, "AIHDU")) if "AIHDU" in header else None
    return Origin(unescaped_name(str(name)), str(sign), hdu, integer(header, "AIPLANE", 0))


def _hdu(told: str) -> int | str:
    """An HDU by its number, or a mosaic by its name; raises ValueError for anything else."""
    return told if asked_mosaic(told) else int(told)


def _of_lines(lines: Sequence[str]) -> Claim | None:
    if not any(_OURS.search(line) for line in lines) or not models_named(tuple(lines)):
        return None
    told = next((line for line in lines if line.startswith(OPTIONS)), None)
    options = _options(told.removeprefix(OPTIONS)) if told else _guessed(lines)
    made_from = next((match for line in lines if (match := _FROM.match(line))), None)
    origin = None
    if made_from:
        sign, hdu, plane, name = made_from.groups()
        origin = Origin(unescaped_name(name), sign, _hdu(hdu) if hdu else None, int(plane or 0))
    return Claim(models_named(tuple(lines)), options, origin, told is not None)


def _options(text: str) -> EnhanceOptions:
    content: Any = strict_json.loads(text)
    if not isinstance(content, dict):
        raise ValueError("its options are none")
    return json_lines.build(EnhanceOptions, {**_plain(EnhanceOptions()), **content})


def _plain(options: EnhanceOptions) -> dict[str, Any]:
    return strict_json.loads(json.dumps(asdict(options)))


def _joined(cards: Any) -> list[str]:
    """Lines of HISTORY that cards broke after 72 letters, in one piece again."""
    lines: list[str] = []
    long = False
    for card in cards:
        if long:
            lines[-1] += card
        else:
            lines.append(card)
        long = len(card) == _CARD_LETTERS
    return lines


_CARD_LETTERS = 72


def _guessed(lines: Sequence[str]) -> EnhanceOptions:
    """What the history of a file without options tells of them."""
    colour = next((line for line in lines if line.startswith(COLOUR_PAINTED)), "")
    sharp = next((line for line in lines if line.startswith(SHARPENED)), "")
    return EnhanceOptions(
        colorizer=models_named((colour,))[0][0] if models_named((colour,)) else None,
        superres=models_named((sharp,))[0][0] if models_named((sharp,)) else None,
        palette=palette_named(lines) or AUTO,
        quality="best" if "mean of 8" in sharp else "fast",
        denoise="noise left out" in sharp,
    )
