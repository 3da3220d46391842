"""Where the rows of a table lie on the sky: which columns say so, in which frame and epoch.

What a table says of its positions is obeyed (units, UCDs, the frame and equinox of a VOTable's
COOSYS, reference epochs and proper motions); a unit that is no angle is an error, never a number
taken bare.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from astroview.core.errors import AstroviewError
from astroview.core.lazy_dataclass import dataclass
from astroview.core.texts import Text

FloatArray = NDArray[np.float64]
# Names of position columns, best first; compared in lower case without "_" and "-".
RA = ("ra", "raj2000", "raicrs", "radeg", "alphaj2000", "alpha", "rightascension", "rad",
      "raepoch2000", "ramean", "rastack", "raobj", "sra", "xworld", "alphasky", "meanra",
      "targetra", "hra", "alphab1950", "rab1950")  # fmt: skip
DEC = ("dec", "dej2000", "decj2000", "deicrs", "decicrs", "decdeg", "dedeg", "deltaj2000",
       "delta", "declination", "de", "decd", "decepoch2000", "decmean", "decstack", "decobj",
       "sdec", "yworld", "deltasky", "meandec", "targetdec", "hdec", "deltab1950",
       "deb1950")  # fmt: skip
PAIRS = {("l", "b"): "galactic", ("glon", "glat"): "galactic", ("gall", "galb"): "galactic",
         ("elon", "elat"): "ecliptic", ("eclon", "eclat"): "ecliptic"}  # fmt: skip
UCDS = {("pos.eq.ra", "pos.eq.dec"): "icrs", ("pos.galactic.lon", "pos.galactic.lat"): "galactic",
        ("pos.ecliptic.lon", "pos.ecliptic.lat"): "ecliptic"}  # fmt: skip
MOTIONS = (("pmra", "pmdec"), ("pmra", "pmde"))
MOTION_UCDS = ("pos.pm;pos.eq.ra", "pos.pm;pos.eq.dec")
EPOCHS = ("refepoch", "epoch", "epjd")
SYSTEMS = {"icrs": "icrs", "fk5": "fk5", "eqfk5": "fk5", "fk4": "fk4", "eqfk4": "fk4",
           "galactic": "galactic", "galacticii": "galactic", "supergalactic": "supergalactic",
           "eclfk5": "ecliptic", "ecliptic": "ecliptic", "j2000": "fk5", "b1950": "fk4",
           "barycentric": "icrs", "": "", "unknown": ""}  # fmt: skip
# Systems of one kind: a table may say which of them it means, but not that columns called l and b
# are right ascension.
KINDS = {"icrs": "equatorial", "fk5": "equatorial", "fk4": "equatorial", "galactic": "galactic",
         "supergalactic": "galactic", "ecliptic": "ecliptic"}  # fmt: skip
SAYS_SYSTEM = re.compile(r"2000|1950|icrs")  # in the name of a column
DATES = (("MJD-AVG", "mjd"), ("MJD-OBS", "mjd"), ("MJD", "mjd"), ("JD", "jd"),
         ("DATE-AVG", "isot"), ("DATE-OBS", "isot"), ("DATE_OBS", "isot"))  # fmt: skip
# Keys in a table's meta: column name -> (system, equinox, epoch), and that of all other columns.
COOSYS, LONE_COOSYS = "coosys", "coosys of the others"
FK5_BEGINS = 1984.0  # equinoxes before are of FK4, where nobody says (FITS standard, RADESYSa)


HOUR = 15.0  # degrees
HOURS = ("h", "hr", "hour", "hours", "hourangle", "h:m:s")


class CatalogueProblem(AstroviewError):
    """A table cannot serve as a catalogue."""


@dataclass(frozen=True, eq=False)
class Positions:
    """ICRS positions of a table's rows.

    Attributes
    ----------
    lonlat
        (N, 2) RA and Dec in degrees, NaN where unknown; at the epoch of the catalogue.
    columns
        Names of the two columns.
    motions
        (N, 2) proper motion in mas a year (in RA with cos Dec), NaN where unknown; None without.
    epoch
        (N,) Julian years of the positions; None when nobody says.
    """

    lonlat: FloatArray
    columns: tuple[str, str]
    motions: FloatArray | None = None
    epoch: FloatArray | None = None

    def at(self, year: float) -> FloatArray:
        """Positions at another epoch: straight along the proper motion where it is known."""
        if self.motions is None or self.epoch is None:
            return self.lonlat
        moved = self.lonlat.copy()
        degrees = self.motions / 3.6e6 * (year - self.epoch)[:, None]
        known = np.isfinite(degrees).all(axis=1)
        cos = np.maximum(np.cos(np.radians(self.lonlat[known, 1])), 1e-9)
        moved[known, 0] += degrees[known, 0] / cos
        moved[known, 1] += degrees[known, 1]
        return moved


def positions(table: Any, name: str) -> Positions:
    """Find and read the positions of an astropy table.

    Raises
    ------
    CatalogueProblem
        It has none, or their unit is no angle; the message says which column.
    """
    found = position_columns(table)
    if found is None:
        some = ", ".join(table.colnames[:8])
        raise CatalogueProblem(
            Text(
                "{name} has no columns with positions (its columns: {some})", name=name, some=some
            ),
            hint="Name them ra and dec, in degrees.",
        )
    first, second, system = found
    told = _told(table, first, system)
    if told and told[0] and told[0] not in SYSTEMS.values():
        raise CatalogueProblem(
            Text(
                "Its positions are in the system “{told}”, which is not turned into ICRS here",
                told=told[0],
            ),
            hint="Save it with right ascension and declination in ICRS.",
        )
    if told and told[0]:
        system = told[0]
    lon = degrees(table[first], hours=system in ("icrs", "fk5", "fk4"))
    lonlat = np.column_stack([lon, degrees(table[second])])
    lonlat = _icrs(lonlat, system, told[1] if told else "")
    return Positions(lonlat, (first, second), _motions(table), _epoch(table, told))


def _told(table: Any, first: str, system: str) -> tuple[str, str, str] | None:
    """System, equinox and epoch that a table says of its longitudes, whose name means `system`;
    a system of "" leaves it as the name means.

    What refers to the column counts before its name, unless that is a name of another kind; what
    is said of the whole table (a lone COOSYS, RADESYS of FITS) counts where the name says nothing.
    """
    referred = table.meta.get(COOSYS, {}).get(first)
    told = referred or table.meta.get(LONE_COOSYS)
    if not told:
        return None
    kind = KINDS[system]
    same = KINDS.get(told[0], kind) == kind
    if referred:
        obeyed = same or kind == "equatorial"
    else:
        obeyed = same and not SAYS_SYSTEM.search(_plain(first))
    return told if obeyed else ("", "", told[2])


def system_of(words: str) -> str:
    """A value of `SYSTEMS`, or what else stands there, without marks."""
    plain = re.sub(r"[_\-\s]", "", words.lower())
    return SYSTEMS.get(plain, plain)


def system_of_header(meta: dict[str, Any]) -> tuple[str, str, str] | None:
    """What the header of a FITS table says of its positions, by RADESYS and EQUINOX."""
    system = system_of(str(meta.get("RADESYS", meta.get("RADECSYS", ""))))
    told = meta.get("EQUINOX")
    equinox = float(told) if isinstance(told, int | float) and 1800 < told < 2200 else None
    if not system and equinox is not None:
        system = "fk4" if equinox < FK5_BEGINS else "fk5"
    return (system, "" if equinox is None else str(equinox), "") if system else None


def degrees(column: Any, hours: bool = False) -> FloatArray:
    """A column as degrees; sexagesimal text is hours for RA and degrees for Dec, unless its
    letters or the column's unit say otherwise. NaN: unknown.

    Raises CatalogueProblem when its unit is no angle, or there are more than 24 hours.
    """
    if column.dtype.kind not in "iufUSO":
        raise CatalogueProblem(
            Text(
                "The column {name} holds no positions but {dtype_name} values",
                name=column.name,
                dtype_name=column.dtype.name,
            ),
            hint="Positions are numbers in degrees, or text such as 13:29:52.7 and +47:11:43.",
        )
    if column.dtype.kind in "USO":
        size, sexagesimal = _unit_of(column, hours, text=True)
        values = np.array([angle(str(v), sexagesimal, size) for v in column], np.float64)
    else:
        size, _ = _unit_of(column, hours)
        filled = np.ma.filled(np.ma.asarray(column, dtype=np.float64), np.nan)
        values = np.asarray(filled, np.float64) * size
        sexagesimal = hours and size == HOUR
    if sexagesimal and np.nanmax(values, initial=0.0) > 24 * HOUR:
        raise CatalogueProblem(
            Text("The column {name} holds more than 24 hours", name=column.name),
            hint="Degrees are written as 202.4696, or 202d28m10.5s.",
        )
    return values


def _unit_of(column: Any, hours: bool, text: bool = False) -> tuple[float, bool]:
    """How many degrees a bare number of a column is, and whether what stands there in sixtieths
    is hours; `hours` where nobody says. Columns of text may have units such as "d:m:s".
    """
    from astropy import units

    unit: Any = getattr(column, "unit", None)
    word = str(unit).strip().strip("'\"").lower() if unit is not None else ""
    if word in ("", "none"):
        return 1.0, hours
    if word in ("deg", "degree", "degrees") or (text and re.match(r"d+[^a-z]?m", word)):
        return 1.0, False
    if hours and (word in HOURS or (text and re.match(r"h+[^a-z]?m", word))):
        return HOUR, True
    try:
        size: Any = units.Quantity(1.0, unit)
        return float(size.to_value(units.deg)), hours
    except (units.UnitsError, ValueError, TypeError) as problem:
        raise CatalogueProblem(
            Text(
                "The column {name} is in “{unit}”, which is no angle", name=column.name, unit=unit
            ),
            hint="Positions are in degrees, hours, radians or arcseconds.",
        ) from problem


def angle(text: str, hours: bool, size: float = 1.0) -> float:
    """`12.5` (of `size` degrees), `00 42 44.3` (hours or degrees), `+41:16:09`, `0h42m44s`,
    `202d28m10s` in degrees, also with a decimal comma; NaN for what is none.
    """
    if "." not in text and text.count(",") == 1:
        text = text.replace(",", ".")
    text = text.strip().lower()
    parts = [part for part in re.split(r"[:\shdms°′″'\"]+", text) if part]
    try:
        numbers = [float(part.replace("−", "-")) for part in parts]
    except ValueError:
        return float("nan")
    if not 1 <= len(numbers) <= 3:
        return float("nan")
    if "d" in text or "°" in text:
        unit = 1.0
    elif len(numbers) > 1:
        unit = HOUR if hours else 1.0
    else:
        unit = HOUR if hours and "h" in text else size
    sign = -1.0 if text.startswith(("-", "−")) else 1.0
    return sign * sum(abs(n) / 60**i for i, n in enumerate(numbers)) * unit


def position_columns(table: Any) -> tuple[str, str, str] | None:
    """Names of the longitude and latitude columns, and the system that their names mean."""
    meanings = _meanings(table)
    for ends in (";meta.main", ""):
        for (lon, lat), system in UCDS.items():
            pair = meanings.get(lon + ends), meanings.get(lat + ends)
            if pair[0] and pair[1]:
                return pair[0], pair[1], system
    plain = plain_names(table)
    first = next((plain[name] for name in RA if name in plain), None)
    second = next((plain[name] for name in DEC if name in plain), None)
    if first and second:
        return first, second, "fk4" if "1950" in first else "icrs"
    for (lon, lat), system in PAIRS.items():
        if lon in plain and lat in plain:
            return plain[lon], plain[lat], system
    return None


def _meanings(table: Any) -> dict[str, str]:
    """Column names by UCD; the first of its kind."""
    return {str(table[n].meta.get("ucd", "")).lower(): n for n in reversed(table.colnames)}


def plain_names(table: Any) -> dict[str, str]:
    """Column names by what remains of them in lower case without marks; the first of its kind."""
    return {_plain(n): n for n in reversed(table.colnames)}


def _plain(name: str) -> str:
    return re.sub(r"[_\-\s().]", "", name.lower())


def _icrs(lonlat: FloatArray, system: str, equinox: str) -> FloatArray:
    if system == "icrs":
        return lonlat
    from astropy.coordinates import (
        FK4,
        FK5,
        ICRS,
        BarycentricMeanEcliptic,
        Galactic,
        SkyCoord,
        Supergalactic,
    )

    usual = "B1950" if system == "fk4" else "J2000"
    bare = equinox.strip().lstrip("JBjb")
    year = f"{usual[0]}{bare}" if re.fullmatch(r"[12]\d{3}(\.\d*)?", bare, re.ASCII) else usual
    frames: dict[str, Callable[[], Any]] = {
        "fk5": lambda: FK5(equinox=year),
        "fk4": lambda: FK4(equinox=year),
        "galactic": Galactic,
        "supergalactic": Supergalactic,
        "ecliptic": lambda: BarycentricMeanEcliptic(equinox=year),
    }
    made = np.full_like(lonlat, np.nan)
    good = np.isfinite(lonlat).all(axis=1) & (np.abs(lonlat[:, 1]) <= 90)
    there: Any = SkyCoord(lonlat[good, 0], lonlat[good, 1], unit="deg", frame=frames[system]())
    there = there.transform_to(ICRS())
    made[good] = np.column_stack([there.ra.deg, there.dec.deg])
    return made


def _motions(table: Any) -> FloatArray | None:
    """(N, 2) mas a year."""
    from astropy import units

    meanings = _meanings(table)
    plain = plain_names(table)
    pairs = [(meanings.get(MOTION_UCDS[0]), meanings.get(MOTION_UCDS[1]))]
    pairs += [(plain.get(a), plain.get(b)) for a, b in MOTIONS]
    pair = next(((a, b) for a, b in pairs if a and b), None)
    if pair is None or any(table[name].dtype.kind not in "iuf" for name in pair):
        return None
    made: list[FloatArray] = []
    for name in pair:
        column = table[name]
        values = np.asarray(np.ma.filled(np.ma.asarray(column, dtype=np.float64), np.nan))
        try:
            unit: Any = units.Quantity(1.0, column.unit or "mas/yr")
            made.append(values * unit.to_value("mas/yr"))
        except (units.UnitsError, ValueError, TypeError):
            return None
    return np.column_stack(made)


def _epoch(table: Any, told: tuple[str, str, str] | None) -> FloatArray | None:
    """Julian years of the rows: a column of epochs, or what the coordinate system says."""
    plain = plain_names(table)
    for name in EPOCHS:
        column = table[plain[name]] if name in plain else None
        if column is not None and column.dtype.kind in "iuf":
            values = np.asarray(np.ma.filled(np.ma.asarray(column, dtype=np.float64), np.nan))
            if np.isfinite(values).any() and 1800 < np.nanmedian(values) < 2200:
                return values
    match = re.search(r"(\d{4}(?:\.\d+)?)", told[2]) if told else None
    return np.full(len(table), float(match[1])) if match else None


def year_of(header: Any) -> float | None:
    """The Julian year in which a frame was taken, by its header; None when it does not say."""
    from astropy.time import Time

    known = header if header is not None else {}
    for card, form in DATES:
        value = known.get(card)
        if value in (None, "", 0):
            continue
        try:
            text = str(value).strip() if form == "isot" else float(value)
            moment: Any = Time(text, format=None if form == "isot" else form)
        except (ValueError, TypeError):
            continue
        year = float(moment.jyear)
        if 1800 < year < 2200:
            return year
    return None
