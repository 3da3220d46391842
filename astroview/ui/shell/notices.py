"""The strip that tells what went wrong or was done, without stopping anyone."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from astroview.ui.i18n.translate import tr
from astroview.ui.shell.notice import Act, Notice
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import dress, label, scaled, tool
from astroview.ui.widgets.theme import Theme

LEAST_WORDS = 230  # pixels beside a button, unless the words take less
MOST = 30  # notices that wait: another program may cause thousands
STAYS_MS = 8000  # good news leaves by itself, bad news waits to be read


class NoticeStrip(QFrame):
    """A card over the lower edge of the window: it moves nothing, and hides little for a while.

    It shows the newest notice; earlier ones are behind it, a click away, the latest of them. The
    same one twice shows once.

    Signals
    -------
    resized : the card has another size, or is about to be shown
    """

    resized = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._theme = theme
        self._queue: list[Notice] = []
        self._icon = QLabel()
        self._message = label("", "noticetext", wrap=True)
        self._hint = label("", "muted", wrap=True)
        for words in (self._message, self._hint):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setTextFormat(Qt.TextFormat.PlainText)
        self._more = dress(QPushButton(), "link", tip="Show the notice behind this one")
        self._more.setFlat(True)
        self._more.clicked.connect(self._turn)
        self.button = QPushButton()
        self.button.clicked.connect(self.act)
        self._other = QPushButton()
        self._other.clicked.connect(self._act_otherwise)
        self._close = tool("Dismiss", self.dismiss)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._message)
        words.addWidget(self._hint)
        # Below the words: beside them it leaves them no room.
        words.addWidget(self._other, 0, Qt.AlignmentFlag.AlignLeft)
        self._words = words
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 9, 10, 9)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        self._row = row
        for widget in (self._more, self.button, self._close):
            row.addWidget(widget)
        self._timer = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._timer.timeout.connect(self.dismiss)
        self.set_theme(theme)
        self.hide()

    @property
    def current(self) -> Notice | None:
        """The notice on show."""
        return self._queue[0] if self._queue else None

    def tell(self, notice: Notice) -> None:
        """Show a notice before all others (good news is replaced)."""
        self._queue = [known for known in self._queue if known != notice]
        if self._queue and self._queue[0].kind != "error":
            self._queue.pop(0)
        self._queue.insert(0, notice)
        del self._queue[MOST:]
        self._show()

    def dismiss(self) -> None:
        """Put the notice on show away."""
        if self._queue:
            self._queue.pop(0)
        self._show()

    def replace(self, old: Notice, new: Notice) -> None:
        """Say something else in the place of a notice; nothing when it was dismissed."""
        if old in self._queue:
            self._queue[self._queue.index(old)] = new
            self._show()

    def withdraw(self, notice: Notice) -> None:
        """A notice holds no longer."""
        if notice in self._queue:
            self._queue.remove(notice)
            self._show()

    def answered(self, act: Act) -> None:
        """What a notice's button does was done in another way."""
        self._queue = [known for known in self._queue if known.act != act]
        self._show()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._close.setIcon(icons.icon("close", theme))
        self._show()

    def _show(self) -> None:
        notice = self.current
        self._timer.stop()
        if notice is None:
            self.hide()
            return
        colour = self._theme.danger if notice.kind == "error" else self._theme.accent_text
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(icons.pixmap(notice.kind, colour, 22, ratio))
        self._icon.setFixedSize(QSize(22, 22))
        self._message.setText(tr(notice.message))
        self._hint.setText(tr(notice.hint))
        self._hint.setVisible(bool(notice.hint))
        self.button.setText(tr(notice.button))
        self.button.setVisible(bool(notice.button))
        self._other.setText(tr(notice.other[0]) if notice.other else "")
        self._other.setVisible(notice.other is not None)
        waiting = len(self._queue) - 1
        self._more.setText(tr("{waiting} more", waiting=waiting))
        self._more.setVisible(waiting > 0)
        if notice.kind != "error" and not notice.stays:
            self._timer.start()
        if self.isHidden():
            self.resized.emit()  # to its place first: shown elsewhere, it takes the cursor away
            self.show()
        self.resized.emit()

    def fit(self, width: int) -> None:
        """The button stands beside the words where they keep their room, else below them."""
        self.ensurePolished()
        sides = self._row.contentsMargins()
        shown = [self._icon, self._close, *(w for w in (self._more, self.button) if _on(w))]
        taken = sum(widget.sizeHint().width() + self._row.spacing() for widget in shown)
        room = width - sides.left() - sides.right() - taken
        texts = [words for words in (self._message, self._hint) if _on(words)]
        whole = max(text.fontMetrics().horizontalAdvance(text.text()) for text in texts)
        self._place_button(below=room < min(whole, scaled(LEAST_WORDS)))

    def _place_button(self, below: bool) -> None:
        if below == (self._words.indexOf(self.button) >= 0):
            return
        (self._row if below else self._words).removeWidget(self.button)
        if below:
            self._words.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._row.insertWidget(self._row.indexOf(self._close), self.button)

    def _turn(self) -> None:
        """The notice on show goes behind the others."""
        self._queue = [*self._queue[1:], *self._queue[:1]]
        self._show()

    def act(self) -> None:
        notice = self.current
        self.dismiss()
        if notice and notice.act:
            notice.act()

    def _act_otherwise(self) -> None:
        notice = self.current
        self.dismiss()
        if notice and notice.other:
            notice.other[1]()


def _on(widget: QWidget) -> bool:
    """Whether it is to be seen once the card is."""
    return not widget.isHidden()
