"""Where a frame is saved to, and whether sums or means of pixels are, as the dialog tells it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from astroview.core.frame import ArraySource, Frame
from astroview.core.io.paths.file_names import NAME, expand, name_words
from astroview.ui.shell import dialogs

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

PLAIN = Frame("m31", (4, 4), 1, "linear", ArraySource(np.zeros((4, 4))), None, unit="adu")
FINE = replace(PLAIN, scale=2)
SHOWN = replace(FINE, kind="display", full_scale=255.0)


@pytest.fixture
def offered(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Answer the dialog with a name and the filter that holds some words; the filters offered."""
    parent = QWidget()
    qtbot.addWidget(parent)
    asked: list[str] = []

    def ask(frame: Frame, name: str, words: str) -> tuple[dialogs.Target | None, list[str]]:
        def answer(*arguments: Any) -> tuple[str, str]:
            asked[:] = arguments[3].split(";;")
            return name, next(text for text in asked if words in text)

        monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
        return dialogs.choose_target(parent, frame, "/tmp", "fits"), asked

    return ask


def test_a_magnified_frame_can_be_saved_as_sums_or_means(offered: Any) -> None:
    target, filters = offered(FINE, "/tmp/a", "sums")
    assert (target.path.name, target.values) == ("a.fits", "sum")
    assert sum("FITS" in text for text in filters) == 3
    target, _ = offered(FINE, "/tmp/a.fits", "means")
    assert (target.path.name, target.values) == ("a.fits", "mean")
    target, _ = offered(FINE, "/tmp/a", "PNG")
    assert (target.path.name, target.values) == ("a.png", "auto")


@pytest.mark.parametrize("frame", [PLAIN, SHOWN])
def test_where_there_is_no_choice_none_is_offered(offered: Any, frame: Frame) -> None:
    target, filters = offered(frame, "/tmp/a", "FITS")
    assert (target.path.name, target.values) == ("a.fits", "auto")
    assert sum("FITS" in text for text in filters) == 1
    assert offered(frame, "", "FITS")[0] is None


@pytest.mark.parametrize(("scale", "colour"), [(1, True), (2, True), (2, False), (8, False)])
def test_a_name_does_not_say_twice_that_it_is_a_result(scale: int, colour: bool) -> None:
    of_batch = expand(NAME, "m31", "", name_words(scale=scale, colour=colour))
    assert dialogs.suggested(replace(FINE, name=of_batch)) == f"{of_batch}_copy"
    proposed = dialogs.suggested(FINE)
    assert proposed == "m31_enhanced"
    assert dialogs.suggested(replace(FINE, name=proposed)) == "m31_enhanced_copy"


def test_what_no_network_made_is_not_proposed_as_enhanced(tmp_path: Path) -> None:
    composed = replace(PLAIN, name="m31 i-r-g", history=("colour composed from bands",))
    assert dialogs.suggested(composed) == "m31 i-r-g"
    assert dialogs.suggested(replace(PLAIN, path=tmp_path / "m31.fits")) == "m31_copy"
    debayered = replace(PLAIN, path=tmp_path / "m31.fits", history=("debayered",))
    assert dialogs.suggested(debayered) == "m31_copy"
