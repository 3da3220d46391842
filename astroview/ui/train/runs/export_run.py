"""A run for others: its curves as a table or a picture, and all that it told in one file."""

from __future__ import annotations

import csv
import io
import zipfile
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QObject, QSize, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from astroview.core.atomic_write import replacing
from astroview.core.errors import AstroviewError, CannotSave
from astroview.core.io.paths.plain_paths import is_file
from astroview.core.texts import Text
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.notice import Notice
from astroview.ui.train.runs.curves import Curves
from astroview.ui.train.runs.run_events import Story
from astroview.ui.train.runs.run_record import RunRecord
from astroview.ui.widgets.theme import Theme

KINDS = {"csv": noted("Table (*.csv)"), "png": noted("Picture (*.png)")}
PACKED = noted("Run in one file (*.zip)")
PICTURE, SHARPER = QSize(1200, 420), 2
LEFT_OUT = ("checkpoints", "tensorboard")  # they are large, and only of use where the run goes on


class HandingOut(QObject):
    """Writes what a run told where the user wants it.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(self, window: QWidget, background: Background) -> None:
        super().__init__(window)
        self._window, self._background = window, background

    def choose_curves(self, run: RunRecord, theme: Theme) -> None:
        """Ask where the curves go, and as what."""
        start = str(Path.home() / f"{run.path.name}.csv")
        kinds = ";;".join(tr(kind) for kind in KINDS.values())
        name, _ = QFileDialog.getSaveFileName(self._window, tr("Export the curves"), start, kinds)
        if name:
            self.curves(run, Path(name), theme)

    def curves(self, run: RunRecord, file: Path, theme: Theme) -> None:
        """Write a run's curves, as the suffix says: a picture, or else a table."""
        if file.suffix.lower() == ".png":
            content = picture(run.story, theme)
        else:
            file = file if file.suffix else file.with_suffix(".csv")
            content = table(run.story).encode()
        self._background.run(partial(_write, file, content), self._written, self._went_wrong)

    def choose_file(self, run: RunRecord) -> None:
        """Ask where all of the run goes."""
        start = str(Path.home() / f"{run.path.name}.zip")
        name, _ = QFileDialog.getSaveFileName(self._window, tr("Export the run"), start, tr(PACKED))
        if name:
            self.whole(run, Path(name))

    def whole(self, run: RunRecord, file: Path) -> None:
        """Write all of a run but its checkpoints into one file."""
        file = file if file.suffix else file.with_suffix(".zip")
        self._background.run(partial(pack, run.path, file), self._written, self._went_wrong)

    def _written(self, file: Path) -> None:
        self.notice.emit(Notice.saved(file))

    def _went_wrong(self, error: AstroviewError) -> None:
        self.notice.emit(Notice.of(error))


def table(story: Story) -> str:
    """The curves as CSV: a line a step; loss, its parts and the figures on held-out frames.

    What was not told at a step is empty.
    """
    curves = {"loss": story.loss}
    curves |= {f"loss_{name}": curve for name, curve in story.terms.items()}
    curves |= story.scores
    known = {name: dict(zip(c.steps, c.values, strict=True)) for name, c in curves.items()}
    steps = sorted({step for values in known.values() for step in values})
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(["step", *known])
    lines.writerows([step, *(values.get(step, "") for values in known.values())] for step in steps)
    return text.getvalue()


def picture(story: Story, theme: Theme) -> bytes:
    """The curves as PNG, as a window of good size shows them."""
    curves = Curves(theme)
    curves.resize(PICTURE)
    curves.show_story(story)
    image = QImage(PICTURE * SHARPER, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARPER)
    image.fill(QColor(theme.panel))
    painter = QPainter(image)
    painter.drawPixmap(0, 0, curves.grab())
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def pack(run: Path, file: Path) -> Path:
    """Write a run folder into one file, without its checkpoints; returns the file.

    Raises
    ------
    CannotSave
        It cannot be written, or the folder not be read.
    """
    try:
        with (
            replacing(file) as target,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed,
        ):
            for path in sorted(run.rglob("*")):
                inside = path.relative_to(run)
                if is_file(path) and inside.parts[0] not in LEFT_OUT and path.suffix != ".part":
                    packed.write(path, f"{run.name}/{inside.as_posix()}")
    except OSError as problem:
        raise _cannot_save(file, problem) from problem
    return file


def _write(file: Path, content: bytes) -> Path:
    try:
        with replacing(file) as target:
            target.write(content)
    except OSError as problem:
        raise _cannot_save(file, problem) from problem
    return file


def _cannot_save(file: Path, problem: OSError) -> CannotSave:
    reason = problem.strerror or str(problem)
    return CannotSave(
        Text("{name} was not saved: {reason}", name=file.name, reason=reason),
        hint="Choose another folder.",
    )
