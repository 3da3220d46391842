"""What a user gave is never written over, and no device, pipe or socket is replaced by a file."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from astroview.batch import batch_report
from astroview.batch.batch_state import BatchState
from astroview.batch.output_names import Task
from astroview.core import settings
from astroview.core.atomic_write import is_one_of, never_over, replacing, replacing_text
from astroview.core.errors import CannotSave
from astroview.core.io.open_file import open_frame
from astroview.core.io.paths.plain_paths import is_file, is_folder, is_stream, is_there, opened
from astroview.core.messages.batch_messages import ItemState
from astroview.core.settings import Settings
from astroview.core.sky.region_files import RegionMark, place_marks, write_regions
from astroview.ui import snapshot
from astroview.ui.remembered_choices import RememberedChoices

REPOSITORY = Path(__file__).resolve().parents[2]
NOWHERE = ("x" * 300, "a\0b", "\udc80" * 200)
posix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")


@pytest.fixture
def names(tmp_path: Path) -> dict[str, Path]:
    """A file, and what else it is called."""
    own = tmp_path / "own.png"
    Image.new("L", (9, 9)).save(own)
    made = {"own": own, "link": tmp_path / "link.png", "hard": tmp_path / "hard.png"}
    made["link"].symlink_to(own)
    made["hard"].hardlink_to(own)
    return made


@pytest.mark.parametrize("name", ["own", "link", "hard"])
def test_an_original_is_known_by_all_its_names(names: dict[str, Path], name: str) -> None:
    own, other = names["own"], names["own"].with_name("other.png")
    other.touch()
    assert is_one_of(names[name], [None, other, own.with_name("gone.png"), own])
    assert not is_one_of(names[name], [other])
    with pytest.raises(CannotSave, match="never overwrites"):
        never_over(names[name], [own])


@pytest.mark.parametrize("name", ["own", "link", "hard"])
def test_a_snapshot_is_never_written_over_its_frame(names: dict[str, Path], name: str) -> None:
    with pytest.raises(CannotSave, match="never overwrites"):
        snapshot.snapshot(names[name], names["own"], enhance=False)


def test_a_report_is_never_written_over_a_frame(names: dict[str, Path]) -> None:
    """Its contact sheet has the report's name, and may be what a frame is called."""
    own = names["own"]
    board = BatchState(own.parent, lambda _: None)
    board.add([Task("1", str(own), "own_x2.png", 9, 9)], more=False)
    board.entries["1"].told = ItemState("1", "done", before=str(own), after=str(own))
    content = own.read_bytes()
    for report in (own.with_suffix(".json"), own):
        with pytest.raises(CannotSave, match="never overwrites"):
            batch_report.write(report, board, "", 1.0)
    assert own.read_bytes() == content


def test_regions_are_never_written_over_their_frame(tiny_frame: Path) -> None:
    frame = open_frame(tiny_frame)
    shapes = place_marks([RegionMark("point", ((9.0, 9.0),))], frame)
    with pytest.raises(CannotSave, match="never overwrites"):
        write_regions(tiny_frame, shapes, frame, on_sky=True)
    assert open_frame(tiny_frame).shape == frame.shape


@posix
@pytest.mark.parametrize("write", [replacing, replacing_text])
def test_a_pipe_is_not_replaced_by_a_file(tmp_path: Path, write: Callable[..., object]) -> None:
    """As root a result named /dev/null took the device from everybody."""
    pipe = tmp_path / "pipe.fits"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="pipe"), write(pipe):  # type: ignore[attr-defined]
        pass
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert [path.name for path in tmp_path.iterdir()] == ["pipe.fits"]


@pytest.mark.parametrize("name", NOWHERE)
def test_what_cannot_be_looked_at_is_not_there(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert not any(look(path) for look in (is_file, is_folder, is_there, is_stream))
    with pytest.raises((OSError, ValueError)):
        opened(path)
    assert is_folder(tmp_path)
    assert is_file(Path(__file__))


def test_recent_files_that_nobody_may_look_at_stop_no_start(tiny_frame: Path) -> None:
    """A stale mount or a closed folder raised an error where the window is made."""
    settings.save(Settings(recent_files=("/tmp/" + "x" * 300, str(tiny_frame))))
    assert RememberedChoices(settings.load().settings).recent == [tiny_frame]


def test_the_window_and_the_core_ask_in_one_way_what_is_at_a_path() -> None:
    """`Path.is_file` and its like raise where nobody may look; `plain_paths` says what is so."""
    found = [
        f"{path.relative_to(REPOSITORY)}: {line.strip()}"
        for package in ("ui", "core")
        for path in (REPOSITORY / "astroview" / package).rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"(?<!entry)\.(is_file|is_dir|exists)\(\)", line)
    ]
    assert not found
