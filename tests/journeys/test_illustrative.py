"""A model that paints texture, in the window: chosen on purpose, and named for what it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import painting
import pytest
from astropy.io import fits
from by_name import choices, choose, find, words
from PIL import Image
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from astroview.core.io.pictures.xmp_packet import IN_PART, PAINTED, SOURCE_TYPES
from astroview.core.options import EnhanceOptions
from astroview.core.provenance import TEXTURE_PAINTED
from astroview.core.settings import BatchSettings, EnhanceSettings, Settings
from astroview.ui.app import start
from astroview.ui.batch.batch_phase import Phase
from astroview.ui.documents.frames_panel import SECOND
from astroview.ui.enhance.model_combo import PAINTS
from astroview.ui.i18n import translate
from astroview.ui.main_window import MainWindow
from astroview.ui.remembered_choices import RememberedChoices

NAME = painting.NAME


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the bundled models one that paints texture, and one whose scale no other has."""
    monkeypatch.setenv("ASTROVIEW_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    painting.store_painter(tmp_path / "data" / "models")
    painting.store_painter(tmp_path / "data" / "models", "painter-x3", 3)


def says(panel: QWidget, text: str) -> bool:
    """Whether a label of these words is to be seen."""
    return text in words(panel).splitlines()


def test_it_is_chosen_by_name_and_named_wherever_its_result_is(
    window: MainWindow, wait, small: Path, tmp_path: Path
) -> None:
    window.open([small])
    wait()
    panel = window.parts.enhance
    choose(find(panel, QComboBox, "Colour"), "Off")
    assert panel.options.superres == "superres-x2"
    panel.scale.button("4").click()
    names = choices(panel.superres)
    assert (names[0], names[-1]) == ("Super-resolver ×4", NAME)
    assert panel.options.superres == "superres-x4"
    assert not says(panel, PAINTS)

    choose(panel.superres, NAME)
    assert panel.options.superres == "painter-x4"
    assert says(panel, PAINTS)
    assert not panel.denoise.isEnabled()
    assert "did not learn" in panel.denoise.toolTip()
    window.enhance()
    wait()
    assert window.selection
    made = window.selection.result
    assert made, window.notices.current
    assert made.label.startswith("Illustrative ×4, ")
    assert says(panel, "A network painted this texture: to look at, not to measure.")
    assert TEXTURE_PAINTED in words(panel)
    assert "Illustrative ×4" in window.exporting.credit()
    for mode, wanted in (("result", PAINTED), ("split", IN_PART), ("original", "")):
        window.actions_[mode].trigger()
        window.exporting.export(tmp_path / "view.png")
        with Image.open(tmp_path / "view.png") as view:
            told = view.info["xmp"].decode()
        assert f"{SOURCE_TYPES}{wanted}</" in told if wanted else SOURCE_TYPES not in told
    item = window.parts.frames.tree.currentItem()
    assert item
    assert item.text(0) == "Illustrative ×4"
    assert not window.actions_["uncertainty"].isEnabled()
    window.actions_["difference"].trigger()
    viewer = window.parts.viewer
    wait(lambda: viewer.shown and viewer.shown.legend)
    assert viewer.shown
    assert viewer.shown.legend
    assert viewer.shown.legend.lines[0].startswith("Illustrative ×4, painter-x4 − Original")

    target = tmp_path / "made.fits"
    window.save_as(target)
    wait(lambda: target.exists() and window.settled)
    assert fits.getheader(target)["AIPHOT"] == "not for photometry"
    before = np.asarray(fits.getdata(small))
    height, width = before.shape
    boxes = fits.getdata(target).reshape(height, 4, width, 4).sum((1, 3))  # of adu
    assert np.abs(boxes / before - 1).max() < 1e-4

    panel.scale.button("2").click()
    panel.scale.button("4").click()  # begun anew: nobody named it again
    assert panel.options.superres == "superres-x4"
    assert not says(panel, PAINTS)
    wait()  # the result is made anew, by that one
    assert window.selection.result
    assert window.selection.result.label.startswith("Enhanced ×4, ")

    window.open([target])
    wait()
    item = window.parts.frames.tree.currentItem()
    assert item
    assert item.data(0, SECOND).startswith("illustrative · ")


def test_where_each_must_be_named_none_is_taken(window: MainWindow, wait, small: Path) -> None:
    window.open([small])
    wait()
    panel = window.parts.enhance
    choose(find(panel, QComboBox, "Colour"), "Off")
    panel.scale.button("3").click()
    assert panel.options.superres is None
    assert panel.superres.isVisibleTo(panel)
    choose(panel.superres, "Painter ×3 (illustrative)")
    assert panel.options.superres == "painter-x3"
    window.spaces.go("batch")
    strip = window.batch.panel.strip
    strip.models.scale.button("3").click()
    assert strip.choices.superres == "auto"
    assert strip.problem
    choose(strip.models.superres, "Painter ×3 (illustrative)")
    assert strip.choices.superres == "painter-x3"
    assert not strip.problem


def test_a_batch_takes_it_where_it_is_chosen(window: MainWindow, wait, small: Path) -> None:
    window.spaces.go("batch")
    strip, batch = window.batch.panel.strip, window.batch.batching
    strip.set_choices(BatchSettings(colour=False, device="cpu", scale=4))
    names = choices(strip.models.superres)
    assert (names[0], names[-1]) == ("Super-resolver ×4", NAME)
    assert strip.choices.superres == "auto"
    assert not says(strip, PAINTS)
    choose(strip.models.superres, NAME)
    assert strip.choices.superres == "painter-x4"
    assert says(strip, PAINTS)
    window.batch.take([small])
    wait(lambda: batch.settled and window.batch.panel.model.rowCount())
    window.actions_["batch_start"].trigger()
    wait(lambda: batch.phase is Phase.ENDED)
    row = window.batch.panel.model.rows[0]
    assert row.state == "done", row.problem
    assert any(TEXTURE_PAINTED in line for line in fits.getheader(row.target)["HISTORY"])


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        (Settings(), "superres-x2"),
        (
            Settings(
                enhance=EnhanceSettings("auto", "painter-x4"),
                batch=BatchSettings(scale=4, superres="painter-x4"),
            ),
            "painter-x4",
        ),
    ],
    ids=["automatic", "chosen before"],
)
def test_what_was_chosen_is_kept_and_automatic_means_another(
    settings: Settings, wanted: str, qapp: QApplication
) -> None:
    running = start(RememberedChoices(settings, lasting=False))
    try:
        window = running.window
        assert window.parts.enhance.options.superres == wanted
        window.spaces.go("batch")
        strip = window.batch.panel.strip
        assert strip.choices.superres == settings.batch.superres
        assert says(strip, PAINTS) == (wanted == "painter-x4")
        window.spaces.go("train")
        form = window.train.form
        first = form.models()["superres"]
        assert first
        assert not first.illustrative
        assert choices(find(form, QComboBox, "Model to sharpen"))[-1].endswith("(illustrative)")
    finally:
        running.close()
        qapp.processEvents()


def test_it_is_marked_once_in_german_too(qapp: QApplication) -> None:
    translate.install(qapp, "de")
    running = start(RememberedChoices(Settings(language="de"), lasting=False))
    try:
        panel = running.window.parts.enhance
        panel.take(EnhanceOptions(superres="painter-x4"))
        assert panel.superres.currentText() == "Painter ×4 (illustrativ)"
    finally:
        running.close()
        translate.install(qapp, "en")
