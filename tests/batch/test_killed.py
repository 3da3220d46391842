"""Real frames, killed at random points and resumed, end as if nothing had happened.

``make soak`` does it with 300 frames, ten kills and the bundled models (SOAK_FRAMES= and
SOAK_KILLS= change that), and says what it found; here it is a part of that.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
import waiting

from astroview.batch.journal import FOLDER
from astroview.core.io.open_file import is_frame_file
from astroview.core.models.model_card import sha256_of

SOAK = os.environ.get("ASTROVIEW_SOAK", "")
FRAMES = int(os.environ.get("SOAK_FRAMES") or 300) if SOAK else 18
KILLS = min(int(os.environ.get("SOAK_KILLS") or 10), FRAMES // 2) if SOAK else 2
TINY = ("--colorizer", "tiny-colorizer", "--superres", "tiny-superres")
PATIENCE_S = 600 + 60 * FRAMES if SOAK else 250


@dataclass(frozen=True)
class Batch:
    """The command, with scratch of its own."""

    source: Path
    out: Path
    scratch: Path

    def start(self) -> subprocess.Popen[bytes]:
        """In a process group of its own, so that all of it can be killed at once."""
        self.scratch.mkdir(parents=True, exist_ok=True)
        return subprocess.Popen(
            [
                *(sys.executable, "-m", "astroview", "enhance", self.source, "--out", self.out),
                *("--device", "cpu", "--report", self.report),
                *(() if SOAK == "bundled" else TINY),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "TMPDIR": str(self.scratch), "OMP_NUM_THREADS": "2"},
        )

    @property
    def report(self) -> Path:
        return self.scratch.parent / f"{self.out.name}.json"

    @property
    def done(self) -> int:
        """Files that the journal calls done."""
        journal = self.out / FOLDER / "journal.jsonl"
        return journal.read_bytes().count(b'"is": "done"') if journal.exists() else 0

    def results(self) -> dict[str, str]:
        """sha256 of every file that is not the journal's."""
        return {
            str(path.relative_to(self.out)): sha256_of(path)
            for path in self.out.rglob("*")
            if path.is_file() and FOLDER not in path.relative_to(self.out).parts
        }

    def ends(self) -> dict[str, tuple[str, str]]:
        """Of each file: whether there is a result, and why not."""
        files = json.loads(self.report.read_text())["files"]
        return {
            Path(f["source"]).relative_to(self.source).as_posix(): (
                "failed" if f["state"] == "failed" else "done",
                f["problem"],
            )
            for f in files
        }


@pytest.fixture
def frames(shared_data: Path, tmp_path: Path) -> Path:
    """Copies of small real frames: bands of many surveys, and FITS files that break readers."""
    found = {
        part: sorted(
            (p for p in (shared_data / part).rglob("*") if p.is_file() and is_frame_file(p)),
            key=lambda p: (p.stat().st_size, str(p)),
        )
        for part in ("fits", "bands")
    }
    broken = found["fits"][: FRAMES // 4]
    chosen = [*broken, *found["bands"][: FRAMES - len(broken)]]
    for path in chosen:
        copy = tmp_path / "in" / path.relative_to(shared_data)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return tmp_path / "in"


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a Unix word")
@pytest.mark.timeout(3 * PATIENCE_S)
@pytest.mark.fresh_start
@pytest.mark.usefixtures("tiny_models")
def test_killed_and_resumed_it_ends_as_if_undisturbed(
    frames: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.monotonic()

    def say(text: str) -> None:
        if SOAK:
            with capsys.disabled():
                sys.stdout.write(f"{time.monotonic() - began:7.0f} s  {text}\n")
                sys.stdout.flush()

    straight = Batch(frames, tmp_path / "straight", tmp_path / "scratch")
    assert straight.start().wait(PATIENCE_S) == 1  # some are broken
    expected, ends = straight.results(), straight.ends()
    say(f"undisturbed: {len(expected)} of {FRAMES} frames enhanced, the others failed:")
    for name, (_, problem) in ends.items():
        if problem:
            say(f"  {name}: {problem}")
    assert len(ends) == sum(path.is_file() for path in frames.rglob("*")) == FRAMES
    assert len(expected) == sum(state == "done" for state, _ in ends.values())
    assert all(problem for state, problem in ends.values() if state == "failed")

    killed = Batch(frames, tmp_path / "killed", tmp_path / "scratch2")
    dice = random.Random(11)
    for point in sorted(dice.sample(range(len(expected)), KILLS)):
        _kill_when(killed, point, dice.uniform(0.0, 0.4))
        complete = {n: s for n, s in killed.results().items() if not n.endswith(".part")}
        assert complete.items() <= expected.items()
        halves = len(killed.results()) - len(complete)
        say(f"killed at {killed.done} done; whole results: {len(complete)}, half files: {halves}")
    assert killed.start().wait(PATIENCE_S) == 1
    assert killed.results() == expected
    assert killed.ends() == ends
    assert not list(tmp_path.rglob("*.part"))
    assert not list(killed.scratch.iterdir())
    say(f"resumed after {KILLS} kills: the same {len(expected)} results, sha256 by sha256,")
    say(f"and the same {FRAMES - len(expected)} failures; no half file, no scratch is left")


def _kill_when(batch: Batch, done: int, delay_s: float) -> None:
    """Kill -9 the whole group as soon as so many files are done (and a moment has passed)."""
    process = batch.start()
    waiting.until(
        lambda: batch.done >= done or process.poll() is not None, "files", PATIENCE_S, 0.01
    )
    assert process.poll() is None, "it ended before it could be killed"
    time.sleep(delay_s)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
