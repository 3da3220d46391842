"""One run: how it goes while it trains, and how it ended."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from astroview.ui.batch.queue_card import Card, Choice
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.train.runs import run_header, run_state
from astroview.ui.train.runs.curves import Curves
from astroview.ui.train.runs.pinned_samples import PinnedSamples
from astroview.ui.train.runs.run_figures import Facts
from astroview.ui.train.runs.run_header import RunActs
from astroview.ui.train.runs.run_notes import Remarks
from astroview.ui.train.runs.run_pictures import RunPictures
from astroview.ui.train.runs.run_record import RunRecord
from astroview.ui.train.runs.run_state import ACTIVE
from astroview.ui.train.verdict.verdict_page import Decision, VerdictPage
from astroview.ui.widgets.controls import Elided, Segmented, dress
from astroview.ui.widgets.theme import Theme

EDGE = 18
DRAW_MS = 250  # from one drawing to the next, at least
PARTS = (
    ("verdict", noted("Verdict"), noted("How it ended")),
    ("course", noted("Course"), noted("How it went")),
)


class RunPage(QWidget):
    """Draws a run; what is pressed goes to `RunActs`.

    Parameters
    ----------
    about
        What a run began with and learns from, in a line.
    decision
        What was decided on the run's model.
    """

    def __init__(
        self,
        acts: RunActs,
        about: Callable[[RunRecord], str],
        decision: Callable[[RunRecord], Decision],
        pictures: RunPictures,
        theme: Theme,
    ) -> None:
        super().__init__()
        self._acts, self._about_of, self._decision = acts, about, decision
        self._theme = theme
        self.run: RunRecord | None = None
        self.choices: tuple[Choice, ...] = ()
        self._buttons_for: tuple[str, ...] = ()
        self._judged = False
        self._name = Elided()
        self._words = Elided()
        self._about = Elided()
        self._bar = QProgressBar(textVisible=False, maximum=1000)
        self._row = QHBoxLayout()
        self.parts = Segmented(PARTS)
        self.card, self.facts = Card(theme), Facts()
        self.curves, self.samples = Curves(theme), PinnedSamples(pictures, theme)
        self.remarks, self.verdict = Remarks(theme), VerdictPage(pictures, theme)
        self._pages = QStackedWidget()
        self._lay_out()
        self.parts.chosen.connect(self.show_part)
        self._later = QTimer(self, singleShot=True, interval=DRAW_MS)
        self._later.timeout.connect(self._draw)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        self._pages.addWidget(_scrolled(self._course()))
        self._pages.addWidget(_scrolled(self.verdict))
        column.addWidget(self._pages, 1)

    def _head(self) -> QWidget:
        head = dress(QFrame(), "runhead")
        font = QFont(self._name.font())
        font.setPointSizeF(font.pointSizeF() * 1.25)
        font.setWeight(QFont.Weight.DemiBold)
        self._name.setFont(font)
        dress(self._about, "muted")
        titles = QVBoxLayout()
        titles.setSpacing(1)
        for line in (self._name, self._about):
            titles.addWidget(line)
        self._row.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addLayout(titles, 1)
        top.addWidget(self.parts)
        top.addLayout(self._row)
        column = QVBoxLayout(head)
        column.setContentsMargins(EDGE, 12, EDGE, 10)
        column.setSpacing(7)
        column.addLayout(top)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        return head

    def _course(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for part in (self.card, self.facts, self.curves, self.samples, self.remarks):
            column.addWidget(part)
        column.addStretch(1)
        return inside

    # ---- what others call ------------------------------------------------------------------

    def show_run(self, run: RunRecord) -> None:
        """Show a run, or how it goes now; a running one is drawn a few times a second."""
        if run is not self.run:
            self.run, self._judged = run, False
            self._later.stop()
            self._draw()
        elif not self._later.isActive():
            self._later.start()

    def draw_now(self) -> None:
        """Draw at once what is known."""
        self._later.stop()
        self._draw()

    def show_part(self, part: str) -> None:
        """Show the verdict, or the course."""
        self.parts.set_value(part)
        self._pages.setCurrentIndex(1 if part == "verdict" else 0)

    def press(self, words: str) -> None:
        """As if the button with these words were pressed."""
        next(choice for choice in self.choices if choice.words == words).act()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (self.card, self.curves, self.samples, self.remarks, self.verdict):
            part.set_theme(theme)

    # ---- drawing ---------------------------------------------------------------------------

    def _draw(self) -> None:
        run = self.run
        if run is None:
            return
        state, story = run.state, run.story
        self._name.setText(run.name)
        self._name.setToolTip(str(run.path))
        self._about.setText(self._about_of(run))
        part = run_state.part_of(state, story)
        self._words.setText(run_state.progress(state, story))
        self._bar.setVisible(part is not None)
        self._bar.setRange(0, 0 if part == -1 else 1000)
        if part is not None and part >= 0:
            self._bar.setValue(round(1000 * part))
        self._show_buttons(run_header.buttons(run, self._acts))
        card = run_header.card(run, self._acts)
        if card != self.card.text:
            self.card.show_text(card)
        begun = state in ACTIVE or story.begun is not None
        for part in (self.facts, self.curves, self.samples):
            part.setVisible(begun)
        self.facts.show_run(run)
        self.curves.show_story(story)
        self.samples.show_story(run.path, story)
        self.remarks.show_story(story)
        self._show_verdict(run)

    def _show_verdict(self, run: RunRecord) -> None:
        verdict = run.story.verdict
        self.parts.setVisible(verdict is not None)
        if verdict is None:
            self.show_part("course")
            self._judged = False
            return
        self.verdict.show_verdict(run.path, verdict, self._decision(run))
        if not self._judged:
            self._judged = True
            self.show_part("verdict")

    def _show_buttons(self, choices: tuple[Choice, ...]) -> None:
        self.choices = choices
        wanted = tuple(f"{choice.words} {choice.main}" for choice in choices)
        if wanted == self._buttons_for:
            return
        self._buttons_for = wanted
        while (item := self._row.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for choice in choices:
            look = "runmain" if choice.main else "runchoice"
            button = dress(QPushButton(tr(choice.words)), look, tip=choice.tip)
            button.clicked.connect(lambda _=False, words=choice.words: self.press(words))
            self._row.addWidget(button)


def _scrolled(inside: QWidget) -> QScrollArea:
    room = dress(QWidget(), "panel")
    column = QVBoxLayout(room)
    column.setContentsMargins(EDGE, 14, EDGE, 18)
    column.addWidget(inside)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(room)
    return scroll
