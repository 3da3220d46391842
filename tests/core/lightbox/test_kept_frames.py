"""What is kept of frames: seen once, said for ever, in bounds, whatever they are called."""

from __future__ import annotations

import math
import os
import random
import sys
from pathlib import Path

import pytest

from astroview.core.errors import CannotSave
from astroview.core.lightbox.frame_cache import FileKnowledge, FileState, FrameCache
from astroview.core.lightbox.frame_facts import FrameFacts
from astroview.core.lightbox.frame_quality import FrameQuality
from astroview.core.lightbox.verdicts import FrameVerdict, VerdictBook, clean_tags

FACTS = FrameFacts("2024-03-01", "r", "M 31", 30.0, math.nan, 41.0, 0.5, 64, 48)
ODD = os.fsdecode(b"/n/caf\xe9.fits") if sys.platform != "win32" else "/n/café.fits"


def test_facts_are_kept_until_the_file_changes(tmp_path: Path) -> None:
    cache = FrameCache(tmp_path / "c.sqlite", 10**6)
    state = FileState(ODD, 100, 5)
    cache.put(
        [(state, FileKnowledge(FACTS)), (FileState("/nn/b.fits", 1, 1), FileKnowledge(FACTS))]
    )
    cache.put([(state, FileKnowledge(None, FrameQuality(12.0, 3.0)))])
    cache.close()
    known = FrameCache(tmp_path / "c.sqlite", 10**6).seen_below("/n")
    assert list(known) == [ODD]
    size, mtime, seen = known[ODD]
    assert (size, mtime) == (100, 5)
    assert seen.quality
    assert (seen.quality.snr, seen.quality.seeing) == (12.0, 3.0)
    assert seen.facts
    assert seen.facts.filter == "r"
    assert math.isnan(seen.facts.ra)
    again = FrameCache(tmp_path / "c.sqlite", 10**6)
    again.put([(FileState(ODD, 101, 6), FileKnowledge(FACTS))])
    size, _, seen = again.seen_below("/n/")[ODD]
    assert (size, seen.quality) == (101, None)  # it is another file


def test_pictures_keep_to_their_bytes_and_the_oldest_go(tmp_path: Path) -> None:
    cache = FrameCache(tmp_path / "c.sqlite", 10_000)
    states = [FileState(f"/n/{i}.fits", 1, 1) for i in range(20)]
    for state in states:
        cache.put_picture(state, "plain", bytes(1000))
    assert cache.picture(states[0], "plain")  # looked at: it is not the oldest any more
    cache.prune()
    assert cache.picture_bytes <= 10_000
    assert cache.picture(states[1], "plain") is None
    assert cache.picture(states[0], "plain") == bytes(1000)
    assert cache.picture(states[19], "plain") == bytes(1000)
    assert cache.picture(FileState("/n/19.fits", 1, 2), "plain") is None  # written anew
    assert cache.picture(states[19], "painted by x") is None


@pytest.mark.warns
def test_a_damaged_cache_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    path.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 40)
    cache = FrameCache(path, 10**6)
    cache.put([(FileState("/n/a.fits", 1, 1), FileKnowledge(FACTS))])
    assert "/n/a.fits" in cache.seen_below("/n")


def test_verdicts_last_and_belong_to_their_folder(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    book, other = VerdictBook(path), VerdictBook(path)  # of another window
    said = FrameVerdict(4, clean_tags("moon,  good one , moon"), rejected=True)
    assert said.tags == ("good one", "moon")
    book.put({ODD: said, "/n/sub/b.fits": FrameVerdict(1), "/nn/c.fits": FrameVerdict(2)})
    other.put({"/n/d.fits": FrameVerdict(3)})
    book.close()
    assert other.said_below("/n") == {
        ODD: said, "/n/sub/b.fits": FrameVerdict(1), "/n/d.fits": FrameVerdict(3)
    }  # fmt: skip
    other.put({ODD: FrameVerdict()})
    assert ODD not in VerdictBook(path).said_below("/n")


@pytest.mark.warns
def test_a_damaged_book_is_set_aside_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    path.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    book = VerdictBook(path)
    assert book.set_aside
    assert book.set_aside.read_bytes().endswith(b"x")
    book.put({"/n/a.fits": FrameVerdict(5)})
    assert VerdictBook(path).said_below("/n") == {"/n/a.fits": FrameVerdict(5)}


def test_a_book_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    book = VerdictBook(tmp_path / "v.sqlite")
    book.close()
    with pytest.raises(CannotSave):
        book.put({"/n/a.fits": FrameVerdict(5)})


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.warns
def test_a_damaged_book_takes_and_gives_what_it_can(tmp_path: Path, seed: int) -> None:
    """Whatever was wrong with it was raised where the Lightbox opens."""
    path = tmp_path / "v.sqlite"
    book = VerdictBook(path)
    book.put({f"/n/{i}.fits": FrameVerdict(1 + i % 5, ("a", "b")) for i in range(300)})
    book.close()
    cache = FrameCache(tmp_path / "c.sqlite", 10**6)
    cache.put([(FileState(f"/n/{i}.fits", 1, 1), FileKnowledge(FACTS)) for i in range(50)])
    cache.close()
    for file in (path, tmp_path / "c.sqlite"):
        content, draw = bytearray(file.read_bytes()), random.Random(seed)
        for _ in range(1 + seed % 4):
            content[draw.randrange(len(content) // 2, len(content))] = draw.randrange(256)
        file.write_bytes(content)
    again = VerdictBook(path)
    found = again.said_below("/n")
    assert all(1 <= said.rating <= 5 for said in found.values())
    again.put({"/n/new.fits": FrameVerdict(3)})
    assert again.said_below("/n")["/n/new.fits"].rating == 3
    again.close()
    seen = FrameCache(tmp_path / "c.sqlite", 10**6)
    seen.put([(FileState("/n/new.fits", 1, 1), FileKnowledge(FACTS))])
    seen.seen_below("/n")
    seen.close()


@pytest.mark.warns
def test_a_spoilt_letter_costs_one_rating(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    book = VerdictBook(path)
    book.put({f"/n/{i}.fits": FrameVerdict(3, ("a",)) for i in range(300)})
    book.close()
    path.write_bytes(path.read_bytes().replace(b"/n/150.fits", b"/n/1\xff0.fits"))
    again = VerdictBook(path)
    assert len(again.said_below("/n")) >= 299
    again.close()
