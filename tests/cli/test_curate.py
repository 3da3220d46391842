"""``astroview curate`` as a terminal and a program run it: a real process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from astroview import cli
from astroview.core.messages import curate_messages
from astroview.core.messages.curate_messages import CurateBegun, Curated, CurateProblem, Judged

COMMAND = [sys.executable, "-m", "astroview", "curate"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "night"
    place.mkdir()
    rng = np.random.default_rng(1)
    for k in range(5):
        noise = rng.integers(0, 255, (100, 100, 3), np.uint8)
        noise[20 + 9 * k : 60, 30:70] //= 4  # noise alone would be refused
        Image.fromarray(noise).save(place / f"p{k}.png")
    Image.new("L", (20, 20)).save(place / "small.png")
    return place


def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "ASTROVIEW_DATA_DIR": str(tmp_path / "data")}


def run(arguments: list[str], tmp_path: Path) -> tuple[int, str, str]:
    """Exit code, stdout and stderr; stdin is open all the while."""
    log = tmp_path / "stderr.txt"
    with (
        log.open("w") as stderr,
        subprocess.Popen(
            [*COMMAND, *arguments], env=environment(tmp_path), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr,
        ) as process,
    ):  # fmt: skip
        assert process.stdout is not None
        said = process.stdout.read()
        code = process.wait(120)
    return code, said, log.read_text()


def events(text: str) -> list[curate_messages.CurateEvent]:
    return [curate_messages.decode(line) for line in text.splitlines()]


def test_a_program_hears_each_verdict(folder: Path, tmp_path: Path):
    code, said, problems = run([str(folder), "--events"], tmp_path)
    assert code == 0, problems
    told = events(said)
    begun, last = told[0], told[-1]
    assert isinstance(begun, CurateBegun)
    assert Path(begun.notes).is_relative_to(tmp_path / "data")  # not beside the user's frames
    assert isinstance(last, Curated)
    assert (last.accepted, last.refused) == (5, 1)
    assert [e.goal for e in last.estimates] == ["colour", "sharpen"]
    judged = {Path(e.path).name: e for e in told if isinstance(e, Judged)}
    assert judged["small.png"].why == "small"
    assert Path(judged["p1.png"].thumbnail).is_file()
    assert sorted(p.name for p in folder.iterdir()) == [
        *(f"p{k}.png" for k in range(5)),
        "small.png",
    ]


def test_what_cannot_be_done_is_told_twice(tmp_path: Path):
    """As an event for the program, as words for a person."""
    code, said, problems = run([str(tmp_path / "nowhere"), "--events"], tmp_path)
    assert code == 1
    (event,) = events(said)
    assert isinstance(event, CurateProblem)
    assert event.message[1:] in problems  # a sentence begins with a capital there
    assert "Traceback" not in problems


def test_it_ends_when_nobody_listens(folder: Path, tmp_path: Path):
    with subprocess.Popen(
        [*COMMAND, str(folder), "--events"],
        env=environment(tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(120) in (0, 1)  # it may have been done by then


def test_overrules_stay(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    out = ["--out", str(tmp_path / "notes")]
    small, first = str(folder / "small.png"), str(folder / "p0.png")
    assert cli.run(["curate", str(folder), *out, "--accept", small, "--refuse", first]) == 0
    said = capsys.readouterr().out
    assert f"{first}: left out by you" in said
    assert small not in said
    assert cli.run(["curate", str(folder), *out]) == 0  # they are remembered
    assert f"{first}: left out by you" in capsys.readouterr().out
    content = json.loads((tmp_path / "notes" / "report.json").read_text())
    assert [e["overruled"] for e in content["entries"]] == [True, *[False] * 4, True]


def test_nothing_usable_is_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    Image.new("L", (20, 20)).save(tmp_path / "small.png")
    assert cli.run(["curate", str(tmp_path), "--out", str(tmp_path / "notes")]) == 1
    assert "nothing to learn from" in capsys.readouterr().out


def test_a_folder_that_cannot_be_written_is_named(folder: Path, tmp_path: Path, capfd):
    (tmp_path / "file").write_text("")
    assert cli.run(["curate", str(folder), "--out", str(tmp_path / "file" / "notes")]) == 1
    assert "--out" in capfd.readouterr().err
