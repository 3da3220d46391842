"""The pages of the documentation in a window, without a network; and other long texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument
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
from astroview.ui.widgets.controls import dress

if TYPE_CHECKING:
    from astroview.ui.shell.window_deps import MadePages

SIZE = (860, 720)
MARGIN = 40  # beside pictures
ABOVE_HEADINGS = 18
FIRST = "index.md"
_KIND = QTextDocument.ResourceType
PAGE_KINDS = (_KIND.MarkdownResource.value, _KIND.HtmlResource.value)  # the latter without ".md"


class PageView(QTextBrowser):
    """Pages of Markdown; their pictures are as wide as there is room for.

    ``made`` are pages that are no files: they are made when they are looked at.
    """

    def __init__(self, made: MadePages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made = made

    def doSetSource(  # Qt's own names of parameters
        self,
        name: QUrl | str,
        type: QTextDocument.ResourceType = QTextDocument.ResourceType.UnknownResource,  # noqa: A002
    ) -> None:
        """Go to a page, and to the heading in it that a link names."""
        super().doSetSource(name, type)
        self._set_headings_apart()
        self._go_to_heading(QUrl(name).fragment())

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A page or picture; of what is no page of the program, where it is."""
        path = self.source().resolved(QUrl(name))
        if kind == QTextDocument.ResourceType.ImageResource.value:
            picture = QImage(path.toLocalFile())
            room = max(self.viewport().width() - MARGIN, 200)
            return picture.scaledToWidth(room) if picture.width() > room else picture
        if make := self._made.get(self._place(path)):
            return make()
        is_page = path.fileName().endswith(".md")
        found = super().loadResource(kind, name) if is_page else None  # and no folder, no source
        if kind in PAGE_KINDS and not found:
            return tr("This page lies in the program's repository, not in the program.")
        return found

    @staticmethod
    def _place(path: QUrl) -> str:
        """Below the first page, as links name it."""
        file, root = Path(path.toLocalFile()), resources.pages()
        return file.relative_to(root).as_posix() if file.is_relative_to(root) else ""

    def _set_headings_apart(self) -> None:
        """Qt puts a heading right below code and tables, as if it belonged to them."""
        room = QTextBlockFormat()
        room.setTopMargin(ABOVE_HEADINGS)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()  # one by one Qt lays blocks behind them out with no height
        for block in list(_blocks(self.document())):
            if block.blockFormat().headingLevel() and block.blockNumber():
                cursor.setPosition(block.position())
                cursor.mergeBlockFormat(room)
        cursor.endEditBlock()

    def _go_to_heading(self, anchor: str) -> None:
        """Markdown's headings are no anchors to Qt: find the one that is meant."""
        layout = self.document().documentLayout()
        for block in _blocks(self.document()):
            if block.blockFormat().headingLevel() and heading_anchor(block.text()) == anchor:
                self.verticalScrollBar().setValue(int(layout.blockBoundingRect(block).top()))
                return


def heading_anchor(title: str) -> str:
    """What links call a heading, as the site and the repository do."""
    return re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-")


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def show_guide(parent: QWidget, made: MadePages) -> QDialog:
    """The documentation, from its first page."""
    window = QDialog(parent)
    window.setWindowTitle(tr("Guide"))
    window.resize(*SIZE)
    pages = dress(PageView(made), spoken="Guide")
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
    pages.setFocus()  # keys scroll
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
    text = dress(QPlainTextEdit(part_licences.licences_text()), spoken="Licences")
    text.setReadOnly(True)
    QVBoxLayout(window).addWidget(text)
    window.show()
    return window
