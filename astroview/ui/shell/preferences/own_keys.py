"""Keys that the user gave to actions, in place of the usual ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QAction, QKeySequence

from astroview.ui.shell.actions import SPECS

FORM = QKeySequence.SequenceFormat.PortableText
BETWEEN = " | "  # several keys of one action


def usual(name: str) -> tuple[str, ...]:
    """The keys that an action comes with."""
    return tuple(QKeySequence(key).toString(FORM) for key in SPECS[name].keys)


def parsed(kept: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Keys by action, of lines such as ``fit=Ctrl+0 | F``; what is not understood is left out."""
    found: dict[str, tuple[str, ...]] = {}
    for line in kept:
        name, there, keys = line.partition("=")
        if there and name in SPECS:
            sequences = (QKeySequence(key.strip()) for key in keys.split(BETWEEN.strip()))
            found[name] = tuple(s.toString(FORM) for s in sequences if not s.isEmpty())
    return found


def lines(own: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """How they are kept."""
    return tuple(f"{name}={BETWEEN.join(keys)}" for name, keys in sorted(own.items()))


def keys_of(name: str, own: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The keys of an action now."""
    return own.get(name, usual(name))


def owner(key: str, own: Mapping[str, tuple[str, ...]], but: str) -> str | None:
    """Another action that has this key and is possible where ``but`` is; None where none is."""
    here = _space(but)
    for name in SPECS:
        apart = here and _space(name) and _space(name) != here
        known = key in usual(name) and key in usual(but)  # told apart by where one is
        if name != but and not apart and not known and key in keys_of(name, own):
            return name
    return None


def _space(name: str) -> str:
    """The workspace that an action belongs to; "" for all."""
    needs = SPECS[name].needs
    return "view" if needs in ("frame", "result") else needs


def apply(actions: Mapping[str, QAction], kept: Sequence[str]) -> None:
    """Give all actions their keys."""
    own = parsed(kept)
    for name, action in actions.items():
        keys = [QKeySequence(key) for key in keys_of(name, own)]
        if action.shortcuts() != keys:
            action.setShortcuts(keys)
