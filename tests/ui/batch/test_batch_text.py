"""What is said about a batch, and where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from by_name import find, words
from PySide6.QtWidgets import QCheckBox, QLineEdit

from astroview.core.models.model_card import default_shelf
from astroview.core.settings import BatchSettings
from astroview.ui.batch import batch_phase, batch_plan, batch_text, frame_search
from astroview.ui.batch.batch_phase import BatchStanding, Phase
from astroview.ui.batch.batch_plan import BatchPlan, Unfinished
from astroview.ui.batch.options_strip import OptionsStrip
from astroview.ui.widgets.theme import DARK


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(3, "5 s"), (42, "40 s"), (58, "1 min"), (754, "13 min"), (7500, "2 h 5 min"),
     (40_000, "11 h"), (400_000, "5 days")],
)  # fmt: skip
def test_spans_as_people_say_them(seconds: float, words: str) -> None:
    assert batch_text.rough(seconds) == words


def test_equal_reasons_are_told_once() -> None:
    problems = [(f"m{k}.fits", f"m{k}.fits is damaged") for k in range(1000, 1040)]
    problems.append(("x.png", "x.png: The device ran out of memory"))
    assert batch_text.reasons(problems) == [
        ("… is damaged", 40),
        ("x.png: The device ran out of memory", 1),
    ]


def test_standing_in_words() -> None:
    counts = {"done": 130, "failed": 2, "waiting": 267, "running": 1}
    running = BatchStanding(Phase.RUNNING, counts, parts=0.5, eta_s=754)
    assert batch_phase.progress(running) == "132 of 400 · 2 failed · about 13 min left"
    assert batch_phase.news(running) == "33 %"
    assert batch_phase.look(running).press == "pause"
    paused = BatchStanding(Phase.PAUSED, counts)
    assert batch_phase.progress(paused).endswith("paused when the frame at work is done")
    watching = BatchStanding(Phase.RUNNING, {"done": 3}, searching=True, watching=True)
    assert batch_phase.progress(watching) == "Watching for new frames · 3 done"
    assert (
        batch_phase.look(BatchStanding(Phase.ENDED, {"done": 3, "failed": 2})).button
        == "Retry 2 frames"
    )
    assert batch_phase.look(BatchStanding(Phase.ENDED, {"done": 3, "waiting": 2})).press == "start"
    assert batch_phase.look(BatchStanding(why_not="Add frames first")).press == "nothing"
    assert batch_phase.look(BatchStanding(counts={"ready": 1})).button == "Enhance 1 frame"
    composed = batch_phase.look(BatchStanding(counts={"ready": 3}, bands=True))
    assert composed.button == "Compose and enhance"
    assert "one picture" in composed.why


def test_a_plan_as_a_command() -> None:
    choices = BatchSettings(scale=2, palette="warm", include="*.fits m*.png", memory="4GB")
    line = BatchPlan(("/a", "/b"), "/out", choices).arguments()
    assert line[:3] == ["enhance", "/a", "/b"]
    assert "--events" in line
    assert [line[i + 1] for i, word in enumerate(line) if word == "--include"] == [
        "*.fits",
        "m*.png",
    ]
    many = BatchPlan(tuple(f"/f{k}" for k in range(1234)), "/out", choices)
    assert len(" ".join(many.arguments())) < 8000
    assert many.arguments()[1:101] + [p for part in many.rest() for p in part] == list(many.paths)
    assert max(len(part) for part in many.rest()) <= 500


def test_an_unfinished_batch_is_remembered() -> None:
    assert batch_plan.recall() is None
    kept = Unfinished(BatchPlan(("/a",), "/out", BatchSettings(colour=False, watch=True)), 3, 9)
    batch_plan.keep(kept)
    assert batch_plan.recall() == kept
    batch_plan.forget()
    batch_plan.forget()
    assert batch_plan.recall() is None


@pytest.mark.warns
@pytest.mark.parametrize("text", ["", "[]", '{"plan": 3}', '{"what": 1}'])
def test_a_spoiled_memory_is_none(text: str, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ASTROVIEW_CONFIG_DIR", str(tmp_path))
    (tmp_path / "unfinished_batch.json").write_text(text)
    assert batch_plan.recall() is None


def test_frames_are_listed_as_the_batch_finds_them(tmp_path: Path) -> None:
    for name in ("m10.fits", "m2.fits", "deep/m1.png", "notes.txt", ".hidden.fits"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "deep" / "again").symlink_to(tmp_path, target_is_directory=True)
    root = str(tmp_path)

    def found(*paths: str, recursive: bool = True, include: str = "") -> list[str]:
        return [Path(path).name for path in frame_search.walk(paths, recursive, include)]

    assert found(root) == ["m2.fits", "m10.fits", "m1.png"]
    assert found(root, recursive=False) == ["m2.fits", "m10.fits"]
    assert found(root, include="*.png m2*") == ["m2.fits", "m1.png"]
    assert found(f"{root}/notes.txt", f"{root}/m2.fits", root, include="*.png") == [
        "m2.fits",
        "m1.png",
    ]
    assert list(frame_search.pieces(iter("abc"))) == [("a", "b", "c")]


def test_the_strip_shows_how_results_are_called(qtbot) -> None:
    strip = OptionsStrip(default_shelf().cards(), BatchSettings(), DARK)
    qtbot.addWidget(strip)
    assert "Such as m31_combined_x2.fits" in words(strip).splitlines()
    said: list[BatchSettings] = []
    strip.chosen.connect(said.append)
    strip.models.scale.button("1").click()
    assert "Such as m31_colour_x1.fits" in words(strip).splitlines()
    pattern = find(strip, QLineEdit, "Name of the results")
    pattern.selectAll()
    qtbot.keyClicks(pattern, "{stem}_{moon}")
    assert "moon" in strip.problem
    assert pattern.property("wrong")
    qtbot.keyClicks(pattern, "x")
    pattern.editingFinished.emit()
    assert said[0].scale == 1
    strip.set_choices(BatchSettings(colour=False, format="png", watch=True))
    assert strip.choices == BatchSettings(colour=False, format="png", watch=True)
    assert "Such as m31_superres_x2.png" in words(strip).splitlines()
    find(
        strip, QCheckBox, "Compose bands of one field"
    ).click()  # a set is complete only where nothing is to come
    assert (strip.choices.bands, strip.choices.watch) == (True, False)
    find(strip, QCheckBox, "Watch for new frames").click()
    assert (strip.choices.bands, strip.choices.watch) == (False, True)
