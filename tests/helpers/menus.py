"""The window's menus as a reader of the pages has them: the way to each item, and its keys."""

from __future__ import annotations

from collections.abc import Iterator

from astroview.core.texts import Text
from astroview.ui.shell import actions


def plain(words: str) -> str:
    """As a menu's item is spoken of: without its key of access, and what follows it."""
    return words.replace("&", "").rstrip(" …")


def _paths_of(entries: tuple[object, ...], above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The way to every item of a menu."""
    for entry in entries:
        if isinstance(entry, tuple):
            below = (*above, plain(str(entry[0])[1:]))
            yield below
            yield from _paths_of(entry[1:], below)
        elif str(entry) in actions.SPECS:
            yield (*above, plain(Text.of(actions.SPECS[str(entry)].text)))


TITLES = {plain(title) for title, _ in actions.MENUS}
PATHS = {path for title, entries in actions.MENUS for path in _paths_of(entries, (plain(title),))}
KEYS = dict[str, tuple[str, ...]]()  # of one name in several workspaces: all of them
for _spec in actions.SPECS.values():
    KEYS[plain(_spec.text)] = KEYS.get(plain(_spec.text), ()) + _spec.keys
EVERY_KEY = {key for keys in KEYS.values() for key in keys}
