"""Messages cross the wall unchanged; what is no message is refused."""

from __future__ import annotations

import contextlib
import json
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astroview.core.json_lines import MOST
from astroview.core.messages.worker_messages import (
    Cancel,
    Devices,
    Done,
    Enhance,
    Failed,
    Message,
    Outputs,
    Probe,
    Progress,
    Ready,
    Stopped,
    Tile,
    decode,
    encode,
)
from astroview.core.options import EnhanceOptions

# File names may hold anything, even half a surrogate pair (undecodable bytes on Linux).
text = st.text(st.characters(exclude_categories=[]))
number = st.integers(-MOST, MOST)
real = st.floats(allow_nan=False)
stretches = st.dictionaries(text, st.one_of(text, real))
options = st.builds(
    EnhanceOptions,
    colorizer=st.none() | text,
    superres=st.none() | text,
    palette=text,
    device=st.sampled_from(["auto", "cpu", "cuda", "mps"]),
    tile=st.none() | number,
    stretch=st.none() | stretches,
)
outputs = st.builds(
    Outputs, text, st.none() | text, st.none() | stretches, st.lists(text).map(tuple), number
)
messages = st.one_of(
    st.builds(Enhance, text, text, text, st.none() | number, number, options),
    st.builds(Cancel, text),
    st.just(Probe()),
    st.builds(Ready, text),
    st.builds(Devices, st.lists(text).map(tuple), text),
    st.builds(Progress, text, number, number, st.none() | real, text),
    st.builds(Tile, text, number, number, number, number),
    st.builds(Done, text, outputs, real),
    st.builds(Stopped, text),
    st.builds(Failed, text, text, text, text, text),
)


@given(messages)
def test_decode_inverts_encode(message: Message) -> None:
    line = encode(message)
    assert decode(line) == message
    assert line.isascii()
    assert "\n" not in line


def test_what_has_a_default_may_be_left_out() -> None:
    line = '{"type": "Enhance", "id": "1", "path": "a.fits", "scratch": "/tmp/s"}'
    assert decode(line) == Enhance("1", "a.fits", "/tmp/s")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        '{"type": "Erase"}',
        '{"type": ["Probe"]}',
        '{"type": "Probe", "id": "1"}',
        '{"type": "Cancel"}',
        '{"type": "Cancel", "id": 7}',
        '{"type": "Cancel", "id": null}',
        '{"type": "Ready", "version": ["1"]}',
        '{"type": "Tile", "id": "1", "y": true, "x": 0, "height": 1, "width": 1}',
        '{"type": "Tile", "id": "1", "y": 0.5, "x": 0, "height": 1, "width": 1}',
        '{"type": "Devices", "names": "cpu", "default": "cpu"}',
        '{"type": "Devices", "names": [1], "default": "cpu"}',
        '{"type": "Enhance", "id": "", "path": "", "scratch": "", "options": {"zoom": 2}}',
        '{"type": "Enhance", "id": "", "path": "", "scratch": "", "options": {"device": "tpu"}}',
    ],
)
def test_what_is_no_message_is_a_value_error(line: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        decode(line)


@given(messages, st.data())
def test_a_damaged_field_is_never_another_error(message: Message, data: st.DataObject) -> None:
    content = json.loads(encode(message))
    name = data.draw(st.sampled_from(["type", *(field.name for field in fields(message))]))
    content[name] = data.draw(st.recursive(st.none() | st.booleans() | number | text, st.lists))
    with contextlib.suppress(ValueError):
        decode(json.dumps(content))
