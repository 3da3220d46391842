"""Looks for pixels that are no measurement while they are to be marked, beside the window's thread.

A frame of up to `WHOLE` pixels is looked at as a whole, once. Of a larger one, and of one that is
seen closer than its marks are, what is in view is looked at when it has no more than `IN_VIEW`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import ceil

from PySide6.QtCore import QObject, QRectF, QTimer, Signal

from astroview.core.bad_pixels.pixel_marks import KINDS, PixelMarks, pixel_marks
from astroview.core.bad_pixels.pixel_rule import SATURATED
from astroview.core.errors import Cancelled
from astroview.core.frame import Frame, Window
from astroview.core.lazy_dataclass import dataclass
from astroview.ui.documents.session import Session
from astroview.ui.i18n.translate import tr
from astroview.ui.process.latest_only import Latest
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.notice import Notice
from astroview.ui.viewer.bad_pixels.frame_rules import FrameRules
from astroview.ui.viewer.bad_pixels.mark_overlay import MarkOverlay, MarkPicture
from astroview.ui.viewer.viewer import Viewer

WHOLE, IN_VIEW = 64_000_000, 16_000_000  # pixels that are looked at
SIDE = 2048  # of the picture of marks of a whole frame, at most
PAUSE_MS = 40  # in which the view may move on
MARGIN = 0.15  # of what is in view, around it


@dataclass(frozen=True)
class _Part:
    """What is to be looked at; it is given up when another frame is."""

    frame: Frame
    window: Window
    k: int


_Shown = tuple[_Part, int, frozenset[str]]  # reduced by so much, these kinds


class MarkController(QObject):
    """Keeps the marks in step with the frame, its display and the view.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(self, viewer: Viewer, session: Session, rules: FrameRules) -> None:
        super().__init__(viewer)
        self._viewer, self._session, self._rules = viewer, session, rules
        self._threads = Background(1, self)
        self._latest = Latest(self._threads, self)
        self._latest.failed.connect(lambda error: self.notice.emit(Notice.of(error)))
        self._frame: Frame | None = None
        self._kinds = frozenset[str]()
        self._found: dict[_Part, PixelMarks] = {}  # of this frame: the whole, and the last view
        self._asked: _Part | None = None
        self._pictures: dict[_Shown, MarkPicture] = {}
        self.overlay = MarkOverlay()
        viewer.add_overlay(self.overlay, below=True)
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._soon.timeout.connect(self._look)
        for signal in (session.selected, session.displayed, session.changed):
            signal.connect(self._follow)
        viewer.view_changed.connect(self._moved)
        viewer.shown_changed.connect(self._moved)

    @property
    def busy(self) -> bool:
        """Whether marks are still to come."""
        return self._soon.isActive() or self._latest.busy

    def close(self) -> None:
        """Nothing is looked for any more."""
        self._frame = None
        self._soon.stop()
        self._threads.close()

    def _follow(self, *_: object) -> None:
        """Another frame, or other marks."""
        chosen = self._session.selection
        frame, kinds = None, frozenset[str]()
        if chosen is not None:
            frame, shown = chosen.document.frame, chosen.document.display
            kinds = frozenset(KINDS) - {SATURATED} if shown.mark_no_data else kinds
            kinds |= {SATURATED} if shown.mark_saturated else set()
        if frame is not self._frame:
            self._frame, self._asked = frame, None
            self._found.clear()
            self._latest.drop()
        self._kinds = kinds
        self.overlay.on = bool(kinds)
        self._show()
        self._moved()

    def _moved(self, *_: object) -> None:
        if self._kinds and self._frame is not None:
            self._soon.start()
        else:
            self._soon.stop()

    def _look(self) -> None:
        """Ask for the next thing that is not known yet."""
        frame = self._frame
        if frame is None or not self._kinds:
            return
        for wish in (self._in_view(frame), _whole(frame)):
            if wish is None or wish in self._found or wish == self._asked:
                continue
            self._asked = wish
            work = partial(_work, self._rules, wish, partial(self._left, frame))
            self._latest.wish(work, partial(self._take, wish))
            break
        self._show()

    def _left(self, frame: Frame) -> bool:
        """Whether another frame is looked at now; asked from the thread."""
        return self._frame is not frame

    def _take(self, wish: _Part, marks: PixelMarks | None) -> None:
        self._asked = None
        if wish.frame is not self._frame:
            return
        if marks is not None:
            whole = _whole(wish.frame)
            self._found = {w: m for w, m in self._found.items() if w == whole} | {wish: marks}
        self._look()

    @property
    def _pitch(self) -> int:
        """Pixels of the frame to one of the screen, at least: no mark falls between two."""
        return max(1, ceil(1 / (self._viewer.view.zoom * self._viewer.devicePixelRatioF()) - 1e-6))

    def _in_view(self, frame: Frame) -> _Part | None:
        """What is in view, where it is seen closer than the whole is known."""
        whole, k = _whole(frame), self._pitch
        seen = self._viewer.visible.intersected(QRectF(0, 0, frame.shape[1], frame.shape[0]))
        if seen.isEmpty() or (whole is not None and whole.k <= k):
            return None
        if seen.width() * seen.height() > IN_VIEW:
            return None
        for wish in self._found:
            if wish != whole and wish.k == k and _rect(wish.window).contains(seen):
                return wish
        x, y = MARGIN * seen.width(), MARGIN * seen.height()
        around = seen.adjusted(-x, -y, x, y).toAlignedRect()
        window = Window(around.y(), around.x(), around.height(), around.width())
        return _Part(frame, window.clip(frame.shape), k)

    def _show(self) -> None:
        """Bring what is known to the picture."""
        over, k = self.overlay, self._pitch
        shown: dict[_Shown, MarkPicture] = {}
        for wish in sorted(self._found, key=lambda w: -w.k):
            key = (wish, max(1, -(-k // wish.k)), self._kinds)
            known = self._pictures.get(key)
            shown[key] = known or MarkPicture.of(self._found[wish], key[1], self._kinds)
        self._pictures = shown
        over.pictures = tuple(shown.values())
        over.counts, over.said = self._told() if self._kinds and self._frame else ({}, "")
        self._viewer.update()

    def _told(self) -> tuple[dict[str, int], str]:
        """How many there are of each kind that is wanted, and what else is to be said."""
        assert self._frame is not None
        whole = _whole(self._frame)
        told = self._found.get(whole) if whole else next(iter(self._found.values()), None)
        if told is not None:
            counts = {kind: n for kind, n in told.counts.items() if kind in self._kinds}
            if whole is None:
                return counts, tr("in this part of the frame")
            sound = not counts and self._frame.kind == "linear"
            return counts, tr("Every pixel is a measurement") if sound else ""
        if whole is None and self._in_view(self._frame) is None:
            return {}, tr("Zoom in: a frame as large as this is looked at in parts")
        return {}, tr("Looking at every pixel …")


def _whole(frame: Frame) -> _Part | None:
    """All of a frame, unless it is too large."""
    height, width = frame.shape
    if height * width > WHOLE:
        return None
    return _Part(frame, Window.whole(frame.shape), max(1, -(-max(height, width) // SIDE)))


def _rect(window: Window) -> QRectF:
    return QRectF(window.x, window.y, window.width, window.height)


def _work(rules: FrameRules, wish: _Part, stopped: Callable[[], bool]) -> PixelMarks | None:
    try:
        return pixel_marks(wish.frame, rules.of(wish.frame), wish.window, wish.k, stopped)
    except Cancelled:
        return None
