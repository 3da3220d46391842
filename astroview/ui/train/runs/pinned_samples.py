"""The pinned crops of a run: what the network makes of them now, and made of them before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from astroview.core.messages.train_messages import Sampled
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.train.runs.picture_grid import PictureGrid, PictureRow, inside
from astroview.ui.train.runs.run_events import Story
from astroview.ui.train.runs.run_pictures import RunPictures
from astroview.ui.widgets.controls import dress, label
from astroview.ui.widgets.theme import Theme

COLUMNS = (noted("Before"), noted("Base model"), noted("Now"), noted("Truth"))
NOW = 2  # the column that changes


class PinnedSamples(QWidget):
    """A grid of crops, and a slider back to earlier steps; at its right end it follows the run."""

    def __init__(self, pictures: RunPictures, theme: Theme) -> None:
        super().__init__()
        self._folder = Path()
        self._steps: list[int] = []
        self._told: dict[int, list[Sampled]] = {}
        self._count = 0
        self.grid = PictureGrid(COLUMNS, pictures, theme)
        self._slider = dress(
            QSlider(Qt.Orientation.Horizontal), tip="Go back to earlier pictures", spoken="Step"
        )
        self._words = label("", "muted")
        self._none = label("", "muted", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label("Your frames", "heading"))
        head.addStretch(1)
        head.addWidget(self._words)
        self._slider.setMinimumWidth(120)
        self._slider.setMaximumWidth(260)
        head.addWidget(self._slider, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._none)
        column.addWidget(self.grid)
        self._slider.valueChanged.connect(self._scrubbed)
        self._draw()

    @property
    def following(self) -> bool:
        """Whether the latest pictures are on show, and those that come."""
        return self._slider.value() == self._slider.maximum()

    @property
    def step(self) -> int | None:
        """The step whose pictures are on show."""
        return self._steps[self._slider.value()] if self._steps else None

    def show_story(self, folder: Path, story: Story) -> None:
        """Show what a run sampled."""
        count = sum(len(told) for told in story.samples.values())
        if folder == self._folder and count == self._count:
            return
        follow = self.following or folder != self._folder
        before = self.step
        self._folder, self._told, self._count = folder, story.samples, count
        self._steps = sorted({s.step for told in story.samples.values() for s in told})
        self._slider.blockSignals(True)  # noqa: FBT003
        self._slider.setRange(0, max(len(self._steps) - 1, 0))
        kept = before in self._steps and not follow
        at = self._steps.index(before) if kept and before is not None else len(self._steps) - 1
        self._slider.setValue(max(at, 0))
        self._slider.blockSignals(False)  # noqa: FBT003
        self._draw()

    def scrub(self, step: int) -> None:
        """Show the pictures of a step."""
        self._slider.setValue(self._steps.index(step))

    def set_theme(self, theme: Theme) -> None:
        self.grid.set_theme(theme)

    def _scrubbed(self, _at: int) -> None:
        self._draw()

    def _draw(self) -> None:
        step = self.step
        self._slider.setVisible(len(self._steps) > 1)
        self._none.setVisible(step is None)
        self.grid.setVisible(step is not None)
        self._none.setText(tr("The first pictures come when the base model is scored."))
        if step is None:
            self._words.setText("")
            return
        latest = self.following and len(self._steps) > 1
        self._words.setText(
            tr("step {step:,} (latest)", step=step) if latest else tr("step {step:,}", step=step)
        )
        self.grid.show_rows(self._rows(step), NOW)

    def _rows(self, step: int) -> tuple[PictureRow, ...]:
        """The pictures of each crop at a step, or the last ones before it."""
        rows: list[PictureRow] = []
        for _, told in sorted(self._told.items()):
            until = [sample for sample in told if sample.step <= step] or told[:1]
            if until:
                rows.append(self._row(until[-1]))
        return tuple(rows)

    def _row(self, sample: Sampled) -> PictureRow:
        names = (sample.before, sample.base, sample.now, sample.truth)
        return PictureRow(tuple(inside(self._folder, name) for name in names))
