"""What the guides call by its menu, and the keys that they say to press, are the window's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from menus import EVERY_KEY, KEYS, PATHS, TITLES, plain

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ROOT / "docs/tutorial.md",
    ROOT / "docs/faq.md",
    *sorted((ROOT / "docs/guide").glob("*.md")),
]
# Made when their menu is opened, or another program's.
ELSEWHERE = {("File", "Session", "Earlier sessions"), ("Measure", "SAMP", "Connect"),
             ("File", "SAMP")}  # fmt: skip
WAY = re.compile(r"\*([^*\n]*[›▸][^*\n]*)\*")
KEY = re.compile(r"(?:Ctrl|Shift|Alt)\+\S+|F\d+|[A-Z]")
PAIR = re.compile(r"\*([^*`\n]+)\*+ \(`?([^`()\s]+)`?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_menus_and_keys_are_the_windows(page: Path) -> None:
    text = page.read_text("utf-8")
    for way in (
        tuple(plain(word.strip()) for word in re.split("[›▸]", w)) for w in WAY.findall(text)
    ):
        assert way[0] not in TITLES or way in PATHS | ELSEWHERE, way
    for key in re.findall(r"`([^`\s]+)`", text) + re.findall(r"\*\*([^*\s]+)\*\*", text):
        assert not KEY.fullmatch(key) or key in EVERY_KEY, key
    for words, key in PAIR.findall(text.replace("+Enter", "+Return")):
        name = plain(re.split("[›▸]", words)[-1].strip())
        assert name not in KEYS or not KEY.fullmatch(key) or key in KEYS[name], (words, key)


def test_the_tutorial_says_what_each_key_is_for() -> None:
    """A key alone cannot be held against the window: F was once said to fit, and mirrored."""
    text = (ROOT / "docs/tutorial.md").read_text("utf-8")
    keys = re.findall(r"`([^`\s]+)`", text) + re.findall(r"\*\*([^*\s]+)\*\*", text)
    told = [key for _, key in PAIR.findall(text)]
    assert told
    assert sorted(key for key in keys if KEY.fullmatch(key) or key in EVERY_KEY) == sorted(told)
