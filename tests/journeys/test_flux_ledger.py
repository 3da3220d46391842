"""The sources of a result before and after: a page, rings on the picture, a map of residuals."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from by_name import find, words
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from astroview.core.options import EnhanceOptions
from astroview.ui.main_window import MainWindow
from astroview.ui.viewer.panes import Mode


def test_sources_before_and_after_are_shown(window: MainWindow, wait, small: Path) -> None:
    window.open([small])
    wait()
    assert not window.actions_["ledger"].isEnabled()
    window.enhance(EnhanceOptions(colorizer=None, device="cpu"))
    wait()
    assert window.selection
    made = window.selection.result
    assert made, window.notices.current
    assert any(line.startswith("Flux ledger: ") for line in made.used.lines)
    window.actions_["ledger"].trigger()
    page = window.ledger.page
    assert page.isVisible()
    wait()
    changes = page.changes
    assert changes is not None
    assert changes.verdict.lower() in words(page).lower().splitlines()
    assert len(changes.rows) == page.model.rowCount() > 0
    assert changes.count("kept") > len(changes.rows) / 2
    assert changes.worst < 1  # flux is kept: means over pixels are what was measured
    # A row brings its source into the middle.
    page.view.setCurrentIndex(page.model.index(0, 0))
    row = changes.rows[page.model.rows[0]]
    window.comparing.set_mode(Mode.RESULT)
    window.ledger.jump(int(page.model.rows[0]))
    view = window.viewer.view
    assert (view.x, view.y) == pytest.approx((row["x"] + 0.5, row["y"] + 0.5), abs=2)
    assert view.zoom >= 8
    # A click on a ring chooses its row.
    last = len(page.model.rows) - 1
    window.ledger.jump(int(page.model.rows[last]))
    place = changes.places()[page.model.rows[last]]
    at = window.viewer.placing_at(QPointF(window.viewer.width() / 4, 100)).point
    point = at(QPointF(*place)).toPoint()
    QTest.mouseClick(window.viewer, Qt.MouseButton.LeftButton, pos=point)
    assert page.view.currentIndex().row() == last
    # States can be hidden.
    kept = find(page, QToolButton, f"{changes.count('kept')} kept")
    kept.click()
    assert page.model.rowCount() == len(changes.rows) - changes.count("kept")
    assert "kept" not in window.ledger.marks.shown
    kept.click()
    page.copy.emit()
    assert QApplication.clipboard().text().startswith(changes.verdict)
    # The map of residuals is a picture of its own, under the frame.
    window.actions_["residual"].trigger()
    wait(lambda: window.selection.result is not made)
    shown = window.selection.result
    assert shown.label.startswith("Residual")
    assert np.array_equal(shown.frame.read(), np.asarray(changes.residual), equal_nan=True)
    wait()
    assert "super-resolved" in words(page)  # it has no sources of its own to compare
    window.session.select(window.selection.document.key, made.id)
    wait()
    assert page.changes is changes  # nothing is computed twice
    window.actions_["cancel"].trigger()
    assert not page.isVisible()
    assert window.ledger.marks.changes is None


def test_a_frame_that_was_not_sharpened_has_no_ledger(
    window: MainWindow, wait, samples: Path
) -> None:
    window.open([samples / "nebula.png"])
    wait()
    window.enhance(EnhanceOptions(colorizer=None, device="cpu"))
    wait()
    assert window.selection
    assert window.selection.result
    assert not window.actions_["ledger"].isEnabled()  # a picture measures nothing
