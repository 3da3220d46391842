"""The first look at a file, begun while the window is still being made."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from astroview.ui.documents import document
from astroview.ui.documents.document import LoadedFile


class Preload:
    """Looks at one file at once; called, it glimpses at any file, at that one without waiting.

    Used once: what was seen is not kept, for a file that is opened again may have changed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        pool = ThreadPoolExecutor(1)
        self._seen: Future[LoadedFile | None] | None = pool.submit(document.glimpse, path)
        pool.shutdown(wait=False)

    def __call__(self, path: Path) -> LoadedFile | None:
        """As `document.glimpse`; any thread."""
        seen, self._seen = self._seen, None
        return seen.result() if seen and path == self._path else document.glimpse(path)
