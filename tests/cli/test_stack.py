"""``astroview stack`` on real files: what it prints, its events, and what it refuses."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from dithers import Sky, View, dithers, frames, write

import astroview
from astroview.__main__ import main
from astroview.core.io.open_file import open_frame
from astroview.core.messages import stack_messages
from astroview.core.messages.stack_messages import StackDone, StackProblem, StackProgress


@pytest.fixture
def dithered_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "night"
    folder.mkdir()
    frames(Sky.of(21), dithers(4), folder, coordinates=True)
    return folder


def told(*words: object) -> tuple[int, list[stack_messages.StackEvent]]:
    """The exit code and the events of a stack whose stdin stays open."""
    command = [sys.executable, "-m", "astroview", "stack", *map(str, words), "--events"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, **pipes) as run:  # type: ignore[call-overload]
        events = [stack_messages.decode(line) for line in run.stdout]
        return run.wait(), events


def test_a_folder_is_stacked_and_its_frames_are_listed(
    dithered_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(Sky.of(22), View(), dithered_folder / "other.fits")
    out = tmp_path / "stack.fits"
    assert main(["stack", str(dithered_folder), "--out", str(out), "--rounds", "12"]) == 0
    said = capsys.readouterr().out
    assert "the reference" in said
    assert "other.fits: took no part: " in said
    assert "4 of 5 frames, measured and combined, x2 (likelihood, 12 rounds)" in said
    assert open_frame(out).shape == (192, 192)


def test_frames_that_were_not_dithered_are_said_to_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By whole pixels only: a finer grid has nothing to show."""
    folder, out = tmp_path / "night", tmp_path / "stack.fits"
    folder.mkdir()
    for i, (dx, dy) in enumerate([(0, 0), (3, -2), (-1, 4)]):
        write(Sky.of(21), View(dx, dy, seed=i), folder / f"frame{i}.fits")
    assert main(["stack", str(folder), "--out", str(out), "--rounds", "8"]) == 0
    assert "not dithered by parts of a pixel" in capsys.readouterr().out
    assert "not dithered" in "".join(open_frame(out).header["HISTORY"])
    assert main(["stack", str(folder), "--out", str(out), "--scale", "1", "--rounds", "8"]) == 0
    assert "not dithered" not in capsys.readouterr().out


def test_programs_are_told_in_lines_of_json(dithered_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "stack.fits"
    code, events = told(dithered_folder, "--out", out, "--method", "drizzle", "--scale", 1)
    assert code == 0
    notes = [event.note for event in events if isinstance(event, StackProgress)]
    assert notes[0] == "measuring stars"
    assert "combining" in notes
    last = events[-1]
    assert isinstance(last, StackDone)
    assert (last.path, last.rounds, len(last.frames)) == (str(out), 0, 4)
    assert out.exists()


def test_when_nothing_can_be_combined_it_says_why_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lone = write(Sky.of(23), View(), tmp_path / "lone.fits")
    out = tmp_path / "stack.fits"
    assert main(["stack", str(lone), str(tmp_path / "gone.fits"), "--out", str(out)]) == 1
    said = capsys.readouterr().err
    assert "gone.fits" in said
    assert "two or more frames" in said
    assert not out.exists()
    code, events = told(lone, "--out", out)
    assert code == 1
    assert isinstance(events[-1], StackProblem)
    assert events[-1].hint


def test_a_night_is_stacked_field_by_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = tmp_path / "night", tmp_path / "stacks"
    folder.mkdir()
    here, there = Sky.of(31), Sky.of(32)
    for i, view in enumerate(dithers(2)):
        write(here, named(view, "M 13", "r"), folder / f"a{i}.fits", coordinates=True)
        write(here, named(view, "M 13", "g"), folder / f"b{i}.fits", coordinates=True)
        write(there, named(view, "M 57", "r"), folder / f"c{i}.fits")
    lone = named(View(seed=9), "M 57", "i")
    write(there, lone, folder / "lone.fits")
    (folder / "torn.fits").write_bytes(b"SIMPLE  = ")
    words = ["--by-field", "--rounds", "4", "--scale", "1"]
    assert main(["stack", str(folder), "--out", str(out), *words]) == 0
    said = capsys.readouterr().out
    assert sorted(path.name for path in out.iterdir()) == [
        "M-13_g.fits", "M-13_r.fits", "M-57_r.fits",
    ]  # fmt: skip
    assert "lone.fits: took no part: no other frame shows its field in its filter" in said
    assert "torn.fits: took no part: " in said
    header = open_frame(out / "M-57_r.fits").header
    assert [header["IMCMB001"], header["IMCMB002"]] == ["c0.fits", "c1.fits"]
    code, events = told(folder / "lone.fits", "--by-field", "--out", out)
    assert code == 1
    assert isinstance(events[-1], StackProblem)
    assert "No two of 1 frames" in events[-1].message


def named(view: View, what: str, filter_: str) -> View:
    return replace(view, header={"OBJECT": what, "FILTER": filter_})


def test_different_filters_are_said_for_programs_to_ask(tmp_path: Path) -> None:
    for i, band in enumerate("rg"):
        view = named(dithers(2)[i], "M 13", band)
        write(Sky.of(33), view, tmp_path / f"{band}.fits", coordinates=True)
    paths = (tmp_path / "r.fits", tmp_path / "g.fits")
    code, events = told(*paths, "--out", tmp_path / "stack.fits")
    assert code == 1
    assert isinstance(events[-1], StackProblem)
    assert events[-1].filters
    code, events = told(*paths, "--out", tmp_path / "stack.fits", "--mixed-filters")
    assert code == 0


@pytest.mark.parametrize(
    "words",
    [["--scale", "5"], ["--pixfrac", "0"], ["--rounds", "0"], ["--method", "magic"]],
    ids=" ".join,
)
def test_wrong_usage(words: list[str], dithered_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as code:
        main(["stack", str(dithered_folder), "--out", str(tmp_path / "o.fits"), *words])
    assert code.value.code == 2
    assert not (tmp_path / "o.fits").exists()


def test_from_python(dithered_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "stack.fits"
    told: list[str] = []
    done = astroview.stack(
        dithered_folder, out, scale=2, rounds=8, reference=dithered_folder / "frame1.fits",
        progress=lambda _done, _of, note: told.append(note),
    )  # fmt: skip
    assert [one.name for one in done.frames if one.is_reference] == ["frame1.fits"]
    assert told[-1] == "saving"
    with pytest.raises(astroview.AstroviewError, match="scale of 7"):
        astroview.stack(dithered_folder, out, scale=7)
    for wrong in ({"method": "magic"}, {"kernel": "magic"}, {"extent": "all"}):
        with pytest.raises(astroview.AstroviewError, match="is not known") as caught:
            astroview.stack(dithered_folder, out, **wrong)
        assert "Take one of" in caught.value.hint
    with pytest.raises(astroview.AstroviewError, match="0 rounds"):
        astroview.stack(dithered_folder, out, rounds=0)
    with pytest.raises(astroview.AstroviewError, match="not among"):
        astroview.stack(dithered_folder, out, reference=tmp_path / "nobody.fits")
