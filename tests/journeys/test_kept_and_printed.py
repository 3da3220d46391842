"""The view on a page, a blink that fades, and a layout and a comparison that come back."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import numpy as np
import pytest
import waiting
from astropy.io import fits
from PIL import Image
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from astroview.core import settings
from astroview.core.settings import Settings
from astroview.ui.app import start
from astroview.ui.main_window import MainWindow
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.viewer.panes import Mode


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """A dark picture and a bright one, of one size."""
    paths = tmp_path / "dark.fits", tmp_path / "bright.fits"
    for path, level in zip(paths, (40, 200), strict=True):
        data = np.full((60, 80), level, np.uint8)
        data[0, :2] = 0, 255
        fits.writeto(path, data)
    return paths


def opened(window: MainWindow, wait, two: tuple[Path, Path]) -> MainWindow:
    window.open(list(two))
    wait(lambda: window.settled and len(window.session.documents) == 2)
    for document in window.session.documents.values():
        window.session.set_display(document.key, document.display)
    return window


def middle(window: MainWindow) -> int:
    viewer = window.viewer
    picture = viewer.grab().toImage()
    return picture.pixelColor(QPoint(picture.width() // 2, picture.height() // 2)).green()


def test_a_blink_fades_from_one_picture_into_the_next(
    window: MainWindow, wait, two: tuple[Path, Path]
) -> None:
    opened(window, wait, two)
    window.session.mark(list(window.session.documents))
    window.actions_["blink"].trigger()
    window.comparing.set_rate(0.01)  # the test turns the pages
    wait()
    viewer = window.viewer
    seen = []
    for step in (0, 1):
        viewer.set_blink_step(step)
        seen.append(middle(window))
    assert abs(seen[0] - seen[1]) > 20
    viewer.set_blink_step(0)
    for part in (0.25, 0.5, 0.75):
        viewer.set_fade(part)
        expected = (1 - part) * seen[0] + part * seen[1]
        assert middle(window) == pytest.approx(expected, abs=2)
    viewer.set_fade(0.0)
    assert middle(window) == seen[0]
    window.actions_["fade"].trigger()
    window.comparing.set_rate(0.5)
    low, high = sorted(seen)
    # It goes on by itself, and so does the blink.
    wait(lambda: 0.2 < (middle(window) - low) / (high - low) < 0.8)
    shows = viewer.panes()[0].shows
    wait(lambda: viewer.panes()[0].shows != shows)
    window.actions_["fade"].trigger()
    assert middle(window) in seen


def test_a_blink_of_frames_becomes_a_movie_that_names_them_all(
    window: MainWindow, wait, two: tuple[Path, Path], tmp_path: Path
) -> None:
    third = tmp_path / "middle.fits"
    fits.writeto(third, np.full((60, 80), 120, np.uint8))
    opened(window, wait, two)
    assert not window.actions_["movie"].isEnabled()
    window.open([third])
    wait(lambda: window.settled and len(window.session.documents) == 3)
    window.actions_["blink"].trigger()
    window.comparing.set_rate(0.01)
    wait()
    assert window.actions_["movie"].isEnabled()
    for name in ("dark", "bright", "middle"):
        assert name in window.exporting.credit()
    out = tmp_path / "blink.gif"
    window.exporting.movie(out)
    wait()
    with Image.open(out) as movie:
        assert movie.n_frames == 3
        seen = []
        for i in range(3):
            movie.seek(i)
            seen.append(movie.convert("L").getpixel((movie.width // 2, movie.height // 2)))
    assert len(set(seen)) == 3


def test_the_view_as_pdf_is_one_page_with_its_picture(
    window: MainWindow, wait, small: Path, tmp_path: Path
) -> None:
    window.open([small])
    wait()
    target = tmp_path / "view.pdf"
    window.exporting.printing.write_pdf(target)
    assert window.notices.current is not None
    assert window.notices.current.button == "Show folder"  # as of whatever is saved
    data = target.read_bytes()
    assert data.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", data)) == 1
    sizes = re.findall(rb"/MediaBox \[0 0 (\d+)[.\d]* (\d+)", data)
    assert [tuple(map(int, size)) for size in sizes] == [(842, 595)]  # A4, turned as the view is
    wide = [int(n) for n in re.findall(rb"/Width (\d+)", data)]
    assert max(wide) >= 96  # the frame's pixels are in it
    assert _inks(data)
    window.exporting.printing.write_pdf(tmp_path / "gone" / "view.pdf")
    assert window.notices.current
    assert "cannot be written" in window.notices.current.message
    assert window.actions_["print"].isEnabled()


def _inks(data: bytes) -> bool:
    """Whether some picture in the page holds more than one value."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    for stream in streams:
        try:
            plain = zlib.decompress(stream)
        except zlib.error:
            plain = stream
        if len(plain) > 5000 and len(set(plain)) > 30:
            return True
    return False


def test_a_layout_is_kept_before_the_window_closes(window: MainWindow, wait) -> None:
    window.resize(772, 610)
    window.body.splitter.moveSplitter(260, 1)
    widths = window.body.splitter.sizes()
    wait(lambda: not window.layout_keeper.pending)
    other = start(RememberedChoices(settings.load().settings))  # as after a kill: nothing closed
    other.window.show()
    QApplication.processEvents()
    assert other.window.size() == window.size()
    assert other.window.body.splitter.sizes()[0] == pytest.approx(widths[0], abs=2)
    other.close()


def test_what_was_compared_with_what_comes_back(qapp: QApplication, two: tuple[Path, Path]) -> None:
    first = start(RememberedChoices(Settings()))
    window = first.window
    window.show()
    window.open(list(two))
    waiting.in_window(lambda: window.settled and len(window.session.documents) == 2)
    one, other = window.session.documents
    window.session.select(one)
    window.pairing.compare((other, ""))
    waiting.in_window(lambda: window.selection.beside and window.settled)
    window.actions_["lock_image"].trigger()
    window.comparing.set_mode(Mode.SIDE)
    window.comparing.set_rate(5.0)
    first.close()
    again = start(RememberedChoices(settings.load().settings))
    window = again.window
    window.show()
    window.begin_session(restore=True)
    waiting.in_window(lambda: window.selection and window.selection.beside and window.settled)
    names = {key: document.frame.name for key, document in window.session.documents.items()}
    assert window.selection.document.frame.name == "dark"
    assert names[window.selection.beside.key] == "bright"
    choice = window.session.comparison
    assert (choice.mode, choice.lock, choice.rate) == (Mode.SIDE, "image", 5.0)
    again.close()
    qapp.processEvents()
