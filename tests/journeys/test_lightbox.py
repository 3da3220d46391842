"""A folder sifted in the real window: by keys, by facts, by measures; what leaves it is right."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from astropy.table import Table
from by_name import words
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from astroview.core.messages.curate_messages import Curated
from astroview.core.settings import frame_cache, load
from astroview.ui.app import start
from astroview.ui.lightbox import row_text
from astroview.ui.lightbox.lightbox_controller import LightboxController
from astroview.ui.lightbox.lightbox_workspace import LightboxSpace
from astroview.ui.main_window import MainWindow
from astroview.ui.remembered_choices import RememberedChoices

Key = Qt.Key
WIDTHS = {1: 1.0, 2: 2.0, 3: 1.4, 4: 2.6, 5: 1.2, 6: 1.8}  # sigma of the stars of each frame
ODD = 4  # the frame with the poor seeing, behind a cloud


def write_frame(path: Path, number: int) -> None:
    """A frame of many stars; each later by a day, filters in turn, one cloudy."""
    rng = np.random.default_rng(number)
    y, x = np.mgrid[:160, :160]
    data = rng.normal(100.0, 4.0 if number != ODD else 20.0, (160, 160))
    for _ in range(30):
        cx, cy = rng.uniform(12, 148, 2)
        data += rng.uniform(800, 3000) * np.exp(
            -((x - cx) ** 2 + (y - cy) ** 2) / 2 / WIDTHS[number] ** 2
        )
    hdu = fits.PrimaryHDU(data.astype(np.float32))
    hdu.header.update(
        {"DATE-OBS": f"2024-03-{20 - number:02}T21:00:00", "FILTER": "gr"[number % 2],
         "OBJECT": "M 101", "EXPTIME": 30.0, "CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN",
         "CRVAL1": 210.8, "CRVAL2": 54.3, "CRPIX1": 80.0, "CRPIX2": 80.0,
         "CDELT1": -1e-4, "CDELT2": 1e-4}
    )  # fmt: skip
    hdu.writeto(path)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    for number in WIDTHS:
        write_frame(folder / f"m{number}.fits", number)
    Image.fromarray(np.full((20, 30, 3), (200, 30, 30), np.uint8)).save(folder / "m10.png")
    (folder / "m7.fits").write_text("<html>404</html>")
    return folder


@pytest.fixture
def frame_folder(prepared: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "night"
    folder.mkdir()
    for path in prepared.iterdir():
        os.link(path, folder / path.name)
    return folder


@pytest.fixture
def box(window: MainWindow) -> LightboxSpace:
    window.actions_["space_lightbox"].trigger()
    return window.lightbox


def names(box: LightboxSpace) -> list[str]:
    model = box.panel.model
    return [model.row_at(place).name for place in range(model.rowCount())]


def press(window: MainWindow, *keys: Qt.Key) -> None:
    """Keys as a user presses them: shortcuts of the window first."""
    for key in keys:
        target = QApplication.focusWidget() or window
        QTest.keyClick(target, key)


def sort_by(box: LightboxSpace, field: str) -> None:
    box.panel.sort.setCurrentIndex(box.panel.sort.findData(field))


def type_query(box: LightboxSpace, text: str) -> None:
    box.panel.search.setText(text)
    QTest.keyClick(box.panel.search, Key.Key_Return)


def test_a_night_is_sifted_by_keys_alone(
    window: MainWindow, box: LightboxSpace, wait, frame_folder: Path, qapp: QApplication
) -> None:
    box.take([frame_folder])
    wait(lambda: not box.busy)
    view = box.panel.view
    view.setFocus()
    assert names(box) == [*(f"m{n}.fits" for n in range(1, 8)), "m10.png"]
    press(window, Key.Key_5)  # one star after the other: the keyboard goes on by itself
    press(window, Key.Key_3)
    assert view.current().name == "m3.fits"
    press(window, Key.Key_X)  # gone from what is on show, and the next one is there
    assert view.current().name == "m4.fits"
    assert "m3.fits" not in names(box)
    assert "m4.fits" in words(box.panel.card)
    press(window, Key.Key_T)
    QTest.keyClicks(box.panel.card.tags, "cloud, 1 moon")
    press(window, Key.Key_Return)
    assert view.hasFocus()  # the arrows are the frames' again
    press(window, Key.Key_Right, Key.Key_Return)  # Enter looks at it
    assert window.spaces.current == "view"
    wait()
    assert window.selection.document.frame.path == frame_folder / "m5.fits"
    window.actions_["space_lightbox"].trigger()
    window.actions_["undo"].trigger()
    window.actions_["undo"].trigger()
    wait(lambda: "m3.fits" in names(box) and not box.busy)
    assert box.panel.model.row_of(str(frame_folder / "m4.fits")).said.tags == ()
    window.actions_["redo"].trigger()
    window.actions_["redo"].trigger()
    wait(lambda: not box.busy)
    assert sorted(p.name for p in frame_folder.iterdir()) == sorted(
        [*(f"m{n}.fits" for n in range(1, 8)), "m10.png"]
    )  # nothing was written there

    other = start(RememberedChoices(load().settings))  # a later start
    other.window.show()
    other.window.lightbox.take([frame_folder])
    wait(lambda: not other.window.lightbox.busy)
    model = other.window.lightbox.panel.model
    said = {row.name: row.said for row in model.rows}
    assert (said["m1.fits"].rating, said["m2.fits"].rating) == (5, 3)
    assert said["m3.fits"].rejected
    assert said["m4.fits"].tags == ("1 moon", "cloud")
    assert model.counts["rejected"] == 1
    other.close()
    qapp.processEvents()


@pytest.mark.qt_log_ignore("This plugin does not support")  # of the list that completes tags
def test_tags_of_several_frames_are_added_and_none_of_theirs_is_lost(
    window: MainWindow, box: LightboxSpace, wait, frame_folder: Path
) -> None:
    box.take([frame_folder])
    wait(lambda: not box.busy)
    view, line, model = box.panel.view, box.panel.card.tags, box.panel.model
    view.setFocus()

    def tag(rows: list[int], text: str, last: Qt.Key) -> list[tuple[str, ...]]:
        view.set_current(rows[0])
        view.select_rows(rows)
        press(window, Key.Key_T)
        QTest.keyClicks(line, text)
        press(window, last)
        assert view.hasFocus()
        return [model.row_at(place).said.tags for place in range(3)]

    assert tag([0], "moon", Key.Key_Return) == [("moon",), (), ()]
    assert tag([1], "cloud", Key.Key_Return) == [("moon",), ("cloud",), ()]
    both = [("moon", "trail"), ("cloud", "trail"), ()]
    assert tag([0, 1], "trail", Key.Key_Return) == both
    assert "2 selected" in words(box.panel)
    assert line.text() == "trail"  # what both have
    assert tag([0, 1], "wrong", Key.Key_Escape) == both  # thought better of it
    assert not line.completer().popup().isVisible()
    assert line.text() == "trail"
    assert tag([0], "dome", Key.Key_Return)[0] == ("dome", "moon", "trail")
    press(window, Key.Key_T)
    line.setText("moon")
    press(window, Key.Key_Return)
    assert model.row_at(0).said.tags == ("moon",)


def test_what_is_wrong_with_a_search_stands_there_until_it_is_right(
    box: LightboxSpace, wait, frame_folder: Path
) -> None:
    box.take([frame_folder])
    wait(lambda: not box.busy)
    type_query(box, "wibble:3")
    box.panel.view.set_current(1)
    assert "wibble" in words(box.panel)
    type_query(box, "filter:none")
    wait(lambda: not box.busy)
    assert "wibble" not in words(box.panel)
    assert "No frame is like that." in words(box.panel)
    box.panel.model.rows[0].facts = None  # as before its header is read
    told = row_text.why_nothing("night", box.panel.model.rows, box.panel.wanted.query)
    assert "1 is not read yet" in told


def test_sorted_filtered_measured_and_exported(
    box: LightboxSpace, wait, frame_folder: Path, tmp_path: Path
) -> None:
    box.take([frame_folder])
    wait(lambda: not box.busy)
    sort_by(box, "date")
    wait(lambda: not box.busy)
    dated = [f"m{n}.fits" for n in (1, 2, 3, 4, 5, 6)]  # the latest first
    assert names(box) == [*dated, "m7.fits", "m10.png"]
    box.panel.down.click()
    wait(lambda: not box.busy)
    assert names(box) == [*dated[::-1], "m7.fits", "m10.png"]  # unknown stay last
    type_query(box, "filter:r")
    wait(lambda: not box.busy and len(names(box)) == 3)
    assert names(box) == ["m5.fits", "m3.fits", "m1.fits"]
    type_query(box, "colour:red")  # said, and nothing changes
    wait(lambda: not box.busy)
    assert names(box) == ["m5.fits", "m3.fits", "m1.fits"]
    assert "colour" in box.panel.search.toolTip()
    type_query(box, "")
    box.panel.view.set_current(0)
    wait(lambda: not box.busy and len(names(box)) == 8)
    assert "File size\n107 kB" in words(box.panel.card)
    type_query(box, "snr>0")
    wait(lambda: not box.busy and not names(box))
    assert "8 frames are not measured" in words(box.panel)
    type_query(box, "")
    wait(lambda: not box.busy and len(names(box)) == 8)
    box.sifting.measure()
    sort_by(box, "seeing")
    wait(lambda: not box.busy)
    order = sorted(WIDTHS, key=WIDTHS.__getitem__)
    assert names(box)[:6] == [f"m{n}.fits" for n in order]
    row = box.panel.model.row_at(0)
    assert row.seeing == pytest.approx(2.3548 * WIDTHS[1] * 0.36, rel=0.05)
    sort_by(box, "outlier")
    wait(lambda: not box.busy)
    assert names(box)[0] == f"m{ODD}.fits"
    two = [box.panel.model.row_at(place).outlier for place in (0, 1)]
    type_query(box, f"outlier>{sum(two) / 2:.3f} -is:damaged")
    wait(lambda: not box.busy and names(box) == [f"m{ODD}.fits"])
    type_query(box, "exposure>1000")  # none: it is said, and nothing is offered for one
    wait(lambda: not box.busy and not names(box))
    assert "No frame is like that." in words(box.panel)
    assert "No frame is selected" in words(box.panel.card)
    assert not box.panel.look.isEnabled()
    type_query(box, "exposure=30")
    sort_by(box, "name")
    wait(lambda: not box.busy and len(names(box)) == 6)
    box.leaving.write_list(tmp_path / "picked")
    wait(lambda: not box.leaving.busy)
    table = Table.read(tmp_path / "picked.ecsv")
    assert [Path(str(p)).name for p in table["path"]] == names(box)
    assert list(table["filter"]) == ["r", "g"] * 3
    assert table["seeing"][0] == pytest.approx(row.seeing)
    box.panel.view.set_current(1)
    box.panel.view.select_rows([1, 2])
    box.leaving.copy_to(tmp_path / "copies")
    wait(lambda: not box.leaving.busy)
    assert sorted(p.name for p in (tmp_path / "copies").iterdir()) == ["m2.fits", "m3.fits"]


def test_a_damaged_file_is_a_tile_with_its_reason(
    window: MainWindow, box: LightboxSpace, wait, frame_folder: Path
) -> None:
    (frame_folder / "lost.fits").symlink_to(frame_folder / "nowhere.fits")
    cut = (frame_folder / "m1.fits").read_bytes()[:-40000]
    (frame_folder / "cut.fits").write_bytes(cut)
    box.take([frame_folder / "m7.fits"])  # a file: its folder, with the keyboard on it
    wait(lambda: not box.busy)
    assert box.panel.view.current().name == "m7.fits"
    said = {
        row.name: row.facts.problem
        for row in box.panel.model.rows
        if row.facts and row.facts.problem
    }
    problems = box.sifting.pictures.problems
    told = {**{Path(path).name: why for path, why in problems.items()}, **said}
    assert {"m7.fits", "lost.fits", "cut.fits"} <= set(told)
    assert "FITS" in told["m7.fits"] or "frame" in told["m7.fits"]
    type_query(box, "is:damaged")
    wait(lambda: not box.busy)
    assert "m7.fits" in names(box)
    assert "m1.fits" not in names(box)
    assert window.notices.current is None


def test_twenty_thousand_frames_come_page_by_page(
    box: LightboxSpace, wait, prepared: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    kinds = [prepared / f"m{n}.fits" for n in WIDTHS]
    for i in range(20_000):
        os.link(kinds[i % 6], folder / f"f{i}.fits")
    sifting, view, model = box.sifting, box.panel.view, box.panel.model
    box.take([folder])
    wait(model.rowCount)
    assert sifting.listing.busy  # the first page is there before the listing has ended
    assert model.rowCount() < 20_000
    wait(lambda: not sifting.listing.busy)
    wait(lambda: not sifting.pictures.busy and names(box)[:3] == ["f0.fits", "f1.fits", "f2.fits"])
    view.setFocus()
    press_page = lambda: QTest.keyClick(view, Key.Key_PageDown)  # noqa: E731
    for _ in range(4):
        press_page()
    first, last = view.on_show
    assert first > 3 * (last - first) // 2
    wait(lambda: all(_has_picture(sifting, place) for place in range(first, last + 1)))
    QTest.keyClick(view, Key.Key_End)
    assert view.current().name == "f19999.fits"
    assert view.on_show[1] == 19_999
    wait(lambda: _has_picture(sifting, 19_999))
    # Only what was in view, and a little below it, was looked at.
    assert sum(row.facts is not None for row in model.rows) < 1500
    assert sifting.pictures.busy or sum(_has_picture(sifting, at) for at in range(20_000)) < 1500
    QTest.keyClick(view, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(view.selected_rows()) == 20_000
    sifting.verdicts.reject()
    assert model.rowCount() == 0
    assert model.counts["rejected"] == 20_000
    wait(lambda: not sifting.verdicts.busy)
    box.panel.groups.set_value("rejected")
    box.panel.wanted_changed.emit()
    wait(lambda: model.rowCount() == 20_000)


def _has_picture(sifting: LightboxController, place: int) -> bool:
    picture = sifting.pictures.known(sifting.model.row_at(place).path)
    return picture is not None and not picture.isNull()


def test_what_is_chosen_goes_to_batch_and_to_train(
    window: MainWindow, box: LightboxSpace, wait, frame_folder: Path
) -> None:
    box.take([frame_folder])
    wait(lambda: not box.busy)
    box.panel.view.set_current(0)
    box.panel.view.select_rows([0, 2])
    box.send_to_batch()
    assert window.spaces.current == "batch"
    wait(lambda: not window.batch.busy)
    assert [row.name for row in window.batch.panel.model.rows] == ["m1.fits", "m3.fits"]
    window.actions_["space_lightbox"].trigger()
    box.panel.view.set_current(3)
    box.sifting.verdicts.reject()
    wait(lambda: not box.busy)
    box.send_to_train()  # all on show: without the one that was rejected
    assert window.spaces.current == "train"
    curation = window.train.curation
    wait(lambda: curation.state == "done" and not curation.busy)
    verdicts = {Path(row.path).name: row for row in curation.model.rows}
    assert (verdicts["m4.fits"].verdict, verdicts["m4.fits"].why) == ("refused", "user")
    assert verdicts["m1.fits"].why != "user"
    told: list[Curated] = []
    curation.finished.connect(told.append)
    for wanted in ({"m1.fits", "m3.fits"}, {"m2.fits", "m3.fits"}):  # the last choice holds
        window.actions_["space_lightbox"].trigger()
        box.panel.view.select_rows([i for i, name in enumerate(names(box)) if name in wanted])
        told.clear()
        box.send_to_train()
        wait(lambda: told and not curation.busy)
        rows = curation.model.rows
        assert {Path(row.path).name for row in rows if row.verdict == "accepted"} == wanted
        assert [one.accepted for one in told] == [2]  # and nothing of another choice was told


def test_painted_pictures_are_marked_and_kept(
    window: MainWindow, box: LightboxSpace, wait, small: Path
) -> None:
    folder = small.parent / "few"
    folder.mkdir()
    os.link(small, folder / "a.fits")
    box.take([folder])
    wait(lambda: not box.busy)
    view, sifting = box.panel.view, box.sifting
    index = view.model().index(0, 0)
    plain = view.tile(index).picture
    window.actions_["lb_painted"].trigger()
    wait(lambda: not box.busy and sifting.painted.known(str(folder / "a.fits")) is not None)
    tile = view.tile(index)
    assert tile.mark == "brush"  # nobody takes it for measured
    assert _saturation(tile.picture) > 3 * _saturation(plain) + 0.5
    kinds = sqlite3.connect(frame_cache()).execute("SELECT kind FROM pictures").fetchall()
    assert {kind for (kind,) in kinds} == {"plain", "painted by auto"}
    window.actions_["lb_painted"].trigger()
    assert view.tile(index).mark == ""


def _saturation(picture) -> float:
    return max(
        picture.pixelColor(x, y).hsvSaturationF() * picture.pixelColor(x, y).valueF() * 100
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    )


def test_an_empty_folder_and_no_folder(
    window: MainWindow, box: LightboxSpace, wait, tmp_path: Path
) -> None:
    assert box.panel.empty.isVisible()
    assert box.panel.empty.focused  # Space or Enter chooses a folder
    assert not window.actions_["lb_export"].isEnabled()
    (tmp_path / "none").mkdir()
    box.take([tmp_path / "none"])
    wait(lambda: not box.busy)
    assert "no frame" in words(box.panel)
