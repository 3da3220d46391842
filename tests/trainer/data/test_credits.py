"""The page of credits says what the manifests say."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from trainer import __main__ as door

ROOT = Path(__file__).resolve().parents[3]

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
    all_of_them = ["SDSS", "NASA", "JWST", "ESO", "ESA", "DESI", "Chandra", "CSA", "AURA", "2MASS"]
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


def test_cards_and_recipes_name_everybody_that_the_page_does():
    page = (ROOT / "docs" / "credits.md").read_text("utf-8")
    rows = [line.split("|") for line in page.splitlines() if line.count("|") == 5]
    names = {name.strip() for row in rows[2:] for name in row[4].split(",")} - {"–", "credits name"}
    names = {name for name in names if name.strip("-")}
    assert len(names) > 20
    cards = sorted((ROOT / "resources" / "models").glob("*/card.json"))
    told = {path.parent.name: json.loads(path.read_text("utf-8"))["credit"] for path in cards}
    for path in sorted((ROOT / "trainer" / "recipes").glob("*.toml")):
        told[path.name] = tomllib.loads(path.read_text("utf-8"))["card"]["credit"]
    for place, credit in told.items():
        assert names <= set(re.findall(r"\w+", credit)), place
