"""``astroview.open``: a frame from a path or a URL, and no copy that outlives it."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import astroview
from astroview.core import resources


@pytest.fixture
def address() -> Iterator[str]:
    folder = resources.sample("galaxy.fits").parent
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_url_is_a_frame_and_its_copy_goes_with_it(address: str) -> None:
    frame = astroview.open(f"{address}/galaxy.fits")
    copy = frame.path
    assert copy is not None
    assert copy.exists()
    assert (frame.read() == astroview.open(resources.sample("galaxy.fits")).read()).all()
    del frame
    gc.collect()
    assert not copy.exists()


def test_what_is_not_there_is_said(address: str, tmp_path: Path) -> None:
    for place in (tmp_path / "nowhere.fits", f"{address}/nowhere.fits"):
        with pytest.raises(astroview.AstroviewError, match=r"nowhere\.fits"):
            astroview.open(place)
