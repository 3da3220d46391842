"""What the network does not give, in words for the user; and one polite download."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from astroview import __version__
from astroview.core.errors import AstroviewError, CannotSave, DiskFull
from astroview.core.io.paths.watched_transfer import WatchedTransfer
from astroview.core.memory_limits import SPARE_DISK, amount
from astroview.core.texts import Text
from trainer.gather.sent_on import Refused, followed

AGENT = f"astroview/{__version__} (training frames; one connection)"
TRIES = 3
TIMEOUT_S = 60.0
LONGEST_WAIT_S = 120.0  # that an archive may ask for
CHUNK = 1 << 16
SLOW_BYTES, SLOW_S = 1 << 16, 120.0  # that must come in so many seconds
MAX_BYTES = 8 * 10**9  # of one frame
# How FITS files begin, as they are or packed.
FRAMES = (b"SIMPLE  =", b"\x1f\x8b", b"BZh", b"\x1f\x9d", b"\xfd7zXZ\x00")
PICTURES = (b"\xff\xd8\xff", b"\x89PNG")


class NoConnection(AstroviewError):
    """An archive cannot be reached at all."""


@contextmanager
def reaching(archive: str) -> Generator[None]:
    """Questions to an archive; what the network does to them becomes an `AstroviewError`."""
    try:
        yield
    except (requests.ConnectionError, requests.Timeout, URLError, TimeoutError) as problem:
        raise no_connection(archive) from problem
    except (requests.RequestException, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise Refused(
            Text(
                "{archive} did not answer as it should: {first_line}",
                archive=archive,
                first_line=_first_line(problem),
            ),
            hint="It may be down or have changed; try again later, or another survey.",
        ) from problem


def no_connection(archive: str) -> NoConnection:
    """The one line for no network."""
    return NoConnection(
        Text("{archive} cannot be reached", archive=archive),
        hint="Is there a connection to the internet? What was fetched is kept; "
        "trying again goes on from there.",
    )


class Downloads:
    """Downloads one file after the other, with a pause between two requests to one archive.

    Parameters
    ----------
    pause_s
        Between the beginnings of two requests.
    """

    def __init__(self, pause_s: float) -> None:
        self._pause_s = pause_s
        self._last = 0.0
        self._session = _PlainSession()
        # As it is: what is packed on the way is of any size when it is unpacked.
        self._session.headers.update({"User-Agent": AGENT, "Accept-Encoding": "identity"})

    def fetch(self, url: str, path: Path, more: Callable[[int], None]) -> str:
        """Fetch a file, or the rest of one that was broken off; returns its sha256.

        Parameters
        ----------
        more
            Called with the bytes that are there; may raise to stop: they are kept for next time.

        Raises
        ------
        NoConnection, Refused, CannotSave
            Nothing has the file's name.
        """
        part = path.with_name(f".{path.name}.part")
        for left in reversed(range(TRIES)):
            try:
                self._once(url, part, more)
                break
            except (requests.ConnectionError, requests.Timeout, HTTPError) as problem:
                if not left:
                    raise no_connection(urlsplit(url).netloc) from problem
                self._wait(self._pause_s * 2 ** (TRIES - left))
            # Sent on to what is no address, or a length that is no number.
            except (requests.RequestException, ValueError) as problem:
                raise Refused(
                    Text(
                        "{netloc} does not give it: {first_line}",
                        netloc=urlsplit(url).netloc,
                        first_line=_first_line(problem),
                    ),
                    hint="Try again later, or another survey.",
                ) from problem
        return _take(part, path)

    def _once(self, url: str, part: Path, more: Callable[[int], None]) -> None:
        there = part.stat().st_size if part.exists() else 0
        answer = self._ask(url, there)
        with answer:
            if answer.status_code == 416 and there:  # it was whole already
                return
            if answer.status_code not in (200, 206):
                part.unlink(missing_ok=True)
                raise Refused(
                    Text(
                        "{netloc} does not give it ({status_code} {reason})",
                        netloc=urlsplit(url).netloc,
                        status_code=answer.status_code,
                        reason=answer.reason,
                    )
                )
            if answer.status_code == 206 and not _goes_on(answer, there):
                part.unlink(missing_ok=True)
                raise requests.ConnectionError("it sent another part than it was asked for")
            there = there if answer.status_code == 206 else 0
            _check_size(there + _length(answer), part.parent)
            self._save(answer, part, there, more)

    def _save(
        self, answer: requests.Response, part: Path, there: int, more: Callable[[int], None]
    ) -> None:
        transfer, pace = WatchedTransfer(), _Pace()

        def look() -> None:
            pace(transfer.done)
            more(there + transfer.done)

        try:
            transfer.run(lambda: _pour(answer, part, there, transfer), look)
        except OSError as problem:
            if isinstance(problem, requests.RequestException):
                raise
            raise _cannot_save(part, problem) from problem

    def _ask(self, url: str, there: int) -> requests.Response:
        """A request after the pause; an archive that is busy says how long to wait."""
        for left in reversed(range(TRIES)):
            self._wait(self._last + self._pause_s - time.monotonic())
            self._last = time.monotonic()
            answer = followed(partial(self._get, there=there), url)
            if answer.status_code not in (429, 502, 503, 504) or not left:
                return answer
            answer.close()
            wished = answer.headers.get("Retry-After", "")
            self._wait(float(wished) if wished.isdecimal() else self._pause_s * 4)
        raise AssertionError("unreachable")

    def _get(self, url: str, there: int) -> requests.Response:
        """One answer, which may send on; its header comes soon or not at all."""
        pace, session = _Pace(), self._session
        headers = {"Range": f"bytes={there}-"} if there else {}
        return WatchedTransfer().run(
            lambda: session.get(
                url, headers=headers, stream=True, timeout=TIMEOUT_S, allow_redirects=False
            ),
            lambda: pace(0),
        )

    def _wait(self, seconds: float) -> None:
        if seconds > 0:
            time.sleep(min(seconds, LONGEST_WAIT_S))


class _PlainSession(requests.Session):
    """Follows nothing by itself: it would read all that comes along with a redirection."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """There is none."""


class _Pace:
    """Raises Timeout when hardly anything comes."""

    def __init__(self) -> None:
        self._since, self._had = time.monotonic(), 0

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if done - self._had >= SLOW_BYTES:
            self._since, self._had = now, done
        elif now - self._since > SLOW_S:
            raise requests.Timeout("it sends too slowly")


def _pour(answer: requests.Response, part: Path, there: int, transfer: WatchedTransfer) -> None:
    with part.open("ab" if there else "wb") as file:
        while chunk := answer.raw.read1(CHUNK, decode_content=False):
            _check_size(there + transfer.done + len(chunk), part.parent)
            transfer.take(file, chunk)


def _goes_on(answer: requests.Response, there: int) -> bool:
    """Whether a part of a file is the rest that was asked for, and no other."""
    return answer.headers.get("Content-Range", f"bytes {there}-").startswith(f"bytes {there}-")


def sha256_of(path: Path) -> str:
    """Of a whole file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _take(part: Path, path: Path) -> str:
    """Let a whole download have its name, if it is what it should be."""
    with part.open("rb") as file:
        head = file.read(512)
    if not head.startswith(PICTURES if path.suffix.lower() in (".jpg", ".png") else FRAMES):
        part.unlink()
        page = head.lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml", b"{"))
        what = Text("a page" if page else "something else")
        raise Refused(
            Text("the archive sent {what} instead of a frame", what=what), hint="Try again later."
        )
    digest = sha256_of(part)
    part.replace(path)
    return digest


def _length(answer: requests.Response) -> int:
    said = answer.headers.get("Content-Length", "")
    return int(said) if said.isdecimal() and len(said) < 19 else 0


def _check_size(size: int, folder: Path) -> None:
    if size > min(MAX_BYTES, shutil.disk_usage(folder).free + size - SPARE_DISK):
        raise Refused(
            Text(
                "the archive sends more than {amount}, or than there is room for",
                amount=amount(MAX_BYTES),
            ),
            hint="Ask for a smaller field.",
        )


def _cannot_save(part: Path, problem: OSError) -> CannotSave:
    import errno

    kind = DiskFull if problem.errno == errno.ENOSPC else CannotSave
    return kind(
        f"{part.parent} cannot take a file: {problem.strerror or problem}",
        hint="Make room or choose another folder; trying again goes on.",
    )


def _first_line(problem: Exception) -> str:
    return (str(problem).splitlines() or [type(problem).__name__])[0][:200]
