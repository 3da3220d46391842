"""Colour choices kept for a frame: in the data folder, or beside it when asked for."""

import os
import shutil
from pathlib import Path

import pytest

from astroview.core.colour_hints import Colouring, Hint, Reference
from astroview.core.enhance import sidecar
from astroview.core.errors import CannotSave, UnreadableFrame

COLOURS = Colouring(
    "copper",
    (Hint(10.5, 20.25, 0.1, -0.05), Hint(3, 4, 0, 0, 2)),
    Reference("m31.jpg", tuple(float(i) for i in range(24)), "ab" * 32, ((1, 2, 3), (4, 5, 6))),
)


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASTROVIEW_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def frame(tmp_path: Path) -> Path:
    path = tmp_path / "frames" / "m31.fits"
    path.parent.mkdir()
    path.write_bytes(b"pixels" * 1000)
    return path


def test_what_is_saved_is_read_again(frame: Path):
    for path in (sidecar.kept(frame), sidecar.beside(frame)):
        sidecar.save(path, "0/0", COLOURS)
        assert sidecar.load(frame, "0/0") == COLOURS
        assert sidecar.load(frame, "1/0") is None
        assert [p.name for p in path.parent.iterdir() if p.suffix == ".part"] == []
        path.unlink()
    assert sidecar.load(frame, "0/0") is None


def test_nothing_is_written_beside_the_frame_unasked(frame: Path):
    sidecar.save(sidecar.kept(frame), "0/0", COLOURS)
    assert [p.name for p in frame.parent.iterdir()] == ["m31.fits"]
    assert sidecar.beside(frame).name == "m31.fits.astroview.json"


def test_a_moved_frame_finds_its_colours_and_a_changed_one_does_not(frame: Path):
    sidecar.save(sidecar.kept(frame), "0/0", COLOURS)
    moved = frame.with_name("renamed.fits")
    shutil.move(frame, moved)
    assert sidecar.load(moved, "0/0") == COLOURS
    moved.write_bytes(b"others" * 1000)
    assert sidecar.load(moved, "0/0") is None


def test_planes_keep_their_own_and_plain_ones_go(frame: Path):
    path = sidecar.beside(frame)
    sidecar.save(path, "0/0", COLOURS)
    sidecar.save(path, "1/3", COLOURS.with_palette("blue"))
    sidecar.save(path, "0/0", Colouring())
    assert sidecar.load(frame, "0/0") is None
    other = sidecar.load(frame, "1/3")
    assert other
    assert (other.palette, other.reference) == ("blue", None)
    sidecar.save(path, "1/3", Colouring())
    assert not path.exists()


def test_the_newer_one_counts(frame: Path):
    sidecar.save(sidecar.beside(frame), "0/0", COLOURS)
    sidecar.save(sidecar.kept(frame), "0/0", COLOURS.with_palette("rose"))
    os.utime(sidecar.beside(frame), ns=(1, 1))
    newer = sidecar.load(frame, "0/0")
    assert newer
    assert newer.palette == "rose"


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"astroview": 99, "colours": {}}',
        '{"astroview": 1, "colours": {"0/0": {"palette": 7}}}',
        '{"astroview": 1, "colours": {"0/0": {"hints": [{"x": 1}]}}}',
        '{"astroview": 1, "colours": {"0/0": {"reference": {"name": "a", "code": [1.0]}}}}',
    ],
)
def test_damaged_files_are_told(frame: Path, text: str):
    sidecar.beside(frame).write_text(text)
    with pytest.raises(UnreadableFrame) as caught:
        sidecar.load(frame, "0/0")
    assert caught.value.hint
    sidecar.save(sidecar.beside(frame), "0/0", COLOURS)
    assert sidecar.load(frame, "0/0") == COLOURS


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(CannotSave) as caught:
        sidecar.save(tmp_path / "file" / "x.json", "0/0", COLOURS)
    assert caught.value.hint


def test_large_files_are_told_apart_by_their_blocks(tmp_path: Path):
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(6 * 2**20)
    before = sidecar.fingerprint(path)
    with path.open("r+b") as file:
        file.seek(3 * 2**20 + 5)
        file.write(b"star")
    assert sidecar.fingerprint(path) != before
