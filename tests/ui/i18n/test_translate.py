"""Texts found in the source, and told by a catalogue by their ids."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from astroview.core.errors import CannotSave
from astroview.core.texts import Text
from astroview.ui.i18n import translate
from astroview.ui.i18n.translate import tr, tr_counted
from astroview.ui.shell.notice import Notice
from tools.translations import catalogue
from tools.translations.source_texts import found_in, put_together

SOURCE = '''
class AstroviewError: ...
class CannotSave(AstroviewError): ...
class Full(CannotSave):
    """No text."""


def told(path, count, on):
    """No text either."""
    hint = "Close it." if on else Text("Open {path} first.", path=path)
    raise Full(Text("{path} is full", path=path), hint=hint)
    told = Text.counted("Removed {count} star.", "Removed {count} stars.", count)
    notice = Notice(told, "", "done", "Undo")
    tr("Plain: {stem}")
    other("Not said")
'''
KNOWN = catalogue.read(translate.folder() / "astroview_de.ts")


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    translate.install(qapp, "de")
    yield
    translate.install(qapp, "en")


def test_texts_are_found_where_they_are_said(tmp_path: Path) -> None:
    file = tmp_path / "room.py"
    file.write_text(SOURCE)
    assert found_in([file]) == {
        "Open {path} first.": False,
        "{path} is full": False,
        "Close it.": False,
        "Undo": False,
        "Plain: {stem}": False,
        "Removed {count} stars.": True,
    }


@pytest.mark.parametrize(
    "said", ['f"Saved {path}."', '"Saved " + path', '"a" if x else f"in {y}"', 'told or f"no {x}"']
)
def test_words_put_together_on_the_spot_are_found(tmp_path: Path, said: str) -> None:
    file = tmp_path / "room.py"
    file.write_text(f"tr({said})\nraise CannotSave(Text('Well, {{path}}', path=path), told)\n")
    assert len(put_together([file])) == 1


def test_news_side_by_side_is_not_put_together(tmp_path: Path) -> None:
    file = tmp_path / "room.py"
    file.write_text("label(f'{tr(name)} · {count}')\n")
    assert put_together([file]) == []


def test_errors_of_other_rooms_are_told_in_the_language(qapp: QApplication) -> None:
    text = Text("{name} was not saved: the disk is full", name="m31.fits")
    error = CannotSave(text, hint="Choose another folder.")
    assert Notice.of(error).message == "m31.fits was not saved: the disk is full."
    translate.install(qapp, "de")
    try:
        notice = Notice.of(error)
        assert tr_counted("{count} frame", "{count:,} frames", 10) == "10 Bilder"
        assert tr_counted("{count} frame", "{count:,} frames", 1) == "1 Bild"
        assert tr("no such text") == "no such text"
    finally:
        translate.install(qapp, "en")
    assert notice.message == "m31.fits wurde nicht gespeichert: Das Laufwerk ist voll."
    assert notice.hint == "Einen anderen Ordner wählen."


@pytest.mark.usefixtures("german")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(KNOWN)))
def test_a_name_that_reads_like_a_text_is_a_name(name: str) -> None:
    assert tr("Saved {name}.", name=name) == f"{name} gespeichert."
    wrapped = Text("{name} is empty (0 bytes)", name=Text("Saved {name}.", name=name))
    assert tr(wrapped) == f"{name} gespeichert. ist leer (0 Byte)"


@pytest.mark.usefixtures("german")
def test_a_folder_and_more_is_german_throughout() -> None:
    paths = tr("{names} and {count} more", names="m31", count=2)
    assert tr("There is no frame in {name}.", name=paths) == "In m31 und 2 weitere ist kein Bild."
