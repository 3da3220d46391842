"""What the sheet of shortcuts lists: every action that has a key, by menu, and the mouse."""

from __future__ import annotations

from astroview.ui.i18n.translate import tr
from astroview.ui.shell.actions import MENUS, SPECS, key_text


def groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """(menu, its (keys, what they do)) for the help sheet, the mouse first."""
    by_hand = [
        ("Wheel", "Zoom at the cursor"),
        ("Drag", "Move the picture (as in DS9: middle-drag)"),
        ("Middle click", "Centre here"),
        ("Right drag", "Contrast and bias"),
        ("Space (hold)", "See the original"),
        ("Arrows, Shift+arrows", "Nudge the picture, by more"),
        ("Tab, Shift+Tab", "Next, previous frame (on the picture)"),
        ("Enter", "Open a frame of the batch with its result"),
    ]
    found = [(tr("On the picture"), [(tr(keys), tr(what)) for keys, what in by_hand])]
    for title, entries in MENUS:
        lines = [_line(name) for name in _names(entries) if SPECS[name].keys]
        if lines:
            found.append((tr(title).replace("&", ""), lines))
    return found


def _names(entries: tuple[object, ...]) -> list[str]:
    """The actions of a menu and its submenus, in order."""
    found: list[str] = []
    for entry in entries:
        if isinstance(entry, tuple):
            found += _names(entry[1:])
        elif entry in SPECS:
            found.append(str(entry))
    return found


def _line(name: str) -> tuple[str, str]:
    spec = SPECS[name]
    return ", ".join(key_text(key) for key in spec.keys[:2]), tr(spec.text).rstrip(" …")
