"""Files that another program names by URL."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from astroview.core.errors import AstroviewError

TIMEOUT_S = 30.0


class NotFetched(AstroviewError):
    """A file named by URL cannot be had."""


def fetch(url: str, folder: Path) -> Path:
    """A local path for a URL: of the file itself, or of a copy that is downloaded to a folder."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        from urllib.request import url2pathname  # brings a network stack along

        path = Path(re.sub("^//+", "/", url2pathname(parts.path)))  # DS9 writes one too many
        if not path.is_file():
            raise NotFetched(
                f"{path.name} is not there", hint=f"It was looked for in {path.parent}."
            )
        return path
    if parts.scheme not in ("http", "https"):
        raise NotFetched(f"{url} is no address of a file", hint="http, https and file are known.")
    return _download(url, folder, Path(unquote(parts.path)).name or "download.fits")


def keep(path: Path, name: str, folder: Path) -> Path:
    """Another program's temporary file by the name that the program gives it, and for as long as
    the folder stays: the program may remove its own. Other files are taken where they are.
    """
    wanted = Path(name).name
    temporary = path.parent == Path(tempfile.gettempdir())
    if not temporary or not wanted or wanted == path.name:
        return path
    kept = Path(tempfile.mkdtemp(dir=folder)) / Path(wanted).with_suffix(path.suffix)
    try:
        os.link(path, kept)
    except OSError:  # another disk, or one without links
        shutil.copyfile(path, kept)
    return kept


def _download(url: str, folder: Path, name: str) -> Path:
    from http.client import HTTPException
    from urllib.request import urlopen

    path = Path(tempfile.mkdtemp(dir=folder)) / name
    try:
        with urlopen(url, timeout=TIMEOUT_S) as answer, path.open("wb") as file:
            shutil.copyfileobj(answer, file)
    except (OSError, HTTPException) as problem:
        path.unlink(missing_ok=True)
        raise NotFetched(
            f"{name} could not be downloaded ({problem})", hint="Send it again."
        ) from problem
    return path
