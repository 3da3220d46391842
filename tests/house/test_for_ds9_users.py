"""The table for users of DS9 has every item of DS9's menus, and names what is really here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from menus import EVERY_KEY, KEYS, PATHS, plain

from astroview.core import resources

PAGE = (resources.pages() / "guide" / "for-ds9-users.md").read_text(encoding="utf-8")
MENUS = (Path(__file__).parent / "ds9-menus.txt").read_text(encoding="utf-8").splitlines()[1:]
# Of the panels and the picture, not of menus.
ELSEWHERE = {"Image", "Stretch", "Limits", "Boost", "Tone", "View"}
OTHER_KEYS = {"1", "9", "Tab", "Ctrl"}


def sections() -> dict[str, str]:
    return {part.split("\n", 1)[0]: part for part in PAGE.split("\n## ")[1:]}


NAMED = re.findall(r"(?<!\*)\*([^*`]+)\*(?:\]\([^)]*\))?(?: \(`([^`]+)`)?", PAGE)


@pytest.mark.parametrize("line", MENUS)
def test_every_item_of_a_menu_stands_in_its_table(line: str) -> None:
    title, _, items = line.partition(": ")
    rows = [row.split("|")[1] for row in sections()[title].splitlines() if row.startswith("| ")]
    told = {part.strip().casefold() for row in rows for part in re.split(r",|:", row)}
    missing = [item for item in items.split(" | ") if item.casefold() not in told]
    assert not missing


@pytest.mark.parametrize(("words", "key"), NAMED)
def test_what_is_named_is_there(words: str, key: str) -> None:
    way = tuple(plain(part.strip()) for part in words.split("▸"))
    known = {name for path in PATHS for name in path} | ELSEWHERE
    if len(way) > 1:
        assert way in PATHS, words
    else:
        assert way[0] in known, words
    if key and not words.endswith(("Load colour map", "Save colour map", "Go to")):
        assert key in KEYS[way[-1]], (words, key, KEYS[way[-1]])


def test_every_key_does_something() -> None:
    known = EVERY_KEY | OTHER_KEYS
    told = {key for key in re.findall(r"`([^` ]{1,12})`", PAGE) if not key.startswith(".")}
    told -= {"astroview.open"}
    assert not told - known
