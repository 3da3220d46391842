"""Images, tables and positions to and from DS9, Aladin and TOPCAT, by SAMP."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from astroview.core.errors import AstroviewError, Cancelled
from astroview.core.io.paths.temp_folders import HeldFolder
from astroview.core.io.paths.url_fetch import NotPublic, Transfer
from astroview.core.lazy_dataclass import dataclass
from astroview.ui.documents.file_controller import FileController
from astroview.ui.documents.file_loader import TELL_EVERY_S, LoadStanding
from astroview.ui.documents.session import Selection
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.measure.regions_and_catalogue import RegionsAndCatalogue
from astroview.ui.process.thread_pool import Background
from astroview.ui.samp.samp_files import had, written_frame, written_regions, written_table
from astroview.ui.samp.samp_positions import SampPointing
from astroview.ui.samp.samp_row_sync import SharedRows
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notice import Notice
from astroview.ui.viewer.overlays.marks import Marks
from astroview.ui.viewer.viewer import Viewer

if TYPE_CHECKING:
    from astroview.core.sky.samp_link import Heard, Peer, SampLink, Sent

SCRATCH = "astroview-samp-"  # begins the names of folders for what is fetched and sent
LONGEST = 120  # letters of a name that is told
GOODBYE_S = 0.5  # that a download has to notice that it is over
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
    "ds9.set": (
        noted("Sent the regions to"),
        noted("No connected program takes regions: DS9 does."),
    ),
}


@dataclass(frozen=True)
class Rooms:
    """What of the window SAMP works with."""

    viewer: Viewer
    filing: FileController
    placed: RegionsAndCatalogue
    marks: Marks
    commands: Commands
    selection: Callable[[], Selection | None]


@dataclass(eq=False)
class _Teller:
    """Passes the progress of a download on, and stops it. Called in the working thread."""

    name: str
    stop: Event
    tell: Callable[[_Teller, float], object]
    last: float = 0.0

    def __call__(self, done: int, of: int) -> None:
        if self.stop.is_set():
            raise Cancelled
        if monotonic() - self.last > TELL_EVERY_S:
            self.last = monotonic()
            self.tell(self, done / max(of, 1))


def _had(event: Heard, scratch: Path, how: Transfer) -> Path | None:
    try:
        return had(event, scratch, how)
    except Cancelled:
        return None


class Samp(QObject):
    """One line to the hub; all its calls happen in the line's own thread.

    Signals
    -------
    notice : `Notice`
    standing : `LoadStanding` of a download, or None: there is none
    """

    notice = Signal(object)
    standing = Signal(object)
    _part = Signal(object, float)
    _event = Signal(object)  # brings events into the window's thread

    def __init__(self, rooms: Rooms, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._link: SampLink | None = None
        self._held: HeldFolder | None = None
        self._stop = Event()  # of all downloads that were begun or wait since the last was given up
        self._background = Background(1, self)  # writes what is sent
        self._downloads = Background(1, self)
        self.joined = False
        self.peers: tuple[Peer, ...] = ()
        self._event.connect(self._take)
        self._part.connect(self._show_part)
        self._rows = SharedRows(rooms.placed, self._send_if_joined, self)
        self._pointing = SampPointing(rooms.viewer, rooms.placed, rooms.marks, self._send, self)
        self._pointing.notice.connect(self.notice)
        sends = ("samp_image", "samp_table", "samp_point", "samp_regions")
        joined = dict.fromkeys(sends, lambda: self.joined)
        rooms.commands.serve(
            {
                "samp_join": lambda on: self.join() if on else self.leave(),
                "samp_image": self.send_image,
                "samp_table": self.send_catalogue,
                "samp_point": self._pointing.point,
                "samp_regions": self.send_regions,
                "samp_peers": lambda: None,
            },
            ticked={"samp_join": lambda: self.joined},
            possible={**joined, "samp_peers": lambda: False},
        )
        self._show_peers()

    @property
    def busy(self) -> bool:
        """Whether a file is being written or fetched for SAMP."""
        return self._background.busy or self._downloads.busy

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
        """Leave for good and remove what was written to be sent; nobody is waited for."""
        self.cancel()
        if self._link is not None:
            self._link.close()
        self._downloads.close(GOODBYE_S)
        self._background.close(GOODBYE_S)
        if self._held is not None:
            self._held.release()

    def cancel(self) -> None:
        """Give up what is being downloaded, and what waits for that."""
        self._stop.set()
        self._stop = Event()
        self.standing.emit(None)

    # ---- sending -----------------------------------------------------------------------

    def send_image(self) -> None:
        """Send the selected frame or result to all that take images."""
        chosen = self._rooms.selection()
        if chosen is None:
            return
        frame = chosen.result.frame if chosen.result else chosen.document.frame
        if chosen.result is None and isinstance(frame.hdu, int) and frame.path is not None:
            self._send_file("image.load.fits", frame.name, frame.path)
            return
        stretch = chosen.result.stretch if chosen.result else None
        work = partial(written_frame, frame, stretch, self._scratch())
        sent = partial(self._send_file, "image.load.fits", frame.name)
        self._background.run(work, sent, self._fail)

    def send_catalogue(self) -> None:
        """Send the catalogue that is shown."""
        catalogue = self._rooms.placed.catalogue
        if catalogue is None:
            hint = "Open a catalogue first (Measure, Open catalogue)."
            self.notice.emit(Notice("There is no catalogue to send.", hint, "info"))
            return
        work = partial(written_table, catalogue.table, self._scratch(), catalogue.name)
        sent = partial(self._send_file, "table.load.votable", catalogue.name)
        self._background.run(work, sent, self._fail)

    def send_regions(self) -> None:
        """Send the frame's regions to DS9, which lays them on its own frame."""
        store = self._rooms.placed.store
        if store.frame is None or not store.shapes:
            hint = "Draw some first (Region, Draw)."
            self.notice.emit(Notice("This frame has no regions to send.", hint, "info"))
            return
        work = partial(written_regions, store.shapes, store.frame, self._scratch())
        self._background.run(work, self._send_regions, self._fail)

    def _send_regions(self, path: Path) -> None:
        self._send("ds9.set", {"cmd": "regions", "url": path.absolute().as_uri()})

    def _send_file(self, mtype: str, name: str, path: Path) -> None:
        url = path.absolute().as_uri()
        id_name = "image-id" if mtype == "image.load.fits" else "table-id"
        if id_name == "table-id":
            self._rows.sent(url)
        self._send(mtype, {"url": url, "name": name, id_name: url})

    # ---- what the line tells -----------------------------------------------------------------

    def _take(self, event: Any) -> None:
        kind = type(event).__name__
        {
            "HubJoined": self._joined,
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
        text = tr("Connected: {names}", names=names) if self.joined else tr("Not connected")
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
            self._pointing.look_at(event)
        elif event.mtype == "table.highlight.row":
            self._rows.highlight(event)
        else:
            self._fetch(event)

    def _fetch(self, event: Heard, allow_private: bool = False) -> None:
        """Have the file of a message, from wherever it is."""
        tell = _Teller(Path(event.params["url"]).name[-LONGEST:], self._stop, self._part.emit)
        work = partial(_had, event, self._scratch(), Transfer(tell, allow_private))
        self._downloads.run(work, partial(self._had, event), partial(self._not_had, event))

    def _had(self, event: Heard, path: Path | None) -> None:
        self.standing.emit(None)
        if path is None:  # cancelled
            return
        if event.mtype == "image.load.fits":
            self._rooms.filing.open([path])
        else:
            self._rows.comes(event)
            self._rooms.placed.open_catalogue(path, event.params.get("name", ""))

    def _not_had(self, event: Heard, error: AstroviewError) -> None:
        self.standing.emit(None)
        if isinstance(error, NotPublic):
            again = partial(self._fetch, event, allow_private=True)
            hint = tr("{sender} asked for it.", sender=event.sender)
            self.notice.emit(Notice.of_words(error.message, hint, "Download it", again))
        else:
            self._fail(error)

    def _show_part(self, teller: _Teller, part: float) -> None:
        if not teller.stop.is_set():
            self.standing.emit(LoadStanding(teller.name, 0, 1, part, fetched=True))

    # ---- own ---------------------------------------------------------------------------

    def _send(self, mtype: str, params: dict[str, str]) -> None:
        self._the_link().send(mtype, params)

    def _send_if_joined(self, mtype: str, params: dict[str, str]) -> None:
        if self.joined:
            self._send(mtype, params)

    def _the_link(self) -> SampLink:
        if self._link is None:
            from astroview.core.sky.samp_link import SampLink

            self._link = SampLink(self._event.emit)
        return self._link

    def _scratch(self) -> Path:
        if self._held is None:
            self._held = HeldFolder(SCRATCH)
        return self._held.path

    def _fail(self, error: AstroviewError) -> None:
        self.notice.emit(Notice.of(error))
