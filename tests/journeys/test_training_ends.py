"""Fine-tuning when something ends or fails: the window, the disk, a folder; and what is taken out
of a run, or comes to the shelf, while the window is open.
"""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import tuning
from by_name import find, words
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QComboBox
from tuning import current, drop

from astroview.core.messages.train_messages import Ended, Kept, Learnt, decode
from astroview.core.settings import Settings
from astroview.ui.app import start
from astroview.ui.main_window import MainWindow
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.train.runs.run_state import State
from astroview.ui.widgets.theme import DARK
from trainer.finetune.tune_config import write_tune

pytestmark = pytest.mark.usefixtures("own_data")
WINDOW = """
import sys
from pathlib import Path
from astroview.core.settings import Settings
from astroview.ui.app import start
from astroview.ui.remembered_choices import RememberedChoices
from trainer.finetune.tune_config import read_tune
running = start(RememberedChoices(Settings()))
running.window.show()
running.window.begin()
running.window.spaces.go("train")
run = running.window.train.runs.begin(read_tune(Path(sys.argv[1])))
print(run.path, flush=True)
running.app.exec()
"""


def told(run: Path) -> list[object]:
    """What a run told, up to the last whole line."""
    path = run / "events.jsonl"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return [decode(line) for line in text.splitlines() if line.endswith("}")]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of Unix")
def test_killing_the_window_loses_nothing_of_its_run(
    make, wait, tmp_path: Path, qapp: QApplication
) -> None:
    config = tmp_path / "run.toml"
    write_tune(make(checkpoint_every=1000), config)
    command = [sys.executable, "-c", WINDOW, str(config)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout
        folder = Path(first.stdout.readline().strip())
        wait(lambda: any(isinstance(event, Learnt) for event in told(folder)))
        os.kill(first.pid, signal.SIGKILL)
    wait(lambda: isinstance(told(folder)[-1], Ended))
    *_, kept, ended = told(folder)
    assert isinstance(ended, Ended)
    assert ended.outcome == "stopped"
    assert isinstance(kept, Kept)
    assert kept.step == ended.step > 0  # not a step was lost

    later = start(RememberedChoices(Settings()))
    later.window.show()
    later.window.begin()
    assert later.window.notices.current
    assert later.window.notices.current.message == "The last training was interrupted."
    later.window.notices.act()
    wait(lambda: not later.window.train.busy)
    assert current(later.window).path == folder
    assert current(later.window).story.kept_step == kept.step
    assert [choice.words for choice in later.window.train.panel.run_page.choices] == ["Resume"]
    later.close()
    qapp.processEvents()


@pytest.mark.warns
def test_a_folder_that_takes_no_word_is_told_of_all_the_same(
    window: MainWindow, wait, make
) -> None:
    window.spaces.go("train")
    runs = window.train.runs
    runs.folder.mkdir(parents=True)
    runs.command = _locked(runs.command)
    run = runs.begin(make())
    assert run
    window.train.training.show(run)
    wait(lambda: run.process is None)
    assert run.state is State.FAILED
    window.train.panel.run_page.draw_now()
    card = window.train.panel.run_page.card.text
    assert card
    assert card.bad
    assert card.title == f"The run folder {run.path.name} cannot be written: Is a directory."
    assert card.lines == ("Choose a folder that you may write to.",)
    # Where no run can even be begun, a notice says so, and the choices stay.
    runs.folder = run.path / "config.toml"
    assert runs.begin(make("second")) is None
    assert window.notices.current
    assert "cannot be written" in window.notices.current.message


def _locked(command):
    """As the command, after something took the place of the file that it writes events to."""

    def after(folder: Path) -> list[str]:
        (folder / "events.jsonl").mkdir()
        return command(folder)

    return after


def test_a_run_is_taken_out_as_table_picture_and_file(
    window: MainWindow, wait, make, tmp_path: Path
) -> None:
    from astroview.core.messages.train_messages import FORMAT, Begun, Scored, encode

    folder = tmp_path / "finished"
    (folder / "checkpoints").mkdir(parents=True)
    (folder / "checkpoints" / "00000010.pt").write_bytes(bytes(100))
    write_tune(make("finished"), folder / "config.toml")
    events = [
        Begun(1.0, FORMAT, "tiny", "superres", "full", "cpu", 0, 10, 0, 9, 9, "psnr"),
        Scored(1.5, 0, {"psnr": 30.0}, best=True),
        Learnt(2.0, 5, 0.5, {"charbonnier": 0.4, "fft": 0.1}, 1.0, None, 0, 4, 0.5),
        Learnt(3.0, 10, 0.25, {"charbonnier": 0.2, "fft": 0.05}, 1.0, None, 0, 4, 1.0),
        Scored(3.5, 10, {"psnr": 31.0}, best=True),
        Ended(4.0, "stopped", 10),
    ]
    lines = "".join(encode(event) + "\n" for event in events)
    (folder / "events.jsonl").write_text(lines, encoding="utf-8")
    window.spaces.go("train")
    drop(window, folder)
    run = current(window)
    wait(lambda: run.story.ended and not window.train.busy)
    assert window.actions_["train_curves"].isEnabled()

    out = window.train.handing_out
    out.curves(run, tmp_path / "curves", DARK)
    out.curves(run, tmp_path / "curves.png", DARK)
    out.whole(run, tmp_path / "run.zip")
    wait(lambda: not window.train.busy)
    with (tmp_path / "curves.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["step"] for row in rows] == ["0", "5", "10"]
    assert [row["loss"] for row in rows] == ["", "0.5", "0.25"]
    assert [row["loss_fft"] for row in rows] == ["", "0.1", "0.05"]
    assert [row["psnr"] for row in rows] == ["30.0", "", "31.0"]
    picture = QImage(str(tmp_path / "curves.png"))
    colours = {picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(200, 600)}
    assert QImage(1, 1, QImage.Format.Format_RGB32) != picture
    assert len(colours) > 10  # curves, numbers, the base model's line
    with zipfile.ZipFile(tmp_path / "run.zip") as packed:
        assert set(packed.namelist()) == {"finished/config.toml", "finished/events.jsonl"}
    out.whole(run, tmp_path / "nowhere" / "run.zip")
    wait(lambda: window.notices.current and window.notices.current.kind == "error")


def test_a_list_of_pairs_is_dropped(
    window: MainWindow, wait, training_folder: Path, tmp_path: Path
) -> None:
    low = tmp_path / "night" / "low"
    high = tmp_path / "night" / "high"
    lines = ["low,high"]
    for folder in (low, high):
        folder.mkdir(parents=True)
    for number in range(4):
        with Image.open(training_folder / f"field-{number}.png") as picture:
            picture.save(high / f"{number}.png")
            picture.resize((50, 50), Image.Resampling.BOX).save(low / f"poor-{number}.png")
        lines.append(f"low/poor-{number}.png,high/{number}.png")
    pairs = tmp_path / "night" / "pairs.csv"
    pairs.write_text("\n".join(lines) + "\n", encoding="utf-8")
    window.spaces.go("train")
    drop(window, pairs)
    curation = window.train.curation
    wait(lambda: curation.curated is not None and not curation.busy)
    rows = [row for row in curation.model.rows if row.use == "pair"]
    assert len(rows) == 8
    assert window.train.drafting.folder == pairs.parent
    assert "pairs.csv" in words(window.train.frames)


def test_a_new_magnification_is_offered_in_a_window_that_is_open(
    window: MainWindow, wait, own_data: Path
) -> None:
    window.spaces.go("batch")
    window.spaces.go("train")
    view, batch = window.parts.enhance, window.batch.panel.strip
    form = find(window.train.form, QComboBox, "Model to sharpen")
    with pytest.raises(KeyError):
        view.scale.button("3")
    tuning.store_model(own_data / "models", "triple", scale=3)
    wait(lambda: form.findText("Triple") >= 0)
    for panel in (view, batch.models):
        button = panel.scale.button("3")
        assert not button.isHidden()
        button.click()
        assert panel.superres.findText("Triple") >= 0
    assert view.options.superres == "triple"
    assert batch.choices.scale == 3
    (own_data / "models" / "triple" / "card.json").unlink()
    wait(lambda: form.findText("Triple") < 0)
    assert view.scale.button("3").isHidden()
    assert batch.choices.scale == 1
