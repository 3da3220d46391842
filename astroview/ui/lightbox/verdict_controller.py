"""What the user says of frames: rates, rejects and tags them, and which are on show after that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from astroview.core.lightbox.verdicts import (
    FrameVerdict,
    all_tags,
    clean_tags,
    shared_tags,
    with_tags,
)
from astroview.ui.i18n.translate import tr
from astroview.ui.lightbox.lightbox_panel import LightboxPanel
from astroview.ui.lightbox.verdict_steps import VerdictSteps
from astroview.ui.remembered_choices import RememberedChoices

FEW = 20  # frames that are each looked for among all on show


class VerdictController(QObject):
    """Does what is pressed of verdicts, for the selected frames of a panel.

    Signals
    -------
    judging
        Somebody is about to judge the frame that the keyboard is on.
    fewer
        Frames went that are not wanted any more.
    missing
        Frames are wanted again that are not on show.
    said
        Verdicts are shown.
    notice : `Notice`
    """

    judging = Signal()
    fewer = Signal()
    missing = Signal()
    said = Signal()
    notice = Signal(object)

    def __init__(
        self, panel: LightboxPanel, steps: VerdictSteps, memory: RememberedChoices, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._panel, self._model, self._view = panel, panel.model, panel.view
        self._steps, self._memory = steps, memory
        steps.said.connect(self._said)
        steps.notice.connect(self.notice)
        panel.card.rated.connect(self.rate)
        panel.card.tagged.connect(self.tag)
        panel.card.rejected.connect(lambda on: self.reject(on=on))

    def rate(self, stars: int) -> None:
        """Give the selected frames stars; 0 takes them away."""
        words = tr("Rate {stars}", stars=stars) if stars else tr("No rating")
        self._judge(words, lambda said: replace(said, rating=stars), go_on=True)

    def reject(self, on: bool | None = None) -> None:
        """Reject the selected frames; when all of them are rejected, take that back."""
        rows = self._view.selected()
        wish = on if on is not None else not all(row.said.rejected for row in rows)
        words = tr("Reject") if wish else tr("Take back a rejection")
        self._judge(words, lambda said: replace(said, rejected=wish), go_on=wish)

    def tag(self, text: str) -> None:
        """What was written into the line of tags, or taken out, for all selected frames: others of
        theirs stay.
        """
        shared, tags = set(self.shared_tags()), set(clean_tags(text))
        more, less = tags - shared, shared - tags
        if more or less:
            self._judge(tr("Tag"), lambda said: with_tags(said, more, less), go_on=False)
            self._panel.card.tags.offer(all_tags(row.said for row in self._model.rows))

    def shared_tags(self) -> tuple[str, ...]:
        """The tags that all selected frames have: what the line of tags shows."""
        return shared_tags(row.said for row in self._view.selected())

    @property
    def busy(self) -> bool:
        """Whether something is not on the disk yet."""
        return self._steps.busy

    def close(self) -> None:
        """Write what is not written yet."""
        self._steps.close()

    def _judge(
        self, words: str, change: Callable[[FrameVerdict], FrameVerdict], go_on: bool
    ) -> None:
        rows, place = self._view.selected(), self._view.currentIndex().row()
        if not rows:
            return
        self.judging.emit()
        before = {row.path: row.said for row in rows}
        after = {path: change(said) for path, said in before.items()}
        if len(rows) == 1:
            words = f"{words}: {rows[0].name}"
        self._steps.say(before, after, words)
        stays = self._model.place_of(rows[0].path) >= 0
        if go_on and len(rows) == 1 and self._memory.settings.lightbox.advance and stays:
            self._view.set_current(min(place + 1, len(self._model.shown) - 1))

    def _said(self, verdicts: dict[str, FrameVerdict]) -> None:
        """Show verdicts; frames that are not wanted any more go, and the keyboard to the next."""
        model = self._model
        model.say(verdicts)
        self._panel.show_counts()
        gone = self._not_wanted(verdicts)
        if gone:
            place = self._view.currentIndex().row()
            model.arrange([number for number in model.shown if number not in gone])
            self._view.set_current(min(place, len(model.shown) - 1))
            self.fewer.emit()
        elif self._are_missing(verdicts):
            self.missing.emit()  # undone: they come back
        self.said.emit()

    def _not_wanted(self, verdicts: dict[str, FrameVerdict]) -> set[int]:
        """Of frames on show those that are not wanted now."""
        wants, model = self._panel.wanted.query.wants, self._model
        paths = {path for path in verdicts if (row := model.row_of(path)) and not wants(row)}
        if not paths:
            return set()
        return {number for number in model.shown if model.rows[number].path in paths}

    def _are_missing(self, verdicts: dict[str, FrameVerdict]) -> bool:
        """Whether some are wanted that are not on show."""
        wants, model = self._panel.wanted.query.wants, self._model
        wanted = sum(row is not None and wants(row) for row in map(model.row_of, verdicts))
        if len(verdicts) <= FEW:
            return wanted > sum(model.place_of(path) >= 0 for path in verdicts)
        shown = set(model.shown)
        return wanted > sum(model.number_of(path) in shown for path in verdicts)
