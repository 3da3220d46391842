"""Frames from archives on this machine, through astroquery and its own configuration."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

import pytest
from archives import Archives, serving
from astropy.coordinates.name_resolve import sesame_url

from astroview.core.errors import AstroviewError
from astroview.core.messages import gather_messages
from astroview.core.messages.gather_messages import Fetched, GatherBegun, Gathered, GatherProblem
from trainer.curate.frame_measures import look_at
from trainer.gather import gather_run
from trainer.gather.downloads import NoConnection, Refused, sha256_of
from trainer.gather.gather_run import confined, find_field
from trainer.gather.manifest import Manifest
from trainer.gather.sky_field import Field, Wanted, around, plain, unique
from trainer.gather.surveys import survey_named

M101 = "210.802429 54.348750"


needs_astroquery = pytest.mark.skipif(
    not (find_spec("astroquery") and find_spec("matplotlib")), reason="the extra “gather”"
)


def gather(archives: str | Archives, tmp_path: Path, *arguments: str):
    """Run the command; returns its code, what it said, and stderr."""
    if isinstance(archives, Archives):
        config = archives.config(tmp_path / "config")
    else:
        config = tmp_path / "config"
    environment = {
        **os.environ, "ASTROPY_CONFIG_DIR": str(config), "ASTROPY_CACHE_DIR": str(tmp_path / "c"),
    }  # fmt: skip
    (tmp_path / "c").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "astroview", "gather", "--pause", "0.01", "--events"]
    with (
        (tmp_path / "stderr.txt").open("w") as log,
        subprocess.Popen(
            [*command, "--out", str(tmp_path / "out"), *arguments],
            env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
        ) as process,
    ):  # fmt: skip
        assert process.stdout is not None
        said = process.stdout.read()
        code = process.wait(120)
    told = [gather_messages.decode(line) for line in said.splitlines()]
    return code, told, (tmp_path / "stderr.txt").read_text()


def lines(tmp_path: Path) -> list[dict[str, str]]:
    with (tmp_path / "out" / "manifest.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@needs_astroquery
def test_observations_come_with_credits_and_only_once(archives: Archives, tmp_path: Path):
    archives.gone = {"hst_2_acs_drz.fits"}
    order = ("--target", M101, "--survey", "hla", "--count", "3")
    code, told, log = gather(archives, tmp_path, *order)
    assert code == 1, log  # one is missing
    begun = told[0]
    assert isinstance(begun, GatherBegun)
    assert (begun.of, round(begun.ra, 3)) == (3, 210.802)
    states = {e.name: e.state for e in told if isinstance(e, Fetched)}
    assert states == {
        "hst_0_acs_drz.fits": "done", "hst_1_acs_drz.fits": "done", "hst_2_acs_drz.fits": "failed",
    }  # fmt: skip
    noted = lines(tmp_path)
    assert [line["file"] for line in noted] == ["hst_0_acs_drz.fits", "hst_1_acs_drz.fits"]
    for line in noted:
        path = tmp_path / "out" / line["file"]
        assert sha256_of(path) == line["sha256"]
        assert "Hubble" in line["credit"]
    asked = dict(archives.asked)
    archives.gone = set()
    code, told, log = gather(archives, tmp_path, *order)
    assert code == 0, log
    last = told[-1]
    assert isinstance(last, Gathered)
    assert (last.done, last.before, last.failed) == (1, 2, 0)
    assert archives.asked["observations"] == asked["observations"]  # the answer was kept
    assert archives.asked["file"] == asked["file"] + 1
    assert any("astroview/" in agent for agent in archives.agents)


@needs_astroquery
@pytest.mark.parametrize(
    ("survey", "count", "names"),
    [
        ("skyview", 1, ["DSS2_Red_210.802429_54.348750_0000.fits"]),
        ("sdss", 2, ["sdss-003900-6-0000-g.fits.bz2", "sdss-003900-6-0000-r.fits.bz2"]),
    ],
)
def test_each_kind_of_archive_is_understood(
    archives: Archives, tmp_path: Path, survey: str, count: int, names: list[str]
):
    order = ("--target", M101, "--survey", survey, "--count", str(count))
    code, _, log = gather(archives, tmp_path, *order)
    assert code == 0, log
    assert [line["file"] for line in lines(tmp_path)] == names
    assert all((tmp_path / "out" / name).stat().st_size > 500 for name in names)


@needs_astroquery
def test_cut_outs_of_a_sky_map(archives: Archives, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from astroquery.hips2fits import hips2fits

    # Its configuration knows the two servers of CDS only; its attribute takes any.
    monkeypatch.setattr(hips2fits, "server", f"{archives.address}/hips2fits")
    told: list[gather_messages.GatherEvent] = []
    for survey in ("dss", "hips:CDS/P/DSS2/red"):
        gather_run.gather(
            gather_run.GatherOrder("10.5 -20.25", survey, 2, tmp_path, pause_s=0.0), told.append
        )
    names = [path.name for path in sorted(tmp_path.glob("CDS*"))]
    assert names == [
        f"CDS_P_DSS2_{part}_10.5_-20.25_000{k}.{suffix}"
        for part, suffix in (("color", "jpg"), ("red", "fits"))
        for k in (0, 1)
    ]
    assert [look_at(tmp_path / name).kind for name in names] == ["colour", "colour", "grey", "grey"]
    progress = [e for e in told if isinstance(e, gather_messages.GatherProgress)]
    assert (progress[-1].done, progress[-1].of) == (2, 2)


@needs_astroquery
def test_without_a_network_one_line_says_so(tmp_path: Path):
    with serving() as server:
        server.config(tmp_path / "config")  # nobody listens there any more
    code, told, log = gather("", tmp_path, "--target", M101, "--survey", "hla")
    assert code == 1
    assert isinstance(told[-1], GatherProblem)
    assert "cannot be reached" in told[-1].message
    assert len(log.strip().splitlines()) == 1
    assert "connection to the internet" in log


def test_a_manifest_knows_what_is_whole(tmp_path: Path):
    path = tmp_path / "a.fits"
    path.write_bytes(b"1234")
    Manifest(tmp_path).add(path, "hla", "M 101", "NASA, “ESA”", "http://x/", sha256_of(path))
    with (tmp_path / "manifest.csv").open("a") as file:
        file.write("torn,line")  # the power went
    again = Manifest(tmp_path)
    assert again.has(tmp_path, "a.fits", check=True)
    path.write_bytes(b"1235")
    assert again.has(tmp_path, "a.fits", check=False)
    assert not again.has(tmp_path, "a.fits", check=True)
    path.write_bytes(b"12")
    assert not again.has(tmp_path, "a.fits", check=False)
    other = tmp_path / "b.fits"
    other.write_bytes(b"5")
    again.add(other, "hla", "M 101", "", "http://y/", sha256_of(other))
    assert Manifest(tmp_path).has(tmp_path, "b.fits", check=True)


def test_places_are_read_without_a_network():
    for text in ("210.80 54.35", "210.80, +54.35", "14:03:12 +54:21:00", "14h03m12s +54d21m00s"):
        field = find_field(text, 0.1)
        assert abs(field.ra - 210.8) < 0.01
        assert abs(field.dec - 54.35) < 0.01
    with pytest.raises(AstroviewError, match="no place"):
        find_field("400 -100", 0.1)


def test_names_are_looked_up(archives: Archives):
    with sesame_url.set([f"{archives.address}/sesame/"]):
        field = find_field("M 101", 0.1)
        assert (field.target, round(field.ra, 3)) == ("M 101", 210.802)
        with pytest.raises(AstroviewError, match="no catalogue"):
            find_field("Nothing 17", 0.1)
    with serving() as server:
        gone = server.address
    with sesame_url.set([f"{gone}/sesame/"]), pytest.raises(NoConnection):
        find_field("M 101", 0.1)


def test_cut_outs_touch_and_do_not_overlap():
    places = list(islice(around(Field("x", 10.0, 0.0, 1.0)), 25))
    steps = {(round(ra - 10), round(dec)) for ra, dec in places}
    assert steps == {(x, y) for x in range(-2, 3) for y in range(-2, 3)}


def test_surveys_and_file_names():
    assert survey_named("hips:CDS/P/GALEX/color").part == "CDS/P/GALEX/color"
    with pytest.raises(AstroviewError, match="no survey"):
        survey_named("nothing")
    assert plain("../CDS/P x") == "CDS_P_x"
    taken: set[str] = set()
    assert [unique(n, taken) for n in ("a.fits", "A.fits", "a.fits")] == [
        "a.fits", "A-2.fits", "a-3.fits",
    ]  # fmt: skip


NAMES = ("../a.fits", "/etc/a.fits", "a/b.fits", "..", "con\x00.fits", "a" * 400, "a." + "b" * 119,
         "", "CON", "nul.fits", "manifest.csv", ".gather", "a\u2215b.fits", "a.fits.exe", "\ud800",
         "a\u202etsif.exe", "C:a.fits", "-rf.fits", "a.FITS", "A.fits", "b" * 400,
         "b" * 401)  # fmt: skip


def test_names_of_an_archive_stay_in_the_folder():
    made = confined(Wanted(name, "https://archive/a.fits", "NASA") for name in NAMES)
    for one in made:
        assert one.name == Path(one.name).name
        assert re.fullmatch(r"[A-Za-z0-9+][\w.+-]*\.(?i:fits)", one.name)
        assert len(one.name) <= 120
        assert one.name.partition(".")[0].upper() not in ("CON", "NUL")
    assert len({one.name.lower() for one in made}) == len(NAMES)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a/b.fits", "b.fits", "", "http://["])
def test_addresses_of_an_archive_are_on_the_web(url: str):
    with pytest.raises(Refused, match="no web address"):
        confined([Wanted("a.fits", url, "NASA")])


def test_a_manifest_with_a_field_without_end_is_read_to_there(tmp_path: Path):
    path = tmp_path / "a.fits"
    path.write_bytes(b"1234")
    Manifest(tmp_path).add(path, "hla", "M 101", "NASA", "http://x/", sha256_of(path))
    with (tmp_path / "manifest.csv").open("a") as file:
        file.write('b.fits,"' + "x" * 200_000)
    assert Manifest(tmp_path).has(tmp_path, "a.fits", check=True)
