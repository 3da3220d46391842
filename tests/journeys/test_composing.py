"""Colour from bands through the real window: offered, composed, edited, saved; and by command."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from by_name import find
from PySide6.QtWidgets import QSlider

from astroview.__main__ import main
from astroview.core.bands.bands import Assignment
from astroview.core.io.open_file import open_frame
from astroview.core.options import EnhanceOptions
from astroview.ui.bands.bands_panel import HOW_STRONG, STEPS
from astroview.ui.main_window import MainWindow


@pytest.fixture
def fields(tmp_path: Path) -> list[Path]:
    """Three bands of one field; the red one on pixels of another size."""
    rng = np.random.default_rng(6)
    paths: list[Path] = []
    for name, side, strength in (("g", 90, 300.0), ("r", 90, 900.0), ("i", 60, 1500.0)):
        y, x = np.mgrid[:side, :side]
        data = rng.normal(20, 1, (side, side))
        data += strength * np.exp(-((x - side / 2) ** 2 + (y - side / 2) ** 2) / (side / 9))
        header = fits.Header(
            {"CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN", "CRVAL1": 30.0, "CRVAL2": 10.0,
             "CRPIX1": side / 2 + 0.5, "CRPIX2": side / 2 + 0.5,
             "CDELT1": -0.01 / side, "CDELT2": 0.01 / side, "FILTER": name}
        )  # fmt: skip
        paths.append(tmp_path / f"field_{name}.fits")
        fits.PrimaryHDU(data.astype(np.float32), header).writeto(paths[-1])
    return paths


def test_bands_are_offered_composed_edited_and_saved(
    window: MainWindow, wait, fields: list[Path], tmp_path: Path
) -> None:
    window.open(fields[:1])
    wait()
    assert not window.actions_["compose"].isEnabled()
    window.open(fields[1:])
    wait()
    assert window.composing.offer.isVisibleTo(window)
    notice = window.notices.current
    assert notice
    assert notice.button == "Compose colour from 3 bands"
    assert notice.act
    notice.act()
    wait()
    assert window.selection
    document = window.selection.document
    assert document.frame.channels == 3
    assert document.frame.shape == (90, 90)
    assert document.frame.name == "field i-r-g"
    panel = window.composing.panel
    assert panel.isVisibleTo(window)
    assert not window.composing.offer.isVisibleTo(window)
    find(panel, QSlider, HOW_STRONG["Blue"]).setValue(100)
    find(panel, QSlider, "Q").setValue(300)
    wait()
    changed = window.selection.document.display
    assert changed != document.display
    window.actions_["undo"].trigger()
    window.actions_["redo"].trigger()
    assert window.selection.document.display == changed
    window.save_as(tmp_path / "rgb.fits")
    wait()
    header = open_frame(tmp_path / "rgb.fits").header
    history = str(header["HISTORY"]).replace("\n", "") if header else ""
    assert "red from i 763 nm (field_i.fits)" in history
    assert "weights of red, green, blue" in history
    panel.assigned.emit(Assignment((0,), (1,), (2,)))
    wait()
    assert "red from g 477 nm (field_g.fits)" in window.selection.document.frame.history
    panel.balance.emit(False)  # noqa: FBT003
    wait()
    for tip in HOW_STRONG.values():
        assert find(panel, QSlider, tip).value() == STEPS  # all of it


def test_selected_rows_are_composed(window: MainWindow, wait, fields: list[Path]) -> None:
    window.open(fields)
    wait()
    tree = window.parts.frames.tree
    for row in (0, 1):
        item = tree.topLevelItem(row)
        assert item
        item.setSelected(True)
    last = tree.topLevelItem(2)
    assert last
    last.setSelected(False)
    assert len(window.session.marked) == 2
    window.actions_["compose"].trigger()
    wait()
    assert window.selection
    assert window.selection.document.frame.name == "field r-g"


def test_a_composed_frame_is_enhanced_without_being_saved_first(
    window: MainWindow, wait, fields: list[Path], tmp_path: Path
) -> None:
    window.open(fields)
    wait()
    window.composing.compose()
    wait()
    composed = window.selection.document.frame
    assert composed.path is None
    window.enhance(EnhanceOptions(colorizer=None))
    wait()
    assert window.notices.current is None or window.notices.current.kind != "error"
    frame = window.selection.result.frame
    assert (frame.shape, frame.channels, frame.unit) == ((180, 180), 3, composed.unit)
    means = frame.read().reshape(90, 2, 90, 2, 3).mean((1, 3))
    np.testing.assert_allclose(means, composed.read(), rtol=1e-4, atol=1e-3)
    window.save_as(tmp_path / "sharp.fits")
    wait()
    history = str(open_frame(tmp_path / "sharp.fits").header["HISTORY"]).replace("\n", "")
    assert "red from i 763 nm (field_i.fits)" in history
    assert "superres" in history


def test_a_composed_frame_is_saved_over_none_of_its_bands_but_over_what_was_saved(
    window: MainWindow, wait, fields: list[Path], tmp_path: Path
) -> None:
    window.open(fields)
    wait()
    before = [path.read_bytes() for path in fields]
    window.actions_["compose"].trigger()
    wait()
    for path in fields:
        window.filing.save_as(path)
        window.exporting.export(path)
    wait()
    assert window.notices.current
    assert "never overwrites" in window.notices.current.message
    key = next(k for k, d in window.session.documents.items() if d.frame.path == fields[0])
    window.desk.remove(key, "")  # its samples are still read
    window.filing.save_as(fields[0])
    wait()
    assert [path.read_bytes() for path in fields] == before
    kept = tmp_path / "colour.fits"
    window.filing.save_as(kept)
    wait()
    composed = window.selection
    window.open([kept])
    wait()
    assert composed
    window.session.select(composed.document.key)
    saved = kept.stat().st_ino
    window.filing.save_as(kept)
    wait()
    assert kept.stat().st_ino != saved


def test_what_cannot_be_composed_is_told(window: MainWindow, wait, fields: list[Path]) -> None:
    with fits.open(fields[2], mode="update") as hdus:
        hdus[0].header["CRVAL1"] = 200.0
    window.open(fields[1:])
    wait()
    assert not window.composing.offer.isVisibleTo(window)
    for row in (0, 1):
        item = window.parts.frames.tree.topLevelItem(row)
        assert item
        item.setSelected(True)
    window.actions_["compose"].trigger()
    wait()
    assert window.notices.current
    assert "different parts of the sky" in window.notices.current.message


def test_compose_by_command(fields: list[Path], tmp_path: Path, capsys) -> None:
    out = tmp_path / "out.png"
    assert main(["compose", *map(str, fields), "--out", str(out)]) == 0
    assert "red i · 763 nm, green r · 623 nm, blue g · 477 nm" in capsys.readouterr().out
    assert open_frame(out).channels == 3
    assert main(["compose", str(fields[0]), "--out", str(out)]) == 1
    assert "two bands" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["compose", *map(str, fields), "--out", str(out), "--q", "-1"])
