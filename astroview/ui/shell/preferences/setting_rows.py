"""The settings that the dialog shows, as a table, and the control of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from astroview.core.lazy_dataclass import dataclass
from astroview.core.settings import Settings
from astroview.core.sky_services.sky_questions import SERVERS
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.widgets.controls import combo, dress
from astroview.ui.widgets.decimal_box import DecimalBox

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
    nothing
        What is shown where it is 0 or empty.
    """

    page: str
    place: str
    text: str
    choices: Choices = ()
    bounds: tuple[float, float, str] | None = None
    tip: str = ""
    nothing: str = ""


OPENED, FILES, MEMORY = noted("New frames"), noted("Files"), noted("Memory and disk")
MOUSE, LOOKS, NETWORK = noted("Mouse"), noted("Appearance"), noted("Network")
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
USUAL = noted("what is usual for each service")
SERVER = noted("An address such as a mirror's; empty is the usual one")
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
    SettingRow(LOOKS, "font", noted("Font"), tip=noted("A font of this computer")),
    SettingRow(
        *(NETWORK, "network.offline", noted("Work offline")),
        tip=noted("No survey, catalogue, name or web address is asked, only this computer"),
    ),
    SettingRow(
        *(NETWORK, "network.seconds", noted("Wait for an answer, at most")), bounds=(0, 3600, " s"),
        nothing=USUAL,
    ),
    SettingRow(
        *(NETWORK, "network.megabytes", noted("Size of an answer, at most")),
        bounds=(0, 1e5, " MB"), nothing=USUAL,
    ),
    SettingRow(
        *(NETWORK, "network.hips2fits", noted("Server of surveys' pictures")), tip=SERVER,
        nothing=SERVERS["ASTROVIEW_HIPS2FITS"],
    ),
    SettingRow(
        *(NETWORK, "network.sesame", noted("Server of objects' names")), tip=SERVER,
        nothing=SERVERS["ASTROVIEW_SESAME"],
    ),
    SettingRow(
        *(NETWORK, "network.cone", noted("Server of catalogues")), tip=SERVER,
        nothing=SERVERS["ASTROVIEW_CONE"],
    ),
    SettingRow(
        *(NETWORK, "network.simbad", noted("Server of SIMBAD")), tip=SERVER,
        nothing=SERVERS["ASTROVIEW_SIMBAD"],
    ),
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
    if row.place == "font":
        return _fonts(row, value, changed)
    if row.choices:
        return _list(row, value, changed)
    if row.bounds is not None:
        return _number(row, float(value), changed)
    if isinstance(value, bool):
        tick = dress(QCheckBox(), tip=row.tip, spoken=row.text)
        tick.setChecked(value)
        tick.clicked.connect(lambda: changed(tick.isChecked()))
        return tick
    line = dress(QLineEdit(str(value)), tip=row.tip, spoken=row.text)
    line.setPlaceholderText(row.nothing)
    line.editingFinished.connect(lambda: changed(line.text().strip()))
    return line


def _list(row: SettingRow, value: Any, changed: Callable[[Any], object]) -> QComboBox:
    box = combo(row.text, row.choices, row.tip)
    if box.findData(value) < 0:
        box.addItem(str(value), value)
    box.setCurrentIndex(box.findData(value))
    box.activated.connect(lambda _: changed(box.currentData()))
    return box


def _fonts(row: SettingRow, value: str, changed: Callable[[Any], object]) -> QComboBox:
    families = ((name, name) for name in QFontDatabase.families() if not name.startswith("."))
    return _list(replace(row, choices=(("", noted("As the system")), *families)), value, changed)


def _number(row: SettingRow, value: float, changed: Callable[[Any], object]) -> DecimalBox:
    assert row.bounds is not None
    low, high, unit = row.bounds
    box = dress(DecimalBox(), tip=row.tip, spoken=row.text)
    box.setDecimals(0 if unit == " %" else 1)
    box.setRange(low, high)
    box.setSingleStep(5 if unit == " %" else 1)
    box.setSuffix(unit)
    box.setSpecialValueText(tr(row.nothing) if row.nothing else "")
    box.lineEdit().setTextMargins(7, 0, 7, 0)
    box.setKeyboardTracking(False)  # while it is typed, nothing is taken
    box.setValue(value)
    box.valueChanged.connect(changed)
    return box


def words_of(row: SettingRow) -> str:
    """All words of a row, for a search."""
    said = (row.text, row.tip, row.page, *(text for _, text in row.choices))
    return " ".join(map(tr, said)).casefold()
