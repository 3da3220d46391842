"""What curating and gathering say comes back as it was sent; what is none is refused."""

from __future__ import annotations

from types import ModuleType
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astroview.core.json_lines import MOST
from astroview.core.messages import curate_messages, gather_messages

# File names may hold anything, even half a surrogate pair (undecodable bytes on Linux).
st.register_type_strategy(str, st.text(st.characters(exclude_categories=[])))
st.register_type_strategy(float, st.floats(allow_nan=False))
st.register_type_strategy(int, st.integers(-MOST, MOST))


def messages(union: object) -> st.SearchStrategy[object]:
    return st.one_of(*(st.from_type(kind) for kind in get_args(union)))


@given(messages(curate_messages.CurateEvent))
def test_every_word_of_a_curation_comes_back(message: curate_messages.CurateEvent) -> None:
    line = curate_messages.encode(message)
    assert line.isascii()
    assert curate_messages.decode(line) == message


@given(messages(gather_messages.GatherEvent))
def test_every_word_of_a_gathering_comes_back(message: gather_messages.GatherEvent) -> None:
    line = gather_messages.encode(message)
    assert "\n" not in line
    assert gather_messages.decode(line) == message


@pytest.mark.parametrize("module", [curate_messages, gather_messages])
@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        '{"type": "Erase"}',
        '{"type": "Judged", "path": "a", "verdict": "maybe"}',
        '{"type": "Fetched", "name": "a", "state": "lost"}',
        '{"type": "Curated", "accepted": 1}',
    ],
)
def test_what_is_no_message_is_refused(module: ModuleType, line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - JSON's own error is one of them
        module.decode(line)
