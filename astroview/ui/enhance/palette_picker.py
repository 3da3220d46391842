"""The colorizer's palettes with their swatches."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QComboBox

from astroview.core.colour_hints import AUTO, Reference
from astroview.core.models.model_card import ModelCard, Palette
from astroview.core.models.palette_set import MARK, PaletteSet, palette_shelf
from astroview.ui.i18n.translate import tr
from astroview.ui.widgets.controls import dress, slim

WIDTH, HEIGHT = 44, 14
FROM_PICTURE = "from a picture"


class PalettePicker(QComboBox):
    """Palettes of a model's card; the first choice leaves it to the model."""

    def __init__(self) -> None:
        super().__init__()
        self._sets: tuple[PaletteSet, ...] = ()
        dress(self, tip="The convention of colour to paint in", spoken="Palette")
        slim(self)
        self.setIconSize(QSize(WIDTH, HEIGHT))

    def show_card(self, card: ModelCard | None, chosen: str) -> None:
        """Offer a card's palettes and choose one by name where it has it."""
        self.clear()
        self.addItem(tr("Automatic"), AUTO)
        self._sets = palette_shelf().sets() if card else ()
        for one in self._sets:
            self.addItem(swatches(one.typical[0]), one.name, one.name)
            for palette in one.typical:
                self.addItem(swatches(palette), palette.name, palette.name)
        if self._sets:
            self.insertSeparator(self.count())
        for palette in card.palettes if card else ():
            self.addItem(swatches(palette), title(palette.name), palette.name)
        self.setCurrentIndex(max(self.findData(chosen), 0))
        self.setEnabled(card is not None)

    def show_choice(self, palette: str, reference: Reference | None) -> None:
        """Show what is chosen: a palette of the card, or one taken from a picture."""
        self.removeItem(self.findData(FROM_PICTURE))
        if reference:
            strip = Palette(reference.name, reference.code, reference.swatches)
            self.addItem(swatches(strip), reference.name, FROM_PICTURE)
        wanted = FROM_PICTURE if reference else palette
        if self.findData(wanted) < 0:  # of the model's bank, of a set, or gone
            self.addItem(title(wanted), wanted)
        self.setCurrentIndex(max(self.findData(wanted), 0))

    def survey_of(self, palette: str) -> str:
        """The name of the user's set that a palette is of; empty where it is the model's own."""
        first = palette.partition(MARK)[0]
        return next((one.name for one in self._sets if one.name in (palette, first)), "")

    @property
    def is_picture(self) -> bool:
        """Whether the palette is one taken from a picture."""
        return self.currentData() == FROM_PICTURE

    @property
    def chosen(self) -> str:
        return AUTO if self.is_picture else self.currentData() or AUTO


def title(name: str) -> str:
    """A palette's name for people."""
    return tr(spelled(name))


def spelled(name: str) -> str:
    """A palette's name as a list begins it: the id of its text."""
    return name[:1].upper() + name[1:].replace("_", " ")


def swatches(palette: Palette) -> QIcon:
    """A strip of the palette's colours, dark to bright; empty without any."""
    if not palette.swatches:
        return QIcon()
    ratio = 2
    picture = QPixmap(WIDTH * ratio, HEIGHT * ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(0, 0, WIDTH * ratio, HEIGHT * ratio), 6, 6)
    painter.setClipPath(shape)
    step = WIDTH * ratio / len(palette.swatches)
    for i, (red, green, blue) in enumerate(palette.swatches):
        painter.fillRect(QRectF(i * step, 0, step + 1, HEIGHT * ratio), QColor(red, green, blue))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return QIcon(picture)
