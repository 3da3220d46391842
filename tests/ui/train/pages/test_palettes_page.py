"""“Palettes of a folder” with the real command behind it."""

from __future__ import annotations

from pathlib import Path

import coloured
import pytest
from by_name import words

from astroview.core import resources
from astroview.core.models.model_card import default_shelf
from astroview.core.models.palette_set import palette_shelf
from astroview.ui.enhance.palette_picker import PalettePicker
from astroview.ui.shell.notice import Notice
from astroview.ui.train.pages.palettes_page import PalettesPage
from astroview.ui.widgets.theme import DARK

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
LONG_MS = 300_000


def test_palettes_are_shown_kept_chosen_and_removed(qtbot, tmp_path: Path, tiny_frame: Path):
    told: list[Notice] = []
    command = [*resources.program(), "palettes", "make"]
    page = PalettesPage(command, palette_shelf(), lambda: [tiny_frame], DARK)
    qtbot.addWidget(page)
    page.notice.connect(told.append)
    page.show()
    assert not page.button.isEnabled()
    page.take(tmp_path / "nothing")
    qtbot.waitUntil(lambda: not page.busy, timeout=LONG_MS)
    assert page.state == "failed"
    assert "no folder" in page.words

    folder = coloured.survey(tmp_path / "survey", 4)
    page.take(folder)
    assert page.name.text() == "survey"
    qtbot.waitUntil(lambda: "\nReading" in words(page), timeout=LONG_MS)
    page.stop()
    qtbot.waitUntil(lambda: not page.busy, timeout=LONG_MS)
    assert page.state in ("stopped", "done")  # done, where it was quicker

    page.take(folder)
    qtbot.waitUntil(lambda: not page.busy, timeout=LONG_MS)
    assert page.state == "done", page.words
    assert not palette_shelf().sets()  # not before it is wanted
    shown = page.painted.palettes[tiny_frame.name]
    assert shown[0] == ""
    assert len(shown) == 6
    page.keep_button.click()
    assert [one.name for one in palette_shelf().sets()] == ["survey"]
    assert "are kept" in told[-1].message

    picker = PalettePicker()
    qtbot.addWidget(picker)
    picker.show_card(default_shelf().card("colorizer"), "survey")
    assert picker.chosen == "survey"
    assert picker.survey_of("survey: like object1") == "survey"
    assert picker.survey_of("auto") == ""

    page.kept.rows["survey"].click()
    assert not palette_shelf().sets()
    assert not page.kept.isVisible()
    assert told[-1].act
    told[-1].act()
    assert list(page.kept.rows) == ["survey"]
    assert page.bring_in(palette_shelf().named("survey").path)  # a file that somebody gave away
    assert list(page.kept.rows) == ["survey", "survey 2"]
    (tmp_path / "torn.palettes").write_bytes(b"torn")
    assert not page.bring_in(tmp_path / "torn.palettes")
    assert told[-1].kind == "error"
    page.close_down()
