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


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert door.main(["credits", str(tmp_path)]) == 1
    assert "MANIFEST.csv" in capsys.readouterr().err
