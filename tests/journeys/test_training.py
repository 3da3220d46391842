"""Drop, choose, start, pause, finish, keep; kill and resume; queue, watch, fail: fine-tuning
through the real window.

The process behind it is the real command, with tiny models on small pictures.
"""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from by_name import choices, find, words
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot
from tuning import ENDLESS, TARGETS, current, drop, is_at, press

from astroview.core.models.shelf import user_shelf
from astroview.core.settings import Settings, TrainSettings
from astroview.ui.app import start
from astroview.ui.main_window import MainWindow
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.train.runs.run_record import RunRecord
from astroview.ui.train.runs.run_state import State

pytestmark = pytest.mark.usefixtures("own_data")
SHARPEN = TrainSettings(
    goal="sharp", superres="tiny", steps=ENDLESS, batch=4, device="cpu", replay=0.0
)


def test_from_a_folder_to_a_model_on_the_shelf(
    window: MainWindow, wait, training_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F4)
    space = window.train
    assert window.spaces.current == "train"
    wait(lambda: not space.busy)
    assert space.panel.on_show == "begin"
    assert not window.actions_["train_start"].isEnabled()

    drop(window, training_folder)
    assert space.panel.on_show == "new"
    assert "looked at" in space.drafting.why_not
    assert not space.panel.new.button.isEnabled()
    space.form.set_choices(SHARPEN)
    wait(lambda: not space.drafting.why_not)
    curated = space.curation.curated
    assert curated
    assert curated.accepted + curated.refused == TARGETS
    window.actions_["train_start"].trigger()
    wait(is_at(window, State.TRAINING))
    run = current(window)
    assert run.name == "night"
    assert run.config
    assert run.config.model == "tiny"
    assert Path(run.config.data) == run.path / "report.json"
    assert run.story.data
    assert run.story.data.training + run.story.data.held_out == curated.accepted
    assert "Train · " in window.spaces.row.switch.button("train").text()

    # Pictures of the user's own frames, the base model's figure, and what it takes.
    wait(lambda: run.story.learnt and run.story.learnt.step >= 3)
    assert run.story.scores["psnr"].steps[0] == 0
    page = space.panel.run_page
    page.draw_now()
    assert page.samples.grid.row_count > 0
    wait(lambda: not space.busy)
    memory = re.search("(.*)\nPeak memory", words(page.facts))
    assert memory
    assert memory[1] != "–"
    assert re.search(r"\d", words(page.curves.loss))

    # Pause without unloading, and go on.
    press(window, "Pause")
    wait(is_at(window, State.PAUSED))
    pid = run.process and run.process.pid
    press(window, "Resume")
    wait(is_at(window, State.TRAINING))
    assert run.process
    assert run.process.pid == pid

    press(window, "Stop and keep")
    wait(is_at(window, State.DONE))
    wait(lambda: run.process is None)
    wait(lambda: not space.busy)
    _read_the_verdict(window, run)
    _keep_share_discard_import(window, wait, run, tmp_path)


def _read_the_verdict(window: MainWindow, run: RunRecord) -> None:
    page = window.train.panel.run_page
    page.draw_now()
    verdict = run.story.verdict
    assert verdict
    assert page.parts.value == "verdict"
    assert {figure.side for figure in verdict.figures} == {"own", "bundled"}
    assert page.verdict.table.accessibleName().count("PSNR") >= 2
    assert page.verdict.grid.row_count == len(verdict.pictures) > 0
    main = [choice.words for choice in page.choices if choice.main]
    assert main == (["Keep"] if verdict.keep else ["Discard"])


def _keep_share_discard_import(window: MainWindow, wait, run: RunRecord, tmp_path: Path) -> None:
    space, enhance = window.train, window.parts.enhance
    before = enhance.superres.count()
    press(window, "Keep")
    wait(lambda: run.decided == "kept" and not space.busy)
    assert enhance.superres.count() == before + 1
    names = [enhance.superres.itemText(i) for i in range(enhance.superres.count())]
    name = next(name for name in names if "night" in name)
    assert window.batch.panel.strip.models.superres.findText(name) >= 0
    assert name in choices(find(space.form, QComboBox, "Model to sharpen"))
    assert window.notices.current
    assert window.notices.current.button == "Undo"

    card = next(card for card in user_shelf().everything.cards() if card.name == name)
    space.deciding.share_to(card, tmp_path / "gift")
    wait(lambda: not space.busy)
    shared = tmp_path / "gift.astromodel"
    assert shared.is_file()

    window.notices.dismiss()
    space.deciding.discard(run)
    wait(lambda: run.decided == "discarded" and not space.busy)
    assert enhance.superres.count() == before
    drop(window, shared)
    wait(lambda: not space.busy and enhance.superres.count() == before + 1)
    shared.write_bytes(shared.read_bytes()[:-2000])
    drop(window, shared)
    wait(lambda: not space.busy)
    wait(lambda: window.notices.current and window.notices.current.kind == "error")


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of Unix")
@pytest.mark.qt_log_ignore("propagateSizeHints")  # of a dialog, without a screen
def test_killed_and_resumed_and_quit_and_resumed(
    window: MainWindow, wait, make, qapp: QApplication
) -> None:
    window.spaces.go("train")
    runs = window.train.runs
    run = runs.begin(make())
    assert run
    window.train.training.show(run)
    wait(lambda: run.story.kept_step >= 2)
    assert run.process
    os.kill(run.process.pid, signal.SIGKILL)
    wait(lambda: run.process is None)
    wait(lambda: current(window).state is State.INTERRUPTED)
    window.train.panel.run_page.draw_now()
    card = window.train.panel.run_page.card.text
    assert card
    assert card.title == "This run was interrupted"
    kept = run.story.kept_step

    press(window, "Resume")
    wait(lambda: run.state is State.TRAINING and run.story.begun and run.story.begun.step >= kept)
    wait(lambda: run.story.kept_step > kept)

    # Quitting asks; the run is offered again when the window opens the next time.
    assert not window.close()
    box = window.train.quitting.asked
    assert box
    assert "Quit now?" in box.text()
    next(b for b in box.buttons() if b.text() == "Keep training").click()
    assert window.isVisible()
    assert run.process
    assert not window.close()
    next(b for b in window.train.quitting.asked.buttons() if b.text() == "Quit").click()
    wait(lambda: not window.isVisible())
    assert run.process is None or not run.process.pid

    again = start(RememberedChoices(Settings(theme="dark")))
    other = again.window
    other.show()
    other.begin()
    assert other.notices.current
    assert other.notices.current.message == "The last training was interrupted."
    other.notices.act()
    assert other.spaces.current == "train"
    wait(lambda: not other.train.busy)
    assert current(other).path == run.path
    assert current(other).state is State.STOPPED
    assert current(other).story.kept_step >= kept
    press_words = [choice.words for choice in other.train.panel.run_page.choices]
    assert press_words == ["Resume"]
    again.close()
    qapp.processEvents()
    last = start(RememberedChoices(Settings(theme="dark")))
    last.window.begin()
    assert last.window.notices.current is None
    last.close()


def test_runs_take_turns_and_one_that_fails_says_why(
    window: MainWindow, wait, make, training_folder: Path, tmp_path: Path
) -> None:
    few = tmp_path / "few"
    few.mkdir()
    for number in range(3):
        shutil.copy(training_folder / f"field-{number}.png", few)
    window.spaces.go("train")
    runs = window.train.runs
    first = runs.begin(make("first"))
    second = runs.begin(dataclasses.replace(make("second"), data=str(few)))
    assert first
    assert second
    assert second.state is State.QUEUED
    assert second.process is None
    assert [run.name for run in runs.all] == ["second", "first"]
    window.train.training.show(first)
    wait(lambda: first.story.begun)
    press(window, "Leave")
    wait(lambda: first.state is State.STOPPED)

    window.train.training.show(second)
    wait(lambda: second.state is State.FAILED and second.process is None)
    page = window.train.panel.run_page
    page.draw_now()
    assert page.card.text
    assert "too few" in page.card.text.title
    assert page.card.text.lines[0]
    assert page.card.text.bad
    page.card.press("Begin a new run like this")
    assert window.train.panel.on_show == "new"
    assert window.train.drafting.folder == few
    assert not runs.active


def test_a_run_of_another_program_is_watched_to_its_end(
    window: MainWindow, wait, make, tmp_path: Path
) -> None:
    from trainer.finetune.tune_config import write_tune

    folder = tmp_path / "cluster"
    write_tune(make("cluster", score_every=2), tmp_path / "run.toml")
    command = [sys.executable, "-m", "astroview", "train", "--steered"]
    command += ["--config", str(tmp_path / "run.toml"), "--run", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin
        wait((folder / "events.jsonl").is_file)
        window.spaces.go("train")
        drop(window, folder)
        run = current(window)
        wait(lambda: run.state is State.TRAINING and run.story.step > 2)
        assert run.elsewhere
        window.train.panel.run_page.draw_now()
        assert window.train.panel.run_page.choices == ()
        assert not window.actions_["train_pause"].isEnabled()
        process.stdin.write(b'{"type": "Leave"}\n')
        process.stdin.flush()
        wait(lambda: run.state is State.STOPPED)
        assert run.story.kept_step >= run.story.step
        process.wait(60)
    assert str(folder) in window.memory.settings.train.folders


def test_a_run_of_another_version_is_named_and_left_alone(
    window: MainWindow, wait, tmp_path: Path
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    lines = ('{"event": "begin", "time": 1.5}', '{"type": "Begun", "format": 9, "hue": "red"}')
    for folder, line in zip((old, new), lines, strict=True):
        folder.mkdir()
        (folder / "events.jsonl").write_text(line + "\n")
    window.spaces.go("train")
    for folder, version in ((old, "format 1"), (new, "format 9")):
        drop(window, folder)
        wait(is_at(window, State.FOREIGN))
        page = window.train.panel.run_page
        page.draw_now()
        assert page.card.text
        assert version in page.card.text.lines[0]
        assert page.choices == ()


def test_nothing_of_it_is_loaded_before_it_is_opened() -> None:
    script = """
import sys
from astroview.core.settings import Settings
from astroview.ui import app
from astroview.ui.remembered_choices import RememberedChoices
running = app.start(RememberedChoices(Settings(), lasting=False))
running.window.show()
running.window.begin()
running.app.processEvents()
print(*(name for name in sys.modules if "ui.train." in name or name.startswith("trainer")))
running.close()
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert set(run.stdout.split()) == {"astroview.ui.train.lazy_train"}
