"""Texts found in the source, and texts with things in them found again in the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from astroview.core.errors import CannotSave
from astroview.ui.i18n import translate
from astroview.ui.i18n.text_templates import phrases
from astroview.ui.shell.notice import Notice
from tools.translations.source_texts import found_in

SOURCE = '''
class Full(CannotSave):
    """No text."""


def told(path, count, on):
    """No text either."""
    hint = "Close it." if on else f"Open {path} first."
    raise Full(f"{path} is full", hint=hint)
    notice = Notice(f"Removed {count} star{'s' if count > 1 else ''}.", "", "done", "Undo")
    tr("Plain: {stem}")
    other("Not said")
'''
GERMAN = {
    "Saved {0}.": "{0} gespeichert.",
    "{0} of {1}": "{0} von {1}",
    "{0} was not saved: {1}": "{0} wurde nicht gespeichert: {1}",
    "{0} was not saved: the disk is full": "{0} wurde nicht gespeichert: kein Platz",
    "Swap {0} and {1}.": "{1} gegen {0} tauschen.",
    "it is locked": "sie ist gesperrt",
}


def test_texts_are_found_where_they_are_said(tmp_path: Path) -> None:
    file = tmp_path / "room.py"
    base = "class AstroviewError: ...\nclass CannotSave(AstroviewError): ...\n"
    file.write_text(base + SOURCE)
    assert found_in([file]) == [
        "{0} is full",
        "Close it.",
        "Open {0} first.",
        "Removed {0} stars.",
        "Removed {0} star.",
        "Undo",
        "Plain: {stem}",
    ]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Saved Ring of fire.fits.", "Ring of fire.fits gespeichert."),
        ("3 of 12", "3 von 12"),
        ("Ring of fire", None),  # few words are about numbers: a name is left alone
        ("a was not saved: the disk is full", "a wurde nicht gespeichert: kein Platz"),
        ("a was not saved: it is busy", "a wurde nicht gespeichert: it is busy"),
        ("Swap A and B.", "B gegen A tauschen."),
        ("a was not saved: it is locked", "a wurde nicht gespeichert: sie ist gesperrt"),
        ("Nothing of the kind", None),
    ],
)
def test_a_text_with_things_in_it_is_found_again(said: str, wanted: str | None) -> None:
    found = (phrase.said(said, lambda why: GERMAN.get(why, why)) for phrase in phrases(GERMAN))
    assert next((text for text in found if text is not None), None) == wanted


def test_errors_of_other_rooms_are_told_in_the_language(qapp: QApplication) -> None:
    error = CannotSave("m31.fits was not saved: the disk is full", hint="Choose another folder.")
    assert Notice.of(error).message == "m31.fits was not saved: the disk is full."
    translate.install(qapp, "de")
    try:
        notice = Notice.of(error)
        assert translate.tr("10 frames") == "10 Bilder"
        assert translate.tr("no such text") == "no such text"
    finally:
        translate.install(qapp, "en")
    assert notice.message == "m31.fits wurde nicht gespeichert: Das Laufwerk ist voll."
    assert notice.hint == "Einen anderen Ordner wählen."
