"""SAMP against a real hub with a second real program."""

from __future__ import annotations

import os
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xmlrpc.server import SimpleXMLRPCServer

import psutil
import pytest
import waiting
from pyvo.samp import SAMPHubServer, SAMPIntegratedClient, SAMPProxyError

from astroview.core.sky import samp_link
from astroview.core.sky.samp_link import (
    IMAGE,
    POINT,
    TABLE,
    Event,
    Heard,
    HubJoined,
    Left,
    NoHub,
    Peers,
    SampLink,
    Sent,
    Trouble,
)

pytestmark = pytest.mark.usefixtures("own_hub")


@pytest.fixture
def hub() -> Iterator[SAMPHubServer]:
    hub = SAMPHubServer(web_profile=False, addr="127.0.0.1")
    hub.start()
    yield hub
    if hub.is_running:
        hub.stop()


@pytest.fixture
def topcat(hub: SAMPHubServer) -> Iterator[SAMPIntegratedClient]:
    """Another program; `topcat.got` collects what it was told."""
    assert hub.is_running
    client = SAMPIntegratedClient("topcat", "tables", addr="127.0.0.1")
    client.connect()
    client.got = []

    def take(_key: str, _sender: str, mtype: str, params: Any, _extra: Any) -> None:
        client.got.append((mtype, dict(params)))

    for mtype in (TABLE, POINT):
        client.bind_receive_notification(mtype, take)
    yield client
    if client.is_connected:
        client.disconnect()


class Listener:
    """Keeps events and the threads they came from."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.threads: set[int] = set()

    def __call__(self, event: Event) -> None:
        self.threads.add(threading.get_ident())
        self.events.append(event)

    def wait(self, kind: type, count: int = 1, seconds: float = 30) -> Any:
        def found() -> list[Event]:
            return [event for event in self.events if isinstance(event, kind)]

        waiting.until(lambda: len(found()) >= count, f"{kind.__name__} in {self.events}", seconds)
        return found()[-1]


@pytest.fixture
def heard() -> Listener:
    return Listener()


@pytest.fixture
def link(heard: Listener) -> Iterator[SampLink]:
    link = SampLink(heard)
    yield link
    link.close()


def test_who_is_there_and_messages_both_ways(topcat, link: SampLink, heard: Listener) -> None:
    link.join()
    assert heard.wait(HubJoined).own_hub is False
    (peer,) = heard.wait(Peers).peers
    assert (peer.name, peer.takes) == ("topcat", {TABLE, POINT})
    link.send(POINT, {"ra": "10.5", "dec": "-3"})
    assert heard.wait(Sent).names == ("topcat",)
    waiting.until(lambda: topcat.got, seconds=30)
    assert topcat.got == [(POINT, {"ra": "10.5", "dec": "-3"})]
    link.send(IMAGE, {"url": "file:///a.fits"})
    assert heard.wait(Sent, 2).names == ()  # topcat takes no images
    topcat.notify_all({"samp.mtype": IMAGE, "samp.params": {"url": "file:///b.fits"}})
    message = heard.wait(Heard)
    assert (message.mtype, message.params, message.sender) == (
        IMAGE, {"url": "file:///b.fits"}, "topcat"
    )  # fmt: skip
    point = {"samp.mtype": POINT, "samp.params": {"ra": "1", "dec": "2"}}
    assert _answer(topcat, point)["samp.status"] == "samp.ok"
    assert heard.wait(Heard, 2).params == {"ra": "1", "dec": "2"}
    assert threading.get_ident() not in heard.threads


def _answer(topcat: SAMPIntegratedClient, message: dict[str, Any]) -> Any:
    """What the link replies to a call.

    Not `call_and_wait`: a hub of pyvo loses an answer that comes before it began to wait for it.
    """
    answers: queue.Queue[Any] = queue.Queue()
    topcat.bind_receive_response("asked", lambda _key, _from, _tag, answer: answers.put(answer))
    topcat.call(_id_of(topcat), "asked", message)
    return answers.get(timeout=30)


def _id_of(topcat: SAMPIntegratedClient) -> str:
    names = {c: topcat.get_metadata(c).get("samp.name") for c in topcat.get_registered_clients()}
    return next(c for c, name in names.items() if name == samp_link.NAME)


def test_a_program_that_leaves_is_no_longer_listed(topcat, link, heard: Listener) -> None:
    link.join()
    heard.wait(Peers)
    topcat.disconnect()
    waiting.until(lambda: heard.wait(Peers).peers == (), seconds=30)


def test_secrets_of_the_environment_stay_here(topcat, link, heard: Listener) -> None:
    link.join()
    heard.wait(HubJoined)
    assert "client.env.get" not in topcat.get_subscriptions(_id_of(topcat))


def test_no_hub_is_told_or_started(link: SampLink, heard: Listener) -> None:
    link.send(POINT, {})
    assert "no SAMP hub" in heard.wait(Trouble).words
    link.join()
    heard.wait(NoHub)
    link.join(start_hub=True)
    assert heard.wait(HubJoined).own_hub is True
    other = SAMPIntegratedClient("aladin", addr="127.0.0.1")
    other.connect()
    # Its name comes after the program.
    waiting.until(lambda: [p.name for p in heard.wait(Peers).peers] == ["aladin"], seconds=30)
    other.disconnect()
    link.leave()
    assert heard.wait(Left).reason == ""


def test_a_hub_that_stops_is_told(hub: SAMPHubServer, link, heard: Listener) -> None:
    link.join()
    heard.wait(Peers)
    hub.stop()
    assert heard.wait(Left).reason


def test_returns_at_once(link: SampLink) -> None:
    start = time.monotonic()
    link.join()
    link.send(POINT, {})
    link.leave()
    assert time.monotonic() - start < 0.5


@pytest.mark.parametrize(
    "params",
    [{}, {"url": 5}, {"url": ["file:///a"]}, {"url": {"a": "b"}}, {"row": ""}, "text", [], 7],
)
def test_odd_messages_are_answered_with_an_error(
    topcat, link: SampLink, heard: Listener, params: Any
) -> None:
    link.join()
    heard.wait(HubJoined)
    message = {"samp.mtype": IMAGE, "samp.params": params}
    with suppress(SAMPProxyError):  # some of them the hub itself does not pass on
        topcat.notify_all(message)
        reply = _answer(topcat, message)
        assert reply["samp.status"] == "samp.error"
        assert "not understood" in reply["samp.error"]["samp.errortxt"]
    assert not [event for event in heard.events if isinstance(event, Heard)]
    sound = {"samp.mtype": POINT, "samp.params": {"ra": "1", "dec": "2", "more": ["x"]}}
    assert _answer(topcat, sound)["samp.status"] == "samp.ok"
    assert heard.wait(Heard).params == {"ra": "1", "dec": "2"}
    assert heard.wait(Trouble).words


@pytest.mark.warns
def test_what_nobody_foresaw_ends_no_line() -> None:
    heard = Listener()
    deaf = iter([True])

    def tell(event: Event) -> None:
        if isinstance(event, NoHub) and next(deaf, False):
            raise ZeroDivisionError
        heard(event)

    link = SampLink(tell)
    link.join()
    assert "ZeroDivisionError" in heard.wait(Trouble).words
    link.join()
    assert heard.wait(NoHub)
    link.close()


def test_a_programs_name_is_one_short_line(topcat, link: SampLink, heard: Listener) -> None:
    topcat.declare_metadata({"samp.name": "a\nb" * 10**5})
    link.join()
    (peer,) = heard.wait(Peers).peers
    assert peer.name == ("a b" * 60)[:60]


def test_a_name_that_is_no_text_is_one(odd_hub: OddHub, link: SampLink, heard: Listener) -> None:
    odd_hub.now = lambda: {"samp.name": ["x"]}
    link.join()
    (peer,) = heard.wait(Peers).peers
    assert peer.name == "['x']"


# ---------------------------------------------------------------- hubs and programs that mean harm


class OddHub:
    """A hub that answers as a hub does until it is told otherwise: how it answers ``now``."""

    def __init__(self) -> None:
        self.now: Callable[[], Any] = dict
        self.over = threading.Event()
        self._server = SimpleXMLRPCServer(("127.0.0.1", 0), logRequests=False, allow_none=True)
        self._server.register_instance(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        place = Path(unquote(urlsplit(os.environ["SAMP_HUB"].partition(":")[2]).path))
        address = f"http://127.0.0.1:{self._server.server_address[1]}/"
        place.write_text(f"samp.secret=a\nsamp.hub.xmlrpc.url={address}\n")

    def _dispatch(self, method: str, _params: Any) -> Any:
        known = {"samp.hub.ping": "1", "samp.hub.register": {
            "samp.hub-id": "hub", "samp.self-id": "c1", "samp.private-key": "k"}}  # fmt: skip
        if method in known:
            return known[method]
        return self.now() if method.startswith("samp.hub.get") else ""

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def odd_hub() -> Iterator[OddHub]:
    hub = OddHub()
    yield hub
    hub.close()


@pytest.mark.warns
def test_a_hub_that_never_answers_is_given_up(
    odd_hub: OddHub, link: SampLink, heard: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(samp_link, "PATIENCE_S", 0.3)
    link.join()
    heard.wait(HubJoined)
    odd_hub.now = odd_hub.over.wait
    link.send(POINT, {"ra": "1", "dec": "2"})
    assert heard.wait(Left).reason == "The SAMP hub does not answer."
    odd_hub.over.set()
    odd_hub.now = dict
    link.join()
    heard.wait(HubJoined, 2)
    link.send(POINT, {"ra": "1", "dec": "2"})
    assert heard.wait(Sent).names == ()


@pytest.mark.warns
def test_a_hub_that_is_gone_without_a_word_is_told(
    odd_hub: OddHub, link: SampLink, heard: Listener
) -> None:
    link.join()
    heard.wait(Peers)
    odd_hub.close()
    link.send(POINT, {"ra": "1", "dec": "2"})
    assert "does not answer" in heard.wait(Left).reason


@pytest.mark.warns
@pytest.mark.parametrize(
    "answer", [None, 7, "c2", [1, None, {}], {"c2": 1}, [["a"]], {"": {"": []}}]
)
def test_whatever_a_hub_answers_the_line_stays(
    odd_hub: OddHub, link: SampLink, heard: Listener, answer: Any
) -> None:
    odd_hub.now = lambda: answer
    link.join()
    heard.wait(HubJoined)
    link.send(POINT, {"ra": "1", "dec": "2"})
    waiting.until(lambda: [e for e in heard.events if isinstance(e, Sent | Trouble | Left)])
    odd_hub.now = dict
    link.join()
    link.send(POINT, {"ra": "1", "dec": "2"})
    assert heard.wait(Sent).mtype == POINT


def test_no_program_ends_the_line_for_another(topcat, link: SampLink, heard: Listener) -> None:
    link.join()
    heard.wait(Peers)
    for mtype in ("samp.hub.event.shutdown", "samp.hub.disconnect"):
        topcat.notify_all({"samp.mtype": mtype, "samp.params": {}})
    point = {"samp.mtype": POINT, "samp.params": {"ra": "1", "dec": "2"}}
    assert _answer(topcat, point)["samp.status"] == "samp.ok"
    assert not [event for event in heard.events if isinstance(event, Left)]


def test_a_message_that_breaks_off_is_waited_for_by_nobody(link: SampLink, heard: Listener) -> None:
    """A program that dies in the middle of a word kept a core busy for ever."""

    def listening() -> set[int]:
        known = psutil.Process().net_connections("tcp")
        return {one.laddr.port for one in known if one.status == psutil.CONN_LISTEN}

    others = listening()
    link.join(start_hub=True)
    heard.wait(HubJoined)
    before = set(threading.enumerate())
    ports = listening() - others
    assert len(ports) == 2  # the hub's, and its program's
    for port in ports:
        with socket.create_connection(("127.0.0.1", port)) as torn:
            torn.sendall(b"POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\n<methodCall>")
            torn.shutdown(socket.SHUT_WR)
            assert torn.recv(9)  # that it could not be taken
    waiting.until(lambda: set(threading.enumerate()) <= before, seconds=10)


def test_texts_without_end_are_refused(topcat, link: SampLink, heard: Listener) -> None:
    link.join()
    heard.wait(HubJoined)
    message = {"samp.mtype": IMAGE, "samp.params": {"url": "file:///a", "name": "x" * 10**6}}
    assert _answer(topcat, message)["samp.status"] == "samp.error"
    assert not [event for event in heard.events if isinstance(event, Heard)]
