"""The picture smoothed or in blocks, and colour maps from and to files."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from astroview.core.colour.colour_map_files import SUFFIX, read_colour_map, write_colour_map
from astroview.core.errors import AstroviewError
from astroview.core.texts import Text
from astroview.ui.display.display_controller import DisplayController
from astroview.ui.display.display_panel import DisplayPanel
from astroview.ui.i18n.translate import tr
from astroview.ui.render import colour_maps
from astroview.ui.render.display_settings import Display
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notices import Notice
from astroview.ui.widgets.decimal_box import ask_number

USUAL = 2.0  # sigma, in pixels
BLOCKS = (1, 2, 4, 8)
PATTERNS = "*.lut *.sao *.txt *.csv *.cmap"


class PictureFilters(QObject):
    """Serves what changes the picture beyond its stretch.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(
        self, window: QWidget, seeing: DisplayController, panel: DisplayPanel, commands: Commands
    ) -> None:
        super().__init__(window)
        self._window, self._seeing, self._panel = window, seeing, panel
        self._sigma = USUAL
        commands.serve(
            {
                "smooth": lambda on: self.smooth(self._sigma if on else 0.0),
                "smooth_set": self._ask_sigma,
                **{f"block_{n}": lambda _=False, n=n: self.block(n) for n in BLOCKS},
                "colours_load": self._ask_map,
                "colours_save": self._ask_target,
            },
            ticked={
                "smooth": lambda: bool(self._display and self._display.smooth),
                **{f"block_{n}": partial(self._blocked, n) for n in BLOCKS},
            },
            possible=dict.fromkeys(("colours_load", "colours_save"), lambda: panel.mapped),
        )

    @property
    def _display(self) -> Display | None:
        return self._seeing.display

    def _blocked(self, side: int) -> bool:
        return bool(self._display and self._display.block == side)

    def smooth(self, sigma: float) -> None:
        """Show the picture under a Gaussian of so many pixels; 0: as it is."""
        if self._display:
            self._sigma = sigma or self._sigma
            self._seeing.take(replace(self._display, smooth=float(sigma)))

    def block(self, side: int) -> None:
        """Show blocks of so many pixels a side by their means."""
        if self._display:
            self._seeing.take(replace(self._display, block=side))

    def _ask_sigma(self) -> None:
        title, words = tr("Smooth the picture"), tr("Sigma in pixels")
        sigma = ask_number(self._window, title, words, self._sigma, (0, 200), 1)
        if sigma is not None:
            self.smooth(sigma)

    # ---- colour maps -----------------------------------------------------------------------

    def load_map(self, path: Path) -> None:
        """Keep the colour map of a file among one's own, and show the frame in it."""
        try:
            table = read_colour_map(path)
            folder = colour_maps.own_folder()
            folder.mkdir(parents=True, exist_ok=True)
            write_colour_map(folder / f"{path.stem}{SUFFIX}", table)
        except AstroviewError as problem:
            self.notice.emit(Notice.of(problem))
            return
        except OSError as problem:
            self.notice.emit(
                Notice(
                    Text(
                        "{name} was not kept: {strerror}", name=path.name, strerror=problem.strerror
                    )
                )
            )
            return
        colour_maps.table.cache_clear()
        self._panel.offer_colour_maps()
        self._panel.set_colour_map(colour_maps.OWN + path.stem)

    def save_map(self, path: Path) -> None:
        """Write the colours that are shown."""
        if self._display is None:
            return
        table = colour_maps.table(self._display.colour_map)
        try:
            write_colour_map(path, table[::-1] if self._display.invert else table)
        except AstroviewError as problem:
            self.notice.emit(Notice.of(problem))
            return
        self.notice.emit(Notice.saved(path))

    def _ask_map(self) -> None:
        kinds = f"{tr('Colour maps')} ({PATTERNS});;{tr('All files (*)')}"
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Load a colour map"), "", kinds)
        if name:
            self.load_map(Path(name))

    def _ask_target(self) -> None:
        kinds = f"{tr('Colour maps')} (*{SUFFIX})"
        name, _ = QFileDialog.getSaveFileName(self._window, tr("Save the colour map"), "", kinds)
        if name:
            path = Path(name)
            self.save_map(path if path.suffix else path.with_suffix(SUFFIX))
