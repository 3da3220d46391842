"""The worker as its parents see it: lines in, lines out, and no ghosts."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from astroview import __version__
from astroview.core.colour.chroma_maps import load_maps
from astroview.core.colour_hints import Hint
from astroview.core.frame import Window
from astroview.core.messages.worker_messages import (
    Cancel,
    Coarse,
    Devices,
    Done,
    Enhance,
    Failed,
    Message,
    PaletteRead,
    Probe,
    Progress,
    ReadPalette,
    Ready,
    Request,
    Stopped,
    Tile,
    Variation,
    Varied,
    Vary,
    decode,
    encode,
    worker_command,
)
from astroview.core.options import EnhanceOptions

PATIENCE_S = 120.0
ON_CPU = EnhanceOptions(device="cpu")


class Child:
    """A real worker, with a thread that collects what it says."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            worker_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.heard: queue.Queue[Message] = queue.Queue()
        self.listener = threading.Thread(target=self._listen)
        self.listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.heard.put(decode(line.decode()))

    def send(self, *requests: Request | str) -> None:
        assert self.process.stdin is not None
        for request in requests:
            line = request if isinstance(request, str) else encode(request)
            self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def next(self, *kinds: type[Message]) -> Message:
        """The next event of one of these kinds; others are skipped."""
        while True:
            event = self.heard.get(timeout=PATIENCE_S)
            if isinstance(event, kinds):
                return event

    def close_stdin(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()

    def end(self) -> None:
        self.close_stdin()
        self.process.kill()
        self.process.wait()
        self.listener.join()
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    """A worker that several tests share: it must survive each of them."""
    started = Child()
    yield started
    started.end()


@pytest.fixture
def own_child() -> Iterator[Child]:
    started = Child()
    yield started
    started.end()


def test_a_job_from_request_to_arrays(child: Child, tiny_frame: Path, tmp_path: Path) -> None:
    child.send(Enhance("7", str(tiny_frame), str(tmp_path / "scratch"), options=ON_CPU))
    seen: list[Progress] = []
    while isinstance(event := child.next(Progress, Done, Failed), Progress):
        seen.append(event)
    assert isinstance(event, Done), event
    assert {progress.id for progress in seen} == {"7"}
    assert seen[-1].done == seen[-1].of
    assert [p.done / p.of for p in seen] == sorted(p.done / p.of for p in seen)
    assert event.outputs.device == "cpu"
    assert event.outputs.scale == 2
    assert np.load(event.outputs.source).shape == (96, 128)
    assert event.outputs.chroma is not None
    assert np.load(event.outputs.chroma).shape == (96, 128, 2)
    assert event.outputs.history


def test_who_looks_on_is_told_what_is_final(child: Child, tiny_frame: Path, tmp_path: Path) -> None:
    hinted = EnhanceOptions(device="cpu", tile=32, hints=(Hint(20, 30, 0.1, 0.05),))
    seen = Window(0, 32, 16, 32)
    child.send(Enhance("w", str(tiny_frame), str(tmp_path), options=hinted, first=seen))
    told: list[Message] = []
    while not isinstance(told[-1] if told else None, Done):
        told.append(child.next(Coarse, Tile, Done, Failed))
        assert not isinstance(told[-1], Failed), told[-1]
    assert isinstance(told[0], Coarse)
    assert load_maps(Path(told[0].file)).maps.shape == (48, 64, 4)
    for part in ("source", "chroma"):
        cover = np.zeros((96, 128), int)
        for tile in (t for t in told if isinstance(t, Tile) and t.part == part):
            cover[tile.y : tile.y + tile.height, tile.x : tile.x + tile.width] += 1
        assert (cover == 1).all()
    done = told[-1]
    assert isinstance(done, Done)

    # Another palette: the samples stay where they are.
    blue = EnhanceOptions(device="cpu", palette="blue")
    child.send(Enhance("r", str(tiny_frame), str(tmp_path / "r"), options=blue, base=done.outputs))
    again = child.next(Done, Failed)
    assert isinstance(again, Done)
    assert again.outputs.source == done.outputs.source
    assert again.outputs.chroma != done.outputs.chroma


def test_variations_come_one_by_one(child: Child, tiny_frame: Path, tmp_path: Path) -> None:
    child.send(Vary("v", str(tiny_frame), str(tmp_path), options=ON_CPU, count=3))
    seen = [child.next(Variation, Varied, Failed) for _ in range(4)]
    assert seen[-1] == Varied("v")
    names = {v.palette for v in seen if isinstance(v, Variation)}
    assert len(names) == 3
    for variation in seen[:-1]:
        assert isinstance(variation, Variation)
        assert np.load(variation.file).shape == (48, 64, 3)


def test_a_palette_is_read_off_a_picture(child: Child, samples: Path, tmp_path: Path) -> None:
    child.send(ReadPalette("p", str(samples / "nebula.png")))
    grey = child.next(PaletteRead, Failed)
    assert isinstance(grey, Failed)
    assert grey.id == "p"
    assert "grey" in grey.message
    rgb = np.random.default_rng(0).integers(0, 255, (40, 50, 3), np.uint8)
    Image.fromarray(rgb).save(tmp_path / "c.png")
    child.send(ReadPalette("q", str(tmp_path / "c.png")))
    read = child.next(PaletteRead, Failed)
    assert isinstance(read, PaletteRead)
    assert read.reference.name == "c.png"
    assert len(read.reference.code) == 24


def test_the_devices_end_with_the_cpu(child: Child) -> None:
    child.send(Probe())
    devices = child.next(Devices)
    assert isinstance(devices, Devices)
    assert devices.names[-1] == "cpu"
    assert devices.default in devices.names


@pytest.mark.parametrize("line", ["nonsense", "[]", '{"type": "Erase"}', encode(Ready("1"))])
def test_a_malformed_request_is_answered_and_the_worker_goes_on(child: Child, line: str) -> None:
    child.send(line, Probe())
    failed = child.next(Failed)
    assert isinstance(failed, Failed)
    assert failed.id == ""
    assert failed.message
    child.next(Devices)


def test_a_file_that_cannot_be_read_is_told_in_plain_words(child: Child, tmp_path: Path) -> None:
    broken = tmp_path / "broken.fits"
    broken.write_text("this is no FITS file")
    child.send(Enhance("8", str(broken), str(tmp_path / "scratch"), options=ON_CPU))
    failed = child.next(Failed)
    assert isinstance(failed, Failed)
    assert (failed.id, failed.problem, failed.trace) == ("8", "UnreadableFrame", "")
    assert "broken.fits" in failed.message
    assert failed.hint


def test_what_nobody_foresaw_is_told_with_a_trace(
    child: Child, tiny_frame: Path, tmp_path: Path
) -> None:
    (tmp_path / "scratch").write_text("a file where the folder should be")
    child.send(Enhance("9", str(tiny_frame), str(tmp_path / "scratch"), options=ON_CPU))
    failed = child.next(Failed, Done)
    assert isinstance(failed, Failed)
    assert failed.id == "9"
    assert failed.trace


def test_cancel_stops_running_and_waiting_jobs(
    child: Child, samples: Path, tiny_frame: Path, tmp_path: Path
) -> None:
    big = str(samples / "galaxy.fits")
    child.send(Enhance("running", big, str(tmp_path / "a"), options=ON_CPU))
    child.send(Enhance("waiting", big, str(tmp_path / "b"), options=ON_CPU))
    child.send(Enhance("kept", str(tiny_frame), str(tmp_path / "c"), options=ON_CPU))
    child.next(Progress)
    child.send(Cancel("waiting"), Cancel("running"), Cancel("never heard of"))
    assert child.next(Stopped, Done, Failed) == Stopped("running")
    assert child.next(Stopped, Done, Failed) == Stopped("waiting")
    done = child.next(Stopped, Done, Failed)
    assert isinstance(done, Done)
    assert done.id == "kept"


@pytest.mark.fresh_start
def test_ready_comes_first_and_closed_stdin_ends_it(own_child: Child) -> None:
    assert own_child.heard.get(timeout=PATIENCE_S) == Ready(__version__)
    own_child.close_stdin()
    assert own_child.process.wait(PATIENCE_S) == 0


def test_closed_stdin_ends_it_in_mid_job(own_child: Child, samples: Path, tmp_path: Path) -> None:
    frame = str(samples / "galaxy.fits")
    own_child.send(Enhance("1", frame, str(tmp_path / "scratch"), options=ON_CPU))
    own_child.next(Progress)
    own_child.close_stdin()
    began = time.monotonic()
    assert own_child.process.wait(PATIENCE_S) == 0
    assert time.monotonic() - began < 30


def test_ready_is_sent_before_torch_is_loaded() -> None:
    script = "import sys, astroview.worker; print('torch' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_stray_prints_do_not_reach_the_events() -> None:
    script = """
import os
from astroview import worker
from astroview.core.messages.worker_messages import Ready
say = worker.Events(worker._claim_stdout())
print("from Python")
os.write(1, b"from a C library")
say(Ready("1"))
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == {"type": "Ready", "version": "1"}
    assert "from Python" in run.stderr
    assert "from a C library" in run.stderr
