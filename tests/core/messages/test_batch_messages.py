"""Batch messages come back as they were sent; what is none is refused."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astroview.core.json_lines import MOST
from astroview.core.messages.batch_messages import BatchMessage, Item, Listed, decode, encode

# File names may hold anything, even half a surrogate pair (undecodable bytes on Linux).
st.register_type_strategy(str, st.text(st.characters(exclude_categories=[])))
st.register_type_strategy(float, st.floats(allow_nan=False))
st.register_type_strategy(int, st.integers(-MOST, MOST))
messages = st.one_of(*(st.from_type(kind) for kind in get_args(BatchMessage)))


@given(messages)
def test_every_message_comes_back(message: BatchMessage) -> None:
    line = encode(message)
    assert line.isascii()
    assert "\n" not in line
    assert decode(line) == message


def test_an_item_is_known_by_these_names() -> None:
    assert [f.name for f in fields(Item)] == ["id", "path", "size", "target"]


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "[]",
        '{"type": "Erase"}',
        '{"type": "Skip"}',
        '{"type": "Skip", "ids": "all"}',
        '{"type": "Pause", "now": true}',
        '{"type": "Listed", "items": [], "more": 1}',
        encode(Listed((Item("1", "a", 2, "b"),), more=False)).replace("2", '"2"'),
    ],
)
def test_what_is_no_message_is_refused(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - JSON's own error is one of them
        decode(line)
