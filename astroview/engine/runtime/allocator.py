"""What becomes of memory that a tile no longer needs: the next one takes it.

By default glibc gives every block of more than some megabytes back to the system as it is freed,
and a network asks for the same sizes again at once: a fifth of its time went into pages that the
system had to clear. A process of ours that only computes keeps them while it works, and gives them
back when nobody asks. Elsewhere (other systems, other C libraries, the user's own process) nothing
is changed.
"""

from __future__ import annotations

import ctypes
import sys

# Parameters of mallopt(3).
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_KEPT = 2**31 - 1  # bytes at the heap's end
_LARGEST = 1 << 30  # of a block that is kept; larger ones come once a frame


def keep_memory() -> bool:
    """Let this process keep what it frees; whether its C library can be asked to."""
    libc = _glibc()
    if libc is None:
        return False
    # One arena: those of other threads end at 64 MB, and larger blocks would be mapped anew.
    asked = ((_MMAP_THRESHOLD, _LARGEST), (_TRIM_THRESHOLD, _KEPT), (_ARENA_MAX, 1))
    taken = [libc.mallopt(*one) for one in asked]  # each, whatever became of the one before
    return all(taken)


def give_back() -> None:
    """Return to the system what is kept and not in use."""
    libc = _glibc()
    if libc is not None:
        libc.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "mallopt") and hasattr(libc, "malloc_trim") else None
