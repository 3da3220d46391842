"""The Train workspace as the window sees it: made, and its actions served."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Signal

from astroview.core import resources
from astroview.core.io.paths.plain_paths import is_file, is_folder
from astroview.core.messages.worker_messages import Devices
from astroview.core.models.palette_set import SUFFIX, palette_shelf
from astroview.core.models.shelf import user_shelf
from astroview.ui.i18n.translate import tr
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.confirm_quit import ConfirmQuit
from astroview.ui.train.curation.curation import Curation
from astroview.ui.train.lazy_train import TrainDeps
from astroview.ui.train.pages.frames_page import FramesPage
from astroview.ui.train.pages.gather_page import GatherPage
from astroview.ui.train.pages.import_page import ImportPage
from astroview.ui.train.pages.new_page import NewPage
from astroview.ui.train.pages.palettes_page import PalettesPage
from astroview.ui.train.pages.run_draft import RunDraft
from astroview.ui.train.pages.run_page import RunPage
from astroview.ui.train.pages.tune_form import Form
from astroview.ui.train.runs import run_folders, run_plan
from astroview.ui.train.runs.export_run import HandingOut
from astroview.ui.train.runs.interrupted_run import Interrupted
from astroview.ui.train.runs.run_header import RunActs
from astroview.ui.train.runs.run_pictures import RunPictures
from astroview.ui.train.runs.run_queue import Runs
from astroview.ui.train.runs.run_state import progress
from astroview.ui.train.runs.runs_list import RunsModel
from astroview.ui.train.train_controller import TrainController
from astroview.ui.train.train_panel import TrainPanel
from astroview.ui.train.verdict.keep_or_discard import KeepOrDiscard
from astroview.ui.widgets.panel_space import PanelSpace
from astroview.ui.widgets.theme import Theme

MENU = (
    *("train_start", "train_pause", "train_finish", "train_leave"),
    *("train_again", "train_curves", "train_export"),
    *("train_folder", "train_log", "train_remove"),
)


class TrainSpace(PanelSpace[TrainPanel]):
    """Panel and controllers of fine-tuning.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(self, given: TrainDeps) -> None:
        super().__init__(given.window)
        self._given = given
        self._background = Background(2, self)  # one reads events, one reads pictures
        self._reading, self._shelving = Background(1, self), Background(1, self)
        theme, memory = given.theme(), given.memory
        self.runs = Runs(resources.user_runs(), run_plan.command, self._background, self)
        self.pictures = RunPictures(self._reading, self)
        self.deciding = KeepOrDiscard(given.window, given.shelf, self.runs, self._shelving)
        self.handing_out = HandingOut(given.window, self._shelving)
        self.frames = FramesPage()
        self.form = Form(given.shelf.cards, memory.settings.train, theme)
        new = NewPage(self.frames, self.form, theme)
        self.panel = TrainPanel(RunsModel(self.runs), new, self._make_run_page, theme)
        self.curation = Curation([*resources.program(), "curate"], theme)
        self.drafting = RunDraft(new, self.frames, self.curation, self._make_gathering)
        self.drafting.pace = self.runs.pace
        self.training = TrainController(self.panel, self.runs, self.drafting, memory)
        self.palettes: PalettesPage | None = None  # made when it is first needed
        self.imports: ImportPage | None = None
        self._interrupted = Interrupted(memory.lasting)
        self.quitting = ConfirmQuit(given.window)
        self._connect()
        self._serve()

    def _make_gathering(self) -> GatherPage:
        home = Path(self._given.memory.folder or Path.home()) / "frames"
        return GatherPage([*resources.program(), "gather"], self._given.theme(), home)

    def show_palettes(self) -> None:
        """Show the page that takes the palettes of a folder."""
        if self.palettes is None:
            command = [*resources.program(), "palettes", "make"]
            self.palettes = PalettesPage(
                command, palette_shelf(), self._given.frames, self._given.theme()
            )
            self.palettes.notice.connect(self.notice)
            self.palettes.changed.connect(self._given.shelf.look)
        self.runs.show(None)
        self.panel.show_other(self.palettes)
        self.training.changed.emit()

    def show_import(self, *files: Path) -> None:
        """Show the page that imports models of others, and give it files."""
        if self.imports is None:
            command = [*resources.program(), "models", "import"]
            self.imports = ImportPage(command, user_shelf(), self._given.theme())
            self.imports.wished.connect(self.deciding.choose_import)
            self.imports.imported.connect(lambda _card: self._given.shelf.look())
            self.imports.unwanted.connect(self.deciding.take_off)
        self.runs.show(None)
        self.panel.show_other(self.imports)
        self.imports.take(files)
        self.training.changed.emit()

    def _make_run_page(self) -> RunPage:
        runs, deciding, training = self.runs, self.deciding, self.training
        acts = RunActs(
            start=runs.go_on,
            pause=runs.pause,
            resume=runs.resume,
            finish=runs.finish,
            leave=runs.leave,
            leave_queue=runs.leave_queue,
            keep=deciding.keep,
            discard=deciding.discard,
            share=deciding.share,
            log=training.show_log,
            again=training.again,
        )
        return RunPage(acts, deciding.about, deciding.decision, self.pictures, self._given.theme())

    def _connect(self) -> None:
        given, training = self._given, self.training
        for teller in (training, self.drafting, self.deciding, self.handing_out):
            teller.notice.connect(self.notice)
        self.deciding.of_others.connect(self.show_import)
        self.form.chosen.connect(given.memory.keep_train)
        self.panel.begin.palettes.connect(self.show_palettes)
        training.changed.connect(given.commands.update)
        training.changed.connect(self._tell_news)
        self.runs.changed.connect(self._note_active)
        given.shelf.changed.connect(self.drafting.set_cards)
        self.frames.choose.connect(training.choose_data)
        self.frames.gather.connect(self.drafting.gather)
        given.worker.devices.connect(self._offer_devices)
        if given.worker.told:
            self._offer_devices(given.worker.told)

    def _serve(self) -> None:
        doing, deciding, commands = self.training, self.deciding, self._given.commands
        out, theme = self.handing_out, self._given.theme
        commands.serve(
            {
                "train_new": doing.new,
                "train_gather": self.drafting.gather,
                "train_palettes": self.show_palettes,
                "train_open": doing.choose_run,
                "train_start": doing.start,
                "train_pause": doing.pause,
                "train_finish": doing.finish,
                "train_leave": doing.leave,
                "train_again": lambda: doing.current and doing.again(doing.current),
                "train_keep": lambda: doing.current and deciding.keep(doing.current),
                "train_discard": lambda: doing.current and deciding.discard(doing.current),
                "train_share": lambda: doing.current and deciding.share(doing.current),
                "train_curves": lambda: doing.current and out.choose_curves(doing.current, theme()),
                "train_export": lambda: doing.current and out.choose_file(doing.current),
                "train_folder": doing.show_folder,
                "train_log": lambda: doing.current and doing.show_log(doing.current),
                "train_remove": doing.remove,
            },
            ticked={"train_pause": doing.is_paused},
            possible={
                "train_start": doing.can_start,
                "train_pause": doing.can_pause,
                "train_finish": doing.can_finish,
                "train_leave": doing.can_leave,
                "train_again": lambda: bool(doing.current and doing.current.config),
                "train_keep": lambda: deciding.can_keep(doing.current),
                "train_discard": lambda: deciding.can_discard(doing.current),
                "train_share": lambda: deciding.can_share(doing.current),
                "train_curves": lambda: bool(doing.current and doing.current.story.step),
                "train_export": lambda: doing.current is not None,
                "train_folder": lambda: doing.current is not None,
                "train_log": lambda: doing.current is not None,
                "train_remove": doing.can_remove,
            },
        )
        self.panel.set_menu(tuple(commands.actions[name] for name in MENU))

    # ---- what the window calls ---------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether something is read that will be shown."""
        reading = any(run.tail and run.tail.catching_up for run in self.runs.all)
        return not self.runs.searched or reading or self.pictures.busy or self._shelving.busy

    def take(self, paths: Sequence[Path]) -> None:
        """A folder to learn from (or to take palettes of, where that page is on show), a run
        folder, a model or palettes in a file.
        """
        folders = [path for path in paths if is_folder(path)]
        kept = [path for path in paths if path.suffix == SUFFIX and is_file(path)]
        pictures = bool(folders) and not run_folders.is_run(folders[0])
        here = self.palettes is not None and self.panel.shows(self.palettes)
        if kept or (pictures and here):
            self.show_palettes()
            assert self.palettes
            for path in kept:
                self.palettes.bring_in(path)
            if not kept:
                self.palettes.take(folders[0])
            return
        models = [path for path in paths if self.deciding.takes(path)]
        for path in models:
            self.deciding.bring_in(path)
        if not models:
            self.training.take(list(paths))

    def learn_from(self, folder: Path, chosen: Mapping[str, bool]) -> None:
        """Show a new run on a folder, of which frames were chosen."""
        self._given.spaces().go("train")
        self.drafting.take([folder], chosen)

    def set_dropping(self, on: bool) -> None:
        """Files are held over the window, or no longer."""
        self.panel.begin.set_dropping(on)

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""
        self.panel.set_theme(theme)
        self.curation.set_theme(theme)
        for page in (self.drafting.gathering, self.palettes, self.imports):
            if page:
                page.set_theme(theme)

    def may_close(self) -> bool:
        """Whether the window may close now; asks when a run trains, and closes it on Yes."""
        active = self.runs.active
        if not active or self.quitting.confirmed:
            return True
        self.quitting.ask(
            tr("A run is training"),
            f"{active[0].name}: {progress(active[0].state, active[0].story)}. {tr('Quit now?')}",
            tr("A checkpoint is kept: the next time, astroview offers to resume the run."),
            tr("Keep training"),
        )
        return False

    def close(self) -> None:
        """End what runs."""
        for page in (self.palettes, self.imports):
            if page:
                page.close_down()
        self.drafting.close()
        self.runs.close()
        for background in (self._background, self._reading, self._shelving):
            background.close()

    # ---- inside --------------------------------------------------------------------------------

    def _offer_devices(self, devices: Devices) -> None:
        self.form.set_devices(devices.names, devices.default)
        self.runs.set_default_device(devices.default)

    def _note_active(self, *_: object) -> None:
        active = self.runs.active
        self._interrupted.note(active[0].path if active else None)

    def _tell_news(self) -> None:
        self._given.spaces().mark("train", self.training.news())
