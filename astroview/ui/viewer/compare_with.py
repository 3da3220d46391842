"""Comparing any two open files: choosing the other one, laying it on the first one's grid."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from astroview.core.frame import Frame
from astroview.core.texts import Text
from astroview.ui.documents.document import Document, Result, describe
from astroview.ui.documents.document_store import DocumentStore
from astroview.ui.documents.session import Beside, Row, Selection
from astroview.ui.i18n.translate import tr
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notice import Notice
from astroview.ui.viewer.selection_controller import SelectionController
from astroview.ui.widgets.quick_open import Chooser, QuickEntry
from astroview.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from astroview.core.sky.align import Registered


class CompareWith(QObject):
    """Puts another open frame beside the selected one.

    Signals
    -------
    paired
        Two files are compared now.
    notice : `Notice`
    """

    paired = Signal()
    notice = Signal(object)

    def __init__(
        self,
        window: QMainWindow,
        looking: SelectionController,
        desk: DocumentStore,
        background: Background,
        theme: Callable[[], Theme],
    ) -> None:
        super().__init__(window)
        self._window, self._looking, self._desk = window, looking, desk
        self._background, self._theme = background, theme
        self.chooser: Chooser | None = None

    def serve(self, commands: Commands) -> None:
        """Serve the actions about two files."""
        commands.serve(
            {"compare_with": self.choose, "compare_end": self.end},
            possible={
                "compare_with": lambda: len(self._others()) > 0,
                "compare_end": lambda: bool(self._chosen and self._chosen.beside),
            },
        )

    @property
    def _chosen(self) -> Selection | None:
        return self._looking.selection

    def choose(self, *_: object) -> None:
        """Ask what the selected frame is to be compared with."""
        chosen = self._chosen
        if chosen is None:
            return
        entries = [
            QuickEntry(
                self._title(d, r), partial(self.compare, (d.key, r.id if r else "")), _about(d, r)
            )
            for d, r in self._others()
        ]
        self.chooser = Chooser(
            self._window,
            tr("Compare with"),
            tr("Compare {title} with …", title=self._title(chosen.document, chosen.result)),
            entries,
            self._theme(),
        )
        self.chooser.pop_up()

    def compare(self, other: Row) -> None:
        """Lay another open frame or result on the selected one."""
        chosen, document = self._chosen, self._desk.documents.get(other[0])
        if chosen is None or document is None:
            return
        result = document.result(other[1])
        base = chosen.result.frame if chosen.result else chosen.document.frame
        frame = result.frame if result else document.frame
        done = partial(self._registered, chosen, document, result)
        self._background.run(partial(_register, base, frame), done, self._tell)

    def end(self, *_: object) -> None:
        """Look at the selected frame alone again."""
        self._desk.session.look_beside(None)

    def _registered(
        self,
        chosen: Selection,
        document: Document,
        result: Result | None,
        found: Registered,
    ) -> None:
        now = self._chosen
        if now is None or (now.document.key, now.result) != (chosen.document.key, chosen.result):
            return  # something else is looked at meanwhile
        row = document.key, result.id if result else ""
        self._desk.session.look_beside(
            Beside(*row, found.frame, self._title(document, result), document.display)
        )
        self.paired.emit()
        if found.apart:
            called = self._desk.session.called
            told = Text(
                "{one} and {other} show different parts of the sky.",
                one=called(chosen.document),
                other=called(document),
            )
            self.notice.emit(
                Notice(
                    told,
                    "The other one is laid as large as fits.",
                )
            )

    def _title(self, document: Document, result: Result | None) -> str:
        return self._desk.session.called(document, result)

    def _others(self) -> list[tuple[Document, Result | None]]:
        chosen = self._chosen
        if chosen is None:
            return []
        mine = chosen.document.key, chosen.result.id if chosen.result else ""
        rows = [(d, r) for d in self._desk.documents.values() for r in (None, *d.results)]
        return [(d, r) for d, r in rows if (d.key, r.id if r else "") != mine]

    def _tell(self, error: object) -> None:
        self.notice.emit(Notice.of(error))  # type: ignore[arg-type]


def _about(document: Document, result: Result | None) -> str:
    return describe(result.frame if result else document.frame)


def _register(base: Frame, other: Frame) -> Registered:
    from astroview.core.sky.align import register  # astropy's WCS takes a while to load

    return register(base, other)
