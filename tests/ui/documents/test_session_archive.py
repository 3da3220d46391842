"""A session that somebody sent: what it stands on comes along, and it does nothing by itself."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from astroview.core.errors import UnreadableFrame
from astroview.core.options import Outputs
from astroview.ui.documents.document import Used
from astroview.ui.documents.saved_sessions import session_archive, session_file
from astroview.ui.documents.saved_sessions.session_file import (
    KeptDocument,
    KeptFrame,
    KeptResult,
    KeptSession,
)
from astroview.ui.render.display_settings import Display, Stretch

SHOWN = Display(Stretch("linear", 0, 1))
A_FRAME = KeptFrame("/a.fits")


def kept(home: Path, frame: KeptFrame = A_FRAME) -> KeptSession:
    """A session with a result of measured colour, its files in ``home``."""
    folder = home / "results" / "job"
    folder.mkdir(parents=True)
    names = ("source.npy", "chroma.npy", "guide.npz")
    for name in names:
        (folder / name).write_bytes(name.encode())
    source, chroma, guide = (str(folder / name) for name in names)
    outputs = Outputs(source, chroma, guide=guide)
    result = KeptResult("r", "Enhanced", Used((), painted=True), frame, outputs)
    rooms = {"view": {}, "work": {"key": 1, "options": {"colour_from": "sky"}}}
    document = KeptDocument(1, "a", KeptFrame("/a.fits", max_bytes=10**15), SHOWN, (result,))
    return KeptSession((document,), rooms=rooms)


@pytest.mark.parametrize("target", ["night.avsession", "night"])
def test_all_that_a_result_stands_on_comes_along(tmp_path: Path, target: str) -> None:
    home, there = tmp_path / "home", tmp_path / "there"
    session_archive.save(kept(home), home, tmp_path / target)
    outputs = session_archive.unpack(tmp_path / target, there).documents[0].results[0].outputs
    assert outputs is not None
    for path in (outputs.source, outputs.chroma, outputs.guide):
        assert path
        assert Path(path).is_relative_to(there)
        assert Path(path).read_bytes() == Path(path).name.encode()


def test_nothing_is_fetched_computed_or_allowed_by_it(tmp_path: Path) -> None:
    home, target = tmp_path / "home", tmp_path / "night.avsession"
    session_archive.save(kept(home, KeptFrame("http://127.0.0.1:9/a.fits")), home, target)
    found = session_archive.unpack(target, tmp_path / "there")
    assert found.documents[0].results == ()
    assert found.documents[0].frame.max_bytes is None
    assert found.rooms == {"view": {}}


def test_a_session_is_as_large_as_its_file(tmp_path: Path) -> None:
    """Its words alone, compressed, could fill the memory."""
    target = tmp_path / "bomb.avsession"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("session.json", " " * 10**7)
    with pytest.raises(UnreadableFrame, match="compressed"):
        session_archive.unpack(target, tmp_path / "there")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_in_a_folder_is_waited_for_by_nobody(tmp_path: Path) -> None:
    home, target = tmp_path / "home", tmp_path / "night"
    session_archive.save(kept(home), home, target)
    source = target / "results" / "job" / "source.npy"
    source.unlink()
    os.mkfifo(source)
    with pytest.raises(UnreadableFrame, match="pipe"):
        session_archive.unpack(target, tmp_path / "there")


def test_a_name_leads_nowhere_else(tmp_path: Path) -> None:
    home, target = tmp_path / "home", tmp_path / "odd.avsession"
    words = session_file.text(kept(home), home)
    for name in ("results/../../x", "/etc/passwd", "results/a\\\\b/c", "frames"):
        with zipfile.ZipFile(target, "w") as packed:
            packed.writestr("session.json", words.replace("results/job/guide.npz", name))
        with pytest.raises(UnreadableFrame, match="no place in a session"):
            session_archive.unpack(target, tmp_path / "there")
