"""Words in the user's language: `tr` for every text, and the catalogues they come from.

English texts are the keys, ``Saved {0}.`` for all that read so. ``make translations`` looks for
texts in the source (`source_texts`) and asks a window for those it has, brings
``resources/translations/astroview_*.ts`` up to date and compiles them for Qt.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from astroview.core import resources
from astroview.ui.i18n.text_templates import Phrase, phrases

CONTEXT = "astroview"
LANGUAGES = ("en", "de")  # English needs no catalogue


def tr(text: str) -> str:
    """A text in the chosen language; itself where there is no translation.

    Things may be in it, ``tr(f"Saved {path.name}.")``; they are kept as they are.
    """
    return QCoreApplication.translate(CONTEXT, text) if text else ""


def noted(text: str) -> str:
    """A text of a table, which whoever shows it gives to `tr`; here it is only found."""
    return text


def folder() -> Path:
    """Where the catalogues are."""
    return resources.root() / "translations"


def wanted(choice: str) -> str:
    """The language of a choice ("system" or one of LANGUAGES)."""
    if choice in LANGUAGES:
        return choice
    spoken = (name.partition("-")[0] for name in QLocale.system().uiLanguages())
    return next((name for name in spoken if name in LANGUAGES), "en")


def install(app: QCoreApplication, choice: str) -> str:
    """Speak a language from now on: windows made later; returns its name."""
    for former in app.findChildren(QTranslator):
        if not isinstance(former, Collector):
            app.removeTranslator(former)
            former.deleteLater()
    language = wanted(choice)
    if language != "en":
        app.installTranslator(Phrases(app, folder() / f"astroview_{language}.ts"))
        of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, place in (
            (f"qtbase_{language}", of_qt),
            (f"astroview_{language}", str(folder())),
        ):
            catalogue = QTranslator(app)
            if catalogue.load(name, place):
                app.installTranslator(catalogue)
    return language


class Phrases(QTranslator):
    """Translates texts with things in them. Installed first, it is asked last."""

    def __init__(self, app: QCoreApplication, source: Path) -> None:
        super().__init__(app)
        self._source = source
        self._plain: dict[str, str] = {}
        self._phrases: list[Phrase] | None = None

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str = "", n: int = -1) -> str:  # type: ignore[override]
        if context != CONTEXT:
            return source
        if self._phrases is None:  # read when the first such text is said
            self._plain = translations(self._source)
            self._phrases = phrases(self._plain)
        said = (phrase.said(source, self._again) for phrase in self._phrases)
        return next((text for text in said if text is not None), source)

    def _again(self, reason: str) -> str:
        return self._plain.get(reason) or self.translate(CONTEXT, reason)


class Collector(QTranslator):
    """Translates nothing and remembers what it was asked for."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self.texts: dict[str, None] = {}

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str = "", n: int = -1) -> str:  # type: ignore[override]
        if context == CONTEXT and any(letter.isalpha() for letter in source):
            self.texts[source] = None
        return source


def update(path: Path, language: str, texts: list[str]) -> int:
    """Bring a catalogue's source up to date, keeping translations; returns how many are missing."""
    import xml.etree.ElementTree as ET

    known = translations(path) if path.exists() else {}
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for text in sorted(texts):
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "source").text = text
        translation = ET.SubElement(message, "translation")
        if known.get(text):
            translation.text = known[text]
        else:
            translation.set("type", "unfinished")
    ET.indent(root, " ")
    body = ET.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', "utf-8")
    return sum(not known.get(text) for text in texts)


def translations(path: Path) -> dict[str, str]:
    """Texts of a catalogue's source that are translated, with their translations."""
    import xml.etree.ElementTree as ET  # English needs none

    root = ET.parse(path).getroot()
    found = ((m.findtext("source") or "", m.findtext("translation")) for m in root.iter("message"))
    return {source: text for source, text in found if text}
