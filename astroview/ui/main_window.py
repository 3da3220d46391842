"""The window: puts the rooms together and routes what they say to each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import (
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
)

from astroview.core import resources
from astroview.core.models import ModelCard
from astroview.core.options import EnhanceOptions
from astroview.ui import actions, dialogs
from astroview.ui.background import Background
from astroview.ui.compare import Mode
from astroview.ui.desk import Desk, Selection
from astroview.ui.display import Display
from astroview.ui.display_panel import DisplayPanel
from astroview.ui.documents import Document, Loaded, Result
from astroview.ui.empty_page import EmptyPage
from astroview.ui.enhance_panel import EnhancePanel
from astroview.ui.enhancing import Enhancing
from astroview.ui.frames_panel import FramesPanel
from astroview.ui.header_panel import HeaderPanel
from astroview.ui.jobs import Worker
from astroview.ui.layer import Layer
from astroview.ui.layout import Body, Parts
from astroview.ui.memory import Memory
from astroview.ui.notices import Notice, NoticeStrip
from astroview.ui.readout import Probe
from astroview.ui.saver import Saver
from astroview.ui.stage import Stage
from astroview.ui.status import StatusBar
from astroview.ui.theme import Theme, ThemeKeeper
from astroview.ui.viewer import Viewer


@dataclass(frozen=True)
class Given:
    """What the window is given to work with."""

    worker: Worker
    cards: tuple[ModelCard, ...]
    themes: ThemeKeeper
    memory: Memory
    log_folder: Path


class MainWindow(QMainWindow):
    """One window; `app.run` and the tests drive it through its public methods."""

    def __init__(self, given: Given) -> None:
        super().__init__()
        self.setWindowTitle("astroview")
        self.setAcceptDrops(True)
        self.setMinimumSize(760, 480)
        self._given, self.worker, self._memory = given, given.worker, given.memory
        # One thread opens files, so that they are listed in the order they were asked for.
        self._viewing, self._filing = Background(2, self), Background(1, self)
        self.desk = Desk(self._filing, self._memory.first_display, self)
        self.selection: Selection | None = None
        self._closed = False
        theme = given.themes.theme
        self.parts = _make_parts(theme, given.cards, self._memory.options)
        self.viewer, self.notices = self.parts.viewer, self.parts.notices
        self.stage = Stage(self.viewer, self._viewing, self)
        self.enhancing = Enhancing(
            given.worker, self.desk, self.parts.enhance, self.parts.status, self
        )
        self._probe = Probe(self._viewing, self)
        self.saver = Saver(self)
        self.body = Body(self.parts)
        self.setCentralWidget(self.body)
        self.actions_ = actions.make(self, self._handlers())
        self._recent_menu = actions.fill_menus(self, self.actions_)
        self.addToolBar(actions.make_toolbar(self, self.actions_))
        self._connect()
        self.viewer.set_mode(self._memory.mode)
        self._apply_theme(theme)
        self._memory.restore(self, self.body.splitter)
        self._show_recent()
        self._update_actions()
        self.parts.empty.focus()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    # ---- what app, snapshot and tests call ---------------------------------------------

    def open(self, paths: Sequence[Path]) -> None:
        """Open files and folders in the background."""
        self.desk.open([Path(path).absolute() for path in paths])

    def open_sample(self) -> None:
        """Open the bundled sample frame."""
        found = sorted((resources.root() / "samples").glob("*.fits"))
        if found:
            self.open(found[:1])
        else:
            self.tell(Notice("The sample frame is missing.", "Install astroview again.", "error"))

    def enhance(self, options: EnhanceOptions | None = None) -> None:
        """Enhance the selected frame; by default with the choices on the panel."""
        if self.selection:
            self.enhancing.start(self.selection.document, options)

    def save_as(self, path: Path) -> None:
        """Save what is selected, as displayed, in the background."""
        if self.selection:
            result, document = self.selection.result, self.selection.document
            frame = result.frame if result else document.frame
            self.saver.save(frame, path, document.display.stretch)

    def tell(self, notice: Notice) -> None:
        """Show a notice."""
        self.notices.tell(notice)

    @property
    def settled(self) -> bool:
        """Whether nothing is being read, computed, drawn or saved."""
        resting = not self.enhancing.running and not self.desk.busy and not self.saver.busy
        return resting and not self._viewing.busy and self.stage.settled

    # ---- wiring ------------------------------------------------------------------------

    def _connect(self) -> None:
        parts, desk = self.parts, self.desk
        desk.changed.connect(self._document_changed)
        desk.removed.connect(self._document_removed)
        desk.opened.connect(self._opened)
        desk.finished.connect(self._result_ready)
        self.enhancing.changed.connect(self._update_actions)
        for teller in (desk, self.stage, self.saver, self.enhancing):
            teller.notice.connect(self.tell)
        parts.frames.selected.connect(self._select)
        parts.frames.remove.connect(self.desk.remove)
        parts.frames.save.connect(self._save_row)
        parts.frames.header.connect(self._header_of_row)
        parts.frames.plane_chosen.connect(self._plane_chosen)
        parts.frames.open_files.connect(self.choose_files)
        parts.empty.open_files.connect(self.choose_files)
        parts.empty.open_sample.connect(self.open_sample)
        parts.empty.open_recent.connect(lambda path: self.open([path]))
        parts.display.changed.connect(self._display_changed)
        parts.enhance.enhance.connect(self.enhance)
        parts.enhance.chosen.connect(self._memory.keep_options)
        self.viewer.pointed.connect(self._pointed)
        self.viewer.zoom_changed.connect(lambda _: self._show_zoom())
        self.viewer.stepped.connect(parts.frames.step)
        self.viewer.mode_changed.connect(lambda _: self._update_actions())
        self._probe.read.connect(parts.status.show_reading)
        self._given.themes.changed.connect(self._apply_theme)

    def _handlers(self) -> dict[str, Callable[..., object]]:
        parts, viewer = self.parts, self.viewer
        return {
            "open": self.choose_files,
            "open_folder": self._choose_folder,
            "sample": self.open_sample,
            "save": self.choose_target,
            "close": self._close_selected,
            "quit": self.close,
            "next": lambda: parts.frames.step(1),
            "previous": lambda: parts.frames.step(-1),
            "walk": self.body.focus_next,
            "header": self.body.show_header,
            "fit": viewer.fit,
            "one": lambda: viewer.one_to_one(1),
            "two": lambda: viewer.one_to_one(2),
            "zoom_in": lambda: viewer.zoom_step(up=True),
            "zoom_out": lambda: viewer.zoom_step(up=False),
            "invert": parts.display.set_invert,
            "reset": parts.display.reset,
            **{mode.value: lambda _=False, m=mode: self._set_mode(m) for mode in Mode},
            "panels": lambda on: self.body.fold(not on),
            "full": lambda on: self.showFullScreen() if on else self.showNormal(),
            "enhance": parts.enhance.press,
            "cancel": self._escape,
            **{
                f"theme_{c}": lambda _=False, c=c: self._choose_theme(c)
                for c in ("system", "light", "dark")
            },
            "keys": lambda: dialogs.show_keys(self),
            "log": self.open_log,
            "about": lambda: dialogs.show_about(self),
        }

    # ---- choosing files ------------------------------------------------------------------

    def choose_files(self) -> None:
        """Ask for files and open them."""
        self.open(dialogs.choose_files(self, self._memory.folder))

    def _choose_folder(self) -> None:
        folder = dialogs.choose_folder(self, self._memory.folder)
        if folder:
            self.open([folder])

    def choose_target(self) -> None:
        """Ask where to save what is selected, and save it."""
        if self.selection is None:
            return
        result = self.selection.result
        frame = result.frame if result else self.selection.document.frame
        path = dialogs.choose_target(self, frame, self._memory.folder, self._memory.save_format)
        if path:
            self._memory.keep_target(path)
            self.save_as(path)

    def open_log(self) -> None:
        """Show the folder with the log files."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._given.log_folder)))

    # ---- documents -------------------------------------------------------------------------

    def _opened(self, document: Document, look: bool) -> None:
        if document.frame.path:
            self._memory.keep_recent(document.frame.path)
            self._show_recent()
        if look:
            self.viewer.setFocus()
            self.parts.frames.select(document.key)
            self._select(document.key, "")

    def _document_changed(self, document: Document) -> None:
        self.parts.frames.show_document(document)
        chosen = self.selection
        if chosen and chosen.document.key == document.key:
            wanted = chosen.result.id if chosen.result else ""
            self._select(document.key, wanted if document.result(wanted) else "")

    def _document_removed(self, key: int) -> None:
        self.parts.frames.drop_document(key)
        if self.selection and self.selection.document.key == key:
            self._show(None)
        self._update_actions()

    def _select(self, key: int, result_id: str) -> None:
        document = self.desk.documents.get(key)
        if document is None:
            return
        wanted = Selection(document, document.result(result_id))
        if wanted != self.selection:
            self._show(wanted)

    def _show(self, selection: Selection | None) -> None:
        self.selection = selection
        self.stage.show(selection)
        self.body.show_picture(selection is not None)
        self._fill_panels(selection)
        self._update_actions()

    def _fill_panels(self, selection: Selection | None) -> None:
        parts = self.parts
        if selection is None:
            parts.display.clear()
            parts.header.show_frame(None)
            parts.enhance.set_ready(ready=False)
            parts.enhance.show_used(None)
            parts.frames.planes.show_choices((), None, 0)
            parts.status.show_zoom(None)
            self.setWindowTitle("astroview")
            return
        document, result = selection.document, selection.result
        loaded: Loaded = document.loaded
        frame = result.frame if result else loaded.frame
        parts.display.show_frame(document.display, loaded.samples, loaded.counts, loaded.auto)
        parts.header.show_frame(frame)
        parts.enhance.set_ready(loaded.frame.path is not None, loaded.frame.channels == 1)
        parts.enhance.show_used(result.used if result else None)
        parts.frames.planes.show_choices(loaded.hdus, loaded.frame.hdu, loaded.frame.plane)
        self.setWindowTitle(f"{frame.name} – astroview")
        self._show_zoom()

    def _plane_chosen(self, hdu: int, plane: int) -> None:
        if self.selection:
            self.desk.open_plane(self.selection.document.key, hdu, plane)

    def _display_changed(self, display: Display) -> None:
        if self.selection is None:
            return
        document = self.selection.document
        self.desk.set_display(document.key, display)
        changed = self.desk.documents[document.key]
        self.selection = Selection(changed, self.selection.result)
        self._memory.keep_display(document.loaded, display)
        self.stage.set_display(display)
        self._update_actions()

    def _close_selected(self) -> None:
        if self.selection:
            result = self.selection.result
            self.desk.remove(self.selection.document.key, result.id if result else "")

    def _save_row(self, key: int, result_id: str) -> None:
        self.parts.frames.select(key, result_id)
        self.choose_target()

    def _header_of_row(self, key: int, result_id: str) -> None:
        self.parts.frames.select(key, result_id)
        self.actions_["header"].setChecked(True)
        self.body.show_header(on=True)

    # ---- results --------------------------------------------------------------------------------

    def _result_ready(self, document: Document, result: Result) -> None:
        looked_at = self.selection
        if looked_at and looked_at.document.key == document.key:
            if self.viewer.mode is Mode.ORIGINAL:
                self._set_mode(Mode.SPLIT)
            self.parts.frames.select(document.key, result.id)
            self.viewer.setFocus()
        else:
            show = partial(self.parts.frames.select, document.key, result.id)
            self.tell(Notice(f"{document.frame.name} is enhanced.", "", "done", "Show", show))

    def _escape(self) -> None:
        if self.enhancing.running:
            self.parts.enhance.press()
        elif self.isFullScreen():
            self.actions_["full"].trigger()
        else:
            self.notices.dismiss()

    # ---- view ----------------------------------------------------------------------------------

    def _pointed(self, layer: Layer | None, scene: object) -> None:
        if layer is None or self.selection is None:
            self._probe.leave()
            return
        result = self.selection.result
        before = result.original if result else self.selection.document.frame
        self._probe.point(before, result.frame if result else None, scene)  # type: ignore[arg-type]

    def _set_mode(self, mode: Mode) -> None:
        self.viewer.set_mode(mode)
        self._memory.keep_mode(mode)
        self._update_actions()

    def _show_zoom(self) -> None:
        shown = self.selection is not None
        ratio = self.viewer.devicePixelRatioF()
        self.parts.status.show_zoom(self.viewer.view.zoom * ratio if shown else None)

    def _choose_theme(self, choice: str) -> None:
        self._given.themes.choose(choice)  # type: ignore[arg-type]
        self._memory.keep_theme(choice)
        self._update_actions()

    def _apply_theme(self, theme: Theme) -> None:
        actions.tint(self.actions_, theme)
        self.viewer.set_surround(theme.surround)
        parts = self.parts
        for part in (parts.frames, parts.empty, parts.notices, parts.display, parts.enhance):
            part.set_theme(theme)

    def _update_actions(self) -> None:
        shown = self.selection is not None
        paired = shown and self.selection is not None and self.selection.result is not None
        enabled = {
            **dict.fromkeys(("save", "close", "fit", "one", "two", "zoom_in", "zoom_out"), shown),
            **dict.fromkeys(("invert", "reset", "header", "next", "previous"), shown),
            **dict.fromkeys(actions.COMPARE, paired),
            "enhance": shown and not self.enhancing.running,
        }
        for name, on in enabled.items():
            self.actions_[name].setEnabled(on)
        for name in actions.COMPARE:
            self.actions_[name].setChecked(paired and name == self.viewer.mode.value)
        for name in actions.THEMES:
            self.actions_[name].setChecked(name == f"theme_{self._given.themes.choice}")
        self.actions_["panels"].setChecked(self.parts.frames.isVisibleTo(self))
        if self.selection:
            self.actions_["invert"].setChecked(self.selection.document.display.invert)

    def _show_recent(self) -> None:
        files = self._memory.recent
        self.parts.empty.show_recent(files)
        self._recent_menu.clear()
        for path in files:
            self._recent_menu.addAction(path.name, lambda p=path: self.open([p])).setToolTip(
                str(path)
            )
        self._recent_menu.setEnabled(bool(files))

    # ---- events of the window --------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space shows the original while it is held, unless a control wants it."""
        kinds = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        if event.type() not in kinds or not isinstance(event, QKeyEvent):
            return False
        if event.key() != Qt.Key.Key_Space or not self.isActiveWindow():
            return False
        if isinstance(
            QApplication.focusWidget(), QAbstractButton | QComboBox | QLineEdit | QPlainTextEdit
        ):
            return False
        if not event.isAutoRepeat():
            self.viewer.set_peek(event.type() == QEvent.Type.KeyPress)
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._show_dropping(on=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_dropping(on=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_dropping(on=False)
        self.open([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def _show_dropping(self, on: bool) -> None:
        self.parts.empty.set_dropping(on)
        self.viewer.set_dropping(on)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        if self._closed:
            return
        self._closed = True
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self._memory.keep_window(self, self.body.splitter)
        self.hide()  # what is left to do may take a moment
        self.worker.close()
        for background in (self._viewing, self._filing):
            background.close()
        self.saver.close()


def _make_parts(theme: Theme, cards: tuple[ModelCard, ...], start: EnhanceOptions) -> Parts:
    return Parts(
        frames=FramesPanel(theme),
        empty=EmptyPage(),
        viewer=Viewer(),
        notices=NoticeStrip(theme),
        display=DisplayPanel(theme),
        enhance=EnhancePanel(cards, start, theme),
        header=HeaderPanel(),
        status=StatusBar(),
    )
