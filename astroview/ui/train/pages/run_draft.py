"""A new run before it begins: the folder, what was found in it, the choices, and why not yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from astroview.core import strict_json
from astroview.core.io.paths.plain_paths import is_folder
from astroview.core.models.model_card import ModelCard
from astroview.core.settings import TrainSettings
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.shell.notice import Notice
from astroview.ui.train.curation.curation import Curation
from astroview.ui.train.pages.budget_note import budget_note
from astroview.ui.train.pages.frames_page import FramesPage
from astroview.ui.train.pages.gather_page import GatherPage
from astroview.ui.train.pages.new_page import NewPage
from trainer.config import TuneConfig

_SHARED = {f.name for f in fields(TrainSettings)} & {f.name for f in fields(TuneConfig)}
GOALS = {"colour": ("colour",), "sharp": ("sharpen",), "both": ("colour", "sharpen")}
TOO_LITTLE = {
    "colour": noted("There is too little here to learn colour from"),
    "sharpen": noted("There is too little here to learn sharpness from"),
}


class RunDraft(QObject):
    """Keeps the page of a new run in step with what was chosen.

    Signals
    -------
    changed
        It may be possible to start now, or not any more.
    wanted
        The page of a new run shall be on show.
    ready : (`TrainSettings`, the chosen `ModelCard` of each task); the run shall begin
    notice : `Notice`
    """

    changed = Signal()
    wanted = Signal()
    ready = Signal(object, object)
    notice = Signal(object)

    def __init__(
        self,
        page: NewPage,
        frames: FramesPage,
        curation: Curation,
        make_gathering: Callable[[], GatherPage],
    ) -> None:
        super().__init__(page)
        self._make_gathering = make_gathering
        self.gathering: GatherPage | None = None
        self._page, self._frames, self._form = page, frames, page.form
        self.curation = curation
        self.folder: Path | None = None
        self.pace: Callable[[str, str], float] = lambda _model, _device: 0.0  # steps a second
        self.begun = False
        frames.place(curation)
        page.start.connect(self.start)
        self._form.chosen.connect(self.refresh)
        for told in (curation.finished, curation.failed, curation.busy_changed):
            told.connect(self.refresh)
        curation.overruled.connect(self.refresh)
        self.refresh()

    # ---- what there is -----------------------------------------------------------------------

    @property
    def data(self) -> str:
        """What the trainer is given: the report of what was found in the folder, or the folder."""
        curated = self.curation.curated
        return curated.report if curated else str(self.folder or "")

    @property
    def name(self) -> str:
        """What the run is called."""
        return self._form.name or (self.folder.name if self.folder else "")

    @property
    def why_not(self) -> str:
        """Why the run cannot begin now; empty when it can."""
        if self.folder is None:
            return tr("Choose a folder of frames first")
        if not is_folder(self.folder):
            return tr("The folder is not there any more")
        if self._form.problem:
            return self._form.problem
        return self._why_not_these()

    def _why_not_these(self) -> str:
        """What speaks against the frames."""
        curation = self.curation
        if curation.state == "failed":
            return tr("The folder could not be looked through")
        if curation.busy:
            return tr("The frames are being looked at")
        if curation.curated is None:
            return tr("The looking was stopped; choose the folder again")
        for goal in GOALS[self._form.choices.goal]:
            for estimate in curation.curated.estimates:
                if estimate.goal == goal and estimate.level == "none":
                    return tr(TOO_LITTLE[goal])
        return ""

    # ---- what is done ------------------------------------------------------------------------

    def take(self, paths: Sequence[Path], chosen: Mapping[str, bool] | None = None) -> None:
        """Learn from a folder, with or without a list of pairs; a list alone means its folder.

        ``chosen`` says of its frames which the user wants; the others are left out.
        """
        pairs = next((path for path in paths if path.suffix.lower() == ".csv"), None)
        folder = next((path for path in paths if is_folder(path)), pairs and pairs.parent)
        if folder is None:
            hint = "Put the frames into one folder, and drop that, or a list of pairs (CSV)."
            self.notice.emit(Notice("A run learns from a folder of frames.", hint))
            return
        self._look_at(folder, pairs, chosen)
        self.wanted.emit()

    def gather(self) -> None:
        """Get frames from an archive; what comes is looked through as a folder that was chosen."""
        if self.gathering is None:
            self.gathering = self._make_gathering()
            self.gathering.finished.connect(self._gathered)
        self.begun = True
        self._frames.place(self.gathering)
        self.wanted.emit()

    def begin_like(self, config: TuneConfig) -> None:
        """A new run with the choices of another."""
        shared = {name: getattr(config, name) for name in _SHARED}
        self._form.set_choices(replace(self._form.choices, **shared))
        folder = folder_of(config.data)
        self.begun = True
        if folder:
            self._look_at(folder)
        self.refresh()

    def start(self) -> None:
        """Begin, when nothing speaks against it."""
        self.refresh()
        if not self.why_not:
            self.ready.emit(self._form.choices, self._form.models())

    def forget(self) -> None:
        """The run has begun; the next one has another name."""
        self._form.forget_name()

    def set_cards(self, cards: tuple[ModelCard, ...]) -> None:
        """Other models are on the shelf now."""
        self._form.set_cards(cards)
        self.refresh()

    def close(self) -> None:
        """End what runs."""
        self.curation.close_down()
        if self.gathering:
            self.gathering.close_down()

    def refresh(self, *_: object) -> None:
        """Say whether the run can begin."""
        choices = self._form.choices
        self.curation.hold_out(choices.held_out)
        both = choices.goal == "both"
        words = tr("Start both runs") if both else tr("Start training")
        self._page.show_start(words, self.why_not, self._note())
        self.changed.emit()

    def _note(self) -> str:
        """What the budget buys here."""
        curated, choices = self.curation.curated, self._form.choices
        if curated is None:
            return ""
        models = [card for card in self._form.models().values() if card]
        rates = [self.pace(card.id, choices.device) for card in models if _task(card, choices)]
        known = min(rates) if rates and all(rates) else 0.0
        return budget_note(choices, curated.estimates, GOALS[choices.goal], known)

    def _gathered(self, folder: Path) -> None:
        self._look_at(folder)

    def _look_at(
        self, folder: Path, pairs: Path | None = None, chosen: Mapping[str, bool] | None = None
    ) -> None:
        self.folder, self.begun = folder, True
        self._frames.place(self.curation)
        self._frames.show_folder(folder, pairs)
        self._form.suggest_name(folder.name)
        self.curation.curate(folder, pairs, chosen)
        self.refresh()


def _task(card: ModelCard, choices: TrainSettings) -> bool:
    """Whether a model is among those that the choices tune."""
    wanted = {"colour": ("colorize",), "sharp": ("superres",)}
    return card.task in wanted.get(choices.goal, ("colorize", "superres"))


def folder_of(data: str) -> Path | None:
    """The folder that a run learns from; None when it is not there any more."""
    path = Path(data)
    if path.suffix == ".json":
        try:
            path = Path(strict_json.read(path)["folder"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
    return path if is_folder(path) else None
