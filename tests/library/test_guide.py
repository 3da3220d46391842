"""The guide's examples do what the guide says."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


def test_the_guide_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    tried = doctest.testfile(str(REPOSITORY / "docs/guide/library.md"), module_relative=False)
    assert tried.attempted > 10
    assert tried.failed == 0
