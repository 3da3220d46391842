"""Work beside the window's thread that never ends: the window closes nonetheless."""

from __future__ import annotations

import subprocess
import sys
import threading
from threading import Event

import pytest
import shiboken6

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
    (thread,) = set(threading.enumerate()) - before
    background.run(work, print, print)
    assert begun.wait(30)
    background.close(0)
    shiboken6.delete(background)
    go_on.set()
    thread.join(30)
    assert not thread.is_alive()
    assert not caplog.records
