"""What of a session comes back, what does not yet, and that each frame keeps its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import waiting
from astropy.io import fits
from PySide6.QtCore import QObject

from astroview.ui.documents import document
from astroview.ui.documents.document import Document
from astroview.ui.documents.file_loader import LoadStanding
from astroview.ui.documents.saved_sessions.session_keeper import KeptRoom, SessionKeeper
from astroview.ui.documents.saved_sessions.session_store import SessionStore
from astroview.ui.documents.session import Session

pytestmark = pytest.mark.usefixtures("qapp")
NAMES = ("a", "b", "c")


class Kept(QObject):
    """Frames, their keeper, and what a room says of each: the frame's name."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.session = Session(self)
        self.keeper = SessionKeeper(self.session, SessionStore(base), lambda: 1.0, self)
        self.said: dict[str, str] = {}  # by the frame that it was brought back for
        self.standings: list[LoadStanding | None] = []
        self.keeper.keep_room("words", KeptRoom(self._save, self._restore, by_document=True))
        self.keeper.standing.connect(self.standings.append)

    def _save(self) -> dict[str, str]:
        return {str(key): d.frame.name for key, d in self.session.documents.items()}

    def _restore(self, told: dict[str, Any], keys: dict[int, int]) -> None:
        for key, word in told.items():
            if int(key) in keys:
                self.said[self.session.documents[keys[int(key)]].frame.name] = word

    @property
    def names(self) -> set[str]:
        return {d.frame.name for d in self.session.documents.values()}

    def open(self, path: Path) -> None:
        loaded = document.load(path)
        self.session.put(Document(self.session.new_key(), loaded, loaded.opening))

    def bring_back(self) -> None:
        last = self.keeper.last()
        assert last
        self.keeper.restore(last)

    def rest(self) -> None:
        waiting.in_window(lambda: not self.keeper.busy)


@pytest.fixture
def frames(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{name}.fits" for name in NAMES]
    for path in paths:
        fits.writeto(path, np.ones((4, 5), np.float32))
    return paths


@pytest.fixture
def base(tmp_path: Path, frames: list[Path]) -> Path:
    """Where a session with three frames is kept."""
    kept = Kept(tmp_path / "sessions")
    for path in frames:
        kept.open(path)
    kept.keeper.close()
    return tmp_path / "sessions"


def test_what_is_not_waited_for_comes_later(base: Path) -> None:
    kept = Kept(base)
    kept.bring_back()
    assert kept.standings
    assert kept.standings[-1]
    kept.keeper.cancel()
    assert kept.standings[-1] is None
    kept.rest()
    assert kept.names == set()
    kept.keeper.close()
    later = Kept(base)
    later.bring_back()
    later.rest()
    assert later.names == set(NAMES)
    assert later.said == {name: name for name in NAMES}
    later.keeper.close()


def test_what_is_not_waited_for_comes_when_it_is_asked_for(base: Path) -> None:
    kept = Kept(base)
    kept.bring_back()
    kept.keeper.cancel()
    kept.keeper.bring_lost()
    kept.rest()
    assert kept.names == set(NAMES)
    assert kept.said == {name: name for name in NAMES}
    kept.keeper.close()


def test_what_is_said_of_a_frame_stays_with_it_while_it_is_away(
    base: Path, frames: list[Path], tmp_path: Path
) -> None:
    """Keys of frames that are away meet those of frames that were opened meanwhile."""
    away = tmp_path / "away"
    frames[0].rename(away)
    without = Kept(base)
    without.bring_back()
    without.rest()
    assert without.names == {"b", "c"}
    without.keeper.close()
    away.rename(frames[0])
    again = Kept(base)
    again.bring_back()
    again.rest()
    assert again.said == {name: name for name in NAMES}
    again.keeper.close()
