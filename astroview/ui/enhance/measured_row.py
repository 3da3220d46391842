"""Where a frame's colours come from, in the Enhance panel: guessed, a survey's, or a picture's."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from astroview.core.sky_colour.surveys import ANY, SURVEYS
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.widgets.controls import combo, dress, field, label, scaled

GUESSED, PICTURE = "", "picture"
NAME_WIDTH = 60  # pixels, as the rows above
COLUMNS, SIDE, WIDTH, HEIGHT = 3, 62, 82, 88  # of the surveys' pictures, in pixels
PATTERNS = "*.png *.jpg *.jpeg *.tif *.tiff *.fits *.fit *.fts *.xisf *.bands"
TIP = noted(
    "Colours that somebody measured come before guessed ones. A survey is asked for this frame's"
    " field, and only when you choose it; a colour picture of the field can be dropped here."
)


_SHORT = {"legacy": "Legacy"}


class MeasuredRow(QWidget):
    """A list of who measured the colours, and small pictures of the surveys when they are wanted.

    Signals
    -------
    chosen : what `SharedChoices.colour_from` takes; "" for guessed colours
    look
        The surveys' pictures of the field are wanted.
    stop
        They are wanted no longer.
    """

    chosen = Signal(str)
    look = Signal()
    stop = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._value = GUESSED
        self.box: QComboBox = combo("Where colours come from", tip=TIP)
        self.box.setMinimumContentsLength(3)  # beside a long name and a long button
        self.box.addItem(tr("Guessed"), GUESSED)
        self.box.addItem(tr("Survey, the first that has it"), ANY)
        for name, survey in SURVEYS.items():
            self.box.addItem(survey.title, name)
        self.box.addItem(tr("From picture …"), PICTURE)
        self.button = QPushButton(tr("Look"))
        self.button.setToolTip(tr("Show what the surveys have of this field"))
        self._strip, self._said = QWidget(), label("", "muted", wrap=True)
        self._grid = QGridLayout(self._strip)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self.looks: dict[str, QToolButton] = {}
        row = field("Colours of", self.box, NAME_WIDTH)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._strip)
        column.addWidget(self._said)
        self.clear()
        self.box.activated.connect(self._picked)
        self.button.clicked.connect(self._look_or_stop)

    # ---- what others call ------------------------------------------------------------

    def show_choice(self, wanted: str) -> None:
        """What is chosen for the frame; why surveys have nothing no longer matters then."""
        if wanted != self._value and self.button.text() != tr("Stop"):
            self._said.hide()
        self._value = wanted
        place = self.box.findData(wanted)
        if place < 0:
            self._forget_pictures()
            self.box.insertItem(1, Path(wanted).name, wanted)
            place = 1
        self.box.setCurrentIndex(place)
        for name, button in self.looks.items():
            button.setChecked(name == wanted)

    def choose_picture(self) -> None:
        """Ask for a colour picture of the field."""
        patterns = f"{tr('Pictures')} ({PATTERNS});;{tr('All files (*)')}"
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Take the colours of a picture"), "", patterns
        )
        self.show_choice(self._value)
        if name:
            self.chosen.emit(name)

    def set_sky(self, *, has_sky: bool) -> None:
        """Whether surveys can be asked for the frame."""
        self.button.setEnabled(has_sky)
        why = tr("Show what the surveys have of this field")
        self.button.setToolTip(
            why if has_sky else tr("The frame does not say where on the sky it is")
        )
        for i in range(self.box.count()):
            if self.box.itemData(i) in (ANY, *SURVEYS):
                model_item = self.box.model().index(i, 0)
                flags = None if has_sky else 0
                self.box.model().setData(model_item, flags, Qt.ItemDataRole.UserRole - 1)

    def begin(self) -> None:
        """The surveys are asked."""
        self.clear()
        self.button.setText(tr("Stop"))
        self._said.show()
        self._said.setText(tr("Asking the surveys for this field …"))

    def add_look(self, name: str, picture: QImage | None) -> None:
        """A survey's picture of the field; None where it has nothing."""
        button = dress(QToolButton(), "look", tip=SURVEYS[name].title)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setCheckable(True)
        button.setChecked(name == self._value)
        button.setEnabled(picture is not None)
        button.setText(_SHORT.get(name, SURVEYS[name].title.split()[0]))
        button.setFixedSize(scaled(WIDTH), scaled(HEIGHT))
        size = scaled(SIDE)
        button.setIconSize(QSize(size, size))
        shown = picture if picture is not None else _nothing()
        smooth = Qt.TransformationMode.SmoothTransformation
        whole, ratio = Qt.AspectRatioMode.KeepAspectRatio, self.devicePixelRatioF()
        side = round(size * ratio)
        drawn = QPixmap.fromImage(shown).scaled(side, side, whole, smooth)
        drawn.setDevicePixelRatio(ratio)
        button.setIcon(QIcon(drawn))
        button.clicked.connect(lambda _=False, name=name: self._choose(name))
        if picture is None:
            button.setToolTip(tr("It has nothing of this field"))
        place = len(self.looks)
        self._grid.addWidget(button, place // COLUMNS, place % COLUMNS)
        self.looks[name] = button
        self._strip.show()

    def end(self, problem: str = "") -> None:
        """No more pictures come, and why."""
        self.button.setText(tr("Look"))
        self._said.setText(tr(problem))
        self._said.setVisible(bool(problem))

    def clear(self) -> None:
        """Another frame."""
        for button in self.looks.values():
            self._grid.removeWidget(button)
            button.hide()  # it goes later, and must not stand under others until then
            button.deleteLater()
        self.looks.clear()
        self._strip.hide()
        self._said.hide()

    # ---- inside ----------------------------------------------------------------------

    def _picked(self) -> None:
        wanted = str(self.box.currentData())
        if wanted == PICTURE:
            self.choose_picture()
        else:
            self._choose(wanted)

    def _choose(self, wanted: str) -> None:
        self.show_choice(self._value)  # it shows when it is taken
        self.chosen.emit(wanted)

    def _look_or_stop(self) -> None:
        if self.button.text() == tr("Stop"):
            self.stop.emit()
        else:
            self.look.emit()

    def _forget_pictures(self) -> None:
        known = (GUESSED, PICTURE, ANY, *SURVEYS)
        for i in reversed(range(self.box.count())):
            if self.box.itemData(i) not in known:
                self.box.removeItem(i)

    # ---- a picture dropped here gives its colours ----------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.chosen.emit(event.mimeData().urls()[0].toLocalFile())


def _nothing() -> QImage:
    image = QImage(8, 6, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    return image
