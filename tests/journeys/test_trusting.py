"""How far off a result may be is shown beside it; quality is a choice that is remembered."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from astroview.core.frame import Window
from astroview.core.options import EnhanceOptions
from astroview.ui.main_window import MainWindow


def test_the_intervals_of_a_result_are_a_picture(window: MainWindow, wait, small: Path) -> None:
    window.open([small])
    wait()
    assert not window.actions_["uncertainty"].isEnabled()
    window.enhance(EnhanceOptions(colorizer=None, device="cpu"))
    wait()
    assert window.selection
    made = window.selection.result
    assert made, window.notices.current
    window.actions_["uncertainty"].trigger()
    wait(lambda: window.selection.result is not made)
    shown = window.selection.result
    assert shown.label.startswith("Uncertainty")
    halves = made.frame.uncertainty.read(Window.whole(made.frame.shape), 1)
    assert np.array_equal(shown.frame.read(), halves)
    assert len(window.selection.document.results) == 2
    assert not window.actions_["uncertainty"].isEnabled()  # it has none of its own


def test_best_quality_is_asked_for_and_remembered(window: MainWindow, wait, small: Path) -> None:
    window.open([small])
    wait()
    panel = window.parts.enhance
    assert panel.options.quality == "fast"
    panel._quality._buttons["best"].click()
    assert panel.options.quality == "best"
    assert window._memory.settings.enhance.quality == "best"
    assert window._memory.options.quality == "best"
    panel._scale._buttons["1"].click()
    assert not panel._quality_row.isVisibleTo(panel)
