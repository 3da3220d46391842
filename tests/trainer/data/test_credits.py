"""The page of credits says what the manifests say."""

from pathlib import Path

import pytest

from trainer import __main__ as door

ROWS = """file,source_repo,mission_credit,licence
a.jpg,one/sky,"M31; NASA, ESA/Hubble",CC BY 4.0
b.jpg,one/sky,M33 by ESO,CC BY 4.0
c.jpg,other/sky,unknown,public
"""


def test_sources_are_counted_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "MANIFEST.csv").write_text(ROWS, encoding="utf-8")
    assert door.main(["credits", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert f"## {tmp_path.name}: 3 pictures" in said
    line = next(line for line in said.splitlines() if "one/sky" in line)
    assert line.startswith("| one/sky | 2 | CC BY 4.0 |")
    assert {"NASA", "ESA", "Hubble", "ESO"} == set(line.split("|")[4].strip().split(", "))
    assert "| other/sky | 1 | public | – |" in said


def test_nobody_is_left_out_and_the_order_is_always_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    all_of_them = [
        "Subaru",
        "SDSS",
        "NASA",
        "JWST",
        "ESO",
        "ESA",
        "DESI",
        "Chandra",
        "CSA",
        "AURA",
        "2MASS",
    ]
    for order in (all_of_them, all_of_them[::-1]):
        rows = f"file,source_repo,mission_credit,licence\na.jpg,one/sky,{' '.join(order)},public\n"
        rows += "b.jpg,one/sky,by ESO,public\n"
        (tmp_path / "MANIFEST.csv").write_text(rows, encoding="utf-8")
        assert door.main(["credits", str(tmp_path)]) == 0
        line = next(line for line in capsys.readouterr().out.splitlines() if "one/sky" in line)
        told = line.split("|")[4].strip().split(", ")
        assert told == ["ESO", *sorted(set(all_of_them) - {"ESO"})]


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert door.main(["credits", str(tmp_path)]) == 1
    assert "MANIFEST.csv" in capsys.readouterr().err
