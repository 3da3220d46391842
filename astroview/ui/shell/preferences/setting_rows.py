"""The settings that the dialog shows, as a table, and the control of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QWidget

from astroview.core.settings import Settings
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.widgets.controls import combo, dress

Keep = Callable[[Settings], object]
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SettingRow:
    """One setting.

    Attributes
    ----------
    place
        Where it is in `Settings`: "view.stretch".
    choices
        Values and their words; () for a tick, a number with ``bounds`` or a text.
    """

    page: str
    place: str
    text: str
    choices: Choices = ()
    bounds: tuple[float, float, str] | None = None
    tip: str = ""


OPENED, FILES, MEMORY = noted("New frames"), noted("Files"), noted("Memory and disk")
MOUSE, LOOKS = noted("Mouse"), noted("Appearance")
STRETCHES: Choices = (
    ("auto", noted("Automatic")), ("linear", noted("linear")), ("asinh", "asinh"), ("log", "log"),
    ("sqrt", noted("square root")), ("histogram", noted("equalised histogram")), ("mtf", "MTF"),
)  # fmt: skip
LIMITS: Choices = (
    ("auto", noted("Automatic")), ("zscale", "zscale"), ("percentile", noted("percentiles")),
    ("minmax", noted("all values")),
)  # fmt: skip
FORMATS: Choices = (
    ("fits", "FITS"), ("tiff", "TIFF"), ("png", "PNG"), ("xisf", "XISF"), ("jpeg", "JPEG"),
)  # fmt: skip
AMOUNTS: Choices = (
    ("", noted("What the machine can spare")), ("2GB", "2 GB"), ("4GB", "4 GB"), ("8GB", "8 GB"),
    ("16GB", "16 GB"), ("32GB", "32 GB"), ("64GB", "64 GB"),
)  # fmt: skip
ROWS = (
    SettingRow(OPENED, "view.stretch", noted("Stretch"), STRETCHES),
    SettingRow(OPENED, "view.limits", noted("Limits"), LIMITS),
    SettingRow(
        *(OPENED, "view.trust", noted("Hide detail below S/N"), ()),
        bounds=(0, 1000, ""), tip=noted("Of results with intervals; 0 shows all detail"),
    ),
    SettingRow(FILES, "last_folder", noted("Folder to begin in")),
    SettingRow(FILES, "save_format", noted("Save results as"), FORMATS),
    SettingRow(
        *(FILES, "batch.pattern", noted("Name of a batch's results")),
        tip=noted("{stem} is the frame's name, {folder} its folder's, {method} and {scale} what was"
                  " done"),
    ),
    SettingRow(FILES, "view.trust_saved", noted("Save results without hidden detail")),
    SettingRow(
        *(MEMORY, "session_gb", noted("Kept sessions, at most")), bounds=(0.1, 1e5, " GB"),
        tip=noted("Oldest results are dropped first when there are more"),
    ),
    SettingRow(MEMORY, "batch.memory", noted("Memory of a batch, at most"), AMOUNTS),
    SettingRow(
        *(MOUSE, "gestures", noted("A left drag")),
        (("photo", noted("moves the picture")), ("ds9", noted("points, as in DS9"))),
    ),
    SettingRow(
        *(LOOKS, "theme", noted("Theme")),
        (("system", noted("As the system")), ("light", noted("Light")), ("dark", noted("Dark"))),
    ),
    SettingRow(
        *(LOOKS, "language", noted("Language")),
        (("system", noted("As the system")), ("en", "English"), ("de", "Deutsch")),
        tip=noted("It changes when astroview starts again"),
    ),
    SettingRow(*(LOOKS, "text_percent", noted("Size of text")), bounds=(75, 200, " %")),
)  # fmt: skip


def value_of(settings: Settings, place: str) -> Any:
    """What stands at a place."""
    group, _, name = place.rpartition(".")
    return getattr(getattr(settings, group) if group else settings, name)


def with_value(settings: Settings, place: str, value: Any) -> Settings:
    """Settings with something else there."""
    group, _, name = place.rpartition(".")
    if not group:
        return replace(settings, **{name: value})
    return replace(settings, **{group: replace(getattr(settings, group), **{name: value})})


def control(row: SettingRow, value: Any, changed: Callable[[Any], object]) -> QWidget:
    """What shows and changes a setting."""
    if row.choices:
        return _list(row, value, changed)
    if row.bounds is not None:
        return _number(row, float(value), changed)
    if isinstance(value, bool):
        tick = dress(QCheckBox(), tip=row.tip, spoken=row.text)
        tick.setChecked(value)
        tick.clicked.connect(changed)
        return tick
    line = dress(QLineEdit(str(value)), tip=row.tip, spoken=row.text)
    line.editingFinished.connect(lambda: changed(line.text().strip()))
    return line


def _list(row: SettingRow, value: Any, changed: Callable[[Any], object]) -> QComboBox:
    box = combo(row.text, row.choices, row.tip)
    if box.findData(value) < 0:
        box.addItem(str(value), value)
    box.setCurrentIndex(box.findData(value))
    box.activated.connect(lambda _: changed(box.currentData()))
    return box


def _number(row: SettingRow, value: float, changed: Callable[[Any], object]) -> QDoubleSpinBox:
    assert row.bounds is not None
    low, high, unit = row.bounds
    box = dress(QDoubleSpinBox(), tip=row.tip, spoken=row.text)
    box.setDecimals(0 if unit == " %" else 1)
    box.setRange(low, high)
    box.setSingleStep(5 if unit == " %" else 1)
    box.setSuffix(unit)
    box.lineEdit().setTextMargins(7, 0, 7, 0)
    box.setKeyboardTracking(False)  # while it is typed, nothing is taken
    box.setValue(value)
    box.valueChanged.connect(changed)
    return box


def words_of(row: SettingRow) -> str:
    """All words of a row, for a search."""
    said = (row.text, row.tip, row.page, *(text for _, text in row.choices))
    return " ".join(map(tr, said)).casefold()
