"""What a batch does with its frames: chosen once, the same for all."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from astroview.core.errors import AstroviewError
from astroview.core.models import ModelCard, Task
from astroview.core.naming import check_name, expand, name_words
from astroview.core.settings import BatchSettings
from astroview.core.wording import sentences
from astroview.ui import icons, offered, scales
from astroview.ui.batch.plan import AUTO
from astroview.ui.enhance_panel import DEVICE_NAMES
from astroview.ui.palette_picker import PalettePicker
from astroview.ui.theme import Theme
from astroview.ui.widgets import (
    Segmented,
    beside,
    combo,
    dress,
    field,
    label,
    repolish,
    section,
    tool,
)
from astroview.ui.words import noted, tr

FORMATS = (
    ("", noted("As each frame")),
    ("fits", "FITS"),
    ("tiff", noted("TIFF, 16 bit")),
    ("png", noted("PNG, 16 bit")),
)
MEMORY = ("", "2GB", "4GB", "8GB", "16GB", "32GB", "64GB")
OFF = "off"
WIDTH = 62  # of the names of the fields
PATTERN_TIP = noted(
    "Name of the results. {stem}: the frame's own name; {method}: colour, superres or combined; "
    "{scale}: x1, x2; also {palette} and {folder}"
)
INCLUDE_TIP = noted(
    "Names to take, such as *.fits; several with spaces between. Empty: every frame"
)
FORMAT_TIP = noted("FITS for FITS; otherwise a picture of 16 bit")
WATCH_TIP = noted(
    "Stay, and enhance frames that come into the folders later, once they are complete"
)
BANDS_TIP = noted(
    "Frames of one field in several filters become one frame in their true colours; the others "
    "are enhanced as usual. Not while folders are watched: more of a set may come"
)


class OptionsStrip(QWidget):
    """The choices of a batch.

    Signals
    -------
    chosen : `BatchSettings`; a choice changed
    folder_chosen : the output folder as typed or picked
    listing_changed : other frames may be meant now: sub-folders, patterns of names
    """

    chosen = Signal(object)
    folder_chosen = Signal(str)
    listing_changed = Signal()

    def __init__(self, cards: tuple[ModelCard, ...], start: BatchSettings, theme: Theme) -> None:
        super().__init__()
        self._cards = cards
        self._colour = combo("Colour", tip="Which network paints, if any")
        self._superres = combo("Super-resolver", tip="Which network sharpens")
        self._palette = PalettePicker()
        self._scale = Segmented(scales.choices(cards))
        self._paints = label(offered.PAINTS, "painted", wrap=True)
        self._device = combo("Device", (("auto", "Automatic"),), "Where the networks run")
        self._memory = combo("Memory", ((m, _memory(m)) for m in MEMORY), "The most to use of it")
        self._format = combo("Format", FORMATS, FORMAT_TIP)
        self._folder = dress(QLineEdit(), spoken="Output folder")
        self._folder.setPlaceholderText(tr("Beside the frames"))
        self._browse = tool("Choose the output folder", self._choose_folder)
        self._pattern = dress(QLineEdit(), tip=PATTERN_TIP, spoken="Name of the results")
        self._example = label("", "muted", wrap=True)
        self._include = dress(QLineEdit(), tip=INCLUDE_TIP, spoken="Only names like")
        self._include.setPlaceholderText(tr("Every frame"))
        self._recursive = QCheckBox(tr("Sub-folders too"))
        self._watch = dress(QCheckBox(tr("Watch for new frames")), tip=WATCH_TIP)
        self._bands = dress(QCheckBox(tr("Compose bands of one field")), tip=BANDS_TIP)
        self._lay_out()
        self._kept = start
        self._fill(start)
        self._connect()
        self.set_theme(theme)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        what = self._section(outer, "Enhance", first=True)
        self._superres_row = QWidget()
        model = field("Model", self._superres, WIDTH)
        model.setContentsMargins(0, 0, 0, 0)
        self._superres_row.setLayout(model)
        what.addLayout(field("Colour", self._colour, WIDTH))
        what.addLayout(field("Palette", self._palette, WIDTH))
        what.addLayout(field("Sharpen", self._scale, WIDTH))
        what.addWidget(self._superres_row)
        self._paints_row = beside(self._paints, WIDTH)
        what.addWidget(self._paints_row)
        what.addLayout(field("Device", self._device, WIDTH))
        what.addLayout(field("Memory", self._memory, WIDTH))
        results = self._section(outer, "Results")
        folder = field("Folder", self._folder, WIDTH)
        folder.addWidget(self._browse)
        results.addLayout(folder)
        results.addLayout(field("Format", self._format, WIDTH))
        results.addLayout(field("Name", self._pattern, WIDTH))
        results.addWidget(beside(self._example, WIDTH))
        which = self._section(outer, "Frames")
        which.addLayout(field("Only", self._include, WIDTH))
        which.addWidget(beside(self._recursive, WIDTH))
        which.addWidget(beside(self._bands, WIDTH))
        which.addWidget(beside(self._watch, WIDTH))

    def _section(self, outer: QVBoxLayout, title: str, first: bool = False) -> QVBoxLayout:
        rows, block = section(title, first=first)
        outer.addWidget(block)
        return rows

    def _fill(self, start: BatchSettings) -> None:
        self._offer(start)
        self._scale.set_value("1")
        self._scale.set_value(str(start.scale))
        self._offer_superres(start.superres)
        if start.device != "auto":
            self._device.addItem(DEVICE_NAMES.get(start.device, start.device), start.device)
        _choose(self._device, start.device)
        _choose(self._memory, start.memory)
        _choose(self._format, start.format)
        self._pattern.setText(start.pattern)
        self._include.setText(start.include)
        self._recursive.setChecked(start.recursive)
        self._show_example()
        self._watch.setChecked(start.watch)
        self._bands.setChecked(start.bands and not start.watch)

    def _offer(self, start: BatchSettings) -> None:
        """The colorizers, the first one being what is taken where nobody chose."""
        colorizers = self._of("colorize")
        usual = offered.first(colorizers)
        self._colour.clear()
        for card in colorizers:
            offered.add(self._colour, card, AUTO if card is usual else card.id)
        if colorizers == [usual]:
            self._colour.setItemText(0, tr("Painted"))
        self._colour.addItem(tr("Off"), OFF)
        offered.choose(self._colour, start.colorizer if start.colour else OFF)
        self._colour.setEnabled(bool(colorizers))
        self._show_palettes(start.palette)

    def _show_palettes(self, palette: str) -> None:
        card = self._colorizer
        self._palette.show_card(card or offered.first(self._of("colorize")), palette)
        self._palette.setEnabled(card is not None)

    def _offer_superres(self, chosen: str) -> None:
        """The super-resolvers of the magnification, if there is a choice."""
        fits = [c for c in self._of("superres") if str(c.scale) == self._scale.value]
        usual = offered.first(fits)
        self._superres.clear()
        for card in fits:
            offered.add(self._superres, card, AUTO if card is usual else card.id)
        offered.choose(self._superres, chosen)
        self._superres_row.setVisible(len(fits) > 1 or any(card.illustrative for card in fits))
        self._show_paints()

    def _show_paints(self) -> None:
        """Say it where an illustrative model is chosen."""
        chosen = self._superres.currentData()
        paints = any(card.id == chosen and card.illustrative for card in self._cards)
        self._paints_row.setVisible(paints)

    def _of(self, task: Task) -> list[ModelCard]:
        return offered.of_task(self._cards, task)

    @property
    def _colorizer(self) -> ModelCard | None:
        """The one that is chosen; None when nothing is to be painted."""
        chosen = self._colour.currentData()
        colorizers = self._of("colorize")
        if chosen == AUTO:
            return offered.first(colorizers)
        return next((card for card in colorizers if card.id == chosen), None)

    def _connect(self) -> None:
        self._colour.activated.connect(lambda _: self._show_palettes(self._palette.chosen))
        self._superres.activated.connect(lambda _: self._show_paints())
        self._scale.chosen.connect(lambda _: self._offer_superres(self._superres.currentData()))
        for box in (
            *(self._colour, self._palette, self._superres),
            *(self._device, self._memory, self._format),
        ):
            box.activated.connect(self._say)
        self._scale.chosen.connect(self._say)
        self._pattern.editingFinished.connect(self._say)
        self._pattern.textEdited.connect(lambda _: self._show_example())
        self._watch.toggled.connect(lambda on: self._instead(self._bands, on))
        self._bands.toggled.connect(lambda on: self._instead(self._watch, on))
        self._recursive.toggled.connect(self._say)
        self._include.editingFinished.connect(self._say)
        self._folder.editingFinished.connect(lambda: self.folder_chosen.emit(self.folder))

    def _instead(self, other: QCheckBox, on: bool) -> None:
        """A set of bands is complete only where nothing more is to come."""
        if on:
            with QSignalBlocker(other):
                other.setChecked(False)
        self._say()

    # ---- what others call ----------------------------------------------------------------

    @property
    def choices(self) -> BatchSettings:
        """The choices as they stand."""
        colorizer = self._colour.currentData()
        return BatchSettings(
            colour=colorizer != OFF,
            colorizer=AUTO if colorizer == OFF else colorizer,
            superres=self._superres.currentData() or AUTO,
            palette=self._palette.chosen,
            scale=int(self._scale.value or 1),
            format=self._format.currentData(),
            pattern=self._pattern.text().strip() or BatchSettings().pattern,
            device=self._device.currentData(),
            memory=self._memory.currentData(),
            recursive=self._recursive.isChecked(),
            include=" ".join(self._include.text().replace(",", " ").split()),
            watch=self._watch.isChecked(),
            bands=self._bands.isChecked(),
        )

    @property
    def folder(self) -> str:
        """The output folder; empty for the suggested one."""
        return self._folder.text().strip()

    def set_folder(self, folder: str) -> None:
        """Show an output folder."""
        self._folder.setText(folder)
        self._folder.setToolTip(folder)
        self._folder.setCursorPosition(0)

    def set_choices(self, choices: BatchSettings) -> None:
        """Show choices that were made before."""
        self._kept = choices
        with (
            QSignalBlocker(self._watch),
            QSignalBlocker(self._recursive),
            QSignalBlocker(self._bands),
        ):
            self._fill(choices)

    def set_cards(self, cards: tuple[ModelCard, ...]) -> None:
        """Offer other models; what was chosen stays chosen if it is still there."""
        choices = self.choices
        self._cards = cards
        self._offer(choices)
        self._scale.offer(scales.choices(cards))
        if str(choices.scale) not in (value for value, *_ in scales.choices(cards)):
            self._scale.set_value("1")
        self._offer_superres(choices.superres)
        self._say()

    def set_devices(self, names: tuple[str, ...], default: str) -> None:
        """Offer the devices that there are."""
        chosen = self._device.currentData()
        self._device.clear()
        self._device.addItem(tr(f"Automatic ({DEVICE_NAMES.get(default, default)})"), "auto")
        for name in names:
            self._device.addItem(DEVICE_NAMES.get(name, name), name)
        _choose(self._device, chosen)

    @property
    def problem(self) -> str:
        """What is wrong with the choices; empty when they can be used."""
        try:
            check_name(self.choices.pattern)
        except AstroviewError as error:
            return error.message
        nothing_named = self._superres.count() > 0 and self._superres.currentIndex() < 0
        return tr("Choose a model to sharpen with") if nothing_named else ""

    def set_theme(self, theme: Theme) -> None:
        self._browse.setIcon(icons.icon("folder", theme))

    # ---- inside --------------------------------------------------------------------------

    def _show_example(self) -> None:
        """How a result will be called, or what is wrong with the pattern."""
        choices, wrong = self.choices, self.problem
        words = name_words(scale=choices.scale, colour=choices.colour, palette=choices.palette)
        name = "" if wrong else expand(choices.pattern, "m31", "night", words)
        suffix = choices.format or "fits"
        self._example.setText(sentences(wrong) if wrong else tr(f"Such as {name}.{suffix}"))
        self._pattern.setProperty("wrong", bool(wrong))
        repolish(self._pattern)

    def _say(self) -> None:
        choices, before = self.choices, self._kept
        if choices == before:
            return
        self._kept = choices
        self._show_example()
        self.chosen.emit(choices)
        if (choices.recursive, choices.include) != (before.recursive, before.include):
            self.listing_changed.emit()

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder for the results"), self.folder)
        if chosen:
            self.set_folder(str(Path(chosen)))
            self.folder_chosen.emit(self.folder)


def _memory(amount: str) -> str:
    return f"{amount[:-2]} GB" if amount else "Automatic"


def _choose(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(max(box.findData(value), 0))
