"""Images, tables and positions to and from DS9, Aladin and TOPCAT, by SAMP."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, QPointF, QTimer, Signal

from astroview.core.errors import AstroviewError
from astroview.core.fetching import fetch, keep
from astroview.core.frame import Frame
from astroview.core.measure.sky import sky_map
from astroview.ui.background import Background
from astroview.ui.commands import Commands
from astroview.ui.desk import Selection
from astroview.ui.filing import Filing
from astroview.ui.notices import Notice
from astroview.ui.overlays.marks import Marks
from astroview.ui.placed import Placed
from astroview.ui.view import View
from astroview.ui.viewer import Viewer
from astroview.ui.words import noted, tr

if TYPE_CHECKING:
    from astroview.core.samp_link import Heard, Peer, SampLink, Sent

SENDS = {
    "image.load.fits": (
        noted("Sent the image to"),
        noted("No connected program takes the image."),
    ),
    "table.load.votable": (
        noted("Sent the catalogue to"),
        noted("No connected program takes the catalogue."),
    ),
    "coord.pointAt.sky": (
        noted("Sent the position to"),
        noted("No connected program takes the position."),
    ),
}
TARGET_MS = 6000  # a place pointed at stays marked so long


@dataclass(frozen=True)
class Rooms:
    """What of the window SAMP works with."""

    viewer: Viewer
    filing: Filing
    placed: Placed
    marks: Marks
    commands: Commands
    selection: Callable[[], Selection | None]


@dataclass(frozen=True)
class Shared:
    """What the programs at the hub call the table that is shown here; "" for one of our own."""

    id: str = ""
    url: str = ""

    def is_same(self, other: Shared) -> bool:
        """Whether both name one table."""
        by_id = bool(self.id) and self.id == other.id
        return by_id or (bool(self.url) and self.url == other.url)


class Samp(QObject):
    """One line to the hub; all its calls happen in the line's own thread.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)
    _event = Signal(object)  # brings events into the window's thread

    def __init__(self, rooms: Rooms, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._link: SampLink | None = None
        self._folder: Path | None = None
        self._background = Background(1, self)
        self.joined = self._hearing = False
        self._table = self._coming = Shared()
        rooms.placed.picked.connect(self._picked)
        rooms.placed.catalogue_changed.connect(self._another_table)
        self.peers: tuple[Peer, ...] = ()
        self._event.connect(self._take)
        self._forget_target = QTimer(self, singleShot=True, interval=TARGET_MS)
        self._forget_target.timeout.connect(lambda: self._mark(None))
        joined = dict.fromkeys(("samp_image", "samp_table", "samp_point"), lambda: self.joined)
        rooms.commands.serve(
            {
                "samp_join": lambda on: self.join() if on else self.leave(),
                "samp_image": self.send_image,
                "samp_table": self.send_catalogue,
                "samp_point": self.send_position,
                "samp_peers": lambda: None,
            },
            ticked={"samp_join": lambda: self.joined},
            possible={**joined, "samp_peers": lambda: False},
        )
        self._show_peers()

    @property
    def busy(self) -> bool:
        """Whether a file is being written or fetched for SAMP."""
        return self._background.busy

    def join(self, start_hub: bool = False) -> None:
        """Connect; without a hub the notice offers to start one."""
        self._the_link().join(start_hub)
        self._rooms.commands.update()

    def leave(self) -> None:
        """Disconnect."""
        if self._link is not None:
            self._link.leave()
        self._rooms.commands.update()

    def close(self) -> None:
        """Leave for good and remove what was written to be sent."""
        if self._link is not None:
            self._link.close()
        self._background.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    # ---- sending -----------------------------------------------------------------------

    def send_image(self) -> None:
        """Send the selected frame or result to all that take images."""
        chosen = self._rooms.selection()
        if chosen is None:
            return
        frame = chosen.result.frame if chosen.result else chosen.document.frame
        if chosen.result is None and frame.hdu is not None and frame.path is not None:
            self._send_file("image.load.fits", frame.name, frame.path)
            return
        stretch = chosen.result.stretch if chosen.result else None
        work = partial(_written_frame, frame, stretch, self._scratch())
        sent = partial(self._send_file, "image.load.fits", frame.name)
        self._background.run(work, sent, self._fail)

    def send_catalogue(self) -> None:
        """Send the catalogue that is shown."""
        catalogue = self._rooms.placed.catalogue
        if catalogue is None:
            hint = "Open a catalogue first (Measure, Open catalogue)."
            self.notice.emit(Notice("There is no catalogue to send.", hint, "info"))
            return
        work = partial(_written_table, catalogue.table, self._scratch(), catalogue.name)
        sent = partial(self._send_file, "table.load.votable", catalogue.name)
        self._background.run(work, sent, self._fail)

    def send_position(self) -> None:
        """Point the others at the middle of the view."""
        frame, view = self._rooms.placed.frame, self._rooms.viewer.view
        sky = sky_map(frame) if frame else None
        there = sky.one(view.x, view.y) if sky else None
        if there is None:
            hint = "It needs a WCS."
            self.notice.emit(Notice("This frame has no position on the sky.", hint, "info"))
            return
        self._the_link().send("coord.pointAt.sky", {"ra": repr(there[0]), "dec": repr(there[1])})

    def _send_file(self, mtype: str, name: str, path: Path) -> None:
        url = path.absolute().as_uri()
        id_name = "image-id" if mtype == "image.load.fits" else "table-id"
        if id_name == "table-id":
            self._table = Shared(url, url)
        self._the_link().send(mtype, {"url": url, "name": name, id_name: url})

    # ---- what the line tells -----------------------------------------------------------------

    def _take(self, event: Any) -> None:
        kind = type(event).__name__
        {
            "Joined": self._joined,
            "Left": self._left,
            "NoHub": self._no_hub,
            "Peers": self._peers,
            "Heard": self._heard,
            "Sent": self._sent,
            "Trouble": lambda e: self.notice.emit(Notice(e.words, "", "error")),
        }[kind](event)
        self._rooms.commands.update()

    def _joined(self, event: Any) -> None:
        self.joined = True
        self._show_peers()
        what = "Started a SAMP hub." if event.own_hub else "Connected to the SAMP hub."
        self.notice.emit(Notice(what, "Other programs can send images and tables now.", "done"))

    def _left(self, event: Any) -> None:
        self.joined, self.peers = False, ()
        self._show_peers()
        self.notice.emit(Notice(event.reason or "Disconnected from the SAMP hub.", "", "info"))

    def _no_hub(self, _: Any) -> None:
        self.notice.emit(
            Notice(
                "No SAMP hub runs on this computer.",
                "Start TOPCAT or Aladin, which bring one, or start one here.",
                "info",
                "Start a hub",
                partial(self.join, start_hub=True),
            )
        )

    def _peers(self, event: Any) -> None:
        self.peers = event.peers
        self._show_peers()

    def _show_peers(self) -> None:
        names = ", ".join(peer.name for peer in self.peers) or tr("nobody else")
        text = tr(f"Connected: {names}") if self.joined else tr("Not connected")
        self._rooms.commands.actions["samp_peers"].setText(text)

    def _sent(self, event: Sent) -> None:
        if event.mtype not in SENDS:  # a row: told or not, nobody waits for it
            return
        sent, unwanted = SENDS[event.mtype]
        if event.names:
            self.notice.emit(Notice(f"{tr(sent)} {', '.join(event.names)}.", "", "done"))
        else:
            hint = "Open a program that does and connect it to the hub."
            self.notice.emit(Notice(unwanted, hint, "info"))

    def _heard(self, event: Heard) -> None:
        if event.mtype == "coord.pointAt.sky":
            self._point_at(event)
        elif event.mtype == "table.highlight.row":
            self._highlight(event)
        elif event.mtype == "image.load.fits":
            self._background.run(partial(_had, event, self._scratch()), self._got_image, self._fail)
        else:
            done = partial(self._got_table, event)
            self._background.run(partial(_had, event, self._scratch()), done, self._fail)

    def _got_image(self, path: Path) -> None:
        self._rooms.filing.open([path])

    def _got_table(self, event: Heard, path: Path) -> None:
        self._coming = Shared(event.params.get("table-id", ""), event.params.get("url", ""))
        self._rooms.placed.open_catalogue(path, event.params.get("name", ""))

    # ---- one row of a table that others have too ------------------------------------------

    def _another_table(self) -> None:
        """What was sent to us is shown; a catalogue that was opened here is nobody else's."""
        self._table, self._coming = self._coming, Shared()

    def _highlight(self, event: Heard) -> None:
        """Another program chose a row of the table that is shown."""
        catalogue, placed = self._rooms.placed.catalogue, self._rooms.placed
        asked = Shared(event.params.get("table-id", ""), event.params.get("url", ""))
        row = event.params.get("row", "")
        if catalogue is None or not self._table.is_same(asked) or not row.isdigit():
            return
        found = np.flatnonzero(catalogue.rows == int(row))
        if found.size:
            self._hearing = True
            placed.choose(int(found[0]))
            self._hearing = False

    def _picked(self, source: int, _report: object) -> None:
        """Let the others highlight the row that was chosen here."""
        catalogue = self._rooms.placed.catalogue
        shared = self._table.id or self._table.url
        if self.joined and catalogue is not None and shared and not self._hearing:
            row = str(int(catalogue.rows[source]))
            told = {"table-id": self._table.id, "url": self._table.url, "row": row}
            self._the_link().send("table.highlight.row", told)

    def _point_at(self, event: Heard) -> None:
        """Centre the view on a position, and mark it for a while."""
        frame, viewer = self._rooms.placed.frame, self._rooms.viewer
        sky = sky_map(frame) if frame else None
        try:
            ra, dec = float(event.params["ra"]), float(event.params["dec"])
        except (KeyError, ValueError):
            return
        if frame is None or sky is None:
            return
        x, y = sky.to_places(np.array([[ra, dec]]))[0]
        if not (0 <= x <= frame.shape[1] and 0 <= y <= frame.shape[0]):
            words = f"{event.sender} points at a position outside this frame."
            self.notice.emit(Notice(words, "", "info"))
            return
        viewer.set_view(View(float(x), float(y), viewer.view.zoom))
        self._mark(QPointF(float(x), float(y)))
        self._forget_target.start()

    def _mark(self, place: QPointF | None) -> None:
        self._rooms.marks.target = place
        self._rooms.viewer.update()

    # ---- own ---------------------------------------------------------------------------

    def _the_link(self) -> SampLink:
        if self._link is None:
            from astroview.core.samp_link import SampLink

            self._link = SampLink(self._event.emit)
        return self._link

    def _scratch(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="samp-of-astroview-"))
        return self._folder

    def _fail(self, error: AstroviewError) -> None:
        self.notice.emit(Notice.of(error))


def _had(event: Heard, scratch: Path) -> Path:
    """The file of a message, by the name it was sent under. Raises NotFetched."""
    path = fetch(event.params.get("url", ""), scratch)
    return keep(path, event.params.get("name", ""), scratch)


def _written_frame(frame: Frame, stretch: Any, folder: Path) -> Path:
    from astroview.core.saving import save_frame
    from astroview.core.stretch import auto_stretch

    path = Path(tempfile.mkdtemp(dir=folder)) / f"{frame.name}.fits"
    return save_frame(frame, path, stretch or auto_stretch(frame))


def _written_table(table: Any, folder: Path, name: str) -> Path:
    from astroview.core.quiet import collected_warnings

    path = Path(tempfile.mkdtemp(dir=folder)) / f"{Path(name).stem or 'catalogue'}.vot"
    with collected_warnings():
        table.write(path, format="votable")
    return path
