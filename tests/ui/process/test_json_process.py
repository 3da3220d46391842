"""A child process that says lines: its end is taken after its words, and once."""

from __future__ import annotations

import sys
from typing import Any

from pytestqt.qtbot import QtBot

from astroview.ui.process.json_process import Ending, LineProcess

TALKER = "import time; print('one'); print('two', flush=True); time.sleep({sleep}); print('three')"


def test_what_was_said_comes_before_the_end(qtbot: QtBot) -> None:
    process, heard = LineProcess(str), list[Any]()
    process.said.connect(heard.append)
    process.ended.connect(heard.append)
    process.begin([sys.executable, "-c", TALKER.format(sleep=0)])
    qtbot.waitUntil(lambda: process.pid == 0, timeout=60_000)
    process.settle()
    assert heard == ["one", "two", "three", Ending(0)]
    process.settle()
    assert not process.running
    assert len(heard) == 4


def test_one_that_would_not_leave_is_ended_when_its_grace_is_over(qtbot: QtBot) -> None:
    process, heard = LineProcess(str), list[Any]()
    process.said.connect(heard.append)
    process.ended.connect(heard.append)
    process.begin([sys.executable, "-c", TALKER.format(sleep=600)])
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=60_000)
    process.close(grace_ms=50)
    assert not process.running
    assert heard == ["one", "two"]
    process.begin([sys.executable, "-c", TALKER.format(sleep=0)])  # and another can begin
    qtbot.waitUntil(lambda: not process.running, timeout=60_000)
    assert heard[2:5] == ["one", "two", "three"]
