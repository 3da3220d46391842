"""One file of an archive that breaks off, sends on, or sends something else."""

from __future__ import annotations

import gzip
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from archives import Archives, frame, serving

from trainer.gather import downloads as network
from trainer.gather.downloads import Downloads, NoConnection, Refused, sha256_of
from trainer.gather.sent_on import may_lead


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


def test_downloads_are_bounded_and_are_frames(
    archives: Archives, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(network, "MAX_BYTES", 100)
    with pytest.raises(Refused, match="more than"):
        Downloads(0.0).fetch(f"{archives.address}/a.fits", tmp_path / "a.fits", lambda _: None)
    monkeypatch.undo()
    for sent, name in (("a.fits", "a.jpg"), ("hips2fits?ra=1&format=jpg", "b.fits.exe")):
        with pytest.raises(Refused, match="something else"):
            Downloads(0.0).fetch(f"{archives.address}/{sent}", tmp_path / name, lambda _: None)
        assert not (tmp_path / name).exists()


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
