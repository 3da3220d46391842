"""Header cards whose truth depends on the size of a pixel, by kind: scaled, or dropped.

Legend: a frame is magnified ``scale`` times, its pixels are ``scale`` times smaller. A pixel
position p (FITS: the centre of the first is 1) becomes s (p - 1/2) + 1/2.

A rule has the names of a kind of cards (matched whole, after "ESO ... " of hierarchical ones)
and what becomes of the value. Where no name is known the card's comment can say that its value
is per pixel ("arcsec/pixel") or in pixels ("[pix]").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from astropy.io import fits

Value = float | int | str
Change = Callable[[Value, int], Value | None]  # None: the card cannot hold any more


@dataclass(frozen=True)
class Rule:
    """One kind of cards."""

    kind: str
    names: re.Pattern[str]
    change: Change


def scaled_cards(header: fits.Header, scale: int) -> tuple[fits.Header, tuple[str, ...]]:
    """A copy of a header for pixels ``scale`` times smaller, and the keywords that were dropped.

    Cards that do not depend on the pixel are the same, formatting and all. NAXISn are not
    touched. Alternate coordinates (A to Z) are treated as the primary ones; what coordinates
    leave to their defaults (CRPIX 0, CDELT 1, LTV 0, LTM 1) is written down.
    """
    scaled = header.copy()
    if scale == 1:
        return scaled, ()
    dropped: list[str] = []
    for card in tuple(scaled.cards):
        rule, value = _rule_of(card), card.value
        if rule is None:
            continue
        new = rule.change(value, scale)
        if new is None:
            dropped.append(card.keyword)
        elif new != value:  # else the card keeps its formatting
            card.value = new
    for keyword in dict.fromkeys(dropped):
        scaled.remove(keyword, ignore_missing=True, remove_all=True)
    _supply_increments(scaled, scale)
    _supply_positions(scaled, scale)
    _supply_physical(scaled, scale)
    return scaled, tuple(dict.fromkeys(dropped))


def dropped_line(dropped: tuple[str, ...]) -> tuple[str, ...]:
    """For HISTORY: what was dropped; nothing where nothing was."""
    if not dropped:
        return ()
    return ("dropped, as the pixels are others now: " + ", ".join(dropped),)


def rule_for(keyword: str, comment: str = "") -> Rule | None:
    """The rule that a card falls under; None where its truth does not depend on the pixel."""
    bare = keyword.rsplit(" ", 1)[-1]
    if _PER_MM.search(comment):
        return None
    for rule in RULES:
        if rule.names.fullmatch(bare):
            return _width_by(rule, comment)
    return _by_comment(bare, comment)


def _rule_of(card: fits.Card) -> Rule | None:
    value: Any = card.value
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if card.keyword in ("", "COMMENT", "HISTORY", "CONTINUE"):
        return None
    rule = rule_for(str(card.keyword), str(card.comment))
    section = rule is None and isinstance(value, str) and _SECTION.fullmatch(value.strip())
    return _SECTIONS if section else rule


# ---------------------------------------------------------------- what becomes of a value

_NUMBER = re.compile(r"(\s*)([-+]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][-+]?\d+)?)(.*)", re.DOTALL)
_SECTION = re.compile(r"\[\s*(\*|\d+\s*:\s*\d+)\s*(,\s*(\*|\d+\s*:\s*\d+)\s*)*\]")


def _times(power: int) -> Change:
    """Multiply by scale ** power; of a text that begins with a number, that number."""

    def change(value: Value, scale: int) -> Value | None:
        if not isinstance(value, str):
            return _times_number(value, scale, power)
        match = _NUMBER.fullmatch(value)
        if match is None or _NUMBER.fullmatch(match[3].strip(" ,;:")):
            return None  # no number, or several
        number = float(match[2].replace("D", "e").replace("d", "e"))
        return f"{match[1]}{_times_number(number, scale, power):.10g}{match[3]}"

    return change


def _times_number(value: float, scale: int, power: int) -> float:
    factor = scale ** abs(power)
    if power < 0:
        exact = isinstance(value, int) and value % factor == 0
        return value // factor if exact else value / factor
    return value * factor


def _position(value: Value, scale: int) -> Value | None:
    return None if isinstance(value, str) else scale * (value - 0.5) + 0.5


def _first_pixel(value: Value, scale: int) -> Value | None:
    """The number of the first fine pixel of a pixel."""
    return None if isinstance(value, str) else scale * (value - 1) + 1


def _drop(value: Value, scale: int) -> None:  # noqa: ARG001 - a Change
    return None


def _binning(value: Value, scale: int) -> Value | None:
    """Detector pixels per pixel: kept where they stay whole."""
    text = str(value)
    numbers = re.findall(r"\d+(?:\.\d+)?", text)
    if not numbers or any(float(n) % scale for n in numbers):
        return None
    if isinstance(value, str):
        return re.sub(r"\d+(?:\.\d+)?", lambda n: f"{float(n[0]) / scale:g}", text)
    return _times_number(value, scale, -1)


def _section(value: Value, scale: int) -> Value | None:
    """A section [x1:x2,y1:y2] of the picture: from its first to its last fine pixel."""
    if not isinstance(value, str) or not _SECTION.fullmatch(value.strip()):
        return None
    parts = value.strip().strip("[]").split(",")
    return "[" + ",".join(_span(p, scale if i < 2 else 1) for i, p in enumerate(parts)) + "]"


def _span(part: str, scale: int) -> str:
    if "*" in part:
        return part
    one, two = (int(n) for n in part.split(":"))
    low, high = scale * (min(one, two) - 1) + 1, scale * max(one, two)
    return f"{low}:{high}" if one <= two else f"{high}:{low}"


def _sip_rule(bare: str) -> Rule | None:
    term = _SIP_TERM.fullmatch(bare)
    return Rule("SIP", _SIP_TERM, _times(1 - int(term[1]) - int(term[2]))) if term else None


# ---------------------------------------------------------------- the table

_SIP_TERM = re.compile(r"(?:A|B|AP|BP)_(\d)_(\d)")


def _names(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


_SECTIONS = Rule("section", _names("(DATA|TRIM|BIAS|GOOD|IM|IMAGE|ROI|OVER|PRE|ILLUM)SEC[A-Z0-9]?"),
                 _section)  # fmt: skip
_LENGTHS = Rule("pixels", _names("R_SUN", "IMAGE[WH]", "CNPIX[12]", "LTM[12]_[12]",
    "SUBSIZE[12]?", "[XY]ORGSUBF", "(A|B|AP|BP)_DMAX", r"(FWHM|SEE|SEEING|PSF|HFR|HFD)_?PIX(EL)?S?",
    r"\w*FWHM_IMAGE", "PSF_?RAD\\w*"), _times(1))  # fmt: skip
RULES: tuple[Rule, ...] = (
    Rule("position", _names(r"O?CRPIX[12][A-Z]?", "LTV[12]", "IDC[XY]REF", "X0_MP", "Y0_MP",
        "[XY]REF_SCI", "[XY]REFPIX", "REFPIX[XY12]"), _position),
    Rule("first pixel", _names("SUBSTRT[12]"), _first_pixel),
    Rule("length of a pixel", _names(
        r"CDELT[12][A-Z]?", r"O?CD[12]_[12][A-Z]?", "OC[XY]1[01]", "[XY]PIXELSZ", "[XY]PIX_?SI?ZE?",
        r"PIX(EL)?_?SI?ZE?[12XY]?", r"CCD[XY]?_?PI?X(EL)?_?SI?Z?E?", "CCD[XY]PIXE",
        r"PIX(EL)?_?SCA?LE?[12XY]?", r"PIXSCAL[12XY]?", "PIXELSC[AL]*", r"P[XSL]?_?SCALE?[12XY]?",
        r"PXSCAL[12XY]?", r"SECPIX[12XY]?", r"SECPP?[12]?", r"ARCSECPP", "[XY]?SCALE[12XY]?",
        "IDCSCALE", r"D\d\d\dSCAL", "CCDSCALE", "IMSCL_MP", "PLATESC[AL]*", "PSZ[XY]",
        "DRIZ_?SCAL\\w*", "FINALSCA\\w*", "(SKY|IMG?|WCS)_?SCALE?", "CCDPSIZE",
        r"\w*PI?X(EL)?_?S(CA?L?E?|I?ZE?)_?[12XY]?"), _times(-1)),
    Rule("area of a pixel", _names(r"PIXAR_\w+", "PIX(EL)?_?AREA", "PIXELAR\\w*", "PXAREA",
        "PIXSR", "PIXSOLID"), _times(-2)),
    _LENGTHS,
    _SECTIONS,
    Rule("section of the detector", _names(r"(CCD|DET|AMP|CHIP|ORIG|NAXIS|CCDORIG)SEC[A-Z0-9]?",
        "(DET|CCD)SIZE", "SUBRECT", "SUBFRAME", "FRMSEC"), _drop),
    Rule("binning", _names("[XY]_?BIN(NING)?", "BIN(NING)?_?[XY12]?", "CCD[XY]?BIN[12XY]?",
        "BINAXIS[12]", "CCDSUM", "CCDSUM[12]", "(X|Y)BINFAC\\w*", "BINFAC\\w*",
        "[HV]_?BIN(NING)?"), _binning),
    Rule("colours of single pixels", _names("BAYE?R?PAT\\w*", "BAYER\\w*", "COLORTYP", "CFA\\w*",
        "[XY]BAYR?OFF", "BAYOFF[XY]", "[XY]BAYEROFF\\w*", "MOSAIC_?P\\w*"), _drop),
    Rule("width", _names(r"(?!PHOT|F?WAVE)\w*FWHM\w*", r"(MEAN|MED|AVG|STAR)?HF[RD]\w*"), _drop),
)  # fmt: skip

_TO_ANGLE = (
    r"(arcsec\w*|asec|as|mas|\"|''|deg\w*|um|micron\w*|micrometers?|mm|cm|m|meters?|metres?)"
)
_SQUARE = re.compile(
    r"(sr|steradian\w*|(arcsec\w*|mas|deg\w*|\")\s*(\^|\*\*)?2|sq\w*\.?\s*(arcsec\w*|deg\w*))"
    r"\s*(/|per)\s*(pixels?|pix|px)\b", re.IGNORECASE
)  # fmt: skip
_PER_PIXEL = re.compile(rf"(?<![\w/]){_TO_ANGLE}\s*(/|per)\s*(pixels?|pix|px)\b", re.IGNORECASE)
_IN_PIXELS = re.compile(r"[\[(]\s*(pixels?|pix|px)\s*[\])]|\bin pix(els?)?\b", re.IGNORECASE)
_OF_ANGLE = re.compile(r"arcsec|asec|\bmas\b|\bdeg|\"|Angstrom|\bnm\b|\bum\b|micron", re.IGNORECASE)
_A_PLACE = re.compile(
    r"\b(position|centre|center|centroid|coord\w*|location|origin|reference|ref)\b", re.IGNORECASE
)
_A_COUNT = re.compile(r"\b(number|count|num|nr|no\.?|fraction|percent\w*)\b", re.IGNORECASE)
_PER_MM = re.compile(r"(/|\bper)\s*mm\b", re.IGNORECASE)  # of the focal plane
_COORDINATE = re.compile(r"(CRVAL|CTYPE|CUNIT|CROTA|PC|PV|PS|NAXIS|Z?NAXIS)\d\w*")


def _by_comment(bare: str, comment: str) -> Rule | None:
    if rule := _sip_rule(bare):
        return rule
    if not comment or _COORDINATE.fullmatch(bare):
        return None
    if _SQUARE.search(comment):
        return Rule("area of a pixel, by its comment", _SQUARE, _times(-2))
    if _PER_PIXEL.search(comment):
        return Rule("length of a pixel, by its comment", _PER_PIXEL, _times(-1))
    if not _IN_PIXELS.search(comment):
        return None
    if _A_COUNT.search(comment):
        return Rule("a count of pixels", _IN_PIXELS, _drop)
    place = _A_PLACE.search(comment)
    return Rule("pixels, by its comment", _IN_PIXELS, _position if place else _times(1))


def _width_by(rule: Rule, comment: str) -> Rule | None:
    """Widths are in pixels, or on the sky: the comment says so, or the card is dropped."""
    if rule.kind != "width":
        return rule
    if re.search(r"\bpix", comment, re.IGNORECASE):
        return _LENGTHS
    return None if _OF_ANGLE.search(comment) else rule


# ---------------------------------------------------------------- what headers leave out

_MATRIX = ("1_1", "1_2", "2_1", "2_2")
_LETTERS = ("", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _has_coordinates(header: fits.Header, letter: str) -> bool:
    return any(f"{name}{letter}" in header for name in ("CTYPE1", "CRVAL1", "CRPIX1", "PC1_1"))


def _supply_increments(header: fits.Header, scale: int) -> None:
    """Write down increments that the header left at their default of 1 per pixel."""
    for letter in _LETTERS:
        if any(f"CD{m}{letter}" in header for m in _MATRIX):
            continue
        if not _has_coordinates(header, letter):
            continue
        for axis in (1, 2):
            if f"CDELT{axis}{letter}" not in header:
                header[f"CDELT{axis}{letter}"] = 1.0 / scale


def _supply_positions(header: fits.Header, scale: int) -> None:
    """Write down reference pixels that the header left at their default of 0."""
    for letter in _LETTERS:
        if _has_coordinates(header, letter):
            for axis in (1, 2):
                if f"CRPIX{axis}{letter}" not in header:
                    header[f"CRPIX{axis}{letter}"] = 0.5 - 0.5 * scale


def _supply_physical(header: fits.Header, scale: int) -> None:
    """Write down the parts of IRAF's physical coordinates that were left at LTV 0, LTM 1."""
    given = [k for k in ("LTV1", "LTV2", *(f"LTM{m}" for m in _MATRIX)) if k in header]
    if not given:
        return
    for axis in (1, 2):
        if f"LTV{axis}" not in header:
            header[f"LTV{axis}"] = 0.5 - 0.5 * scale
        if f"LTM{axis}_{axis}" not in header:
            header[f"LTM{axis}_{axis}"] = float(scale)
