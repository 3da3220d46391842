"""Files named by URL."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import unquote

import pytest

from astroview.core.errors import Cancelled
from astroview.core.io.paths.url_fetch import (
    NotFetched,
    NotPublic,
    Transfer,
    _plain_name,
    fetch,
    keep,
)

HERE = Transfer(allow_private=True)


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder; ``/to/X`` leads on to X, ``/endless`` never ends."""

    def do_GET(self) -> None:
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.end_headers()
        elif self.path in ("/silent", "/short"):
            self.send_response(200)
            self.send_header("Content-Length", "9")
            self.end_headers()
            self.wfile.write(b"SIMPLE")
            self.wfile.flush()
            if self.path == "/silent":
                self.server.over.wait()
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                while True:
                    self.wfile.write(bytes(2**16))
        else:
            super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "a frame.fits").write_bytes(b"SIMPLE" * 1000)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(shelf))) as httpd:
        httpd.over = threading.Event()  # what is silent ends
        thread = threading.Thread(target=httpd.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.over.set()
        httpd.shutdown()
        thread.join()


def test_a_file_stays_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "50% of a star.fits"
    path.write_bytes(b"x")
    assert fetch(path.as_uri(), tmp_path) == path
    with pytest.raises(NotFetched, match=r"gone\.fits is not there"):
        fetch((tmp_path / "gone.fits").as_uri(), tmp_path)


def test_downloads(server: str, tmp_path: Path) -> None:
    path = fetch(f"{server}/a%20frame.fits", tmp_path, HERE)
    assert path.name == "a frame.fits"
    assert path.read_bytes() == b"SIMPLE" * 1000
    with pytest.raises(NotFetched, match=r"gone\.fits could not be downloaded"):
        fetch(f"{server}/gone.fits", tmp_path, HERE)
    nobody = server.rpartition(":")[0] + ":9"
    with pytest.raises(NotFetched, match=r"downloaded \([^<[]*refused"):
        fetch(f"{nobody}/a.fits", tmp_path, HERE)


@pytest.mark.parametrize("url", ["", "ftp://a/b.fits", "gopher:x", "nonsense"])
def test_other_addresses_are_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(NotFetched, match="no address"):
        fetch(url, tmp_path)


@pytest.mark.parametrize("url", ["http://[", "file://[", "file://" + "/a" * 5000, "x" * 10**5])
def test_odd_addresses_are_refused_in_words(url: str, tmp_path: Path) -> None:
    with pytest.raises(NotFetched) as told:
        fetch(url, tmp_path)
    assert len(told.value.message) < 300


@pytest.mark.parametrize("name", ["..", "a\0b", "x" * 5000, "a/../../b", "\ud800", "星" * 120])
def test_a_temporary_file_has_an_odd_name(name: str, tmp_path: Path) -> None:
    with NamedTemporaryFile(suffix=".fits") as temporary:
        kept = keep(Path(temporary.name), name, tmp_path)
        assert kept.is_relative_to(tmp_path)
        assert kept.is_file()


def test_private_addresses_are_asked_about_before_anything_is_sent(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(Quiet, "do_GET", lambda self: asked.append(self.path))
    for host in ("127.0.0.1", "localhost"):
        url = f"{server.replace('127.0.0.1', host)}/a%20frame.fits"
        with pytest.raises(NotPublic, match="no public address") as caught:
            fetch(url, tmp_path)
        assert caught.value.url == url
    assert not asked
    assert [p.name for p in tmp_path.iterdir()] == ["shelf"]


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://127.0.0.1/a.fits", "data:,x", "x://y"]
)
def test_redirections_lead_to_the_web_only(server: str, tmp_path: Path, url: str) -> None:
    with pytest.raises(NotFetched, match="could not be downloaded"):
        fetch(f"{server}/to/{url}", tmp_path, HERE)
    assert fetch(f"{server}/to/{server}/a%20frame.fits", tmp_path, HERE).stat().st_size == 6000
    with pytest.raises(NotFetched, match="could not be downloaded"):
        fetch(f"{server}/to/{server}/to/{server}/to/" * 9, tmp_path, HERE)


def test_a_download_is_bounded_and_can_be_stopped(server: str, tmp_path: Path) -> None:
    for name in ("endless", "a%20frame.fits"):
        with pytest.raises(NotFetched, match=r"larger than 5 kB"):
            fetch(f"{server}/{name}", tmp_path, Transfer(allow_private=True, max_bytes=5000))

    heard: list[int] = []

    def stop(done: int, _of: int) -> None:
        heard.append(done)
        if len(heard) > 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        fetch(f"{server}/endless", tmp_path, Transfer(stop, allow_private=True))
    assert [p.name for p in tmp_path.iterdir()] == ["shelf"]


def test_what_comes_slowly_can_be_stopped_and_what_breaks_off_is_told(
    server: str, tmp_path: Path
) -> None:
    heard: list[tuple[int, int]] = []

    def stop(done: int, of: int) -> None:
        heard.append((done, of))
        if done == 6:
            raise Cancelled

    with pytest.raises(Cancelled):
        fetch(f"{server}/silent", tmp_path, Transfer(stop, allow_private=True))
    assert heard[-1] == (6, 9)
    with pytest.raises(NotFetched, match="it broke off"):
        fetch(f"{server}/short", tmp_path, HERE)
    assert [p.name for p in tmp_path.iterdir()] == ["shelf"]


@pytest.mark.parametrize("name", ["..%2F..%2Fa.fits", "%00a%0A.fits", "a" * 400, ".", "..", "%2F"])
def test_names_stay_in_the_folder(server: str, tmp_path: Path, name: str) -> None:
    with suppress(NotFetched):
        path = fetch(f"{server}/{name}", tmp_path, HERE)
        assert path.resolve().is_relative_to(tmp_path)
    assert _plain_name(unquote(name)) == Path(_plain_name(unquote(name))).name
    assert _plain_name(unquote(name)) not in (".", "..", "")
