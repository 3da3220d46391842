"""The data quality of a frame over its picture: what is no measurement, what its file says; and
the other images of the file as frames or as a mosaic.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog

from astroview.core.frame import Frame
from astroview.core.io.fits.mosaic.mosaic_pieces import WAYS, Way, mosaic_name, ways
from astroview.ui.documents.document_store import DocumentStore
from astroview.ui.documents.session import Selection
from astroview.ui.i18n.translate import tr
from astroview.ui.process.latest_only import Latest
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notices import Notice
from astroview.ui.viewer.bad_pixels.frame_rules import FrameRules
from astroview.ui.viewer.bad_pixels.mark_controller import MarkController
from astroview.ui.viewer.overlays.flag_overlay import Flags
from astroview.ui.viewer.viewer import Viewer


class QualityController(QObject):
    """Serves the overlay of flags.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(
        self,
        viewer: Viewer,
        store: DocumentStore,
        commands: Commands,
        background: Background,
        rules: FrameRules,
    ) -> None:
        super().__init__(viewer)
        self.marks = MarkController(viewer, store.session, rules)
        self.marks.notice.connect(self.notice)
        self._viewer, self._store, self._commands = viewer, store, commands
        self._latest = Latest(background, self)
        self._latest.failed.connect(lambda error: self.notice.emit(Notice.of(error)))
        self.flags = Flags()
        self.on, self.bits = False, 0
        self._shown: tuple[Frame, int, int] | None = None
        viewer.add_overlay(self.flags, below=True)
        store.session.selected.connect(self._look)
        several: Callable[[], bool] = lambda: len(self._images) > 1  # noqa: E731
        commands.serve(
            {
                "quality": self.show,
                "quality_bits": self._ask,
                "images_open": self.open_images,
                **{f"mosaic_{way}": partial(self._open_mosaic, way) for way in WAYS},
            },
            ticked={"quality": lambda: self.on},
            possible={
                **dict.fromkeys(("quality", "quality_bits", "images_open"), several),
                **{f"mosaic_{way}": partial(self._can_be_mosaic, way) for way in WAYS},
            },
        )

    @property
    def _selection(self) -> Selection | None:
        return self._store.session.selection

    @property
    def _images(self) -> list[int]:
        chosen = self._selection
        return [i.index for i in chosen.document.loaded.hdus if i.is_image] if chosen else []

    @property
    def busy(self) -> bool:
        """Whether pixels are still looked at."""
        return self._latest.busy or self.marks.busy

    def close(self) -> None:
        """Look no further."""
        self.marks.close()

    def show(self, on: bool) -> None:
        """Lay the flags over every frame that has some."""
        self.on = on
        self._look(told=True)
        self._commands.update()

    def set_bits(self, bits: int) -> None:
        """Show pixels with one of these bits; 0: any."""
        self.bits = bits
        self.show(on=True)

    def open_images(self) -> None:
        """Open the other images of the file, each as a frame of its own."""
        if self._selection is not None:
            self._store.open_images(self._selection.document.key)

    def _can_be_mosaic(self, way: Way) -> bool:
        chosen = self._selection
        return chosen is not None and way in ways(chosen.document.loaded.hdus)

    def _open_mosaic(self, way: Way) -> None:
        """Show the images of the file as one picture, in the place of the one that is shown."""
        if self._selection is not None:
            self._store.open_plane(self._selection.document.key, mosaic_name(way), 0)

    def _look(self, told: bool = False) -> None:
        from astroview.core.io.quality_planes import flagged, quality_hdu

        chosen = self._selection
        frame = chosen.document.frame if chosen and self.on else None
        hdu = quality_hdu(frame, chosen.document.loaded.hdus) if chosen and frame else None
        if frame is None or hdu is None:
            self._shown = None
            self._latest.drop()
            self._take((0, 0), None)
            if told and self.on:
                hint = "An image named DQ, MASK or FLAGS of the same size would be one."
                self.notice.emit(Notice("This file has no plane of flags.", hint, "info"))
            return
        wanted = (frame, hdu, self.bits)
        if wanted != self._shown:
            self._shown = wanted
            self._take((0, 0), None)
            self._latest.wish(
                partial(flagged, frame, hdu, self.bits), partial(self._take, frame.shape)
            )

    def _take(self, shape: tuple[int, int], mask: NDArray[np.bool_] | None) -> None:
        self.flags.show(mask, shape)
        self._viewer.update()

    def _ask(self) -> None:
        bits, taken = QInputDialog.getInt(
            self._viewer, tr("Data quality"), tr("Bits as a number (5: bits 1 and 4; 0: any)"),
            self.bits, 0, 2**31 - 1,
        )  # fmt: skip
        if taken:
            self.set_bits(bits)
