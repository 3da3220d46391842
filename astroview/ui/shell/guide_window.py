"""The pages of the documentation in a window, without a network; and other long texts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from astroview.core import part_licences, resources
from astroview.ui.i18n.translate import tr

SIZE = (860, 720)
MARGIN = 40  # beside pictures
FIRST = "index.md"


class PageView(QTextBrowser):
    """Pages of Markdown; their pictures are as wide as there is room for."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A page or picture; a page that is made with the site alone is told as such."""
        path = self.source().resolved(QUrl(name))
        if kind == QTextDocument.ResourceType.ImageResource.value:
            picture = QImage(path.toLocalFile())
            room = max(self.viewport().width() - MARGIN, 200)
            return picture.scaledToWidth(room) if picture.width() > room else picture
        found = super().loadResource(kind, name)
        if path.isLocalFile() and path.fileName().endswith(".md") and not found:
            return tr("This page is part of the site. In a terminal: astroview --help")
        return found


def show_guide(parent: QWidget) -> QDialog:
    """The documentation, from its first page."""
    window = QDialog(parent)
    window.setWindowTitle(tr("Guide"))
    window.resize(*SIZE)
    pages = PageView()
    pages.setOpenExternalLinks(True)
    bar = QHBoxLayout()
    for words, act, enabled in (
        (tr("Contents"), pages.home, None),
        (tr("Back"), pages.backward, pages.backwardAvailable),
    ):
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        if enabled is not None:
            button.setEnabled(False)
            enabled.connect(button.setEnabled)
        bar.addWidget(button)
    bar.addStretch(1)
    rows = QVBoxLayout(window)
    rows.addLayout(bar)
    rows.addWidget(pages)
    window.show()  # before the first page: its pictures ask how much room there is
    pages.setSource(
        QUrl.fromLocalFile(str(resources.pages() / FIRST)),
        QTextDocument.ResourceType.MarkdownResource,
    )
    return window


def show_licences(parent: QWidget) -> QDialog:
    """The licences of all parts."""
    window = QDialog(parent)
    window.setWindowTitle(tr("Licences"))
    window.resize(*SIZE)
    text = QPlainTextEdit(part_licences.licences_text())
    text.setReadOnly(True)
    QVBoxLayout(window).addWidget(text)
    window.show()
    return window
