"""Addresses outside of the repository are asked by `make links`; here by a server of our own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tools.delivery import links


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(int(self.path.strip("/")))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://localhost:{running.server_port}"
        running.shutdown()


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(links, "EXAMPLES", ("https://example.org",))
    return tmp_path / "page.md"


def test_dead_addresses_are_named_with_their_page(
    server: str, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page.write_text(
        f"[here]({server}/200), <{server}/403>. See `{server}/200` https://example.org/x"
    )
    assert links.main([page]) == 0
    assert capsys.readouterr().out == "2 addresses asked, 0 of no use\n"
    page.write_text(f"[here]({server}/200) and [there]({server}/404).")
    assert links.main([page]) == 1
    assert f"page.md: {server}/404 answers 404" in capsys.readouterr().out


def test_without_a_network_it_says_so_and_blames_no_page(
    server: str, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page.write_text("[gone](http://nobody.invalid/a) [gone](http://nobody.invalid/b)")
    assert links.main([page]) == 0
    assert capsys.readouterr().out.startswith("No network here: none of 2 addresses answered")
    page.write_text(f"[gone](http://nobody.invalid/a) [here]({server}/200)")
    assert links.main([page]) == 1  # somebody answers, so it is that one that is gone


def test_the_pages_link_outside_and_ci_asks() -> None:
    asked = links.addresses([*(links.ROOT / "docs").rglob("*.md"), *links.ROOT.glob("*.md")])
    assert len(asked) > 3
    assert not [place for place in asked if "astroview-app" in place]
    assert "make links" in (links.ROOT / ".github/workflows/tests.yml").read_text("utf-8")
