"""What the buttons and the menu of a row in the list of frames do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from astroview.ui.documents.frames_panel import FramesPanel
from astroview.ui.documents.session import Session


class FrameActions(QObject):
    """Looks at the row first, then does what the window's action of that name does."""

    def __init__(
        self,
        panel: FramesPanel,
        session: Session,
        save: Callable[[], object],
        header: Callable[[], object],
        compare: Callable[[], object],
    ) -> None:
        super().__init__(panel)
        self._session = session
        for signal, act in ((panel.save, save), (panel.header, header), (panel.compare, compare)):
            signal.connect(lambda key, result_id, act=act: self._do(key, result_id, act))

    def _do(self, key: int, result_id: str, act: Callable[[], object]) -> None:
        self._session.select(key, result_id)
        act()
