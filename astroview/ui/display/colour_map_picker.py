"""The colour maps with their ramps."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap, QStandardItemModel
from PySide6.QtWidgets import QComboBox

from astroview.ui.i18n.translate import tr
from astroview.ui.render import colour_maps
from astroview.ui.widgets.controls import dress, slim

WIDTH, HEIGHT = 44, 14


class ColourPicker(QComboBox):
    """Says ``activated`` when a map was chosen; `chosen` is its key."""

    def __init__(self) -> None:
        super().__init__()
        dress(self, tip="Colour map (C, Shift+C: the next, the one before)", spoken="Colour map")
        slim(self)
        self.setIconSize(QSize(WIDTH, HEIGHT))
        self.setMaxVisibleItems(16)
        self.offer()
        self.currentIndexChanged.connect(self._draw)
        self._draw(self.currentIndex())

    def offer(self) -> None:
        """List what is on offer now; what is chosen stays."""
        kept, group = self.chosen, ""
        self.blockSignals(True)  # noqa: FBT003 - Qt's
        self.clear()
        for known in colour_maps.choices():
            if known.group != group and group:
                self._add_heading(known.group)
            group = known.group
            self.addItem(tr(known.name), known.key)
        self.choose(kept)
        self.blockSignals(False)  # noqa: FBT003 - Qt's

    def _add_heading(self, text: str) -> None:
        self.addItem(tr(text), "")
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        model.item(self.count() - 1).setFlags(Qt.ItemFlag.NoItemFlags)

    def showPopup(self) -> None:
        """All ramps, drawn now: their tables come from a library that is slow to import."""
        for index in range(self.count()):
            self._draw(index)
        super().showPopup()

    def _draw(self, index: int) -> None:
        key = self.itemData(index)
        if key and self.itemIcon(index).isNull():
            self.setItemIcon(index, ramp(key))

    @property
    def chosen(self) -> str:
        return self.currentData() or colour_maps.GREY

    def choose(self, key: str) -> None:
        """Show a map as the chosen one without saying so."""
        self.setCurrentIndex(max(self.findData(key), 0))


def ramp(key: str) -> QIcon:
    """The map from its dark to its bright end."""
    ratio = 2
    colours = colour_maps.table(key)[np.linspace(0, 255, WIDTH * ratio).astype(int)]
    rgb = np.ascontiguousarray(np.repeat(colours[None], HEIGHT * ratio, 0))
    image = QImage(
        rgb.data, WIDTH * ratio, HEIGHT * ratio, 3 * WIDTH * ratio, QImage.Format.Format_RGB888
    )
    picture = QPixmap.fromImage(image)
    picture.setDevicePixelRatio(ratio)
    return QIcon(picture)
