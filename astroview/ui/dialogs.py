"""The few dialogs: choosing files, the shortcut sheet, about."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from astroview import __version__
from astroview.core.files import FRAME_SUFFIXES
from astroview.core.frame import Frame
from astroview.ui import actions, icons
from astroview.ui.widgets import label

FILTERS = {
    "fits": "FITS (*.fits)",
    "tiff": "TIFF, 16 bit (*.tiff)",
    "png": "PNG, 16 bit (*.png)",
}


def choose_files(parent: QWidget, folder: str) -> list[Path]:
    """Files the user picked; [] when none."""
    patterns = " ".join(f"*{suffix}" for suffix in FRAME_SUFFIXES)
    names, _ = QFileDialog.getOpenFileNames(
        parent, "Open frames", folder, f"Frames ({patterns});;All files (*)"
    )
    return [Path(name) for name in names]


def choose_folder(parent: QWidget, folder: str) -> Path | None:
    name = QFileDialog.getExistingDirectory(parent, "Open a folder of frames", folder)
    return Path(name) if name else None


def choose_target(parent: QWidget, frame: Frame, folder: str, kind: str) -> Path | None:
    """Where to save, with a suffix; None when the user thought better of it."""
    wanted = str(Path(folder) / f"{suggested(frame)}.{kind}")
    filters = ";;".join(FILTERS.values())
    name, chosen = QFileDialog.getSaveFileName(parent, "Save as", wanted, filters, FILTERS[kind])
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() in (".fits", ".fit", ".fts", ".tif", ".tiff", ".png"):
        return path
    suffix = next((kind for kind, text in FILTERS.items() if text == chosen), "fits")
    return path.with_name(f"{path.name}.{suffix}")


def suggested(frame: Frame) -> str:
    """A file name (no suffix) that does not collide with the frame's own."""
    return f"{frame.name}_enhanced" if frame.history or frame.scale > 1 else f"{frame.name}_copy"


def show_keys(parent: QWidget) -> QDialog:
    """The sheet of shortcuts, in two columns."""
    sheet = QDialog(parent)
    sheet.setWindowTitle("Keyboard shortcuts")
    grid = QGridLayout(sheet)
    grid.setContentsMargins(24, 20, 24, 20)
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(7)
    lines = actions.shortcut_lines()
    half = -(-len(lines) // 2)
    for i, (keys, what) in enumerate(lines):
        column = 3 * (i // half)
        combination = label(keys, "keys")
        combination.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(combination, i % half, column)
        grid.addWidget(QLabel(what), i % half, column + 1)
    grid.setColumnMinimumWidth(2, 24)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.show()
    return sheet


def show_about(parent: QWidget) -> QDialog:
    sheet = QDialog(parent)
    sheet.setWindowTitle("About astroview")
    picture = QLabel()
    picture.setPixmap(icons.pixmap("astroview", icons.DRAWN_IN, 72, 2))
    words = QVBoxLayout()
    words.addWidget(label(f"astroview {__version__}", "heading"))
    text = (
        "A viewer for astronomical frames that colours and sharpens them,\n"
        "and always tells what was measured from what was painted."
    )
    words.addWidget(label(text, "muted"))
    row = QHBoxLayout(sheet)
    row.setContentsMargins(24, 22, 28, 22)
    row.setSpacing(18)
    row.addWidget(picture)
    row.addLayout(words)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.show()
    return sheet
