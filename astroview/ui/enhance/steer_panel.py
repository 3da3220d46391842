"""What steers the colorizer on the open frame, in the Enhance panel: variations and hints."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from astroview.core.colour_hints import Colouring
from astroview.ui.enhance.hint_bar import HintBar
from astroview.ui.enhance.measured_row import MeasuredRow
from astroview.ui.enhance.palette_thumbnails import VariationStrip
from astroview.ui.enhance.vividness_slider import VividnessSlider
from astroview.ui.i18n.translate import tr
from astroview.ui.widgets.controls import field
from astroview.ui.widgets.theme import Theme

NAME_WIDTH = 60  # pixels, as the rows above
PATTERNS = "*.png *.jpg *.jpeg *.tif *.tiff *.fits *.fit *.fts"


class SteerPanel(QWidget):
    """Thumbnails of the likeliest palettes, and the brush.

    Signals
    -------
    picture_chosen : Path; its palette shall be taken
    vividness_chosen : float; 1 is as usual
    measured_chosen : str; who measured the colours, as `SharedChoices.colour_from` has it
    """

    picture_chosen = Signal(object)
    vividness_chosen = Signal(float)
    measured_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.strip, self.hints = VariationStrip(theme), HintBar(theme)
        self.vividness, self.measured = VividnessSlider(), MeasuredRow()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.measured)
        column.addWidget(self.strip)
        column.addLayout(field("Vividness", self.vividness, NAME_WIDTH))
        column.addWidget(self.hints)
        self.vividness.chosen.connect(self.vividness_chosen)
        self.measured.chosen.connect(self.measured_chosen)
        self.strip.picture_wanted.connect(self.choose_picture)
        self.strip.picture_dropped.connect(self.picture_chosen)

    def choose_picture(self) -> None:
        """Ask for a picture whose palette is to be taken."""
        patterns = f"{tr('Pictures')} ({PATTERNS});;{tr('All files (*)')}"
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Take the palette of a picture"), "", patterns
        )
        if name:
            self.picture_chosen.emit(Path(name))

    def show_colouring(self, colouring: Colouring) -> None:
        """What is chosen for the frame."""
        self.strip.show_chosen(colouring.palette, colouring.reference)
        self.vividness.show_value(colouring.vividness)
        self.measured.show_choice(colouring.colour_from)
        self.hints.show_count(len(colouring.hints))

    def set_theme(self, theme: Theme) -> None:
        self.strip.set_theme(theme)
        self.hints.set_theme(theme)
