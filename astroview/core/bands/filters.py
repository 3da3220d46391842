"""From what headers and file names call a filter to its wavelength.

Pivot or central wavelengths in nm: SDSS (Doi et al. 2010), Johnson-Cousins (Bessell 2005), 2MASS
(Cohen et al. 2003), WISE (Wright et al. 2010), GALEX; Pan-STARRS, DES, HSC and CFHT lie within a
few per cent of SDSS, which is all that an order of colours needs. Hubble and Webb filters say it
in their names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from astroview.core.fits_headers import number, text

if TYPE_CHECKING:
    from astropy.io import fits

# Case matters: R is Cousins, r is SDSS.
LETTERS = {
    "u": 355.0, "g": 477.0, "r": 623.0, "i": 763.0, "z": 913.0, "y": 963.0,
    "U": 366.0, "B": 436.0, "V": 545.0, "R": 641.0, "I": 798.0,
    "Z": 880.0, "Y": 1020.0, "J": 1235.0, "H": 1662.0, "K": 2159.0,
    "Ks": 2159.0, "Kp": 2120.0, "Bj": 462.0, "Lp": 3770.0, "Mp": 4670.0,
}  # fmt: skip
WORDS = {
    "red": 640.0, "green": 530.0, "blue": 450.0,
    "ha": 656.3, "halpha": 656.3, "hbeta": 486.1, "hb": 486.1,
    "oiii": 500.7, "o3": 500.7, "sii": 672.4, "s2": 672.4, "nii": 658.3, "n2": 658.3, "oii": 372.7,
    "fuv": 153.0, "nuv": 231.0, "w1": 3353.0, "w2": 4603.0, "w3": 11561.0, "w4": 22088.0,
    "ks": 2159.0,
}  # fmt: skip
KEYWORDS = (
    "FILTER", "FILTNAM1", "FILTER1", "FILTER2", "FILTER01", "FILTNAM2", "PUPIL", "BAND",
    "FILTERS", "FILT", "FILTERID", "ESO INS FILT1 NAME", "INSFLNAM",
)  # fmt: skip
_LENGTHS = ("WAVELEN", "WAVELNTH", "PHOTPLAM", "WAVE")

_SPACE = re.compile(r"(?<![A-Za-z0-9])[Ff](\d{3,4})([WMNwmn]2?|[Ll][Pp]|[Xx])(?![A-Za-z0-9])")
_WEBB = re.compile(r"JWST|NIRCAM|NIRISS|MIRI|WEBB|CEERS|JADES", re.IGNORECASE)
_HUBBLE = re.compile(r"HST|ACS|WFC3|WFPC2|NICMOS|HUBBLE", re.IGNORECASE)
_WEBB_NAMES = frozenset(
    [
        "F200W",
        "F277W",
        "F356W",
        "F444W",
        "F210M",
        "F250M",
        "F335M",
        "F360M",
        "F430M",
        "F460M",
        "F480M",
        "F560W",
        "F770W",
    ]
)
_LETTER = re.compile(r"(Ks|Kp|Bj|Lp|Mp|[ugrizyUBVRIZYJHK])'?p?\d?")


def wavelength(name: str, about: str = "") -> float | None:
    """Nanometres of a filter's name; None when it is not known.

    ``about`` is what else is known (telescope, instrument, file name): F410M is 410 nm to Hubble
    and 4100 nm to Webb.
    """
    if found := _SPACE.search(name):
        return _space(int(found[1]), found[0].upper(), about)
    if (whole := re.sub(r"[^a-z0-9]", "", name.lower())) in WORDS:  # H-alpha, [O III]
        return WORDS[whole]
    tokens = [token for token in re.split(r"[^A-Za-z0-9']+", name) if token]
    survey = [t for t in tokens if t.upper() in ("HSC", "HSC2", "SDSS", "DECAM", "PS1", "DES")]
    for token in tokens:
        if survey and token in "GRIZUY":  # HSC-G is g
            return LETTERS[token.lower()]
        if (letter := _LETTER.fullmatch(token)) is not None:
            return LETTERS[letter[1]]
        if (length := WORDS.get(re.sub(r"\d{2,}$|nm$", "", token.lower()))) is not None:
            return length
    return None


def _space(digits: int, name: str, about: str) -> float:
    """Hubble counts in nm (above 200) or 10 nm, Webb always in 10 nm."""
    if digits < 200 or digits > 1100:
        return digits * 10.0
    if _WEBB.search(about) or (name in _WEBB_NAMES and not _HUBBLE.search(about)):
        return digits * 10.0
    return float(digits)


def filter_in_header(header: fits.Header, about: str = "") -> tuple[str, float | None]:
    """(name, nm) of the filter that a header tells; ("", None) when it tells none."""
    about = " ".join((text(header, "TELESCOP"), text(header, "INSTRUME"), about))
    named = ""
    for keyword in KEYWORDS:
        value = text(header, keyword)
        length = wavelength(value, about) if value else None
        if length is not None:
            return _short(value), length
        if value and not named and not value.upper().startswith(("CLEAR", "NONE", "N/A", "OPEN")):
            named = value
    return named, _stated_length(header)


def filter_in_name(stem: str) -> tuple[str, float | None]:
    """(name, nm) of the filter that a file's name tells, looking from its end."""
    if found := list(_SPACE.finditer(re.sub(r"[_\-. ]", " ", stem))):
        return found[-1][0].upper(), wavelength(found[-1][0], stem)
    tokens = [token for token in re.split(r"[_\-. ]+", stem) if token]
    for token in reversed(tokens):
        for form in (token, token.upper() if token in ("b", "v", "j", "h", "k") else token):
            if form in LETTERS or form.lower() in WORDS:
                return form, LETTERS.get(form) or WORDS[form.lower()]
    return "", None


def _short(value: str) -> str:
    """What people call it: `r.MP9601` and `g DECam SDSS c0001 4720.0 1520.0` begin with it."""
    return re.split(r"[\s.]", value.strip())[0] or value


def _stated_length(header: fits.Header) -> float | None:
    for keyword in _LENGTHS:
        value = number(header, keyword, 0.0)
        if value <= 0:
            continue
        if value < 50:
            return value * 1000  # micrometres
        return value / 10 if keyword == "PHOTPLAM" or value > 3000 else value  # angstrom, nm
    return None
