"""A file that stops a reader which reads on and on.

Offsets in a damaged file may lead in circles, and then a library reads the same bytes for ever.
Whoever reads a file once, or ten times over, never notices the meter.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO, cast

from astroview.core.errors import UnreadableFrame
from astroview.core.texts import Text

if TYPE_CHECKING:
    from astroview.core.io.byte_stores import Store

_TIMES = 16  # a reader may read the whole file so often
_SPARE_BYTES = 64 * 2**20
_SPARE_READS = 2000
_BYTES_A_READ = 16  # on an average of many reads
_SPARE_SEEKS = 20_000
_BYTES_A_SEEK = 4


def metered(store: Store) -> BinaryIO:
    """The store opened for a library that follows offsets: headers, directories of pages.

    Reading and seeking raise UnreadableFrame when the reader has done more of it than the file's
    size explains.
    """
    return _MeteredReader(store)


_BUFFER = 2880


class _MeteredReader(io.BufferedReader):
    """Its own meter counts places gone to: a circle in what is buffered reads nothing."""

    def __init__(self, store: Store) -> None:
        super().__init__(_MeteredFile(store), buffer_size=_BUFFER)
        self._named = store.name
        self._seeks = store.size // _BYTES_A_SEEK + _SPARE_SEEKS

    def seek(self, target: int, whence: int = io.SEEK_SET, /) -> int:
        self._seeks -= 1
        if self._seeks < 0:
            raise _in_circles(self._named)
        return super().seek(target, whence)


def _in_circles(name: str) -> UnreadableFrame:
    return UnreadableFrame(
        Text("{name} is damaged: what it says of itself leads in circles", name=name),
        hint="Download or copy it again, or save it again with another program.",
    )


class _MeteredFile(io.RawIOBase):
    def __init__(self, store: Store) -> None:
        self._name = store.name
        self._file = store.open()
        size = store.size
        self._bytes = _TIMES * size + _SPARE_BYTES
        self._reads = size // _BYTES_A_READ + _SPARE_READS

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast("bytearray", buffer)).cast("B")
        self._reads -= 1
        self._bytes -= len(view)
        if self._reads < 0 or self._bytes < 0:
            raise _in_circles(self._name)
        return cast("int", self._file.readinto(view))  # type: ignore[attr-defined]

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()
