"""Choose which image of a file is shown, and which plane of a cube."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QSlider, QVBoxLayout, QWidget

from astroview.core.io.fits.mosaic.mosaic_pieces import mosaic_name, ways
from astroview.core.io.open_file import HduInfo
from astroview.ui.documents.plane_player import PlanePlayer
from astroview.ui.documents.session import Selection
from astroview.ui.i18n.translate import local, noted, tr
from astroview.ui.widgets.controls import Elided, combo, dress, field, label, number_box, rule

MOSAICS = {"iraf": noted("Mosaic by detector"), "wcs": noted("Mosaic by sky")}
SETTLE_MS = 120  # a slider that moves asks for no plane yet


class PlaneChooser(QWidget):
    """Hidden when there is nothing to choose. Says ``chosen(hdu, plane)``; a mosaic is an HDU."""

    chosen = Signal(object, int)

    def __init__(self) -> None:
        super().__init__()
        self._hdu: int | str = 0
        self._names: tuple[str, ...] = ()
        self._images = combo("Image", tip="Image in this file (HDU)")
        self._plane = number_box("Plane", "Plane of the cube")
        self._slider = dress(
            QSlider(Qt.Orientation.Horizontal), spoken="Plane slider", tip="Go through the planes"
        )
        self._plane.setMinimum(1)
        self._plane.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._plane.setFixedWidth(self.fontMetrics().horizontalAdvance("0000") + 26)
        self._slider.setMinimum(1)
        self._of, self._name = label("", "muted"), Elided()
        self._name.setObjectName("muted")
        self._name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._name.setContentsMargins(14, 0, 14, 0)
        self._images_row, self._plane_row = QWidget(), QWidget()
        images = field("Image", self._images, 44)
        self._images_row.setLayout(images)
        plane = field("Plane", self._slider, 44)
        plane.addWidget(self._plane)
        plane.addWidget(self._of)
        self._plane_row.setLayout(plane)
        self.player = PlanePlayer()
        self.player.stepped.connect(self.step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(6)
        column.addWidget(rule())
        for row, inside in ((self._images_row, images), (self._plane_row, plane)):
            inside.setContentsMargins(14, 4, 14, 0)
            column.addWidget(row)
        column.addWidget(self._name)
        column.addWidget(self.player)
        self._wait = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._wait.timeout.connect(lambda: self.chosen.emit(self._hdu, self._plane.value() - 1))
        self._images.activated.connect(self._image_chosen)
        self._slider.valueChanged.connect(self._plane.setValue)
        self._plane.valueChanged.connect(self._plane_chosen)
        self.hide()

    def show_selection(self, selection: Selection | None) -> None:
        """Offer what is in the file that is looked at."""
        if selection is None:
            self.show_choices((), None, 0)
        else:
            loaded = selection.document.loaded
            self.show_choices(loaded.hdus, loaded.frame.hdu, loaded.frame.plane)

    def show_choices(self, hdus: Sequence[HduInfo], hdu: int | str | None, plane: int) -> None:
        """Offer a file's images; ``hdu`` and ``plane`` are the ones shown."""
        images = [info for info in hdus if info.is_image]
        self._hdu = hdu or 0
        shown = next((info for info in images if info.index == hdu), None)
        planes = shown.planes if shown else 1
        self._images.clear()
        for info in images:
            self._images.addItem(_title(info), info.index)
        for way in ways(hdus):
            self._images.addItem(tr(MOSAICS[way]), mosaic_name(way))
        self._images.setCurrentIndex(self._images.findData(hdu))
        for control in (self._slider, self._plane):
            with QSignalBlocker(control):
                control.setMaximum(planes)
                control.setValue(plane + 1)
        self._names = shown.plane_names if shown else ()
        self._say_plane()
        self._images_row.setVisible(len(images) > 1)
        self._plane_row.setVisible(planes > 1)
        self.player.shown(planes > 1)
        self.setVisible(len(images) > 1 or planes > 1)

    @property
    def planes(self) -> int:
        """How many planes the shown image has."""
        return self._plane.maximum()

    def step(self, by: int) -> None:
        """Ask for another plane at once; after the last comes the first."""
        if self.planes > 1:
            wanted = (self._plane.value() - 1 + by) % self.planes
            for control in (self._slider, self._plane):
                with QSignalBlocker(control):
                    control.setValue(wanted + 1)
            self._say_plane()
            self._wait.stop()
            self.chosen.emit(self._hdu, wanted)

    def _image_chosen(self) -> None:
        self.chosen.emit(self._images.currentData(), 0)

    def _say_plane(self) -> None:
        """How many there are, and what the file calls the one that is shown."""
        plane = self._plane.value() - 1
        name = self._names[plane] if plane < len(self._names) else ""
        self._of.setText(tr("of {planes}", planes=self.planes))
        self._name.setText(local(name))
        self._name.setToolTip(local(name))
        self._name.setVisible(bool(name))

    def _plane_chosen(self, plane: int) -> None:
        self._say_plane()
        self._slider.setValue(plane)
        self._wait.start()


def _title(info: HduInfo) -> str:
    size = " × ".join(str(n) for n in reversed(info.shape))
    return f"{info.index}  {info.name or info.kind}  {size}"
