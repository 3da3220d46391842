"""Words in the user's language: `tr` for every text, and the catalogue they come from.

A text's English words are its id, with named places for what stands in it: ``"Saved {name}."``.
What comes from other rooms is a `Text`, which brings its id and its parameters along. ``make
translations`` brings ``resources/translations/astroview_*.ts`` up to date and compiles them for
Qt, which finds a text by its id alone, and its form by a count.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import LiteralString

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from astroview.core import resources
from astroview.core.texts import Text

CONTEXT = "astroview"
LANGUAGES = ("en", "de")  # English needs no catalogue
_MOST = 2**31 - 1  # things that Qt counts


def noted(text: LiteralString) -> LiteralString:
    """A text of a table, which whoever shows it gives to `tr`; here it is only found."""
    return text


NUMBER = noted("a number: 1,234.5")  # its translation says how a language writes them
# As code writes them; neither part of a name ("m31-2.5.fits"), a version, an address nor a date.
_WRITTEN = re.compile(
    r"(?<![\w.:/,-])(?:[-+−±]?)(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d_]|[.,]\d|\.[^\W\d])"
)
_PAIR = re.compile(r"(?<=\d), (?=[-+−]?\d)")


def tr(text: str, /, **things: object) -> str:
    """A text in the chosen language; as it is where there is no translation.

    Parameters
    ----------
    text
        A `Text`, or the id of one; words that are no id are kept as they are.
    things
        What stands in the places of the id: ``tr("Saved {name}.", name=path.name)``.
    """
    told = Text(text, **things) if things else text  # type: ignore[arg-type]
    if isinstance(told, Text):
        return told.told(_words, local)
    return _words(told) if told else ""


def tr_counted(one: LiteralString, many: LiteralString, count: int, /, **things: object) -> str:
    """A text about ``{count}`` things, in the form that the language has for so many."""
    return tr(Text.counted(one, many, count, **things))


def _words(msgid: str, count: int = -1) -> str:
    try:
        msgid.encode()
    except UnicodeEncodeError:  # words of a file; Qt's catalogues hold no halves of letters
        return msgid
    return QCoreApplication.translate(CONTEXT, msgid, None, min(count, _MOST))


def spelling() -> tuple[str, str]:
    """What the language writes between thousands, and before decimals."""
    example = _words(NUMBER)
    return example[-6], example[-2]


def local(words: str) -> str:
    """Numbers among words as the language writes them: ``1,234.5 adu`` is ``1 234,5 adu``."""
    group, point = spelling()
    if point == ".":
        return words

    def written(found: re.Match[str]) -> str:
        whole, dot, part = found[0].partition(".")
        return whole.replace(",", group) + (point + part if dot else "")

    # Where commas are decimal, something else stands between two numbers.
    return _PAIR.sub("; ", _WRITTEN.sub(written, words))


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
        if type(former) is QTranslator:  # those of a file
            app.removeTranslator(former)
            former.deleteLater()
    language = wanted(choice)
    QLocale.setDefault(QLocale(language))  # of fields for numbers
    if language != "en":
        of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, place in (
            (f"qtbase_{language}", of_qt),
            (f"astroview_{language}", str(folder())),
        ):
            catalogue = QTranslator(app)
            if catalogue.load(name, place):
                app.installTranslator(catalogue)
    return language
