"""The curation widget with the real command behind it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from by_name import find, words
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton

from astroview.core import resources
from astroview.core.messages import curation_overrides
from astroview.core.messages.curate_messages import Judged
from astroview.ui.train.curation.curation import Curation
from astroview.ui.train.curation.judged_files import ROW, ShownFiles, Verdicts
from astroview.ui.train.curation.override_history import OverrideHistory
from astroview.ui.widgets.theme import DARK, LIGHT
from trainer.curate.curated_samples import read_samples

# A window by itself, without a screen.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
Wait = Callable[[Callable[[], object]], None]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASTROVIEW_DATA_DIR", str(tmp_path / "data"))
    place = tmp_path / "night"
    place.mkdir()
    rng = np.random.default_rng(1)
    for k in range(6):
        noise = rng.integers(0, 255, (100, 100, 3), np.uint8)
        noise[20 + 9 * k : 75, 30:70] //= 4  # noise alone would be refused
        Image.fromarray(noise).save(place / f"p{k}.png")
    Image.fromarray(rng.integers(0, 255, (20, 20), np.uint8)).save(place / "small.png")
    (place / "torn.fits").write_bytes(b"SIMPLE  =                    T")
    return place


@pytest.fixture
def curation(qtbot) -> Iterator[Curation]:
    widget = Curation([*resources.program(), "curate"], DARK)
    qtbot.addWidget(widget)
    widget.resize(900, 600)
    widget.show()
    yield widget
    widget.close_down()


@pytest.fixture
def wait(qtbot) -> Wait:
    return lambda reached: qtbot.waitUntil(lambda: bool(reached()), timeout=120_000)


def named(curation: Curation) -> dict[str, Judged]:
    return {Path(row.path).name: row for row in curation.model.rows}


def test_a_folder_is_judged_overruled_and_judged_again(
    curation: Curation, folder: Path, wait: Wait, qtbot
) -> None:
    reports: list[str] = []
    curation.finished.connect(lambda curated: reports.append(curated.report))
    assert "No frames" in words(curation)
    curation.curate(folder)
    wait(lambda: reports and not curation.busy)
    assert curation.state == "done"
    assert curation.tabs.button("accepted").text() == "Accepted 6"
    assert len(read_samples(Path(reports[0]))) == 6
    # The small one is accepted, by the keyboard; what cannot be read cannot be.
    curation.tabs.button("refused").click()
    assert curation.shown.rowCount() == 2
    curation.reasons.setCurrentIndex(curation.reasons.findData("small"))
    assert curation.shown.rowCount() == 1
    curation.grid.setCurrentIndex(curation.shown.index(0, 0))
    QTest.keyClick(curation.grid, Qt.Key.Key_Return)
    assert named(curation)["small.png"].overruled
    wait(lambda: len(reports) == 2 and not curation.busy)
    assert len(read_samples(Path(reports[1]))) == 7
    curation.reasons.setCurrentIndex(0)
    curation.grid.selectAll()
    assert not find(curation, QPushButton, "Accept").isEnabled()
    curation.undo()  # nothing is left in the file
    assert not named(curation)["small.png"].overruled
    assert (
        curation_overrides.read(Path(reports[1]).with_name(curation_overrides.NAME), folder) == {}
    )
    assert not curation.overruling.can_undo
    curation.wish([named(curation)["p1.png"]], take=False)
    curation.close_down()  # at once: the wish is kept already
    later = Curation([*resources.program(), "curate"], LIGHT)
    qtbot.addWidget(later)
    later.curate(folder)
    wait(lambda: later.state == "done" and not later.busy)
    assert named(later)["p1.png"].why == "user"
    assert later.overruling.wishes == {str(folder / "p1.png"): False}
    later.close_down()


def test_what_cannot_be_curated_is_said(curation: Curation, tmp_path: Path, wait: Wait) -> None:
    told: list[tuple[str, str]] = []
    curation.failed.connect(lambda message, hint: told.append((message, hint)))
    curation.curate(tmp_path / "nowhere")
    wait(lambda: curation.state == "failed" and not curation.busy)
    assert "nowhere" in told[0][0]
    assert "There is no folder" in words(curation)


def test_a_lost_program_is_said(qtbot, folder: Path, tmp_path: Path, wait: Wait) -> None:
    widget = Curation([str(tmp_path / "gone")], DARK)
    qtbot.addWidget(widget)
    widget.curate(folder)
    wait(lambda: widget.state == "failed")
    assert "ended before" in words(widget)


def test_steps_of_overruling_are_undone_in_turn() -> None:
    good = Judged("/a/good.png", "accepted", use="colour")
    soft = Judged("/a/soft.png", "refused", "blurred", "blurred")
    torn = Judged("/a/torn.png", "refused", "unreadable: no", "unreadable")
    steps = OverrideHistory()
    (left,) = steps.wish([good, torn], take=False)  # torn is refused anyway
    taken = steps.wish([soft, torn], take=True)
    assert [row.path for row in taken] == ["/a/soft.png"]
    assert taken[0].own_why == "blurred"
    assert steps.wishes == {"/a/good.png": False, "/a/soft.png": True}
    known = {row.path: row for row in (left, *taken, torn)}
    assert steps.undo(known) == [soft]
    assert steps.wish([left], take=True) == [good]
    assert steps.wishes == {}
    steps.undo(known)
    assert steps.wishes == {"/a/good.png": False}


@pytest.mark.usefixtures("qapp")
def test_the_list_is_one_that_qt_trusts() -> None:
    model = Verdicts()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    for k in range(30):
        model.take(Judged(f"/a/{k}.png", "accepted"))
        if k % 10 == 0:
            model.flush()
    model.take(Judged("/a/3.png", "refused", "blurred", "blurred"))
    model.take(Judged("/a/29.png", "refused", "blank", "blank"))  # not shown yet
    model.flush()
    assert model.rowCount() == 30
    assert model.counts == {"accepted": 28, "refused": 2, "blurred": 1, "blank": 1}
    model.begin()
    assert model.rowCount() == 0


@pytest.mark.usefixtures("qapp")
def test_ten_thousand_files() -> None:
    """Every step that a person waits for takes a fraction of what would be felt as a halt."""
    model = Verdicts()
    shown = ShownFiles(model)
    shown.show_only("refused", "blurred")
    began = time.process_time()
    for k in range(10_000):
        soft = k % 5 == 0
        verdict, why = ("refused", "blurred") if soft else ("accepted", "")
        model.take(Judged(f"/a/{k}.png", verdict, why, why))
        if k % 100 == 0:
            model.flush()
    model.flush()
    for k in range(0, 10_000, 10):
        model.take(Judged(f"/a/{k}.png", "accepted"))
    model.flush()
    assert shown.rowCount() == 1000
    assert shown.index(0, 0).data(ROW).path == "/a/5.png"
    assert model.counts["blurred"] == 1000
    assert time.process_time() - began < 20  # measured: about half a second
