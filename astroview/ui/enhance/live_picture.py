"""A result on screen while it is made: colours at a glance at once, then tile by tile."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtGui import QPainter

from astroview.core.colour.chroma_maps import load_maps
from astroview.core.colour.stretch import Stretch
from astroview.core.errors import AstroviewError
from astroview.core.frame import Frame, Window
from astroview.core.messages import worker_messages
from astroview.ui.documents.document import Document, Result, details
from astroview.ui.documents.document_store import DocumentStore
from astroview.ui.enhance.live_canvas import LiveCanvas, LiveScene, draw
from astroview.ui.enhance.partial_result import Part, PartialResult
from astroview.ui.i18n.translate import tr
from astroview.ui.process.thread_pool import Background
from astroview.ui.process.worker_client import Job, Worker
from astroview.ui.render.display_settings import look
from astroview.ui.render.rendering import Look
from astroview.ui.viewer import panes
from astroview.ui.viewer.paint_layers import Placing, paint_patch
from astroview.ui.viewer.panes import SUBTRACTED
from astroview.ui.viewer.selection_controller import SelectionController
from astroview.ui.viewer.viewer import Viewer


class LivePicture(QObject):
    """Paints the job under way over the old picture, until its result is on the viewer."""

    def __init__(
        self,
        worker: Worker,
        desk: DocumentStore,
        looking: SelectionController,
        viewer: Viewer,
        background: Background,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._viewer, self._background = viewer, background
        self._job: Job | None = None
        self._grown: PartialResult | None = None
        self._look: Look | None = None
        self._drawing: LiveCanvas | None = None
        self._result: Frame | None = None  # that this picture stands in for until it is shown
        self._running = self._stale = False
        worker.seen.connect(self._seen)
        worker.stopped.connect(self._over)
        worker.failed.connect(self._over)
        self._looking = looking
        desk.finished.connect(self._finished)
        desk.recoloured.connect(self._finished)
        looking.changed.connect(self._look_changed)
        viewer.view_changed.connect(self._refresh)
        viewer.add_overlay(self, below=True)  # marks and the scale bar stay readable
        viewer.ask_for_preview(self.preview_of)

    def first_of(self, frame: Frame) -> Window | None:
        """What is looked at of a frame, for the worker to begin with."""
        shown, seen = self._viewer.shown, self._viewer.visible
        if shown is None or shown.before.frame is not frame:
            return None
        all_of_it = seen.toAlignedRect()  # a pixel that is seen in part is looked at
        numbers = (all_of_it.y(), all_of_it.x(), all_of_it.height(), all_of_it.width())
        return Window(*numbers).clip(frame.shape)

    def _look_changed(self) -> None:
        chosen = self._looking.selection
        wanted = None
        if chosen:
            document = chosen.document
            channels = document.frame.channels
            wanted = look(document.display, channels, document.loaded.saturation)
        if wanted != self._look:
            self._look = wanted
            self._refresh()

    @property
    def showing(self) -> bool:
        """Whether a job's picture is over the old one."""
        return self._drawing is not None and self._is_looked_at()

    @property
    def drawn(self) -> PartialResult | None:
        """What of the job is in that picture."""
        return self._drawing.scene.grown if self._drawing else None

    def paint(self, painter: QPainter, at: Placing) -> None:
        """Over the result's pane, or over the only one."""
        shown = self._viewer.shown
        if self._handed_over():
            self._drop()
        if self._drawing is None or shown is None or not self._is_looked_at():
            return
        painted = shown.layer(at.pane.shows) is (shown.after or shown.before)
        if not painted or self._viewer.peeking or at.pane.shows == SUBTRACTED:
            return
        for patch, scale in self._drawing.patches:
            paint_patch(painter, patch, scale, at)
        if shown.after is None:  # else the viewer asks `preview_of` for the pane's label
            name = tr("Enhancing · not the original")
            panes.paint_label(painter, at.pane, name, right=True)

    def preview_of(self, shows: int) -> str:
        """What stands on a pane that this picture is painted over; "" for others."""
        shown, job = self._viewer.shown, self._job
        if shown is None or shown.after is None or job is None or not self.showing:
            return ""
        if shown.layer(shows) is not shown.after or shows == SUBTRACTED:
            return ""
        scale = self._grown.scale if self._grown else 1
        parts = [f"×{scale}"] if scale > 1 else []
        return ", ".join([tr("Preview"), *parts, *details(job.options)])

    # ---- what the worker says ----------------------------------------------------------

    def _seen(self, job: Job, event: worker_messages.Coarse | worker_messages.Tile) -> None:
        if self._job is None or job.id != self._job.id:
            self._begin(job)
        assert self._grown is not None
        if isinstance(event, worker_messages.Coarse):
            maps, stretch = load_maps(Path(event.file)), Stretch.from_dict(event.rendered)
            self._grown = replace(self._grown, maps=maps, stretch=stretch)
        else:
            window = Window(event.y, event.x, event.height, event.width)
            self._grown = self._grown.with_tile(event.part, window, job.scratch)
        self._refresh()

    def _begin(self, job: Job) -> None:
        self._drop()
        self._job, self._grown = job, PartialResult(job.frame)
        if job.base:
            samples = np.load(job.base.source, mmap_mode="r")
            whole: tuple[Part, Window] = ("source", Window.whole(samples.shape))
            self._grown = PartialResult(job.frame, samples=samples, final=(whole,))

    def _over(self, job: Job | None, *_: object) -> None:
        if job and self._job and job.id == self._job.id:
            self._drop()

    def _finished(self, document: Document, result: Result) -> None:
        """Stay until the result is on the viewer; it is chosen at once where it is awaited."""
        job = self._job
        if job and result.scratch == job.scratch:
            self._result = result.frame
            if not self._is_looked_at():
                self._drop()
            self._viewer.update()

    def _drop(self) -> None:
        self._job = self._grown = self._drawing = self._result = None
        self._viewer.update()

    # ---- the picture ---------------------------------------------------------------------

    def _handed_over(self) -> bool:
        """Whether the result is on the viewer, or left for the original, which is itself again."""
        if self._result is None:
            return False
        shown, chosen = self._viewer.shown, self._looking.selection
        if shown is not None and shown.after is not None and shown.after.frame is self._result:
            return True
        return chosen is None or chosen.result is None

    def _is_looked_at(self) -> bool:
        shown, job, chosen = self._viewer.shown, self._job, self._looking.selection
        if shown is None or job is None or shown.before.frame is not job.frame:
            return False
        if shown.after is None:
            return True
        # Over what the job gives another version of; not over an uncertainty or another file.
        alike = chosen is not None and chosen.result is not None and chosen.result.outputs
        return (
            bool(alike)
            and not (chosen and chosen.beside)
            and (shown.after.frame is not self._result)
        )

    def _refresh(self, *_: object) -> None:
        """Draw what is visible anew; while that runs only the latest wish is kept."""
        if self._grown is None or self._look is None or not self._is_looked_at():
            return
        if self._running:
            self._stale = True
            return
        view = self._viewer
        zoom = view.view.zoom * view.devicePixelRatioF()
        scene = LiveScene(self._grown, self._look, view.visible, zoom)
        self._running, self._stale = True, False
        work = partial(draw, scene, self._drawing)
        self._background.run(work, partial(self._drawn, self._job), self._not_drawn)

    def _drawn(self, job: Job | None, drawing: LiveCanvas) -> None:
        self._running = False
        if job is self._job and job is not None:
            self._drawing = drawing
            self._viewer.update()
        if self._stale:
            self._refresh()

    def _not_drawn(self, _: AstroviewError) -> None:
        self._running = False  # the old picture stays; the job itself tells what is wrong
