"""Notices when models and palettes come, go or are renamed, here or by another program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from astroview.core import resources
from astroview.core.io.paths.plain_paths import is_folder
from astroview.core.models import shelf as shelves
from astroview.core.models.model_card import ModelCard, ModelShelf
from astroview.core.models.palette_set import palette_shelf

QUIET_MS = 300  # a model that is being written is looked at when that is over
START_MS = 1000  # after the window is there; nothing is missed before


class ShelfWatch(QObject):
    """Watches the folders of a shelf, and that of the user's palettes.

    Signals
    -------
    changed : the `ModelCard` of all models that there are now, as a tuple; palettes may be others
    """

    changed = Signal(object)

    def __init__(self, shelf: ModelShelf, cards: tuple[ModelCard, ...], parent: QObject) -> None:
        """``cards`` are those that the window began with."""
        super().__init__(parent)
        self.shelf, self.cards = shelf, cards
        self._known = self._fingerprint()
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _: self._quiet.start())
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self.look)
        start = QTimer(self, singleShot=True, interval=START_MS)
        start.timeout.connect(self.look)
        start.start()

    def look(self) -> None:
        """Look now: whoever changed the shelf need not wait for its folder to tell."""
        self._watch()
        now = self._fingerprint()
        if now != self._known:
            self._known = now
            self.cards = self.shelf.cards()
            self.changed.emit(self.cards)

    def _fingerprint(self) -> str:
        return f"{shelves.fingerprint(self.shelf)}\n{palette_shelf().fingerprint()}"

    def _watch(self) -> None:
        """The user's folders, or what is to hold them, and each model in them: a new name is
        written there.
        """
        folders = (*self.shelf.folders[1:], resources.user_palettes())
        wanted = {str(place) for folder in folders for place in _places(folder)}
        watched = set(self._watcher.directories())
        if gone := watched - wanted:
            self._watcher.removePaths(sorted(gone))
        if new := wanted - watched:
            self._watcher.addPaths(sorted(new))


def _places(folder: Path) -> list[Path]:
    while not is_folder(folder):
        if folder == folder.parent:
            return []
        folder = folder.parent
        if is_folder(folder):
            return [folder]
    models = (p for p in folder.iterdir() if is_folder(p) and not p.name.startswith("."))
    return [folder, *models]
