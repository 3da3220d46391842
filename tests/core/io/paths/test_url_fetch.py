"""Files named by URL."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from astroview.core.io.paths.url_fetch import NotFetched, fetch


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "a frame.fits").write_bytes(b"SIMPLE" * 1000)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(shelf))) as httpd:
        thread = threading.Thread(target=httpd.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()
        thread.join()


def test_a_file_stays_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "50% of a star.fits"
    path.write_bytes(b"x")
    assert fetch(path.as_uri(), tmp_path) == path
    with pytest.raises(NotFetched, match=r"gone\.fits is not there"):
        fetch((tmp_path / "gone.fits").as_uri(), tmp_path)


def test_downloads(server: str, tmp_path: Path) -> None:
    path = fetch(f"{server}/a%20frame.fits", tmp_path)
    assert path.name == "a frame.fits"
    assert path.read_bytes() == b"SIMPLE" * 1000
    with pytest.raises(NotFetched, match=r"gone\.fits could not be downloaded"):
        fetch(f"{server}/gone.fits", tmp_path)


@pytest.mark.parametrize("url", ["", "ftp://a/b.fits", "gopher:x", "nonsense"])
def test_other_addresses_are_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(NotFetched, match="no address"):
        fetch(url, tmp_path)
