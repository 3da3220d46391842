"""Catalogues of several makes; their sources on frames."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from astropy import units
from astropy.coordinates import FK4, FK5, ICRS, Galactic, SkyCoord, Supergalactic
from astropy.io import fits
from astropy.table import Table
from astropy.time import Time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from astroview.core.errors import AstroviewError
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

RA, DEC = [210.8, 210.801, 10.0], [54.3, 54.301, -60.0]


def table() -> Table:
    return Table({"name": ["a", "b", "far"], "ra": RA, "dec": DEC, "mag": [12.5, 13.25, 9.0]})


@pytest.mark.parametrize(
    ("suffix", "format"),
    [("csv", "ascii.csv"), ("xml", "votable"), ("fits", "fits"), ("ecsv", "ascii.ecsv"),
     ("tsv", "ascii.tab"), ("txt", "ascii.basic")],
)  # fmt: skip
def test_every_make(tmp_path: Path, suffix: str, format: str) -> None:
    path = tmp_path / f"stars.{suffix}"
    table().write(path, format=format)
    found = read_catalogue(path)
    assert found.lonlat == pytest.approx(np.column_stack([RA, DEC]))
    assert found.position == ("ra", "dec")
    row = dict(found.row(1))
    assert row["name"] == "b"
    assert row["mag"] == "13.25"


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


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"x,y\n1,2\n", "no columns with positions"),
        (b"ra,dec\nfoo,bar\n", "No row"),
        (b"", "cannot be read|no columns"),
        (b"\0\xff\0" * 500, "cannot be read"),
        (b"\x1f\x8b\0\0", "cannot be read"),
        (b"<?xml version='1.0'?><VOTABLE><oops", "cannot be read"),
    ],
)
def test_what_is_no_catalogue(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "a.dat"
    path.write_bytes(content)
    with pytest.raises(CatalogueProblem, match=words):
        read_catalogue(path)
    with pytest.raises(CatalogueProblem, match="not there"):
        read_catalogue(tmp_path / "missing.csv")


def test_sources_on_a_frame(tiny_frame: Path, tmp_path: Path) -> None:
    frame = open_file.open_frame(tiny_frame)
    path = tmp_path / "stars.csv"
    table().write(path, format="ascii.csv")
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


VOTABLE = """<?xml version="1.0"?>{before}<VOTABLE version="1.3"><RESOURCE><TABLE {table}>
<FIELD name="ra" datatype="double"{field}/><FIELD name="dec" datatype="double"/><DATA>{data}</DATA>
</TABLE></RESOURCE></VOTABLE>"""
ROWS = "<TABLEDATA><TR><TD>1</TD><TD>2</TD></TR></TABLEDATA>"


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"table": 'nrows="2000000000"'}, "says that it has 2,000,000,000 rows"),
        ({"field": ' arraysize="9000000000"'}, "of memory"),
        ({"field": ' arraysize="90000x90000x9"', "table": 'nrows="5"'}, "of memory"),
        ({"data": '<BINARY><STREAM href="http://127.0.0.1:9/x"/></BINARY>'}, "lie elsewhere"),
        ({"data": "<FITS><STREAM href='file:///etc/passwd'/></FITS>"}, "lie elsewhere"),
        ({"data": '<v:BINARY2><v:STREAM a=">" href = "ftp://x"/></v:BINARY2>'}, "lie elsewhere"),
        ({"before": '<!DOCTYPE a [<!ENTITY b "ccc">]>'}, "words of its own"),
    ],
)
def test_what_a_votable_must_not_ask(tmp_path: Path, parts: dict[str, str], words: str) -> None:
    path = tmp_path / "a.vot"
    content = {"before": "", "table": "", "field": "", "data": ROWS}
    path.write_text(VOTABLE.format(**content))
    assert len(read_catalogue(path)) == 1
    path.write_text(VOTABLE.format(**(content | parts)))
    with pytest.raises(AstroviewError, match=words):
        read_catalogue(path)


def test_no_votable_reaches_the_network(tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0)
        stream = f'<STREAM href="http://127.0.0.1:{listener.getsockname()[1]}/rows"/>'
        path = tmp_path / "a.vot"
        parts = {"before": "", "table": "", "field": "", "data": f"<BINARY>{stream}</BINARY>"}
        path.write_text(VOTABLE.format(**parts))
        with pytest.raises(CatalogueProblem):
            read_catalogue(path)
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_coordinates_times_and_vectors_in_one_column(tmp_path: Path) -> None:
    table = Table(
        {
            "id": [1, 2],
            "sky": SkyCoord([10.0, 20.0], [1.0, 2.0], unit="deg", frame="galactic"),
            "flux": [1.5, 2.5] * units.Jy,
            "bands": np.arange(6.0).reshape(2, 3),
            "spectrum": np.zeros((2, 300)),
            "taken": Time([51544.0, 51545.0], format="mjd"),
        }
    )
    table.write(tmp_path / "a.ecsv", format="ascii.ecsv")
    found = read_catalogue(tmp_path / "a.ecsv")
    there = SkyCoord([10.0, 20.0], [1.0, 2.0], unit="deg", frame="galactic").icrs
    assert np.allclose(found.lonlat, np.column_stack([there.ra.deg, there.dec.deg]))
    assert found.columns[1:3] == ["sky.ra", "sky.dec"]
    assert dict(found.row(1)) | {"bands[2]": "5", "spectrum": "300 values"} == dict(found.row(1))
    assert dict(found.row(0))["taken"].startswith("2000-01-01")
    everything = np.arange(2)
    for column in range(len(found.columns)):
        assert set(found.sorted(everything, column)) == {0, 1}
    assert list(found.find(everything, "2.5")) == [1]


@pytest.mark.parametrize(
    "ra", [[True, False], [1 + 1j, 2], [object(), object()], ["here", "there"]]
)
def test_positions_of_the_wrong_type_are_refused_in_words(ra: list[object]) -> None:
    table = Table({"ra": np.array(ra), "dec": [1.0, 2.0]})
    with pytest.raises(CatalogueProblem, match=r"holds no positions|No row"):
        catalogue_of(table, "a")


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode), st.integers(0, 5))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_anything_is_a_catalogue_or_refused(tmp_path: Path, content: bytes, head: int) -> None:
    beginnings = (b"", b"# %ECSV 1.0\n# ---\n", b"<?xml version='1.0'?><VOTABLE>", b"ra,dec\n",
                  b"SIMPLE  =                    T", b"ra dec\n1 ")  # fmt: skip
    path = tmp_path / "a.csv"
    path.write_bytes(beginnings[head] + content)
    with suppress(AstroviewError):
        read_catalogue(path)


def test_a_catalogue_is_read_before_astropy_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("ra,dec\n1,2\n")
    script = (
        "from pathlib import Path; from astroview.core.sky.catalogues import read_catalogue\n"
        f"print(len(read_catalogue(Path({str(tmp_path / 'a.csv')!r}))))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert run.stdout.strip() == "1", run.stderr


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


@pytest.mark.parametrize("system", ["xy", "geo_app", "AZ_EL"])
def test_a_system_that_is_not_turned_is_an_error_not_a_number(tmp_path: Path, system: str) -> None:
    coosys = f'<COOSYS ID="c" system="{system}"/>'
    with pytest.raises(CatalogueProblem, match="not turned into ICRS"):
        read_catalogue(votable(tmp_path, coosys=coosys, ref='ref="c"'))


def test_a_row_of_very_many_values_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("ra,dec\n" + ",".join(["1"] * 200_000) + "\n")
    with pytest.raises(CatalogueProblem) as told:
        read_catalogue(tmp_path / "a.csv")
    assert "not foreseen" not in told.value.hint


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


def test_sextractors_tables(tmp_path: Path, shared_cases: Path) -> None:
    made = read_catalogue(shared_cases / "catalogues" / "16_sextractor_ldac.cat")
    assert len(made) == 3
    text = "#   1 NUMBER  Running object number\n#   2 ALPHA_J2000  Right ascension [deg]\n"
    text += "#   3 DELTA_J2000  Declination [deg]\n  1  202.1  47.2\n  2  202.2  47.3\n"
    (tmp_path / "test.cat").write_text(text)
    assert read_catalogue(tmp_path / "test.cat").lonlat[1] == pytest.approx((202.2, 47.3))


def test_tables_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "sheet.csv").write_text("\ufeffra,dec,name\n10.5,-3,ä\n", encoding="utf-8")
    made = read_catalogue(tmp_path / "sheet.csv")
    assert made.columns == ["ra", "dec", "name"]
    assert made.lonlat[0] == pytest.approx((10.5, -3))


def test_of_several_fits_tables_the_one_with_positions(tmp_path: Path) -> None:
    first = fits.BinTableHDU(Table({"gain": [1.0, 2.0]}), name="CCD")
    second = fits.BinTableHDU(Table({"RA": [1.0], "DEC": [2.0]}), name="STARS")
    fits.HDUList([fits.PrimaryHDU(), first, second]).writeto(tmp_path / "two.fits")
    assert read_catalogue(tmp_path / "two.fits").lonlat.tolist() == [[1.0, 2.0]]


@pytest.mark.parametrize("name", ["999999999999999999", "T", "1.5", "1E308"])
def test_columns_whose_names_are_no_names(tmp_path: Path, name: str) -> None:
    """Found by fuzzing."""
    path = tmp_path / "table.fits"
    Table({"ra": [1.0, 2.0], "dec": [3.0, 4.0]}).write(path)
    content = path.read_bytes()
    at = content.index(b"TTYPE1")
    path.write_bytes(content[:at] + f"TTYPE1  = {name:>20}".ljust(80).encode() + content[at + 80 :])
    with pytest.raises(CatalogueProblem) as told:
        read_catalogue(path)
    assert "not foreseen" not in told.value.hint


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("name;ra;dec;mag\nÉ;10,5;20,25;17,1\nµ;11;-3,5;9\n", "utf-8"),
        ("name;ra;dec;mag\nÉ;10,5;20,25;17,1\nµ;11;-3,5;9\n", "cp1252"),
        ("name;ra;dec;mag\nÉ;10,5;20,25;17,1\nµ;11;-3,5;9\n", "utf-16"),
        ("name\tra\tdec\tmag\nÉ\t10.5\t20,25\t17,1\nµ\t11\t-3,5\t9\n", "cp1252"),
        ('name,ra,dec,mag\nÉ,"10,5","20,25",17.1\nµ,11,"-3,5",9\n', "cp1252"),
        ("name;ra;dec;mag\nÉ;0:42:00,0;20:15:00;17,1\nµ;0 44 0;-3:30:00,0;9\n", "utf-8-sig"),
    ],
)
def test_decimal_commas_and_older_letters(tmp_path: Path, content: str, encoding: str) -> None:
    """As spreadsheets save them where numbers are written so."""
    path = tmp_path / "a.csv"
    path.write_bytes(content.encode(encoding))
    made = read_catalogue(path)
    assert made.lonlat == pytest.approx(np.array([[10.5, 20.25], [11, -3.5]]))
    assert (made.cell(0, 0), made.cell(0, 3), made.cell(1, 0)) == ("É", "17.1", "µ")
    assert made.is_number(3)


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


@pytest.mark.parametrize("form", ["ascii.mrt", "ascii.ipac", "ascii.commented_header",
                                  "ascii.ecsv", "ascii.csv", "fits"])  # fmt: skip
def test_makes_of_other_archives(tmp_path: Path, form: str) -> None:
    path = tmp_path / "a.dat"
    plain = Table({"ra": PLACES.ra.deg, "dec": PLACES.dec.deg, "mag": [1.0, 2.0, 3.0]})
    plain.write(path, format=form)
    assert read_catalogue(path).lonlat == pytest.approx(
        np.column_stack([PLACES.ra.deg, PLACES.dec.deg]), abs=1e-4
    )


@pytest.mark.parametrize("with_sign", [True, False])
@pytest.mark.parametrize("form", ["ascii.csv", "ascii.ecsv", "fits", "votable"])
def test_positions_in_parts(tmp_path: Path, form: str, with_sign: bool) -> None:
    path = tmp_path / "a.dat"
    in_parts(with_sign).write(path, format=form)
    wanted = np.column_stack([PLACES.ra.deg, PLACES.dec.deg])
    assert read_catalogue(path).lonlat == pytest.approx(wanted, abs=1e-7)


@pytest.mark.parametrize("head", ["# ra dec", "#ra dec", "# made by hand\n# ra dec"])
def test_names_in_a_comment(tmp_path: Path, head: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{head}\n202.5 47.25\n")
    assert read_catalogue(path).lonlat.tolist() == [[202.5, 47.25]]


@pytest.mark.parametrize("form", ["ascii.ecsv", "sextractor"])
def test_marked_texts_with_a_byte_order_mark(tmp_path: Path, form: str) -> None:
    path = tmp_path / "a.txt"
    head = "#   1 ALPHA_J2000  Right ascension [deg]\n#   2 DELTA_J2000  Declination [deg]\n"
    if form == "sextractor":
        path.write_text(f"{head}202.5 47.25\n")
    else:
        Table({"ra": [202.5], "dec": [47.25]}).write(path, format=form)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_catalogue(path).lonlat.tolist() == [[202.5, 47.25]]


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


def test_a_votable_with_a_field_without_a_name_is_refused_in_words(tmp_path: Path) -> None:
    """Astropy raises what is a warning elsewhere."""
    path = tmp_path / "a.vot"
    field = '<FIELD naUe="ra" datatype="double"/><FIELD name="dec" datatype="double"/>'
    path.write_text(
        f'<?xml version="1.0"?><VOTABLE version="1.3"><RESOURCE><TABLE>{field}<DATA><TABLEDATA>'
        "<TR><TD>1</TD><TD>2</TD></TR></TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>"
    )
    with pytest.raises(CatalogueProblem, match="must have at least one of"):
        read_catalogue(path)


def test_what_a_library_trips_over_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.vot"  # found by fuzzing: astropy uses a name that it never set
    path.write_text(
        '<?xml version="1.0"?><VOTABLE version="1.3"><RESOURCE><TABLE><FIELD name="ra"'
        ' datatype="double"/><FIELD name="dec" datatype="double"/><DATA><BINARY><SM/></BINARY>'
        "</DATA></TABLE></RESOURCE></VOTABLE>"
    )
    with pytest.raises(CatalogueProblem, match="cannot be read as a table"):
        read_catalogue(path)
