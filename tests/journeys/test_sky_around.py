"""Names, catalogues and pictures of the sky around a frame, from a local server."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from astropy.io import fits
from astropy.table import Table
from astropy.wcs import WCS

from astroview.ui.main_window import MainWindow

ASKED: list[str] = []


class Sky(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        ASKED.append(self.path)
        asked = {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}
        if "sesame" in self.path:
            known = b"# star\n#=S=Simbad\n%J 210.8010 +54.3002 = 14:03:12\n"
            content = known if "tiny" in self.path else b"# nobody\n#! *** Nothing found ***\n"
        elif "hips" in self.path:
            header = WCS(naxis=2)
            header.wcs.ctype = ["RA---TAN", "DEC--TAN"]
            header.wcs.crval = [float(asked["ra"]), float(asked["dec"])]
            side = int(asked["width"])
            header.wcs.crpix = [side / 2 + 0.5] * 2
            header.wcs.cdelt = [-float(asked["fov"]) / side, float(asked["fov"]) / side]
            data = np.random.default_rng(0).normal(9, 1, (side, side)).astype(np.float32)
            out = io.BytesIO()
            fits.PrimaryHDU(data, header.to_header()).writeto(out)
            content = out.getvalue()
        else:
            out = io.BytesIO()
            stars = Table({"ra": [210.8, 210.8005, 12.0], "dec": [54.3, 54.3004, 1.0]})
            stars.write(out, format="votable")
            content = out.getvalue()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(autouse=True)
def _sky(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Sky)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_address[1]}"
    for name in ("SESAME", "CONE", "SIMBAD", "HIPS2FITS"):
        monkeypatch.setenv(f"ASTROVIEW_{name}", f"{base}/{name.lower()}")
    ASKED.clear()
    yield
    server.shutdown()
    server.server_close()


def test_nothing_is_asked_by_itself_and_all_of_it_when_wished(
    window: MainWindow, wait, tiny_frame: Path
) -> None:
    window.open([tiny_frame])
    wait()
    assert ASKED == []
    around = window.knowing.around
    window.viewer.zoom_to(20)
    around.find("tiny star")
    wait(lambda: window.knowing.marks.target is not None)
    wcs = WCS(fits.getheader(tiny_frame))
    x, y = wcs.all_world2pix([[210.8010, 54.3002]], 0)[0]
    view = window.viewer.view
    assert (view.x, view.y) == pytest.approx((x + 0.5, 48 - y - 0.5), abs=1e-3)
    around.find("no such thing")
    wait(lambda: "No object is known" in window.notices.current.message)
    window.actions_["cone_gaia"].trigger()
    wait(lambda: len(window.knowing.placed.sources) == 2)
    wait()
    assert window.knowing.placed.catalogue.name == "Gaia DR3"
    (asked,) = [parse_qs(urlsplit(p).query) for p in ASKED if "gaiadr3" in p]
    assert float(asked["RA"][0]) == pytest.approx(210.8, abs=1e-3)
    assert float(asked["SR"][0]) == pytest.approx(np.hypot(32, 24) * 1e-4, rel=0.02)
    window.actions_["field_dss2"].trigger()
    wait(lambda: window.selection.document.frame.name.startswith("dss2"))
    wait()
    assert len(window.session.documents) == 2
    there = window.selection.document.frame.wcs.wcs.crval
    assert there == pytest.approx([210.8, 54.3], abs=1e-3)


def test_offline_is_told_in_one_line(
    window: MainWindow, wait, tiny_frame: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASTROVIEW_CONE", "http://127.0.0.1:9")
    window.open([tiny_frame])
    wait()
    window.actions_["cone_gaia"].trigger()
    wait(lambda: window.notices.current is not None)
    assert "\n" not in window.notices.current.message
    assert len(window.knowing.placed.sources) == 0
