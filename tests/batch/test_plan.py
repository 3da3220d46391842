"""Names of results can be told beforehand, and never hit an input or each other."""

from __future__ import annotations

from pathlib import Path

from astroview.batch.plan import plan


def touch(folder: Path, *names: str) -> list[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return paths


def targets(paths: list[Path], out: Path, fmt: str | None = None) -> list[str]:
    return [job.target.name for job in plan(paths, out, fmt)]


def test_a_result_begins_with_the_stem_and_keeps_the_kind(tmp_path: Path) -> None:
    names = ("m31.fits.gz", "m 33.fit", "m.51.fits", "c.jpeg", "d.TIF", "e.png", "f.fits.fz")
    assert targets(touch(tmp_path, *names), tmp_path / "out") == [
        *("m31_enhanced.fits", "m 33_enhanced.fits", "m.51_enhanced.fits", "c_enhanced.png"),
        *("d_enhanced.tiff", "e_enhanced.png", "f_enhanced.fits"),
    ]
    assert targets([tmp_path / "c.jpeg"], tmp_path, "fits") == ["c_enhanced.fits"]


def test_results_of_one_name_are_numbered_in_order(tmp_path: Path) -> None:
    paths = touch(tmp_path, "a/x.fits", "b/x.fits", "c/x.fit", "c/x.png")
    names = ["x_enhanced.fits", "x_enhanced_2.fits", "x_enhanced_3.fits", "x_enhanced.png"]
    assert targets(paths, tmp_path / "out") == names


def test_a_file_given_twice_is_one_job(tmp_path: Path) -> None:
    (path,) = touch(tmp_path, "a.fits")
    (tmp_path / "link.fits").symlink_to(path)
    assert len(plan([path, tmp_path, tmp_path / "link.fits"], tmp_path / "out", None)) == 1


def test_folders_are_searched_in_natural_order(tmp_path: Path) -> None:
    touch(tmp_path, "f10.fits", "f2.fits", "sub/f1.fits", "notes.txt", ".hidden/g.fits")
    names = [job.source.name for job in plan([tmp_path], tmp_path / "out", None)]
    assert names == ["f2.fits", "f10.fits", "f1.fits"]


def test_earlier_results_are_no_inputs_unless_asked_for(tmp_path: Path) -> None:
    touch(tmp_path, "a.fits", "a_enhanced.fits", "b_enhanced_2.png", "sub/c_enhanced.fits")
    sources = [job.source.name for job in plan([tmp_path], tmp_path, None)]
    assert sources == ["a.fits", "c_enhanced.fits"]
    asked = plan([tmp_path / "a_enhanced.fits"], tmp_path, None)
    assert [job.target.name for job in asked] == ["a_enhanced_enhanced.fits"]


def test_no_result_replaces_an_input(tmp_path: Path) -> None:
    paths = touch(tmp_path, "a.fits", "a_enhanced.fits")
    jobs = plan(paths, tmp_path, None)
    assert not {job.target for job in jobs} & set(paths)
