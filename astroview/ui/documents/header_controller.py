"""The page with a file's HDUs and header: what is shown on it, and what is chosen there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from astroview.core.io.fits.hdu_info import HduInfo
from astroview.ui.documents.header_panel import HeaderPanel
from astroview.ui.documents.session import Selection
from astroview.ui.widgets.side_pages import LatePage, SidePages
from astroview.ui.widgets.theme import Theme


class HeaderController(QObject):
    """Keeps the page in step with what is looked at, from when it is first wanted.

    Signals
    -------
    hdu_chosen : (hdu, plane 0) of an image to be shown
    close_wished
    foreign_wished : an HDU without a picture, of which the cards are wished for
    """

    hdu_chosen = Signal(object, int)
    foreign_wished = Signal(int)
    close_wished = Signal()

    def __init__(self, sides: SidePages, theme: Theme) -> None:
        super().__init__(sides)
        self._theme = theme
        self._selection: Selection | None = None
        self._hdus: tuple[Sequence[HduInfo], int | str | None] = ((), None)
        self.late = LatePage(sides, self._make_page)

    @property
    def page(self) -> HeaderPanel:
        """The page, made when it is first asked for."""
        return self.late()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self.late.made:
            self.late.made.set_theme(theme)

    def show_selection(self, selection: Selection | None) -> None:
        """Show the cards of what is looked at."""
        self._selection = selection
        if self.late.made:
            self.late.made.show_selection(selection)

    def show_hdus(self, hdus: Sequence[HduInfo], shown: int | str | None) -> None:
        """List what is in the file."""
        self._hdus = hdus, shown
        if self.late.made:
            self.late.made.show_hdus(hdus, shown)

    def _make_page(self) -> HeaderPanel:
        page = HeaderPanel()
        page.set_theme(self._theme)
        page.hdu_chosen.connect(self.hdu_chosen)
        page.foreign_wished.connect(self.foreign_wished)
        page.close_wished.connect(self.close_wished)
        page.show_selection(self._selection)
        page.show_hdus(*self._hdus)
        return page
