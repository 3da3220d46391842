"""Catalogues of several makes; their sources on frames."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from astropy.table import Table

from astroview.core.io import open_file
from astroview.core.sky.catalogues import CatalogueProblem, place_catalogue, read_catalogue
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
