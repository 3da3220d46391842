"""A card above the queue: what is to be decided, or how a batch ended."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.i18n.translate import tr
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import dress, label
from astroview.ui.widgets.theme import Theme


@dataclass(frozen=True)
class Choice:
    """A button of a card; ``main`` for the one that most will want."""

    words: str
    act: Callable[[], object]
    tip: str = ""
    main: bool = False


@dataclass(frozen=True)
class CardText:
    """What a card says; ``lines`` stand below the title, ``links`` below those."""

    icon: str
    title: str
    lines: tuple[str, ...] = ()
    links: tuple[Choice, ...] = ()
    choices: tuple[Choice, ...] = ()
    bad: bool = False


class Card(QFrame):
    """Shows one text at a time, or hides."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._theme = theme
        self._text: CardText | None = None
        self._icon = QLabel()
        self._title = label("", "heading", wrap=True)
        self._lines = label("", "muted", wrap=True)
        self._links = label("", "links", wrap=True)
        self._links.setTextFormat(Qt.TextFormat.RichText)
        self._links.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self._links.linkActivated.connect(self._follow)
        self._buttons = QWidget()
        self._row = QHBoxLayout(self._buttons)
        self._row.setContentsMargins(0, 5, 0, 0)
        self._row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self._title)
        words.addWidget(self._lines)
        words.addWidget(self._links)
        words.addWidget(self._buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 12)
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.show_text(None)

    @property
    def text(self) -> CardText | None:
        """What is on show."""
        return self._text

    def show_text(self, text: CardText | None) -> None:
        """Say something else; None hides the card."""
        self._text = text
        self.setVisible(text is not None)
        if text is None:
            return
        self._title.setText(tr(text.title))
        self._lines.setText("\n".join(map(tr, text.lines)))
        self._lines.setVisible(bool(text.lines))
        self._buttons.setVisible(bool(text.choices))
        self._links.setVisible(bool(text.links))
        self._fill_buttons(text.choices)
        self.set_theme(self._theme)

    def press(self, words: str) -> None:
        """As if the button or link with these words were pressed."""
        if self._text:
            ways = (*self._text.choices, *self._text.links)
            next(choice for choice in ways if choice.words == words).act()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self._text is None:
            return
        colour = theme.danger if self._text.bad else theme.accent_text
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(icons.pixmap(self._text.icon, colour, 22, ratio))
        self._icon.setFixedSize(QSize(22, 22))
        style = f'style="color:{theme.accent_text}; text-decoration:none"'
        self._links.setText(
            "&nbsp;&nbsp;·&nbsp;&nbsp;".join(
                f'<a href="{i}" {style}>{escape(tr(link.words))}</a>'
                for i, link in enumerate(self._text.links)
            )
        )

    def _fill_buttons(self, choices: tuple[Choice, ...]) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for choice in choices:
            look = "card_main" if choice.main else "card_choice"
            button = dress(QPushButton(tr(choice.words)), look, tip=choice.tip)
            button.clicked.connect(lambda _=False, act=choice.act: act())
            self._row.addWidget(button)
        self._row.addStretch(1)

    def _follow(self, link: str) -> None:
        if self._text:
            self._text.links[int(link)].act()
