"""Frames that are odd, and files that change under the window: a notice, and nothing is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import tifffile
from astropy.io import fits
from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from astroview.core.io.pictures import large_preview
from astroview.ui.app import RunningApp
from astroview.ui.main_window import MainWindow

RNG = np.random.default_rng(5)
SKY = RNG.normal(100, 9, (40, 60)).astype(np.float32)


def save(path: Path, data: np.ndarray, **cards: object) -> Path:
    hdu = fits.PrimaryHDU(data)
    hdu.header.update(cards)
    hdu.writeto(path, output_verify="ignore")
    return path


def look(window: MainWindow, wait, path: Path) -> None:
    """Open a file and look closely at all of it."""
    window.open([path])
    wait()
    assert window.selection is not None, window.notices.current
    assert window.viewer.shown is not None
    assert window.viewer.shown.before.patches
    for zoom in (0.3, 1.0, 5.0):
        window.viewer.zoom_to(zoom)
        wait()
    window.viewer.pointed.emit(window.viewer.shown.before, QPointF(0.5, 0.5))
    wait()
    window.viewer.fit()
    wait()
    window.grab()


def use(window: MainWindow, wait, path: Path) -> None:
    """Look at a file, lay a grid over it, and measure with every tool."""
    look(window, wait, path)
    for name in ("grid", "measure_line", "measure_box", "measure_star"):
        if not window.actions_[name].isChecked():
            window.actions_[name].trigger()
        wait()
        QTest.keyClick(window.viewer, Qt.Key.Key_Return)
        wait()
    assert window.knowing.panel.words
    window.actions_["cancel"].trigger()
    window.grab()


WCS = {"CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN", "CRVAL1": 10.0, "CRVAL2": 20.0,
       "CRPIX1": 1.0, "CRPIX2": 1.0}  # fmt: skip


@pytest.mark.parametrize(
    "cards",
    [
        {},
        {**WCS, "CDELT1": 0.0, "CDELT2": 0.0},
        {**WCS, "CD1_1": 1.0, "CD1_2": 1.0, "CD2_1": 1.0, "CD2_2": 1.0},  # singular
        {**WCS, "CRVAL2": 999.0, "CDELT1": 1e30, "CDELT2": -1e30},
        {"CTYPE1": "RA---XYZ", "CTYPE2": "DEC--XYZ"},
        {"CTYPE1": "RA---TAN", "CTYPE2": "VELO"},
        {**WCS, "CRPIX1": "here"},
    ],
    ids=["none", "no-scale", "singular", "absurd", "unknown", "half", "words"],
)
def test_sky_coordinates_that_make_no_sense(
    window: MainWindow, wait, tmp_path: Path, cards: dict[str, object]
) -> None:
    use(window, wait, save(tmp_path / "odd.fits", SKY, **cards))


@pytest.mark.parametrize(
    "shape", [(1, 1, 40, 60), (1, 4, 40, 60), (4, 1, 40, 60), (1, 1, 1, 40, 60)]
)
def test_cubes_with_degenerate_axes(
    window: MainWindow, wait, tmp_path: Path, shape: tuple[int, ...]
) -> None:
    look(window, wait, save(tmp_path / "cube.fits", np.broadcast_to(SKY, shape).copy()))
    assert window.selection.document.frame.shape == (40, 60)


@pytest.mark.parametrize(
    "data",
    [
        (SKY > 100).astype(np.uint8),
        SKY.astype(np.float64) * 1e300,
        SKY.astype(np.int64) * 2**50,
        -SKY,
        np.where(SKY > 110, np.inf, np.where(SKY < 90, -np.inf, SKY)),
        np.full_like(SKY, np.nan),
        np.zeros_like(SKY),
        RNG.normal(0, 1, (500, 2)).astype(np.float32),
        RNG.normal(0, 1, (2, 900)).astype(np.float32),
        RNG.normal(0, 1, (700, 1)).astype(np.float32),
        RNG.normal(0, 1, (1, 700)).astype(np.float32),
        np.ones((1, 1), np.float32),
    ],
    ids=["two-values", "huge", "int64", "negative", "infinite", "nan", "zero", "thin", "flat",
         "one-wide", "one-high", "one-pixel"],
)  # fmt: skip
def test_unusual_samples(window: MainWindow, wait, tmp_path: Path, data: np.ndarray) -> None:
    use(window, wait, save(tmp_path / "odd.fits", data))


@pytest.mark.parametrize("data", [np.full_like(SKY, np.nan), np.full_like(SKY, np.inf)])
def test_a_frame_of_which_nothing_can_be_shown_says_so(
    window: MainWindow, wait, tmp_path: Path, data: np.ndarray
) -> None:
    window.open([save(tmp_path / "void.fits", data)])
    wait()
    assert window.notices.current
    assert window.notices.current.message.startswith("No pixel of void can be shown")


@pytest.mark.parametrize("data", [SKY > 100, SKY + 1j * SKY, SKY.astype(np.float64) * 1e200],
                         ids=["bool", "complex", "float64"])  # fmt: skip
def test_unusual_samples_in_tiff(
    window: MainWindow, wait, tmp_path: Path, data: np.ndarray
) -> None:
    tifffile.imwrite(tmp_path / "odd.tif", data)
    window.open([tmp_path / "odd.tif"])
    wait()
    said = window.notices.current.message if window.notices.current else ""
    assert ("their magnitude is shown" in said) is np.iscomplexobj(data)
    use(window, wait, tmp_path / "odd.tif")


def test_two_values_in_png(window: MainWindow, wait, tmp_path: Path) -> None:
    Image.fromarray(SKY > 100).save(tmp_path / "odd.png")
    use(window, wait, tmp_path / "odd.png")
    assert set(np.unique(window.selection.document.frame.read())) == {0, 255}


def test_complex_numbers_in_a_table_are_told(window: MainWindow, wait, tmp_path: Path) -> None:
    column = fits.Column("visibility", "C", array=SKY[0].astype(np.complex64))
    fits.BinTableHDU.from_columns([column]).writeto(tmp_path / "table.fits")
    window.open([tmp_path / "table.fits"])
    wait()
    assert "no picture" in window.notices.current.message
    assert "TOPCAT" in window.notices.current.hint


@pytest.mark.warns
def test_odd_frames_are_enhanced_or_refused_with_a_reason(
    window: MainWindow, wait, tmp_path: Path
) -> None:
    """One after the other, so that the worker starts once and is seen to live on."""
    odd = {
        "pixel": np.ones((1, 1), np.float32),
        "thin": RNG.normal(0, 1, (200, 1)).astype(np.float32),
        "infinite": np.where(SKY > 110, np.inf, -SKY),
    }
    save(tmp_path / "nan.fits", np.full_like(SKY, np.nan))
    window.open([tmp_path / "nan.fits"])
    wait()
    window.enhance()
    wait()
    assert "no data" in window.notices.current.message
    assert window.selection.result is None
    window.notices.dismiss()
    for name, data in odd.items():
        window.open([save(tmp_path / f"{name}.fits", data)])
        wait()
        window.enhance()
        wait()
        assert window.selection.result, (name, window.notices.current)
        height, width = data.shape
        assert window.selection.result.frame.shape == (2 * height, 2 * width)


def test_a_file_that_is_gone_before_its_turn(window: MainWindow, wait, tmp_path: Path) -> None:
    paths = [save(tmp_path / f"f{i:02}.fits", SKY + i) for i in range(30)]
    window.open(paths)
    wait(lambda: window.selection)
    paths[-1].unlink()
    wait()
    assert len(window.desk.documents) >= 29
    if len(window.desk.documents) == 29:
        assert "f29.fits" in window.notices.current.message
    window.session.step(1)
    wait()
    assert window.viewer.shown.before.patches


def test_a_file_that_changes_is_told_and_read_again(
    window: MainWindow, wait, tmp_path: Path
) -> None:
    path = save(tmp_path / "live.fits", SKY)
    look(window, wait, path)
    window.viewer.zoom_to(3.0)
    view = window.viewer.view
    new = tmp_path / "new.fits"
    save(new, SKY + 1000)
    new.replace(path)  # as careful programs save
    wait(lambda: window.notices.current)
    assert "changed on disk" in window.notices.current.message
    assert window.notices.current.button == "Reload"
    window.notices.act()
    wait()
    assert window.selection.document.frame.read().mean() > 1000
    assert window.viewer.shown.before.frame is window.selection.document.frame
    assert window.viewer.view == view
    assert len(window.desk.documents) == 1
    save(tmp_path / "third.fits", SKY - 50)
    shutil.copyfile(tmp_path / "third.fits", path)  # written in place; still watched
    wait(lambda: window.notices.current)
    assert "changed on disk" in window.notices.current.message


def test_a_file_that_vanishes_leaves_its_picture(window: MainWindow, wait, tmp_path: Path) -> None:
    path = save(tmp_path / "brief.fits", SKY)
    look(window, wait, path)
    layer = window.viewer.shown.before
    before = layer.patches
    content = path.read_bytes()
    path.unlink()
    wait(lambda: window.notices.current)
    assert "no longer on disk" in window.notices.current.message
    assert window.viewer.shown.before.patches == before
    window.viewer.zoom_to(0.71)  # needs to be read: told, and the picture stays
    wait()
    assert window.viewer.shown.before.patches
    while window.notices.current:
        window.notices.dismiss()
    path.write_bytes(content)
    wait(lambda: window.notices.current)
    assert window.notices.current.button == "Reload"
    window.notices.act()
    wait()
    assert window.viewer.settled
    assert window.viewer.shown.before is not layer
    assert window.viewer.shown.before.patches
    assert window.notices.current is None


def test_a_file_that_is_only_touched_is_nothing_new(
    window: MainWindow, wait, tmp_path: Path, qtbot
) -> None:
    path = save(tmp_path / "same.fits", SKY)
    look(window, wait, path)
    path.chmod(0o644)
    qtbot.wait(1200)
    assert window.notices.current is None


def test_a_picture_that_would_take_too_much_is_opened_only_when_allowed(
    window: MainWindow, wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASTROVIEW_MAX_BYTES", "5kB")
    Image.fromarray(RNG.integers(0, 255, (60, 50), np.uint8)).save(tmp_path / "much.png")
    window.open([tmp_path / "much.png"])
    wait()
    assert window.selection is None
    said = window.notices.current
    assert "would take 9 kB of memory" in said.message
    assert said.button == "Open it anyway"
    said.act()
    wait(lambda: window.selection and window.settled)
    assert window.selection.document.frame.shape == (60, 50)
    window.enhance()  # the worker opens it, too
    wait(seconds=400)
    assert window.selection.result, window.notices.current


def test_a_picture_that_is_too_large_is_previewed_by_strips_while_the_window_asks(
    window: MainWindow, wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASTROVIEW_MAX_BYTES", "300kB")
    monkeypatch.setattr(large_preview, "MOST_SIDE", 50)
    rows = np.arange(300, dtype=np.uint8)[:, None, None] // 2
    picture = np.broadcast_to(rows, (300, 400, 3)) + RNG.integers(0, 4, (300, 400, 3), np.uint8)
    Image.fromarray(picture).save(tmp_path / "much.png")
    window.open([tmp_path / "much.png"])
    wait(lambda: window.selection and window.settled)

    document = window.selection.document
    assert (document.frame.name, document.frame.shape) == ("much (preview)", (300, 400))
    assert document.frame.preview == 8
    said = window.notices.current
    assert "would take 1.44 MB of memory" in said.message
    assert "one pixel of each 8 × 8" in said.hint
    window.notices.dismiss()
    window.enhance()  # a preview is no measurement: asked again
    wait()
    assert window.selection.result is None
    assert window.notices.current.button == "Open it anyway"
    window.notices.act()
    wait(lambda: window.selection.document.frame.preview == 1 and window.settled)
    assert len(window.desk.documents) == 1
    assert window.selection.document.frame.name == "much"
    np.testing.assert_array_equal(window.selection.document.frame.read(), picture)


def test_headers_without_end_are_refused_and_the_window_closes(
    running: RunningApp, wait, tmp_path: Path
) -> None:
    cards = ("SIMPLE  =                    T", "BITPIX  =                    8",
             "NAXIS   =                    2", "NAXIS1  =                 2880",
             "NAXIS2  =                   -1", "END")  # fmt: skip
    (tmp_path / "loop.fits").write_bytes("".join(f"{c:<80}" for c in cards).ljust(2880).encode())
    running.window.open([tmp_path / "loop.fits"])
    wait()
    assert "NAXIS2 = -1" in running.window.notices.current.message
    assert running.window.close()
