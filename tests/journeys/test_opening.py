"""Opening by drop, folder, HDU and plane; and files that are no frames."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from astropy.table import Table
from by_name import choose, find
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox, QSpinBox, QTreeWidget

from astroview.ui.main_window import MainWindow


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(300, 300), copy, data, left, none)
    # Qt delivers a drop only after a drag that the platform began.
    assert window.filing.eventFilter(window, event)


def test_drop_files_and_a_folder(window: MainWindow, wait, samples: Path, small: Path) -> None:
    drop(window, small, samples)
    wait()
    names = [document.frame.name for document in window.desk.documents.values()]
    assert names == ["small", "deep_field", "galaxy", "nebula"]
    assert window.selection
    assert window.selection.document.frame.name == "small"
    drop(window, samples / "nebula.png")  # open already: only looked at
    wait()
    assert len(window.desk.documents) == 4
    assert window.selection.document.frame.name == "nebula"
    assert window.memory.recent[0].name == "nebula.png" or window.memory.recent


def test_hdu_and_plane(window: MainWindow, wait, tmp_path: Path) -> None:
    cube = np.arange(5 * 20 * 30, dtype=np.float32).reshape(5, 20, 30)
    other = np.ones((40, 50), np.int16)
    path = tmp_path / "cube.fits"
    fits.HDUList([fits.PrimaryHDU(cube), fits.ImageHDU(other, name="ERR")]).writeto(path)
    window.open([path])
    wait()
    planes = window.parts.frames.planes
    assert planes.isVisibleTo(window)
    assert planes.planes == 5
    find(planes, QSpinBox, "Plane").setValue(4)
    wait(lambda: window.selection and window.selection.document.frame.plane == 3)
    choose(find(planes, QComboBox, "Image"), "1  ERR  50 × 40")
    wait(lambda: window.selection and window.selection.document.frame.shape == (40, 50))
    wait()
    assert window.notices.current is None


def _table(path: Path) -> None:
    Table({"a": [1, 2]}).write(path)


def _truncated(path: Path) -> None:
    fits.PrimaryHDU(np.ones((300, 300), np.float32)).writeto(path)
    path.write_bytes(path.read_bytes()[:20000])


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(_table, id="table"),
        pytest.param(_truncated, id="truncated"),
        pytest.param(lambda p: p.write_text("hello"), id="text"),
        pytest.param(lambda p: p.write_bytes(b""), id="empty"),
        pytest.param(lambda p: None, id="missing"),
    ],
)
def test_no_frame_is_told(
    window: MainWindow, wait, tmp_path: Path, small: Path, make: Callable[[Path], object]
) -> None:
    bad = tmp_path / "bad.fits"
    make(bad)
    window.open([small])
    wait()
    window.open([bad])
    wait()
    notice = window.notices.current
    assert notice
    assert notice.kind == "error"
    assert "bad.fits" in notice.message
    assert window.selection
    assert window.selection.document.frame.name == "small"  # the old picture stays


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(np.full((40, 60), np.nan, np.float32), id="all-nan"),
        pytest.param(np.full((1, 1), 7.0, np.float32), id="1x1"),
        pytest.param(
            np.random.default_rng(1).normal(5, 1, (3, 400)).astype(np.float32), id="3-row"
        ),
        pytest.param(np.zeros((64, 64), np.int16), id="constant"),
        pytest.param(np.full((32, 32), np.inf, np.float32), id="infinite"),
        pytest.param(np.random.default_rng(2).normal(0, 1e15, (50, 40)), id="large-values"),
    ],
)
def test_odd_frames_open(window: MainWindow, wait, tmp_path: Path, data: np.ndarray) -> None:
    path = tmp_path / "odd.fits"
    fits.PrimaryHDU(data).writeto(path)
    window.open([path])
    wait()
    assert window.selection, window.notices.current
    assert window.selection.document.frame.shape == data.shape
    for kind in ("linear", "log", "sqrt", "mtf", "asinh"):
        window.parts.display.set_kind(kind)
    window.actions_["invert"].trigger()
    window.viewer.zoom_to(8)
    wait()
    said = window.notices.current
    if np.isfinite(data).any():
        assert said is None
    else:
        assert said
        assert (said.kind, said.message.startswith("No pixel of odd can be shown")) == (
            "info",
            True,
        )


def test_a_folder_without_frames_is_told(window: MainWindow, wait, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    window.open([tmp_path / "empty"])
    wait()
    assert window.notices.current
    assert "no frame" in window.notices.current.message


def test_a_glimpse_shows_before_the_file_is_open(window: MainWindow, small: Path, wait) -> None:
    glimpses, opened = [], []
    window.desk.glimpsed.connect(lambda *seen: glimpses.append((seen, list(opened))))
    window.desk.opened.connect(lambda document, _: opened.append(document))
    window.open([small])
    wait(lambda: window.viewer.shown)
    layer = window.viewer.shown.before
    wait()
    assert len(glimpses) == 1
    assert glimpses[0][1] == []  # nothing was open yet
    assert opened[0].frame.header is not None
    assert window.viewer.shown.before is layer  # taken over, not read again
    assert layer.frame is opened[0].frame


def test_files_of_one_name_are_told_apart_wherever_they_are_named(
    window: MainWindow, wait, tmp_path: Path
) -> None:
    for night in ("1", "2"):
        (tmp_path / night).mkdir()
        fits.writeto(tmp_path / night / "light.fits", np.ones((8, 9), np.float32))
    window.open([tmp_path / "1/light.fits"])
    wait()
    second = window.second.open()
    assert window.windowTitle() == "light – astroview"
    window.open([tmp_path / "2/light.fits"])
    wait()
    assert window.windowTitle() == "2/light – astroview"
    assert second.window.windowTitle() == "2/light – astroview 2"
    box = find(second.window, QComboBox)
    assert {"1/light", "2/light"} < {box.itemText(i) for i in range(box.count())}
    rows = find(window, QTreeWidget, "Open frames").model()
    spoken = [rows.index(i, 0).data(Qt.ItemDataRole.AccessibleTextRole) for i in range(2)]
    assert spoken == ["1/light", "2/light"]
    window.desk.remove(list(window.session.documents)[1], "")
    assert window.undo.undoText() == "closing 2/light"
    assert window.windowTitle() == "light – astroview"
    assert rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "light"
