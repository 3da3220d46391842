"""One dialog of all settings: each is kept, comes into force, is found, and goes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from astroview.core.io.paths import network_rules
from astroview.core.models import device_tests
from astroview.core.settings import Settings
from astroview.core.sky_colour.web_answer import NoAnswer
from astroview.core.sky_services.sky_questions import position_of
from astroview.ui.app import RunningApp, start
from astroview.ui.main_window import MainWindow
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell.preferences.settings_dialog import PAGES, SettingsDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of a dialog, without a screen


@pytest.fixture
def dialog(window: MainWindow, wait) -> SettingsDialog:
    window.actions_["settings"].trigger()
    made = window.settling.dialog
    assert isinstance(made, QDialog)
    wait()
    return made


def test_a_change_is_kept_and_comes_into_force(
    running: RunningApp, dialog: SettingsDialog, qapp: QApplication
) -> None:
    window = running.window
    theme, size = dialog.controls["theme"], dialog.controls["text_percent"]
    theme.setCurrentIndex(theme.findData("light"))
    theme.activated.emit(theme.currentIndex())
    assert running.themes.theme.name == "light"
    before = qapp.font().pointSizeF()
    size.setValue(150)
    assert qapp.font().pointSizeF() == pytest.approx(1.5 * before)
    gestures = dialog.controls["gestures"]
    gestures.setCurrentIndex(gestures.findData("ds9"))
    gestures.activated.emit(gestures.currentIndex())
    assert window.viewer.gestures.preset == "ds9"
    dialog.controls["session_gb"].setValue(7)
    kept = window.memory.settings
    assert (kept.theme, kept.text_percent, kept.gestures, kept.session_gb) == (
        "light", 150, "ds9", 7,
    )  # fmt: skip
    dialog.reset_all.click()
    usual, kept = Settings(), window.memory.settings
    assert (kept.theme, kept.text_percent, kept.gestures) == (
        usual.theme, usual.text_percent, usual.gestures,
    )  # fmt: skip
    assert qapp.font().pointSizeF() == pytest.approx(before)
    assert dialog.controls["session_gb"].value() == usual.session_gb


def test_letters_are_of_another_family(dialog: SettingsDialog, qapp: QApplication) -> None:
    font, usual = dialog.controls["font"], qapp.font().family()
    other = next(name for name in QFontDatabase.families() if name != usual)
    font.setCurrentIndex(font.findData(other))
    font.activated.emit(font.currentIndex())
    assert qapp.font().family() == other
    dialog.reset_all.click()
    assert qapp.font().family() == usual


def test_offline_nothing_is_asked(
    window: MainWindow, dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(network_rules.OFFLINE, "")
    dialog.show_page("Network")
    dialog.controls["network.offline"].click()
    assert window.memory.settings.network.offline
    with pytest.raises(NoAnswer, match="offline"):
        position_of("M31")
    dialog.reset_page.click()
    assert not window.memory.settings.network.offline
    network_rules.check("example.org")  # may be asked again


def test_keys_are_changed_and_those_of_others_refused(
    window: MainWindow, dialog: SettingsDialog
) -> None:
    keys = dialog.keys
    keys.choose("fit")
    assert not keys.give("I")  # inverts
    assert "Invert" in keys.said.text()
    assert keys.give("Ctrl+Alt+F")
    fit = window.actions_["fit"]
    assert fit.shortcuts() == [QKeySequence("Ctrl+Alt+F")]
    kept = window.memory.settings.shortcuts
    assert kept == ("fit=Ctrl+Alt+F",)
    keys.choose("invert")
    assert keys.give("0")  # which was of the first
    other = start(RememberedChoices(Settings(shortcuts=kept), lasting=False))
    assert other.window.actions_["fit"].shortcuts() == [QKeySequence("Ctrl+Alt+F")]
    other.close()
    keys.reset()
    assert fit.shortcuts() == [QKeySequence("Ctrl+0"), QKeySequence("0")]
    assert window.memory.settings.shortcuts == ()


def test_a_search_shows_the_rows_and_pages_that_have_it(dialog: SettingsDialog) -> None:
    dialog.search.setText("sessions")
    shown = [p for i, p in enumerate(PAGES) if not dialog.pages.item(i).isHidden()]
    assert "Memory and disk" in shown
    assert "Mouse" not in shown
    assert PAGES[dialog.pages.currentRow()] == "Memory and disk"
    assert not dialog.controls["batch.memory"].isVisibleTo(dialog)
    assert dialog.controls["session_gb"].isVisibleTo(dialog)
    dialog.search.clear()
    assert not any(dialog.pages.item(i).isHidden() for i in range(len(PAGES)))


def test_the_test_of_devices_is_shown_and_made_again(
    window: MainWindow, dialog: SettingsDialog, wait
) -> None:
    dialog.show_page("Device")
    page = dialog.devices
    page.again.click()
    assert not page.again.isEnabled()
    wait(page.again.isEnabled)
    known = device_tests.known(device_tests.path())
    assert known
    rows = [page.table.topLevelItem(i) for i in range(page.table.topLevelItemCount())]
    said = {tuple(row.text(c) for c in range(5)) for row in rows}
    for one in {(one.device, one.model, one.about): one for one in known}.values():  # the newest
        told = (one.device, one.model, one.precision, f"{one.error:.2g}", "passed")
        assert told in said
    assert {one.model for one in known} >= {"colorizer", "superres-x2", "superres-x4"}
    assert page.state.text() == "All devices passed."
    assert known[-1].about in rows[0].toolTip(0)
    page.box.setCurrentIndex(page.box.findData("cpu"))
    page.box.activated.emit(page.box.currentIndex())
    assert window.parts.enhance.options.device == "cpu"
    assert window.memory.settings.enhance.device == "cpu"


def test_enter_in_the_search_goes_to_what_was_found(
    dialog: SettingsDialog, wait: Callable[[], None]
) -> None:
    """And resets nothing, as the first button of a dialog would."""
    size = dialog.controls["text_percent"]
    size.setValue(150)
    dialog.search.setText("text")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    wait()
    assert dialog.isVisible()
    assert size.value() == 150
    now = dialog.focusWidget()
    assert now is not None
    assert now is not dialog.search
    assert dialog.stack.currentWidget().isAncestorOf(now)
    QTest.keyClick(size, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert size.value() == 150


def test_it_fits_on_the_screen(
    window: MainWindow, dialog: SettingsDialog, wait: Callable[[], None]
) -> None:
    """With large text too: the button that ends it would lie outside."""
    dialog.controls["text_percent"].setValue(200)
    dialog.close()
    window.actions_["settings"].trigger()
    again = window.settling.dialog
    wait()
    assert again is not None
    room, size = again.screen().availableSize().expandedTo(again.minimumSizeHint()), again.size()
    again.controls["text_percent"].setValue(100)
    assert size == size.boundedTo(room)
