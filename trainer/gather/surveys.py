"""Which archives there are, and how each is asked through astroquery."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import quote, urlencode

from astroview.core.errors import AstroviewError
from astroview.core.texts import Text
from trainer.gather.downloads import reaching
from trainer.gather.sky_field import Field, Wanted, around, plain, unique

PIXELS = 768  # a side of a cut-out
AT_ONCE = 40  # observations whose products are asked for together
Find = Callable[[Field, int, str], Iterator[Wanted]]


@dataclass(frozen=True)
class Survey:
    """An archive: its title, how it is asked for so many frames, and what part of it."""

    title: str
    find: Find
    part: str = ""


def survey_named(name: str) -> Survey:
    """The survey of a name such as ``hla``, ``dss``, ``hips:CDS/P/DSS2/red`` or
    ``skyview:2MASS-K``.

    Raises
    ------
    AstroviewError
        There is no such survey.
    """
    kind, _, part = name.partition(":")
    if part and kind.lower() in ("hips", "skyview"):
        find = _hips if kind.lower() == "hips" else _skyview
        return Survey(f"{kind} {part}", find, part)
    if name.lower() in SURVEYS:
        return SURVEYS[name.lower()]
    raise AstroviewError(
        Text("there is no survey “{name}”", name=name),
        hint=Text("Known are {surveys}, hips:ID and skyview:NAME.", surveys=", ".join(SURVEYS)),
    )


# ---------------------------------------------------------------- MAST


def _mast(field: Field, count: int, collection: str) -> Iterator[Wanted]:
    """Images of a collection of the Mikulski Archive: one frame of each observation."""
    from astropy.coordinates import SkyCoord
    from astroquery import mast

    observations, server = cast("Any", mast.Observations), mast.conf.server
    where = SkyCoord(field.ra, field.dec, unit="deg")
    with reaching("MAST"):
        table = observations.query_criteria(
            coordinates=where, radius=field.size, obs_collection=collection,
            dataproduct_type="image", dataRights="PUBLIC",
        )  # fmt: skip
    taken: set[str] = set()
    for start in range(0, len(table), AT_ONCE):
        with reaching("MAST"):
            products = observations.get_product_list(table[start : start + AT_ONCE])
        for product in _best_products(products):
            uri = str(product["dataURI"])
            url = f"{server}/api/v0.1/Download/file?uri={quote(uri, safe='')}"
            name = plain(str(product["productFilename"]))
            yield Wanted(unique(name, taken), url, MAST_CREDITS[collection])
            if len(taken) == count:
                return


def _best_products(products: Any) -> list[Any]:
    """Of each observation the science image that is worked up furthest."""
    best: dict[str, Any] = {}
    for row in products:
        name = str(row["productFilename"]).lower()
        if str(row["productType"]) != "SCIENCE" or not name.endswith((".fits", ".fits.gz")):
            continue
        key = str(row["obsID"])
        if key not in best or _rank(row) > _rank(best[key]):
            best[key] = row
    return list(best.values())


def _rank(row: Any) -> tuple[bool, str]:
    name = str(row["productFilename"]).lower()
    return any(kind in name for kind in ("_drz", "_drc", "_i2d", "_mos")), name


# ---------------------------------------------------------------- cut-outs


def _hips(field: Field, count: int, hips: str) -> Iterator[Wanted]:
    """Cut-outs of a HiPS by CDS's hips2fits: JPEG of a colour one, else FITS."""
    from astropy.coordinates import Angle, Latitude, Longitude
    from astroquery import hips2fits as service

    hips2fits = cast("Any", service.hips2fits)
    colour = "color" in hips.lower()
    kind = "jpg" if colour else "fits"
    server = hips2fits.server if isinstance(hips2fits.server, str) else hips2fits.server[0]
    for number, (ra, dec) in zip(range(count), around(field), strict=False):
        with reaching("hips2fits"):
            payload = hips2fits.query(
                hips=hips, width=PIXELS, height=PIXELS, projection="TAN",
                ra=Longitude(ra, "deg"), dec=Latitude(dec, "deg"), fov=Angle(field.size, "deg"),
                format=kind, get_query_payload=True,
            )  # fmt: skip
        name = f"{plain(hips)}_{plain(field.target)}_{number:04}.{kind}"
        credit = f"HiPS {hips}, cut out by hips2fits, a service provided by CDS, Strasbourg"
        yield Wanted(name, f"{server}?{urlencode(payload)}", credit)


def _skyview(field: Field, count: int, survey: str) -> Iterator[Wanted]:
    """Cut-outs by NASA's SkyView, FITS."""
    from astropy import units
    from astropy.coordinates import SkyCoord
    from astroquery import skyview

    service = cast("Any", skyview.SkyView)
    for number, (ra, dec) in zip(range(count), around(field), strict=False):
        with reaching("SkyView"):
            urls = service.get_image_list(
                position=SkyCoord(ra, dec, unit="deg"), survey=[survey], coordinates="J2000",
                width=field.size * units.deg, height=field.size * units.deg, pixels=str(PIXELS),
            )  # fmt: skip
        for url in urls:
            name = f"{plain(survey)}_{plain(field.target)}_{number:04}.fits"
            yield Wanted(name, url, f"{survey}, from NASA's SkyView Virtual Observatory")


# ---------------------------------------------------------------- SDSS


def _sdss(field: Field, count: int, bands: str) -> Iterator[Wanted]:
    """Frames of the Sloan survey in several bands around the target."""
    from astropy import units
    from astropy.coordinates import SkyCoord
    from astroquery import sdss

    service, conf = cast("Any", sdss.SDSS), sdss.conf
    taken: set[str] = set()
    for ra, dec in around(field):
        with reaching("SDSS"):
            table = service.query_region(
                SkyCoord(ra, dec, unit="deg"), radius=2 * units.arcmin, spectro=False,
                photoobj_fields=["run", "rerun", "camcol", "field"],
            )  # fmt: skip
        if table is None:  # the edge of the survey's sky
            return
        fields = sorted({tuple(int(row[k]) for k in SDSS_KEYS) for row in table})
        for run, rerun, camcol, number in fields:
            for band in bands:
                name = f"sdss-{run:06d}-{camcol}-{number:04d}-{band}.fits.bz2"
                if name in taken:
                    continue
                taken.add(name)
                url = service.IMAGING_URL_SUFFIX.format(
                    base=conf.sas_baseurl, dr=conf.default_release, instrument="eboss",
                    rerun=rerun, run=run, camcol=camcol, field=number, band=band,
                )  # fmt: skip
                yield Wanted(name, url, "Sloan Digital Sky Survey, www.sdss.org")
                if len(taken) == count:
                    return


SDSS_KEYS = ("run", "rerun", "camcol", "field")
MAST_CREDITS = {
    "HLA": "NASA/ESA Hubble Space Telescope, Hubble Legacy Archive (STScI/NASA, ST-ECF/ESA, "
    "CADC/NRC/CSA)",
    "HST": "NASA/ESA Hubble Space Telescope, STScI (MAST)",
    "JWST": "NASA/ESA/CSA James Webb Space Telescope, STScI (MAST)",
}
SURVEYS: dict[str, Survey] = {
    "hla": Survey("Hubble Legacy Archive", _mast, "HLA"),
    "hst": Survey("Hubble (MAST)", _mast, "HST"),
    "jwst": Survey("James Webb (MAST)", _mast, "JWST"),
    "sdss": Survey("Sloan frames in g, r, i", _sdss, "gri"),
    "dss": Survey("Digitized Sky Survey, colour", _hips, "CDS/P/DSS2/color"),
    "sdss-colour": Survey("Sloan, colour", _hips, "CDS/P/SDSS9/color"),
    "panstarrs": Survey("Pan-STARRS, colour", _hips, "CDS/P/PanSTARRS/DR1/color-z-zg-g"),
    "hips": Survey("Digitized Sky Survey, colour", _hips, "CDS/P/DSS2/color"),
    "skyview": Survey("SkyView, DSS2 Red", _skyview, "DSS2 Red"),
}
