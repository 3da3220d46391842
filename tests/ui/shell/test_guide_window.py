"""The pages are read without a network, and the licences of all parts."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from astroview.core import resources
from astroview.ui.shell.guide_window import PageView, show_guide, show_licences

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of a dialog, without a screen


def test_pages_lead_on_and_back(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    window = show_guide(parent)
    pages = window.findChild(PageView)
    assert "questions and troubles" in pages.toPlainText()
    pages.setSource(QUrl("faq.md"))
    assert "My GPU is not used" in pages.toPlainText()
    back = next(b for b in window.findChildren(QPushButton) if b.text() == "Back")
    assert back.isEnabled()
    back.click()
    assert "questions and troubles" in pages.toPlainText()


def test_pictures_are_no_wider_than_the_page(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    pages = show_guide(parent).findChild(PageView)
    pages.setSource(QUrl("tutorial.md"))
    assert pages.horizontalScrollBar().maximum() == 0
    assert (resources.pages() / "screenshots" / "compared.webp").is_file()


def test_licences_of_all_parts_are_told(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    text = show_licences(parent).findChild(QPlainTextEdit).toPlainText()
    assert "Lesser General Public License" in text


def test_a_bundle_shows_what_it_collected(qtbot, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "licences").mkdir()
    (tmp_path / "licences" / "THIRD-PARTY.txt").write_text("of every part")
    monkeypatch.setattr(resources, "root", lambda: tmp_path)
    parent = QWidget()
    qtbot.addWidget(parent)
    assert show_licences(parent).findChild(QPlainTextEdit).toPlainText() == "of every part"
