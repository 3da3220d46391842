"""The pipe to a batch: lines in pieces, lines that are none, and its death."""

from __future__ import annotations

import sys

import pytest

from astroview.core.messages import batch_messages as messages
from astroview.core.messages.batch_messages import BatchProgress, Item, Listed
from astroview.core.settings import BatchSettings
from astroview.ui.batch.batch_plan import BatchPlan
from astroview.ui.batch.batch_process import BatchProcess, Ending

PLAN = BatchPlan(("/a",), "/out", BatchSettings())


def script(body: str) -> list[str]:
    """A program that says lines of its own making, whatever its arguments."""
    head = (
        "import os, sys, time\nsay = lambda b: (sys.stdout.buffer.write(b), sys.stdout.flush())\n"
    )
    return [sys.executable, "-c", head + body]


def run(qtbot, command: list[str]) -> tuple[list[object], Ending]:
    process = BatchProcess(command)
    said: list[object] = []
    process.said.connect(said.append)
    with qtbot.waitSignal(process.ended, timeout=60_000) as ended:
        process.start(PLAN)
    assert not process.running
    process.close()
    return said, ended.args[0]


@pytest.mark.warns
def test_lines_come_in_pieces_and_some_are_none(qtbot) -> None:
    line = messages.encode(BatchProgress(1, 0, 0, 9, 3.0)).encode()
    body = f"""
line = {line!r}
for k in range(0, len(line), 11):
    say(line[k:k + 11]); time.sleep(0.01)
say(b"\\nWarning: hello\\n\\xff\\xfe\\n" + line + b"\\n" + line[:20])
"""
    said, ending = run(qtbot, script(body))
    assert said == [BatchProgress(1, 0, 0, 9, 3.0)] * 2  # the broken-off last line is left out
    assert ending.code == 0


def test_nothing_is_lost_of_a_flood(qtbot) -> None:
    items = tuple(Item(f"{k}", f"/data/{k}.fits", 1, f"/out/{k}.fits") for k in range(500))
    line = messages.encode(Listed(items, more=True)).encode()
    said, _ = run(qtbot, script(f"for k in range(60): say({line!r} + b'\\n')"))
    assert len(said) == 60


def test_death_is_told_after_the_last_event(qtbot) -> None:
    line = messages.encode(BatchProgress(1, 0, 0, 9)).encode() + b"\n"
    body = f"say({line!r}); sys.stderr.write('bad luck\\n'); sys.stderr.flush(); os.abort()"
    said, ending = run(qtbot, script(body))
    assert len(said) == 1
    if sys.platform != "win32":
        assert ending.code is None
    assert "bad luck" in ending.last_words


def test_what_cannot_start_ends(qtbot, tmp_path) -> None:
    said, ending = run(qtbot, [str(tmp_path / "nothing")])
    assert said == []
    assert ending.code is None
    assert ending.last_words


@pytest.mark.parametrize("listens", [True, False])
def test_close_ends_it(qtbot, listens: bool, monkeypatch) -> None:
    from astroview.ui.process import json_process as module

    monkeypatch.setattr(module, "LEAVE_MS", 5000 if listens else 300)
    wait = (
        "sys.stdin.read()"
        if listens
        else "import signal; signal.signal(15, signal.SIG_IGN); time.sleep(60)"
    )
    line = messages.encode(BatchProgress(1, 0, 0, 9)).encode() + b"\n"
    process = BatchProcess(script(f"say({line!r})\n{wait}"))
    with qtbot.waitSignal(process.said, timeout=60_000):
        process.start(PLAN)
    pid = process.pid
    assert pid
    process.close()
    assert not process.running
