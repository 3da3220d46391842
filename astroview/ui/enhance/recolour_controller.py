"""What a result is made with, changed while one looks at it: colours and sharpening, live."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from astroview.core.colour_hints import Colouring
from astroview.core.enhance import sidecar
from astroview.core.errors import AstroviewError
from astroview.core.messages import worker_messages
from astroview.core.options import EnhanceOptions
from astroview.core.texts import Text
from astroview.ui.documents.document import Document, Result
from astroview.ui.documents.document_store import DocumentStore
from astroview.ui.enhance.enhance_controller import EnhanceController
from astroview.ui.enhance.enhance_panel import EnhancePanel
from astroview.ui.enhance.hint_brush import HintBrush
from astroview.ui.enhance.kept_colours import (
    ColouringStep,
    KeptColouring,
    Key,
    keep_colouring,
    key_of,
)
from astroview.ui.enhance.survey_looks import SurveyLooks
from astroview.ui.enhance.variation_updates import Variations
from astroview.ui.process.thread_pool import Background
from astroview.ui.process.worker_client import Job, Worker
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notice import Notice
from astroview.ui.viewer.selection_controller import SelectionController
from astroview.ui.viewer.viewer import Viewer

MAX_FORMER = 6  # drafts that were replaced, for steps back


class RecolourController(QObject):
    """Brings choices to the panel, the brush, the sidecar and to the result.

    A change of colours colours the newest result anew, one of sharpening makes it anew, what is
    looked at first; without a result both are choices for later, but a hint paints the frame as
    it is. A result that somebody asked for is never replaced: the first change adds a draft beside
    it, further ones replace the draft, and `keep` makes a draft a result like others. Choices
    that gave a result before bring that one back. One job runs at a time: a change while our own
    job runs replaces it, a change while another runs waits for it.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(
        self,
        worker: Worker,
        desk: DocumentStore,
        looking: SelectionController,
        enhancing: EnhanceController,
        panel: EnhancePanel,
        viewer: Viewer,
        undo: QUndoStack,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._undo, self._session = undo, desk.session
        self._worker, self._desk, self._looking = worker, desk, looking
        self._enhancing, self._panel = enhancing, panel
        self._background = Background(1, self)
        self._kept: dict[Key, KeptColouring] = {}
        self._wish: Document | None = None  # to be painted as soon as the worker is free
        self._own_scratch: Path | None = None
        self._former: deque[tuple[int, Result]] = deque(maxlen=MAX_FORMER)  # drafts, by document
        self._drafts: set[str] = set()  # ids of results that a further change may replace
        self._shown: tuple[int, Result] | None = None  # the newest draft
        self._anew = False  # sharpened anew too, not only coloured
        self._reading = ""
        self.brush = HintBrush(viewer, panel.steer.hints)
        self.variations = Variations(worker, panel, lambda: looking.selection, self)
        self.looks = SurveyLooks(panel.steer.measured, lambda: looking.selection, self)
        self._connect()

    def _connect(self) -> None:
        worker, steer = self._worker, self._panel.steer
        self._looking.changed.connect(self._show)
        self._desk.removed.connect(self._forget)
        self._desk.finished.connect(self._landed)
        self._desk.recoloured.connect(self._landed)
        worker.stopped.connect(self._ended)
        worker.failed.connect(self._ended)
        worker.answered.connect(self._answered)
        self._session.jobs.changed.connect(self._job_changed)
        self._panel.palette_chosen.connect(self._take_palette)
        self._panel.colorizer_changed.connect(self._paint_selected)
        self._panel.sharpening_changed.connect(self._sharpen_selected)
        steer.strip.chosen.connect(self._take_palette)
        steer.picture_chosen.connect(self.take_picture)
        steer.vividness_chosen.connect(self._take_vividness)
        steer.measured_chosen.connect(self._take_measured)
        steer.hints.cleared.connect(self.clear_hints)
        self.brush.changed.connect(self._change)

    def serve(self, commands: Commands) -> None:
        """Serve the actions about colours."""
        bar = self._panel.steer.hints
        bar.painting.connect(commands.update)
        self._looking.changed.connect(self.variations.refresh)
        self._looking.changed.connect(self.looks.show)
        commands.serve(
            {
                "hints": bar.set_painting,
                "clear_hints": self.clear_hints,
                "reference": self._panel.steer.choose_picture,
                "from_sky": self.looks.look,
                "from_picture": self._panel.steer.measured.choose_picture,
                "save_colours": self.save_beside,
            },
            ticked={"hints": lambda: bar.is_painting},
            possible={
                "hints": lambda: self._panel.can_steer,
                "clear_hints": lambda: bool((k := self._selected) and k.colouring.hints),
                "reference": lambda: self._panel.can_steer,
                "from_sky": lambda: self._panel.can_steer and self._has_sky(),
                "from_picture": lambda: self._panel.can_steer,
                "save_colours": lambda: bool((k := self._selected) and not k.colouring.is_plain),
            },
        )

    # ---- what the window and tests call --------------------------------------------------

    @property
    def colouring(self) -> Colouring:
        """The choices for the frame that is looked at."""
        return self._selected.colouring if self._selected else Colouring()

    @property
    def settled(self) -> bool:
        """Whether no colour is on its way to a result or a file."""
        quiet = not self._reading and not self._background.busy and self.looks.settled
        return self._wish is None and quiet

    def choose(self, colouring: Colouring, text: str = "colours") -> None:
        """Choose for the frame that is looked at, as if by hand."""
        self._change(colouring, text)

    def take_picture(self, path: Path) -> None:
        """Take the palette of a picture."""
        if self._selected:
            self._worker.forget(self._reading)
            self._reading = self._worker.read_palette(path)

    def take_colours(self, key: int, picture: str) -> None:
        """Take the colours that a picture measured of a document's frame, and look at that."""
        if key in self._desk.documents:
            self._session.select(key)
            self._take_measured(picture)

    def keep(self, document: Document, options: EnhanceOptions) -> bool:
        """Keep the draft that was made with those choices, if there is one; whether there was."""
        made = document.made_with(options)
        if made is None or made.id not in self._drafts:
            return False
        self._drafts.discard(made.id)
        self._session.select(document.key, made.id)
        return True

    def clear_hints(self) -> None:
        """Remove all hints."""
        if self.colouring.hints:
            self._change(replace(self.colouring, hints=()), "hints")

    def save_beside(self) -> None:
        """Write the choices beside the frame."""
        kept = self._selected
        if kept is None:
            return
        path = sidecar.beside(kept.place[0])
        work = partial(sidecar.save, path, kept.place[1], kept.colouring)
        told = Notice(Text("Saved the colours as {name}.", name=path.name), "", "done")
        self._background.run(work, lambda _: self.notice.emit(told), self._tell)

    def close(self) -> None:
        """Let a file under way be written."""
        self.looks.close()
        self._background.close()

    # ---- choices -------------------------------------------------------------------------

    @property
    def _selected(self) -> KeptColouring | None:
        selection = self._looking.selection
        return self._kept.get(key_of(selection.document)) if selection else None

    def _show(self) -> None:
        """Another frame, or the same in another way."""
        selection = self._looking.selection
        if selection is None:
            self._panel.steer.hints.set_painting(on=False)
            self.brush.show_colouring(Colouring())
            return
        document = selection.document
        key, path = key_of(document), document.frame.path
        if key not in self._kept and path is not None:
            place = (path, f"{document.frame.hdu or 0}/{document.frame.plane}")
            self._kept[key] = KeptColouring(place, Colouring(self._panel.options.palette))
            work = partial(sidecar.load, *place)
            self._background.run(work, partial(self._remembered, key), self._tell)
        self._bring()

    def _remembered(self, key: Key, found: Colouring | None) -> None:
        kept = self._kept.get(key)
        if found and kept and not kept.touched:
            kept.colouring = found
            self._bring()
            self.variations.refresh()

    def _bring(self) -> None:
        """Show the choices of the selected frame everywhere."""
        self._panel.show_colouring(self.colouring)
        self.brush.show_colouring(self.colouring)

    def _take_palette(self, name: str) -> None:
        self._change(self.colouring.with_palette(name), "palette")

    def _take_vividness(self, vividness: float) -> None:
        self._change(replace(self.colouring, vividness=vividness), "vividness")

    def _take_measured(self, wanted: str) -> None:
        self._change(replace(self.colouring, colour_from=wanted), "measured colours")

    def _has_sky(self) -> bool:
        chosen = self._looking.selection
        return chosen is not None and chosen.document.frame.wcs is not None

    def _change(self, colouring: Colouring, text: str) -> None:
        kept, selection = self._selected, self._looking.selection
        if kept and selection and colouring != kept.colouring:
            apply = partial(self._apply, key_of(selection.document))
            self._undo.push(ColouringStep(kept.colouring, colouring, text, apply))
        else:
            self._bring()

    def _apply(self, key: Key, colouring: Colouring) -> bool:
        """Look at the frame and colour it so; False when it is closed."""
        kept, document = self._kept.get(key), self._desk.documents.get(key[0])
        if kept is None or document is None:
            return False
        kept.colouring, kept.touched = colouring, True
        selection = self._looking.selection
        if selection is None or selection.document.key != key[0]:
            self._session.select(key[0])
        if self._selected is kept:
            self._bring()
            self._panel.tell_chosen()
            self.variations.refresh()
        self._background.run(partial(keep_colouring, kept.place, colouring), _ignore, self._tell)
        self._paint(document)
        return True

    def _forget(self, key: int) -> None:
        self._kept = {k: v for k, v in self._kept.items() if k[0] != key}
        kept = [pair for pair in self._former if pair[0] != key]
        self._former.clear()
        self._former.extend(kept)
        if self._shown and self._shown[0] == key:
            self._shown = None

    # ---- painting --------------------------------------------------------------------------

    def _paint_selected(self) -> None:
        if self._looking.selection:
            self._paint(self._looking.selection.document)

    def _sharpen_selected(self) -> None:
        """Make the result that is looked at anew, if there is one and something to make."""
        options, selection = self._panel.options, self._looking.selection
        if selection is None or self._base(selection.document) is None:
            return
        if options.superres or self._panel.can_steer:
            self._anew = True
            self._begin(selection.document)

    def _paint(self, document: Document) -> None:
        """Bring the colours into the result, now or when the worker is free."""
        base = self._base(document)
        if self._panel.can_steer and (base is not None or self.colouring.hints):
            self._begin(document)

    def _begin(self, document: Document) -> None:
        self._wish = document
        under_way = self._session.jobs.get("enhance")
        if under_way is None:
            self._start()
        elif under_way.draft:
            self._enhancing.cancel()

    def _job_changed(self, _kind: str) -> None:
        job = self._session.jobs.get("enhance")
        if job and job.draft:
            self._own_scratch = job.scratch

    def _start(self) -> None:
        wish, self._wish = self._wish, None
        document = self._desk.documents.get(wish.key) if wish else None
        if document is None or self._enhancing.running:
            return
        kept = self._kept.get(key_of(document))
        colours = kept.colouring if kept else Colouring()
        options = replace(
            self._panel.options,
            palette=colours.palette,
            hints=colours.hints,
            reference=colours.reference,
            vividness=colours.vividness,
            colour_from=colours.colour_from,
        )
        base = self._base(document)
        if base is None:
            options = replace(options, superres=None)
        elif not self._anew and base.options:  # only its colours change
            sharpened = base.options
            options = replace(
                options,
                superres=sharpened.superres,
                quality=sharpened.quality,
                denoise=sharpened.denoise,
            )
        if made := document.made_with(options):
            self._session.select(document.key, made.id)
            return
        draft = next((r for r in document.results if r.id in self._drafts), None)
        if draft and self._bring_back(document, draft, options):
            return
        base = None if self._anew else base
        self._enhancing.start(document, options, base, instead_of=draft, draft=True)

    def _bring_back(self, document: Document, draft: Result, options: EnhanceOptions) -> bool:
        """Put a former draft of those choices in the place of the one there is now."""
        for i, (key, former) in enumerate(self._former):
            if key == document.key and replace(document, results=(former,)).made_with(options):
                del self._former[i]
                self._former.append((key, draft))
                self._shown = (key, replace(former, id=draft.id))
                self._session.put(document.with_changed(self._shown[1]))
                self._session.select(key, draft.id)
                return True
        return False

    def _base(self, document: Document) -> Result | None:
        """The result that is coloured anew: the one looked at, or the newest."""
        selection = self._looking.selection
        if selection and selection.document.key == document.key and selection.result:
            wanted = document.result(selection.result.id)
            if wanted and wanted.outputs:
                return wanted
        return next((r for r in reversed(document.results) if r.outputs), None)

    def _landed(self, document: Document, result: Result) -> None:
        if result.scratch == self._own_scratch:
            if self._shown and self._shown[0] == document.key and self._shown[1].id == result.id:
                self._former.append(self._shown)
            self._shown = (document.key, result)
            self._drafts.add(result.id)
            self._session.select(document.key, result.id)
        self._anew = self._anew and self._wish is not None
        self.variations.refresh()
        if self._wish and not self._enhancing.running:
            self._start()

    def _ended(self, job: Job | None, *_: object) -> None:
        self._anew = self._anew and self._wish is not None
        if job and self._wish:
            QTimer.singleShot(0, self, self._start)  # once everybody has heard that it ended

    # ---- reference -------------------------------------------------------------------------

    def _answered(self, event: worker_messages.Event) -> None:
        if getattr(event, "id", "") != self._reading or not self._reading:
            return
        self._reading = ""
        if isinstance(event, worker_messages.PaletteRead):
            changed = replace(self.colouring, reference=event.reference)
            self._change(changed, "palette")
        elif isinstance(event, worker_messages.Failed):
            self.notice.emit(Notice.of(AstroviewError(event.message, event.hint)))

    def _tell(self, error: AstroviewError) -> None:
        self.notice.emit(Notice.of(error))


def _ignore(_: object) -> None:
    """Kept; nobody needs to know."""
