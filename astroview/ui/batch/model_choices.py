"""What is done to the frames of a batch: colour, sharpening, and where it is computed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from astroview.core.models.model_card import ModelCard, Task
from astroview.core.settings import BatchSettings
from astroview.core.sky_colour.surveys import ANY, SURVEYS, in_short
from astroview.ui.batch.batch_plan import AUTO
from astroview.ui.enhance import model_combo, scale_choices
from astroview.ui.enhance.device_names import DEVICE_NAMES
from astroview.ui.enhance.model_combo import NOT_LEARNT
from astroview.ui.enhance.palette_picker import PalettePicker
from astroview.ui.enhance.scale_choices import QUALITIES
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.widgets.controls import Segmented, beside, combo, dress, field, label, section

MEMORY = ("", "2GB", "4GB", "8GB", "16GB", "32GB", "64GB")
OFF = "off"
VALUES = (
    ("auto", noted("By the unit")),
    ("sum", noted("Sums of pixels")),
    ("mean", noted("Means of pixels")),
)
VALUES_TIP = noted(
    "What magnified FITS hold. A unit per pixel (adu, electron) needs sums of the fine samples, so"
    " that apertures, gains and zero points hold; a surface brightness needs means."
)
QUALITY_TIP = noted(
    "What the DQ, mask or error planes of a frame's file call bad is kept from networks, and given"
    " back as it is"
)
WIDTH = 62  # of the names of the fields
DENOISE = noted(
    "What is sharpened comes without the noise, for looking, not for measuring: flux is kept within"
    " the noise, and no interval is given. Pictures, whose noise is not known, keep it."
)


MEASURED_TIP = noted(
    "Colours that somebody measured come before guessed ones. A survey is asked for the field of"
    " each frame that says where on the sky it is; the others fail."
)


class ModelChoices(QWidget):
    """The section “Enhance” of a batch's choices.

    Signals
    -------
    chosen
        A choice changed.
    """

    chosen = Signal()

    def __init__(self, cards: tuple[ModelCard, ...], start: BatchSettings) -> None:
        super().__init__()
        self._cards = cards
        self._colour = combo("Colour", tip="Which network paints, if any")
        self.superres = combo("Super-resolver", tip="Which network sharpens")
        self._palette = PalettePicker()
        self._measured = combo("Where colours come from", tip=MEASURED_TIP)
        for name, words in (("", tr("Guessed")), (ANY, tr("Survey, the first that has it"))):
            self._measured.addItem(words, name)
        for survey in SURVEYS.values():
            self._measured.addItem(survey.title, survey.name)
        self.scale = Segmented(scale_choices.choices(cards))
        self._paints = label(model_combo.PAINTS, "painted", wrap=True)
        self._quality = Segmented(QUALITIES)
        self.denoise = QCheckBox(tr("Leave the noise out"))
        self._flagged = dress(QCheckBox(tr("Use data quality")), tip=QUALITY_TIP)
        self._values = combo("Values", VALUES, VALUES_TIP)
        self._device = combo("Device", (("auto", "Automatic"),), "Where the networks run")
        self._memory = combo("Memory", ((m, _memory(m)) for m in MEMORY), "The most to use of it")
        self._lay_out()
        self.show_choices(start)
        self._connect()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        rows, block = section("Enhance", first=True)
        outer.addWidget(block)
        self.superres_row = QWidget()
        model = field("Model", self.superres, WIDTH)
        model.setContentsMargins(0, 0, 0, 0)
        self.superres_row.setLayout(model)
        self._paints_row = beside(self._paints, WIDTH)
        self._quality_row = QWidget()
        quality = field("Quality", self._quality, WIDTH)
        quality.setContentsMargins(0, 0, 0, 0)
        self._quality_row.setLayout(quality)
        self._denoise_row = beside(self.denoise, WIDTH)
        rows.addLayout(field("Colour", self._colour, WIDTH))
        rows.addLayout(field("Palette", self._palette, WIDTH))
        rows.addLayout(field("Colours of", self._measured, WIDTH))
        rows.addLayout(field("Sharpen", self.scale, WIDTH))
        for row in (self.superres_row, self._paints_row, self._quality_row, self._denoise_row):
            rows.addWidget(row)
        self._flagged_row = beside(self._flagged, WIDTH)
        rows.addWidget(self._flagged_row)
        self._values_row = QWidget()
        values = field("Values", self._values, WIDTH)
        values.setContentsMargins(0, 0, 0, 0)
        self._values_row.setLayout(values)
        rows.addWidget(self._values_row)
        rows.addLayout(field("Device", self._device, WIDTH))
        rows.addLayout(field("Memory", self._memory, WIDTH))

    def _connect(self) -> None:
        self._colour.activated.connect(lambda _: self._show_palettes(self._palette.chosen))
        self.superres.activated.connect(lambda _: self._show_what_it_does())
        self.scale.chosen.connect(lambda _: self._offer_superres(self.superres.currentData()))
        for box in (self._colour, self._palette, self._measured, self.superres, self._values):
            box.activated.connect(self.chosen)
        for box in (self._device, self._memory):
            box.activated.connect(self.chosen)
        for buttons in (self.scale, self._quality):
            buttons.chosen.connect(self.chosen)
        for tick in (self.denoise, self._flagged):
            tick.clicked.connect(self.chosen)

    # ---- what others call ----------------------------------------------------------------

    def within(self, choices: BatchSettings) -> BatchSettings:
        """A batch's choices with these among them."""
        colorizer = self._colour.currentData()
        return replace(
            choices,
            colour=colorizer != OFF,
            colorizer=AUTO if colorizer == OFF else colorizer,
            superres=self.superres.currentData() or AUTO,
            palette=self._palette.chosen,
            colour_from=self._measured.currentData(),
            scale=int(self.scale.value or 1),
            quality="best" if self._quality.value == "best" else "fast",
            denoise=self.denoise.isChecked() and self._sharpener_denoises,
            data_quality=self._flagged.isChecked(),
            values=self._values.currentData(),
            device=self._device.currentData(),
            memory=self._memory.currentData(),
        )

    def show_choices(self, choices: BatchSettings) -> None:
        """Show choices that were made before."""
        self._offer(choices)
        self.scale.set_value("1")
        self.scale.set_value(str(choices.scale))
        self._quality.set_value(choices.quality)
        self.denoise.setChecked(choices.denoise)
        self._flagged.setChecked(choices.data_quality)
        if self._measured.findData(choices.colour_from) < 0:  # a picture, or several
            self._measured.addItem(in_short(choices.colour_from), choices.colour_from)
        choose(self._measured, choices.colour_from)
        choose(self._values, choices.values)
        self._offer_superres(choices.superres)
        if self._device.findData(choices.device) < 0:
            name = DEVICE_NAMES.get(choices.device, choices.device)
            self._device.addItem(name, choices.device)
        choose(self._device, choices.device)
        choose(self._memory, choices.memory)

    def set_cards(self, cards: tuple[ModelCard, ...], choices: BatchSettings) -> None:
        """Offer other models; what was chosen stays chosen if it is still there."""
        self._cards = cards
        self._offer(choices)
        self.scale.offer(scale_choices.choices(cards))
        if str(choices.scale) not in (value for value, *_ in scale_choices.choices(cards)):
            self.scale.set_value("1")
        self._offer_superres(choices.superres)

    def set_devices(self, names: tuple[str, ...], default: str) -> None:
        """Offer the devices that there are."""
        chosen = self._device.currentData()
        self._device.clear()
        self._device.addItem(
            tr("Automatic ({get})", get=DEVICE_NAMES.get(default, default)), "auto"
        )
        for name in names:
            self._device.addItem(DEVICE_NAMES.get(name, name), name)
        choose(self._device, chosen)

    @property
    def nothing_named(self) -> bool:
        """Whether all models of this magnification must be named, and none is."""
        return self.superres.count() > 0 and self.superres.currentIndex() < 0

    # ---- inside --------------------------------------------------------------------------

    def _offer(self, start: BatchSettings) -> None:
        """The colorizers, the first one being what is taken where nobody chose."""
        colorizers = self._of("colorize")
        usual = model_combo.first(colorizers)
        self._colour.clear()
        for card in colorizers:
            model_combo.add(self._colour, card, AUTO if card is usual else card.id)
        if colorizers == [usual]:
            self._colour.setItemText(0, tr("Painted"))
        self._colour.addItem(tr("Off"), OFF)
        model_combo.choose(self._colour, start.colorizer if start.colour else OFF)
        self._colour.setEnabled(bool(colorizers))
        self._show_palettes(start.palette)

    def _show_palettes(self, palette: str) -> None:
        card = self._chosen(self._colour, self._of("colorize"))
        self._palette.show_card(card or model_combo.first(self._of("colorize")), palette)
        self._palette.setEnabled(card is not None)

    def _offer_superres(self, chosen: str) -> None:
        """The super-resolvers of the magnification, if there is a choice."""
        fits = self._fitting()
        usual = model_combo.first(fits)
        self.superres.clear()
        for card in fits:
            model_combo.add(self.superres, card, AUTO if card is usual else card.id)
        model_combo.choose(self.superres, chosen)
        self.superres_row.setVisible(len(fits) > 1 or any(card.illustrative for card in fits))
        self._show_what_it_does()

    def _show_what_it_does(self) -> None:
        """Say it where an illustrative model is chosen; offer to leave the noise out where the
        model learnt that.
        """
        card = self._chosen(self.superres, self._fitting())
        self._paints_row.setVisible(card is not None and card.illustrative)
        rows = (self._quality_row, self._denoise_row, self._values_row, self._flagged_row)
        for row in rows:
            row.setVisible(self.scale.value != "1")
        self.denoise.setEnabled(self._sharpener_denoises)
        self.denoise.setToolTip(tr(DENOISE if self._sharpener_denoises else NOT_LEARNT))

    @property
    def _sharpener_denoises(self) -> bool:
        card = self._chosen(self.superres, self._fitting())
        return card is not None and card.denoises

    def _fitting(self) -> list[ModelCard]:
        """The super-resolvers of the chosen magnification."""
        return [card for card in self._of("superres") if str(card.scale) == self.scale.value]

    def _of(self, task: Task) -> list[ModelCard]:
        return model_combo.of_task(self._cards, task)

    def _chosen(self, box: QComboBox, cards: list[ModelCard]) -> ModelCard | None:
        """The card that is chosen in a list; None where that is off or nothing."""
        chosen = box.currentData()
        if chosen == AUTO:
            return model_combo.first(cards)
        return next((card for card in cards if card.id == chosen), None)


def choose(box: QComboBox, value: str) -> None:
    """Choose what has a value; the first row where nothing has."""
    box.setCurrentIndex(max(box.findData(value), 0))


def _memory(amount: str) -> str:
    return f"{amount[:-2]} GB" if amount else "Automatic"
