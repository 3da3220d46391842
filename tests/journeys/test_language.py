"""The window in German: menus, actions, panels; chosen by setting, remembered, complete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget

from astroview.core import settings
from astroview.core.settings import Settings
from astroview.ui.app import RunningApp, start
from astroview.ui.i18n import translate
from astroview.ui.main_window import MainWindow
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell import shortcuts
from astroview.ui.snapshot import settle
from astroview.ui.widgets.side_scroll import SideScroll
from tools.translations import catalogue, source_texts, update

# What all languages share: names of files, models and the program, keys, images of a file.
KEY = r"(Strg|Umschalt|Alt|Entf|Esc|Return|Hoch|Herunter|Bild (ab|auf)wärts|F\d+|\S)"
SHARED = re.compile(
    r"astroview|XISF|SRGAN ×4|\d+ GB"
    r"|2MASS|AllWISE|DESI Legacy Surveys DR10|DSS2|Pan-STARRS DR1|SDSS DR9"
    r"|\{stem\}.*|(galaxy|nebula)\S*|.*[/\\].*"
    r"|\d+  image .*"
    r"|RA [\d .]+ Dec [+-][\d .]+|-?[\d.]+ adu"  # of what a cursor rests on
    rf"|[\d,]*|{KEY}(\+{KEY})*(, {KEY}(\+{KEY})*)*"
)
PLACE = re.compile(r"\{\w+(:[^{}]*)?\}")
# Where texts are put together: a tip and its key, a word and its count, news side by side.
PARTS = re.compile(r" \((?=[^()]*\)$)|\)$| – | · |  ·  | (?=[\d,]+$)")


@pytest.fixture
def german(qapp: QApplication) -> Iterator[RunningApp]:
    running = start(RememberedChoices(Settings(language="de")))
    yield running
    running.close()
    translate.install(qapp, "en")


def test_menus_actions_and_panels_are_german(german: RunningApp) -> None:
    window = german.window
    menus = [menu.text() for menu in window.menuBar().actions()]
    assert {"&Datei", "&Ansicht", "&Vergleichen", "&Hilfe"} <= set(menus)
    assert window.actions_["blink"].text() == "Blinken"
    assert "Vorher und nachher" in window.actions_["side"].toolTip()
    told = {label.text() for label in window.parts.display.findChildren(QLabel)}
    assert {"Anzeige", "Grenzen", "Streckung"} <= told
    sheet = dict(shortcuts.groups())
    assert ("D", "Nebeneinander") in sheet["Vergleichen"]


def test_german_side_panels_are_no_wider_than_their_place(german: RunningApp) -> None:
    window = german.window
    window.resize(1024, 700)
    window.show()
    window.open_sample()  # with a frame there are more controls
    for space in ("view", "batch"):
        window.spaces.go(space)
        settle(german)
        seen = [s for s in window.findChildren(SideScroll) if s.isVisibleTo(window)]
        assert seen, space
        for scroll in seen:
            needed = scroll.widget().minimumSizeHint().width()
            assert needed <= scroll.width(), (space, needed, scroll.width())


def test_the_choice_is_remembered(window: MainWindow) -> None:
    window.actions_["language_de"].trigger()
    assert settings.load().settings.language == "de"
    assert window.actions_["language_de"].isChecked()
    assert window.actions_["blink"].text() == "Blink"  # until the next start


def test_every_text_has_a_translation() -> None:
    """``make translations`` lists what is new and still in English."""
    known = catalogue.read(translate.folder() / "astroview_de.ts")
    written = source_texts.found_in(update.sources())
    assert not written.keys() - known.keys()
    assert not [text for text, forms in known.items() if written.get(text) and len(forms) != 2]


@pytest.mark.qt_log_ignore("propagateSizeHints")  # of a dialog, without a screen
def test_no_text_of_the_window_is_english(
    german: RunningApp, samples: Path, tmp_path: Path
) -> None:
    window = german.window
    window.show()
    seen = shown_texts(window)
    window.open([samples / "galaxy.fits", samples / "nebula.png"])
    settle(german)
    for name in (
        "measure_star",
        "header",
        "hints",
        "keys",
        "about",
        "commands",
        "space_train",
        "space_batch",
    ):
        window.actions_[name].trigger()
        settle(german)
        seen |= shown_texts(window)
    (tmp_path / "empty").mkdir()
    window.batch.add([tmp_path / "empty"])
    settle(german, lambda: window.notices.current is not None)
    seen |= shown_texts(window)
    window.batch.add([samples])
    settle(german, lambda: window.batch.batching.settled and not window.batch.busy)
    seen |= shown_texts(window)
    assert len(seen) > 300
    assert not english(seen)


def shown_texts(window: MainWindow) -> set[str]:
    """Everything that the window says, to eyes and to screen readers."""
    texts: set[str] = set()
    for thing in (window, *window.findChildren(QWidget), *window.findChildren(QAction)):
        for name in (
            "text",
            "toolTip",
            "accessibleName",
            "placeholderText",
            "windowTitle",
            "title",
        ):
            told = getattr(thing, name, None)
            said = told() if callable(told) else ""
            texts |= {said} if isinstance(said, str) else set()
        if isinstance(thing, QComboBox):
            texts |= {thing.itemText(row) for row in range(thing.count())}
    return {text for text in texts if re.search(r"[^\W\d_]{2}", text)}


def english(seen: set[str]) -> set[str]:
    """Texts that neither are translations nor names that all languages share."""
    known = catalogue.read(translate.folder() / "astroview_de.ts")
    german = {plain(form) for forms in known.values() for form in forms}
    with_places = [expression(text) for text in german if PLACE.search(text)]

    def told(text: str) -> bool:
        known_words = plain(text) in german or SHARED.fullmatch(text) is not None
        return known_words or any(one.fullmatch(plain(text)) for one in with_places)

    return {text for text in seen if not (told(text) or all(map(told, PARTS.split(text))))}


def expression(text: str) -> re.Pattern[str]:
    """What matches a text with anything in its places."""
    literals = PLACE.split(text)[::2]
    return re.compile("(.*?)".join(re.escape(part) for part in literals), re.DOTALL)


def plain(text: str) -> str:
    """Without the mark of a menu's key, the dots of what asks for more, and brackets."""
    return text.replace("&", "").removesuffix(" …").strip("()")


def test_the_compiled_catalogue_is_up_to_date(qapp: QApplication) -> None:
    known = catalogue.read(translate.folder() / "astroview_de.ts")
    translate.install(qapp, "de")
    try:
        said = {
            text: tuple(
                QCoreApplication.translate(translate.CONTEXT, text, None, number)
                for number in ((1, 2) if len(forms) > 1 else (-1,))
            )
            for text, forms in known.items()
        }
        assert said == known
    finally:
        translate.install(qapp, "en")


def test_an_unknown_system_language_is_english() -> None:
    assert translate.wanted("en") == "en"
    assert translate.wanted("system") in translate.LANGUAGES
