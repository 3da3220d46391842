"""What is asked for, and the order of the answer."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astroview.core.lightbox.frame_facts import FrameFacts
from astroview.core.lightbox.frame_quality import FrameQuality
from astroview.core.lightbox.frame_query import (
    FIELDS,
    SORTS,
    STATES,
    BadQuery,
    FrameRow,
    by_name,
    in_order,
    parse,
)
from astroview.core.lightbox.verdicts import FrameVerdict

M31 = FrameRow(
    "/n/m31_2.fits", 2_000_000, 0,
    FrameFacts("2024-03-02T21:00:00", "r", "M 31", 30.0, 10.7, 41.3, 0.5, 64, 48),
    FrameQuality(25.0, 3.0, 100.0, 5.0, 0.0, 9), 1.0, FrameVerdict(4, ("moon", "Good one")),
)  # fmt: skip
M101 = FrameRow(
    "/n/sub/M101_10.fits", 900_000, 0,
    FrameFacts("2024-04-01T03:00:00", "OIII", "M 101", 300.0, 210.8, 54.3, math.nan, 64, 48),
    FrameQuality(5.0, math.nan, 90.0, 4.0, 0.5, 0), 9.0, FrameVerdict(0, (), rejected=True),
)  # fmt: skip
DAMAGED = FrameRow("/n/a.fits", 10, 0, FrameFacts(problem="It is empty"))
NEW = FrameRow("/n/m31_10.fits", 2_000_000, 0)
ROWS = [M31, M101, DAMAGED, NEW]


def found(text: str) -> list[FrameRow]:
    return [row for row in ROWS if parse(text).wants(row)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ROWS),
        ("m31", [M31, NEW]),
        ("filter:r", [M31]),
        ("filter=O", []),
        ("filter:o", []),
        ("filter:oiii", [M101]),
        ("-filter:r", [M101]),
        ("snr>20", [M31]),
        ("snr>=25", [M31]),
        ("snr<25", [M101]),
        ("seeing<1.6", [M31]),  # 3 pixels of 0.5"
        ("exposure=300", [M101]),
        ("date>=2024-03 date<2024-04", [M31]),
        ("date<=2024-03", [M31]),
        ("date>2024-03", [M101]),
        ('object:"m 31"', [M31]),
        ('tag:"good one"', [M31]),
        ("-tag:moon", [M101, DAMAGED, NEW]),
        ("rating>=4", [M31]),
        ("-is:rejected", [M31, DAMAGED, NEW]),
        ("is:rejected", [M101]),
        ("is:damaged", [DAMAGED]),
        ("-is:damaged", [M31, M101]),
        ("folder:sub", [M101]),
        ("size>1.5", [M31, NEW]),
        ("outlier>5", [M101]),
        ("Good", [M31]),
    ],
)
def test_words_find(text: str, wanted: list[FrameRow]) -> None:
    assert found(text) == wanted


@pytest.mark.parametrize("text", ["colour:red", "snr>many", "is:good"])
def test_what_cannot_be_asked_is_said_with_a_hint(text: str) -> None:
    with pytest.raises(BadQuery) as told:
        parse(text)
    assert told.value.hint


def test_what_must_be_known_is_said() -> None:
    assert parse("m31 rating>2").needs == frozenset()
    assert parse("filter:r").needs == {"facts"}
    assert parse("is:damaged snr>3").needs == {"facts", "quality"}


def test_names_are_ordered_as_people_do() -> None:
    assert [ROWS[i] for i in by_name(ROWS)] == [DAMAGED, M31, NEW, M101]


@given(st.text(max_size=40))
def test_any_line_is_understood_or_refused_in_words(text: str) -> None:
    try:
        query = parse(text)
    except BadQuery:
        return
    assert [row for row in ROWS if query.wants(row)] == found(text)


numbers = st.one_of(st.just(math.nan), st.floats(-10, 10))


@given(st.lists(st.tuples(numbers, st.integers(0, 30)), max_size=30), st.booleans())
def test_sorted_by_value_then_name_unknown_last(
    given_rows: list[tuple[float, int]], descending: bool
) -> None:
    rows = [
        FrameRow(f"/f/{number}.fits", 0, i, quality=FrameQuality(snr=snr))
        for i, (snr, number) in enumerate(given_rows)
    ]
    named = by_name(rows)
    order = [rows[i] for i in in_order(rows, named, "snr", descending)]
    known = [row.quality.snr for row in order if row.quality and not math.isnan(row.quality.snr)]
    assert known == sorted(known, reverse=descending)
    assert all(math.isnan(row.quality.snr) for row in order[len(known) :] if row.quality)
    assert sorted(map(id, order)) == sorted(map(id, rows))
    for one, other in pairwise(order):
        assert one.quality
        assert other.quality
        if one.quality.snr == other.quality.snr:
            assert int(one.name[:-5]) <= int(other.name[:-5])


def test_whatever_can_be_sorted_by_is_a_field() -> None:
    assert set(SORTS) <= set(FIELDS)
    for field in FIELDS:
        assert in_order(ROWS, by_name(ROWS), field)
    assert all(test(M31) in (True, False) for test, _ in STATES.values())


@pytest.mark.parametrize(
    ("name", "asked", "is_it"),
    [
        ("g", "g", True),
        ("SDSS g", "G", True),
        ("SDSS g", '"sdss g"', True),
        ("g.0000", "g", True),
        ("sdss_g", "g", True),
        ("[OIII]", "oiii", True),
        ("F606W;CLEAR2L", "f606w", True),
        ("OG590", "g", False),
        ("OG590", "590", False),
        ("g'", "g", True),
    ],
)
def test_a_filter_is_named_by_whole_words(name: str, asked: str, is_it: bool):
    row = FrameRow("/n/a.fits", 1, 0, FrameFacts("", name))
    assert parse(f"filter:{asked}").wants(row) == is_it
