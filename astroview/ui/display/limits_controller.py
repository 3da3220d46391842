"""Limits that need a number or a look around: typed percentiles, zscale's choices, what is seen."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from astroview.core.colour.stretch import sky_stretch
from astroview.core.frame import Frame, Window
from astroview.core.texts import Text
from astroview.ui.display.display_controller import DisplayController
from astroview.ui.display.display_panel import DisplayPanel
from astroview.ui.documents.session import Session
from astroview.ui.i18n import numbers
from astroview.ui.i18n.translate import local, tr
from astroview.ui.process.latest_only import Latest
from astroview.ui.process.thread_pool import Background
from astroview.ui.render import display_settings
from astroview.ui.render.display_settings import Method
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notices import Notice
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.widgets.ask_text import ask_text

SIDE = 1024  # rows and columns of what is seen that are read at most
FRESH = "zscale"  # takes the place of limits that were set by hand


class LimitsController(QObject):
    """Serves the actions of limits.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(
        self,
        viewer: Viewer,
        seeing: DisplayController,
        panel: DisplayPanel,
        session: Session,
        commands: Commands,
        background: Background,
    ) -> None:
        super().__init__(viewer)
        self._viewer, self._seeing, self._panel, self._session = viewer, seeing, panel, session
        self._latest = Latest(background, self)
        self._latest.failed.connect(lambda error: self.notice.emit(Notice.of(error)))
        commands.serve(
            {
                "limits_percentiles": self._ask_percentiles,
                "limits_zscale": self._ask_zscale,
                "limits_seen": self.of_what_is_seen,
                "limits_all": self.for_every_frame,
            }
        )

    def set_percentiles(self, low: float, high: float) -> None:
        """Limits at two percentiles (0..100) of the samples."""
        if 0 <= low < high <= 100:
            self._panel.set_method(f"p{low:g}:{high:g}")
        else:
            self.notice.emit(
                Notice(
                    Text("{low:g} and {high:g} are no percentiles.", low=low, high=high),
                    "Write two from 0 to 100.",
                )
            )

    def set_zscale(self, contrast: float, count: int) -> None:
        """Limits by zscale with a contrast (above 0) and a number of samples."""
        self._panel.set_method(f"zscale:{contrast:g}:{count}")

    def of_what_is_seen(self) -> None:
        """Limits from the samples in view, by the method that is chosen."""
        display, shown = self._seeing.display, self._viewer.shown
        if display is None or shown is None:
            return
        frame, seen = shown.before.frame, self._viewer.visible
        scale = shown.before.per_scene
        window = Window(
            int(seen.top() * scale), int(seen.left() * scale),
            int(seen.height() * scale) + 1, int(seen.width() * scale) + 1,
        )  # fmt: skip
        work = partial(_limits, frame, window, display.method)
        self._latest.wish(work, self._take)

    def _take(self, found: tuple[float, float]) -> None:
        display = self._seeing.display
        if display is not None:
            self._seeing.take(display_settings.with_limits(display, *found))
            self._panel.show_display(self._seeing.display or display)

    def for_every_frame(self) -> None:
        """One pair of limits for all open frames of the same unit, from all their samples."""
        chosen = self._session.selection
        display = self._seeing.display
        if chosen is None or display is None:
            return
        same = [
            one for one in self._session.documents.values()
            if one.frame.channels == 1 and one.frame.unit == chosen.document.frame.unit
            and one.frame.kind == chosen.document.frame.kind
        ]  # fmt: skip
        if not same:
            self.notice.emit(Notice("Only grey frames share their limits.", "", "info"))
            return
        samples = np.concatenate([one.loaded.samples.ravel() for one in same])
        low, high = _measured(samples, display.method)
        wanted = {one.key: display_settings.with_limits(one.display, low, high) for one in same}
        self._seeing.take_all(wanted, tr("limits"))
        count = len(same)
        self.notice.emit(
            Notice(
                Text.counted(
                    "{count} frame has the same limits now.",
                    "{count} frames have the same limits now.",
                    count,
                ),
                "",
                "info",
            )
        )

    # ---- asking ----------------------------------------------------------------------------

    def _ask_percentiles(self) -> None:
        asked = self._ask(tr("Percentiles"), tr("The lower and the upper one"), "0.5 99.5")
        if len(asked) == 2:
            self.set_percentiles(*asked)

    def _ask_zscale(self) -> None:
        title, what = tr("zscale with"), tr("Contrast and number of samples")
        asked = self._ask(title, what, "0.25 1000")
        if len(asked) == 2 and asked[0] > 0 and asked[1] >= 10:
            self.set_zscale(asked[0], int(asked[1]))

    def _ask(self, title: str, what: str, usual: str) -> list[float]:
        """Two numbers; none when the user thought better of it."""
        text = ask_text(self._viewer, title, what, local(usual))
        if text is None:
            return []
        found = numbers.listed(text) or []
        if len(found) != 2:
            hint = "Write two numbers with a blank between them."
            self.notice.emit(Notice(Text("{text} cannot be taken.", text=text), hint))
        return found


def _limits(frame: Frame, window: Window, method: Method) -> tuple[float, float]:
    inside = window.clip(frame.shape)
    step = max(1, -(-max(inside.height, inside.width) // SIDE))
    return _measured(frame.read(inside, step), method)


def _measured(samples: NDArray[np.float32], method: Method) -> tuple[float, float]:
    if method == "auto":
        stretch = sky_stretch(samples)
        return stretch.low, stretch.high
    return display_settings.measured(samples, FRESH if method == "manual" else method)
