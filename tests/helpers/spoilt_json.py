"""A JSON file as it comes back from a damaged disk, a newer version, or somebody who means harm."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import partial
from typing import Any

Way = Callable[[], bytes]
DEEP = 10**5
PUT = "@@"  # where something is put that `json.dumps` does not write
# Instead of any value: other types, the ends of numbers, texts that name no file or are no words.
VALUES: tuple[Any, ...] = (
    *(None, True, -1, 0, 2**31, 2**63, 10**200, 0.5, -1e308, 1e-320, "", "\ud800", "a\0b", "../x"),
    *("\u202e", "7", "x" * 5000, [], [[]], {}, {"a": 1}, [None] * 30, [{"a": {"b": []}}]),
    *({"text": "a", "msgid": msgid, "parameters": {"a": 1}} for msgid in ("{b}", "{a:999999999}")),
)
RAW = ("NaN", "-Infinity", "1e999", "1" + "0" * 400, "1" + "0" * 5000, "[" * 150 + "]" * 150)
ENDS = (b"", b"\0" * 4096, b"\xff\xfe", b"null", b"7", b'"a"', b"[]", b"{}", b"[" * DEEP,
        b'{"a":' * DEEP, b"\x1f\x8b\x08\x00")  # fmt: skip


def spoilt(content: bytes, most: int = 250, seed: int = 1) -> Iterator[bytes]:
    """One object of JSON, or several on lines of their own, each time with something else wrong;
    ``most`` of the ways, always the same ones.
    """
    ways = list(_ways(content))
    yield from ENDS
    for way in random.Random(seed).sample(ways, min(most, len(ways))):
        yield way()


def _ways(content: bytes) -> Iterator[Way]:
    text = content.decode()
    yield lambda: b"\xef\xbb\xbf" + content
    yield lambda: content.replace(b":", b": \xff", 1)
    for name in ("utf-16", "utf-32"):
        yield partial(text.encode, name)
    for part in range(1, 7):
        yield partial(bytes, content[: len(content) * part // 7])
    lines = text.splitlines() if "\n{" in text else [text]
    for number, line in enumerate(lines):
        for other in _changed(json.loads(line)):
            yield partial(_one_line, lines, number, other)


def _one_line(lines: list[str], number: int, other: Callable[[], str]) -> bytes:
    return "\n".join([*lines[:number], other(), *lines[number + 1 :], ""]).encode()


def _changed(whole: Any) -> Iterator[Callable[[], str]]:
    for way in list(_places(whole)):
        for value in VALUES:
            yield partial(_with, whole, way, value)
        for raw in RAW:
            yield partial(_with, whole, way, PUT, raw)
        yield partial(_without, whole, way)
        if isinstance(way[-1], str):
            yield partial(_with, whole, [*way[:-1], "hologram"], 1)
            yield partial(_with, whole, way, PUT, f"1, {json.dumps(way[-1])}: null")


def _places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if way:
        yield way
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _places(one, (*way, name))
    elif isinstance(value, list):
        for place, one in enumerate(value[:2]):
            yield from _places(one, (*way, place))


def _with(whole: Any, way: Any, value: Any, raw: str = "") -> str:
    made = deepcopy(whole)
    _holder(made, way)[way[-1]] = value
    return json.dumps(made).replace(f'"{PUT}"', raw, 1)


def _without(whole: Any, way: Any) -> str:
    made = deepcopy(whole)
    del _holder(made, way)[way[-1]]
    return json.dumps(made)


def _holder(whole: Any, way: Any) -> Any:
    for step in way[:-1]:
        whole = whole[step]
    return whole
