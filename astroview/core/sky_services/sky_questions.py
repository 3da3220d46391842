"""Questions to services of CDS, Strasbourg: a name's position (Sesame), the sources of a cone
(VizieR, SIMBAD), a picture of a field (hips2fits).
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote, urlencode

from astroview.core.atomic_write import replacing
from astroview.core.lazy_dataclass import dataclass
from astroview.core.sky_colour.web_answer import Bounds, WrongAnswer, ask
from astroview.core.texts import Text

# Each can be another server of its kind, such as a mirror.
SERVERS = {
    "ASTROVIEW_SESAME": "https://cds.unistra.fr/cgi-bin/nph-sesame",
    "ASTROVIEW_CONE": "https://vizier.cds.unistra.fr/viz-bin/conesearch",
    "ASTROVIEW_SIMBAD": "https://simbad.cds.unistra.fr/cone",
    "ASTROVIEW_HIPS2FITS": "https://alasky.cds.unistra.fr/hips-image-services/hips2fits",
}
SECONDS = 45.0
WIDEST = 5.0  # degrees of a cone's radius
LONGEST = 2000  # pixels of a picture's side
CATALOGUES = {"gaia": ("Gaia DR3", "I/355/gaiadr3"), "2mass": ("2MASS", "II/246/out")}
HIPS = {"dss2": ("DSS2 red", "CDS/P/DSS2/red"), "2mass": ("2MASS K", "CDS/P/2MASS/K")}
POSITION = re.compile(r"^%J\s+([-+]?\d+\.?\d*)\s+([-+]?\d+\.?\d*)", re.MULTILINE)


@dataclass(frozen=True)
class Field:
    """A round part of the sky: its middle and radius, ICRS, degrees."""

    ra: float
    dec: float
    radius: float


def position_of(name: str) -> tuple[float, float]:
    """RA and Dec (ICRS, degrees) of an object by its name.

    Raises
    ------
    NoAnswer, WrongAnswer
        Sesame cannot be reached, or knows no such object.
    """
    url = f"{_server('ASTROVIEW_SESAME')}/-oI/SNV?{quote(name)}"
    said = _ask(url, "ASTROVIEW_SESAME", (b"#", b"%"))
    found = POSITION.search(said.decode("utf-8", "replace"))
    if found is None:
        raise WrongAnswer(
            Text("No object is known as {name}", name=name), hint="See how SIMBAD or NED write it."
        )
    return float(found[1]), float(found[2])


def cone(catalogue: str, field: Field, folder: Path) -> Path:
    """The sources of a field as a VOTable in a folder; ``catalogue`` is of `CATALOGUES`, or
    "simbad". Raises NoAnswer, WrongAnswer.
    """
    where = {"RA": f"{field.ra:.7f}", "DEC": f"{field.dec:.7f}",
             "SR": f"{min(field.radius, WIDEST):.6f}"}  # fmt: skip
    if catalogue == "simbad":
        variable, path = "ASTROVIEW_SIMBAD", ""
    else:
        variable, path = "ASTROVIEW_CONE", f"/{CATALOGUES[catalogue][1]}"
    content = _ask(f"{_server(variable)}{path}?{urlencode(where)}", variable, (b"<?xml", b"<VOT"))
    return _kept(folder / f"{catalogue}.vot", content)


def picture_of(survey: str, field: Field, pixel: float, folder: Path) -> Path:
    """A survey's picture of a field as FITS in a folder, north up, with pixels of so many
    degrees (larger where the field would take more than `LONGEST`). Raises NoAnswer, WrongAnswer.
    """
    side = int(min(max(2 * field.radius / pixel, 64), LONGEST))
    asked = {
        "hips": HIPS[survey][1], "ra": f"{field.ra:.7f}", "dec": f"{field.dec:.7f}",
        "fov": f"{2 * field.radius:.7f}", "width": side, "height": side, "projection": "TAN",
        "format": "fits",
    }  # fmt: skip
    variable = "ASTROVIEW_HIPS2FITS"
    content = _ask(f"{_server(variable)}?{urlencode(asked)}", variable, (b"SIMPLE",))
    name = f"{survey}_{field.ra:.4f}_{field.dec:+.4f}.fits"
    return _kept(folder / name, content)


def _server(variable: str) -> str:
    return (os.environ.get(variable) or SERVERS[variable]).rstrip("/")


def _ask(url: str, variable: str, magic: tuple[bytes, ...]) -> bytes:
    # Who names a server of his own means it, wherever it stands.
    bounds = Bounds(SECONDS, allow_private=bool(os.environ.get(variable)))
    return ask(url, magic, bounds, lambda _: None)


def _kept(path: Path, content: bytes) -> Path:
    with replacing(path, lasting=False) as file:
        file.write(content)
    return path
