"""Memory that is freed is there for the next tile, and goes back when nobody asks."""

import subprocess
import sys

import pytest

# Blocks as a tile's features are, by turns; then what the process still holds.
PROGRAM = """
import resource, sys
import numpy as np
from pathlib import Path
from astroview.engine.runtime import allocator

if sys.argv[1] == "kept" and not allocator.keep_memory():
    print("absent")
    raise SystemExit
def turn():
    a = np.ones((48, 512, 512), np.float32)
    return float((a * 2).sum())
def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
def held():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) >> 10
turn()
before = faults()
for _ in range(4):
    turn()
asked, kept = faults() - before, held()
allocator.give_back()
print(asked, kept - held())
"""


def told(how: str) -> list[int]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, how], capture_output=True, text=True, check=True
    )
    if done.stdout.strip() == "absent":
        pytest.skip("this C library keeps memory as it likes")
    return [int(word) for word in done.stdout.split()]


def test_freed_memory_is_taken_again_and_given_back_when_asked():
    (anew, _), (kept, given_back) = told("plain"), told("kept")
    assert anew > 100  # pages, which may be huge ones
    assert kept < anew / 10
    assert given_back > 80  # MB
