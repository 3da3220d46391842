"""The Batch workspace: queue in the middle, choices at the right, progress at the bottom."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from astroview.core.lazy_dataclass import dataclass
from astroview.core.models.model_card import ModelCard
from astroview.core.settings import BatchSettings
from astroview.ui.batch.empty_queue import EmptyQueue
from astroview.ui.batch.options_strip import OptionsStrip
from astroview.ui.batch.queue_card import Card
from astroview.ui.batch.queue_filter import GROUPS, QueueFilter
from astroview.ui.batch.queue_model import QueueModel
from astroview.ui.batch.queue_view import QueueView
from astroview.ui.batch.row_thumbnails import Thumbnails
from astroview.ui.i18n.translate import tr
from astroview.ui.widgets.controls import Elided, Segmented, dress, repolish
from astroview.ui.widgets.rows_page import RowsPage
from astroview.ui.widgets.theme import Theme

SIDE = 292  # width of the choices, as in View
ROOM_TO_SEARCH = 560  # of width; below, the groups need it
Press = Literal["start", "pause", "resume", "retry", "nothing"]


@dataclass(frozen=True)
class PanelLook:
    """What the panel shows of a batch, beside its rows.

    ``part`` is how much is done (0..1; None: no bar; -1: busy). ``fixed`` says that choices
    cannot be changed now.
    """

    words: str = ""
    part: float | None = None
    button: str = "Enhance"
    press: Press = "nothing"
    why: str = ""
    fixed: bool = False


class BatchPanel(RowsPage):
    """Draws; what it shows is decided by `batch_controller.BatchController`.

    Signals
    -------
    pressed : what the large button says now: a `Press`
    """

    pressed = Signal(str)

    def __init__(
        self,
        cards: tuple[ModelCard, ...],
        start: BatchSettings,
        thumbnails: Thumbnails,
        theme: Theme,
    ) -> None:
        super().__init__()
        self.model = QueueModel(self)
        self.shown = QueueFilter(self.model, self)
        self.view = QueueView(self.shown, thumbnails, theme)
        self.strip = OptionsStrip(cards, start, theme)
        self.card, self.empty = Card(theme), EmptyQueue(theme)
        shown = ((value, words, tr("Show: {group}", group=tr(words))) for value, words, _ in GROUPS)
        self._groups = Segmented(shown)
        self._search = dress(QLineEdit(), spoken=tr("Find by name"))
        self._words = Elided("", Qt.TextElideMode.ElideRight)
        self._bar = QProgressBar(textVisible=False, maximum=1000)
        self._button = dress(QPushButton(), "primary")
        self.look = PanelLook()
        self._lay_out()
        self._connect()
        self.show_counts()
        self.show_look(self.look)

    # ---- layout --------------------------------------------------------------------------

    def _lay_out(self) -> None:
        start = QVBoxLayout()
        start.addWidget(self._button)
        self._card_room = QWidget()
        room = QVBoxLayout(self._card_room)
        room.setContentsMargins(14, 12, 14, 0)
        room.addWidget(self.card)
        self.put_together(
            (self._card_room, self._filters()),
            (self.empty, self.view),
            self._footer(),
            (self.strip, start, SIDE),
        )

    def _filters(self) -> QWidget:
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(14, 10, 14, 8)
        head.setSpacing(12)
        self._search.setPlaceholderText(tr("Find by name"))
        self._search.setClearButtonEnabled(True)
        self._search.setMaximumWidth(220)
        head.addWidget(self._groups)
        head.addStretch(1)
        head.addWidget(self._search, 1)
        return self._head

    def _footer(self) -> QWidget:
        self._foot = dress(QFrame(), "footer")
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(14, 9, 14, 10)
        foot.setSpacing(7)
        foot.addWidget(self._words)
        foot.addWidget(self._bar)
        return self._foot

    def _connect(self) -> None:
        self._groups.set_value("all")
        self._groups.chosen.connect(self.show_group)
        self._search.textChanged.connect(self.shown.show_named)
        self._button.clicked.connect(self.press)
        self.view.menu_wanted.connect(self.show_menu)
        for told in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            told.connect(lambda *_: self.show_counts())

    # ---- what others call ----------------------------------------------------------------

    def show_look(self, look: PanelLook) -> None:
        """Show how the batch goes."""
        self.look = look
        self._words.setText(look.words)
        self._foot.setVisible(bool(look.words))
        self._bar.setVisible(look.part is not None)
        self._bar.setRange(0, 0 if look.part == -1 else 1000)
        if look.part is not None and look.part >= 0:
            self._bar.setValue(round(1000 * look.part))
        self._button.setText(look.button)
        self._button.setToolTip(look.why)
        self._button.setEnabled(look.press != "nothing")
        repolish(self._button, "cancel" if look.press == "pause" else "primary")
        self.strip.setEnabled(not look.fixed)
        self._card_room.setVisible(self.card.text is not None)

    def show_counts(self) -> None:
        """How many frames are in which state, and the page that fits."""
        counts, total = self.model.counts, self.model.rowCount()
        for value, words, states in GROUPS:
            number = sum(counts[state] for state in states) if states else total
            self._groups.set_text(value, f"{tr(words)} {number:,}")
            self._groups.show_choice(value, number > 0 or value == "all")
            if number == 0 and value == self._groups.value != "all":
                self.show_group("all")
        self._head.setVisible(total > 0)
        self._pages.setCurrentWidget(self.view if total else self.empty)

    def show_group(self, value: str) -> None:
        """Show the frames of a group only."""
        self._groups.set_value(value)
        self.shown.show_group(value)

    def press(self) -> None:
        """As if the large button were pressed."""
        if self.look.press != "nothing":
            self.pressed.emit(self.look.press)

    def focus(self) -> None:
        """Let the keyboard begin here."""
        if self.model.rowCount():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.empty.focus()

    def focus_next(self) -> None:
        """Give the keyboard to the next part: frames, choices."""
        inside = self.side.isAncestorOf(QApplication.focusWidget() or self)
        if inside:
            self.focus()
        else:
            self._button.setFocus(Qt.FocusReason.TabFocusReason)
            self.side.focusNextChild() if not self._button.isEnabled() else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._search.setVisible(
            self.width() - self.side.isVisible() * self.side.width() > ROOM_TO_SEARCH
        )

    def set_theme(self, theme: Theme) -> None:
        for part in (self.view, self.strip, self.card, self.empty):
            part.set_theme(theme)
