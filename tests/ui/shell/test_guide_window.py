"""The pages are read without a network, and the licences of all parts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QUrl
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from astroview.core import resources
from astroview.reference.pages import PAGES
from astroview.ui.shell.guide_window import PageView, show_guide, show_licences

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of a dialog, without a screen


@pytest.fixture
def parent(qtbot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def pages(parent: QWidget) -> PageView:
    return show_guide(parent, PAGES).findChild(PageView)


def test_pages_lead_on_and_back(parent: QWidget) -> None:
    window = show_guide(parent, PAGES)
    pages = window.findChild(PageView)
    assert "questions and troubles" in pages.toPlainText()
    pages.setSource(QUrl("faq.md"))
    assert "My GPU is not used" in pages.toPlainText()
    back = next(b for b in window.findChildren(QPushButton) if b.text() == "Back")
    assert back.isEnabled()
    back.click()
    assert "questions and troubles" in pages.toPlainText()


def test_pictures_are_no_wider_than_the_page(pages: PageView) -> None:
    pages.setSource(QUrl("tutorial.md"))
    assert pages.horizontalScrollBar().maximum() == 0
    assert (resources.pages() / "screenshots" / "compared.webp").is_file()


def test_every_link_of_every_page_leads_to_a_page_in_the_window(pages: PageView) -> None:
    seen, ahead = set[str](), [pages.source().toString()]
    while ahead:
        place = ahead.pop()
        seen.add(place)
        pages.setSource(QUrl(place))
        assert "not in the program" not in pages.toPlainText(), place
        found = re.findall(r'href="([^"#:]+\.md)[^"]*"', pages.toHtml())
        links = {pages.source().resolved(QUrl(link)).toString() for link in found}
        ahead += sorted(links - seen - set(ahead))
    places = {QUrl(place).toLocalFile() for place in seen}
    for made in PAGES:
        assert str(resources.pages() / made) in places
    assert len(seen) > 60


def test_a_heading_stands_apart_from_the_code_above_it(pages: PageView) -> None:
    pages.setSource(QUrl("reference/command-line.md#astroview-models-list"))
    heading = pages.cursorForPosition(QPoint(5, 5)).block()
    assert heading.text() == "astroview models list"
    boxes = pages.document().documentLayout()
    above = boxes.blockBoundingRect(heading.previous()).bottom()
    assert boxes.blockBoundingRect(heading).top() - above > 10
    block = pages.document().begin()
    while block.isValid():
        assert boxes.blockBoundingRect(block).height() > 0 or not block.text(), block.text()
        block = block.next()


def test_a_link_to_the_source_says_where_that_is(pages: PageView) -> None:
    pages.setSource(QUrl("architecture.md"))
    assert 'href="../astroview"' in pages.toHtml()
    pages.setSource(QUrl.fromLocalFile(str(resources.pages().parent / "astroview")))
    assert "lies in the program's repository" in pages.toPlainText()


def test_references_are_read_offline(pages: PageView) -> None:
    pages.setSource(QUrl("reference/command-line.md"))
    assert "--max-bytes" in pages.toPlainText()
    assert "ASTROVIEW_DATA_DIR" in pages.toPlainText()
    pages.setSource(QUrl("python.md"))  # as the pages name each other
    for name in ("astroview.enhance", "astroview.stack", "Enhanced.save", "max_bytes"):
        assert name in pages.toPlainText()
    pages.setSource(QUrl("model-cards.md"))
    assert "superres-x2" in pages.toPlainText()


def test_a_link_to_a_heading_goes_there(pages: PageView) -> None:
    pages.setSource(QUrl("reference/command-line.md#environment"))
    assert pages.verticalScrollBar().value() == pages.verticalScrollBar().maximum()  # the last one
    pages.setSource(QUrl("command-line.md#astroview-stack"))
    top = pages.cursorForPosition(QPoint(5, 5)).block()
    assert "astroview stack" in (top.text(), top.next().text())


def test_licences_of_all_parts_are_told(parent: QWidget) -> None:
    text = show_licences(parent).findChild(QPlainTextEdit).toPlainText()
    assert "Lesser General Public License" in text


def test_a_bundle_shows_what_it_collected(parent: QWidget, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "licences").mkdir()
    (tmp_path / "licences" / "THIRD-PARTY.txt").write_text("of every part")
    monkeypatch.setattr(resources, "root", lambda: tmp_path)
    assert show_licences(parent).findChild(QPlainTextEdit).toPlainText() == "of every part"
