"""Pages beside the picture are made when they are first shown, and show what there is by then."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from by_name import find, words
from PySide6.QtWidgets import QPlainTextEdit, QToolButton, QWidget

from astroview.ui.documents.header_panel import HeaderPanel
from astroview.ui.main_window import MainWindow
from astroview.ui.measure.ledger.ledger_page import LedgerPage
from astroview.ui.measure.photometry.photometry_page import PhotometryPage
from astroview.ui.widgets.theme import LIGHT

LATE = {"header": HeaderPanel, "ledger": LedgerPage, "photometry": PhotometryPage}


@pytest.mark.parametrize("name", LATE)
def test_a_page_is_made_when_it_is_first_shown(
    window: MainWindow, wait, small: Path, name: str
) -> None:
    window.open([small])
    wait()
    assert _pages(window, LATE[name]) == []
    _press(window, name)
    (page,) = _pages(window, LATE[name])
    assert page.isVisible()
    assert window.body.sides.page is page
    _press(window, name)
    assert not page.isVisible()
    _press(window, name)
    assert _pages(window, LATE[name]) == [page]


def test_a_page_that_is_made_late_shows_what_is_looked_at(
    window: MainWindow, wait, small: Path
) -> None:
    other = small.with_name("other.fits")
    image = fits.PrimaryHDU(np.zeros((8, 8), np.float32))
    image.header["OBJECT"] = "seen last"
    fits.HDUList([image, fits.ImageHDU(image.data, name="SECOND")]).writeto(other)
    for path in (small, other):
        window.open([path])
        wait()
    window.actions_["header"].trigger()
    page = window.body.header.page
    assert "seen last" in find(page, QPlainTextEdit).toPlainText()
    assert page.tree.topLevelItem(1).text(1) == "SECOND"
    assert f"{len(window.selection.frame.header.cards)} lines" in words(page)


def test_a_page_that_is_made_late_has_the_theme_of_then(window: MainWindow) -> None:
    for name in ("theme_dark", "theme_light"):
        window.actions_[name].trigger()
    cross = find(window.body.header.page, QToolButton, "Back to the controls (Esc)")
    drawn = cross.icon().pixmap(20, 20).toImage()
    seen = {drawn.pixelColor(x, y).name() for x in range(20) for y in range(20)}
    assert LIGHT.text in seen


def _press(window: MainWindow, name: str) -> None:
    window.actions_[name].setEnabled(True)  # the ledger is of results
    window.actions_[name].trigger()


def _pages(window: MainWindow, kind: type[QWidget]) -> list[QWidget]:
    return list(window.findChildren(kind))
