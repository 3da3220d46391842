"""A line to other programs of the field (DS9, Aladin, TOPCAT) by SAMP.

Every call to the hub waits for an answer, so all of them happen in a thread of the link's own:
its methods return at once, and what happens is told through one callable, from that thread. Where
an answer never comes, the thread is left to itself and another takes its place.
"""

from __future__ import annotations

import logging
import queue
import sys
import threading
from collections.abc import Callable
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, cast
from xmlrpc.client import Fault, ProtocolError, ResponseError

from astroview.core.errors import AstroviewError
from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings
from astroview.core.texts import Text
from astroview.core.unforeseen import told

if TYPE_CHECKING:
    from pyvo.samp import SAMPHubServer, SAMPIntegratedClient

log = logging.getLogger(__name__)
NAME = "astroview"
IMAGE, TABLE, POINT = "image.load.fits", "table.load.votable", "coord.pointAt.sky"
# DS9 points at positions only when somebody takes FITS tables.
FITS_TABLE, ROW = "table.load.fits", "table.highlight.row"
UNDERSTOOD = (IMAGE, TABLE, FITS_TABLE, POINT, ROW)
_HUB_NEWS = "samp.hub.*"
GOODBYE_S = 1.0
PATIENCE_S = 30.0  # for what one step asks of the hub
_LONGEST = 60  # letters of a program's name
TIMEOUT_S = 30.0  # without a byte of a message
MOST_BYTES = 2**25  # of a message
MOST_LETTERS = 10_000  # of a text in a message: an address, a name


class OddMessage(AstroviewError):
    """A message is not as its kind must be."""


@dataclass(frozen=True)
class Peer:
    """Another program at the hub, and which of `UNDERSTOOD` it takes."""

    id: str
    name: str
    takes: frozenset[str]


@dataclass(frozen=True)
class HubJoined:
    """The line stands; `own_hub` when this program had to start the hub."""

    own_hub: bool


@dataclass(frozen=True)
class Left:
    """The line is gone; `reason` is "" when that was wished."""

    reason: str = ""


@dataclass(frozen=True)
class NoHub:
    """No hub runs on this computer."""


@dataclass(frozen=True)
class Peers:
    """Who is connected now, without this program."""

    peers: tuple[Peer, ...]


@dataclass(frozen=True)
class Heard:
    """A message from another program."""

    mtype: str
    params: dict[str, str]
    sender: str


@dataclass(frozen=True)
class Sent:
    """A message went out to programs of these names (none: nobody takes it)."""

    mtype: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Trouble:
    """Something failed, in words."""

    words: str


_Todo = queue.SimpleQueue[Callable[[], None] | None]
Event = HubJoined | Left | NoHub | Peers | Heard | Sent | Trouble


class SampLink:
    """One line; `tell` is called with events from other threads and must return quickly."""

    def __init__(self, tell: Callable[[Event], object]) -> None:
        self._tell = tell
        self._client: SAMPIntegratedClient | None = None
        self._hub: SAMPHubServer | None = None
        self._begin()

    def _begin(self) -> None:
        self._todo: _Todo = queue.SimpleQueue()
        self._looks = 0  # around that are still to be done
        self._thread = threading.Thread(
            target=self._work, args=(self._todo,), name="samp", daemon=True
        )
        self._thread.start()

    # ---- from any thread ----------------------------------------------------------------

    def join(self, start_hub: bool = False) -> None:
        """Connect to the hub; without one, start it here or tell `NoHub`."""
        self._todo.put(lambda: self._join(start_hub))

    def leave(self) -> None:
        """Disconnect, and stop the hub if it is ours."""
        self._todo.put(lambda: self._leave(""))

    def send(self, mtype: str, params: dict[str, str], to: str = "") -> None:
        """Send a message to the program with the id `to`, or to all that take it."""
        self._todo.put(lambda: self._send(mtype, params, to))

    def close(self) -> None:
        """Leave for good; waits for a moment, not for a hub that hangs."""
        self._tell = _nobody
        self.leave()
        self._todo.put(None)
        self._thread.join(GOODBYE_S)

    # ---- in the link's thread -------------------------------------------------------------

    def _work(self, todo: _Todo) -> None:
        while todo is self._todo and (act := todo.get()) is not None:
            watch = threading.Timer(PATIENCE_S, self._give_up, (todo,))
            watch.daemon = True
            watch.start()
            try:
                self._do(act, todo)
            finally:
                watch.cancel()

    def _do(self, act: Callable[[], None], todo: _Todo) -> None:
        try:
            with told("A message by SAMP could not be taken"):
                self._ask(act, todo)
        except AstroviewError as problem:
            self._tell(Trouble(f"{problem.message}."))

    def _ask(self, act: Callable[[], None], todo: _Todo) -> None:
        try:
            act()
        except _faults() as problem:
            self._tell(Trouble(f"The SAMP hub refused: {problem.faultString}"))
        except _losses() as problem:
            log.warning("SAMP: %s", problem, exc_info=problem)
            if todo is self._todo:  # else the line is another one by now
                self._drop(f"The SAMP hub does not answer ({problem}).")

    def _give_up(self, todo: _Todo) -> None:
        """A hub took a call and never answers: its thread stays where it is."""
        if todo is self._todo:
            self._client = None
            self._begin()
            self._tell(Left("The SAMP hub does not answer."))

    def _join(self, start_hub: bool) -> None:
        if self._client is not None:
            return
        from pyvo.samp import SAMPHubError, conf

        conf.use_internet = False  # else it asks a search engine whether there is an internet
        try:
            self._client = self._registered()
        except SAMPHubError:
            if not start_hub:
                self._tell(NoHub())
                return
            self._hub = _started_hub()
            if self._hub is None:
                self._tell(Trouble("A SAMP hub could not be started on this computer."))
                return
            self._client = self._registered()
        self._tell(HubJoined(self._hub is not None))
        self._look_around()

    def _registered(self) -> SAMPIntegratedClient:
        from pyvo.samp import SAMPIntegratedClient

        client = SAMPIntegratedClient(NAME, "Views, colours and sharpens frames", addr="127.0.0.1")
        client.connect()
        _read_whole(cast("Any", client).client.client)
        client.unbind_receive_call("client.env.get")  # tells secrets of the environment
        for mtype in UNDERSTOOD:
            client.bind_receive_notification(mtype, self._notified)
            client.bind_receive_call(mtype, self._called)
        client.bind_receive_notification(_HUB_NEWS, self._hub_news)
        return client

    def _look_around(self) -> None:
        self._looks = 0
        client = self._client
        if client is None:
            return
        found = [_peer(client, str(peer)) for peer in client.get_registered_clients()]
        known = [peer for peer in found if peer is not None]
        self._tell(Peers(tuple(sorted(known, key=lambda peer: peer.name.lower()))))

    def _send(self, mtype: str, params: dict[str, str], to: str) -> None:
        client = self._client
        if client is None:
            self._tell(Trouble("Nothing was sent: no SAMP hub is connected."))
            return
        message = {"samp.mtype": mtype, "samp.params": params}
        takers = [to] if to else [str(peer) for peer in client.get_subscribed_clients(mtype)]
        takers = [peer for peer in takers if not _is_hub(peer)]
        for peer in takers:
            client.notify(peer, message)
        self._tell(Sent(mtype, tuple(_told_name(client, peer) for peer in takers)))

    def _leave(self, reason: str) -> None:
        client, self._client = self._client, None
        hub, self._hub = self._hub, None
        with collected_warnings():
            if client is not None and client.is_connected:
                client.disconnect()
            if hub is not None:
                hub.stop()
        if client is not None:
            self._tell(Left(reason))

    def _drop(self, reason: str) -> None:
        """Forget a line that broke."""
        try:
            self._leave(reason)
        except (*_faults(), *_losses()) as problem:
            log.info("SAMP: %s", problem)
            self._tell(Left(reason))

    # ---- in threads of the client ---------------------------------------------------------

    def _notified(
        self, private_key: str, sender_id: str, mtype: str, params: dict[str, Any], extra: Any
    ) -> None:
        self._todo.put(lambda: self._hear(mtype, params, sender_id))

    def _called(
        self,
        private_key: str,
        sender_id: str,
        msg_id: str,
        mtype: str,
        params: dict[str, Any],
        extra: Any,
    ) -> None:
        self._todo.put(lambda: self._answer(msg_id, mtype, params, sender_id))

    def _answer(self, msg_id: str, mtype: str, params: Any, sender: str) -> None:
        """Hear a message and say to its sender whether it could be understood."""
        reply: dict[str, Any] = {"samp.status": "samp.ok", "samp.result": {}}
        try:
            self._hear(mtype, params, sender)
        except OddMessage as problem:
            text = {"samp.errortxt": f"{problem.message}. {problem.hint}"}
            reply = {"samp.status": "samp.error", "samp.result": {}, "samp.error": text}
        if self._client is not None:
            self._client.reply(msg_id, reply)

    def _hear(self, mtype: str, params: Any, sender: str) -> None:
        words = _words(mtype, params)
        if self._client is not None:
            self._tell(Heard(mtype, words, _told_name(self._client, sender)))

    def _hub_news(
        self, private_key: str, sender_id: str, mtype: str, params: dict[str, Any], extra: Any
    ) -> None:
        if not _is_hub(sender_id):  # any program may say so
            return
        if mtype == "samp.hub.event.shutdown":
            self._todo.put(lambda: self._drop("The SAMP hub was shut down."))
        elif mtype.startswith("samp.hub.event"):
            self._look_soon()

    def _look_soon(self) -> None:
        """Look around once for all that happens until then."""
        if not self._looks:
            self._looks += 1
            self._todo.put(self._look_around)


def _words(mtype: str, params: Any) -> dict[str, str]:
    """The parameters of a message, all of them texts. Raises OddMessage."""
    given: dict[Any, Any] = params if isinstance(params, dict) else {}
    words = {key: value for key, value in given.items() if isinstance(value, str)}
    needed = ("ra", "dec") if mtype == POINT else ("row",) if mtype == ROW else ("url",)
    missing = [name for name in needed if name not in words]
    long = [name for name, value in words.items() if len(value) > MOST_LETTERS]
    hint = Text("It has no text for {missing}.", missing=" and ".join(missing))
    if long and not missing:
        name, most = long[0][:50], MOST_LETTERS
        hint = Text("Its {name} has more than {most:,} letters.", name=name, most=most)
    if missing or long:
        raise OddMessage(Text("A message {mtype} by SAMP was not understood", mtype=mtype), hint)
    return {str(name): value for name, value in words.items()}


def _peer(client: SAMPIntegratedClient, peer: str) -> Peer | None:
    """Who another program is; None for the hub itself, and for one that just left."""
    if _is_hub(peer):
        return None
    try:
        said: dict[str, Any] = dict(client.get_metadata(peer))
        subscribed: dict[str, Any] = dict(client.get_subscriptions(peer))
    except (*_faults(), TypeError, ValueError):  # one that left, or that is no program
        return None
    takes = frozenset(mtype for mtype in UNDERSTOOD if _matches(subscribed, mtype))
    return Peer(peer, _one_line(said.get("samp.name", peer)), takes)


def _one_line(said: Any) -> str:
    """A program's name as it can stand in a menu, whatever it calls itself."""
    return " ".join(str(said)[: 2 * _LONGEST].split())[:_LONGEST]


def _is_hub(peer: str) -> bool:
    return peer == "hub" or peer.endswith("#hub")


def _matches(subscribed: dict[str, Any], mtype: str) -> bool:
    """Whether subscriptions, which may end in ``*``, take a message."""
    return any(
        mtype == name or (name.endswith("*") and mtype.startswith(name[:-1])) for name in subscribed
    )


def _told_name(client: SAMPIntegratedClient, peer: str) -> str:
    try:
        return _one_line(dict(client.get_metadata(peer)).get("samp.name", peer))
    except (*_faults(), TypeError, ValueError):
        return peer


def _started_hub() -> SAMPHubServer | None:
    """A hub for this computer alone; None when one cannot be had."""
    from pyvo.samp import SAMPHubServer

    with collected_warnings():
        hub = SAMPHubServer(addr="127.0.0.1", web_profile=False, label=NAME)
        hub.start()
        _read_whole(cast("Any", hub)._server)  # noqa: SLF001  # there is no public way
    return hub if hub.is_running else None


class _Body:
    """What a program sends: its end is an error while more was announced, and it is bounded.
    The library waits for more with all the power of a core.
    """

    def __init__(self, file: Any) -> None:
        self._file, self._left = file, MOST_BYTES

    def read(self, size: int) -> bytes:
        found = self._file.read(min(size, self._left))
        self._left -= len(found)
        if size and not found:
            raise ConnectionError("a message by SAMP broke off, or has no end")
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _read_whole(server: Any) -> None:
    """Have a server of the library's read each request to its end, and no further."""
    kind: Any = server.RequestHandlerClass

    class Whole(kind):
        timeout = TIMEOUT_S

        def setup(self) -> None:
            super().setup()
            self.rfile = _Body(self.rfile)

    server.RequestHandlerClass = Whole
    server.handle_error = _unanswered


def _unanswered(*_: object) -> None:
    log.info("SAMP: a request could not be answered: %s", sys.exc_info()[1])


def _faults() -> tuple[type[Fault], ...]:
    """What a hub answers when it will not do something, for example for a program that has left."""
    from pyvo.samp import SAMPProxyError

    return (SAMPProxyError, Fault)


def _losses() -> tuple[type[Exception], ...]:
    """What calls raise when no hub answers."""
    from pyvo.samp import SAMPClientError, SAMPHubError

    return (OSError, ProtocolError, ResponseError, HTTPException, SAMPHubError, SAMPClientError)


def _nobody(event: Event) -> None:
    """Takes events when nobody listens any more."""
