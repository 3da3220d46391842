"""The numbers of a run in a row: value above, name below."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.batch.batch_text import rough
from astroview.ui.enhance.device_names import DEVICE_NAMES
from astroview.ui.i18n.translate import local, noted, tr
from astroview.ui.train.runs.run_record import RunRecord
from astroview.ui.train.runs.run_state import State
from astroview.ui.widgets.controls import label

NAMES = (
    ("step", noted("Step")),
    ("left", noted("Left")),
    ("rate", noted("Pace")),
    ("memory", noted("Peak memory")),
    ("batch", noted("Batch")),
    ("frames", noted("Frames")),
    ("weights", noted("Weights learnt")),
    ("device", noted("Device")),
)
FIRST = 4  # that are always on show; the others need room
ROOM = 112  # of width a fact


@dataclass(frozen=True)
class Fact:
    """A value, and what it means in full."""

    value: str
    tip: str = ""


def facts_of(run: RunRecord) -> dict[str, Fact]:
    """What is known of a run, by the names of NAMES."""
    story = run.story
    begun, learnt, data = story.begun, story.learnt, story.data
    found: dict[str, Fact] = {}
    if begun:
        of = tr("of {steps:,}", steps=begun.steps) if begun.steps else ""
        found["step"] = Fact(local(f"{story.step:,}"), of)
        found["device"] = Fact(DEVICE_NAMES.get(begun.device, begun.device))
        if begun.processes > 1:
            found["device"] = Fact(f"{found['device'].value} × {begun.processes}")
        if begun.parameters:
            tip = tr(
                "{trained:,} of {parameters:,} numbers learn",
                trained=begun.trained,
                parameters=begun.parameters,
            )
            found["weights"] = Fact(local(f"{100 * begun.trained / begun.parameters:.3g} %"), tip)
    if learnt:
        found["rate"] = Fact(pace(learnt.rate), tr("Training steps a second"))
        found["memory"] = Fact(size(story.peak_memory), tr("Of the device; on a CPU, the program"))
        found["batch"] = Fact(f"{learnt.batch}" if learnt.batch else "–", tr("Samples a step"))
        if learnt.eta_s is not None and run.state is State.TRAINING:
            found["left"] = Fact(rough(learnt.eta_s))
    if data:
        learnt_from = tr(
            "{training:,} to learn from, {held_out:,} held out",
            training=data.training,
            held_out=data.held_out,
        )
        tip = f"{learnt_from}, {tr('{refused:,} refused', refused=data.refused)}"
        found["frames"] = Fact(local(f"{data.training:,} + {data.held_out:,}"), tip)
    return found


def pace(rate: float) -> str:
    """Steps a second, or seconds a step."""
    if rate <= 0:
        return "–"
    return local(f"{rate:.3g} / s") if rate >= 1 else tr("{rate:.3g} s each", rate=1 / rate)


def size(number: int) -> str:
    """Bytes for people."""
    if number <= 0:
        return "–"
    return local(f"{number / 2**30:.1f} GB") if number >= 2**30 else f"{number / 2**20:.0f} MB"


class Facts(QWidget):
    """Shows as many facts as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._cells: dict[str, QWidget] = {}
        self._values = {key: label("–") for key, _ in NAMES}
        for key, name in NAMES:
            cell = QWidget()
            column = QVBoxLayout(cell)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            value = self._values[key]
            font = QFont(value.font())
            font.setPointSizeF(font.pointSizeF() * 1.15)
            value.setFont(font)
            column.addWidget(value)
            column.addWidget(label(name, "muted"))
            self._cells[key] = cell
            row.addWidget(cell, 1)

    def show_run(self, run: RunRecord) -> None:
        """Show what is known of a run."""
        found = facts_of(run)
        for key, value in self._values.items():
            fact = found.get(key, Fact("–"))
            value.setText(fact.value)
            self._cells[key].setToolTip(fact.tip)

    def minimumSizeHint(self) -> QSize:
        """As little as the first facts need."""
        return QSize(FIRST * 60, super().minimumSizeHint().height())

    def resizeEvent(self, event: object) -> None:  # type: ignore[override]
        fits = max(self.width() // ROOM, FIRST)
        for at, (key, _) in enumerate(NAMES):
            self._cells[key].setVisible(at < fits)
