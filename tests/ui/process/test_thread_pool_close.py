"""Work beside the window's thread that never ends: the window closes nonetheless."""

from __future__ import annotations

import subprocess
import sys

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
