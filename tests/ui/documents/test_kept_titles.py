"""A result of a kept session is called so in the language of the window that brings it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from astroview.core.options import EnhanceOptions, Outputs
from astroview.ui.documents.document import Used, details, load
from astroview.ui.documents.saved_sessions import session_file
from astroview.ui.documents.saved_sessions.session_file import KeptDocument, KeptFrame, KeptResult
from astroview.ui.i18n import translate
from astroview.ui.process.scratch_folders import Leases
from astroview.ui.render.display_settings import Display, Stretch


@pytest.fixture
def in_german(qapp: QApplication) -> Iterator[None]:
    translate.install(qapp, "de")
    yield
    translate.install(qapp, "en")


@pytest.mark.usefixtures("in_german")
def test_a_title_is_told_anew(tiny_frame: Path, tmp_path: Path) -> None:
    height, width = load(tiny_frame).frame.shape
    np.save(tmp_path / "a.npy", np.zeros((2 * height, 2 * width), np.float32))
    outputs = Outputs(str(tmp_path / "a.npy"), scale=2)
    options = EnhanceOptions(superres="superres-x2", quality="best", denoise=True)
    frame = KeptFrame(str(tiny_frame))
    made = KeptResult(
        "r", "Enhanced ×2, superres-x2, best", Used((), painted=False), frame, outputs, options
    )
    shown = Display(Stretch("linear", 0, 1))
    kept = KeptDocument(1, "a", frame, shown, (made,))
    found = session_file.restored(kept, None, Leases(tmp_path))
    assert [one.label.partition(",")[0] for one in found.results] == ["Verbessert ×2"]
    assert "superres-x2" in found.results[0].label


@pytest.mark.parametrize(
    "palette", ["gold", "pale gold, blue haze", "like M 51", "like M 51, pale"]
)
def test_results_in_two_palettes_are_called_by_both(palette: str) -> None:
    line = f"colour painted: model colorizer, sha256 {64 * 'a'}, palette {palette}"
    assert details(EnhanceOptions(superres=None), (line, "palette chosen: by name")) == [palette]
