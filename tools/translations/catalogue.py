"""A catalogue's source, ``astroview_de.ts``: texts by id, each with its translation or, where it
is about a number of things, one translation for each form that the language has.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTranslator

from astroview.ui.i18n.translate import CONTEXT

FORMS = 2  # of a number in the languages there are: one, and more


class Collector(QTranslator):
    """Translates nothing and remembers what it was asked for."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self.texts: dict[str, bool] = {}

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str = "", n: int = -1) -> str:  # type: ignore[override]
        if context == CONTEXT and any(letter.isalpha() for letter in source):
            self.texts[source] = n >= 0
        return source


def read(path: Path) -> dict[str, tuple[str, ...]]:
    """Ids of a catalogue that are translated, each with its translation's forms."""
    found: dict[str, tuple[str, ...]] = {}
    for message in ET.parse(path).getroot().iter("message"):
        forms = [form.text or "" for form in message.iter("numerusform")]
        forms = forms or [message.findtext("translation") or ""]
        if all(forms):
            found[message.findtext("source") or ""] = tuple(forms)
    return found


def write(
    path: Path, language: str, texts: Mapping[str, bool], known: Mapping[str, tuple[str, ...]]
) -> int:
    """Write a catalogue's source; ``texts`` says of each id whether it is about a number of
    things. Returns how many are without a translation.
    """
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    missing = 0
    for text in sorted(texts):
        message = ET.SubElement(context, "message", {"numerus": "yes"} if texts[text] else {})
        ET.SubElement(message, "source").text = text
        translation = ET.SubElement(message, "translation")
        forms = known.get(text, ())
        if len(forms) != (FORMS if texts[text] else 1):
            missing += 1
            translation.set("type", "unfinished")
        elif texts[text]:
            for form in forms:
                ET.SubElement(translation, "numerusform").text = form
        else:
            translation.text = forms[0]
    ET.indent(root, " ")
    body = ET.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', "utf-8")
    return missing
