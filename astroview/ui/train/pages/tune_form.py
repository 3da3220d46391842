"""What a run of fine-tuning shall do: the choices at the right of a new run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from astroview.core.models.model_card import ModelCard, Task
from astroview.core.settings import TrainSettings
from astroview.ui.enhance import model_combo
from astroview.ui.enhance.device_names import DEVICE_NAMES
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.train.pages.collapsible import Fold
from astroview.ui.widgets.controls import NumberEdit, Segmented, combo, dress, field, label, section
from astroview.ui.widgets.theme import Theme

WIDTH = 74  # of the names of the fields
GOALS = (
    ("colour", noted("Colour"), noted("Colours that suit your frames better")),
    ("sharp", noted("Sharper"), noted("Sharpening that knows your frames' seeing and noise")),
    ("both", noted("Both"), noted("Two runs, one after the other")),
)
TIMES = (
    *(
        (5.0, noted("5 minutes")),
        (10.0, noted("10 minutes")),
        (20.0, noted("20 minutes")),
        (30.0, noted("30 minutes")),
    ),
    *(
        (60.0, noted("1 hour")),
        (120.0, noted("2 hours")),
        (240.0, noted("4 hours")),
        (480.0, noted("8 hours")),
    ),
    *((1440.0, noted("1 day")), (4320.0, noted("3 days"))),
)
MEMORY = (0.0, 2.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0)
METHODS = (
    ("full", noted("Every weight")),
    ("head", noted("The last layers")),
    ("adapter", noted("Low-rank adapter")),
)
METHOD_TIPS = {
    "full": noted("Learns most; the file is as large as the base model's"),
    "head": noted("Learns less and forgets less; needs little memory"),
    "adapter": noted("Small additions to frozen weights: a small file, little forgetting"),
}
# Name, attribute of TrainSettings, tooltip, least and most, what 0 stands for.
NUMBERS: tuple[tuple[str, str, str, float, float, str], ...] = (
    (noted("Rank"), "rank", noted("Of the adapter: more learns more, and makes a larger file"),
     1, 256, ""),
    (noted("Replay"), "replay",
     noted("Share of each batch that is not yours, so that nothing is forgotten"),
     0, 0.9, noted("None")),
    (noted("Rate"), "lr", noted("Learning rate; 0 takes the method's own"),
     0, 1, noted("The method's own")),
    (noted("Batch"), "batch", noted("Samples a step; 0 chooses by memory"),
     0, 4096, noted("By memory")),
    (noted("Steps"), "steps", noted("At most so many; 0 lets the time decide"),
     0, 1e9, noted("As the time allows")),
    (noted("Patience"), "patience",
     noted("Scores without gain after which it stops early; 0 never does"),
     0, 1000, noted("Never stops early")),
    (noted("Held out"), "held_out", noted("Share of the targets that only the scores see"),
     0.02, 0.8, ""),
    (noted("GAN"), "adversarial",
     noted("Weight of a critic: crisper, and less true; 0 trains without"),
     0, 1, noted("Without")),
    (noted("Seed"), "seed", noted("The same seed on the same machine learns the same"),
     0, 2**31, ""),
)  # fmt: skip
WHOLE = ("rank", "batch", "steps", "patience", "seed")


class Form(QWidget):
    """The choices; what it says is remembered.

    Signals
    -------
    chosen : `TrainSettings`; a choice changed
    """

    chosen = Signal(object)

    def __init__(self, cards: tuple[ModelCard, ...], start: TrainSettings, theme: Theme) -> None:
        super().__init__()
        self._kept = start
        self._goal = Segmented(GOALS)
        self._models: dict[Task, QComboBox] = {
            "colorize": combo("Model for colour", tip="The model that the run begins with"),
            "superres": combo("Model to sharpen", tip="The model that the run begins with"),
        }
        self._cards: dict[str, ModelCard] = {}
        self._minutes = combo(
            "Time", ((str(m), words) for m, words in TIMES), "What the training may take"
        )
        self._device = combo("Device", (("auto", "Automatic"),), "Where the network is trained")
        self._memory = combo("Memory", ((str(m), _memory(m)) for m in MEMORY), "The most to use")
        self._name = dress(QLineEdit(), spoken="Name of the run")
        self._name.setPlaceholderText(tr("As the folder"))
        self._method = combo("Method", METHODS)
        self._numbers = {key: NumberEdit(name, zero) for name, key, *_, zero in NUMBERS}
        self._shards = dress(
            QCheckBox(tr("Stream from files")),
            tip="For folders that do not fit into memory",
        )
        self._tensorboard = dress(
            QCheckBox(tr("TensorBoard logs")), tip="In the run folder, in tensorboard/"
        )
        self.fold = Fold(tr("Advanced"), tr("Method, rates, seed and more"), theme)
        self._rows: dict[str, QWidget] = {}
        self._lay_out()
        self.set_cards(cards)
        self.set_choices(start)
        self._connect()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        what, block = section("What shall be better", first=True)
        what.addWidget(self._goal)
        self._add(what, "Colour by", self._models["colorize"])
        self._add(what, "Sharpen by", self._models["superres"])
        outer.addWidget(block)
        how, block = section("How long, and where")
        self._add(how, "Time", self._minutes)
        self._add(how, "Device", self._device)
        self._add(how, "Memory", self._memory)
        self._add(how, "Name", self._name)
        outer.addWidget(block)
        more, block = section("")
        more.addWidget(self.fold)
        self._lay_out_fold(self.fold.rows)
        outer.addWidget(block)

    def _lay_out_fold(self, rows: QVBoxLayout) -> None:
        self._add(rows, "Method", self._method)
        self._about = label("", "muted", wrap=True)
        rows.addWidget(self._about)
        for name, key, tip, *_ in NUMBERS:
            self._numbers[key].setToolTip(tr(tip))
            self._add(rows, name, self._numbers[key])
        rows.addWidget(self._shards)
        rows.addWidget(self._tensorboard)

    def _add(self, rows: QVBoxLayout, name: str, control: QWidget) -> None:
        line = QWidget()
        inside = field(name, control, WIDTH)
        inside.setContentsMargins(0, 0, 0, 0)
        line.setLayout(inside)
        rows.addWidget(line)
        self._rows[name] = line

    def _connect(self) -> None:
        self._goal.chosen.connect(self._say)
        boxes = (*self._models.values(), self._minutes, self._device, self._memory, self._method)
        for box in boxes:
            box.activated.connect(self._say)
        for edit in self._numbers.values():
            edit.edited.connect(self._say)
        for tick in (self._shards, self._tensorboard, self.fold):
            tick.toggled.connect(self._say)

    # ---- what others call ----------------------------------------------------------------

    @property
    def choices(self) -> TrainSettings:
        """The choices as they stand."""
        numbers = {key: _within(key, self._numbers[key].number) for key in self._numbers}
        return replace(
            self._kept,
            goal=self._goal.value or "colour",
            colorizer=self._models["colorize"].currentData() or "",
            superres=self._models["superres"].currentData() or "",
            minutes=float(self._minutes.currentData()),
            device=self._device.currentData(),
            memory_gb=float(self._memory.currentData()),
            method=self._method.currentData(),
            shards=self._shards.isChecked(),
            tensorboard=self._tensorboard.isChecked(),
            unfolded=self.fold.unfolded,
            **numbers,
        )

    @property
    def name(self) -> str:
        """What the run is called; empty for the folder's name."""
        return self._name.text().strip()

    def models(self) -> dict[str, ModelCard | None]:
        """The chosen card of each task."""
        return {task: self._cards.get(box.currentData()) for task, box in self._models.items()}

    @property
    def problem(self) -> str:
        """Why a run cannot be started with these choices; empty when it can."""
        goal = self._goal.value
        for task, wanted in (("colorize", "colour"), ("superres", "sharp")):
            if goal in (wanted, "both") and self.models()[task] is None:
                return tr("There is no model to begin with; import one")
        return ""

    def set_cards(self, cards: tuple[ModelCard, ...]) -> None:
        """Offer the models that there are now."""
        self._cards = {card.id: card for card in cards}
        for task, box in self._models.items():
            chosen = box.currentData()
            box.clear()
            for card in model_combo.of_task(cards, task):
                if card.task == task:
                    model_combo.add(box, card)
            model_combo.choose(box, chosen)

    def set_choices(self, choices: TrainSettings) -> None:
        """Show choices that were made before."""
        self._kept = choices
        self._goal.set_value(choices.goal)
        model_combo.choose(self._models["colorize"], choices.colorizer)
        model_combo.choose(self._models["superres"], choices.superres)
        _choose_near(self._minutes, choices.minutes, lambda m: tr("{m:g} minutes", m=m))
        _choose_near(self._memory, choices.memory_gb, _memory)
        if self._device.findData(choices.device) < 0:
            self._device.addItem(DEVICE_NAMES.get(choices.device, choices.device), choices.device)
        _choose(self._device, choices.device)
        _choose(self._method, choices.method)
        for key, edit in self._numbers.items():
            edit.set_number(getattr(choices, key))
        self._shards.setChecked(choices.shards)
        self._tensorboard.setChecked(choices.tensorboard)
        self.fold.unfold(choices.unfolded)
        self._show_dependent()

    def set_devices(self, names: tuple[str, ...], default: str) -> None:
        """Offer the devices that there are."""
        chosen = self._device.currentData()
        self._device.clear()
        name = DEVICE_NAMES.get(default, default)
        self._device.addItem(tr("Automatic ({name})", name=name), "auto")
        for name in names:
            self._device.addItem(DEVICE_NAMES.get(name, name), name)
        _choose(self._device, chosen)

    def suggest_name(self, name: str) -> None:
        """What the run is called when nothing is typed."""
        self._name.setPlaceholderText(name or tr("As the folder"))

    def forget_name(self) -> None:
        """The next run has another name."""
        self._name.clear()

    def set_theme(self, theme: Theme) -> None:
        self.fold.set_theme(theme)

    # ---- inside --------------------------------------------------------------------------

    def _show_dependent(self) -> None:
        goal, method = self._goal.value, self._method.currentData()
        self._rows["Colour by"].setVisible(goal in ("colour", "both"))
        self._rows["Sharpen by"].setVisible(goal in ("sharp", "both"))
        self._rows["Rank"].setVisible(method == "adapter")
        self._about.setText(tr(METHOD_TIPS[method]))

    def _say(self, *_: object) -> None:
        choices = self.choices
        for key, edit in self._numbers.items():
            if edit.number != getattr(choices, key):
                edit.set_number(getattr(choices, key))
        self._show_dependent()
        if choices != self._kept:
            self._kept = choices
            self.chosen.emit(choices)


def _within(key: str, number: float) -> float | int:
    """A number as its setting allows it."""
    low, high = next((low, high) for _, name, _, low, high, _ in NUMBERS if name == key)
    number = min(max(number, low), high)
    return round(number) if key in WHOLE else float(number)


def _memory(gigabytes: float) -> str:
    return f"{gigabytes:g} GB" if gigabytes else tr("Automatic")


def _choose(box: QComboBox, value: object) -> None:
    box.setCurrentIndex(max(box.findData(value), 0))


def _choose_near(box: QComboBox, value: float, words: Callable[[float], str]) -> None:
    """Choose a number, which a file may have as no list offers it."""
    if box.findData(str(value)) < 0:
        box.addItem(words(value), str(value))
    _choose(box, str(value))
