"""Who imports what is imported, once Qt for Python is there: Python, or its search for features."""

from __future__ import annotations

import subprocess
import sys

import pytest


def printed(script: str) -> str:
    """By a Python of its own: imports are what is looked at."""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return run.stdout.strip()


QT = "PySide6.QtWidgets"


@pytest.mark.parametrize(("first", "read"), [(QT, True), (f"{QT}, astroview.ui", False)])
def test_no_source_is_read_for_what_is_imported_after_qt(first: str, read: bool) -> None:
    script = f"""
import linecache
import {first}
from astroview.core.texts import Text
print(any("texts.py" in file for file in linecache.cache))
"""
    assert printed(script) == str(read)  # Qt alone shows that there is something to mend


def test_features_that_another_module_asked_for_keep_working() -> None:
    script = """
from PySide6.QtCore import QObject
from __feature__ import snake_case
import astroview.ui
import types
late = types.ModuleType("late")
exec("from __feature__ import snake_case; from PySide6.QtCore import QTimer", late.__dict__)
print(QObject().object_name() == "", exec("print(QTimer().is_active())", late.__dict__))
"""
    assert printed(script).split() == ["False", "True", "None"]


def test_hooks_of_others_stay_where_they_are() -> None:
    script = """
import builtins
import PySide6.QtCore
before = builtins.__import__
def hook(*given, **named):
    return before(*given, **named)
builtins.__import__ = hook
import astroview.ui
print(builtins.__import__ is hook)
"""
    assert printed(script) == "True"
