"""Frames that do not lie on this machine: ``-`` for stdin, and URLs."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from astroview.core.errors import UnreadableFrame
from astroview.core.memory_limits import SPARE_DISK, amount
from astroview.core.texts import Text

if TYPE_CHECKING:
    from astroview.core.io.paths.remote_paths import Place
    from astroview.core.io.paths.temp_folders import HeldFolder

STDIN = Path("-")
MOST_PIPED = 20 * 10**9  # bytes
_CHUNK = 2**20


class Inputs:
    """Copies of what is read from elsewhere, until this context ends.

    Calling it gives a path of this machine for a path, a URL or ``-``; errors as `UnreadableFrame`.
    """

    def __init__(self) -> None:
        self._folder: HeldFolder | None = None

    def __enter__(self) -> Inputs:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def release(self) -> None:
        """Remove the copies."""
        if self._folder is not None:
            self._folder.release()
            self._folder = None

    def __call__(self, place: Place) -> Path:
        """A path of this machine."""
        if isinstance(place, str):
            return self._fetched(place)
        return self._piped() if place == STDIN else place

    def all(self, places: Iterable[Place]) -> list[Path]:
        """Of several."""
        return [self(place) for place in places]

    def piped(self, places: Iterable[Place]) -> list[Place]:
        """Stdin as a file, and everything else as it is: a batch reads URLs itself. Those of the
        web are copied where what stores read them by is not installed.
        """
        return [self(place) if place == STDIN or _only_here(place) else place for place in places]

    def named(self, wanted: str) -> str:
        """A list with commas between its parts: copies of those that lie elsewhere, and the others,
        which may be names, as they are.
        """
        from astroview.core.io.paths.remote_paths import door, is_url

        parts = wanted.split(",")
        for i, part in enumerate(parts):
            if is_url(part.strip()) or part.strip() == str(STDIN):
                parts[i] = str(self(door(part.strip())))
        return ",".join(parts)

    def _room(self) -> Path:
        from astroview.core.io.paths.temp_folders import HeldFolder

        self._folder = self._folder or HeldFolder("astroview-input-")
        return self._folder.path

    def _piped(self) -> Path:
        target = self._room() / "stdin"
        if target.exists():
            raise UnreadableFrame("Stdin can be read once", hint="Give “-” once.")
        if sys.stdin.isatty():
            raise UnreadableFrame(
                "Nothing is piped in", hint="Try: cat m31.fits | astroview info -"
            )
        most = min(MOST_PIPED, shutil.disk_usage(target.parent).free - SPARE_DISK)
        with target.open("wb") as file:
            while chunk := sys.stdin.buffer.read(_CHUNK):
                if file.tell() + len(chunk) > most:
                    raise UnreadableFrame(
                        Text("More than {amount} are piped in", amount=amount(max(most, 0))),
                        hint="There is no room for more. Does it have an end?",
                    )
                file.write(chunk)
        return target

    def _fetched(self, url: str) -> Path:
        from astroview.core.io.paths import remote_paths, url_fetch

        if _of_the_web(url):
            how = url_fetch.Transfer(allow_private=True)  # the user's own words
            return url_fetch.fetch(url, self._room(), how)
        return remote_paths.fetch(url, self._room())


def _of_the_web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


def _only_here(place: Place) -> bool:
    """Whether a place is a file of the web that no store can read: fsspec does so by aiohttp."""
    return isinstance(place, str) and _of_the_web(place) and find_spec("aiohttp") is None
