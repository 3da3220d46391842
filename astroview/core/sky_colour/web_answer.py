"""One question to a web service, with bounds on time and size, that can be given up while it waits.

What the network does to it becomes one sentence for the user.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import field, replace
from urllib.parse import urlsplit

from astroview import __version__
from astroview.core.errors import AstroviewError
from astroview.core.io.paths import network_rules
from astroview.core.io.paths.http_opener import PrivateAddress, http_opener
from astroview.core.lazy_dataclass import dataclass
from astroview.core.memory_limits import amount
from astroview.core.texts import Text

AGENT = f"astroview/{__version__} (colours of one field; one connection)"
SILENCE_S = 60.0  # without a byte
_LOOK_S = 0.05
_CHUNK = 1 << 16
_PAGES = (b"<!doctype", b"<html", b"<?xml", b"{")


class NoAnswer(AstroviewError):
    """A service cannot be reached, or does not answer in time."""


class WrongAnswer(AstroviewError):
    """A service refuses, or sends something else."""


@dataclass(frozen=True)
class Bounds:
    """What one question may cost.

    Attributes
    ----------
    seconds
        In all.
    size
        Bytes of the answer.
    allow_private
        Whether this computer and private networks may be asked.
    """

    seconds: float = 120.0
    size: int = 64 * 10**6
    allow_private: bool = False


@dataclass
class _WebQuestion:
    """What the thread that asks and the one that waits share."""

    url: str
    bounds: Bounds
    given_up: threading.Event = field(default_factory=threading.Event)
    content: bytes = b""
    problem: BaseException | None = None
    done: int = 0


def ask(url: str, magic: tuple[bytes, ...], bounds: Bounds, tick: Callable[[int], object]) -> bytes:
    """The answer to a question.

    Parameters
    ----------
    magic
        How what is expected may begin.
    tick
        Told the bytes that are there, many times a second; may raise to stop.

    Raises
    ------
    NoAnswer, WrongAnswer
    """
    seconds, size = network_rules.seconds(bounds.seconds), network_rules.size(bounds.size)
    bounds = replace(bounds, seconds=seconds, size=size)
    question = _WebQuestion(url, bounds)
    began = time.monotonic()
    thread = threading.Thread(target=_work, args=(question,), name="web", daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(_LOOK_S)
            tick(question.done)
            if thread.is_alive() and time.monotonic() - began > bounds.seconds:
                raise _too_slow(url, bounds.seconds)
    finally:
        question.given_up.set()
    if question.problem is not None:
        raise _told(url, question.problem) from question.problem
    return _checked(url, question.content, magic)


def _work(question: _WebQuestion) -> None:
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.request import Request

    try:
        request = Request(question.url, headers={"User-Agent": AGENT})
        opener = http_opener(question.bounds.allow_private)
        with opener.open(request, timeout=SILENCE_S) as answer:
            _check_size(question, int(answer.headers.get("Content-Length") or 0))
            parts: list[bytes] = []
            while not question.given_up.is_set() and (part := answer.read1(_CHUNK)):
                parts.append(part)
                question.done += len(part)
                _check_size(question, question.done)
            question.content = b"".join(parts)
    except (OSError, HTTPException, ValueError, AstroviewError) as problem:
        if isinstance(problem, HTTPError):  # it holds the connection
            problem.close()
        question.problem = problem


def _check_size(question: _WebQuestion, size: int) -> None:
    if size > question.bounds.size:
        raise WrongAnswer(
            Text(
                "{host} sends more than {amount}",
                host=host(question.url),
                amount=amount(question.bounds.size),
            ),
            hint="Try again later, or another survey.",
        )


def _checked(url: str, content: bytes, magic: tuple[bytes, ...]) -> bytes:
    if content.startswith(magic):
        return content
    page = content[:200].lstrip().lower().startswith(_PAGES)
    what = Text("a page") if page else Text("something else" if content else "nothing")
    raise WrongAnswer(
        Text("{host} sent {what} instead of a picture", host=host(url), what=what),
        hint="It may be down, or a network log-in stands between; try again later.",
    )


def _told(url: str, problem: BaseException) -> AstroviewError:
    from urllib.error import HTTPError

    if isinstance(problem, AstroviewError):
        return problem
    if isinstance(problem, HTTPError):
        return WrongAnswer(
            Text(
                "{host} does not give it ({code} {reason})",
                host=host(url),
                code=problem.code,
                reason=problem.reason,
            ),
            hint="Try again later, or another survey.",
        )
    inner = getattr(problem, "reason", problem)  # urllib wraps what the connection raised
    if isinstance(inner, network_rules.Offline):
        return NoAnswer(
            Text("{host} is not asked: astroview works offline", host=host(url)),
            hint="The settings say so, under Network, or ASTROVIEW_OFFLINE.",
        )
    if isinstance(inner, PrivateAddress):
        return WrongAnswer(
            Text(
                "{host} leads to {address}, which is no public address",
                host=host(url),
                address=inner.address,
            ),
            hint="A network log-in may stand between; try again later.",
        )
    if isinstance(inner, TimeoutError):
        return _too_slow(url, SILENCE_S)
    if "web address" in str(problem):
        return WrongAnswer(
            Text("{host} does not give it: {problem}", host=host(url), problem=problem),
            hint="Try again later.",
        )
    return NoAnswer(
        Text("{host} cannot be reached", host=host(url)),
        hint="Is there a connection to the internet? A colour picture on this disk does as well.",
    )


def _too_slow(url: str, seconds: float) -> NoAnswer:
    return NoAnswer(
        Text("{host} did not answer within {seconds:.0f} seconds", host=host(url), seconds=seconds),
        hint="Try again later, or another survey.",
    )


def host(url: str) -> str:
    """The server of an address, as a user knows it."""
    try:
        return urlsplit(url).hostname or "the server"
    except ValueError:  # [::1 for one
        return "the server"
