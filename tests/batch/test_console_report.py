"""How a batch is told: bars where somebody looks on, plain lines in a log."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from astroview.batch.console_report import LiveReport, report_for_terminal
from astroview.core.messages.batch_messages import (
    BatchDone,
    BatchEvent,
    BatchProblem,
    BatchProgress,
    Item,
    ItemProgress,
    ItemState,
    Listed,
)

ITEMS = tuple(Item(f"i{k}", f"/night/m{k}[b].fits", 9, f"/out/m{k}.fits") for k in range(3))
EVENTS: tuple[BatchEvent, ...] = (
    Listed(ITEMS, more=False),
    ItemState("i0", "running"),
    ItemProgress("i0", 300, 1000, 75.0, "sharpening"),
    BatchProgress(0, 0, 0, 3, 3725.0, paused=False),
    ItemState("i0", "done", "/out/m0.fits", 2.0, warnings=("The frame has colours.",)),
    ItemState("i1", "failed", problem="m1 is damaged", hint="Copy it again."),
    ItemState("i2", "skipped", "/out/m2.fits"),
    BatchProblem("The disk is full", "Make room."),
    BatchDone(1, 1, 1, 9.0, "report.json"),
)
LINES = [
    "[1/3] /night/m0[b].fits -> /out/m0.fits (2.0 s)",
    "      note: The frame has colours.",
    "1 of 3 done, 1 failed, 1 done before",
    "Report: report.json",
]
ERRORS = [
    "[2/3] /night/m1[b].fits: failed: m1 is damaged. Copy it again.",
    "The disk is full. Make room.",
]


def test_a_log_has_plain_lines(capfd: pytest.CaptureFixture[str]) -> None:
    with report_for_terminal() as report:
        for event in EVENTS:
            report(event)
    said, complained = capfd.readouterr()
    assert said.splitlines() == LINES
    assert complained.splitlines() == ERRORS


def _read_until(terminal: int, word: str) -> str:
    said = b""
    while word.encode() not in said:
        said += os.read(terminal, 1 << 16)
    return said.decode()


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="terminals are made so on Unix")
def test_a_terminal_has_bars_and_the_same_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bars leave when all is done; what remains are the lines."""
    shown, terminal = os.openpty()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with os.fdopen(terminal, "w") as stdout, (tmp_path / "errors").open("w+") as stderr:
        monkeypatch.setattr(sys, "stdout", stdout)
        monkeypatch.setattr(sys, "stderr", stderr)
        report = report_for_terminal()
        assert isinstance(report, LiveReport)
        with report:
            for event in EVENTS[:4]:
                report(event)
            during = _read_until(shown, "3 files")
            for event in EVENTS[4:]:
                report(event)
        stdout.flush()
        after = _read_until(shown, "report.json")
        stderr.seek(0)
        assert stderr.read().splitlines() == ERRORS
    os.close(shown)
    assert "m0[b].fits" in during
    assert "30%" in during
    assert "sharpening  1:15 left" in during
    assert "3 files" in during
    assert "1:02:05 left" in during
    plain = re.sub(r"\x1b\[[\d;?]*[A-Za-z]|\r", "", after)
    assert [line for line in LINES if line in plain] == LINES
