"""SAMP through the real window: a real hub, and a second real program in a thread of its own."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import numpy as np
import pytest
from astropy.io import fits
from astropy.table import Table
from pyvo.samp import SAMPHubServer, SAMPIntegratedClient
from regions import Regions as Reference

from astroview.ui.main_window import MainWindow

IMAGE, TABLE, POINT = "image.load.fits", "table.load.votable", "coord.pointAt.sky"
FITS_TABLE, ROW = "table.load.fits", "table.highlight.row"


pytestmark = pytest.mark.usefixtures("own_hub")


class Other:
    """Another program: takes everything, says what it got."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str]]] = []
        self.client = SAMPIntegratedClient("topcat", "another", addr="127.0.0.1")

    def connect(self) -> None:
        self.client.connect()
        for mtype in (IMAGE, TABLE, POINT, ROW, "ds9.set"):
            self.client.bind_receive_notification(mtype, self.take)

    def take(self, _key: str, _from: str, mtype: str, params: Any, _extra: Any) -> None:
        self.got.append((mtype, dict(params)))

    def say(self, mtype: str, **params: str) -> None:
        """From a thread, as another program would."""
        message = {"samp.mtype": mtype, "samp.params": {k: str(v) for k, v in params.items()}}
        thread = threading.Thread(target=self.client.notify_all, args=(message,))
        thread.start()
        thread.join()


@pytest.fixture
def other() -> Iterator[Other]:
    hub = SAMPHubServer(web_profile=False, addr="127.0.0.1")
    hub.start()
    other = Other()
    thread = threading.Thread(target=other.connect)
    thread.start()
    thread.join()
    yield other
    other.client.disconnect()
    hub.stop()


def joined(window: MainWindow, wait) -> None:
    window.actions_["samp_join"].trigger()
    wait(lambda: window.knowing.samp.peers)


def path_of(params: dict[str, str]) -> Path:
    return Path(unquote(urlsplit(params["url"]).path))


def test_sending(window: MainWindow, wait, tiny_frame: Path, tmp_path: Path, other: Other) -> None:
    window.open([tiny_frame])
    wait()
    joined(window, wait)
    assert window.actions_["samp_peers"].text() == "Connected: topcat"
    assert window.actions_["samp_join"].isChecked()
    window.actions_["samp_image"].trigger()
    wait(lambda: other.got)
    assert path_of(other.got[0][1]) == tiny_frame
    stars = tmp_path / "stars.csv"
    Table({"ra": [210.8], "dec": [54.3]}).write(stars)
    window.knowing.placed.open_catalogue(stars)
    wait()
    window.actions_["samp_table"].trigger()
    wait(lambda: len(other.got) == 2)
    assert Table.read(path_of(other.got[1][1]))["ra"][0] == 210.8
    window.actions_["samp_point"].trigger()
    wait(lambda: len(other.got) == 3)
    assert float(other.got[2][1]["ra"]) == pytest.approx(210.8, abs=0.01)
    window.actions_["samp_join"].trigger()
    wait(lambda: not window.knowing.samp.joined)
    assert window.actions_["samp_peers"].text() == "Not connected"


def test_regions_are_sent_as_ds9_takes_them(
    window: MainWindow, wait, tiny_frame: Path, tmp_path: Path, other: Other
) -> None:
    window.open([tiny_frame])
    wait()
    (tmp_path / "a.reg").write_text('icrs\ncircle(210.8,54.3,2")\n')
    window.knowing.placed.open_regions(tmp_path / "a.reg")
    wait()
    joined(window, wait)
    window.actions_["samp_regions"].trigger()
    wait(lambda: other.got)
    mtype, params = other.got[0]
    assert (mtype, params["cmd"]) == ("ds9.set", "regions")
    (sent,) = Reference.read(path_of(params), format="ds9")
    assert sent.center.ra.deg == pytest.approx(210.8, abs=1e-6)
    assert sent.radius.to_value("arcsec") == pytest.approx(2, rel=1e-4)


def test_receiving(
    window: MainWindow, wait, tiny_frame: Path, tmp_path: Path, other: Other
) -> None:
    joined(window, wait)
    other.say(IMAGE, url=tiny_frame.as_uri(), name="a frame")
    wait(lambda: window.selection)
    wait()
    assert window.selection.document.frame.path == tiny_frame
    table = tmp_path / "some stars.vot"
    Table({"ra": [210.8, 210.801], "dec": [54.3, 54.3001]}).write(table, format="votable")
    other.say(TABLE, url=table.as_uri(), name="stars")
    wait(lambda: len(window.knowing.placed.sources) == 2)
    crval = fits.getheader(tiny_frame)["CRVAL1"], fits.getheader(tiny_frame)["CRVAL2"]
    window.viewer.zoom_to(20)
    other.say(POINT, ra=crval[0], dec=crval[1])
    wait(lambda: window.knowing.marks.target)
    assert (window.viewer.view.x, window.viewer.view.y) == pytest.approx((32.0, 24.0), abs=1e-6)
    other.say(IMAGE, url=(tmp_path / "missing.fits").as_uri())
    wait(lambda: window.notices.current and "missing.fits" in window.notices.current.message)


def test_tables_and_their_rows_are_shared(
    window: MainWindow, wait, tiny_frame: Path, tmp_path: Path, other: Other
) -> None:
    window.open([tiny_frame])
    wait()
    joined(window, wait)
    folder = tmp_path / "of the other"
    folder.mkdir()
    stars = Table({"name": ["x", "one", "two"], "ra": [np.nan, 210.8, 210.8003], "dec": [54.3] * 3})
    stars.write(folder / "stars.fits")
    url = (folder / "stars.fits").as_uri()
    other.say(FITS_TABLE, **{"url": url, "name": "stars", "table-id": "t1"})
    wait(lambda: len(window.knowing.placed.sources) == 2)
    other.say(ROW, **{"table-id": "t2", "row": "1"})  # of a table that is not shown
    other.say(ROW, **{"table-id": "t1", "row": "2"})
    wait(lambda: "two" in window.knowing.table.words)
    assert window.knowing.placed.sources.chosen == 1
    assert not [mtype for mtype, _ in other.got if mtype == ROW]  # what was heard is not repeated
    window.knowing.placed.pick(0)
    wait(lambda: other.got)
    told = other.got[-1]
    assert (told[0], told[1]["table-id"], told[1]["row"]) == (ROW, "t1", "1")


def test_a_temporary_file_keeps_its_name_and_stays(
    window: MainWindow, wait, tiny_frame: Path, tmp_path: Path, other: Other, monkeypatch
) -> None:
    joined(window, wait)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    theirs = tmp_path / "ds9123.fits"
    shutil.copyfile(tiny_frame, theirs)
    other.say(IMAGE, url=f"file://localhost/{theirs}", name="field.fits")  # as DS9 writes it
    wait(lambda: window.selection)
    wait()
    frame = window.selection.document.frame
    assert frame.name == "field"
    theirs.unlink()
    window.viewer.zoom_to(3.3)
    wait()
    assert np.isfinite(frame.read()).all()
    assert window.notices.current is None or window.notices.current.kind != "error"


def test_no_hub_is_told_and_one_can_be_started(window: MainWindow, wait) -> None:
    window.actions_["samp_join"].trigger()
    wait(lambda: window.notices.current and "No SAMP hub" in window.notices.current.message)
    assert not window.actions_["samp_join"].isChecked()
    assert not window.actions_["samp_point"].isEnabled()
    window.notices.current.act()
    wait(lambda: window.knowing.samp.joined)
    window.actions_["samp_join"].trigger()
    wait(lambda: not window.knowing.samp.joined)


class Served(SimpleHTTPRequestHandler):
    """Serves a folder; ``/endless`` never ends."""

    def do_GET(self) -> None:
        if self.path != "/endless.fits":
            super().do_GET()
            return
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):
            while True:
                self.wfile.write(bytes(2**16))
                time.sleep(0.01)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server(tiny_frame: Path) -> Iterator[str]:
    handler = partial(Served, directory=str(tiny_frame.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()
        thread.join()


def test_what_lies_on_this_computer_is_asked_about_and_can_be_stopped(
    window: MainWindow, wait, server: str, other: Other
) -> None:
    joined(window, wait)
    other.say(IMAGE, url=f"{server}/tiny.fits", name="tiny")
    wait(lambda: window.notices.current and window.notices.current.button == "Download it")
    assert "no public address" in window.notices.current.message
    assert window.selection is None
    window.notices.current.act()
    wait(lambda: window.selection)
    assert window.selection.document.frame.name == "tiny"
    window.notices.dismiss()
    other.say(IMAGE, url=f"{server}/endless.fits")
    wait(lambda: window.notices.current and window.notices.current.button == "Download it")
    again = window.notices.current.act
    again()
    again()  # waits for the first, and is cancelled with it
    strip = window.parts.status.opening
    wait(strip.isVisible)
    strip.cancelled.emit()
    wait(lambda: not window.knowing.samp.busy)
    wait(lambda: not strip.isVisible())
