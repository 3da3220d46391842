"""Imports as they are without Qt for Python, which takes part in each that comes after its own.

For ``from __feature__ import snake_case``, PySide6 puts a function of its own in place of
``__import__``: every import statement goes through Python code, and of every module the source is
read, to look for the word PySide6 in it. Nothing here asks for such a feature.
"""

from __future__ import annotations

import builtins
import sys

import PySide6.QtCore  # noqa: F401  # pyright: ignore[reportUnusedImport] - comes with it


def restore_imports() -> None:
    """Put back what imported before, unless a feature is in use or somebody else took over."""
    former, qts = (getattr(builtins, f"__{name}_import__", None) for name in ("orig", "feature"))
    if former is None or builtins.__import__ is not qts or _features_used():
        return
    builtins.__import__ = former


def _features_used() -> bool:
    """Whether a module of this process asked for one: 0 and -1 stand for those that did not."""
    feature = sys.modules.get("__feature__")
    return any(flag > 0 for flag in getattr(feature, "pyside_feature_dict", {}).values())
