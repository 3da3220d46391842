"""A run's file of events as it grows, whoever writes it: a child of ours, or a cluster.

The file is read beside the window's thread, piece by piece; its lines are taken in small
helpings between the window's own events, so that a hundred thousand of them never make it
stutter.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from astroview.core.errors import AstroviewError
from astroview.core.io.paths.plain_paths import opened
from astroview.core.lazy_dataclass import dataclass
from astroview.core.messages import train_messages as messages
from astroview.ui.process.thread_pool import Background
from astroview.ui.train.runs.run_events import Story

log = logging.getLogger(__name__)
EVENTS = "events.jsonl"
HELPING_S = 0.003  # of decoding at a time: what follows is drawn in the same frame
TOLD_S = 0.1  # from one time that it is told to the next
PIECE = 256 * 1024  # bytes at a time
SOON_MS, LATER_MS = 150, 1000  # from one look to the next: while it grows, and otherwise


@dataclass(frozen=True)
class Piece:
    """What was read: the bytes from ``start`` on, and whether the file was begun anew."""

    start: int
    data: bytes
    anew: bool = False


class Tail(QObject):
    """Reads one run at a time into a `Story`.

    Signals
    -------
    helped : events were taken, for a while; time to draw what they changed
    caught_up : everything that is in the file was taken
    """

    helped = Signal()
    caught_up = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self.path: Path | None = None
        self.story = Story()
        self.problem = ""
        self._asked = 0  # which question an answer belongs to
        self._reading, self._behind = False, False
        self._at, self._rest = 0, b""
        self._lines: deque[bytes] = deque()
        self._told = 0.0  # when `helped` was said
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._take_some)
        self._look = QTimer(self, singleShot=True)
        self._look.timeout.connect(self._read)

    def follow(self, folder: Path | None) -> None:
        """Read another run from its beginning; None reads nothing."""
        self.path = folder
        self._begin_anew()
        self._asked += 1
        self._reading, self._behind = False, folder is not None
        self._look.stop()
        if folder is not None:
            self._read()

    def look_now(self) -> None:
        """See at once whether there is more."""
        if self.path is not None and not self._reading:
            self._look.stop()
            self._read()

    @property
    def catching_up(self) -> bool:
        """Whether more is known to stand in the file than was taken."""
        return self._behind

    # ---- reading -------------------------------------------------------------------------

    def _begin_anew(self) -> None:
        self.story, self.problem = Story(), ""
        self._at, self._rest = 0, b""
        self._lines.clear()

    def _read(self) -> None:
        if self.path is None:
            return
        self._reading = True
        work = partial(read_piece, self.path / EVENTS, self._at)
        self._background.run(
            work, partial(self._got, self._asked), partial(self._lost, self._asked)
        )

    def _got(self, asked: int, piece: Piece) -> None:
        if asked != self._asked:
            return  # of a run that is not looked at any more
        self._reading, self.problem = False, ""
        if piece.anew:
            self._begin_anew()
        self._at = piece.start + len(piece.data)
        *lines, self._rest = (self._rest + piece.data).split(b"\n")
        self._lines.extend(lines)
        if lines or piece.anew:
            self._turn.start()
        else:
            self._rest_a_while(LATER_MS if self.story.ended else SOON_MS)

    def _lost(self, asked: int, error: AstroviewError) -> None:
        if asked != self._asked:
            return
        self._reading = False
        if self.problem != error.message:
            log.warning("%s cannot be read: %s", self.path, error.message)
        self.problem = error.message
        self._rest_a_while(LATER_MS)

    def _rest_a_while(self, interval: int) -> None:
        self._behind = False
        self._look.start(interval)
        self.caught_up.emit()

    def _take_some(self) -> None:
        """Take events for a moment, then let the window breathe."""
        end = time.monotonic() + HELPING_S
        while self._lines and time.monotonic() < end:
            take_line(self.story, self._lines.popleft())
        if not self._lines or end - self._told > TOLD_S:
            self._told = end
            self.helped.emit()
        if self._lines:
            self._turn.start()
        else:
            self._look.start(0)  # a long file comes in many pieces


def take_line(story: Story, line: bytes) -> None:
    """Tell a story one line of the file."""
    text = line.decode(errors="replace").strip()
    if not text:
        return
    try:
        story.take(messages.decode(text))
    except (ValueError, OverflowError):  # or a step that no array holds
        log.debug("a run said something unknown: %r", text[:200])
        story.take_unknown(text)


def read_piece(path: Path, start: int) -> Piece:
    """What stands in a file from ``start`` on; nothing while there is no file.

    Raises
    ------
    AstroviewError
        The file cannot be read.
    """
    try:
        with opened(path) as file:
            size = file.seek(0, 2)
            anew = size < start  # somebody began the file anew
            file.seek(0 if anew else start)
            return Piece(0 if anew else start, file.read(PIECE), anew)
    except FileNotFoundError:
        return Piece(0, b"", anew=start > 0)
    except OSError as problem:
        raise AstroviewError(problem.strerror or str(problem)) from problem
