"""The worker may be cancelled, killed or unable to start; the window lives on."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from astroview.core import settings
from astroview.core.options import EnhanceOptions
from astroview.ui.documents.saved_sessions.session_store import RESULTS
from astroview.ui.main_window import MainWindow
from astroview.ui.process import worker_client
from astroview.ui.process.scratch_folders import Scratch
from astroview.ui.process.worker_client import Worker


def scratch_folders() -> list[Path]:
    """Of enhancements, whether they run or are done."""
    return [path for path in settings.sessions().glob(f"*/{RESULTS}/*") if path.is_dir()]


@pytest.mark.warns
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of Unix")
def test_kill_in_mid_job(window: MainWindow, wait, samples: Path, small: Path) -> None:
    window.open([samples / "galaxy.fits"])
    wait()
    seen: list[object] = []
    window.worker.progressed.connect(lambda _, progress: seen.append(progress.done))
    window.enhance()
    wait(lambda: any(seen))
    assert scratch_folders()
    os.kill(window.worker.pid, signal.SIGKILL)
    wait(lambda: window.notices.current)
    notice = window.notices.current
    assert notice
    assert "stopped unexpectedly" in notice.message
    assert notice.button == "Enhance again"
    assert scratch_folders() == []
    assert window.parts.enhance.button.text() == "Enhance"

    window.open([small])
    wait()
    window.enhance(EnhanceOptions(colorizer=None))
    wait()
    assert window.selection
    assert window.selection.result


def test_cancel(window: MainWindow, wait, samples: Path) -> None:
    window.open([samples / "galaxy.fits"])
    wait()
    seen: list[object] = []
    window.worker.progressed.connect(lambda _, progress: seen.append(progress.done))
    window.enhance()
    wait(lambda: any(seen))
    pid = window.worker.pid
    window.actions_["cancel"].trigger()
    wait(lambda: window.worker.job is None, seconds=30)
    wait()
    assert scratch_folders() == []
    assert window.notices.current is None
    assert window.worker.pid in (pid, 0)


@pytest.mark.warns
def test_a_worker_that_does_not_listen_is_killed(
    qtbot, tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from astroview.core.io.open_file import open_frame

    monkeypatch.setattr(worker_client, "PATIENCE_MS", 200)
    scratch = Scratch(tmp_path)
    worker = Worker([sys.executable, "-c", "import time; time.sleep(60)"], scratch)
    worker.enhance(open_frame(small), EnhanceOptions())
    with qtbot.waitSignal(worker.stopped, timeout=20000):
        worker.cancel()
    assert worker.pid == 0
    worker.close()
    scratch.close()


@pytest.mark.warns
def test_a_worker_that_cannot_start_is_told(qtbot, tmp_path: Path, small: Path) -> None:
    from astroview.core.io.open_file import open_frame

    scratch = Scratch(tmp_path)
    worker = Worker([str(tmp_path / "nothing")], scratch)
    with qtbot.waitSignal(worker.failed, timeout=20000):
        worker.enhance(open_frame(small), EnhanceOptions())
    worker.close()
    scratch.close()


def test_closing_the_window_ends_the_worker(window: MainWindow, wait) -> None:
    window.worker.probe()
    devices: list[object] = []
    window.worker.devices.connect(devices.append)
    wait(lambda: devices)
    pid = window.worker.pid
    window.close()
    if sys.platform != "win32":
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
