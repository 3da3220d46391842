"""The command as a program sees it: events out, requests in."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest
import torch

from astroview.batch.dry_run import rehearse
from astroview.batch.recipe import BatchRecipe
from astroview.core import resources
from astroview.core.errors import OutOfMemory
from astroview.core.io.paths.find_frames import Filter
from astroview.core.messages.batch_messages import (
    Add,
    BatchDone,
    BatchEvent,
    BatchProblem,
    ItemState,
    Listed,
    Pause,
    Resume,
    decode,
    encode,
)
from astroview.core.options import EnhanceOptions
from astroview.engine.runtime import device

TINY = ("--colorizer", "tiny-colorizer", "--superres", "tiny-superres", "--device", "cpu")


class Command:
    """The real command with ``--events``."""

    def __init__(self, *arguments: object) -> None:
        self.process = subprocess.Popen(
            [*resources.program(), "enhance", *map(str, arguments), "--events", *TINY],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.watch = Timer(200, self.process.kill)
        self.watch.start()

    def say(self, line: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def next(self) -> BatchEvent | None:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        return decode(line.decode("ascii")) if line else None  # type: ignore[return-value]

    def end(self) -> tuple[list[BatchEvent], str]:
        """The remaining events, and what was said on stderr."""
        events = list(iter(self.next, None))
        _, said = self.process.communicate()
        self.watch.cancel()
        return events, said.decode()


@pytest.mark.usefixtures("tiny_models")
def test_a_program_steers_the_command_by_lines(tiny_frame: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.fits"
    shutil.copy(tiny_frame, other)
    out = tmp_path / "out"
    command = Command("--out", out)  # waits for what is added
    command.say(encode(Pause()).encode())
    command.say(b"no request")
    command.say(encode(Add((str(tiny_frame), str(other)))).encode())
    while not isinstance(event := command.next(), Listed):
        assert event is not None
    assert [Path(item.path).name for item in event.items] == ["tiny.fits", "other.fits"]
    assert not list(out.glob("*.fits"))
    command.say(encode(Resume()).encode())
    events, said = command.end()
    assert command.process.returncode == 0, said
    done = [e for e in events if isinstance(e, ItemState) and e.state == "done"]
    assert [Path(e.target).name for e in done] == [
        "tiny_combined_x2.fits",
        "other_combined_x2.fits",
    ]
    assert all(Path(e.before).is_file() and Path(e.after).is_file() for e in done)
    last = events[-1]
    assert isinstance(last, BatchDone)
    assert (last.done, last.failed) == (2, 0)
    assert Path(last.report).with_suffix(".png").is_file()

    held = Command(tiny_frame, "--out", out, "--name", "{stem}-2")
    held.say(encode(Pause()).encode())
    assert held.process.stdin is not None
    held.process.stdin.close()  # nobody is there any more: it ends, and the journal knows
    held.process.stdin = None
    events, _ = held.end()
    assert isinstance(events[-1], BatchDone)


@pytest.mark.usefixtures("tiny_models")
def test_a_batch_that_cannot_begin_says_so_as_an_event(tiny_frame: Path) -> None:
    command = Command(tiny_frame, "--out", tiny_frame)
    events, said = command.end()
    assert command.process.returncode == 1
    (problem,) = events
    assert isinstance(problem, BatchProblem)
    assert problem.hint
    assert "Traceback" not in said


def test_a_rehearsal_tells_and_writes_nothing(
    tiny_frame: Path, tmp_path: Path, tiny_models: EnhanceOptions
) -> None:
    out = tmp_path / "out"
    (row,) = rehearse([tiny_frame], out, BatchRecipe(tiny_models), Filter())
    assert row == (str(tiny_frame), str(out / "tiny_combined_x2.fits"), "")
    assert not out.exists()


def test_a_device_without_memory_leaves_the_work_to_the_cpu() -> None:
    tried: list[str] = []

    def work(name: str) -> str:
        tried.append(name)
        if name != "cpu":
            raise torch.OutOfMemoryError("CUDA out of memory")
        return name

    result = device.or_on_cpu("cuda:0", work, lambda made, note: f"{made}: {note}")
    assert tried == ["cuda:0", "cpu"]
    assert result.startswith("cpu: The memory of cuda:0")

    def never(_: str) -> str:
        raise OutOfMemory("no room")

    with pytest.raises(OutOfMemory):
        device.or_on_cpu("cpu", never, lambda made, _: made)


@pytest.mark.skipif(sys.platform == "win32", reason="names that Windows does not allow")
@pytest.mark.usefixtures("tiny_models")
def test_any_legal_name_comes_through(tiny_frame: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    names = ["a b.fits", "[red]é☄.fits", "new\nline\t.fits", "{stem}%s$(x)`.fits", "-rf.fits"]
    for name in names:
        shutil.copy(tiny_frame, folder / name)
    raw = bytes(folder) + b"/\xff\xfe.fits"
    shutil.copy(tiny_frame, raw)
    run = subprocess.run(
        [*resources.program(), "enhance", folder, "--out", tmp_path / "out", *TINY],
        capture_output=True,
        timeout=250,
    )
    assert run.returncode == 0, run.stderr
    assert b"6 of 6 done" in run.stdout
    assert len(run.stdout.splitlines()) == 7
    assert len(list((tmp_path / "out").glob("*.fits"))) == 6
