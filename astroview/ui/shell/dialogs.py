"""The few dialogs: choosing files, the shortcut sheet, about."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from astroview import __version__
from astroview.core.frame import Frame
from astroview.core.io.open_file import FRAME_SUFFIXES
from astroview.core.io.paths.file_names import tells_result
from astroview.core.io.paths.temp_folders import stays
from astroview.core.io.save_formats import SUFFIXES
from astroview.core.lazy_dataclass import dataclass
from astroview.core.models import device_tests
from astroview.core.pixel_values import Values
from astroview.core.texts import Text
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.shell import shortcuts
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import dress, label
from astroview.ui.widgets.single_dialog import shower

FILTERS = {
    "fits": "FITS (*.fits)",
    "tiff": noted("TIFF, 16 bit (*.tiff)"),
    "png": noted("PNG, 16 bit (*.png)"),
    "xisf": "XISF (*.xisf)",
    "jpeg": "JPEG (*.jpeg *.jpg)",
}


def choose_files(parent: QWidget, folder: str) -> list[Path]:
    """Files the user picked; [] when none."""
    patterns = " ".join(f"*{suffix}" for suffix in FRAME_SUFFIXES)
    names, _ = QFileDialog.getOpenFileNames(
        parent, tr("Open frames"), folder, f"{tr('Frames')} ({patterns});;{tr('All files (*)')}"
    )
    return [Path(name) for name in names]


def choose_folder(parent: QWidget, folder: str) -> Path | None:
    name = QFileDialog.getExistingDirectory(parent, tr("Open a folder of frames"), folder)
    return Path(name) if name else None


# Where the kind of file leaves it to the unit of the samples, these do not.
VALUE_FILTERS = {
    "sum": noted("FITS, sums of pixels (*.fits)"),
    "mean": noted("FITS, means of pixels (*.fits)"),
}


@dataclass(frozen=True)
class Target:
    """Where to save, and whether a FITS file is to hold sums or means."""

    path: Path
    values: Values = "auto"


def choose_target(parent: QWidget, frame: Frame, folder: str, kind: str) -> Target | None:
    """Where to save, with a suffix; None when the user thought better of it.

    A magnified frame of measured samples can be saved with sums or with means.
    """
    wanted = str(Path(folder) / f"{suggested(frame)}.{kind}")
    filters = {kind: tr(text) for kind, text in FILTERS.items()}
    if frame.scale > 1 and frame.kind == "linear":
        filters |= {values: tr(text) for values, text in VALUE_FILTERS.items()}
    name, chosen = QFileDialog.getSaveFileName(
        parent, tr("Save as"), wanted, ";;".join(filters.values()), filters[kind]
    )
    if not name:
        return None
    path = Path(name)
    kind = next((kind for kind, text in filters.items() if text == chosen), "fits")
    values: Values = kind if kind in ("sum", "mean") else "auto"
    if path.suffix.lower() in SUFFIXES:
        return Target(path, values)
    suffix = kind if kind in FILTERS else "fits"
    return Target(path.with_name(f"{path.name}.{suffix}"), values)


def suggested(frame: Frame) -> str:
    """A file name (no suffix) that does not collide with the frame's own; what the name tells
    already, that it is a result, is not told twice.
    """
    done = frame.made is not None or frame.chroma is not None or frame.scale > 1
    if done and not tells_result(frame.name):
        return f"{frame.name}_enhanced"
    return f"{frame.name}_copy" if done or stays(frame.path) else frame.name


def show_keys(parent: QWidget) -> QDialog:
    """The sheet of shortcuts by menu, in as many columns as the screen has room for."""
    sheet = QDialog(parent)
    sheet.setWindowTitle(tr("Keyboard shortcuts"))
    room = parent.screen().availableSize()
    inside = _keys_in(3)
    for count in (2, 1):
        if inside.sizeHint().width() > room.width() - 40:
            inside = _keys_in(count)
    scroll = dress(QScrollArea(), spoken="Keyboard shortcuts")
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidget(inside)
    QVBoxLayout(sheet).addWidget(scroll)
    sheet.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]
    wanted = inside.sizeHint()
    sheet.resize(
        min(wanted.width() + 14, room.width() - 40), min(wanted.height() + 4, room.height() - 80)
    )
    sheet.show()
    return sheet


def _keys_in(count: int) -> QWidget:
    """All shortcuts, in so many columns of about one height."""
    inside = dress(QWidget(), "panel")
    columns = QHBoxLayout(inside)
    columns.setContentsMargins(24, 16, 24, 20)
    columns.setSpacing(32)
    groups = shortcuts.groups()
    total, used = sum(len(lines) + 2 for _, lines in groups), 0
    grids = [_column(columns) for _ in range(count)]
    for title, lines in groups:
        _fill_keys(grids[min(count * used // total, count - 1)], title, lines)
        used += len(lines) + 2
    return inside


def _column(columns: QHBoxLayout) -> QGridLayout:
    half = QVBoxLayout()
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(5)
    half.addLayout(grid)
    half.addStretch(1)
    columns.addLayout(half)
    return grid


def _fill_keys(grid: QGridLayout, title: str, lines: list[tuple[str, str]]) -> None:
    top = grid.rowCount()
    heading = label(title, "heading")
    heading.setContentsMargins(0, 8, 0, 0)
    grid.addWidget(heading, top, 0, 1, 2)
    for i, (keys, what) in enumerate(lines, top + 1):
        combination = label(keys, "keys")
        combination.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(combination, i, 0)
        grid.addWidget(QLabel(what), i, 1)


def devices_in_words() -> str:
    """What the newest test of each device and model said."""
    newest = {
        (one.device, one.model, one.about): one for one in device_tests.known(device_tests.path())
    }
    if not newest:
        return tr("No device was tested yet.")
    failed = {one.device for one in newest.values() if not one.passed}
    if failed:
        return tr("Failed its test and is not used: {names}", names=", ".join(sorted(failed)))
    passed = ", ".join(sorted({one.device for one in newest.values()}))
    return tr("Passed its test against the CPU: {names}", names=passed)


def show_about(parent: QWidget) -> QDialog:
    sheet = QDialog(parent)
    sheet.setWindowTitle(tr("About astroview"))
    picture = QLabel()
    picture.setPixmap(icons.pixmap("astroview", icons.DRAWN_IN, 72, 2))
    words = QVBoxLayout()
    words.addWidget(label(Text("astroview {version}", version=__version__), "heading"))
    text = tr(
        "A viewer for astronomical frames that colours and sharpens them,\n"
        "and always tells what was measured from what was painted."
    )
    words.addWidget(label(text, "muted"))
    words.addWidget(label(devices_in_words(), "muted", wrap=True))
    licences = QPushButton(tr("Licences"))
    licences.clicked.connect(shower(lambda: _licences(parent)))
    words.addWidget(licences, alignment=Qt.AlignmentFlag.AlignLeft)
    row = QHBoxLayout(sheet)
    row.setContentsMargins(24, 22, 28, 22)
    row.setSpacing(18)
    row.addWidget(picture)
    row.addLayout(words)
    sheet.show()
    return sheet


def _licences(parent: QWidget) -> QDialog:
    from astroview.ui.shell import guide_window  # with all that Qt has for long texts

    return guide_window.show_licences(parent)
