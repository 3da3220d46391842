"""Errors that nobody foresaw, and readers that do not end."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

import pytest

from astroview.core import time_limit as limits
from astroview.core.errors import AstroviewError, Cancelled, DatasetProblem, UnreadableFrame
from astroview.core.time_limit import Stuck, time_limit
from astroview.core.unforeseen import read_text_file, reading, told


def read_for_ever() -> None:
    while True:
        try:
            sum(range(1000))
        except Exception:  # noqa: BLE001 - a reader that swallows what it can
            continue


def test_a_reader_that_computes_without_end_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BASE_S", 0.2)
    with pytest.raises(UnreadableFrame, match="given up"), reading(tmp_path / "a.fits"):
        read_for_ever()


def test_work_that_ends_in_time_is_left_alone() -> None:
    for _ in range(50):
        with time_limit(0, seconds=30):
            pass
    with pytest.raises(Stuck), time_limit(0, seconds=0.05):
        read_for_ever()


@pytest.mark.parametrize("error", [KeyError("x"), RecursionError(), AssertionError(), OSError(5)])
def test_anything_is_told_in_words_and_logged(
    caplog: pytest.LogCaptureFixture, tmp_path: Path, error: Exception
) -> None:
    with (
        caplog.at_level(logging.ERROR),
        pytest.raises(UnreadableFrame, match=r"a\.fits could not be read: \w+Error") as caught,
        reading(tmp_path / "a.fits"),
    ):
        raise error
    assert "report" in caught.value.hint
    assert caplog.records[0].exc_info


@pytest.mark.parametrize("error", [UnreadableFrame("a"), Cancelled(), BrokenPipeError()])
def test_what_is_in_words_passes(error: Exception) -> None:
    with pytest.raises(type(error)), told("It failed"):
        raise error


def test_no_memory_is_told_as_such() -> None:
    with pytest.raises(AstroviewError, match="not enough memory"), told("It failed"):
        raise MemoryError


def test_text_with_and_without_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\n")
    assert read_text_file(path, DatasetProblem) == "a = 1\r\n"
    path.write_text("ä\n", encoding="utf-8")
    assert read_text_file(path, DatasetProblem) == "ä\n"


def test_no_more_than_such_a_file_can_have(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"#" * 101)
    assert len(read_text_file(path, DatasetProblem, 101)) == 101
    with pytest.raises(DatasetProblem, match="too large"):
        read_text_file(path, DatasetProblem, 100)
    with path.open("wb") as file:
        file.truncate(2**40)  # takes no room, and would take all memory
    with pytest.raises(DatasetProblem, match="too large"):
        read_text_file(path, DatasetProblem)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_pipes_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.toml")
    with pytest.raises(DatasetProblem, match="is no file but a pipe"):
        read_text_file(tmp_path / "a.toml", DatasetProblem)
