"""The session is data: consistent after whatever is done to it, and no widget is needed for it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from hypothesis import given, settings
from hypothesis import strategies as st

from astroview.core.messages.worker_messages import Progress
from astroview.ui.documents import document as documents
from astroview.ui.documents.comparison import Comparison, Mode
from astroview.ui.documents.document import Document, LoadedFile, Result, Used
from astroview.ui.documents.session import Beside, Session
from astroview.ui.documents.session_jobs import SessionJob


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> LoadedFile:
    path = tmp_path_factory.mktemp("session") / "ramp.fits"
    fits.writeto(path, np.arange(48, dtype=np.float32).reshape(6, 8))
    return documents.load(path)


def result(loaded: LoadedFile, name: str) -> Result:
    frame = loaded.frame
    return Result(name, frame, frame, name, Used((), painted=False), loaded.thumbnail, Path(name))


def test_no_widget_is_loaded_for_the_data() -> None:
    code = (
        "import sys, astroview.ui.documents.session, astroview.ui.documents.document_store;"
        "sys.exit('PySide6.QtWidgets' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


STEPS = st.lists(
    st.tuples(st.sampled_from(("put", "grow", "shrink", "remove", "select", "mark", "step")),
              st.integers(0, 5), st.integers(0, 3)),
    max_size=25,
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(STEPS)
def test_it_is_consistent_whatever_is_done(loaded: LoadedFile, steps: list) -> None:
    session, told = Session(), []
    session.selected.connect(lambda: told.append(session.selection))
    for what, at, part in steps:
        keys = list(session.documents)
        key = keys[at % len(keys)] if keys else -1
        document = session.documents.get(key)
        if what == "put":
            session.put(Document(session.new_key(), loaded, loaded.opening))
        elif what == "grow" and document and not document.result(f"r{part}"):
            session.put(document.with_result(result(loaded, f"r{part}")))
        elif what == "shrink" and document:
            session.put(document.without_result(f"r{part}"))
        elif what == "remove":
            session.remove(key)
        elif what == "select":
            session.select(key, f"r{part}")
        elif what == "mark":
            session.mark(keys[part:])
        elif what == "step":
            session.step(part - 1)
        chosen = session.selection
        assert set(session.marked) <= set(session.documents)
        assert chosen is None or chosen.document is session.documents[chosen.document.key]
        assert chosen is None or chosen.row in session.rows
        assert not told or told[-1] is chosen or (chosen and told[-1].row == chosen.row)


def test_what_goes_leaves_its_place_to_a_neighbour(loaded: LoadedFile) -> None:
    session = Session()
    for _ in range(3):
        session.put(Document(session.new_key(), loaded, loaded.opening))
    for name in ("a", "b"):
        session.put(session.documents[2].with_result(result(loaded, name)))
    session.select(2, "a")
    session.put(session.documents[2].without_result("a"))
    assert session.selection
    assert session.selection.row == (2, "b")
    session.put(session.documents[2].without_result("b"))
    assert session.selection.row == (2, "")
    session.remove(2)
    assert session.selection.row == (3, "")
    session.remove(3)
    assert session.selection.row == (1, "")
    session.remove(1)
    assert session.selection is None
    assert session.marked == ()


def test_a_frame_beside_stays_while_both_are_there(loaded: LoadedFile) -> None:
    session = Session()
    for _ in range(2):
        session.put(Document(session.new_key(), loaded, loaded.opening))
    session.select(1)
    beside = Beside(2, "", loaded.frame, "two", loaded.opening)
    session.look_beside(beside)
    session.select(1)
    assert session.selection
    assert session.selection.beside is beside
    session.set_display(1, replace(loaded.opening, invert=True))
    assert session.selection.beside is beside
    assert session.selection.document.display.invert
    session.set_display(2, replace(loaded.opening, invert=True))
    assert session.selection.beside
    assert session.selection.beside.display.invert
    session.remove(2)
    assert session.selection.beside is None
    assert session.selection.row == (1, "")


def test_work_under_way_is_told_as_it_begins_goes_on_and_ends() -> None:
    session = Session()
    begun, steps = list[str](), list[SessionJob]()
    session.jobs.changed.connect(begun.append)
    session.jobs.progressed.connect(steps.append)
    session.jobs.progress("enhance", Progress("", 1, 2))  # of nothing: late news
    session.jobs.end("enhance")
    assert not begun
    assert not steps
    session.jobs.begin(SessionJob("enhance", "m31", 7, draft=True))
    session.jobs.begin(SessionJob("compose", "J and H"))
    session.jobs.place("enhance", Path("scratch"))
    session.jobs.progress("enhance", Progress("", 1, 2))
    job = session.jobs.get("enhance")
    assert job is not None
    assert (job.key, job.draft, job.scratch) == (7, True, Path("scratch"))
    assert [one.progress for one in steps] == [Progress("", 1, 2)]
    session.jobs.end("enhance")
    assert session.jobs.get("enhance") is None
    assert session.jobs.get("compose") is not None
    assert begun == ["enhance", "compose", "enhance", "enhance"]


def test_another_way_to_compare_is_told_once() -> None:
    session, told = Session(), list[Mode]()
    session.compared.connect(lambda: told.append(session.comparison.mode))
    for mode in (Mode.TILE, Mode.TILE, Mode.BLINK):
        session.compare(Comparison(mode))
    assert told == [Mode.TILE, Mode.BLINK]


def test_files_of_one_name_are_told_apart_while_both_are_open(loaded: LoadedFile) -> None:
    session = Session()
    for key, folder in enumerate(("night1", "night2")):
        frame = replace(loaded.frame, path=Path(folder, "ramp.fits"))
        session.put(Document(key, replace(loaded, frame=frame), loaded.opening))
    both = list(session.documents.values())
    assert [session.called(document) for document in both] == ["night1/ramp", "night2/ramp"]
    session.remove(1)
    assert session.called(both[0]) == "ramp"
