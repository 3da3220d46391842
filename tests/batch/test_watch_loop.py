"""``astroview enhance FOLDER --watch``: the real command, fed as an instrument would."""

from __future__ import annotations

import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from astropy.io import fits

from astroview.batch.watch_loop import folders_of
from astroview.core.errors import UnreadableFrame
from astroview.core.messages import batch_messages
from astroview.core.messages.batch_messages import BatchDone, BatchEvent, ItemState

PATIENCE_S = 200.0


class Command:
    """The command, running, and what it tells."""

    def __init__(self, *arguments: str | Path) -> None:
        command = [sys.executable, "-m", "astroview", "enhance", *map(str, arguments)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe)
        self.events: queue.Queue[BatchEvent] = queue.Queue()
        self.thread = threading.Thread(target=self._hear)
        self.thread.start()

    def _hear(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            event = batch_messages.decode(line.decode())
            if isinstance(event, ItemState | BatchDone):
                self.events.put(event)

    def next_end(self) -> ItemState | BatchDone:
        while True:
            event = self.events.get(timeout=PATIENCE_S)
            if isinstance(event, BatchDone) or event.state in ("done", "failed", "skipped"):
                return event

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(PATIENCE_S)
        self.thread.join(PATIENCE_S)
        self.process.stdout.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "night").mkdir()
    return tmp_path / "night"


@pytest.fixture
def command(folder: Path) -> Iterator[Command]:
    """Results go into the watched folder itself, under a name of the user's."""
    running = Command(
        *(folder, "--out", folder, "--watch", "--events", "--device", "cpu", "--no-colorize"),
        *("--name", "{stem}_fine"),
    )
    yield running
    if running.process.poll() is None:
        running.process.kill()
    running.close()


def test_frames_are_enhanced_as_they_come(tiny_frame: Path, folder: Path, command: Command) -> None:
    hidden = folder / ".first.part"
    shutil.copy(tiny_frame, hidden)
    hidden.rename(folder / "first.fits")
    end = command.next_end()
    assert isinstance(end, ItemState)
    assert (end.state, end.target) == ("done", str(folder / "first_fine.fits"))

    (folder / "deep").mkdir()
    shutil.copyfile(tiny_frame, folder / "deep" / "second.fits")
    end = command.next_end()
    assert isinstance(end, ItemState)
    assert (end.state, end.target) == ("done", str(folder / "deep" / "second_fine.fits"))

    before = (folder / "first_fine.fits").read_bytes()
    with fits.open(tiny_frame) as hdus:
        hdus[0].data += 100
        hdus.writeto(hidden.with_suffix(".fits"))
    hidden.with_suffix(".fits").rename(folder / "first.fits")
    end = command.next_end()
    assert isinstance(end, ItemState)
    assert (end.state, end.target) == ("done", str(folder / "first_fine.fits"))
    assert (folder / "first_fine.fits").read_bytes() != before

    command.close()  # stdin: the batch ends, and its own results were never its inputs
    assert command.process.returncode == 0
    last = command.next_end()
    assert isinstance(last, BatchDone)
    assert (last.done, last.failed, last.skipped) == (2, 0, 0)
    fitting = sorted(path.name for path in folder.rglob("*.fits"))
    assert fitting == ["first.fits", "first_fine.fits", "second.fits", "second_fine.fits"]


def test_what_can_be_watched(tmp_path: Path, tiny_frame: Path) -> None:
    assert folders_of([tmp_path, tiny_frame]) == (tmp_path,)
    with pytest.raises(UnreadableFrame, match="no folder"):
        folders_of([tiny_frame])
    with pytest.raises(UnreadableFrame, match="this machine"):
        folders_of([tmp_path, "s3://bucket/night"])
