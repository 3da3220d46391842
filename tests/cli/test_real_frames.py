"""Frames that break readers: each ends as an output or with a reason, and nothing else."""

from __future__ import annotations

import math
import subprocess
import sys
from itertools import islice
from pathlib import Path

from astroview.core.errors import AstroviewError
from astroview.core.io.open_file import frame_name, open_frame
from astroview.core.io.paths.find_frames import frames_in

LARGEST = 60_000  # bytes, and
MOST = 300_000  # pixels (an event list makes millions of few bytes): so that this takes seconds
MANY = 15


def is_small(path: Path) -> bool:
    try:
        return path.stat().st_size < LARGEST and math.prod(open_frame(path).shape) < MOST
    except AstroviewError:
        return True


def test_each_real_frame_gives_an_output_or_a_reason(shared_data: Path, tmp_path: Path) -> None:
    frames = list(islice(filter(is_small, frames_in(shared_data / "fits")), MANY))
    assert frames
    run = subprocess.run(
        [sys.executable, "-m", "astroview", "enhance", *frames, "--out", tmp_path],
        capture_output=True,
        text=True,
        timeout=280,
    )
    assert run.returncode in (0, 1)
    assert "Traceback" not in run.stderr
    failed = [line for line in run.stderr.splitlines() if ": failed: " in line]
    written = list(tmp_path.glob("[!.]*"))
    assert len(failed) + len(written) == len(frames)
    stems = {frame_name(path) for path in frames}
    assert all(any(path.name.startswith(stem) for stem in stems) for path in written)
    assert all(line.split(": failed: ")[1].strip() for line in failed)
