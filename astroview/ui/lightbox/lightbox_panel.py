"""The Lightbox: what is wanted above, tiles in the middle, the current frame at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from astroview.core.lightbox.frame_query import SORTS, BadQuery, FrameQuery, parse
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.lightbox.empty_lightbox import EmptyLightbox
from astroview.ui.lightbox.folder_rows import WantedOrder
from astroview.ui.lightbox.frame_card import FrameCard
from astroview.ui.lightbox.lightbox_model import LightboxModel
from astroview.ui.lightbox.lightbox_view import LightboxView
from astroview.ui.lightbox.row_text import SORT_NAMES
from astroview.ui.widgets.controls import (
    Elided,
    Segmented,
    combo,
    dress,
    label,
    repolish,
    scaled,
)
from astroview.ui.widgets.rows_page import RowsPage
from astroview.ui.widgets.theme import Theme

SIDE = 292  # width of the card, as of the controls in View
NARROW = 560  # width below which two groups are left to what is typed
CALM_MS = 220  # after the last letter
DOWN_FIRST = ("date", "snr", "outlier", "rating")  # which begin with the largest
# (value, words, what is asked for): what can be chosen to see
GROUPS = (
    ("kept", noted("Not rejected"), "-is:rejected"),
    ("rated", noted("Rated"), "is:rated -is:rejected"),
    ("unrated", noted("Not rated"), "-is:rated -is:rejected"),
    ("rejected", noted("Rejected"), "is:rejected"),
    ("all", noted("All"), ""),
)
TYPE = noted("filter:r  snr>20  date>=2024-03  tag:good")


class LightboxPanel(RowsPage):
    """Draws; what is said on it is done by `lightbox_controller.LightboxController`.

    Signals
    -------
    wanted_changed : other frames are wanted, or another order
    cancelled : what goes on shall stop
    """

    wanted_changed = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.model = LightboxModel(self)
        self.view = LightboxView(self.model, theme)
        self.empty, self.card = EmptyLightbox(theme), FrameCard(theme)
        shown = ((value, words, tr("Show: {group}", group=tr(words))) for value, words, _ in GROUPS)
        self.groups = Segmented(shown)
        self.groups.set_value("kept")
        self.search = dress(QLineEdit(), spoken=tr("Find frames"))
        self.sort = combo(
            tr("Sort by"), ((f, SORT_NAMES[f]) for f in SORTS), tip="What frames are sorted by"
        )
        self.down = dress(QToolButton(), tip="The other way round", spoken="Descending")
        self.down.setCheckable(True)
        self._words, self._bar = Elided("", Qt.TextElideMode.ElideRight), QProgressBar()
        self.stop = dress(QPushButton(tr("Cancel")), "cancel")
        self.look = dress(QPushButton(tr("Look at in View")), "primary", tip="Enter")
        self.nothing = label("", "muted", wrap=True, centre=True)  # why no frame is on show
        self._query, self._problem, self._said = FrameQuery(), "", ""
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._lay_out()
        self._connect()
        self.show_folder(opened=False)

    # ---- layout --------------------------------------------------------------------------

    def _lay_out(self) -> None:
        QVBoxLayout(self.view.viewport()).addWidget(self.nothing)
        below = QVBoxLayout()
        below.addWidget(self.look)
        self.put_together(
            (self._filters(),),
            (self.empty, self.view),
            self._footer(),
            (self.card, below, SIDE),
        )

    def _filters(self) -> QWidget:
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(14, 10, 14, 8)
        head.setSpacing(8)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.groups)
        first.addStretch(1)
        self.search.setPlaceholderText(tr(TYPE))
        self.search.setClearButtonEnabled(True)
        self.down.setArrowType(Qt.ArrowType.UpArrow)
        second.addWidget(self.search, 1)
        second.addWidget(self.sort)
        second.addWidget(self.down)
        for line in (first, second):
            line.setSpacing(8)
            head.addLayout(line)
        return self._head

    def _footer(self) -> QWidget:
        self._foot = dress(QFrame(), "footer")
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(14, 7, 14, 8)
        foot.setSpacing(10)
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(220)
        foot.addWidget(self._words, 1)
        foot.addWidget(self._bar)
        foot.addWidget(self.stop)
        return self._foot

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._calm.start())
        self.search.returnPressed.connect(self._found)
        self._calm.timeout.connect(self._asked)
        self.groups.chosen.connect(lambda _: self.wanted_changed.emit())
        self.sort.currentIndexChanged.connect(lambda _: self._sorted())
        self.down.toggled.connect(lambda _: self._turned())
        self.stop.clicked.connect(self.cancelled)
        self.look.clicked.connect(self.view.opened)
        self.view.menu_wanted.connect(self.show_menu)
        self.card.tags.returnPressed.connect(self.view.setFocus)  # the next key is theirs again

    # ---- what is wanted ------------------------------------------------------------------

    @property
    def wanted(self) -> WantedOrder:
        """Which frames, and in which order."""
        group = next(asked for value, _, asked in GROUPS if value == self.groups.value)
        terms = (*self._query.terms, *parse(group).terms)
        return WantedOrder(
            FrameQuery(terms), self.sort.currentData() or "name", self.down.isChecked()
        )

    def _asked(self) -> None:
        """What was typed; what cannot be understood is told, and the frames stay as they are."""
        self._calm.stop()
        try:
            query = parse(self.search.text())
        except BadQuery as problem:
            self._mark_wrong(f"{tr(problem.message)}. {tr(problem.hint)}")
            return
        self._mark_wrong("")
        if query != self._query:
            self._query = query
            self.wanted_changed.emit()

    def _mark_wrong(self, problem: str) -> None:
        self._problem = problem
        self.search.setProperty("wrong", bool(problem))
        self.search.setToolTip(problem)
        repolish(self.search)
        self.say(self._said)

    def _found(self) -> None:
        self._asked()
        self.view.setFocus()

    def _sorted(self) -> None:
        wanted = self.sort.currentData() in DOWN_FIRST
        if wanted == self.down.isChecked():
            self._turned()
        else:
            self.down.setChecked(wanted)

    def _turned(self) -> None:
        arrow = Qt.ArrowType.DownArrow if self.down.isChecked() else Qt.ArrowType.UpArrow
        self.down.setArrowType(arrow)
        self.view.field = self.sort.currentData()
        self.wanted_changed.emit()

    # ---- what others call ----------------------------------------------------------------

    def show_folder(self, opened: bool) -> None:
        """A folder is open, or none is."""
        self._pages.setCurrentWidget(self.view if opened else self.empty)
        for part in (self._head, self._foot):
            part.setVisible(opened)
        self.look.setEnabled(opened)

    def show_counts(self) -> None:
        """How many frames are in which group."""
        counts = self.model.counts
        for value, words, _ in GROUPS:
            self.groups.set_text(value, f"{tr(words)} {counts[value]:,}")

    def say(self, words: str) -> None:
        """A line at the bottom; what is wrong with the search stands there while it is."""
        self._said = words
        self._words.setText(self._problem or words)
        self._words.setToolTip(self._problem or words)

    def show_progress(self, part: float | None) -> None:
        """How much of what goes on is done, -1 for nobody knows; None: nothing goes on."""
        self._bar.setVisible(part is not None)
        self.stop.setVisible(part is not None)
        if part is not None:
            self._bar.setRange(0, 0 if part < 0 else 1000)
            self._bar.setValue(round(1000 * max(part, 0.0)))

    def focus(self) -> None:
        """Let the keyboard begin here."""
        if self._pages.currentWidget() is self.view:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.empty.focus()

    def focus_next(self) -> None:
        """Give the keyboard to the next part: what is wanted, tiles, card."""
        now = QApplication.focusWidget() or self
        if self._head.isAncestorOf(now) or not self._head.isVisible():
            self.focus()
        elif self.side.isAncestorOf(now) or not self.side.isVisible():
            self.search.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.card.tags.setFocus(Qt.FocusReason.TabFocusReason)

    def set_theme(self, theme: Theme) -> None:
        for part in (self.view, self.empty, self.card):
            part.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - (not self.side.isHidden()) * self.side.width()
        for value in ("unrated", "rated"):
            self.groups.show_choice(value, room > scaled(NARROW) or value == self.groups.value)
