"""Files that another program names by URL."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from astroview.core.errors import AstroviewError

TIMEOUT_S = 30.0


class NotFetched(AstroviewError):
    """A file named by URL cannot be had."""


def fetch(url: str, folder: Path) -> Path:
    """A local path for a URL: of the file itself, or of a copy that is downloaded to a folder."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        path = Path(url2pathname(parts.path))
        if not path.is_file():
            raise NotFetched(
                f"{path.name} is not there", hint=f"It was looked for in {path.parent}."
            )
        return path
    if parts.scheme not in ("http", "https"):
        raise NotFetched(f"{url} is no address of a file", hint="http, https and file are known.")
    return _download(url, folder, Path(unquote(parts.path)).name or "download.fits")


def _download(url: str, folder: Path, name: str) -> Path:
    from http.client import HTTPException
    from tempfile import mkdtemp
    from urllib.request import urlopen

    path = Path(mkdtemp(dir=folder)) / name
    try:
        with urlopen(url, timeout=TIMEOUT_S) as answer, path.open("wb") as file:
            shutil.copyfileobj(answer, file)
    except (OSError, HTTPException) as problem:
        path.unlink(missing_ok=True)
        raise NotFetched(
            f"{name} could not be downloaded ({problem})", hint="Send it again."
        ) from problem
    return path
