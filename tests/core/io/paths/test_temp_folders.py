"""Folders of processes that were killed are found and removed; others stay."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from astroview.core.io.paths.temp_folders import YOUNG_S, HeldFolder, sweep

PREFIX = "astroview-test-"
HOLD = f"""
from astroview.core.io.paths.temp_folders import HeldFolder
held = HeldFolder({PREFIX!r})
(held.path / "band0.npy").write_bytes(b"0")
print(held.path, flush=True)
input()
"""


def test_only_what_nobody_holds_is_swept_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    theirs, mine = Path(other.stdout.readline().strip()), HeldFolder(PREFIX)
    foreign = tmp_path / f"{PREFIX}without-a-lock"
    foreign.mkdir()
    long_ago = time.time() - 2 * YOUNG_S
    for folder in (theirs, mine.path, foreign):
        os.utime(folder, (long_ago, long_ago))

    sweep(PREFIX)
    assert theirs.exists()
    assert mine.path.exists()
    other.kill()
    other.communicate()
    os.utime(theirs, (long_ago, long_ago))
    sweep(PREFIX)
    assert not theirs.exists()
    assert mine.path.exists()
    assert foreign.exists()
    mine.release()
    assert not mine.path.exists()
