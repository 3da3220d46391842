"""Files that another program names by URL."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from astroview.core.errors import AstroviewError
from astroview.core.io.paths import network_rules
from astroview.core.io.paths.http_opener import PrivateAddress, http_opener
from astroview.core.io.paths.plain_paths import is_file
from astroview.core.io.paths.watched_transfer import WatchedTransfer
from astroview.core.lazy_dataclass import dataclass
from astroview.core.memory_limits import SPARE_DISK, amount
from astroview.core.texts import Text

TIMEOUT_S = 30.0
MAX_BYTES = 20 * 10**9
_CHUNK = 2**18
_LONGEST = 120  # bytes of a name


class NotFetched(AstroviewError):
    """A file named by URL cannot be had."""


class NotPublic(NotFetched):
    """A URL leads to this computer or to a private network; whether that is wished is asked."""

    def __init__(self, message: str, hint: str = "", url: str = "") -> None:
        super().__init__(message, hint)
        self.url = url


@dataclass(frozen=True)
class Transfer:
    """What a download may do.

    Attributes
    ----------
    progress
        Told bytes that are there and bytes in all, many times a second; may raise to stop.
    allow_private
        Whether it may come from this computer or a private network.
    max_bytes
        How large it may be.
    """

    progress: Callable[[int, int], object] = lambda _done, _of: None
    allow_private: bool = False
    max_bytes: int = MAX_BYTES


def fetch(url: str, folder: Path, how: Transfer = Transfer()) -> Path:
    """A local path for a URL: of the file itself, or of a copy that is downloaded to a folder.

    Redirections are followed to http and https only.

    Raises
    ------
    NotFetched
        It cannot be had, is too large, or (`NotPublic`) lies where only this computer can look.
    """
    try:
        parts = urlsplit(url)
    except ValueError as problem:  # half an IPv6 address
        raise _no_address(url) from problem
    if parts.scheme == "file":
        from urllib.request import url2pathname  # brings a network stack along

        path = Path(re.sub("^//+", "/", url2pathname(parts.path)))  # DS9 writes one too many
        if not is_file(path):
            raise NotFetched(
                Text("{name} is not there", name=path.name),
                hint=Text("It was looked for in {parent}.", parent=path.parent),
            )
        return path
    if parts.scheme not in ("http", "https"):
        raise _no_address(url)
    return _download(url, folder, Path(unquote(parts.path)).name or "download.fits", how)


def _no_address(url: str) -> NotFetched:
    words = Text("{url} is no address of a file", url=url[:200])
    return NotFetched(words, hint="http, https and file are known.")


def keep(path: Path, name: str, folder: Path) -> Path:
    """Another program's temporary file by the name that the program gives it, and for as long as
    the folder stays: the program may remove its own. Other files are taken where they are, and so
    is one that cannot be kept.
    """
    wanted = _plain_name(name) if Path(name).name else ""
    temporary = path.parent == Path(tempfile.gettempdir())
    if not temporary or not wanted or wanted == path.name:
        return path
    kept = Path(tempfile.mkdtemp(dir=folder)) / Path(wanted).with_suffix(path.suffix)
    try:
        os.link(path, kept)
    except OSError:  # another disk, or one without links
        with suppress(OSError):  # gone, or no room: it is told when it is opened
            shutil.copyfile(path, kept)
            return kept
        return path
    return kept


def _why(problem: BaseException) -> object:
    """What a server answered, or what the system says of the connection, without Python's words."""
    from urllib.error import HTTPError

    inner = problem if isinstance(problem, HTTPError) else getattr(problem, "reason", problem)
    return getattr(inner, "strerror", None) or inner


def _download(url: str, folder: Path, name: str, how: Transfer) -> Path:
    from http.client import HTTPException
    from urllib.error import HTTPError

    path = Path(tempfile.mkdtemp(dir=folder)) / _plain_name(name)
    transfer = WatchedTransfer()
    try:
        transfer.run(
            lambda: _pour(url, path, how, transfer),
            lambda: how.progress(transfer.done, max(transfer.of, transfer.done)),
        )
    except BaseException as problem:
        shutil.rmtree(path.parent, ignore_errors=True)
        if isinstance(problem, HTTPError):  # it holds the connection
            problem.close()
        if not isinstance(problem, OSError | HTTPException | ValueError):
            raise
        inner = getattr(problem, "reason", problem)  # urllib wraps what the connection raised
        if isinstance(inner, network_rules.Offline):
            raise NotFetched(
                Text("{name} is not fetched: astroview works offline", name=name),
                hint="The settings say so, under Network, or ASTROVIEW_OFFLINE.",
            ) from problem
        if isinstance(inner, PrivateAddress):
            raise NotPublic(
                Text(
                    "{name} is offered by {address}, which is no public address",
                    name=name,
                    address=inner.address,
                ),
                hint="Programs on this computer do so, but so may a page that you did not ask.",
                url=url,
            ) from problem
        raise NotFetched(
            Text("{name} could not be downloaded ({problem})", name=name, problem=_why(problem)),
            hint="Check the address and the connection, then try again.",
        ) from problem
    return path


def _pour(url: str, path: Path, how: Transfer, transfer: WatchedTransfer) -> None:
    most = min(how.max_bytes, shutil.disk_usage(path.parent).free - SPARE_DISK)
    with http_opener(how.allow_private).open(url, timeout=TIMEOUT_S) as answer:
        transfer.of = int(answer.headers.get("Content-Length") or 0)
        _check_size(path.name, transfer.of, most)
        with path.open("wb") as file:
            while chunk := answer.read1(_CHUNK):
                _check_size(path.name, transfer.done + len(chunk), most)
                transfer.take(file, chunk)
    if transfer.done < transfer.of:
        raise OSError("it broke off")


def _check_size(name: str, size: int, most: int) -> None:
    if size > most:
        raise NotFetched(
            Text(
                "{name} is larger than {amount}, which a download may be",
                name=name,
                amount=amount(max(most, 0)),
            ),
            hint="Download it with a browser, and open it from there.",
        )


def _plain_name(name: str) -> str:
    """A name that stays in its folder, whatever it says of itself."""
    kept = re.sub(r"[^\w .+@()\[\]-]+", "_", Path(name).name)
    short = kept.encode("utf-8", "ignore")[-_LONGEST:].decode("utf-8", "ignore")
    return short.strip(" .") or "download.fits"
