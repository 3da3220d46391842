"""A window that is used for long: what was closed leaves no handles and no scratch behind."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from astroview.ui.app import RunningApp

ROUNDS = 2


def handles() -> list[str]:
    """Names of the files that this process holds, temporary ones and those of tests."""
    names: list[str] = []
    for entry in Path("/proc/self/maps").read_text().splitlines():
        names += [f"map {entry.split(None, 5)[5]}"] if "/astroview-" in entry else []
    for entry in Path("/proc/self/fd").iterdir():
        try:
            names.append(str(entry.readlink()))
        except OSError:  # the one that lists them
            continue
    return [name for name in names if "/astroview-" in name or ".fits" in name]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts handles in /proc")
def test_what_is_closed_leaves_nothing_behind(running: RunningApp, wait, tiny_frame: Path) -> None:
    window = running.window

    def once() -> None:
        window.open([tiny_frame])
        wait()
        window.enhance()
        wait(seconds=400)
        assert window.selection.result, window.notices.current
        for key in list(window.desk.documents):
            window.desk.remove(key, "")
        wait()
        while window.notices.current:
            window.notices.dismiss()
        wait()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()

    def left() -> tuple[int, int]:
        folders = [path for path in running.scratch.folder.iterdir() if path.is_dir()]
        return len(handles()), len(folders)

    once()
    first = left()
    for _ in range(ROUNDS):
        once()
    open_handles, folders = left()
    assert open_handles <= first[0], handles()
    assert folders <= 1  # of the job that ended last
