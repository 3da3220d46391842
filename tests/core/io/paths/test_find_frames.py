"""Files are found once each, in order, whatever the folders hold."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from astroview.core.io.paths.find_frames import Filter, FoundFile, Unlisted, find


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def names(folder: Path, choice: Filter | None = None) -> list[str]:
    found = [f for f in find([folder], choice or Filter()) if isinstance(f, FoundFile)]
    return [Path(f.source).relative_to(folder).as_posix() for f in found]


def test_in_natural_order_without_hidden_ones(tmp_path: Path) -> None:
    touch(tmp_path, "f10.fits", "f2.fits", "sub/f1.fits", "notes.txt", ".hidden/g.fits", ".x.fits")
    assert names(tmp_path) == ["f2.fits", "f10.fits", "sub/f1.fits"]
    assert names(tmp_path, Filter(recursive=False)) == ["f2.fits", "f10.fits"]


def test_filters_match_names_or_paths(tmp_path: Path) -> None:
    touch(tmp_path, "a.fits", "b.FITS", "c.png", "night1/a.fits", "night2/a.fits")
    assert names(tmp_path, Filter(include=("*.fits",), recursive=False)) == ["a.fits", "b.FITS"]
    assert names(tmp_path, Filter(include=("night1/*",))) == ["night1/a.fits"]
    assert names(tmp_path, Filter(exclude=("night*/*", "*.png"))) == ["a.fits", "b.FITS"]


def test_a_file_given_twice_is_found_once(tmp_path: Path) -> None:
    touch(tmp_path, "a.fits")
    (tmp_path / "link.fits").symlink_to(tmp_path / "a.fits")
    paths = [tmp_path / "a.fits", tmp_path, tmp_path / "link.fits"]
    assert len(list(find(paths))) == 1


def test_a_named_file_that_is_missing_is_kept(tmp_path: Path) -> None:
    (found,) = find([tmp_path / "missing.fits"])
    assert isinstance(found, FoundFile)
    assert found.size == 0


def test_loops_of_links_end_and_broken_links_are_told(tmp_path: Path) -> None:
    touch(tmp_path, "a/x.fits")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "gone.fits").symlink_to(tmp_path / "nowhere.fits")
    (tmp_path / "self.fits").symlink_to(tmp_path / "self.fits")
    found = list(find([tmp_path]))
    assert [Path(f.source).name for f in found if isinstance(f, FoundFile)] == ["x.fits"]
    told = [f for f in found if isinstance(f, Unlisted)]
    assert {Path(f.source).name for f in told} == {"gone.fits", "self.fits"}
    assert all(f.problem and f.hint for f in told)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every folder"
)
def test_an_unreadable_folder_is_told(tmp_path: Path) -> None:
    touch(tmp_path, "a.fits", "locked/b.fits")
    (tmp_path / "locked").chmod(0)
    try:
        found = list(find([tmp_path]))
    finally:
        (tmp_path / "locked").chmod(0o700)
    assert [type(f) for f in found] == [FoundFile, Unlisted]


def test_a_folder_that_vanishes_is_told(tmp_path: Path) -> None:
    touch(tmp_path, "a.fits", "sub/b.fits")
    search = find([tmp_path])
    next(search)
    (tmp_path / "sub" / "b.fits").unlink()
    (tmp_path / "sub").rmdir()
    assert [type(f) for f in search] == [Unlisted]


def test_thousands_of_files_begin_to_come_at_once(tmp_path: Path) -> None:
    for folder in range(20):
        (tmp_path / str(folder)).mkdir()
        for i in range(250):
            (tmp_path / str(folder) / f"{i}.fits").touch()
    began = time.process_time()
    search = find([tmp_path])
    next(search)
    first = time.process_time() - began
    rest = sum(1 for _ in search)
    assert rest == 4999
    assert first < (time.process_time() - began) / 4  # long before the last one
