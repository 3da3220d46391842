"""Whatever text there is, a card takes it."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from hypothesis import example, given, settings
from hypothesis import strategies as st

from astroview.core.claim import claim_of
from astroview.core.colour.stretch import Stretch
from astroview.core.fits_cards import (
    add_history,
    card,
    escaped_name,
    one_line,
    plain,
    unescaped_name,
)
from astroview.core.frame import ArraySource, Frame
from astroview.core.io.open_file import open_frame
from astroview.core.io.save_file import save_frame
from astroview.core.options import EnhanceOptions, Made

SOURCE = Path(__file__).resolve().parents[2]
TEXTS = st.text(st.characters(exclude_categories=()), max_size=300)
NAMES = st.one_of(
    TEXTS.map(lambda t: t.encode("utf-8", "surrogatepass")), st.binary(max_size=255)
).map(lambda raw: raw.replace(b"/", b"").replace(b"\0", b"")[:200])


def read_again(header: fits.Header) -> fits.Header:
    content = header.tostring().encode("ascii")
    assert len(content) % 2880 == 0
    return fits.Header.fromstring(content)


def test_what_has_a_likeness_is_written_with_it() -> None:
    assert plain("5 µm — ok") == "5 um - ok"
    assert plain("Östliche Galaxie, ½ ☄\x1b") == "Ostliche Galaxie, 1?2 \\u2604\\x1b".replace(
        "1?2", plain("½")
    )
    assert plain("two\nlines\tthree") == "two\nlines three"
    assert one_line("two\r\nlines\n") == "two lines"


@given(TEXTS, TEXTS)
@example("don't " * 40, "a comment")
@example("&" * 67, "")
@example("'" * 67, "")
@example("", "'")
def test_every_text_stands_in_a_card(text: str, comment: str) -> None:
    header = fits.Header([card("KEY", text, comment), card("AFTER", 1.5, comment)])
    add_history(header, (text, "the end"))
    again = read_again(header)
    assert str(again["KEY"]).rstrip() == one_line(text).rstrip()
    assert again["AFTER"] == 1.5
    assert str(again["HISTORY"]).endswith("the end")
    assert one_line(text).isascii()
    assert one_line(text).isprintable()


@given(NAMES)
@example(b"new\nline\t.fits")
@example(b"\xff\xfe 100%41 it's & .fits ")
@example(b"&&'" * 66)
def test_every_name_comes_back_byte_by_byte(raw: bytes) -> None:
    name = os.fsdecode(raw)
    again = read_again(fits.Header([card("AIORIG", escaped_name(name), "made from")]))
    assert os.fsencode(unescaped_name(str(again["AIORIG"]))) == raw


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_left_undefined(number: float) -> None:
    assert read_again(fits.Header([card("KEY", number, "x" * 100)]))["KEY"] is None


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
@settings(max_examples=15)
@given(raw=NAMES.filter(lambda raw: raw not in (b"", b".", b"..")), unit=TEXTS, line=TEXTS)
@example(raw=b"new\nline\t.fits", unit="µJy", line="bands: ☄")
@example(raw=b"x" * 200, unit="", line="")
def test_a_result_of_any_name_says_what_it_was_made_from(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes, unit: str, line: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    path = folder / os.fsdecode(raw)
    path.write_bytes(b"an original")
    history = (
        "astroview 1.0 enhanced this frame.",
        f"super-resolution: model superres-x2, sha256 {'ab' * 32}, scale 2",
        line,
    )
    made = Made(EnhanceOptions(shows=line[:50]))
    source = ArraySource(np.ones((4, 4), np.float32))
    frame = Frame(path.name, (4, 4), 1, "linear", source, None, path=path, unit=unit,
                  history=history, scale=2, made=made)  # fmt: skip
    painted = replace(frame, chroma=ArraySource(np.zeros((4, 4, 2), np.float32)))
    for one in (frame, painted):
        for suffix in ("fits", "png", "tif", "xisf"):
            saved = save_frame(one, folder / f"result.{suffix}", Stretch("asinh", 0, 1))
            claim = claim_of(open_frame(saved))
            assert claim is not None
            if suffix != "xisf":
                assert claim.origin is not None
                assert claim.origin.name == path.name
                assert claim.options.shows == line[:50]


def test_cards_are_made_in_one_place() -> None:
    allowed = {"fits_cards.py", "checksums.py", "fits_headers.py", "pixel_cards.py"}
    files = [p for p in (SOURCE / "astroview").rglob("*.py") if p.name not in allowed]
    made = re.compile(r"fits\.Card\((?!from)|\.add_history\(|\.add_comment\(")
    assert files
    found = {p.name for p in files if made.search(p.read_text(encoding="utf-8"))}
    assert found <= {"xisf_header.py"}  # whose texts are made plain as they are read
