"""A watched folder gives every frame once, when it is complete, whatever writes it and however."""

from __future__ import annotations

import os
import queue
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits

from astroview.batch.folder_watcher import is_remote, watch
from astroview.core.errors import UnreadableFrame
from astroview.core.io.open_file import check_all_there

PATIENCE_S = 60.0


class Watched:
    """A folder that is watched in a thread; `next` waits for a complete file."""

    def __init__(self, folder: Path, **choices: object) -> None:
        self.stop = threading.Event()
        self.found: queue.Queue[tuple[str, int]] = queue.Queue()
        self.folder = folder
        self.thread = threading.Thread(target=self._watch, kwargs=choices)
        self.thread.start()

    def _watch(self, **choices: object) -> None:
        for path in watch([self.folder], self.stop, **choices):
            self.found.put((path.relative_to(self.folder).as_posix(), path.stat().st_size))

    def next(self) -> tuple[str, int]:
        return self.found.get(timeout=PATIENCE_S)

    def end(self) -> None:
        self.stop.set()
        self.thread.join(PATIENCE_S)
        assert not self.thread.is_alive()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "watched").mkdir()
    return tmp_path / "watched"


@pytest.fixture
def watched(folder: Path) -> Iterator[Watched]:
    running = Watched(folder, settle_s=0.5, ignore=lambda path: path.stem.endswith("_enhanced"))
    yield running
    running.end()


def write_slowly(path: Path, content: bytes, pieces: int = 4, pause_s: float = 0.8) -> None:
    """As a camera does that needs longer between pieces than the watcher waits."""
    with path.open("wb") as file:
        for i in range(pieces):
            file.write(content[len(content) * i // pieces : len(content) * (i + 1) // pieces])
            file.flush()
            time.sleep(pause_s)


def test_frames_there_and_frames_to_come(tiny_frame: Path, folder: Path) -> None:
    shutil.copy(tiny_frame, folder / "10.fits")
    shutil.copy(tiny_frame, folder / "2.fits")
    (folder / "notes.txt").write_text("seeing 0.8")
    watched = Watched(folder, settle_s=0.3)
    try:
        assert [watched.next()[0] for _ in range(2)] == ["2.fits", "10.fits"]
        (folder / "night").mkdir()
        shutil.copy(tiny_frame, folder / "night" / "3.fits")
        assert watched.next()[0] == "night/3.fits"
        moved = tiny_frame.parent / "moved"  # a folder that comes as a whole
        moved.mkdir()
        shutil.copy(tiny_frame, moved / "4.fits")
        moved.rename(folder / "moved")
        assert watched.next()[0] == "moved/4.fits"
    finally:
        watched.end()
    assert watched.found.empty()


def test_a_growing_file_is_waited_for(tiny_frame: Path, watched: Watched) -> None:
    whole = tiny_frame.read_bytes()
    write_slowly(watched.folder / "slow.fits", whole)
    assert watched.next() == ("slow.fits", len(whole))
    assert watched.found.empty()


def test_extensions_that_come_one_by_one(tmp_path: Path, watched: Watched) -> None:
    """Each piece ends with a whole HDU, but NEXTEND tells of more."""
    parts = [fits.PrimaryHDU(), *(fits.ImageHDU(np.ones((30, 40), np.int16)) for _ in range(3))]
    parts[0].header["NEXTEND"] = 3
    fits.HDUList(parts).writeto(tmp_path / "mef.fits")
    whole = (tmp_path / "mef.fits").read_bytes()
    half = len(whole) - (len(whole) - 2880) // 3  # two of three extensions
    path = watched.folder / "mef.fits"
    path.write_bytes(whole[:half])
    with pytest.raises(UnreadableFrame, match="2 of 3 extensions"):
        check_all_there(path)
    time.sleep(2.0)
    assert watched.found.empty()
    with path.open("ab") as file:
        file.write(whole[half:])
    assert watched.next() == ("mef.fits", len(whole))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell a rename")
def test_a_rename_into_place_is_taken_at_once(tiny_frame: Path, folder: Path) -> None:
    watched = Watched(folder, settle_s=1000.0, patience_s=1000.0)  # nothing ever settles
    try:
        hidden = folder / ".m31.fits.part"
        shutil.copyfile(tiny_frame, hidden)
        a_second_ago = time.time() - 1.0  # what is renamed was written before that
        os.utime(hidden, (a_second_ago, a_second_ago))
        hidden.rename(folder / "m31.fits")
        assert watched.next()[0] == "m31.fits"
    finally:
        watched.end()


def test_a_broken_file_is_given_up_in_the_end(folder: Path, tiny_frame: Path) -> None:
    watched = Watched(folder, settle_s=0.2, patience_s=2.0)
    try:
        began = time.monotonic()
        (folder / "cut.fits").write_bytes(tiny_frame.read_bytes()[:4000])
        (folder / "empty.fits").touch()
        assert {watched.next()[0], watched.next()[0]} == {"cut.fits", "empty.fits"}
        assert time.monotonic() - began >= 2.0
    finally:
        watched.end()


def test_own_results_and_hidden_files_are_left_out(tiny_frame: Path, watched: Watched) -> None:
    shutil.copy(tiny_frame, watched.folder / "m31_enhanced.fits")
    shutil.copy(tiny_frame, watched.folder / ".hidden.fits")
    (watched.folder / ".journal").mkdir()
    shutil.copy(tiny_frame, watched.folder / ".journal" / "x.fits")
    shutil.copy(tiny_frame, watched.folder / "m31.fits")
    assert watched.next()[0] == "m31.fits"
    time.sleep(1.5)
    assert watched.found.empty()


def test_a_file_that_changes_is_given_again(tiny_frame: Path, watched: Watched) -> None:
    path = watched.folder / "again.fits"
    shutil.copy(tiny_frame, path)
    assert watched.next()[0] == "again.fits"
    path.unlink()
    with fits.open(tiny_frame) as hdus:
        hdus[0].data += 1
        hdus.writeto(path)
    assert watched.next()[0] == "again.fits"


def test_where_the_system_tells_nothing_the_folder_is_looked_through(
    tiny_frame: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import watchfiles

    from astroview.batch import folder_watcher as module

    def refuse(*_: object, **__: object) -> Iterator[set[object]]:
        raise OSError(28, "No space left on device")  # what Linux says when watches run out

    monkeypatch.setattr(watchfiles, "watch", refuse)
    monkeypatch.setattr(module, "LOOK_S", 0.5)
    watched = Watched(folder, settle_s=0.3)
    try:
        shutil.copy(tiny_frame, folder / "polled.fits")
        assert watched.next()[0] == "polled.fits"
    finally:
        watched.end()


def test_no_folder_no_watch(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFrame, match="no folder"):
        next(watch([tmp_path / "none"], threading.Event()))
    assert not is_remote(tmp_path)


@pytest.mark.parametrize("cut", [0, 1, 2879, 2880, 5000])
def test_a_file_cut_anywhere_is_not_all_there(tmp_path: Path, cut: int) -> None:
    hdus = [fits.PrimaryHDU(np.ones((40, 40))), fits.ImageHDU(np.ones((40, 40), np.float32))]
    path = tmp_path / "two.fits"
    fits.HDUList(hdus).writeto(path)
    check_all_there(path)
    os.truncate(path, path.stat().st_size - 3000 - cut)  # more than the padding
    with pytest.raises(UnreadableFrame):
        check_all_there(path)


def test_pictures_cut_short_are_not_all_there(samples: Path, tmp_path: Path) -> None:
    path = tmp_path / "nebula.png"
    shutil.copy(samples / "nebula.png", path)
    check_all_there(path)
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(UnreadableFrame):
        check_all_there(path)
