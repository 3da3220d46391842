"""What a session keeps of regions: for each open document the text of a DS9 region file."""

from __future__ import annotations

from astroview.ui.documents.session import Session
from astroview.ui.measure.regions.region_store import RegionStore, Shapes, name_of


class RegionState:
    """Gives regions out as text in pixels of their frames, and takes them back."""

    def __init__(self, session: Session, store: RegionStore) -> None:
        self._session, self._store = session, store
        self._texts: dict[int, tuple[Shapes, str]] = {}  # last given out, by document

    def save(self) -> dict[str, str]:
        told: dict[str, str] = {}
        for key, document in self._session.documents.items():
            shapes = self._store.of(document.frame)
            if shapes:
                known = self._texts.get(key)
                if known is None or known[0] is not shapes:
                    from astroview.core.sky.region_files import regions_text

                    text = regions_text(shapes, document.frame, on_sky=False)
                    known = self._texts[key] = (shapes, text)
                told[str(key)] = known[1]
        return told

    def restore(self, told: dict[str, str], keys: dict[int, int]) -> None:
        """Raises ValueError, KeyError or TypeError for what `save` did not write."""
        if not told:
            return
        from astroview.core.sky.region_files import shapes_in

        for key, text in told.items():
            document = self._session.documents.get(keys.get(int(key), 0))
            if document is not None and not self._store.of(document.frame):
                shapes = shapes_in(text, document.frame)
                self._store.restore(name_of(document.frame), shapes)
