"""Which surveys imaged the sky in colour, and whom to thank for it.

Each is a HiPS (a sky in tiles; Fernique et al. 2015) whose colours its makers composed.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from astroview.core.errors import AstroviewError
from astroview.core.io.paths.plain_paths import is_file
from astroview.core.lazy_dataclass import dataclass
from astroview.core.texts import Text

ANY = "sky"  # the first of `OPTICAL` that imaged the field
OPTICAL = ("legacy", "panstarrs", "sdss", "dss2")
_PREFIX = "hips:"
_ID = re.compile(r"[A-Za-z0-9][\w.+~()/-]{2,119}")


@dataclass(frozen=True)
class ColourSurvey:
    """A survey in colour.

    Attributes
    ----------
    name
        What it is asked for by.
    title
        In words.
    hips
        The identifier of its HiPS.
    seeing
        Full width at half maximum of its stars, arcseconds.
    pixel
        A pixel of its HiPS, arcseconds.
    bands
        What stands behind red, green and blue.
    credit
        Whom to thank.
    """

    name: str
    title: str
    hips: str
    seeing: float
    pixel: float
    bands: str
    credit: str


_CDS = "cut out by hips2fits, a service of CDS, Strasbourg"

SURVEYS: dict[str, ColourSurvey] = {
    one.name: one
    for one in (
        ColourSurvey("panstarrs", "Pan-STARRS DR1", "CDS/P/PanSTARRS/DR1/color-z-zg-g", 1.2, 0.25,
               "z, the mean of z and g, g", "Pan-STARRS1 Surveys (IfA, University of Hawaii)"),
        ColourSurvey("legacy", "DESI Legacy Surveys DR10", "CDS/P/DESI-Legacy-Surveys/DR10/color",
               1.3, 0.26, "z, r, g", "DESI Legacy Imaging Surveys (DECaLS, BASS, MzLS)"),
        ColourSurvey("sdss", "SDSS DR9", "CDS/P/SDSS9/color", 1.3, 0.4, "i, r, g",
               "Sloan Digital Sky Survey"),
        ColourSurvey("dss2", "DSS2", "CDS/P/DSS2/color", 2.2, 1.0, "red plate, mean, blue plate",
               "Digitized Sky Survey (STScI/NASA, AAO, ROE, Caltech)"),
        ColourSurvey("2mass", "2MASS", "CDS/P/2MASS/color", 2.8, 1.0, "Ks, H, J (infrared)",
               "2MASS (University of Massachusetts, IPAC/Caltech, NASA, NSF)"),
        ColourSurvey("wise", "AllWISE", "CDS/P/allWISE/color", 6.4, 1.4,
               "W4, W2, W1 (infrared)", "WISE (UCLA, JPL/Caltech, NASA)"),
        ColourSurvey("galex", "GALEX GR6/7", "CDS/P/GALEXGR6_7/color", 5.0, 1.5,
               "near ultraviolet, mean, far ultraviolet", "GALEX (NASA, JPL/Caltech)"),
    )
}  # fmt: skip


def survey_named(name: str) -> ColourSurvey | None:
    """The survey of a name such as ``panstarrs``, or ``hips:CDS/P/DSS2/color`` for any colour
    HiPS; None for what is no name of one.
    """
    if name.lower() in SURVEYS:
        return SURVEYS[name.lower()]
    hips = name[len(_PREFIX) :] if name.lower().startswith(_PREFIX) else ""
    if not _ID.fullmatch(hips):
        return None
    return ColourSurvey(name, hips, hips, 1.5, 0.5, "as its makers chose", f"HiPS {hips}")


def credit(survey: ColourSurvey) -> str:
    """Whom to thank, in one line."""
    return f"{survey.credit}; HiPS {survey.hips} {_CDS}"


def sources_in(wanted: str) -> tuple[str, ...]:
    """The surveys and files that a choice such as ``panstarrs,dss2`` or ``m51.png`` names, to be
    tried in that order.

    Raises
    ------
    AstroviewError
        One is neither a survey nor a file.
    """
    if is_file(Path(wanted)):  # a name may hold commas
        return (wanted,)
    names = [part.strip() for part in wanted.split(",") if part.strip()]
    if not names:
        raise _unknown(wanted)
    for name in names:
        known = name.lower() == ANY or survey_named(name) is not None
        if not known and not is_file(Path(name)):
            raise _unknown(name)
    found = [one for name in names for one in (OPTICAL if name.lower() == ANY else (name,))]
    return tuple(dict.fromkeys(found))


def absolute(wanted: str) -> str:
    """The same choice, its files named so that they are found from everywhere."""
    names = [one if survey_named(one) else str(Path(one).absolute()) for one in sources_in(wanted)]
    return wanted if wanted.lower() == ANY else ",".join(names)


def sources_mark(wanted: str) -> str:
    """Tells one choice from another: surveys by name, files by what they hold."""
    try:
        sources = sources_in(wanted) if wanted else ()
    except AstroviewError:  # a file that is gone, which its frames will be told of
        return wanted
    marks: list[str] = []
    for one in sources:
        mark = one
        if survey_named(one) is None:
            with Path(one).open("rb") as file:
                mark = hashlib.file_digest(file, "sha256").hexdigest()
        marks.append(mark)
    return ",".join(marks)


def in_short(wanted: str) -> str:
    """The same choice without folders, for what a result tells of it."""
    if "/" not in wanted and "\\" not in wanted:
        return wanted
    return ",".join(
        part if survey_named(part) else re.split(r"[/\\]", part)[-1] for part in wanted.split(",")
    )


def _unknown(name: str) -> AstroviewError:
    return AstroviewError(
        Text("“{name}” is neither a survey nor a colour picture that is there", name=name),
        hint=Text(
            "Surveys are {surveys}, hips:ID for any colour HiPS, and “{any}” for the "
            "first optical one that imaged the field.",
            surveys=", ".join(SURVEYS),
            any=ANY,
        ),
    )
