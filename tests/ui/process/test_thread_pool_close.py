"""Work beside the window's thread that never ends: the window closes nonetheless."""

from __future__ import annotations

import subprocess
import sys
import threading
from functools import partial
from threading import Barrier, Event

import pytest
import shiboken6
import waiting

from astroview.ui.process.thread_pool import Background

STUCK = """
import threading
import time
from PySide6.QtCore import QCoreApplication
from astroview.ui.process import thread_pool as background
background.CLOSE_S = 0.1
app = QCoreApplication([])
one = background.Background(1)
begun = threading.Event()
one.run(lambda: (begun.set(), time.sleep(600)), print, print)
begun.wait()
one.close()
print("closed")
"""


def test_a_job_without_end_keeps_no_process_alive() -> None:
    run = subprocess.run([sys.executable, "-c", STUCK], capture_output=True, text=True, timeout=120)
    assert (run.returncode, run.stdout.strip()) == (0, "closed"), run.stderr


@pytest.mark.usefixtures("qapp")
def test_a_job_that_outlasts_its_window_ends_in_peace(caplog: pytest.LogCaptureFixture) -> None:
    """A measurement on a slow machine, and the window is closed: there is nobody to tell."""
    begun, go_on = Event(), Event()

    def work() -> str:
        begun.set()
        go_on.wait(30)
        return "measured"

    before = set(threading.enumerate())
    background = Background(1)
    background.run(work, print, print)
    assert begun.wait(30)
    (thread,) = set(threading.enumerate()) - before
    background.close(0)
    shiboken6.delete(background)
    go_on.set()
    thread.join(30)
    assert not thread.is_alive()
    assert not caplog.records


@pytest.mark.usefixtures("qapp")
def test_threads_begin_with_work_and_are_no_more_than_wanted() -> None:
    before = threading.active_count()
    background, met, answers = Background(2), Barrier(3), list[object]()
    assert threading.active_count() == before
    for _ in range(2):
        background.run(lambda: met.wait(60), answers.append, answers.append)
    met.wait(60)  # both at once
    for number in range(10, 15):
        background.run(partial(int, number), answers.append, answers.append)
    waiting.in_window(lambda: len(answers) == 7)
    assert set(answers) - {0, 1, 2} == {10, 11, 12, 13, 14}  # the others are the barrier's
    assert threading.active_count() == before + 2
    background.close()
    assert threading.active_count() == before
