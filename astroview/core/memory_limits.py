"""How much memory and scratch one file may take: what its size explains, and what is free.

A few hundred bytes can stand for gigabytes. A file may take a gigabyte, or so many times its own
size as real ones do, and never so much that the machine has nothing left. Who wants more says how
much: ``max_bytes`` where files are opened, ``--max-bytes`` on the command line, or the environment
variable ASTROVIEW_MAX_BYTES, which processes that are started from here inherit.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from astroview.core.errors import UnreadableFrame
from astroview.core.texts import Text

VARIABLE = "ASTROVIEW_MAX_BYTES"
UNASKED = 2**30  # bytes of memory that any file may take, however small it is
UNASKED_SCRATCH = 2**28  # bytes that any file may unpack to
TIMES = 200  # the best that lossless coders make of pictures that hold anything
SPARE_DISK = 2**29  # bytes that stay free
_SPARE_SHARE = 0.5  # of the free memory, for what is done with a picture once it is open


class TooLarge(UnreadableFrame):
    """A file would take more than it may; ``needs`` bytes would have to be allowed."""

    def __init__(self, message: str, hint: str = "", needs: int = 0) -> None:
        super().__init__(message, hint)
        self.needs = needs
        self.args = (message, hint, needs)


def allowed_memory(size: int, max_bytes: int | None = None) -> int:
    """Bytes that a file of ``size`` bytes may take in memory at once."""
    asked = max_bytes if max_bytes is not None else _from_environment()
    return asked if asked is not None else min(max(UNASKED, TIMES * size), spare_memory())


def allowed_scratch(size: int, folder: Path, max_bytes: int | None = None) -> int:
    """Bytes that a packed file of ``size`` bytes may unpack to in a folder."""
    asked = max_bytes if max_bytes is not None else _from_environment()
    explained = asked if asked is not None else max(UNASKED_SCRATCH, TIMES * size)
    return min(explained, max(0, shutil.disk_usage(folder).free - SPARE_DISK))


def check_memory(name: str, size: int, needs: int, max_bytes: int | None = None) -> None:
    """Raise TooLarge when a file of ``size`` bytes would take more memory than it may."""
    allowed = allowed_memory(size, max_bytes)
    if needs <= allowed:
        return
    raise TooLarge(
        Text(
            "{name} ({amount}) would take {needs_amount} of memory; {allowed_amount} are allowed",
            name=name,
            amount=amount(size),
            needs_amount=amount(needs),
            allowed_amount=amount(allowed),
        ),
        hint=Text("If you trust it, allow more: --max-bytes {needs}.", needs=in_words(needs)),
        needs=needs,
    )


def amount(count: float) -> str:
    """So many bytes, in words: `785 bytes`, `130 kB`, `11.3 GB`."""
    if count < 1000:
        return f"{int(count)} bytes"
    for unit in ("kB", "MB", "GB", "TB"):
        count /= 1000
        if count < 999.5 or unit == "TB":
            return f"{count:.3g} {unit}" if count < 99.5 else f"{count:,.0f} {unit}"
    raise AssertionError("unreachable")


def in_words(count: int) -> str:
    """So many bytes as ``--max-bytes`` takes it, rounded up."""
    return f"{-(-count // 10**9)}GB" if count > 10**9 else f"{-(-count // 10**6)}MB"


def parse(words: str) -> int:
    """``6GB``, ``500 MB``, ``1e9`` or ``1000000`` as bytes. Raises ValueError."""
    text = words.strip().lower().removesuffix("b").removesuffix("i").strip()
    factor = 1
    if text and text[-1] in "kmgt":
        factor = 1000 ** (" kmgt".index(text[-1]))
        text = text[:-1]
    count = float(text) * factor
    if not 0 < count < 2**62:
        raise ValueError(f"no size: {words}")
    return int(count)


def peak_memory() -> int:
    """Bytes of memory that this process held at once so far, at most; 0 where nobody knows.

    On Linux what getrusage calls that counts what the process that started this one held, up to
    the moment at which this one's program was loaded.
    """
    if sys.platform == "win32":
        import psutil

        return int(getattr(psutil.Process().memory_info(), "peak_wset", 0))
    if sys.platform == "linux":
        status = Path("/proc/self/status").read_text()
        line = next((x for x in status.splitlines() if x.startswith("VmHWM:")), "")
        if line:
            return int(line.split()[1]) * 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


def _from_environment() -> int | None:
    try:
        return parse(os.environ.get(VARIABLE, ""))
    except (ValueError, OverflowError):
        return None


def spare_memory() -> int:
    """Bytes that one picture may take of what is free, for the machine and for this process."""
    import psutil

    free = psutil.virtual_memory().available
    if sys.platform == "linux":
        free = min(free, _left_of_address_space(), _left_of_group())
    return max(0, int(free * _SPARE_SHARE))


def _left_of_address_space() -> int:
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit == resource.RLIM_INFINITY:
        return sys.maxsize
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    return limit - used


def _left_of_group() -> int:
    """What the container or service that this process belongs to may still take (cgroup v2)."""
    folder = Path("/sys/fs/cgroup")
    try:
        limit = int((folder / "memory.max").read_text())
        used = int((folder / "memory.current").read_text())
        stat = (folder / "memory.stat").read_text()
    except (OSError, ValueError):  # no limit, or another system
        return sys.maxsize
    cache = next((int(x.split()[1]) for x in stat.splitlines() if x.startswith("inactive_file")), 0)
    return limit - used + cache
