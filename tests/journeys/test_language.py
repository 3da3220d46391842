"""The window in German: menus, actions, panels; chosen by setting, remembered, complete."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from astroview.core import settings
from astroview.core.settings import Settings
from astroview.ui import actions, words
from astroview.ui.app import Running, start
from astroview.ui.main_window import MainWindow
from astroview.ui.memory import Memory


@pytest.fixture
def german(qapp: QApplication) -> Iterator[Running]:
    running = start(Memory(Settings(language="de")))
    yield running
    running.close()
    words.install(qapp, "en")


def test_menus_actions_and_panels_are_german(german: Running) -> None:
    window = german.window
    menus = [menu.text() for menu in window.menuBar().actions()]
    assert {"&Datei", "&Ansicht", "&Vergleichen", "&Hilfe"} <= set(menus)
    assert window.actions_["blink"].text() == "Blinken"
    assert "Vorher und nachher" in window.actions_["side"].toolTip()
    told = {label.text() for label in window.parts.display.findChildren(QLabel)}
    assert {"Anzeige", "Grenzen", "Streckung"} <= told
    sheet = dict(actions.shortcut_groups())
    assert ("D", "Nebeneinander") in sheet["Vergleichen"]


def test_the_choice_is_remembered(window: MainWindow) -> None:
    window.actions_["language_de"].trigger()
    assert settings.load().settings.language == "de"
    assert window.actions_["language_de"].isChecked()
    assert window.actions_["blink"].text() == "Blink"  # until the next start


def test_most_actions_have_a_translation() -> None:
    """``make translations`` lists what is new and still in English."""
    known = words.translations(words.folder() / "astroview_de.ts")
    missing = {spec.text for spec in actions.SPECS.values() if spec.text not in known}
    assert len(missing) < 0.1 * len(actions.SPECS)


def test_the_compiled_catalogue_is_up_to_date(qapp: QApplication) -> None:
    known = words.translations(words.folder() / "astroview_de.ts")
    words.install(qapp, "de")
    try:
        assert {text: words.tr(text) for text in known} == known
    finally:
        words.install(qapp, "en")


def test_an_unknown_system_language_is_english() -> None:
    assert words.wanted("en") == "en"
    assert words.wanted("system") in words.LANGUAGES
