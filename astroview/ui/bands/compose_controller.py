"""Colour from bands in the window: offered, composed in the background, edited live."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from astroview.core.errors import AstroviewError, Cancelled, UnreadableFrame
from astroview.core.frame import Frame
from astroview.core.lazy_dataclass import dataclass
from astroview.core.messages.worker_messages import Progress
from astroview.core.texts import Text
from astroview.ui.bands.bands_panel import BandsPanel, Weights
from astroview.ui.bands.compose_offer import ComposeOffer, listed
from astroview.ui.display.display_panel import DisplayPanel
from astroview.ui.documents import document as documents
from astroview.ui.documents.document import Document, LoadedFile
from astroview.ui.documents.document_store import DocumentStore
from astroview.ui.documents.session_jobs import SessionJob
from astroview.ui.process.thread_pool import Background
from astroview.ui.render.display_settings import Display
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notice import Act, Notice
from astroview.ui.viewer.selection_controller import SelectionController

if TYPE_CHECKING:
    from astroview.core.bands.bands import Assignment, Band

log = logging.getLogger(__name__)
MOST = 200  # open frames searched for fellow bands


@dataclass(frozen=True)
class Composition:
    """What a composed document was made of (`core.bands.bands`), and its automatic stretch."""

    bands: Sequence[Band]
    channels: Assignment
    home: float


class ComposeController(QObject):
    """Finds bands of the frame looked at, offers to compose them, and does it.

    ``offer`` is the row that offers it, for the window to place; ``answered`` takes away the
    notice whose button does the same.
    """

    notice = Signal(object)
    _progress = Signal(int, int)

    def __init__(
        self,
        display: DisplayPanel,
        answered: Callable[[Act], None],
        desk: DocumentStore,
        looking: SelectionController,
        commands: Commands,
        make_folder: Callable[[str], Path],
    ) -> None:
        super().__init__(looking)
        self._display, self._answered = display, answered
        self._desk, self._looking = desk, looking
        self._commands, self._make_folder = commands, make_folder
        self._background = Background(1, self)
        self._numbers = count(1)
        self._offered: list = []
        self._searched: tuple = ()
        self._told: set[frozenset[str]] = set()
        self._made: dict[int, Composition] = {}
        self._shown: Composition | None = None  # on the panel
        self._stop: Event | None = None
        self.panel, self.offer = BandsPanel(), ComposeOffer()
        display.add_below(self.panel)
        self._connect()

    def _connect(self) -> None:
        self._looking.changed.connect(self._update)
        self._desk.changed.connect(self._update)
        self._desk.removed.connect(self._update)
        self._desk.session.marked_changed.connect(self._commands.update)
        jobs = self._desk.session.jobs
        self._progress.connect(lambda done, of: jobs.progress("compose", Progress("", done, of)))
        jobs.changed.connect(lambda _: self.offer.show_job(jobs.get("compose")))
        jobs.progressed.connect(self.offer.show_progress)
        self.offer.compose.connect(self.compose)
        self.offer.cancel.connect(self.cancel)
        self.panel.assigned.connect(self._assign)
        self.panel.mixed.connect(self._mix)
        self.panel.balance.connect(self._balance)
        self._commands.serve(
            {"compose": self.compose},
            possible={"compose": lambda: not self._stop and len(self._candidates()) > 1},
        )

    @property
    def busy(self) -> bool:
        """Whether bands are being looked for or composed."""
        return self._background.busy

    def close(self) -> None:
        """Stop what runs; nothing is told any more."""
        self.cancel()
        self._background.close()

    def cancel(self) -> None:
        """Give up composing."""
        if self._stop:
            self._stop.set()

    @property
    def made(self) -> dict[int, Composition]:
        """What composed documents were made of, by their keys."""
        return self._made

    def bring_back(self, key: int, work: Callable[[], Composition]) -> None:
        """A composed document is open again; ``work`` finds what it was made of, in any thread."""
        lost = lambda error: log.info("bands not brought back: %s", error.message)  # noqa: E731
        self._background.run(work, partial(self._brought_back, key), lost)

    def _brought_back(self, key: int, made: Composition) -> None:
        if key in self._desk.documents and key not in self._made:
            self._made[key] = made
            self._update()

    def compose(self) -> None:
        """Compose the rows selected in the list, else what is on offer."""
        found = self._candidates()
        if len(found) < 2 or self._stop:
            return
        self._answered(self.compose)
        if isinstance(found[0], Frame):
            work = partial(_identified, found)
            self._background.run(work, lambda bands: self._start(bands, None, None), self._failed)
        else:
            self._start(found, None, None)

    def _candidates(self) -> list:
        chosen = [self._desk.documents.get(key) for key in self._desk.session.marked]
        frames = [d.frame for d in chosen if d and d.frame.channels == 1]
        return frames if len(frames) > 1 else self._offered

    # ---- offering ----------------------------------------------------------------------

    def _update(self, *_: object) -> None:
        """Look for fellow bands of the frame on screen, when something changed."""
        document = self._document
        made = self._made.get(document.key) if document else None
        self.panel.setVisible(made is not None)
        if document and made:
            self._show_mix(document.display, made)
        frames = [d.frame for d in list(self._desk.documents.values())[:MOST]]
        key = (id(document.frame) if document else 0, *map(id, frames))
        if key == self._searched:
            return
        self._searched = key
        if document is None or document.frame.channels != 1:
            self._offer([])
            return
        work = partial(_search, frames, document.frame)
        self._background.run(work, partial(self._found, key), self._failed)

    def _found(self, key: tuple, bands: list) -> None:
        if key == self._searched:
            self._offer(bands)

    def _offer(self, bands: list) -> None:
        self._offered = bands
        names = tuple(band.name for band in bands)
        self.offer.show_names(names)
        self._commands.update()
        known = frozenset(f"{b.frame.path}{b.frame.hdu}{b.frame.plane}" for b in bands)
        if len(bands) > 1 and known not in self._told:
            self._told = {old for old in self._told if not old < known} | {known}
            words = Text("{listed} of one field are open.", listed=listed(names))
            hint = "Their true colour comes before a guessed one."
            button = Text("Compose colour from {count} bands", count=len(bands))
            self.notice.emit(Notice(words, hint, "info", button, self.compose))

    # ---- composing ---------------------------------------------------------------------

    def _start(self, bands: Sequence[Band], channels: Assignment | None, key: int | None) -> None:
        """Compose in the background: a new document, or other channels for an old one."""
        self._stop = stop = Event()
        folder = self._make_folder(f"bands-{next(self._numbers)}")
        tell = self._progress.emit

        def progress(done: int, of: int) -> None:
            tell(done, of)
            if stop.is_set():
                raise Cancelled

        names = listed(tuple(band.name for band in bands))
        self._desk.session.jobs.begin(SessionJob("compose", names, key or 0))
        work = partial(_compose, bands, channels, folder, progress)
        self._background.run(work, partial(self._composed, key), self._failed)

    def _composed(self, key: int | None, result: tuple[LoadedFile, Composition] | None) -> None:
        self._over()
        if result is None:
            self.notice.emit(Notice("Composing was cancelled."))
            return
        loaded, made = result
        if key is None:
            document = self._desk.add(loaded, loaded.opening)
        elif key in self._desk.documents:
            document = self._desk.exchange(key, loaded, loaded.opening)
        else:
            return
        self._made[document.key] = made
        self._desk.session.select(document.key)
        self._update()

    def _failed(self, error: AstroviewError) -> None:
        self._over()
        self.notice.emit(Notice.of(error))

    def _over(self) -> None:
        self._stop = None
        self._desk.session.jobs.end("compose")

    # ---- editing -----------------------------------------------------------------------

    @property
    def _document(self) -> Document | None:
        chosen = self._looking.selection
        return chosen.document if chosen else None

    def _assign(self, channels: Assignment) -> None:
        document = self._document
        made = self._made.get(document.key) if document else None
        if document and made and not self._stop:
            self._start(made.bands, channels, document.key)

    def _mix(self, weights: Weights, q: float, wide: float) -> None:
        from astroview.core.colour.band_stretch import lupton

        document = self._document
        if document and document.display.bands:
            red, green, blue = (b.low for b in document.display.bands)
            spans = tuple(wide / weight for weight in weights)
            mixed = lupton((red, green, blue), (spans[0], spans[1], spans[2]), q)
            changed = replace(document.display, bands=mixed.bands, joint=True, method="manual")
            self._display.change(changed)

    def _balance(self, neutral: bool) -> None:
        from astroview.core.colour.band_stretch import auto_lupton

        document = self._document
        if document:
            weights = None if neutral else (1.0, 1.0, 1.0)
            mixed = auto_lupton(document.loaded.samples, weights)
            changed = replace(document.display, bands=mixed.bands, joint=True, method="manual")
            self._display.change(changed)

    def _show_mix(self, display: Display, made: Composition) -> None:
        from astroview.core.colour.band_stretch import BandStretch, lupton_of

        if made is not self._shown:
            self._shown = made
            self.panel.show_bands(made.bands, made.channels)
        able = display.bands is not None and display.joint and display.bands[0].kind == "asinh"
        self.panel.setEnabled(True)
        if able and display.bands:
            self.panel.show_mix(*lupton_of(BandStretch(display.bands, joint=True)), made.home)


def _search(frames: Sequence[Frame], chosen: Frame) -> list:
    """Bands of the chosen frame's field: among open frames, else in its own file; any thread."""
    from astroview.core.bands import bands

    found = bands.offer(frames, chosen)
    if found or chosen.path is None:
        return found
    try:
        inside = bands.bands_in(chosen.path)
    except UnreadableFrame:  # gone meanwhile: there is nothing to offer
        return []
    return inside if len({band.nm for band in inside} - {None}) > 1 else []


def _identified(frames: Sequence[Frame]) -> list:
    from astroview.core.bands import bands

    return bands.identify_all(frames)


def _compose(
    found: Sequence[Band],
    channels: Assignment | None,
    folder: Path,
    progress: Callable[[int, int], None],
) -> tuple[LoadedFile, Composition] | None:
    """The composed frame, ready to be shown; None when it was cancelled. Any thread."""
    from astroview.core.bands import bands
    from astroview.core.colour.band_stretch import auto_lupton, lupton_of

    picks = channels or bands.assign(found)
    try:
        frame = bands.compose_bands(found, picks, folder, progress)
    except Cancelled:
        return None
    loaded = documents.look_at(frame)
    stretch = auto_lupton(loaded.samples)
    opening = replace(loaded.opening, bands=stretch.bands, joint=True)
    picture = documents.thumbnail(frame, stretch)
    loaded = replace(loaded, opening=opening, thumbnail=picture)
    return loaded, Composition(tuple(found), picks, lupton_of(stretch)[2])
