"""Files elsewhere: object stores and other machines, by URL (``s3://bucket/m31.fits``), through
fsspec. ``file://`` is this machine, and turned into a plain path at the door.

Credentials and endpoints are those of the store's own tools (for S3 the AWS variables and files).
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import sys
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from astroview.core import extras
from astroview.core.errors import AstroviewError, CannotSave, UnreadableFrame
from astroview.core.io.paths.plain_paths import is_there
from astroview.core.lazy_dataclass import dataclass
from astroview.core.texts import Text

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")  # two letters at least: C:/ is a drive
# Stores where an object appears when its upload is complete, never before.
_ATOMIC = {"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oci", "r2"}
_CHUNK = 4 * 2**20


@dataclass(frozen=True)
class RemoteFile:
    """What a store says of a file; ``below`` is its folder relative to the one listed."""

    url: str
    size: int
    mtime_ns: int
    etag: str = ""
    below: str = ""


Place = Path | str  # a path of this machine, or the URL of a place elsewhere


class PlaceProblem(UnreadableFrame):
    """A store cannot be reached, or refuses."""


def is_url(text: str) -> bool:
    """Whether a text names a place elsewhere; ``file://`` counts as well."""
    return _URL.match(text) is not None


def plain(text: str) -> str:
    """``file://`` URLs as paths of this machine; everything else as it is."""
    if not text.lower().startswith("file://"):
        return text
    from urllib.parse import unquote, urlsplit
    from urllib.request import url2pathname

    parts = urlsplit(text)
    return url2pathname(unquote(parts.path)) if parts.netloc in ("", "localhost") else text


def door(text: str) -> Place:
    """What a user wrote, as a path of this machine or a URL."""
    text = plain(text)
    return text if is_url(text) else path_of(text)


def path_of(text: str) -> Path:
    """What a user wrote, as a path of this machine; also that of ``.`` has a name to be told by."""
    path = Path(text)
    return path if path.name not in ("", "..") else path.resolve()


def below(place: Place, name: str) -> Place:
    """Something in a folder; ``name`` has slashes between folders."""
    return join(place, name) if isinstance(place, str) else place / name


def exists(place: str) -> bool:
    """Whether something is at a path (a broken link is something) or URL."""
    return status(place) is not None if is_url(place) else os.path.lexists(place)


def local(text: str, folder: Path) -> Path:
    """A path as it is; a file elsewhere as a copy in ``folder``, fetched when it is not there."""
    if not is_url(text):
        return Path(text)
    copy = folder / file_name(text)
    return copy if is_there(copy) else fetch(text, folder)


def join(url: str, below: str) -> str:
    """The URL of something below a folder."""
    return f"{url.rstrip('/')}/{below}" if below else url


def file_name(url: str) -> str:
    """The last part of a URL."""
    return url.rstrip("/").rsplit("/", 1)[-1]


def status(url: str) -> RemoteFile | None:
    """What is known of a file; None when there is none. Raises PlaceProblem."""
    with _told(url):
        store, path = _store(url)
        try:
            info = store.info(path)
        except FileNotFoundError:
            return None
        return None if info.get("type") == "directory" else _described(url, info, "")


def is_folder(url: str) -> bool:
    """Whether a URL is a folder (in an object store: begins the names of others)."""
    with _told(url):
        store, path = _store(url)
        return bool(store.isdir(path))


def walk(url: str, recursive: bool = True) -> Iterator[list[RemoteFile]]:
    """The files of a folder and, one list each, of its sub-folders. Hidden names are left out.

    Raises PlaceProblem.
    """
    store, path = _opened(url)
    waiting = [(path, "")]
    while waiting:
        folder, below = waiting.pop()
        with _told(url):
            entries: list[dict[str, Any]] = store.ls(folder, detail=True)
        files: list[RemoteFile] = []
        folders: list[tuple[str, str]] = []
        for entry in entries:
            name = file_name(entry["name"])
            if name.startswith(".") or entry["name"].rstrip("/") == folder.rstrip("/"):
                continue
            if entry["type"] == "directory":
                folders.append((entry["name"], f"{below}/{name}" if below else name))
            else:
                files.append(_described(store.unstrip_protocol(entry["name"]), entry, below))
        yield files
        if recursive:
            waiting += sorted(folders, reverse=True)


def content_key(url: str) -> str:
    """What tells contents apart: the store's own checksum where it has one, else the sha256.

    Raises UnreadableFrame when the file is missing or cannot be read.
    """
    found = status(url)
    if found is None:
        raise _missing(url)
    return f"etag:{found.etag}:{found.size}" if found.etag else sha256(url)


def sha256(url: str) -> str:
    """Hex digest of a file, read in blocks. Raises UnreadableFrame."""
    digest = hashlib.sha256()
    with _told(url):
        store, path = _store(url)
        try:
            with store.open(path, "rb") as file:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
        except FileNotFoundError:
            raise _missing(url) from None
    return digest.hexdigest()


def fetch(url: str, folder: Path) -> Path:
    """Copy a file into a folder of this machine, under its own name.

    Raises UnreadableFrame when it is missing or cannot be read to its end.
    """
    target = folder / (file_name(url) or "file")
    beside = target.with_name(f".{secrets.token_hex(4)}.part")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with _told(url):
            store, path = _store(url)
            try:
                store.get_file(path, str(beside))
            except FileNotFoundError:
                raise _missing(url) from None
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return target


def put(file: Path, url: str) -> RemoteFile:
    """Copy a file of this machine to a URL, where it appears when it is complete.

    Object stores show an object when its upload is complete; elsewhere it goes to a hidden name
    beside the target and is renamed.

    Raises
    ------
    CannotSave
        What was there before, if anything, is still there.
    """
    try:
        with _told(url):
            store, path = _store(url)
            _upload(store, file, path, url)
        found = status(url)
    except PlaceProblem as problem:
        raise CannotSave(
            Text(
                "{file_name} was not saved: {message}",
                file_name=file_name(url),
                message=problem.message,
            ),
            problem.hint,
        ) from problem
    if found is None or found.size != file.stat().st_size:
        raise CannotSave(
            Text(
                "{file_name} was not saved: {url} is not what was sent",
                file_name=file_name(url),
                url=url,
            ),
            hint="Does something else write to that place?",
        )
    return found


def _upload(store: Any, file: Path, path: str, url: str) -> None:
    if _protocol(url) in _ATOMIC:
        store.put_file(str(file), path)
        return
    folder, _, name = path.rpartition("/")
    if folder:
        store.makedirs(folder, exist_ok=True)
    beside = f"{folder}/.{name[:100]}.{secrets.token_hex(4)}.part"
    with ExitStack() as undo:
        undo.callback(_forget, store, beside)
        store.put_file(str(file), beside)
        store.mv(beside, path)
        undo.pop_all()  # it has the name it should have


def _forget(store: Any, path: str) -> None:
    with suppress(OSError):
        store.rm_file(path)


def _protocol(url: str) -> str:
    return url.split("://", 1)[0].lower()


def _opened(url: str) -> tuple[Any, str]:
    with _told(url):
        return _store(url)


def _store(url: str) -> tuple[Any, str]:
    """The file system of a URL (fsspec keeps one a process and endpoint), and the path in it."""
    from fsspec.core import url_to_fs

    store, path = url_to_fs(url, use_listings_cache=False)
    return store, cast("str", path)


@contextmanager
def _told(url: str) -> Generator[None]:
    """Turn what a store raises into words."""
    try:
        yield
    except AstroviewError:
        raise
    except ImportError as problem:
        raise PlaceProblem(
            Text(
                "{protocol}:// needs a package that is not installed ({name})",
                protocol=_protocol(url),
                name=problem.name or problem,
            ),
            hint=extras.how_to_get("cluster"),
        ) from problem
    except PermissionError as problem:
        raise PlaceProblem(
            Text("{url} refuses: {problem}", url=url, problem=problem),
            hint="Check the credentials and what they allow.",
        ) from problem
    except FileNotFoundError as problem:
        raise PlaceProblem(
            Text("There is no {problem}", problem=problem), hint="Check the name."
        ) from problem
    except ValueError as problem:  # fsspec: unknown protocol, unfit URL
        raise PlaceProblem(
            Text("{url} is no place that can be used: {problem}", url=url, problem=problem)
        ) from problem
    except _failures() as problem:
        raise PlaceProblem(
            Text("{url} cannot be reached: {problem}", url=url, problem=problem),
            hint="Check the network and the address.",
        ) from problem


def _failures() -> tuple[type[BaseException], ...]:
    """What stores raise besides OSError: asked of their libraries, once those are loaded."""
    found: list[type[BaseException]] = [OSError]
    for module, name in (
        ("botocore.exceptions", "BotoCoreError"),
        ("botocore.exceptions", "ClientError"),
        ("aiohttp", "ClientError"),
    ):
        if module in sys.modules:
            found.append(getattr(sys.modules[module], name))
    return tuple(found)


def _described(url: str, info: dict[str, Any], below: str) -> RemoteFile:
    etag = str(info.get("ETag") or info.get("etag") or info.get("md5Hash") or "").strip('"')
    return RemoteFile(url, int(info.get("size") or 0), _mtime_ns(info), etag, below)


def _mtime_ns(info: dict[str, Any]) -> int:
    """When a file was last written; each store has a word of its own for it."""
    for key in ("LastModified", "last_modified", "updated", "mtime", "modified", "created"):
        value = info.get(key)
        if isinstance(value, str):
            with suppress(ValueError):
                value = datetime.fromisoformat(value)
        if isinstance(value, datetime):
            value = value.timestamp()
        if isinstance(value, int | float):
            return int(value) * 10**9  # whole seconds: what listings and heads agree on
    return 0


def _missing(url: str) -> UnreadableFrame:
    return UnreadableFrame(Text("There is no file {url}", url=url), hint="Check the name.")
