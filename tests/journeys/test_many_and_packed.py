"""Many files at once, and packed ones: progress, a way to stop, and a window that answers."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits

from astroview.core.io import byte_stores
from astroview.ui.documents import file_loader
from astroview.ui.documents.file_loader import LoadStanding
from astroview.ui.documents.opening_strip import part, words
from astroview.ui.main_window import MainWindow


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """Noise does not pack: 36 MB of it take their time."""
    noise = np.random.default_rng(0).normal(0, 1, (3000, 3000)).astype(np.float32)
    path = tmp_path / "noise.fits.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        fits.PrimaryHDU(noise).writeto(file)
    return path


def test_unpacking_is_told(window: MainWindow, wait, packed: Path, monkeypatch) -> None:
    monkeypatch.setattr(byte_stores, "MEMORY_LIMIT", 10 * 2**20)  # so that it goes to scratch
    monkeypatch.setattr(
        file_loader, "TELL_EVERY_S", 0.0
    )  # on a fast machine there is one word else
    seen: list[LoadStanding | None] = []
    window.desk.opening.standing.connect(seen.append)
    window.open([packed])
    wait()
    assert window.selection.document.frame.shape == (3000, 3000)
    parts = [standing.part for standing in seen if standing and standing.part is not None]
    assert parts == sorted(parts)
    assert 0 < parts[0] < parts[-1] <= 1
    assert seen[-1] is None
    assert window.parts.status.opening.isHidden()


def test_unpacking_can_be_stopped(window: MainWindow, wait, packed: Path, small: Path) -> None:
    files = window.desk.opening
    files.standing.connect(lambda now: now and now.part is not None and files.cancel())
    window.open([packed, small])
    wait()
    assert window.selection is None
    assert window.notices.current is None  # stopping is no error
    assert not window.desk.documents
    window.open([small])
    wait()
    assert window.selection is not None


def test_words_of_progress() -> None:
    assert words(LoadStanding("a.fits.gz", 0, 1, 0.4)) == "Unpacking a.fits.gz"
    assert words(LoadStanding("a.fits", 3, 500)) == "Opening 4 of 500"
    assert part(LoadStanding("a.fits.gz", 1, 4, 0.5)) == 0.375


def test_a_glimpse_of_a_file_that_does_not_open_goes(
    window: MainWindow, wait, small: Path, tmp_path: Path
) -> None:
    path = tmp_path / "going.fits"
    path.write_bytes(small.read_bytes())
    shown: list[bool] = []

    def go() -> None:
        shown.append(window.viewer.shown is not None)
        path.unlink(missing_ok=True)

    window.stage.shown.connect(go)
    window.stage.shown.disconnect(window.desk.opening.proceed)
    window.stage.shown.connect(window.desk.opening.proceed)  # after the file went
    window.open([path])
    wait()
    assert shown == [True]
    assert window.selection is None
    assert window.viewer.shown is None
    assert "There is no file" in window.notices.current.message


def test_five_hundred_files_at_once(window: MainWindow, wait, tmp_path: Path, qapp) -> None:
    for i in range(500):
        fits.PrimaryHDU(np.full((20, 24), i, np.int16)).writeto(tmp_path / f"f{i:03}.fits")
    (tmp_path / "bad.fits").write_bytes(b"SIMPLE")
    gaps, last = [], time.monotonic()
    window.open([*sorted(tmp_path.glob("f*.fits")), tmp_path / "bad.fits"])
    wait(lambda: window.selection)  # the first is there while the others wait
    assert len(window.desk.documents) < 400
    while not window.settled:
        start = time.thread_time()
        qapp.processEvents()
        gaps.append(time.thread_time() - start)
        assert time.monotonic() - last < 250
        time.sleep(0.001)
    assert len(window.desk.documents) == 500
    assert [d.frame.name for d in window.desk.documents.values()][:2] == ["f000", "f001"]
    assert sorted(gaps)[-3] < 0.25  # CPU seconds without answering
    assert "bad.fits" in window.notices.current.message
    window.session.step(1)
    wait()
    assert window.selection.document.frame.name == "f001"
