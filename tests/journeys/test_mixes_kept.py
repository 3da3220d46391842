"""Colour from bands outlives a kill: it can be mixed and assigned anew."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import waiting
from astropy.io import fits
from by_name import choose, find
from PySide6.QtWidgets import QComboBox, QLabel, QSlider

from astroview.core.settings import Settings
from astroview.ui.app import start
from astroview.ui.bands.bands_panel import HOW_STRONG
from astroview.ui.remembered_choices import RememberedChoices

USED = r"""
import json, sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QSlider
from astroview.core.bands.bands import Assignment
from astroview.core.settings import Settings
from astroview.ui.app import start
from astroview.ui.remembered_choices import RememberedChoices

running = start(RememberedChoices(Settings()))
window = running.window
window.show()

def wait(reached=lambda: window.settled):
    end = time.monotonic() + 120
    while not reached():
        assert time.monotonic() < end
        QApplication.processEvents()
        time.sleep(0.002)

window.open([Path(name) for name in sys.argv[1:]])
wait(lambda: window.settled and len(window.session.documents) == 3)
window.session.select(1)
wait()
window.actions_["compose"].trigger()
wait(lambda: window.settled and len(window.session.documents) == 4)
window.composing.panel.assigned.emit(Assignment((0,), (2,), (1,)))
wait()
panel = window.composing.panel
sliders = panel.findChildren(QSlider)  # red, green, blue, Q
sliders[2].setValue(120)
sliders[3].setValue(60)
wait()
window.session.remove(3)  # one of its bands: it lies in a file
wait()
wait(lambda: not window.keeper.pending)
print(json.dumps({
    "boxes": [box.currentText() for box in panel.findChildren(QComboBox)],
    "words": [label.text() for label in panel.findChildren(QLabel)],
}), flush=True)
time.sleep(600)
"""


@pytest.fixture
def bands(tmp_path: Path) -> list[Path]:
    """Three bands of one field, each of its own brightness."""
    paths: list[Path] = []
    rng = np.random.default_rng(6)
    for name, strength in (("g", 300.0), ("r", 900.0), ("i", 1500.0)):
        y, x = np.mgrid[:60, :70]
        data = rng.normal(20, 1, (60, 70))
        data += strength * np.exp(-((x - 35) ** 2 + (y - 30) ** 2) / 40)
        paths.append(tmp_path / f"field_{name}.fits")
        header = fits.Header({"FILTER": name})
        fits.PrimaryHDU(data.astype(np.float32), header).writeto(paths[-1])
    return paths


@pytest.mark.usefixtures("qapp")
def test_a_composition_that_was_killed_is_mixed_on(bands: list[Path]) -> None:
    command = [sys.executable, "-c", USED, *map(str, bands)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout
    told = json.loads(child.stdout.readline())
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    running = start(RememberedChoices(Settings()))
    window = running.window
    window.show()
    assert window.keeper
    last = window.keeper.last()
    assert last
    window.keeper.restore(last)
    waiting.in_window(lambda: len(window.session.documents) == 3 and window.settled)
    composed = next(d for d in window.session.documents.values() if d.frame.channels == 3)
    window.session.select(composed.key)
    panel = window.composing.panel
    waiting.in_window(lambda: panel.isVisibleTo(window) and window.settled)
    assert [box.currentText() for box in panel.findChildren(QComboBox)] == told["boxes"]
    assert [label.text() for label in panel.findChildren(QLabel)] == told["words"]
    # It is mixed on: another slider changes the picture, and the same bands are assigned anew.
    before = window.session.documents[composed.key].display
    find(panel, QSlider, HOW_STRONG["Red"]).setValue(150)
    waiting.in_window(lambda: window.settled)
    assert window.session.documents[composed.key].display != before
    choose(find(panel, QComboBox, "Red"), "i")
    waiting.in_window(lambda: window.settled)
    frame = window.session.documents[composed.key].frame
    red = frame.read()[..., 0]
    assert np.array_equal(red, fits.getdata(bands[2])[::-1])
    running.close()
