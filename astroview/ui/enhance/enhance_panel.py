"""What to enhance a frame with, the button, and how far it is."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QProgressBar, QPushButton, QVBoxLayout, QWidget

from astroview.core.colour_hints import Colouring
from astroview.core.messages.worker_messages import Progress
from astroview.core.models.model_card import ModelCard, Task
from astroview.core.options import EnhanceOptions
from astroview.ui.documents.document import Used
from astroview.ui.documents.session import Selection
from astroview.ui.documents.session_jobs import SessionJob, progress_text
from astroview.ui.enhance import model_combo, scale_choices
from astroview.ui.enhance.device_names import DEVICE_NAMES
from astroview.ui.enhance.palette_picker import PalettePicker
from astroview.ui.enhance.steer_panel import SteerPanel
from astroview.ui.i18n.translate import local, noted, tr
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import Segmented, beside, combo, dress, field, label, section
from astroview.ui.widgets.theme import Theme

OFF = "off"
HEADING = 3  # items of a section before its rows: rule, gap, heading
NAMES = 60  # pixels of the rows' names
PAINTED = noted("A network painted this colour: a guess, not a measurement.")
TEXTURED = noted("A network painted this texture: to look at, not to measure.")


class EnhancePanel(QWidget):
    """Choices and progress of an enhancement. The button and how far it is are in ``foot``, which
    stands below what scrolls: what the window is for is always in sight.

    Signals
    -------
    enhance : `EnhanceOptions`; the button was pressed
    cancel
    chosen : `EnhanceOptions`; a choice changed (to be remembered)
    palette_chosen : a palette's name, picked from the list
    colorizer_changed
        Another network paints.
    sharpening_changed
        Another magnification, network or quality was chosen, or whether noise stays.
    """

    enhance = Signal(object)
    cancel = Signal()
    chosen = Signal(object)
    palette_chosen = Signal(str)
    colorizer_changed = Signal()
    sharpening_changed = Signal()

    def __init__(self, cards: tuple[ModelCard, ...], start: EnhanceOptions, theme: Theme) -> None:
        super().__init__()
        self._cards = {card.id: card for card in cards}
        self._running = False
        self._ready, self._grey, self._linear = False, True, True
        rows, block = section("Enhance")
        self._rows = rows
        self._colorizer = combo("Colour", tip="Paints colour on grey frames")
        self._palette = PalettePicker()
        self._colouring = Colouring(start.palette)
        self.steer = SteerPanel(theme)
        self.scale = Segmented(scale_choices.choices(cards))
        self._quality = Segmented(scale_choices.QUALITIES)
        self.superres = combo("Super-resolver", tip="Which network sharpens")
        # Not kept for the next start: exact flux is what one gets without asking.
        self.denoise = QCheckBox(tr("Leave the noise out"))
        self._device = combo("Device", tip="Where the networks run")
        self.button = dress(QPushButton(tr("Enhance")), "primary")
        self._bar = QProgressBar(textVisible=False, maximum=1000)
        self._state = label("", "muted", wrap=True)
        self.foot = dress(QWidget(), "panel")
        self._paints = label(model_combo.PAINTS, "painted", wrap=True)
        self._painted = label("", "painted", wrap=True)
        self._used = label("", "muted", wrap=True)
        self._lay_out(rows)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(block)
        self._fill(start)
        self._connect()
        self.set_theme(theme)
        self.show_used(None)
        self._update()

    def _lay_out(self, rows: QVBoxLayout) -> None:
        rows.addLayout(field("Colour", self._colorizer, NAMES))
        rows.addLayout(field("Palette", self._palette, NAMES))
        rows.addWidget(self.steer)
        rows.addLayout(field("Sharpen", self.scale, NAMES))
        model = field("Model", self.superres, NAMES)
        model.setContentsMargins(0, 0, 0, 0)
        self.superres_row = QWidget()
        self.superres_row.setLayout(model)
        rows.addWidget(self.superres_row)
        self._paints_row = beside(self._paints, NAMES)
        rows.addWidget(self._paints_row)
        quality = field("Quality", self._quality, NAMES)
        quality.setContentsMargins(0, 0, 0, 0)
        self._quality_row = QWidget()
        self._quality_row.setLayout(quality)
        rows.addWidget(self._quality_row)
        self._denoise_row = beside(self.denoise, NAMES)
        rows.addWidget(self._denoise_row)
        rows.addLayout(field("Device", self._device, NAMES))
        rows.addWidget(self._painted)
        rows.addWidget(self._used)
        below = QVBoxLayout(self.foot)
        below.setContentsMargins(14, 10, 14, 12)
        below.setSpacing(8)
        for part in (self.button, self._bar, self._state):
            below.addWidget(part)

    def _fill(self, start: EnhanceOptions) -> None:
        self._offer(start)
        self._quality.set_value(start.quality)
        self.denoise.setChecked(start.denoise)
        self.data_quality = start.data_quality
        self._device.addItem(tr(DEVICE_NAMES["auto"]), "auto")
        if start.device != "auto":
            self._device.addItem(DEVICE_NAMES[start.device], start.device)
            self._device.setCurrentIndex(1)

    def _offer(self, start: EnhanceOptions) -> None:
        """Fill in the models, and choose as ``start`` has it where that is there."""
        colorizers = self._of("colorize")
        self._colorizer.clear()
        self._colorizer.addItem(tr("Off"), OFF)
        for card in colorizers:
            model_combo.add(self._colorizer, card)
        usual = model_combo.first(colorizers)
        places = [self._colorizer.findData(k) for k in (start.colorizer, usual and usual.id)]
        off = start.colorizer is None
        self._colorizer.setCurrentIndex(0 if off else next((n for n in places if n > 0), 0))
        self._offer_scales(start.superres)
        self._palette.show_card(self._card(), start.palette)

    def _offer_scales(self, wanted: str | None) -> None:
        """The magnifications that there are models for; that of the wanted model is chosen."""
        superres = self._of("superres")
        self.scale.offer(scale_choices.choices(superres))
        least = min((card.scale for card in superres if not card.illustrative), default=1)
        chosen = next((card.scale for card in superres if card.id == wanted), least)
        self.scale.set_value(str(chosen) if wanted else "1")
        self.scale.setEnabled(bool(superres))
        self._offer_superres(wanted)

    def _offer_superres(self, wanted: str | None) -> None:
        """The models of the chosen magnification; of the least one while it is off."""
        superres = self._of("superres")
        least = min((card.scale for card in superres), default=1)
        scale = max(int(self.scale.value), least)
        fits = [card for card in superres if card.scale == scale]
        self.superres.clear()
        for card in fits:
            model_combo.add(self.superres, card)
        model_combo.choose(self.superres, wanted)
        self.superres_row.setVisible(len(fits) > 1 or any(card.illustrative for card in fits))

    def _connect(self) -> None:
        self.button.clicked.connect(self._press)
        self._colorizer.activated.connect(self._colorizer_chosen)
        self._device.activated.connect(self._say)
        self.superres.activated.connect(self._sharpening_chosen)
        self._palette.activated.connect(self._palette_picked)
        self.scale.chosen.connect(lambda _: self._offer_superres(None))
        for choice in (self.scale, self._quality):
            choice.chosen.connect(self._sharpening_chosen)
        self.denoise.clicked.connect(self._sharpening_chosen)

    # ---- what others call ------------------------------------------------------------

    def add_on_top(self, widget: QWidget) -> None:
        """Put something between the heading and the choices."""
        self._rows.insertWidget(HEADING, widget)

    def set_cards(self, cards: tuple[ModelCard, ...]) -> None:
        """Offer other models; what was chosen stays chosen if it is still there."""
        before = self.options
        self._cards = {card.id: card for card in cards}
        self._offer(before)
        self.show_colouring(self._colouring)
        self._update()
        if self.options != before:
            self.chosen.emit(self.options)
        if self.options.colorizer != before.colorizer:
            self.colorizer_changed.emit()

    def take(self, options: EnhanceOptions) -> None:
        """Choose so, as if by hand. What steers the colour of a frame stays."""
        before = self.options
        self._offer(options)
        self._quality.set_value(options.quality)
        self.denoise.setChecked(options.denoise)
        self.data_quality = options.data_quality
        self._device.setCurrentIndex(max(self._device.findData(options.device), 0))
        self.show_colouring(self._colouring)
        self._say()
        now = self.options
        if now.colorizer != before.colorizer:
            self.colorizer_changed.emit()
        elif replace(now, device="auto") != replace(before, device="auto"):
            self.sharpening_changed.emit()

    @property
    def options(self) -> EnhanceOptions:
        """The choices as they stand."""
        colorizer = self._colorizer.currentData()
        sharpen = self.scale.value != "1" and self.superres.count() > 0
        return EnhanceOptions(
            colorizer=None if colorizer == OFF else colorizer,
            superres=self.superres.currentData() if sharpen else None,
            palette=self._colouring.palette,
            vividness=self._colouring.vividness,
            colour_from=self._colouring.colour_from,
            device=self._device.currentData(),
            quality="best" if self._quality.value == "best" else "fast",
            hints=self._colouring.hints,
            reference=self._colouring.reference,
            data_quality=self.data_quality,
            denoise=sharpen and not self._must_keep_noise() and self.denoise.isChecked(),
        )

    def set_data_quality(self, on: bool) -> None:
        """Whether what a file's own planes call bad is kept from networks."""
        if on is not self.data_quality:
            self.data_quality = on
            self._sharpening_chosen()

    @property
    def can_steer(self) -> bool:
        """Whether colour will be painted on the frame that is open."""
        return self._ready and self._grey and self._colorizer.currentData() != OFF

    def show_colouring(self, colouring: Colouring) -> None:
        """What steers the colour of the frame that is open."""
        self._colouring = colouring
        self._palette.show_choice(colouring.palette, colouring.reference)
        self.steer.show_colouring(colouring)

    @property
    def survey(self) -> str:
        """The user's set of palettes that the chosen one is of; empty where it is of none."""
        return self._palette.survey_of(self._colouring.palette)

    def tell_chosen(self) -> None:
        """Say the choices, as if one was made here."""
        self.chosen.emit(self.options)

    def set_devices(self, names: tuple[str, ...], default: str) -> None:
        """Offer the devices that the worker found."""
        chosen = self._device.currentData()
        self._device.clear()
        best = DEVICE_NAMES.get(default, default)
        self._device.addItem(tr("Automatic ({best})", best=best), "auto")
        for name in names:
            self._device.addItem(DEVICE_NAMES.get(name, name), name)
        self._device.setCurrentIndex(max(self._device.findData(chosen), 0))

    def show_selection(self, selection: Selection | None) -> None:
        """Offer what can be done with the frame that is looked at; tell what a result is."""
        if selection is None:
            self.set_ready(ready=False)
        else:
            frame = selection.document.frame
            grey, linear = frame.channels == 1, frame.kind == "linear"
            self.set_ready(ready=True, grey=grey, linear=linear)
        result = selection.result if selection else None
        self.show_used(result.used if result else None)

    def set_ready(self, ready: bool, grey: bool = True, linear: bool = True) -> None:
        """Whether a frame is open that can be enhanced, and whether it is grey and measured."""
        self._ready, self._grey, self._linear = ready, grey, linear
        self._update()

    def show_job(self, job: SessionJob | None) -> None:
        """The enhancement under way, if one is, and how far it is."""
        if job is None or job.progress is None:
            self.set_running(job.name if job else None)
        else:
            self.show_progress(job.progress)

    def set_running(self, name: str | None) -> None:
        """A job on the frame of that name runs, or none does."""
        self._running = name is not None
        self._bar.setRange(0, 0)  # busy until the first progress
        self._state.setText(tr("Preparing {name} …", name=name) if name else "")
        self._update()

    def show_progress(self, progress: Progress) -> None:
        self._bar.setRange(0, 1000)
        self._bar.setValue(round(1000 * progress.done / max(progress.of, 1)))
        self._state.setText(progress_text(progress))

    def set_cancelling(self) -> None:
        """Cancel was asked for and not answered yet."""
        self.button.setEnabled(False)
        self._state.setText(tr("Stopping …"))

    def show_used(self, used: Used | None) -> None:
        """Tell what the shown result was made with; None when it is no result."""
        words = [PAINTED] if used and used.painted and not used.measured else []
        words += [TEXTURED] if used and used.textured else []
        known = used.measured if used else ""
        said = [tr("This colour was measured by {known}.", known=known)] if known else []
        self._painted.setText("\n".join([*said, *map(tr, words)]))
        self._painted.setVisible(bool(self._painted.text()))
        self._used.setVisible(used is not None and bool(used.lines))
        if used:
            self._used.setText(local("\n".join(used.lines)))

    def set_theme(self, theme: Theme) -> None:
        filled = icons.on_accent("enhance", theme)
        self._icons = {"primary": filled, "cancel": icons.icon("cancel", theme)}
        self.steer.set_theme(theme)
        self._update()

    def press(self) -> None:
        """As if the button were pressed."""
        if self.button.isEnabled():
            self._press()

    def stop(self) -> bool:
        """End the work under way; whether there was some."""
        if self._running:
            self.press()
            return True
        return False

    # ---- inside ----------------------------------------------------------------------

    def _of(self, task: Task) -> list[ModelCard]:
        return model_combo.of_task(self._cards.values(), task)

    def _card(self) -> ModelCard | None:
        return self._cards.get(self._colorizer.currentData())

    def _colorizer_chosen(self) -> None:
        self._palette.show_card(self._card(), self._colouring.palette)
        self.show_colouring(self._colouring)
        self._say()
        self.colorizer_changed.emit()

    def _sharpening_chosen(self, *_: object) -> None:
        self._say()
        self.sharpening_changed.emit()

    def _palette_picked(self) -> None:
        if not self._palette.is_picture:
            self._colouring = self._colouring.with_palette(self._palette.chosen)
            self._say()
            self.palette_chosen.emit(self._palette.chosen)

    def _say(self) -> None:
        self._update()
        self.chosen.emit(self.options)

    def _press(self) -> None:
        if self._running:
            self.set_cancelling()
            self.cancel.emit()
        else:
            self.enhance.emit(self.options)

    def _update(self) -> None:
        options = self.options
        something = options.superres is not None or (options.colorizer is not None and self._grey)
        self.button.setEnabled(self._running or (self._ready and something))
        self.button.setObjectName("cancel" if self._running else "primary")
        self.button.setText(tr("Cancel") if self._running else tr("Enhance"))
        self.button.setIcon(self._icons["cancel" if self._running else "primary"])
        self.button.setToolTip(tr("Stop (Esc)") if self._running else self._why_not(something))
        self.button.style().unpolish(self.button)
        self.button.style().polish(self.button)
        self.steer.setVisible(self.can_steer)
        self._quality_row.setVisible(options.superres is not None)
        self._denoise_row.setVisible(options.superres is not None)
        sharpens = self._cards.get(options.superres or "")
        self._paints_row.setVisible(sharpens is not None and sharpens.illustrative)
        self.denoise.setEnabled(not self._must_keep_noise())
        self.denoise.setToolTip(tr(self._must_keep_noise() or model_combo.DENOISE))
        self._bar.setVisible(self._running)
        self._state.setVisible(self._running)

    def _must_keep_noise(self) -> str:
        """Why the noise cannot be left out; empty when it can."""
        card = self._cards.get(self.superres.currentData())
        if not self._linear:
            return model_combo.NOT_LINEAR
        return "" if card and card.denoises else model_combo.NOT_LEARNT

    def _why_not(self, something: bool) -> str:
        if not self._cards:
            return tr("No models are installed")
        if not self._ready:
            return tr("Open a frame first")
        return tr("Enhance the frame (Ctrl+E)") if something else tr("Choose colour or sharpening")
