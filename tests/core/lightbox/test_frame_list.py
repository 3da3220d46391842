"""Lists that leave, copies of files, and the listing of a folder."""

from __future__ import annotations

import math
import os
from pathlib import Path

import numpy as np
import pytest
from astropy.table import Table

from astroview.core.errors import AstroviewError
from astroview.core.io.paths.find_frames import frames_in
from astroview.core.lightbox.folder_stream import FIRST, stream
from astroview.core.lightbox.frame_facts import FrameFacts
from astroview.core.lightbox.frame_list import copy_files, frame_table
from astroview.core.lightbox.frame_quality import FrameQuality
from astroview.core.lightbox.frame_query import FrameRow
from astroview.core.lightbox.verdicts import FrameVerdict
from astroview.core.photometry.table_files import write_stars

ROWS = [
    FrameRow(
        "/n/a, b.fits", 1, 1, FrameFacts("2024-03-01", "r", "M 31", 30.0, 10.0, 41.0, 0.5, 64, 48),
        FrameQuality(25.0, 3.0), 2.5, FrameVerdict(4, ("moon", "good")),
    ),
    FrameRow("/n/b.fits", 1, 1, said=FrameVerdict(rejected=True)),
]  # fmt: skip


@pytest.mark.parametrize("name", ["list.csv", "list.ecsv"])
def test_a_list_says_what_is_known_and_no_more(tmp_path: Path, name: str) -> None:
    write_stars(tmp_path / name, frame_table(ROWS))
    form = "ascii.csv" if name.endswith(".csv") else "ascii.ecsv"
    table = Table.read(tmp_path / name, format=form)
    assert list(table["path"]) == ["/n/a, b.fits", "/n/b.fits"]
    assert table["seeing"][0] == pytest.approx(1.5)
    assert np.ma.is_masked(table["snr"][1])
    assert table["rating"][0] == 4
    assert str(table["tags"][0]) == "moon, good"
    assert str(table["rejected"][1]) == "True"
    if form == "ascii.ecsv":
        assert str(table["seeing"].unit) == "arcsec"


def test_copies_are_whole_and_write_over_nothing(tmp_path: Path) -> None:
    one, two = tmp_path / "one" / "a.fits", tmp_path / "two" / "a.fits"
    for path in (one, two):
        path.parent.mkdir()
        path.write_bytes(path.parent.name.encode())
    os.utime(one, (1, 1_000_000))
    target = tmp_path / "picked"
    target.mkdir()
    (target / "a.fits").write_bytes(b"mine")
    told: list[tuple[int, int]] = []
    found = copy_files(
        [str(one), str(tmp_path / "gone.fits"), str(two)], target, lambda *t: told.append(t)
    )
    assert found.done == 2
    assert [path for path, _ in found.failed] == [str(tmp_path / "gone.fits")]
    assert {p.name: p.read_bytes() for p in target.iterdir()} == {
        "a.fits": b"mine", "a-2.fits": b"one", "a-3.fits": b"two"
    }  # fmt: skip
    assert (target / "a-2.fits").stat().st_mtime == 1_000_000
    assert told[-1] == (3, 3)


def test_copies_stop_when_told_to(tmp_path: Path) -> None:
    files = [tmp_path / f"{i}.fits" for i in range(5)]
    for path in files:
        path.write_bytes(b"x")

    def stop(done: int, of: int) -> None:
        if done == 2 and of == 5:
            raise AstroviewError("stopped")

    with pytest.raises(AstroviewError):
        copy_files([str(p) for p in files], tmp_path / "to", stop)
    assert len(list((tmp_path / "to").iterdir())) == 2


def test_a_folder_is_told_while_it_is_listed(tmp_path: Path) -> None:
    for folder in ("", "sub", "sub/deep", ".hidden"):
        (tmp_path / folder).mkdir(exist_ok=True)
        for i in range(120):
            (tmp_path / folder / f"f{i}.fits").touch()
        (tmp_path / folder / "notes.txt").touch()
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    (tmp_path / "lost.fits").symlink_to(tmp_path / "nowhere")
    pieces = stream(tmp_path)
    first = next(pieces)
    assert len(first) == FIRST  # while 161 are still to come
    every = [*first, *(one for piece in pieces for one in piece)]
    whole = [one.path for one in every if not one.problem]
    assert sorted(whole) == sorted(map(str, frames_in(tmp_path)))
    assert [Path(one.path).name for one in every if one.problem] == ["lost.fits"]


def test_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    (told,) = (one for piece in stream(tmp_path / "gone") for one in piece)
    assert "cannot be listed" in told.problem


def test_unknown_numbers_are_masked() -> None:
    table = frame_table(ROWS)
    assert math.isclose(table["ra"][0], 10.0)
    assert table["ra"].mask.tolist() == [False, True]
