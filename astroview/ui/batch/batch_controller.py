"""A batch from the drop to the summary: draft, run, card and panel in step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from astroview.core.io.paths.plain_paths import is_folder
from astroview.core.settings import BatchSettings
from astroview.core.texts import Text
from astroview.ui.batch import batch_phase, card_text
from astroview.ui.batch.batch_draft import Draft
from astroview.ui.batch.batch_panel import BatchPanel
from astroview.ui.batch.batch_phase import BatchStanding, Phase
from astroview.ui.batch.batch_plan import BatchPlan, words
from astroview.ui.batch.batch_runner import BatchRunner
from astroview.ui.batch.failure_notices import Failures
from astroview.ui.batch.queue_model import DONE, Row
from astroview.ui.batch.unfinished_batch import Remembered
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.notices import Notice, NoticeStrip

LOOK_FOR = noted("FITS, TIFF, PNG and JPEG files are looked for, not in sub-folders.")
LOOK_FOR_INSIDE = noted("FITS, TIFF, PNG and JPEG files are looked for, in sub-folders too.")


class BatchController(QObject):
    """Decides what the panel shows, and does what is pressed on it.

    Signals
    -------
    notice : `Notice`
    changed
        The batch stands differently: other actions may be possible.
    compared : (path of a frame, path of its result or "") that are wanted on screen
    chosen : `BatchSettings` to be remembered
    """

    notice = Signal(object)
    changed = Signal()
    compared = Signal(str, str)
    chosen = Signal(object)

    def __init__(
        self,
        panel: BatchPanel,
        command: list[str],
        strip: NoticeStrip,
        remembered: Remembered,
        background: Background,
    ) -> None:
        super().__init__(panel)
        self.panel, self.model = panel, panel.model
        self.draft = Draft(self.model, background, self)
        failures = Failures(strip, lambda: panel.show_group("failed"))
        self.running = BatchRunner(command, self.model, failures, self)
        self.standing = BatchStanding()
        self._remembered = remembered
        self._folder_chosen = False
        self._acts = card_text.CardActs(self.resume, self.clear, self.retry, self.open_path)
        self._connect()
        if remembered.unfinished:
            panel.card.show_text(card_text.offer(remembered.unfinished, self._acts))
        self.refresh()

    def _connect(self) -> None:
        panel, strip, running = self.panel, self.panel.strip, self.running
        running.changed.connect(self.refresh)
        running.notice.connect(self.notice)
        running.ended.connect(self._ended)
        running.broke_off.connect(self._broke_off)
        running.refused.connect(self._refused)
        self.draft.changed.connect(self.refresh)
        self.draft.nothing.connect(self._nothing_found)
        self.model.reordered.connect(self._reordered)
        panel.pressed.connect(self._pressed)
        panel.view.opened.connect(self.open_row)
        panel.view.picked.connect(self.changed)
        strip.chosen.connect(self._choice_changed)
        strip.listing_changed.connect(self._listing_changed)
        strip.folder_chosen.connect(self._choose_out)

    # ---- what there is to do ---------------------------------------------------------------

    @property
    def phase(self) -> Phase:
        """What the batch is at."""
        return self.running.phase

    @property
    def active(self) -> bool:
        """Whether a batch runs."""
        return self.running.active

    @property
    def settled(self) -> bool:
        """Whether nothing is going on."""
        return not self.draft.searching and (not self.active or self.phase is Phase.PAUSED)

    def add(self, paths: Sequence[Path]) -> None:
        """More frames and folders: into the draft, or into the batch that runs."""
        texts = tuple(str(path) for path in paths)
        if self.phase is Phase.STOPPING:
            self.notice.emit(Notice("The batch is stopping.", "Add frames when it has stopped."))
        elif self.active:
            self.running.add(texts)
            self._remember()
        else:
            if self.phase is Phase.ENDED:
                self.clear()
            self.panel.card.show_text(None)
            self.draft.add(texts, self.panel.strip.choices)
            self._suggest_folder()
            self.refresh()

    def start(self) -> None:
        """Start the draft, or go on with a batch that is paused or has stopped."""
        if self.phase is Phase.PAUSED:
            self.running.resume()
        elif self.phase is Phase.ENDED:
            self.resume()
        elif self.phase is Phase.DRAFT and not self._why_not() and not self.draft.searching:
            out = str(Path(self.panel.strip.folder or self.draft.suggestion).absolute())
            self._run(BatchPlan(self.draft.paths, out, self.panel.strip.choices))

    def resume(self) -> None:
        """Go on with the batch that stopped, or with the one that is remembered."""
        unfinished = self._remembered.unfinished
        if self.active:
            return
        if self.running.plan:
            self._run(self.running.plan)
        elif unfinished:
            self.draft.clear()
            self.draft.roots = unfinished.plan.paths
            self.panel.strip.set_choices(unfinished.plan.choices)
            self.panel.strip.set_folder(unfinished.plan.out)
            self._folder_chosen = True
            self._run(unfinished.plan)

    def retry(self) -> None:
        """Do what failed or was cancelled again."""
        if self.can_retry():
            self.panel.card.show_text(None)
            self.running.retry(self.model.ids("failed", "cancelled"))
            self._remember()

    def remove_selected(self) -> None:
        """Leave the selected frames out: of the draft, or of the batch that runs."""
        rows = self.panel.view.selected()
        if self.active:
            self.running.skip(tuple(r.id for r in rows if r.state in ("waiting", "running")))
            return
        self.model.remove([row.id for row in rows])
        self.draft.touched = True
        if not self.model.rowCount():
            self.clear()
        self.refresh()

    def to_top(self) -> None:
        """Do the selected frames next."""
        self.model.to_top([row.id for row in self.panel.view.selected()])

    def clear(self) -> None:
        """Forget the batch that has ended, or the draft; files stay."""
        if self.active:
            return
        self._remembered.forget()
        self.draft.clear()
        self._folder_chosen = False
        self.panel.card.show_text(None)
        self.panel.strip.set_folder("")
        self.running.forget()

    def open_row(self, row: Row) -> None:
        """See a frame and its result in View; without a result, the frame alone."""
        self.compared.emit(row.path, row.target if row.state in DONE else "")

    def open_folder(self) -> None:
        """Show the output folder."""
        if self.running.plan:
            self.open_path(Path(self.running.plan.out))

    def open_path(self, path: Path) -> None:
        """Show a file or folder with the system's own program."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def close(self) -> None:
        """End the process; what was not done can be resumed when the window opens again."""
        if self.active and self.phase is not Phase.STOPPING:
            self._remember()
        self.running.close()
        self._remembered.close()

    # ---- what can be done now --------------------------------------------------------------

    def can_start(self) -> bool:
        return self.panel.look.press in ("start", "resume")

    def can_retry(self) -> bool:
        again = self.model.counts["failed"] + self.model.counts["cancelled"]
        return again > 0 and self.phase not in (Phase.DRAFT, Phase.STOPPING)

    def can_remove(self) -> bool:
        return self.panel.view.has_selection() and self.phase is not Phase.STOPPING

    def can_open(self) -> bool:
        row = self.panel.view.current()
        return row is not None and row.state in DONE

    def can_show_folder(self) -> bool:
        plan = self.running.plan
        return plan is not None and is_folder(Path(plan.out))

    def can_clear(self) -> bool:
        return not self.active and bool(self.model.rowCount() or self.panel.card.text)

    # ---- how it went -------------------------------------------------------------------------

    def _run(self, plan: BatchPlan) -> None:
        self.panel.card.show_text(None)
        self.running.run(plan)
        self._remember()

    def _ended(self, stopped: bool) -> None:
        self._remembered.forget()
        problems = [(row.name, row.problem) for row in self.model.rows if row.state == "failed"]
        done, plan = self.running.done, self.running.plan
        out = plan.out if plan else ""
        card = card_text.summary(done, self.model.counts, problems, out, self._acts, stopped)
        self.panel.card.show_text(card)
        self.refresh()
        if not stopped and not self.panel.isVisible():
            self.notice.emit(
                Notice(Text("The batch is done: {title}", title=card.title), "", "done")
            )

    def _broke_off(self, problem: str, hint: str) -> None:
        self._remember()
        self.panel.card.show_text(card_text.broken(problem, hint, self._acts))
        self.refresh()

    def _refused(self) -> None:
        self._remembered.forget()

    def _remember(self) -> None:
        if self.running.plan:
            self._remembered.keep(self.running.plan, self.standing)

    # ---- the draft ---------------------------------------------------------------------------

    def _nothing_found(self, paths: tuple[str, ...]) -> None:
        choices = self.panel.strip.choices
        inside = LOOK_FOR_INSIDE if choices.recursive else LOOK_FOR
        like = (
            tr("Only names like {include} are taken.", include=choices.include)
            if choices.include
            else ""
        )
        message = Text("There is no frame in {words}.", words=words(paths))
        self.notice.emit(Notice(message, f"{tr(inside)} {like}".strip(), "error"))

    def _suggest_folder(self) -> None:
        if not self._folder_chosen:
            self.panel.strip.set_folder(self.draft.suggestion)

    def _choose_out(self, folder: str) -> None:
        if self.running.plan and folder == self.running.plan.out:
            return
        self._folder_chosen = bool(folder) and folder != self.draft.suggestion
        self._suggest_folder()
        self._draft_again()

    def _choice_changed(self, choices: BatchSettings) -> None:
        self.chosen.emit(choices)
        self._draft_again()

    def _listing_changed(self) -> None:
        if self.phase is Phase.DRAFT and self.draft.roots:
            self.draft.search_again(self.panel.strip.choices)
            self.refresh()

    def _draft_again(self) -> None:
        """Other choices after a batch: the same frames may be enhanced once more."""
        if self.phase is Phase.ENDED and self.draft.roots:
            roots, folder = self.draft.roots, self.panel.strip.folder
            chosen = self._folder_chosen
            self.clear()
            self.panel.strip.set_folder(folder)
            self._folder_chosen = chosen
            self.draft.add(roots, self.panel.strip.choices)
        self.refresh()

    def _reordered(self, ids: tuple[str, ...]) -> None:
        if self.active:
            self.running.order(ids)
        else:
            self.draft.touched = True

    def _why_not(self) -> str:
        choices = self.panel.strip.choices
        if not choices.colour and choices.scale == 1 and not choices.bands:
            return tr("Choose colour or sharpening")
        if self.panel.strip.problem:
            return self.panel.strip.problem
        watching = choices.watch and self.draft.has_folder
        if not self.model.counts["ready"] and not watching:
            return tr("Add frames first")
        return ""

    # ---- showing -----------------------------------------------------------------------------

    def _pressed(self, press: str) -> None:
        acts = {"start": self.start, "pause": self.running.pause, "resume": self.start}
        acts.get(press, self.retry)()

    def refresh(self) -> None:
        """Bring panel and actions in step with the batch."""
        self.model.flush()
        stands = self.running.standing()
        if self.phase is Phase.DRAFT:
            stands = replace(
                stands,
                searching=self.draft.searching,
                watching=self.panel.strip.choices.watch,
                bands=self.panel.strip.choices.bands,
                why_not=self._why_not(),
            )
        self.standing = stands
        self.panel.show_counts()
        self.panel.show_look(batch_phase.look(stands))
        self.changed.emit()
