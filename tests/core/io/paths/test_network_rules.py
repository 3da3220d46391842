"""What the network may be asked is one rule for all that asks it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from astroview.core.io.paths import network_rules
from astroview.core.io.paths.network_rules import NetworkRules
from astroview.core.io.paths.url_fetch import NotFetched, Transfer, fetch
from astroview.core.sky_colour.web_answer import Bounds, NoAnswer, WrongAnswer, ask

OUTSIDE = "http://example.invalid/frame.fits"


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (network_rules.OFFLINE, network_rules.SECONDS, network_rules.MEGABYTES):
        monkeypatch.setenv(name, "")


class _Large(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "200000")
        self.end_headers()
        with suppress(ConnectionError):  # who asked may have had enough
            self.wfile.write(b"x" * 200_000)

    def log_message(self, format: str, *args: object) -> None:
        del format, args


@pytest.fixture
def served() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Large) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/large"
        server.shutdown()
        thread.join()


def test_offline_nothing_outside_is_asked_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(network_rules.OFFLINE, "1")
    with pytest.raises(NoAnswer, match="works offline"):
        ask(OUTSIDE, (b"",), Bounds(), lambda _: None)
    with pytest.raises(NotFetched, match="works offline"):
        fetch(OUTSIDE, tmp_path, Transfer())
    assert list(tmp_path.iterdir()) == []


def test_offline_a_proxy_on_this_computer_opens_no_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(network_rules.OFFLINE, "1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with pytest.raises(NoAnswer, match="works offline"):
        ask(OUTSIDE, (b"",), Bounds(), lambda _: None)


def test_an_answer_is_bounded_by_the_rules(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bounds = Bounds(allow_private=True)
    monkeypatch.setenv(network_rules.OFFLINE, "1")  # this computer may be asked all the same
    assert len(ask(served, (b"",), bounds, lambda _: None)) == 200_000
    monkeypatch.setenv(network_rules.MEGABYTES, "0.1")
    with pytest.raises(WrongAnswer, match="sends more than"):
        ask(served, (b"",), bounds, lambda _: None)


def test_rules_come_into_force_and_go_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASTROVIEW_SESAME", "http://own.example/sesame")
    rules = NetworkRules(offline=True, seconds=7, hips2fits="http://mirror.example/hips")
    monkeypatch.delenv("ASTROVIEW_HIPS2FITS", raising=False)
    network_rules.put_in_force(rules)
    assert os.environ[network_rules.OFFLINE] == "1"
    assert network_rules.seconds(45) == 7
    assert os.environ["ASTROVIEW_HIPS2FITS"] == "http://mirror.example/hips"
    assert os.environ["ASTROVIEW_SESAME"] == "http://own.example/sesame"
    network_rules.put_in_force(NetworkRules(), rules)
    assert network_rules.OFFLINE not in os.environ
    assert "ASTROVIEW_HIPS2FITS" not in os.environ
    assert network_rules.seconds(45) == 45
    assert os.environ["ASTROVIEW_SESAME"] == "http://own.example/sesame"


@pytest.mark.parametrize("value", ["", "nan", "inf", "-3", "much"])
def test_what_is_no_number_is_the_usual(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(network_rules.SECONDS, value)
    assert network_rules.seconds(45) == 45
