"""Frames from archives on this machine, through astroquery and its own configuration."""

from __future__ import annotations

import csv
import gzip
import http.server
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

import pytest
from archives import Archives, frame, serving
from astropy.coordinates.name_resolve import sesame_url

from astroview.core.errors import AstroviewError
from astroview.core.messages import gather_messages
from astroview.core.messages.gather_messages import Fetched, GatherBegun, Gathered, GatherProblem
from trainer.curate.frame_measures import look_at
from trainer.gather import downloads as network
from trainer.gather import gather_run
from trainer.gather.downloads import Downloads, NoConnection, Refused, sha256_of
from trainer.gather.gather_run import confined, find_field
from trainer.gather.manifest import Manifest
from trainer.gather.sent_on import may_lead
from trainer.gather.sky_field import Field, Wanted, around, plain, unique
from trainer.gather.surveys import survey_named

M101 = "210.802429 54.348750"
needs_astroquery = pytest.mark.skipif(
    not (find_spec("astroquery") and find_spec("matplotlib")), reason="the extra “gather”"
)


@pytest.fixture
def archives() -> Iterator[Archives]:
    with serving() as server:
        yield server


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


# ---------------------------------------------------------------- one file


def test_a_download_that_broke_off_goes_on(
    archives: Archives, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(network, "CHUNK", 4096)
    archives.torn = {"a.fits"}
    heard: list[int] = []
    path = tmp_path / "a.fits"
    digest = Downloads(0.0).fetch(f"{archives.address}/a.fits", path, heard.append)
    whole = frame(sum(b"a.fits"))
    assert path.read_bytes() == whole
    assert digest == sha256_of(path)
    assert archives.ranges == [f"a.fits:{len(whole) // 2}"]
    assert heard[-1] == len(whole)
    assert [p.name for p in tmp_path.iterdir()] == ["a.fits"]


def test_a_stop_keeps_the_part_that_is_there(archives: Archives, tmp_path: Path):
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "b.fits"
    with pytest.raises(KeyboardInterrupt):
        Downloads(0.0).fetch(f"{archives.address}/b.fits", path, stop)
    assert not path.exists()
    Downloads(0.0).fetch(f"{archives.address}/b.fits", path, lambda _: None)
    assert path.read_bytes() == frame(sum(b"b.fits"))


def test_a_busy_archive_is_asked_again(archives: Archives, tmp_path: Path):
    archives.busy = 2
    Downloads(0.0).fetch(f"{archives.address}/c.fits", tmp_path / "c.fits", lambda _: None)
    assert archives.asked["file"] == 3


def test_what_is_no_frame_is_refused(archives: Archives, tmp_path: Path):
    archives.gone = {"d.fits"}
    downloads = Downloads(0.0)
    with pytest.raises(Refused, match="404"):
        downloads.fetch(f"{archives.address}/d.fits", tmp_path / "d.fits", lambda _: None)
    page = f"{archives.address}/current/cgi/basicform.pl"
    with pytest.raises(Refused, match="a page"):
        downloads.fetch(page, tmp_path / "e.fits", lambda _: None)
    assert not list(tmp_path.iterdir())


def test_nobody_there(tmp_path: Path):
    with serving() as server:
        gone = server.address
    with pytest.raises(NoConnection):
        Downloads(0.0).fetch(f"{gone}/a.fits", tmp_path / "a.fits", lambda _: None)


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


# ---------------------------------------------------------------- names and places


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


def test_downloads_are_bounded_and_are_frames(
    archives: Archives, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(network, "MAX_BYTES", 100)
    with pytest.raises(Refused, match="more than"):
        Downloads(0.0).fetch(f"{archives.address}/a.fits", tmp_path / "a.fits", lambda _: None)
    monkeypatch.undo()
    for name in ("a.jpg", "b.fits.exe"):
        path = tmp_path / name
        (tmp_path / f".{name}.part").write_bytes(b"MZ\x90 no frame")
        with pytest.raises(Refused, match="something else"):
            network._take(tmp_path / f".{name}.part", path)
        assert not path.exists()


class _Odd(http.server.BaseHTTPRequestHandler):
    """An archive that answers as its path says: ``/STATUS/HEADER/VALUE``, then is silent; with
    ``/slow/`` before it, a letter at a time and without end.
    """

    def do_GET(self) -> None:
        slow = self.path.startswith("/slow/")
        status, header, value = self.path[1:].removeprefix("slow/").split("/", 2)
        self.send_response(int(status))
        self.send_header(header, value)
        self.end_headers()
        with suppress(OSError):
            while slow and not self.server.over.wait(0.02):  # type: ignore[attr-defined]
                self.wfile.write(b" ")
            self.wfile.write(b"<html>please log in</html>")

    def log_message(self, format: str, *args: object) -> None:
        """Tests print nothing."""


@contextmanager
def answering(handler: type[http.server.BaseHTTPRequestHandler]) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.over = threading.Event()  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.over.set()  # type: ignore[attr-defined]
        server.shutdown()
        thread.join()


@pytest.fixture
def odd() -> Iterator[str]:
    with answering(_Odd) as address:
        yield address


@pytest.mark.parametrize(
    ("first", "here", "there", "may"),
    [
        ("https://mast.stsci.edu/a", "", "https://hla.stsci.edu/b", True),
        ("https://mast.stsci.edu/a", "", "https://stsci.edu/b", True),
        ("https://mast.stsci.edu/a", "", "https://mast.stsci.edu:443/b", True),
        ("http://skyview.gsfc.nasa.gov/a", "", "https://skyview.gsfc.nasa.gov/b", True),
        ("https://mast.stsci.edu/a", "", "http://mast.stsci.edu/b", False),
        ("http://a.esa.int/a", "https://b.esa.int/a", "http://a.esa.int/b", False),
        ("https://mast.stsci.edu/a", "", "https://stsci.edu.evil.com/b", False),
        ("https://mast.stsci.edu/a", "", "https://evilstsci.edu/b", False),
        ("https://mast.stsci.edu/a", "", "https://mast.stsci.edu@evil.com/b", False),
        ("https://mast.stsci.edu/a", "", "https://mast.stsci.edu:22/b", False),
        ("https://mast.stsci.edu/a", "", "https://127.0.0.1/b", False),
        ("https://mast.stsci.edu/a", "", "https://[::1]/b", False),
        ("https://mast.stsci.edu/a", "", "https:///b", False),
        ("https://mast.stsci.edu/a", "", "https://a:99999/b", False),
        ("https://mast.stsci.edu/a", "", "//[", False),
        ("http://127.0.0.1:80/a", "", "http://127.0.0.2:80/b", False),
        ("http://127.0.0.1:8000/a", "", "http://127.0.0.1:8000/b", True),
        ("http://localhost:8000/a", "", "http://localhost:8000/b", True),
    ],
)
def test_an_archive_sends_on_within_its_site(first: str, here: str, there: str, may: bool) -> None:
    assert may_lead(first, here or first, there) is may


@pytest.mark.parametrize(
    "answer",
    [
        "302/Location/file:///etc/passwd",
        "302/Location/ftp://a/b.fits",
        "302/Location/302/Location/x",  # to itself, longer each time
        "302/Location//302/Location//x",  # to another host
        "302/Location/http://127.0.0.2/a.fits",
        "302/Location/https://archive.example/a.fits",
        "302/Location/http://[",
        "206/Content-Range/bytes 7-9",
        "302/X-Nothing/x",
        "200/Content-Type/text",
        "200/Content-Encoding/gzip",
    ],
)
def test_odd_answers_are_told_and_leave_nothing(odd: str, tmp_path: Path, answer: str) -> None:
    with pytest.raises((Refused, NoConnection)):
        Downloads(0.0).fetch(f"{odd}/{answer}", tmp_path / "a.fits", lambda _: None)
    assert not (tmp_path / "a.fits").exists()


@pytest.mark.parametrize("answer", ["200/Content-Type/text", "302/Location/x"])
def test_an_archive_that_hardly_sends_is_left(
    odd: str, tmp_path: Path, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[int] = []

    def stop(done: int) -> None:
        heard.append(done)
        if len(heard) > 3:
            raise KeyboardInterrupt

    if answer.startswith("200"):
        with pytest.raises(KeyboardInterrupt):  # long before a piece is there
            Downloads(0.0).fetch(f"{odd}/slow/{answer}", tmp_path / "a.fits", stop)
    monkeypatch.setattr(network, "SLOW_S", 0.3)
    with pytest.raises((NoConnection, Refused)):
        Downloads(0.0).fetch(f"{odd}/slow/{answer}", tmp_path / "b.fits", lambda _: None)


def test_what_is_packed_on_the_way_is_not_unpacked(tmp_path: Path) -> None:
    """It would be of any size: a kilobyte stands for a megabyte, packed twice for a gigabyte."""
    packed = gzip.compress(bytes(2**22))

    class Packs(_Odd):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(packed)))
            self.end_headers()
            self.wfile.write(packed)

    with answering(Packs) as address:
        path = tmp_path / "a.fits"
        Downloads(0.0).fetch(f"{address}/a", path, lambda _: None)
    assert path.read_bytes() == packed


def test_a_manifest_with_a_field_without_end_is_read_to_there(tmp_path: Path):
    path = tmp_path / "a.fits"
    path.write_bytes(b"1234")
    Manifest(tmp_path).add(path, "hla", "M 101", "NASA", "http://x/", sha256_of(path))
    with (tmp_path / "manifest.csv").open("a") as file:
        file.write('b.fits,"' + "x" * 200_000)
    assert Manifest(tmp_path).has(tmp_path, "a.fits", check=True)
