"""Files with models of others: dropped anywhere in the window, tried by the real command, their
card shown with what nobody knows, offered for sharpening, and taken off again.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from by_name import find
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QPushButton

from astroview.core.models.shelf import user_shelf
from astroview.ui.main_window import MainWindow

pytest.importorskip("spandrel", reason="the extra “community” is not installed")
pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints"),
    pytest.mark.usefixtures("own_data"),
]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    from spandrel.architectures.Compact.__arch.SRVGG import SRVGGNetCompact

    torch.manual_seed(3)
    made = SRVGGNetCompact(num_in_ch=3, num_out_ch=3, num_feat=8, num_conv=2, upscale=2)
    torch.save({"params": made.state_dict()}, tmp_path / "night sky.pth")
    return tmp_path / "night sky.pth"


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(300, 300), copy, data, left, Qt.KeyboardModifier.NoModifier)
    assert window.filing.eventFilter(window, event)


def test_dropped_on_view_it_is_tried_and_its_card_says_what_is_unknown(
    window: MainWindow, wait, small: Path, model: Path
) -> None:
    drop(window, small, model)
    page = window.train.imports
    assert page
    wait(lambda: page.state == "done" and not page.busy)
    wait()
    assert window.spaces.current == "train"
    assert window.selection  # the frame that was dropped with it is open
    assert "“night sky ×2” is on your shelf." in page.words
    assert "Illustrative until scored" in page.words
    for line in ("Network: RealESRGAN Compact", "Trained by: not known", "Licence: not known"):
        assert line in page.words
    page.card.copy.click()
    typed = QGuiApplication.clipboard().text()
    assert typed == "astroview evaluate --task sr --model community-night-sky --data DIR"

    assert any(card.id == "community-night-sky" for card in window.shelf.cards)

    page.card.off_button.click()
    wait(lambda: window.notices.current and "off your shelf" in window.notices.current.message)
    assert not any(c.id == "community-night-sky" for c in user_shelf().everything.cards())
    assert window.notices.current.act
    window.notices.current.act()
    wait(lambda: any(c.id == "community-night-sky" for c in user_shelf().everything.cards()))


def test_what_is_no_model_is_refused_in_words_and_the_next_is_taken(
    window: MainWindow, wait, tmp_path: Path, model: Path
) -> None:
    (tmp_path / "notes.safetensors").write_text("no weights")
    window.train.take([tmp_path / "notes.safetensors"])
    page = window.train.imports
    assert page
    wait(lambda: page.state == "failed" and not page.busy)
    assert "notes.safetensors cannot be imported: it is damaged" in page.words
    assert not any(c.illustrative and "notes" in c.id for c in user_shelf().everything.cards())
    window.train.take([tmp_path / "gone.onnx", model])
    wait(lambda: page.state == "done" and not page.busy)


def test_stopped_nothing_is_left(window: MainWindow, wait, model: Path) -> None:
    before = user_shelf().everything.cards()
    window.train.take([model])
    page = window.train.imports
    assert page
    find(page, QPushButton, "Stop").click()
    wait(lambda: not page.busy)
    assert page.state == "stopped"
    assert "Nothing was imported" in page.words
    assert user_shelf().everything.cards() == before


def test_a_folder_dropped_on_this_page_begins_a_new_run(
    window: MainWindow, wait, training_folder: Path
) -> None:
    window.spaces.go("train")
    window.train.show_import()
    window.train.take([training_folder])
    assert window.train.panel.on_show == "new"
    assert window.train.palettes is None  # which is the page where a folder's palettes are taken
    window.train.curation.stop()
    wait(lambda: not window.train.curation.busy)
