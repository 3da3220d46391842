"""Keeps the thumbnails of the likeliest palettes in step with the frame that is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, QTimer

from astroview.core.colour_hints import AUTO
from astroview.core.messages import worker_messages
from astroview.core.options import EnhanceOptions
from astroview.ui.documents.document import Document
from astroview.ui.documents.session import Selection
from astroview.ui.enhance.enhance_panel import EnhancePanel
from astroview.ui.enhance.palette_thumbnails import COUNT
from astroview.ui.process.worker_client import Worker
from astroview.ui.render import sampling

CALM_MS = 250  # a stretch that is dragged changes all the time
Wish = tuple[int, int | str | None, int, EnhanceOptions]


class Variations(QObject):
    """Asks the worker when frame, stretch, hints or colorizer changed; forgets older questions.

    Never starts a worker of its own accord: the window does when it stands, and Enhance does.
    """

    def __init__(
        self,
        worker: Worker,
        panel: EnhancePanel,
        selection: Callable[[], Selection | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._worker, self._panel, self._selection = worker, panel, selection
        self._strip = panel.steer.strip
        self._asked = ""
        self._shown: Wish | None = None  # what the thumbnails show, or will
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._ask)
        worker.devices.connect(self.refresh)
        worker.answered.connect(self._answered)
        self._strip.again.connect(self._try_again)

    @property
    def settled(self) -> bool:
        """Whether the thumbnails are those of the frame that is looked at."""
        return not self._asked and not self._calm.isActive()

    def refresh(self, *_: object) -> None:
        """See whether other thumbnails are needed."""
        wish = self._wish()
        if wish is None or wish == self._shown:
            return
        if self._shown is None or wish[:3] != self._shown[:3]:
            self._strip.clear()
        if not self._worker.pid:
            return
        self._worker.forget(self._asked)
        self._asked, self._shown = "", wish
        self._strip.set_waiting()
        self._calm.start()

    def _try_again(self) -> None:
        self._shown = None
        self._worker.probe()  # its answer refreshes

    def _document(self) -> Document | None:
        chosen = self._selection()
        return chosen.document if chosen and self._panel.can_steer else None

    def _wish(self) -> Wish | None:
        document = self._document()
        if document is None:
            return None
        options = self._panel.options
        asked = EnhanceOptions(
            colorizer=options.colorizer,
            superres=None,
            device=options.device,
            stretch=document.display.stretch.to_dict(),
            palette=self._panel.survey or AUTO,
            hints=options.hints,
        )
        return document.key, document.frame.hdu, document.frame.plane, asked

    def _ask(self) -> None:
        document, wish = self._document(), self._wish()
        if document and wish:
            self._shown = wish
            self._asked = self._worker.vary(document.frame, replace(wish[3]), COUNT)

    def _answered(self, event: worker_messages.Event) -> None:
        if not self._asked or getattr(event, "id", "") != self._asked:
            return
        if isinstance(event, worker_messages.Variation):
            self._strip.add(event.palette, sampling.to_image(np.load(event.file)))
            return
        self._asked = ""
        if isinstance(event, worker_messages.Failed):
            self._strip.set_failed(event.message)
