"""FITS headers: made readable on the way in, made true on the way out."""

from __future__ import annotations

import re
from math import isfinite
from typing import Any

from astropy.io import fits

from astroview.core.fits_cards import add_history, one_line
from astroview.core.pixel_values import MARK

# What describes how the old file stored its samples, and checksums of them.
_STORAGE = re.compile(
    r"SIMPLE|XTENSION|BITPIX|NAXIS\d*|EXTEND|PCOUNT|GCOUNT|GROUPS|INHERIT|EXTEND|NEXTEND|"
    r"BSCALE|BZERO|BLANK|CHECKSUM|DATASUM|DATAMIN|DATAMAX|THEAP|TFIELDS|T(TYPE|FORM)\d+|"
    r"Z(IMAGE|CMPTYPE|BITPIX|NAXIS\d*|TILE\d+|NAME\d+|VAL\d+|QUANTIZ|DITHER0|BLANK|SCALE|ZERO|"
    r"MASKCMP|SIMPLE|TENSION|EXTEND|PCOUNT|GCOUNT|BLOCKED|HECKSUM|DATASUM)|"
    r"FZALGOR|FZTILE|FZQMETHD|FZQVALUE|FZDTHRSD|FZINT2F|FZHSCALE"
)
# The coordinates of one HDU: not to be inherited by another.
_COORDINATES = re.compile(
    r"WCSAXES[A-Z]?|WCSNAME[A-Z]?|(CTYPE|CRPIX|CRVAL|CDELT|CUNIT|CROTA)\d[A-Z]?|"
    r"(CD|PC|PV|PS)\d_\d+[A-Z]?|(A|B|AP|BP)_(\d_\d|ORDER)|(LONPOLE|LATPOLE)[A-Z]?|"
    r"LT[MV]\d(_\d)?|(CPDIS|D2IMDIS|DP|D2IM|DQ)\d.*"
)
# Axes beyond the two of the picture.
_HIGHER_AXES = re.compile(
    r"(CTYPE|CRPIX|CRVAL|CDELT|CUNIT|CROTA|CNAME|CRDER|CSYER)[3-9][A-Z]?|"
    r"(CD|PC)([3-9]_\d|\d_[3-9])[A-Z]?|(PV|PS)[3-9]_\d+[A-Z]?"
)
_TIED_AXES = re.compile(r"(CD|PC)[12]_[3-9]")
_HIGHER_LENGTHS = re.compile(r"NAXIS[3-9]|WCSAXES[A-Z]?")
# Cards that lead to look-up tables of distortion in other HDUs.
_TABLES = re.compile(r"CPDIS\d|CPERR\d|D2IMDIS\d|D2IMERR\d|(DP|D2IM)\d(\..*)?|AXISCORR")
# The mosaic of a colour camera's filters: results have three colours a pixel.
_MOSAIC = re.compile(r"BAYER\w*|COLORTYP|CFA\w*|[XY]BAYR?OFF|BAYOFF[XY]|[XY]BAYEROFF")
_COMMENTARY = ("COMMENT", "HISTORY", "")


class CardProblem(ValueError):
    """A card without which data cannot be read is missing, or says no number."""


def text(header: fits.Header, keyword: str) -> str:
    """The value of a card as text; "" when it is absent, empty or unreadable."""
    value = _value(header, keyword)
    return str(value).strip() if value is not None else ""


def integer(header: fits.Header, keyword: str, default: int | None = None) -> int:
    """The value of a card as an integer; raises `CardProblem` when it has none."""
    value = _value(header, keyword) if keyword in header else default
    if value is None:
        raise CardProblem(f"{keyword} is missing")
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError) as problem:
        raise CardProblem(f"{keyword} is no whole number") from problem


def number(header: fits.Header, keyword: str, default: float) -> float:
    """The value of a card as a finite number; `default` when it has none."""
    value = _value(header, keyword)
    return float(value) if isinstance(value, int | float) and isfinite(value) else default


def told_number(header: fits.Header, keyword: str, default: float) -> float:
    """As `number`, where stored samples would pass for measured ones if it was passed over:
    numbers in quotes count, and what is no finite number raises `CardProblem`.
    """
    value = _value(header, keyword)
    if value in (None, "") or isinstance(value, fits.card.Undefined):
        return default
    if str(header.cards[keyword])[8:9] != "=":  # a comment, whatever stands there
        return default
    try:
        told = float("nan" if isinstance(value, bool) else value)
    except (TypeError, ValueError):
        told = float("nan")
    if not isfinite(told):
        raise CardProblem(f"{keyword} = {value} is no number")
    return told


def _value(header: fits.Header, keyword: str) -> Any:
    """What a card says; None when it is absent or cannot be parsed."""
    try:
        return header.get(keyword)
    except (fits.VerifyError, ValueError):
        return None


def readable_header(header: fits.Header) -> fits.Header:
    """A copy of which every card can be read; what cannot be mended becomes a COMMENT."""
    clean = fits.Header()
    for card in header.cards:
        try:
            card.verify("silentfix")
            copy = fits.Card.fromstring(card.image)
            _ = copy.keyword, copy.value, copy.comment
            clean.append(copy, end=True)
        except (fits.VerifyError, ValueError):
            clean.append(("COMMENT", f"unreadable card: {one_line(card.rawkeyword)}"), end=True)
    return clean


def with_primary(header: fits.Header, primary: fits.Header) -> fits.Header:
    """An extension's header with what only the file's primary header says (OBJECT, FILTER)."""
    both = header.copy()
    for card in primary.cards:
        ours = card.keyword in both or card.keyword in _COMMENTARY
        if not ours and not _STORAGE.fullmatch(card.keyword) and not _coordinate(card.keyword):
            both.append(card, end=True)
    return both


def result_header(header: fits.Header | None, history: tuple[str, ...]) -> fits.Header:
    """The cards of a header that still hold for a two-dimensional float32 result.

    Leaves out storage (BSCALE, BLANK, tile compression), old checksums and axes beyond the
    second; keeps all else; adds HISTORY lines (what an earlier file
    held, sums or means, goes). Structure (SIMPLE, NAXIS) is for the writer.
    """
    kept = (
        _without(header, _STORAGE, _HIGHER_AXES, _MOSAIC) if header is not None else fits.Header()
    )
    if text(kept, "EXTNAME") == "COMPRESSED_IMAGE":
        del kept["EXTNAME"]
    kept = _without_lines(kept, MARK)
    for keyword in [k for k in kept if k.startswith("WCSAXES") and kept[k] != 2]:
        del kept[keyword]
    add_history(kept, history)
    return kept


def plane_header(header: fits.Header) -> fits.Header:
    """A copy that describes the first two axes only; whole when they depend on a third."""
    if any(_TIED_AXES.fullmatch(card.keyword) and card.value for card in header.cards):
        return header.copy()
    plane = _without(header, _HIGHER_AXES, _HIGHER_LENGTHS)
    if "NAXIS" in plane:
        plane["NAXIS"] = min(integer(plane, "NAXIS"), 2)
    return plane


def without_coordinates(header: fits.Header) -> fits.Header:
    """A copy without any coordinates of its pixels."""
    return _without(header, _COORDINATES, _TABLES)


def without_mosaic(header: fits.Header) -> fits.Header:
    """A copy without the cards of a colour camera's filters, for pictures of three colours."""
    return _without(header, _MOSAIC)


def without_tables(header: fits.Header) -> fits.Header:
    """A copy without the cards that lead to look-up distortion tables."""
    return _without(header, _TABLES)


def _without(header: fits.Header, *patterns: re.Pattern[str]) -> fits.Header:
    """A copy, cards and all, without the keywords that match."""
    return fits.Header(
        [c for c in header.copy().cards if not any(p.fullmatch(c.keyword) for p in patterns)]
    )


def _without_lines(header: fits.Header, begin: str) -> fits.Header:
    """A copy without the lines of HISTORY that begin so."""

    def stays(card: fits.Card) -> bool:
        return card.keyword != "HISTORY" or not str(card.value).startswith(begin)

    return fits.Header([card for card in header.copy().cards if stays(card)])


def _coordinate(keyword: str) -> bool:
    return _COORDINATES.fullmatch(keyword) is not None
