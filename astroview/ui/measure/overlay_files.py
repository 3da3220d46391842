"""Files of regions and catalogues: which one, and where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from astroview.ui.i18n.translate import tr
from astroview.ui.measure.regions_and_catalogue import RegionsAndCatalogue, ask_to_open, ask_to_save
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notice import Notice
from astroview.ui.viewer.viewer import Viewer

TABLES = "*.vot *.xml *.votable *.fits *.fit *.csv *.tsv *.ecsv *.txt *.dat"


class OverlayFiles(QObject):
    """Asks for a file, and has it read or written.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(
        self,
        viewer: Viewer,
        placed: RegionsAndCatalogue,
        memory: RememberedChoices,
        commands: Commands,
    ) -> None:
        super().__init__(placed)
        self._viewer, self._placed, self._memory = viewer, placed, memory
        commands.serve(
            {
                "regions_open": self._open_regions,
                "regions_save": self._save_regions,
                "regions_clear": placed.clear_regions,
                "catalogue_open": self._open_catalogue,
                "catalogue_clear": lambda: placed.set_catalogue(None),
            },
            possible={"catalogue_clear": lambda: placed.catalogue is not None},
        )

    def _open_regions(self) -> None:
        folder = self._memory.folder
        path = ask_to_open(self._viewer, tr("Open regions"), folder, tr("DS9 regions (*.reg)"))
        if path:
            self._placed.open_regions(path)

    def _save_regions(self) -> None:
        frame = self._placed.frame
        if not self._placed.store.shapes or frame is None:
            hint = "Draw some first (Region, Draw)."
            self.notice.emit(Notice("This frame has no regions to save.", hint, "info"))
            return
        wanted = str(Path(self._memory.folder) / f"{frame.name}.reg")
        path = ask_to_save(self._viewer, tr("Save regions"), wanted, tr("DS9 regions (*.reg)"))
        if path:
            self._placed.save_regions(path)

    def _open_catalogue(self) -> None:
        patterns = f"{tr('Tables')} ({TABLES})"
        path = ask_to_open(self._viewer, tr("Open catalogue"), self._memory.folder, patterns)
        if path:
            self._placed.open_catalogue(path)
