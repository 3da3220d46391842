"""Where the sources of a catalogue lie: columns, units, systems, motions; and on a frame."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from astropy import units
from astropy.coordinates import FK4, FK5, ICRS, Galactic, SkyCoord, Supergalactic
from astropy.io import fits
from astropy.table import Table
from astropy.time import Time

from astroview.core.io import open_file
from astroview.core.sky.catalogue_positions import year_of
from astroview.core.sky.catalogues import (
    CatalogueProblem,
    catalogue_of,
    moves,
    place_catalogue,
    read_catalogue,
)
from astroview.core.sky.sky_map import sky_map


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("RAJ2000,DEJ2000\n00 42 44.3,+41 16 09\n", (10.684583, 41.269167)),
        ("ALPHA_J2000;DELTA_J2000\n10.5;-0.25\n", (10.5, -0.25)),
        ("id|_RA|_DE\n1|00:00:04|-00:30:00\n", (0.0166667, -0.5)),
        ("glon,glat\n121.1743,-21.5733\n", (10.6847, 41.2688)),
        ("Right Ascension,Declination\n1.5,2.5\n", (1.5, 2.5)),
    ],
)
def test_names_and_ways_to_write_positions(tmp_path: Path, text: str, wanted) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text)
    assert read_catalogue(path).lonlat[0] == pytest.approx(wanted, abs=1e-3)


def test_meaning_wins_over_names_and_units_count(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(
        """<?xml version="1.0"?><VOTABLE version="1.3"><RESOURCE><TABLE>
        <FIELD name="ra" datatype="double" unit="deg"/>
        <FIELD name="alpha" ucd="pos.eq.ra;meta.main" datatype="double" unit="rad"/>
        <FIELD name="delta" ucd="pos.eq.dec;meta.main" datatype="double" unit="rad"/>
        <DATA><TABLEDATA><TR><TD>5</TD><TD>1</TD><TD>0.5</TD></TR>
        <TR><TD>5</TD><TD/><TD/></TR></TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>"""
    )
    found = read_catalogue(path)
    assert found.lonlat == pytest.approx(np.rad2deg([[1, 0.5]]))
    assert len(found) == 1  # the row without a position is left out


def test_sources_on_a_frame(tiny_frame: Path, tmp_path: Path) -> None:
    frame = open_file.open_frame(tiny_frame)
    path = tmp_path / "stars.csv"
    path.write_text("ra,dec\n210.8,54.3\n210.801,54.301\n10,-60\n")
    sky = sky_map(frame)
    assert sky is not None
    places, which = place_catalogue(read_catalogue(path), sky, frame.shape)
    assert which.tolist() == [0, 1]
    assert places[0] == pytest.approx((32.0, 24.0), abs=1e-6)  # the reference pixel


def test_a_hundred_thousand_sources(tiny_frame: Path, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    many = Table({"ra": rng.uniform(0, 360, 100_000), "dec": rng.uniform(-90, 90, 100_000)})
    path = tmp_path / "many.csv"
    many.write(path, format="ascii.csv")
    frame = open_file.open_frame(tiny_frame)
    catalogue = read_catalogue(path)
    start = time.process_time()
    place_catalogue(catalogue, sky_map(frame), frame.shape)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "ra", [[True, False], [1 + 1j, 2], [object(), object()], ["here", "there"]]
)
def test_positions_of_the_wrong_type_are_refused_in_words(ra: list[object]) -> None:
    table = Table({"ra": np.array(ra), "dec": [1.0, 2.0]})
    with pytest.raises(CatalogueProblem, match=r"holds no positions|No row"):
        catalogue_of(table, "a")


SKY_TABLE = """<?xml version="1.0"?>
<VOTABLE version="1.3" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">
<RESOURCE>{coosys}<TABLE>
<FIELD name="ra" datatype="double" unit="{unit}" {ref}/>
<FIELD name="dec" datatype="double" unit="deg" {ref}/>{more}
<DATA><TABLEDATA><TR><TD>{ra}</TD><TD>47.1953</TD>{cells}</TR></TABLEDATA></DATA>
</TABLE></RESOURCE></VOTABLE>
"""


def votable(tmp_path: Path, **words: str) -> Path:
    usual = {"coosys": "", "ref": "", "unit": "deg", "ra": "202.4696", "more": "", "cells": ""}
    path = tmp_path / "some.xml"
    path.write_text(SKY_TABLE.format(**usual | words))
    return path


@pytest.mark.parametrize(("unit", "ra"), [("h", "13.497973333333334"), ("rad", "3.5337611478129"),
    ("arcsec", "728890.56"), ("deg", "202.4696")])  # fmt: skip
def test_units_of_positions_are_obeyed(tmp_path: Path, unit: str, ra: str) -> None:
    made = read_catalogue(votable(tmp_path, unit=unit, ra=ra))
    assert made.lonlat[0] == pytest.approx((202.4696, 47.1953), abs=1e-6)


def test_a_unit_that_is_no_angle_is_an_error_not_a_number(tmp_path: Path) -> None:
    with pytest.raises(CatalogueProblem, match="no angle"):
        read_catalogue(votable(tmp_path, unit="Jy"))


@pytest.mark.parametrize(
    ("system", "frame"),
    [('system="eq_FK4" equinox="B1950"', FK4(equinox="B1950")),
     ('system="eq_FK5" equinox="1975"', FK5(equinox="J1975")),
     ('system="galactic"', Galactic()), ('system="ICRS"', ICRS()),
     ('system="supergalactic"', Supergalactic()), ('system="GALACTIC_II"', Galactic())],
)  # fmt: skip
def test_the_frame_of_a_votable_is_obeyed(tmp_path: Path, system: str, frame: object) -> None:
    coosys = f'<COOSYS ID="c" {system}/><COOSYS ID="other" system="ICRS"/>'
    made = read_catalogue(votable(tmp_path, coosys=coosys, ref='ref="c"'))
    wanted = SkyCoord(202.4696, 47.1953, unit="deg", frame=frame).icrs
    assert made.lonlat[0] == pytest.approx((wanted.ra.deg, wanted.dec.deg), abs=1e-7)


@pytest.mark.parametrize("system", ["eq_FK5", "ICRS", "galactic"])
@pytest.mark.parametrize("names", [("glon", "glat"), ("ra", "dec")])
def test_a_lone_coosys_does_not_speak_of_columns_of_another_kind(
    tmp_path: Path, system: str, names: tuple[str, str]
) -> None:
    path = votable(tmp_path, coosys=f'<COOSYS ID="c" system="{system}"/>')
    text = path.read_text().replace('name="ra"', f'ID="c1" name="{names[0]}"')
    path.write_text(text.replace('name="dec"', f'ID="c2" name="{names[1]}"'))
    frame = Galactic() if names[0] == "glon" else FK5() if system == "eq_FK5" else ICRS()
    wanted = SkyCoord(202.4696, 47.1953, unit="deg", frame=frame).icrs
    made = read_catalogue(path).lonlat
    assert made[0] == pytest.approx((wanted.ra.deg, wanted.dec.deg), abs=1e-7)


@pytest.mark.parametrize(
    ("cards", "frame"),
    [({"RADESYS": "FK4", "EQUINOX": 1950.0}, FK4(equinox="B1950")),
     ({"RADECSYS": "FK5", "EQUINOX": 2025.5}, FK5(equinox="J2025.5")),
     ({"EQUINOX": 1950}, FK4(equinox="B1950")), ({"EQUINOX": 0}, ICRS()), ({}, ICRS())],
)  # fmt: skip
@pytest.mark.parametrize("names", [("RA", "DEC"), ("ALPHA_J2000", "DELTA_J2000")])
def test_the_frame_of_a_fits_table_is_obeyed(
    tmp_path: Path, cards: dict[str, object], frame: object, names: tuple[str, str]
) -> None:
    """Unless the names of its columns say another one."""
    table = Table({names[0]: [202.4696], names[1]: [47.1953]}, meta=cards)
    table.write(tmp_path / "a.fits")
    told = ICRS() if "2000" in names[0] else frame
    wanted = SkyCoord(202.4696, 47.1953, unit="deg", frame=told).icrs
    made = read_catalogue(tmp_path / "a.fits").lonlat[0]
    assert made == pytest.approx((wanted.ra.deg, wanted.dec.deg), abs=1e-6)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("13:29:52.704", ""), ("13 29 52.704", "h:m:s"), ("202d28m10.56s", ""), ("202°28′10.56″", ""),
     ("202:28:10.56", "d:m:s"), ("202:28:10.56", "deg"), ("13.49797333", "h"), ("13.49797333h", ""),
     ("202.4696", ""), ("202.4696d", "h"), ("12148.176", "arcmin")],
)  # fmt: skip
def test_letters_and_units_of_text_are_obeyed(text: str, unit: str) -> None:
    table = Table({"ra": [text], "dec": ["+47:11:43.08"]})
    table["ra"].unit = unit or None
    wanted = pytest.approx((202.4696, 47.1953), abs=1e-6)
    assert catalogue_of(table, "a").lonlat[0] == wanted


@pytest.mark.parametrize(
    ("ra", "unit"), [("202:28:10.56", ""), ("202:28:10.56", "h"), (202.5, "h")]
)
def test_no_right_ascension_has_more_than_24_hours(ra: object, unit: str) -> None:
    table = Table({"ra": [ra], "dec": [47.1953]})
    table["ra"].unit = unit or None
    with pytest.raises(CatalogueProblem, match="more than 24 hours"):
        catalogue_of(table, "a")


@pytest.mark.parametrize("system", ["xy", "geo_app", "AZ_EL"])
def test_a_system_that_is_not_turned_is_an_error_not_a_number(tmp_path: Path, system: str) -> None:
    coosys = f'<COOSYS ID="c" system="{system}"/>'
    with pytest.raises(CatalogueProblem, match="not turned into ICRS"):
        read_catalogue(votable(tmp_path, coosys=coosys, ref='ref="c"'))


def test_proper_motion_brings_sources_to_the_frames_date(tmp_path: Path) -> None:
    more = """
<FIELD name="pmra" datatype="double" unit="mas/yr"/>
<FIELD name="pmdec" datatype="double" unit="mas/yr"/>
<FIELD name="ref_epoch" datatype="double" unit="yr"/>"""
    cells = "<TD>1000</TD><TD>-2000</TD><TD>2016.0</TD>"
    made = read_catalogue(votable(tmp_path, more=more, cells=cells))
    year = year_of({"DATE-OBS": "1996-01-01T12:00:00"})
    assert year == pytest.approx(1996, abs=0.01)
    there = SkyCoord(
        202.4696 * units.deg, 47.1953 * units.deg, pm_ra_cosdec=1 * units.arcsec / units.yr,
        pm_dec=-2 * units.arcsec / units.yr, obstime="J2016.0", distance=10 * units.pc,
    ).apply_space_motion(Time(year, format="jyear"))  # fmt: skip
    moved = SkyCoord(*made.found.at(year)[0], unit="deg")
    assert moved.separation(SkyCoord(there.ra, there.dec)).arcsec < 0.01
    assert moves(made, year)
    assert year_of({}) is None


def test_of_several_fits_tables_the_one_with_positions(tmp_path: Path) -> None:
    first = fits.BinTableHDU(Table({"gain": [1.0, 2.0]}), name="CCD")
    second = fits.BinTableHDU(Table({"RA": [1.0], "DEC": [2.0]}), name="STARS")
    fits.HDUList([fits.PrimaryHDU(), first, second]).writeto(tmp_path / "two.fits")
    assert read_catalogue(tmp_path / "two.fits").lonlat.tolist() == [[1.0, 2.0]]


PLACES = SkyCoord([202.4696, 202.48, 202.5], [47.1952, -0.2, -47.21], unit="deg")


def in_parts(with_sign: bool) -> Table:
    """Positions as journals and CDS write them: hours, minutes, seconds; sign, degrees ..."""
    ra, dec = PLACES.ra.hms, PLACES.dec.signed_dms
    columns = {"RAh": ra.h, "RAm": ra.m, "RAs": ra.s}
    if with_sign:
        columns |= {"DE-": np.where(dec.sign < 0, "-", "+"), "DEd": dec.d}
    else:
        columns |= {"DEd": dec.sign * dec.d}
    return Table(columns | {"DEm": dec.m, "DEs": dec.s})


@pytest.mark.parametrize("with_sign", [True, False])
@pytest.mark.parametrize("form", ["ascii.csv", "ascii.ecsv", "fits", "votable"])
def test_positions_in_parts(tmp_path: Path, form: str, with_sign: bool) -> None:
    path = tmp_path / "a.dat"
    in_parts(with_sign).write(path, format=form)
    wanted = np.column_stack([PLACES.ra.deg, PLACES.dec.deg])
    assert read_catalogue(path).lonlat == pytest.approx(wanted, abs=1e-7)


def test_proper_motions_within_coordinates(tmp_path: Path) -> None:
    moving = SkyCoord([10.0] * units.deg, [20.0] * units.deg, obstime=Time("J2016.0"),
                      pm_ra_cosdec=[100.0] * units.mas / units.yr,
                      pm_dec=[-50.0] * units.mas / units.yr)  # fmt: skip
    Table({"sky": moving}).write(tmp_path / "a.ecsv", format="ascii.ecsv")
    found = read_catalogue(tmp_path / "a.ecsv").found
    assert found.motions is not None
    assert found.epoch is not None
    assert found.motions.tolist() == [pytest.approx([100, -50])]
    assert found.epoch.tolist() == [2016]
