"""The controls for how a frame looks: histogram, limits, stretch, colours, tone, marks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from astroview.core.colour.stretch import Stretch
from astroview.core.colour.tone import Tone
from astroview.ui.bands.band_rows import BandRows
from astroview.ui.display.colour_map_picker import ColourPicker
from astroview.ui.display.histogram import Histogram, ToneCurve
from astroview.ui.display.tone_rows import ToneRows
from astroview.ui.documents.document import LoadedFile
from astroview.ui.documents.session import Selection
from astroview.ui.i18n.translate import local, tr
from astroview.ui.render import display_settings, rendering
from astroview.ui.render.colour_maps import next_key
from astroview.ui.render.display_settings import Display
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import (
    NumberEdit,
    combo,
    dress,
    field,
    label,
    nice,
    section,
    tool,
)
from astroview.ui.widgets.theme import Theme

SLIDER = 500


class DisplayPanel(QWidget):
    """Shows and edits a `Display`; says ``changed`` with each new one."""

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._display = Display(Stretch())
        self._loaded: LoadedFile | None = None
        self._painted = False
        rows, block = section("", first=True)
        self._reset = tool("Automatic display (R)", self.reset)
        self._histogram = Histogram(theme)
        self._bands = BandRows()
        self._method = combo("Limits", display_settings.METHODS)
        self._kind = combo("Stretch", display_settings.KIND_NAMES)
        self._low, self._high = NumberEdit("Black"), NumberEdit("White")
        self._boost = dress(QSlider(Qt.Orientation.Horizontal), spoken="Boost")
        self._boost.setMaximum(SLIDER)
        self._boost_value = label("", "muted")
        self._colours = ColourPicker()
        self._colour_row = QWidget()
        self._tone = ToneRows(theme)
        self._toggles = {
            "mark_no_data": tool(
                "Mark what is no measurement: no data, cosmic rays, dead pixels (N)",
                self._flip_no_data,
            ),
            "mark_saturated": tool("Mark saturated pixels in red (X)", self._flip_saturated),
            "invert": tool("Invert: dark stars on a bright sky (I)", self._flip),
        }
        for button in self._toggles.values():
            button.setCheckable(True)
        self._lay_out(rows)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.addWidget(block)
        self._connect()
        self.set_theme(theme)
        self.clear()

    def _lay_out(self, rows: QVBoxLayout) -> None:
        top = QHBoxLayout()
        top.addWidget(label("Display", "heading"), 1)
        top.setSpacing(2)
        for button in self._toggles.values():
            top.addWidget(button)
        top.addWidget(self._reset)
        rows.addLayout(top)
        rows.addWidget(self._histogram)
        limits = QHBoxLayout()
        limits.setSpacing(8)
        self._low.setToolTip(tr("The value shown as black"))
        self._high.setToolTip(tr("The value shown as white"))
        self._high.setAlignment(Qt.AlignmentFlag.AlignRight)
        limits.addWidget(self._low)
        limits.addWidget(self._high)
        rows.addLayout(limits)
        rows.addSpacing(2)
        rows.addWidget(self._bands)
        rows.addLayout(field("Limits", self._method, 60))
        rows.addLayout(field("Stretch", self._kind, 60))
        boost = field("Boost", self._boost, 60)
        self._boost_value.setMinimumWidth(self.fontMetrics().horizontalAdvance("0.00000"))
        self._boost_value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        boost.addWidget(self._boost_value)
        rows.addLayout(boost)
        colours = field("Colours", self._colours, 60)
        colours.setContentsMargins(0, 0, 0, 0)
        self._colour_row.setLayout(colours)
        rows.addWidget(self._colour_row)
        rows.addWidget(self._tone)

    def _connect(self) -> None:
        self._histogram.limits_dragged.connect(self.set_limits)
        self._histogram.midtone_dragged.connect(self._set_midtone)
        self._low.edited.connect(lambda low: self.set_limits(low, self._high.number))
        self._high.edited.connect(lambda high: self.set_limits(self._low.number, high))
        self._bands.chosen.connect(self._band_chosen)
        self._bands.linked.connect(
            lambda on: self._take(display_settings.linked(self._display, on))
        )
        self._bands.joint.connect(
            lambda on: self._take(display_settings.with_joint(self._display, on))
        )
        self._method.activated.connect(self._set_method)
        self._kind.activated.connect(self._set_kind)
        self._boost.valueChanged.connect(self._set_boost)
        self._colours.activated.connect(lambda: self.set_colour_map(self._colours.chosen))
        self._tone.changed.connect(self.set_tone)

    # ---- what others call ------------------------------------------------------------

    def show_selection(self, selection: Selection | None) -> None:
        """Show how what is looked at is displayed."""
        if selection is None:
            self.clear()
            return
        document, painted = selection.document, selection.frame.chroma is not None
        self.show_frame(document.display, document.loaded, painted)

    def show_frame(self, shown: Display, loaded: LoadedFile, painted: bool = False) -> None:
        """Show the choices of a frame; ``painted``: a model coloured what is on screen."""
        if self._loaded is None or self._loaded.frame is not loaded.frame:
            self._bands.choose_all()
        self._loaded, self._painted = loaded, painted
        self._histogram.show_counts(loaded.counts)
        self.setEnabled(True)
        self._bands.setVisible(loaded.frame.channels == 3)
        self._colour_row.setVisible(loaded.frame.channels == 1)
        self._colours.setEnabled(not painted)
        why = tr("Not on colour that a model painted") if painted else tr("Colour map (C, Shift+C)")
        self._colours.setToolTip(why)
        level = loaded.saturation
        known = (
            tr("Mark saturated pixels, from {level}, in red (X)", level=nice(level))
            if level
            else ""
        )
        self._toggles["mark_saturated"].setEnabled(level is not None)
        self._toggles["mark_saturated"].setToolTip(
            known or tr("Neither header nor data type tell from where on pixels are saturated")
        )
        self._show(shown)

    def add_below(self, widget: QWidget) -> None:
        """Put another panel of display choices below."""
        self._outer.addWidget(widget)

    def change(self, wanted: Display) -> None:
        """Take a display that another panel made, as if it were made here."""
        self._take(wanted)

    def show_display(self, shown: Display) -> None:
        """Show other choices for the same frame, without saying so."""
        self._show(shown)

    @property
    def mapped(self) -> bool:
        """Whether colour maps apply to what is on screen."""
        grey = self._loaded is not None and self._loaded.frame.channels == 1
        return grey and not self._painted

    def clear(self) -> None:
        """No frame is open."""
        self._loaded = None
        self._histogram.show_counts(None)
        self._bands.hide()
        self.setEnabled(False)
        self._low.clear()  # last: an edit that the keyboard leaves writes its number again
        self._high.clear()

    def set_theme(self, theme: Theme) -> None:
        self._histogram.set_theme(theme)
        self._tone.set_theme(theme)
        self._reset.setIcon(icons.icon("auto", theme))
        for name, picture in ICONS.items():
            self._toggles[name].setIcon(icons.icon(picture, theme))

    def reset(self) -> None:
        """Back to the automatic display."""
        if self._loaded:
            self._take(self._loaded.opening)

    def unfold_tone(self) -> None:
        """Show gamma, contrast and bias."""
        self._tone.unfold()

    def set_invert(self, on: bool) -> None:
        """Dark stars on a bright sky."""
        self._take(replace(self._display, invert=on))

    def set_no_data(self, on: bool) -> None:
        """Mark pixels without data."""
        self._take(replace(self._display, mark_no_data=on))

    def set_saturated(self, on: bool) -> None:
        """Mark saturated pixels, where their level is known."""
        self._take(replace(self._display, mark_saturated=on))

    def set_kind(self, kind: str) -> None:
        """Choose a stretch by its key."""
        self._kind.setCurrentIndex(self._kind.findData(kind))
        self._set_kind()

    def set_method(self, method: str) -> None:
        """Choose where the limits come from by its key."""
        self._show_method(method)
        self._set_method()

    def set_limits(self, low: float, high: float) -> None:
        """Choose what is black and what is white, of the channel that is edited."""
        if low == high:
            self._show(self._display)
            return
        low, high = min(low, high), max(low, high)
        self._take(display_settings.with_limits(self._display, low, high, self._bands.band))

    def set_colour_map(self, key: str) -> None:
        """Choose a colour map by its key; grey frames only."""
        if self.mapped:
            self._take(replace(self._display, colour_map=key))

    def offer_colour_maps(self) -> None:
        """Other maps are there."""
        self._colours.offer()

    def step_colour_map(self, step: int) -> None:
        """The next colour map, or the one before."""
        self.set_colour_map(next_key(self._display.colour_map, step))

    def set_tone(self, tone: Tone) -> None:
        """Contrast, bias and gamma."""
        self._take(replace(self._display, tone=tone))

    # ---- changes ---------------------------------------------------------------------

    def _band_chosen(self) -> None:
        if self._bands.band is not None and self._display.bands is None:
            self._take(display_settings.linked(self._display, on=False))
        self._show(self._display)

    def _set_midtone(self, value: float) -> None:
        self._take(display_settings.with_midtone(self._display, value, self._bands.band))

    def _flip(self) -> None:
        self.set_invert(not self._display.invert)

    def _flip_no_data(self) -> None:
        self.set_no_data(not self._display.mark_no_data)

    def _flip_saturated(self) -> None:
        self.set_saturated(not self._display.mark_saturated)

    def _set_method(self) -> None:
        if self._loaded:
            method, samples = self._method.currentData(), self._loaded.samples
            self._take(
                display_settings.with_method(self._display, method, samples, self._loaded.opening)
            )

    def _show_method(self, method: str) -> None:
        """Choose a method in the list; one with numbers of its own is added to it."""
        if self._method.findData(method) < 0:
            self._method.addItem(tr(display_settings.method_name(method)), method)
        self._method.setCurrentIndex(self._method.findData(method))

    def _set_kind(self) -> None:
        if self._loaded:
            kind, samples = self._kind.currentData(), self._loaded.samples
            self._take(
                display_settings.with_kind(self._display, kind, samples, self._loaded.opening)
            )

    def _set_boost(self, value: int) -> None:
        stretch = display_settings.stretch_of(self._display, self._bands.band)
        if round(display_settings.boost_of(stretch) * SLIDER) != value:
            self._take(display_settings.with_boost(self._display, value / SLIDER, self._bands.band))

    def _take(self, wanted: Display) -> None:
        if not self.isEnabled():
            return
        differs = wanted != self._display
        self._show(wanted)
        if differs:
            self.changed.emit(wanted)

    def _show(self, shown: Display) -> None:
        self._display = shown
        self._bands.show_state(shown.bands is None, shown.joint)
        stretch = display_settings.stretch_of(shown, self._bands.band)
        self._histogram.show_curve(curve(shown, self._bands.band, self.mapped))
        self._low.set_number(stretch.low)
        self._high.set_number(stretch.high)
        self._show_method(shown.method)
        self._kind.setCurrentIndex(self._kind.findData(stretch.kind))
        for name, button in self._toggles.items():
            button.setChecked(getattr(shown, name))
        boosted = stretch.kind in display_settings.BOOST
        self._boost.setEnabled(boosted)
        self._boost.setValue(round(display_settings.boost_of(stretch) * SLIDER))
        self._boost_value.setText(local(f"{stretch.parameter:.3g}") if boosted else "–")
        what = tr(
            "{kind} parameter {parameter}", kind=stretch.kind, parameter=nice(stretch.parameter)
        )
        self._boost.setToolTip(
            tr("Lifts faint light ({what})", what=what) if boosted else tr("Not used here")
        )
        self._colours.choose(shown.colour_map)
        self._tone.show_tone(shown.tone)


ICONS = {"mark_no_data": "no_data", "mark_saturated": "saturated", "invert": "invert"}


def curve(shown: Display, band: int | None, mapped: bool) -> ToneCurve:
    """What the histogram shows of a display."""
    stretch = display_settings.stretch_of(shown, band)
    grey = display_settings.look(replace(shown, stretch=stretch, bands=None, joint=False), 1, None)
    if not mapped:
        grey = replace(grey, colour_map="grey")

    def u(values: NDArray[np.float32]) -> NDArray[np.float32]:
        return shown.tone.apply(stretch.forward(values))

    def colours(values: NDArray[np.float32]) -> NDArray[np.uint32]:
        return rendering.colours_of(values, grey)

    midtone = display_settings.midtone_of(shown, band)
    return ToneCurve(stretch.low, stretch.high, midtone, band, u, colours)
