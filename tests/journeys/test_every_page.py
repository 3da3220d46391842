"""Every page and dialog of the window, in English and in German with text at 200 %: each control
has a name for screen readers, nothing is cut off or covered, numbers are those of the language,
Tab goes as one reads, and Enter does nothing that cannot be taken back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QCoreApplication, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextBrowser,
    QWidget,
)
from seen_whole import path_of, troubles
from tab_ways import tab_troubles

from astroview.core.settings import Settings
from astroview.ui.app import RunningApp, start
from astroview.ui.i18n import translate
from astroview.ui.remembered_choices import RememberedChoices
from tools.screenshots.tour import tour

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.qt_log_ignore(r"propagateSizeHints|raise\(\)"),  # of dialogs, without a screen
]
MakeWindow = Callable[[Settings], RunningApp]
Problems = dict[str, list[str]]
SIZES = ((1024, 768), (1366, 768), (1280, 720))  # the last is 2560 x 1440 at 200 %
LARGE = ((2560, 1440), (1366, 768), (1024, 768))
# What files, models and programs are called, and what is copied from a file as it is.
NAMES = re.compile(
    r"\S*[/\\]\S*|\S+\.(fits|png|csv|json|safetensors|onnx|pth|md)\b|v?\d+\.\d+\.\S+"
)


@pytest.fixture
def make_window() -> Iterator[MakeWindow]:
    made: list[RunningApp] = []

    def make(settings: Settings) -> RunningApp:
        made.append(start(RememberedChoices(settings, lasting=False)))
        return made[0]

    yield make
    for running in made:
        running.themes.set_text(100.0)
        running.close()
    translate.install(QCoreApplication.instance(), "en")  # type: ignore[arg-type]


def walk(
    running: RunningApp,
    folder: Path,
    sizes: tuple[tuple[int, int], ...],
    *checks: Callable[[QWidget], list[str]],
) -> Problems:
    """What checks find on the pages, and where."""
    window, found = running.window, Problems()
    window.resize(*sizes[0])
    window.show()
    visited: list[str] = []

    def see(name: str, page: QWidget) -> None:
        visited.append(name)
        for size in sizes if page is window else ((0, 0),):
            if page is window:
                page.resize(*size)
                for _ in range(3):
                    QCoreApplication.processEvents()
            for check in checks:
                for problem in check(page):
                    found.setdefault(problem, []).append(f"{name} {size[0]}x{size[1]}")
        if page is window:
            window.resize(*sizes[0])

    tour(running, folder, see)
    assert len(visited) > 50
    return found


def shown(problems: Problems) -> str:
    return "\n".join(f"{what}  [{', '.join(where[:3])}]" for what, where in problems.items())


def nameless(page: QWidget) -> list[str]:
    """What takes the keyboard, and has no words for who cannot see it."""
    buddies = {w.buddy() for w in page.findChildren(QLabel) if w.buddy()}
    return [
        f"no name: {path_of(w)}"
        for w in page.findChildren(QWidget)
        if w.isVisibleTo(page)
        and w.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and not w.objectName().startswith("qt_")
        and w.focusProxy() is None
        and not isinstance(w, QLabel)  # whose words are its name
        and w not in buddies
        and not (w.accessibleName() or w.windowTitle() or _says(w))
    ]


def _says(widget: QWidget) -> bool:
    told = getattr(widget, "text", None)
    is_field = isinstance(widget, QLineEdit)
    return callable(told) and not is_field and any(c.isalpha() for c in str(told()))


def english_numbers(page: QWidget) -> list[str]:
    """Words on a page in which a number has a decimal point."""
    return [
        f"decimal point: {text!r} in {path_of(widget)}"
        for widget in page.findChildren(QWidget)
        if widget.isVisibleTo(page)
        for text in _texts(widget)
        if re.search(r"\d\.\d", NAMES.sub("", text))
    ]


def _texts(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QPlainTextEdit | QTextBrowser):  # headers, licences, the guide
        return
    yield widget.toolTip()
    yield widget.accessibleName()
    told = getattr(widget, "text", None)
    yield str(told()) if callable(told) and not isinstance(widget, QAbstractItemView) else ""
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(i) for i in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _cells(widget.model())


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(min(model.rowCount(), 40)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
        for column in range(columns):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                told = model.index(row, column).data(role)
                yield told if isinstance(told, str) else ""


def test_in_english(make_window: MakeWindow, tmp_path: Path) -> None:
    running = make_window(Settings(theme="dark"))
    found = walk(running, tmp_path, SIZES, nameless, troubles, tab_troubles)
    assert not found, shown(found)


def test_in_german_with_large_text(make_window: MakeWindow, tmp_path: Path) -> None:
    running = make_window(Settings(theme="light", language="de", text_percent=200))
    found = walk(running, tmp_path, LARGE, nameless, troubles, english_numbers)
    assert not found, shown(found)
