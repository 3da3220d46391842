"""SAMP through the real window: a real hub, and a second real program in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from astropy.io import fits
from astropy.table import Table
from pyvo.samp import SAMPHubServer, SAMPIntegratedClient, conf

from astroview.ui.main_window import MainWindow

IMAGE, TABLE, POINT = "image.load.fits", "table.load.votable", "coord.pointAt.sky"


@pytest.fixture(autouse=True)
def _own_place(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    conf.use_internet = False
    folder = tmp_path_factory.mktemp("samp")
    monkeypatch.setenv("SAMP_HUB", f"std-lockurl:{(folder / 'hub').as_uri()}")
    monkeypatch.setenv("HOME", str(folder))


class Other:
    """Another program: takes everything, says what it got."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str]]] = []
        self.client = SAMPIntegratedClient("topcat", "another", addr="127.0.0.1")

    def connect(self) -> None:
        self.client.connect()
        for mtype in (IMAGE, TABLE, POINT):
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


def test_no_hub_is_told_and_one_can_be_started(window: MainWindow, wait) -> None:
    window.actions_["samp_join"].trigger()
    wait(lambda: window.notices.current and "No SAMP hub" in window.notices.current.message)
    assert not window.actions_["samp_join"].isChecked()
    assert not window.actions_["samp_point"].isEnabled()
    window.notices.current.act()
    wait(lambda: window.knowing.samp.joined)
    window.actions_["samp_join"].trigger()
    wait(lambda: not window.knowing.samp.joined)
