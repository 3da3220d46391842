"""Names of results can be told beforehand, and never hit an input or each other."""

from __future__ import annotations

import os
from pathlib import Path

from astroview.batch.output_names import Namer, Task
from astroview.batch.recipe import BatchRecipe
from astroview.core.io.paths.file_names import name_words
from astroview.core.io.paths.find_frames import Filter, FoundFile, find
from astroview.core.options import EnhanceOptions

WORDS = name_words(scale=2, colour=True)


def touch(folder: Path, *names: str) -> list[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return paths


def tasks(
    paths: list[Path], out: Path, earlier: dict[str, str] | None = None, **choices: str
) -> list[Task]:
    recipe = BatchRecipe(EnhanceOptions(), **choices)
    namer = Namer(recipe, WORDS, out, earlier or {})
    return [namer.task(found) for found in find(paths, Filter()) if isinstance(found, FoundFile)]


def targets(paths: list[Path], out: Path, **choices: str) -> list[str]:
    return [task.target for task in tasks(paths, out, **choices)]


def test_a_result_says_what_was_done_and_keeps_the_kind(tmp_path: Path) -> None:
    names = ("m31.fits.gz", "m 33.fit", "m.51.fits", "c.jpeg", "d.TIF", "e.png", "f.fits.fz")
    stems = ("m31.fits", "m 33.fits", "m.51.fits", "c.png", "d.tiff", "e.png", "f.fits")
    expected = ["_combined_x2.".join(stem.rsplit(".", 1)) for stem in stems]
    assert targets(touch(tmp_path, *names), tmp_path / "out") == expected
    (only,) = targets([tmp_path / "c.jpeg"], tmp_path / "out", format="fits")
    assert only == "c_combined_x2.fits"
    (own,) = targets([tmp_path / "c.jpeg"], tmp_path / "out", name="{folder}-{stem}-{palette}")
    assert own == f"{tmp_path.name}-c-auto.png"


def test_sub_folders_are_mirrored_and_the_rest_is_numbered(tmp_path: Path) -> None:
    touch(tmp_path, "in/x.fits", "in/a/x.fits", "in/b/X.fits", "in/b/x.fit", "in/b/x.png")
    assert targets([tmp_path / "in"], tmp_path / "out") == [
        "x_combined_x2.fits",
        "a/x_combined_x2.fits",
        "b/x_combined_x2.fits",
        *(["b/X_combined_x2_2.fits"] if os.name == "posix" else []),
        "b/x_combined_x2.png",
    ]
    one, two = touch(tmp_path, "c/x.fits", "d/x.fits")
    assert targets([one, two], tmp_path / "out")[1] == "x_combined_x2_2.fits"


def test_names_are_kept_when_files_are_added_and_when_folders_move(tmp_path: Path) -> None:
    touch(tmp_path, "in/x.fits", "in/x.fit")
    out = tmp_path / "out"
    first = {task.target: task.source for task in tasks([tmp_path / "in"], out)}
    assert len(first) == 2
    touch(tmp_path, "in/x.fits.gz")
    again = {task.target: task.source for task in tasks([tmp_path / "in"], out, first)}
    assert first.items() < again.items()

    (tmp_path / "in").rename(tmp_path / "moved")
    moved = tasks([tmp_path / "moved"], out, again)
    assert [task.target for task in moved] == sorted(again, key=lambda t: again[t])


def test_no_result_replaces_a_file_that_no_batch_wrote(tmp_path: Path) -> None:
    paths = touch(tmp_path, "a.fits", "a_combined_x2.fits")
    (first, _) = targets(paths, tmp_path)
    assert first == "a_combined_x2_2.fits"


def test_names_stay_legal(tmp_path: Path) -> None:
    (long,) = touch(tmp_path, "é" * 120 + ".fits")
    (target,) = targets([long], tmp_path / "out")
    assert len(os.fsencode(target)) < 230
    if os.name == "posix":
        odd = touch(tmp_path, 'a:b?"<{stem}>|\n.fits')
        assert targets(odd, tmp_path / "out") == ["a_b___{stem}____combined_x2.fits"]
        raw = tmp_path / os.fsdecode(b"\xff\xfe.fits")
        raw.touch()
        assert targets([raw], tmp_path / "out") == [os.fsdecode(b"\xff\xfe_combined_x2.fits")]
