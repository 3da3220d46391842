"""Frames that break readers: each ends as an output or with a reason, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from astroview.core.io.open_file import frame_name
from astroview.core.io.paths.find_frames import frames_in

LARGEST = 60_000  # bytes: all small ones, so that this takes seconds
MANY = 15


def test_each_real_frame_gives_an_output_or_a_reason(shared_data: Path, tmp_path: Path) -> None:
    frames = [p for p in frames_in(shared_data / "fits") if p.stat().st_size < LARGEST][:MANY]
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
