"""Frames of one field are open: combining them is offered, done, and shown with their shifts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from by_name import find
from dithers import Sky, View, dithers, frames, write
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog

from astroview.core.io.open_file import open_frame
from astroview.core.texts import Text
from astroview.ui.bands.stack.stack_rows import rows_of
from astroview.ui.main_window import MainWindow


@pytest.fixture
def dithered(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "night"
    folder.mkdir()
    views = dithers(4)
    views[2] = View(0.4, 0.7, light=0.15, seed=2)
    made = frames(Sky.of(31, 72, 30), views, folder, coordinates=True)
    return [frame.path for frame in made if frame.path]


def test_frames_of_one_field_are_combined(
    window: MainWindow, wait, dithered: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = write(Sky.of(32, 72), View(header={"FILTER": "g"}), dithered[0].with_name("g.fits"))
    window.open([*dithered, other])
    wait()
    assert window.stacking.offer.isVisibleTo(window)
    assert window.stacking.candidates.paths == tuple(dithered)
    assert window.notices.current
    assert "Combine 4 frames" in window.notices.current.button
    target = dithered[0].with_name("stack.fits")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    window.actions_["combine"].trigger()
    assert window.stacking.running
    assert not window.actions_["combine"].isEnabled()
    wait(lambda: not window.stacking.running, 200)
    wait()
    assert open_frame(target).shape == (144, 144)
    chosen = window.selection
    assert chosen
    assert chosen.document.frame.path == target
    panel = window.stacking.panel
    assert panel.isVisibleTo(window)
    assert panel.table.rowCount() == 4
    reasons = [panel.table.item(row, 0).toolTip() for row in range(4)]  # type: ignore[union-attr]
    assert sum("clouds" in reason for reason in reasons) == 1
    assert window.notices.current
    assert "3 frames were combined into stack.fits" in window.notices.current.message
    assert not window.stacking.offer.isVisibleTo(window)  # a stack is no frame of a stack
    # Opened another day, the file itself tells how its frames lie.
    told = rows_of(target)
    assert [one.name for one in told] == [panel.table.item(r, 0).text() for r in range(4)]  # type: ignore[union-attr]
    clouds = next(Text.of(one.reason) for one in told if one.reason)
    assert clouds.msgid.startswith("clouds: ")
    assert clouds.parameters
    window.session.select(min(window.session.documents))
    wait()
    assert not panel.isVisibleTo(window)
    window.open([target.rename(target.with_name("earlier.fits"))])
    wait()
    assert panel.isVisibleTo(window)
    assert [panel.table.item(row, 0).toolTip() for row in range(4)] == reasons  # type: ignore[union-attr]


def test_a_network_leaves_the_noise_out_where_that_is_wished(
    window: MainWindow, wait, dithered: list[Path]
) -> None:
    window.open(dithered)
    wait()
    offer = window.stacking.offer
    scale = find(offer, QComboBox, "Sampling")
    find(offer, QCheckBox, "Leave the noise out").click()
    scale.setCurrentIndex(3)  # as fine as they are: nothing finer to hold a network to
    assert not offer.denoise
    scale.setCurrentIndex(0)
    assert offer.denoise
    target = dithered[0].with_name("stack.fits")
    window.stacking.combine_into(target)
    wait(lambda: not window.stacking.running, 200)
    wait()
    header = open_frame(target).header
    assert header["AIMODEL1"] == "superres-x2"
    assert header["AIPHOT"] == "not for photometry"
    assert all(0 < one.residual < 1.1 for one in rows_of(target) if not one.reason)
    assert "σ" in window.stacking.panel.table.item(0, 0).toolTip()  # type: ignore[union-attr]


def test_cancelled_leaves_the_frames_and_no_file(
    window: MainWindow, wait, dithered: list[Path]
) -> None:
    window.open(dithered)
    wait()
    target = dithered[0].with_name("stack.fits")
    window.stacking.combine_into(target)
    window.stacking.cancel()
    wait(lambda: not window.stacking.running)
    wait()
    assert not target.exists()
    assert window.notices.current
    assert window.notices.current.message == "Combining was cancelled."
    assert window.actions_["combine"].isEnabled()


def test_what_cannot_be_combined_is_told(window: MainWindow, wait, tmp_path: Path) -> None:
    pair = [write(Sky.of(seed, 72), View(), tmp_path / f"{seed}.fits") for seed in (33, 34)]
    window.open(pair)
    wait()
    window.session.mark([document.key for document in window.session.documents.values()])
    window.stacking.combine_into(tmp_path / "stack.fits")
    wait(lambda: not window.stacking.running)
    wait()
    assert window.notices.current
    assert "another field" in window.notices.current.message
    assert not (tmp_path / "stack.fits").exists()


def test_filters_are_asked_for_and_fields_combined_each(
    window: MainWindow, wait, tmp_path: Path
) -> None:
    sky, folder = Sky.of(35, 72, 30), tmp_path / "stacks"
    paths: list[Path] = []
    for band in "rg":
        for i, view in enumerate(dithers(2, seed=6)):
            named = replace(view, seed=ord(band) + i, header={"OBJECT": "M 13", "FILTER": band})
            paths.append(write(sky, named, tmp_path / f"{band}{i}.fits", coordinates=True))
    window.open(paths)
    wait()
    window.session.mark([document.key for document in window.session.documents.values()])
    window.stacking.combine_into(tmp_path / "both.fits")
    wait(lambda: not window.stacking.running)
    wait()
    asked = window.notices.current
    assert asked
    assert asked.button == "Combine all the same"
    assert "different filters" in asked.message
    window.notices.button.click()
    wait(lambda: not window.stacking.running, 200)
    wait()
    assert open_frame(tmp_path / "both.fits").header["NCOMBINE"] == 4

    window.stacking.combine_fields_into(folder)
    wait(lambda: not window.stacking.running, 200)
    wait(lambda: len(window.session.documents) == len(paths) + 3)
    wait()
    assert sorted(path.name for path in folder.iterdir()) == ["M-13_g.fits", "M-13_r.fits"]
    assert window.selection
    assert window.selection.document.frame.path.parent == folder
    assert window.stacking.panel.table.rowCount() == 2
