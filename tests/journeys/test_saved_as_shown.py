"""A saved picture is what the screen showed, whatever was changed after painting."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage

from astroview.core.colour.tone import Tone
from astroview.core.io.open_file import open_frame
from astroview.core.options import EnhanceOptions
from astroview.ui.main_window import MainWindow


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASTROVIEW_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


def on_screen(window: MainWindow) -> np.ndarray:
    """The picture of the result that the viewer draws, pixel by pixel: uint8 (H, W, 3)."""
    shown = window.viewer.shown
    assert shown
    assert shown.after
    patch = shown.after.patches[0]
    assert patch.reduction == 1
    image = patch.image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def test_after_the_stretch_the_tone_and_inversion_were_changed(
    window: MainWindow, wait, small: Path, tmp_path: Path
) -> None:
    window.open([small])
    wait()
    display = window.parts.display
    window.enhance(EnhanceOptions(superres=None))
    wait()
    assert window.selection
    assert window.selection.result
    seen: list[np.ndarray] = []
    stretch = window.selection.document.display.stretch
    changes = (
        lambda: None,
        lambda: display.set_limits(stretch.low, stretch.low + (stretch.high - stretch.low) / 8),
        lambda: display.set_tone(Tone(1.4, 0.4, 1.8)),
        lambda: display.set_invert(on=True),
    )
    for i, change in enumerate(changes):
        change()
        wait()
        seen.append(on_screen(window).astype(np.float64))
        path = tmp_path / f"shown{i}.fits"
        window.save_as(path)
        window.save_as(path.with_suffix(".png"))
        wait()
        saved = open_frame(path).read() * 255
        assert np.abs(saved - seen[-1]).max() <= 1, i
        with Image.open(path.with_suffix(".png")) as picture:  # 8 of its 16 bits
            assert np.abs(np.asarray(picture, np.float64) - seen[-1]).max() <= 1.5, i
    assert min(np.abs(a - b).max() for a, b in pairwise(seen)) > 20
    header = open_frame(tmp_path / "shown3.fits").header
    assert "contrast 1.4, bias 0.4, gamma 1.8, inverted" in str(header["HISTORY"])
