"""What becomes of a tuned model: kept, discarded, shared; and models that come from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from astroview.core.errors import AstroviewError
from astroview.core.models import model_package
from astroview.core.models.model_card import ModelCard
from astroview.core.models.shelf import user_shelf
from astroview.core.texts import Text
from astroview.ui.batch.batch_text import rough
from astroview.ui.enhance import model_combo
from astroview.ui.enhance.device_names import DEVICE_NAMES
from astroview.ui.enhance.shelf_watcher import ShelfWatch
from astroview.ui.i18n.translate import tr
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.notice import Notice
from astroview.ui.train.pages.tune_form import METHODS
from astroview.ui.train.runs.run_queue import Runs
from astroview.ui.train.runs.run_record import RunRecord
from astroview.ui.train.runs.run_state import State
from astroview.ui.train.verdict import decision_record
from astroview.ui.train.verdict.decision_record import DecisionRecord
from astroview.ui.train.verdict.verdict_page import Decision

KIND = f"Models (*{model_package.SUFFIX})"
KINDS = " ".join(f"*{suffix}" for suffix in (model_package.SUFFIX, *model_package.OF_OTHERS))


class KeepOrDiscard(QObject):
    """Keeps and discards, shares and imports; all of it can be undone.

    Parameters
    ----------
    background
        Of one thread: what is done follows what was done before.

    Signals
    -------
    notice : `Notice`
    of_others : path of a model that others trained, which the window cannot look into
    """

    notice = Signal(object)
    of_others = Signal(object)

    def __init__(
        self, window: QWidget, shelf: ShelfWatch, runs: Runs, background: Background
    ) -> None:
        super().__init__(window)
        self._window, self._runs, self._background = window, runs, background
        self._shelf = shelf
        self._found: dict[Path, DecisionRecord] = {}
        self._looked: set[Path] = set()
        runs.changed.connect(self._look)
        runs.listed.connect(self._look_at_all)
        shelf.changed.connect(self._look_again)

    # ---- words -------------------------------------------------------------------------------

    def about(self, run: RunRecord) -> str:
        """What a run began with and learns from: ``Colorizer · Every weight · 30 min · CPU``."""
        config, begun = run.config, run.story.begun
        method = config.method if config else begun.method if begun else ""
        parts = [
            self._model_name(run.model),
            tr(dict(METHODS).get(method, method)),
            rough(60 * config.minutes) if config and config.minutes else "",
            DEVICE_NAMES.get(begun.device, begun.device) if begun else "",
        ]
        return "  ·  ".join(part for part in parts if part)

    def decision(self, run: RunRecord) -> Decision:
        """What was decided on a run's model."""
        found = self._found.get(run.path, DecisionRecord())
        if found.on_shelf:
            name = model_combo.name_of(found.on_shelf)
            return Decision(
                tr("Kept: “{name}” is on your shelf, and can be chosen everywhere.", name=name)
            )
        if found.decided == "discarded":
            words = tr("Discarded. Its files are still in the run folder, until that is removed.")
            return Decision(words, good=False)
        return Decision()

    # ---- what is pressed -----------------------------------------------------------------------

    def keep(self, run: RunRecord) -> None:
        """Put a run's model on the user's shelf."""
        if run.story.ended and run.story.ended.model:
            self._do(run, partial(_keep, run.path, run.story.ended.model), self._kept)

    def discard(self, run: RunRecord) -> None:
        """A run's model is not wanted; off the shelf, if it was there."""
        on_shelf = self._found.get(run.path, DecisionRecord()).on_shelf
        model = run.story.ended.model if run.story.ended else ""
        self._do(run, partial(_discard, run.path, model, on_shelf), self._discarded)

    def share(self, run: RunRecord) -> None:
        """Ask for a file, and write the run's model into it."""
        found = self._found.get(run.path, DecisionRecord())
        card = found.on_shelf or found.card
        if card is None:
            return
        start = str(Path.home() / f"{card.id}{model_package.SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(self._window, tr("Share the model"), start, tr(KIND))
        if name:
            self.share_to(card, Path(name))

    def share_to(self, card: ModelCard, file: Path) -> None:
        """Write a model into one file."""
        self._background.run(
            partial(model_package.share, card, file), self._shared, self._went_wrong
        )

    def choose_import(self) -> None:
        """Ask for a model in a file."""
        kinds = tr("Models ({kinds})", kinds=KINDS)
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Import a model"), "", kinds)
        if name:
            self.bring_in(Path(name))

    def bring_in(self, file: Path) -> None:
        """Put the model of a file onto the user's shelf."""
        if file.suffix.lower() in model_package.OF_OTHERS:
            self.of_others.emit(file)
            return
        self._background.run(partial(_bring_in, file), self._imported, self._went_wrong)

    @staticmethod
    def takes(path: Path) -> bool:
        """Whether a file that was dropped is a model."""
        return model_package.is_model(path)

    def can_keep(self, run: RunRecord | None) -> bool:
        return self._has_model(run) and bool(run and run.decided != "kept")

    def can_discard(self, run: RunRecord | None) -> bool:
        return self._has_model(run) and bool(run and run.decided != "discarded")

    def can_share(self, run: RunRecord | None) -> bool:
        return self._has_model(run)

    # ---- inside ----------------------------------------------------------------------------------

    def _has_model(self, run: RunRecord | None) -> bool:
        return run is not None and self._found.get(run.path, DecisionRecord()).card is not None

    def _model_name(self, model: str) -> str:
        names = (model_combo.name_of(card) for card in self._shelf.cards if card.id == model)
        return next(names, Path(model).name)

    def _look_again(self, *_: object) -> None:
        """The shelf is another: what was kept may have been removed."""
        self._looked.clear()
        self._look_at_all()

    def _look_at_all(self) -> None:
        for run in self._runs.all:
            self._look(run)

    def _look(self, run: RunRecord) -> None:
        """Once a run is done, see what its model is, and whether it was decided on."""
        ended = run.story.ended
        if run.state is not State.DONE:
            self._looked.discard(run.path)
        elif run.path not in self._looked and ended:
            self._looked.add(run.path)
            work = partial(decision_record.look, run.path, ended.model)
            self._background.run(work, partial(self._seen, run), self._went_wrong)

    def _seen(self, run: RunRecord, found: DecisionRecord) -> None:
        self._found[run.path], run.decided = found, found.decided
        self._runs.changed.emit(run)

    def _do(
        self,
        run: RunRecord,
        work: Callable[[], DecisionRecord],
        done: Callable[[RunRecord, DecisionRecord], object],
    ) -> None:
        def answer(found: DecisionRecord) -> None:
            self._seen(run, found)
            self._shelf.look()
            done(run, found)

        self._background.run(work, answer, self._went_wrong)

    def _kept(self, run: RunRecord, found: DecisionRecord) -> None:
        name = model_combo.name_of(found.on_shelf) if found.on_shelf else run.name
        hint = "It can be chosen in View, in Batch, and for further training."
        act = partial(self.discard, run)
        self.notice.emit(
            Notice(Text("“{name}” is on your shelf.", name=name), hint, "done", "Undo", act)
        )

    def _discarded(self, run: RunRecord, _found: DecisionRecord) -> None:
        hint = "Its files stay in the run folder until you remove the run."
        act = partial(self.keep, run)
        message = "The tuned model is not on your shelf."
        self.notice.emit(Notice(message, hint, "info", "Keep it after all", act))

    def _shared(self, file: Path) -> None:
        hint = "Whoever gets it drops it on the Train workspace."
        self.notice.emit(Notice(Text("The model is in {name}.", name=file.name), hint, "done"))

    def _imported(self, card: ModelCard) -> None:
        self._shelf.look()
        hint = "It can be chosen in View, in Batch, and for further training."
        act = partial(self.take_off, card)
        self.notice.emit(
            Notice(
                Text("“{name_of}” is on your shelf.", name_of=model_combo.name_of(card)),
                hint,
                "done",
                "Undo",
                act,
            )
        )

    def take_off(self, card: ModelCard) -> None:
        """Take a model off the user's shelf; the notice brings it back."""

        def done(place: Path) -> None:
            self._shelf.look()
            act = partial(self._bring_back, place)
            words = Text("“{name_of}” is off your shelf.", name_of=model_combo.name_of(card))
            self.notice.emit(Notice(words, "", "done", "Undo", act))

        self._background.run(partial(_take_off, card), done, self._went_wrong)

    def _bring_back(self, place: Path) -> None:
        self._background.run(
            partial(_bring_back, place), lambda _card: self._shelf.look(), self._went_wrong
        )

    def _went_wrong(self, error: AstroviewError) -> None:
        self.notice.emit(Notice.of(error))


def _keep(run: Path, model: str) -> DecisionRecord:
    user_shelf().adopt(run / model)
    decision_record.note_discarded(run, on=False)
    return decision_record.look(run, model)


def _discard(run: Path, model: str, on_shelf: ModelCard | None) -> DecisionRecord:
    if on_shelf:
        user_shelf().discard(on_shelf.id)
    decision_record.note_discarded(run, on=True)
    return decision_record.look(run, model)


def _bring_in(file: Path) -> ModelCard:
    return model_package.bring_in(file, user_shelf())


def _take_off(card: ModelCard) -> Path:
    return user_shelf().discard(card.id)


def _bring_back(place: Path) -> ModelCard:
    return user_shelf().restore(place)
