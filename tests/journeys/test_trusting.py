"""How far off a result may be is shown beside it; quality is a choice that is remembered."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from by_name import choose, find
from PySide6.QtWidgets import QComboBox, QToolButton

from astroview.core.frame import Window
from astroview.core.io.open_file import open_frame
from astroview.core.io.save_file import save_frame
from astroview.core.models.model_card import default_shelf
from astroview.core.options import EnhanceOptions
from astroview.core.settings import BatchSettings
from astroview.ui.batch.batch_phase import Phase
from astroview.ui.batch.batch_plan import BatchPlan
from astroview.ui.documents.frames_panel import SECOND
from astroview.ui.documents.header_panel import lines as header_lines
from astroview.ui.main_window import MainWindow


def test_the_intervals_of_a_result_are_a_picture(window: MainWindow, wait, small: Path) -> None:
    window.open([small])
    wait()
    assert not window.actions_["uncertainty"].isEnabled()
    window.enhance(EnhanceOptions(colorizer=None, device="cpu"))
    wait()
    assert window.selection
    made = window.selection.result
    assert made, window.notices.current
    window.actions_["uncertainty"].trigger()
    wait(lambda: window.selection.result is not made)
    shown = window.selection.result
    assert shown.label.startswith("Uncertainty")
    halves = made.frame.uncertainty.read(Window.whole(made.frame.shape), 1)
    assert np.array_equal(shown.frame.read(), halves)
    assert len(window.selection.document.results) == 2
    assert not window.actions_["uncertainty"].isEnabled()  # it has none of its own


def test_best_quality_is_asked_for_and_remembered(window: MainWindow, wait, small: Path) -> None:
    window.open([small])
    wait()
    panel = window.parts.enhance
    assert panel.options.quality == "fast"
    best = find(panel, QToolButton, "Best")
    best.click()
    assert panel.options.quality == "best"
    assert window.memory.settings.enhance.quality == "best"
    assert window.memory.options.quality == "best"
    panel.scale.button("1").click()
    assert not best.isVisibleTo(panel)


@pytest.fixture
def learnt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a super-resolver whose card says that it learnt noise."""
    bundled = default_shelf().choose("superres-x2", "superres")
    shelf = tmp_path / "data" / "models"
    shutil.copytree(bundled.folder, shelf / "learnt")
    card = json.loads((shelf / "learnt" / "card.json").read_text())
    scores = card["metrics"] | {"sky_psnr": 30.0, "sky_psnr_denoised": 33.0}
    card |= {"id": "learnt", "name": "Learnt", "metrics": scores}
    (shelf / "learnt" / "card.json").write_text(json.dumps(card))
    monkeypatch.setenv("ASTROVIEW_DATA_DIR", str(tmp_path / "data"))
    return "learnt"


def test_noise_is_left_out_of_measured_frames_alone(
    learnt: str, window: MainWindow, wait, small: Path, samples: Path
) -> None:
    window.open([small])
    wait()
    panel = window.parts.enhance
    choose(find(panel, QComboBox, "Colour"), "Off")
    panel.superres.setCurrentIndex(panel.superres.findData("superres-x2"))
    panel.superres.activated.emit(0)
    if not default_shelf().choose("superres-x2", "superres").denoises:
        assert not panel.denoise.isEnabled()
        assert "learn" in panel.denoise.toolTip()
    panel.superres.setCurrentIndex(panel.superres.findData(learnt))
    panel.superres.activated.emit(0)
    assert panel.denoise.isVisibleTo(panel)
    assert "flux" in panel.denoise.toolTip().lower()
    panel.denoise.click()
    assert panel.options.denoise
    window.enhance()
    wait()
    assert window.selection
    made = window.selection.result
    assert made, window.notices.current
    assert "noise left out" in "".join(made.frame.history)
    assert made.frame.uncertainty is None
    assert not window.actions_["uncertainty"].isEnabled()
    panel.denoise.click()  # at once made anew, with exact flux
    wait(lambda: window.selection.result and window.selection.result.frame is not made.frame)
    wait()
    assert "noise" not in "".join(window.selection.result.frame.history)
    assert window.selection.result.frame.uncertainty is not None
    panel.denoise.click()
    wait()
    window.open([samples / "nebula.png"])
    wait()
    assert not panel.denoise.isEnabled()
    assert not panel.options.denoise
    panel.scale.button("1").click()
    assert not panel.denoise.isVisibleTo(panel)


def test_a_batch_leaves_noise_out_where_the_model_can(
    learnt: str, window: MainWindow, wait, small: Path
) -> None:
    window.spaces.go("batch")
    strip, batch = window.batch.panel.strip, window.batch.batching
    box = strip.models.denoise
    strip.set_choices(BatchSettings(colour=False, superres=learnt, device="cpu"))
    assert "flux" in box.toolTip().lower()
    strip.models.scale.button("1").click()
    assert not box.isVisibleTo(strip)
    strip.models.scale.button("2").click()
    box.click()
    assert window.memory.settings.batch.denoise
    window.batch.take([small])
    wait(lambda: batch.settled and window.batch.panel.model.rowCount())
    window.actions_["batch_start"].trigger()
    wait(lambda: batch.phase is Phase.ENDED)
    row = window.batch.panel.model.rows[0]
    assert row.state == "done", row.problem
    assert "noise left out" in "".join(fits.getheader(row.target)["HISTORY"])
    plan = BatchPlan((str(small),), "out", strip.choices)
    assert "--denoise" in plan.arguments()
    strip.models.scale.button("1").click()
    assert not strip.choices.denoise


def test_a_saved_picture_is_known_for_a_result(window: MainWindow, wait, small: Path) -> None:
    target = small.with_name("result.png")
    window.open([small])
    wait()
    window.enhance(EnhanceOptions(superres=None, device="cpu"))
    wait()
    assert window.selection
    frame = window.selection.result.frame
    save_frame(frame, target, frame.rendered)
    window.open([target])
    wait()
    item = window.parts.frames.tree.currentItem()
    assert item
    assert item.data(0, SECOND).startswith("painted · ")
    assert any("colour painted" in line for line in header_lines(window.selection.document.frame))


def test_the_picture_of_intervals_has_colours_unit_and_a_bar_of_its_own(
    window: MainWindow, wait, small: Path
) -> None:
    window.open([small])
    wait()
    window.enhance(EnhanceOptions(colorizer=None, superres="superres-x2", device="cpu"))
    wait()
    window.actions_["uncertainty"].trigger()
    wait()
    layer = window.viewer.shown.after
    assert layer.look.colour_map == "viridis"
    assert layer.look.legend == "half of the 90 % interval"
    assert layer.frame.unit == window.selection.document.frame.unit
    halves = layer.frame.read()
    assert layer.look.stretch.high == pytest.approx(np.percentile(halves, 99.5), rel=0.05)
    assert layer.look.trust == 0
    window.actions_["result"].trigger()
    wait()
    picture = window.viewer.grab().toImage()
    bar = picture.pixelColor(picture.width() - 25, round(0.12 * picture.height()) + 4)
    assert bar.red() > 200 > 120 > bar.blue()  # the bright end of viridis is yellow


def test_unsure_detail_gives_way_and_is_saved_so_only_when_asked(
    window: MainWindow, wait, small: Path, tmp_path: Path
) -> None:
    window.open([small])
    wait()
    assert not window.actions_["trust_3"].isEnabled()
    window.enhance(EnhanceOptions(colorizer=None, superres="superres-x2", device="cpu"))
    wait()
    made = window.selection.result.frame
    before = window.viewer.grab().toImage()
    window.actions_["trust_3"].trigger()
    wait()
    assert window.viewer.grab().toImage() != before
    assert window.viewer.shown.after_label.endswith("detail below S/N 3 hidden")
    assert window.memory.settings.view.trust == 3
    window.save_as(tmp_path / "whole.fits")
    wait()
    window.actions_["trust_saved"].trigger()
    window.save_as(tmp_path / "sure.fits")
    wait()
    whole, sure = (open_frame(tmp_path / name) for name in ("whole.fits", "sure.fits"))
    assert np.allclose(whole.read(), made.read(), rtol=1e-6)
    assert "detail below" not in str(whole.header["HISTORY"])
    assert "detail below S/N 3" in str(sure.header["HISTORY"]).replace("\n", "")
    kept = sure.read()
    assert not np.allclose(kept, made.read(), rtol=1e-6)
    means = [a.reshape(72, 2, 96, 2).mean((1, 3)) for a in (kept, made.read())]
    assert np.allclose(*means, rtol=1e-4)
    window.actions_["trust_0"].trigger()
    window.actions_["trust_saved"].trigger()
    wait()
    assert window.viewer.shown.after.look.trust == 0
