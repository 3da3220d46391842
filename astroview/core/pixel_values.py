"""Whether a sample counts per pixel, and what becomes of it on a finer grid.

In memory a magnified frame holds *means*: s x s fine samples have the mean of the pixel that was
measured. That is right of a surface brightness (MJy/sr, Jy/beam, K). A unit per pixel (electron,
adu, nanomaggy, Jy/pixel) needs *sums*: s x s fine samples add up to the pixel, so that a sum
over an aperture, a gain and a zero point mean what they did. Drizzle and SWarp do the same.

Saved files say which they hold, in two cards of ours: ``AIVALUES`` ('sum' or 'mean') and
``AISCALE`` (how many times as fine as the pixels that were measured). Whoever opens them here
gets means again.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from astroview.core.enhance_choices import Values
from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from astropy.io import fits

Kept = Literal["sum", "mean"]
Nature = Literal["per pixel", "intensive", "unknown"]

VALUES, SCALE = "AIVALUES", "AISCALE"
MARK = "values: "  # of a history: how the lines begin that say what the samples of a file are

# How observatories and camera programs spell what astropy calls otherwise; in small letters.
_SPELLINGS = {
    "e": "electron", "e-": "electron", "el": "electron", "elec": "electron",
    "electrons": "electron", "adus": "adu", "dns": "DN", "counts": "ct", "cnt": "ct", "cnts": "ct",
    "cts": "ct", "cps": "ct s-1", "photons": "ph", "phot": "ph", "phots": "ph",
    "nanomaggies": "nmgy", "nmaggy": "nmgy", "nmaggies": "nmgy", "maggies": "mgy",
    "sec": "s", "secs": "s", "second": "s", "seconds": "s", "hr": "h", "hour": "h",
    "pixel": "pix", "pixels": "pix", "px": "pix", "pxl": "pix", "pixel-1": "pix-1",
    "ergs": "erg", "ang": "Angstrom", "angs": "Angstrom", "angstroms": "Angstrom", "a": "Angstrom",
    "aa": "Angstrom", "microns": "micron", "jansky": "Jy", "janskys": "Jy", "janskies": "Jy",
    "steradian": "sr", "ster": "sr", "beams": "beam", "bm": "beam", "kelvin": "K",
    "kelvins": "K", "asec": "arcsec", "arcseconds": "arcsec", "arcsecond": "arcsec", "as": "arcsec",
    "magnitude": "mag", "magnitudes": "mag", "mags": "mag", "abmag": "mag", "vegamag": "mag",
    "stmag": "mag", "lsun": "solLum", "msun": "solMass", "watt": "W", "watts": "W",
}  # fmt: skip
# What astropy knows in one case only, and headers write in another.
_CASES = ("electron", "adu", "DN", "ct", "count", "ph", "photon", "s", "pix", "sr", "erg", "Jy",
          "mJy", "uJy", "nJy", "MJy", "kJy", "beam", "K", "mag", "arcsec", "cm", "m", "Hz", "W",
          "nmgy", "nanomaggy", "mgy", "maggy", "Angstrom", "micron", "deg")  # fmt: skip
_BY_CASE = {name.lower(): name for name in reversed(_CASES)}
_WORD = re.compile(r"[A-Za-zµμÅ]+-?(?![\w-])|[A-Za-zµμÅ]+")
_SQUARES = ((r"\bsq(?:uare)?[. ]*(arcsec\w*|asec|deg\w*|as)\b", r"\1^2"),
            (r"(arcsec|asec|pixel|pix|deg|cm|pc)2\b", r"\1^2"), (r"\bper\b", "/"))  # fmt: skip

_LONE_A = re.compile(r"(?<![A-Za-z])A(?![A-Za-z])")
_FACTOR = re.compile(r"^\s*[\d.]+(?:[eE][-+]?\d+)?\s*\*?\s*(?=[A-Za-z(])")  # 1e-20 erg

_COUNTED = frozenset({"adu", "DN", "dn", "ct", "electron", "ph", "mgy"})
# (mass, length, time): what a pixel receives or emits. Jy = kg s-2, erg s-1 cm-2 A-1 = kg m-1 s-3
_FLUXES = {
    (1, 0, -2): "spectral flux, fluence", (1, -1, -3): "flux per wavelength", (1, 0, -3): "flux",
    (1, 2, -3): "power", (1, 2, -2): "energy", (1, 1, -3): "power per wavelength",
    (1, 0, 0): "mass",
}  # fmt: skip
_OF_SOURCE = frozenset({"pc", "kpc", "Mpc", "AU", "lyr", "kyr"})


def nature(unit: str) -> Nature:
    """Whether samples in a unit count per pixel, by its dimensions.

    Parameters
    ----------
    unit
        As FITS headers spell it, and as many headers misspell it ("ELECTRONS/S", "e-").

    Returns
    -------
    str
        "per pixel": twice as much in two pixels as in one; "intensive": the same in any part of
        a pixel; "unknown" where the unit is empty, not understood, or says neither.
    """
    return _nature(unit.strip())


@lru_cache(maxsize=256)
def _nature(text: str) -> Nature:
    unit = _parsed(text)
    if unit is None:
        return "unknown"
    if (physical := getattr(unit, "physical_unit", None)) is not None:  # mag(AB/arcsec2)
        return "intensive" if _nature(str(physical)) == "intensive" else "unknown"
    try:
        named = {str(b): p for b, p in zip(unit.bases, unit.powers, strict=True)}
        plain: Any = unit.decompose()
        powers = {str(b): p for b, p in zip(plain.bases, plain.powers, strict=True)}
    except (AttributeError, ValueError, TypeError):
        return "unknown"
    return _by_dimension(named, powers)


def _by_dimension(named: dict[str, Any], powers: dict[str, Any]) -> Nature:
    pixels = powers.pop("pix", 0)
    if powers.get("rad", 0) < 0 or powers.get("beam", 0) < 0:
        return "intensive"
    if "dex" in powers or "mag" in named:  # logarithms are neither added nor shared out
        return "unknown"
    if pixels < 0:
        return "per pixel"
    counted = [powers[name] for name in powers if name in _COUNTED]
    if counted:
        return "per pixel" if counted == [1] and not pixels else "unknown"
    if any(p < 0 and name in _OF_SOURCE for name, p in named.items()):
        return "intensive"  # solLum pc-2: an area of the source, not of the detector
    if powers.keys() - {"kg", "m", "s"}:
        field = powers == {"kg": 1, "A": -1, "s": -2}  # tesla, gauss
        lone = powers.keys() <= {"K", "m", "s", "rad"} or field
        return "intensive" if lone and not pixels else "unknown"
    if "kg" in powers:
        key = tuple(powers.get(name, 0) for name in ("kg", "m", "s"))
        return "per pixel" if key in _FLUXES else "unknown"
    whole = powers and min(powers.values()) > 0  # s, deg, m: exposure times, coordinates
    velocity = (powers.get("m"), powers.get("s")) == (1, -1)
    return "intensive" if whole or velocity else "unknown"


def _parsed(text: str) -> Any:
    """An astropy unit; None when it is not understood."""
    import astropy.units as u  # not at start

    for spelling in (text, _respelled(text)):
        try:
            with collected_warnings():
                unit: Any = u.Unit(spelling) if spelling else None
        except (ValueError, TypeError, ZeroDivisionError, OverflowError):
            continue
        amperes = spelling == text and _LONE_A.search(text)  # where angstroms are meant
        if unit is not None and not amperes:
            return unit
    return None


def _respelled(text: str) -> str:
    text = _FACTOR.sub("", text)
    for pattern, better in _SQUARES:
        text = re.sub(pattern, better, text, flags=re.IGNORECASE)
    return _WORD.sub(lambda word: _word(word[0]), text)


def _word(word: str) -> str:
    small = word.lower()
    bare = small.rstrip("-")
    return _SPELLINGS.get(small) or _SPELLINGS.get(bare) or _BY_CASE.get(bare) or word


@dataclass(frozen=True)
class Holding:
    """What the samples of a saved plane are.

    Attributes
    ----------
    kept
        Sums or means of the fine samples of a pixel that was measured.
    scale
        How many times as fine as those pixels; 1: they are those pixels.
    why
        Lines for HISTORY, each fits one card.
    """

    kept: Kept = "mean"
    scale: int = 1
    why: tuple[str, ...] = ()

    @property
    def divisor(self) -> int:
        """By what the means in memory are divided for the file."""
        return self.scale**2 if self.kept == "sum" else 1

    def cards(self) -> list[tuple[str, str | int, str]]:
        """Our cards of it; none where no pixel was divided."""
        if self.scale == 1:
            return []
        what = "of the fine samples of a measured pixel"
        return [(VALUES, self.kept, what), (SCALE, self.scale, "times as fine as measured pixels")]


def holding(unit: str, scale: int, wanted: Values = "auto", told: str = "") -> Holding:
    """What a plane is to hold when it is saved.

    Parameters
    ----------
    unit
        Of its samples.
    scale
        How many times as fine as the pixels that were measured.
    wanted
        "auto" takes sums of units per pixel, means of all others.
    told
        What an earlier file of it held ("sum", "mean", ""): "auto" stays with that.
    """
    if scale <= 1:
        return Holding()
    if wanted == "auto" and told in ("sum", "mean"):
        kind = nature(unit)
        wanted = "sum" if told == "sum" else "mean"
        return Holding(wanted, scale, _why(unit, scale, wanted, kind))
    kind = nature(unit)
    by_unit: Kept = "sum" if kind == "per pixel" else "mean"
    kept: Kept = by_unit if wanted == "auto" else wanted
    return Holding(kept, scale, _why(unit, scale, kept, kind))


def _why(unit: str, scale: int, kept: Kept, kind: Nature) -> tuple[str, ...]:
    parts, named = scale**2, f"BUNIT '{unit[:30]}'" if unit else "no BUNIT"
    if kept == "sum":
        first = f"sums, the means divided by {parts}"
        then = "apertures add up; GAIN, RDNOISE, zero points are as they were"
    elif kind == "intensive":
        first, then = "means, as a surface brightness", ""
    elif kind == "per pixel":
        first, then = "means, as was wished", f"divide sums over apertures by {parts}"
    else:
        first = "means; it is not said whether they count per pixel"
        then = f"if they do, divide sums over apertures by {parts}"
    lines = [f"{named}: {first}", then]
    return tuple(f"{MARK}{line}"[:72] for line in lines if line)


def told_by(header: fits.Header | Mapping[str, Any] | None) -> tuple[str, int]:
    """What our cards in a header say: ("sum" | "mean" | "", scale)."""
    if header is None:
        return "", 1
    kept: Any = header.get(VALUES, "")
    scale: Any = header.get(SCALE, 1)
    good = isinstance(scale, int) and not isinstance(scale, bool) and 1 <= scale <= 1024
    return (str(kept).strip(), scale) if good and kept in ("sum", "mean") else ("", 1)


_SHARPENED = re.compile(r"super-resolution[^:]{0,60}: model .{0,200}?\bscale (\d+)")


def scale_in(history: Iterable[str]) -> int:
    """The product of the magnifications that a history names; cards may break its lines."""
    product = 1
    for match in _SHARPENED.finditer("".join(history)):
        product *= int(match[1])
    return product
