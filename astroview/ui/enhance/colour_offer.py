"""A colour picture dropped on a grey frame: it opens as ever, and its colours are offered."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal

from astroview.core.errors import AstroviewError
from astroview.core.frame import Frame
from astroview.core.io.open_file import is_frame_file
from astroview.core.lazy_dataclass import dataclass
from astroview.core.texts import Text
from astroview.ui.documents.session import Selection
from astroview.ui.i18n.translate import noted, tr, tr_counted
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.notice import Notice
from astroview.ui.viewer.viewer import Viewer

WAYS = {
    "by their coordinates": noted("by their coordinates"),
    "as the same extent": noted("as the same extent"),
}
_COUNTED = re.compile(r"by (\d+) (stars|features)")


@dataclass(frozen=True)
class Offered:
    """How a picture lies on a frame.

    Attributes
    ----------
    line
        As `measured_colour.measured_guide` tells it first.
    share
        Of the frame, whose colour it measured.
    """

    line: str
    share: float


class ColourOffer(QObject):
    """Tries in the background how a dropped picture lies on the frame that was on show.

    What does not fit, is grey or was painted by a model is opened without a word.

    Signals
    -------
    notice : `Notice`
    taken : (key of the document, path of the picture)
    """

    notice = Signal(object)
    taken = Signal(int, str)

    def __init__(
        self, viewer: Viewer, selection: Callable[[], Selection | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._viewer, self._selection = viewer, selection
        self._background = Background(1, self)

    @property
    def busy(self) -> bool:
        """Whether a picture is being laid on a frame."""
        return self._background.busy

    def dropped(self, paths: Sequence[Path], at: QPoint) -> None:
        """Files were dropped at a point of the window."""
        chosen, viewer = self._selection(), self._viewer
        inside = viewer.isVisible() and viewer.rect().contains(viewer.mapFrom(viewer.window(), at))
        if chosen is None or not inside or len(paths) != 1 or not is_frame_file(paths[0]):
            return
        frame = chosen.document.frame
        if frame.channels != 1 or frame.path is None or paths[0] == frame.path:
            return
        self._background.run(
            partial(_tried, frame, paths[0]),
            partial(self._offer, chosen.document.key, frame.name, paths[0]),
            _nothing,
        )

    def close(self) -> None:
        self._background.close()

    def _offer(self, key: int, name: str, path: Path, found: Offered | None) -> None:
        if found is None:
            return
        fits = Text(
            "{name} lies on {name_2} {how}.", name=path.name, name_2=name, how=how(found.line)
        )
        share = Text("It measured the colour of {share:.0%} of the frame.", share=found.share)
        take = partial(self.taken.emit, key, str(path))
        self.notice.emit(Notice(fits, share, "info", tr("Take its colours"), take, stays=True))


def how(line: str) -> str:
    """How a picture was laid on a frame, in the user's language."""
    way, *rest = line.removeprefix("colours laid on ").split(", ")
    counted = _COUNTED.fullmatch(way)
    count = int(counted[1]) if counted else 0
    if counted and counted[2] == "stars":
        told = tr_counted("by {count} star", "by {count} stars", count)
    elif counted:
        told = tr_counted("by {count} feature", "by {count} features", count)
    else:
        told = tr(WAYS.get(way, way))
    for part in rest:
        word, _, value = part.partition(" ")
        if word == "residual":
            number = value.removesuffix(" pixels")
            told += ", " + tr("residual {number} pixels", number=number)
        elif word == "agreement":
            told += ", " + tr("agreement {value} of 1", value=value)
    return told


def _tried(frame: Frame, path: Path) -> Offered | None:
    """Any thread."""
    from astroview.core.colour.stretch import auto_stretch
    from astroview.core.sky_colour.measured_colour import measured_guide  # needs astropy

    try:
        guide = measured_guide(frame, auto_stretch(frame), str(path))
    except AstroviewError:
        return None
    return Offered(guide.lines[0], guide.covers(frame.shape))


def _nothing(_: AstroviewError) -> None:
    """The picture opens, or the window says why not."""
