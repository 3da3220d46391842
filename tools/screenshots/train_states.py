"""Fine-tuning for the screenshots: real steps in the real window, on skies of the simulator."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from astroview.core import resources
from astroview.core.settings import TrainSettings
from astroview.ui.app import RunningApp
from astroview.ui.snapshot import settle
from astroview.ui.train.runs import run_plan
from astroview.ui.train.runs.run_record import RunRecord
from astroview.ui.train.runs.run_state import State
from trainer.config import TuneConfig
from trainer.finetune.tune_config import write_tune

SKIES = 30
STEPS = 40
# A small network at the very beginning: what it learns in two minutes is worth keeping.
BEGINNER = """
task = "superres"
architecture = "compact"
hyper = { scale = 2, width = 16, depth = 4 }
run = { steps = 3, batch = 4, crop = 32, lr = 1e-4, warmup = 1, validate_every = 3 }
card = { id = "beginner", name = "Beginner ×2" }
"""
CHOICES = TrainSettings(goal="both", steps=STEPS, batch=3, lr=4e-4, patience=0, held_out=0.34)


class Posing:
    """Brings a window from one state of fine-tuning to the next.

    Parameters
    ----------
    room
        A folder for frames, which are made once, and for runs.
    """

    def __init__(self, running: RunningApp, room: Path) -> None:
        self._running, self._room = running, room
        self._window, self._space = running.window, running.window.train
        self._colour: RunRecord | None = None
        self._cluster: subprocess.Popen[bytes] | None = None
        self._disk, self._mounted = room / "data" / "disk", False
        self.survey = room / "southern-survey"

    # ---- frames ----------------------------------------------------------------------------

    def begin(self) -> None:
        """Nothing was dropped yet."""
        self._window.spaces.go("train")
        self._rest()

    def get_frames(self) -> None:
        """The panel that asks archives."""
        self._space.drafting.gather()
        gathering = self._space.drafting.gathering
        assert gathering
        gathering.target.setText("M 101")

    def ask_archive(self) -> None:
        """An archive is asked; here without a network."""
        gathering = self._space.drafting.gathering
        assert gathering
        gathering.folder.setText(str(self._room / "data" / "m101"))
        gathering.start()
        self._until(lambda: gathering.state != "running", 60)

    def take_palettes(self) -> None:
        """A folder's palettes, on two frames that are open."""
        _make_frames(self.survey)
        frames = [resources.sample(name) for name in ("galaxy.fits", "deep_field.fits")]
        self._window.open(frames)
        self._until(lambda: len(self._window.session.documents) == len(frames))
        self._space.show_palettes()
        page = self._space.palettes
        assert page
        page.take(self.survey)
        self._until(lambda: not page.busy)

    def curate(self) -> None:
        """A folder was dropped and is being looked through."""
        _make_frames(self.survey)
        self._space.take([self.survey])
        rows = self._space.curation.model.rows
        self._until(lambda: len(rows) > SKIES // 3 or not self._space.curation.busy)

    def curated(self) -> None:
        """It was looked through."""
        self._until(lambda: not self._space.curation.busy)

    def overrule(self) -> None:
        """What was refused; one of it was accepted all the same, another is chosen."""
        curation = self._space.curation
        row = next(row for row in curation.model.rows if row.why == "blurred")
        curation.wish([row], take=True)
        self._until(lambda: not curation.busy)
        curation.tabs.set_value("refused")
        curation.tabs.chosen.emit("refused")
        curation.grid.setCurrentIndex(curation.shown.index(0, 0))
        curation.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self) -> None:
        """The choices for colour and sharpness."""
        curation = self._space.curation
        curation.tabs.set_value("accepted")
        curation.tabs.chosen.emit("accepted")
        self._space.form.set_choices(CHOICES)
        self._space.drafting.refresh()
        self._until(lambda: not curation.busy)

    def unfold(self) -> None:
        """All choices."""
        self._space.form.fold.unfold(on=True)

    # ---- a run -----------------------------------------------------------------------------

    def start(self) -> None:
        """Two runs were started; the first one reads the frames."""
        self._window.actions_["train_start"].trigger()
        self._colour = self._current
        self._until(lambda: self._current.story.stage is not None)

    def train(self) -> None:
        """The first one has trained for a while."""
        run = self._current
        self._until(lambda: run.story.step >= STEPS * 0.55)
        self._rest()

    def show_queued(self) -> None:
        """The other one waits for its turn."""
        self._show(next(run for run in self._space.runs.all if run.queued))

    def pause(self) -> None:
        """The first one waits, with everything loaded."""
        assert self._colour
        self._show(self._colour)
        self._space.training.pause()
        self._until(lambda: self._current.state is State.PAUSED)

    def leave(self) -> None:
        """The first one was left; the other one has begun."""
        self._space.training.leave()
        self._until(lambda: self._current.state is State.STOPPED)

    def kill(self) -> None:
        """The process of the other one is gone."""
        run = self._space.runs.active[0]
        self._show(run)
        self._until(lambda: run.story.kept_step)
        assert run.process
        os.kill(run.process.pid, signal.SIGKILL)
        self._ended(State.INTERRUPTED)

    def finish(self) -> None:
        """The first one went on to its end."""
        assert self._colour
        self._show(self._colour)
        self._space.training.start()
        self._ended(State.DONE)
        self._rest()

    def learn_much(self) -> None:
        """A network that had hardly learnt anything was tuned: it is better now."""
        room = self._room / "data"
        recipe = room / "beginner.toml"
        recipe.write_text(BEGINNER, encoding="utf-8")
        command = [sys.executable, "-m", "trainer", "fit", str(recipe), "--run", str(room / "fit")]
        subprocess.run([*command, "--data", str(self.survey)], check=True)
        shutil.copytree(room / "fit" / "model", room / "models" / "beginner")
        chosen = replace(self._plan("beginner, two minutes"), model="beginner", lr=2e-3, batch=8)
        self._run_to_its_end(
            replace(chosen, steps=300, replay=0.0, patience=0, score_every=20, sample_every=60)
        )

    def enlarge(self) -> None:
        """A row of pictures as large as there is room for."""
        self._space.panel.run_page.verdict.grid.enlarge(0)

    def show_course(self) -> None:
        """How the run went."""
        self._space.panel.run_page.verdict.grid.enlarge(None)
        self._space.panel.run_page.show_part("course")

    def keep(self) -> None:
        """Its model is on the shelf."""
        self._space.panel.run_page.show_part("verdict")
        self._space.deciding.keep(self._current)
        self._until(lambda: self._current.decided == "kept")

    def discard(self) -> None:
        """It is off the shelf again."""
        self._space.deciding.discard(self._current)
        self._until(lambda: self._current.decided == "discarded")

    def learn_nothing(self) -> None:
        """A run whose steps were too small to learn anything."""
        self._window.notices.dismiss()
        self._run_to_its_end(replace(self._plan("small-steps"), lr=1e-9, steps=3))

    # ---- what may go wrong -------------------------------------------------------------------

    def fail_on_too_little(self) -> None:
        """Three frames are too few."""
        few = self._room / "data" / "three-frames"
        few.mkdir()
        for file in sorted(self.survey.glob("sky-*.png"))[:3]:
            shutil.copy(file, few)
        self._begin(replace(self._plan("three-frames"), data=str(few)))
        self._ended(State.FAILED)

    def fail_on_full_disk(self) -> None:
        """The disk of a run filled up; needs the right to mount one."""
        disk = self._disk
        disk.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", "size=40m", "astroview", str(disk)]
        if subprocess.run(command, check=False, capture_output=True).returncode != 0:
            return
        self._mounted = True
        folder = disk / "on-a-small-disk"
        run_plan.write(self._plan("on-a-small-disk"), folder)
        self._space.take([folder])
        self._space.runs.go_on(self._current)
        self._until(lambda: self._current.story.step >= STEPS / 4)
        with suppress(OSError), (disk / "other-files").open("wb", buffering=0) as file:
            while True:
                file.write(bytes(1 << 12))
        self._ended(State.FAILED)

    def fail_on_locked_folder(self) -> None:
        """Nothing may be written on that disk any more."""
        if not self._mounted:
            return
        command = ["mount", "-o", "remount,ro", str(self._disk)]
        subprocess.run(command, check=True)
        self._space.training.start()
        self._ended(State.FAILED)

    def put_away(self) -> None:
        """Leave the disk."""
        if self._mounted:
            self._space.training.new()
            self._rest()
            subprocess.run(["umount", "-l", str(self._disk)], check=False)

    def watch_cluster(self) -> None:
        """Another program trains in a folder elsewhere."""
        folder = self._room / "data" / "cluster" / "survey-on-4-gpus"
        chosen = replace(self._plan("survey-on-the-cluster"), steps=2000, score_every=20)
        write_tune(chosen, self._room / "data" / "cluster.toml")
        command = [*resources.program(), "train", "--steered"]
        command += ["--config", str(self._room / "data" / "cluster.toml"), "--run", str(folder)]
        self._cluster = subprocess.Popen(command, stdin=subprocess.PIPE)
        self._until((folder / "events.jsonl").is_file)
        self._space.take([folder])
        self._until(lambda: self._current.story.step >= 20)

    def open_other_version(self) -> None:
        """A run folder that another version wrote."""
        if self._cluster and self._cluster.stdin:
            self._cluster.stdin.close()
            self._cluster.wait(60)
        folder = self._room / "data" / "old-run"
        folder.mkdir()
        (folder / "events.jsonl").write_text('{"event": "begin", "time": 1.5}\n', encoding="utf-8")
        self._space.take([folder])
        self._until(lambda: self._current.state is State.FOREIGN)

    # ---- inside ------------------------------------------------------------------------------

    @property
    def _current(self) -> RunRecord:
        run = self._space.training.current
        assert run
        return run

    def _plan(self, name: str) -> TuneConfig:
        return TuneConfig(
            "superres-x2", str(self.survey), name, minutes=0, steps=STEPS, batch=4, held_out=0.34
        )

    def _begin(self, config: TuneConfig) -> None:
        run = self._space.runs.begin(config)
        assert run
        self._show(run)

    def _run_to_its_end(self, config: TuneConfig) -> None:
        self._begin(config)
        self._ended(State.DONE)
        self._rest()

    def _show(self, run: RunRecord) -> None:
        self._space.training.show(run)
        self._space.panel.run_page.draw_now()

    def _ended(self, state: State) -> None:
        self._until(lambda: self._current.process is None and self._current.state is state)

    def _rest(self) -> None:
        self._until(lambda: not self._space.busy)

    def _until(self, reached: Callable[[], object], seconds: float = 600) -> None:
        end = time.monotonic() + seconds
        settle(self._running, lambda: bool(reached()) or time.monotonic() > end)
        if self._space.panel.on_show == "run":
            self._space.panel.run_page.draw_now()


def _make_frames(folder: Path) -> None:
    """Skies, and files that a folder of a survey has beside them."""
    command = [sys.executable, "-m", "trainer.data.simulated_pictures", str(folder)]
    subprocess.run([*command, "--count", str(SKIES)], check=True)
    first, second, third = sorted(folder.glob("sky-*.png"))[:3]
    shutil.copy(first, folder / "copy-of-sky-5000.png")
    (folder / "transfer-broke-off.fits").write_bytes(second.read_bytes()[:4000])
    sky = QImage(str(third))
    ways = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    sky.scaled(24, 24, *ways).scaled(192, 192, *ways).save(str(folder / "clouds.png"))
    sky.scaled(64, 64, *ways).save(str(folder / "thumbnail.png"))
    dark = QImage(192, 192, QImage.Format.Format_RGB32)
    dark.fill(Qt.GlobalColor.black)
    dark.save(str(folder / "shutter-closed.png"))
    _write_chart(folder / "finding-chart.png")


def _write_chart(file: Path) -> None:
    chart = QImage(480, 360, QImage.Format.Format_RGB32)
    chart.fill(Qt.GlobalColor.white)
    painter = QPainter(chart)
    for line in range(12):
        painter.drawText(
            20, 30 + 27 * line, f"target {line}  RA 12 {line:02} 33.1  Dec +08 24 {line}"
        )
    painter.drawRect(10, 8, 460, 344)
    painter.end()
    chart.save(str(file))
