"""How a machine is shared out: processes, their threads, and the memory of each.

A GPU serves one process. The cores of a CPU serve one process each as long as files are small:
threads that share a small tile wait for one another much of the time, and for whoever else uses
the machine. Large files are given several cores, and hold up others for that long.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

MOST = 8  # processes that share a CPU; each holds torch and the networks
PROCESS_BYTES = 700 * 2**20  # what such a process takes
CORE_BYTES = 2 * 2**20  # of a file, for each further core that works on it
SMALL_BYTES = 2**18  # of a file that is computed together with others: about 256 x 256 samples
TOGETHER = 16  # small files that a GPU computes at once
SAVERS = 3  # processes that save what one GPU computes


def cores() -> int:
    """Processors that torch uses: those that this process may, or as OMP_NUM_THREADS says."""
    told = os.environ.get("OMP_NUM_THREADS", "").partition(",")[0].strip()
    if told.isdecimal() and int(told):
        return int(told)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def lanes_for(devices: Sequence[str], memory: int) -> tuple[str, ...]:
    """The device of every process that computes; for one CPU as many as have cores and memory."""
    if len(devices) > 1 or devices[0] not in ("auto", "cpu"):
        return tuple(devices)
    return tuple(devices) * max(1, min(cores(), MOST, memory // PROCESS_BYTES))


def savers_for(lanes: int) -> int:
    """Processes that save what one device computes."""
    return max(1, min(SAVERS, cores() // (2 * lanes)))


def together_for(device: str) -> int:
    """How many small files go through the networks at once.

    A core gains nothing by more than one (the super-resolver) or little (the colorizer), and the
    last bits of colours would depend on who came together; see docs/decisions/0016.
    """
    return 1 if device in ("cpu", "auto") else TOGETHER


def threads_for(size: int, most: int) -> int:
    """Cores that work on a file of so many bytes: a power of two.

    That many tiles of it are computed side by side, which changes no bit of the result.
    """
    wanted = min(1 + size // CORE_BYTES, most)
    return 1 << (wanted.bit_length() - 1)


def result_bytes(size: int, scale: int) -> int:
    """At most what a file's result takes in scratch: 16-bit samples become float32 samples,
    intervals and colour, ``scale`` times as fine.
    """
    return 6 * scale * scale * size
