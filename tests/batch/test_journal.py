"""The journal tells after any end what is done, and nothing that is not."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from astroview.batch.journal import (
    FOLDER,
    Done,
    Failed,
    FolderBusy,
    Fresh,
    Journal,
    Run,
    Start,
    is_intact,
    open_journal,
)
from astroview.core.errors import AstroviewError
from astroview.core.models.model_card import sha256_of

START = Start("a.fits", "/in/a.fits", "cafe", 10, 123)
DONE = Done("a.fits", "cafe", "recipe", "beef", 5, 7, 1.5, ("a note",))


def journal(tmp_path: Path) -> Path:
    return tmp_path / FOLDER / "journal.jsonl"


def test_what_was_appended_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    with open_journal(tmp_path) as record:
        for each in (Run("recipe", "host", "/tmp/x"), START, DONE, Failed("b", "/in/b", "bad")):
            record.append(each)
    with open_journal(tmp_path) as record:
        assert record.done("a.fits", "cafe", "recipe") == DONE
        assert record.done("a.fits", "cafe", "other") is None
        assert record.done("a.fits", "f00d", "recipe") is None
        assert record.known_input("/in/a.fits", 10, 123) == "cafe"
        assert record.known_input("/in/a.fits", 10, 124) is None
        assert record.sources == {"a.fits": "/in/a.fits"}
        assert list(record.unfinished()) == []
        assert record.runs == (Run("recipe", "host", "/tmp/x"),)


def test_fresh_forgets_what_was_done_but_not_the_names(tmp_path: Path) -> None:
    with open_journal(tmp_path) as record:
        for each in (START, DONE, Fresh()):
            record.append(each)
        assert record.done("a.fits", "cafe", "recipe") is None
        assert record.sources
        assert list(record.unfinished()) == ["a.fits"]


def test_a_failure_after_a_result_stands(tmp_path: Path) -> None:
    with open_journal(tmp_path) as record:
        for each in (START, DONE, Failed("a.fits", "/in/a.fits", "gone")):
            record.append(each)
        assert record.done("a.fits", "cafe", "recipe") is None


@settings(max_examples=15, deadline=None)
@given(cut=st.integers(min_value=0, max_value=600))
def test_torn_anywhere_it_holds_the_whole_lines_and_goes_on(
    cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("torn")
    with open_journal(folder) as record:
        record.append(START, sync=False)
        record.append(DONE, sync=False)
    path = journal(folder)
    whole = path.read_bytes()
    path.write_bytes(whole[:cut])
    lines = whole[:cut].count(b"\n")
    with open_journal(folder) as record:
        assert record.unread == 0
        assert bool(record.sources) == (lines >= 2)
        assert (record.done("a.fits", "cafe", "recipe") is not None) == (lines >= 3)
        record.append(DONE, sync=False)
    with open_journal(folder) as record:
        assert record.unread == 0
        assert record.done("a.fits", "cafe", "recipe") == DONE


def test_lines_that_make_no_sense_are_passed_over(tmp_path: Path) -> None:
    with open_journal(tmp_path) as record:
        record.append(START)
    with journal(tmp_path).open("ab") as file:
        file.write(b'garbage\n[]\n{"is": "gone"}\n{"is": "done"}\n\x00\x00\xff\n')
    with open_journal(tmp_path) as record:
        record.append(DONE)
        assert record.unread == 5
        assert record.done("a.fits", "cafe", "recipe") == DONE


def test_a_newer_journal_is_refused(tmp_path: Path) -> None:
    with open_journal(tmp_path):
        pass
    journal(tmp_path).write_text(json.dumps({"journal": 99}) + "\n")
    with pytest.raises(AstroviewError) as caught, open_journal(tmp_path):
        pass
    assert "newer" in caught.value.message


def test_names_with_any_bytes_are_kept(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff \n\"'\xc3\xa9.fits")
    with open_journal(tmp_path) as record:
        record.append(Start(name, "/in/" + name, "cafe", 1, 2))
    with open_journal(tmp_path) as record:
        assert record.sources == {name: "/in/" + name}
    assert journal(tmp_path).read_bytes().isascii()


def test_only_one_at_a_time(tmp_path: Path) -> None:
    with open_journal(tmp_path), pytest.raises(FolderBusy), open_journal(tmp_path):
        pass
    with open_journal(tmp_path):
        pass


def test_a_result_is_intact_by_date_or_by_content(tmp_path: Path) -> None:
    file = tmp_path / "r.fits"
    file.write_bytes(b"12345")
    status = file.stat()
    done = Done("r.fits", "i", "r", sha256_of(file), status.st_size, status.st_mtime_ns)
    assert is_intact(done, file)
    os.utime(file, ns=(1, 1))
    assert is_intact(done, file)
    file.write_bytes(b"12346")
    os.utime(file, ns=(1, 1))
    assert not is_intact(done, file)
    file.unlink()
    assert not is_intact(done, file)


def test_it_cannot_be_read_past_by_a_reader_of_one_line(tmp_path: Path) -> None:
    with open_journal(tmp_path) as record:
        assert isinstance(record, Journal)
        record.append(DONE)
    first, *rest = journal(tmp_path).read_text().splitlines()
    assert json.loads(first) == {"journal": 1}
    assert [json.loads(line)["is"] for line in rest] == ["done"]
