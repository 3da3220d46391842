"""What a batch does with its frames: chosen once, the same for all."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from astroview.core.errors import AstroviewError
from astroview.core.io.paths.file_names import check_name, expand, name_words
from astroview.core.models.model_card import ModelCard
from astroview.core.settings import BatchSettings
from astroview.core.texts import sentences
from astroview.ui.batch.model_choices import WIDTH, ModelChoices, choose
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import (
    beside,
    combo,
    dress,
    field,
    label,
    repolish,
    section,
    tool,
)
from astroview.ui.widgets.theme import Theme

FORMATS = (
    ("", noted("As each frame")),
    ("fits", "FITS"),
    ("tiff", noted("TIFF, 16 bit")),
    ("png", noted("PNG, 16 bit")),
    ("xisf", "XISF"),
    ("jpeg", "JPEG"),
)
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
        self.models = ModelChoices(cards, start)
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
        outer.addWidget(self.models)
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

    def _section(self, outer: QVBoxLayout, title: str) -> QVBoxLayout:
        rows, block = section(title)
        outer.addWidget(block)
        return rows

    def _fill(self, start: BatchSettings) -> None:
        choose(self._format, start.format)
        self._pattern.setText(start.pattern)
        self._include.setText(start.include)
        self._recursive.setChecked(start.recursive)
        self._show_example()
        self._watch.setChecked(start.watch)
        self._bands.setChecked(start.bands and not start.watch)

    def _connect(self) -> None:
        self.models.chosen.connect(self._say)
        self._format.activated.connect(self._say)
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
        rest = BatchSettings(
            format=self._format.currentData(),
            pattern=self._pattern.text().strip() or BatchSettings().pattern,
            recursive=self._recursive.isChecked(),
            include=" ".join(self._include.text().replace(",", " ").split()),
            watch=self._watch.isChecked(),
            bands=self._bands.isChecked(),
        )
        return self.models.within(rest)

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
            self.models.show_choices(choices)
            self._fill(choices)

    def set_cards(self, cards: tuple[ModelCard, ...]) -> None:
        """Offer other models; what was chosen stays chosen if it is still there."""
        self.models.set_cards(cards, self.choices)
        self._say()

    @property
    def problem(self) -> str:
        """What is wrong with the choices; empty when they can be used."""
        try:
            check_name(self.choices.pattern)
        except AstroviewError as error:
            return error.message
        return tr("Choose a model to sharpen with") if self.models.nothing_named else ""

    def set_theme(self, theme: Theme) -> None:
        self._browse.setIcon(icons.icon("folder", theme))

    # ---- inside --------------------------------------------------------------------------

    def _show_example(self) -> None:
        """How a result will be called, or what is wrong with the pattern."""
        choices, wrong = self.choices, self.problem
        words = name_words(scale=choices.scale, colour=choices.colour, palette=choices.palette)
        name = "" if wrong else expand(choices.pattern, "m31", "night", words)
        suffix = choices.format or "fits"
        self._example.setText(
            sentences(wrong) if wrong else tr("Such as {name}.{suffix}", name=name, suffix=suffix)
        )
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
