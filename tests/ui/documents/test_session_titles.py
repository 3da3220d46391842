"""What earlier sessions are called in the menu."""

from __future__ import annotations

from pathlib import Path

from astroview.core.colour.stretch import Stretch
from astroview.ui.documents.saved_sessions.session_file import (
    KeptDocument,
    KeptFrame,
    KeptSession,
)
from astroview.ui.documents.saved_sessions.session_store import EndedSession
from astroview.ui.documents.session_controller import titles
from astroview.ui.render.display_settings import Display


def ended(*files: str, copy: bool = False) -> EndedSession:
    kept = tuple(
        KeptDocument(i, Path(file).stem, KeptFrame(file, copy=copy), Display(Stretch()))
        for i, file in enumerate(files)
    )
    return EndedSession(Path("/sessions"), KeptSession(kept))


def listed(*sessions: EndedSession) -> list[str]:
    return [title.split(" · ")[1] for title in titles(sessions)]


def test_files_of_one_name_are_told_apart_by_their_folders() -> None:
    one, other = ended("/d/night1/m31.fits"), ended("/d/night2/m31.fits", "/d/night2/m33.fits")
    assert listed(one, other) == ["night1/m31", "night2/m31, m33"]
    assert listed(ended("/d/a/m31.fits", "/d/b/m31.fits")) == ["a/m31, b/m31"]


def test_the_same_file_again_is_called_by_its_name() -> None:
    again = ended("/d/night1/m31.fits")
    assert listed(again, again) == ["m31", "m31"]
    assert listed(again, ended("/sessions/7/m31.fits", copy=True)) == ["m31", "m31"]
