"""Catalogues of several makes: what is read, and what is refused."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from astropy import units
from astropy.coordinates import SkyCoord
from astropy.table import Table
from astropy.time import Time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from astroview.core.errors import AstroviewError
from astroview.core.sky.catalogues import (
    CatalogueProblem,
    read_catalogue,
)

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


def test_a_row_of_very_many_values_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("ra,dec\n" + ",".join(["1"] * 200_000) + "\n")
    with pytest.raises(CatalogueProblem) as told:
        read_catalogue(tmp_path / "a.csv")
    assert "not foreseen" not in told.value.hint


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


@pytest.mark.parametrize("form", ["ascii.mrt", "ascii.ipac", "ascii.commented_header",
                                  "ascii.ecsv", "ascii.csv", "fits"])  # fmt: skip
def test_makes_of_other_archives(tmp_path: Path, form: str) -> None:
    path = tmp_path / "a.dat"
    Table({"ra": RA, "dec": DEC, "mag": [1.0, 2.0, 3.0]}).write(path, format=form)
    assert read_catalogue(path).lonlat == pytest.approx(np.column_stack([RA, DEC]), abs=1e-4)


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
