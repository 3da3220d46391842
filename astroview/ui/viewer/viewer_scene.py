"""What the viewer shows, as data."""

from __future__ import annotations

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.i18n.translate import tr
from astroview.ui.render.layer import Layer
from astroview.ui.viewer import panes
from astroview.ui.viewer.paint_layers import Overlay


@dataclass(frozen=True)
class ViewerScene:
    """What the viewer shows: a frame, and what lies on the same scene if there is something.

    Attributes
    ----------
    shape
        (H, W) of the scene: the frame that was opened.
    grid
        Layers and their names, for the grid, tiles or blinking; empty: before and after.
    difference
        After minus before, when it is wanted and computed; ``legend`` explains it.
    """

    shape: tuple[int, int]
    before: Layer
    after: Layer | None = None
    after_label: str = ""
    before_label: str = "Original"
    grid: tuple[tuple[Layer, str], ...] = ()
    difference: Layer | None = None
    legend: Overlay | None = None
    active: int = -1  # which of the grid is worked on; -1: no matter

    @property
    def count(self) -> int:
        """Pictures there are to compare."""
        return len(self.grid) or (2 if self.after else 1)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """Every layer, once."""
        found = (self.before, self.after, self.difference, *(layer for layer, _ in self.grid))
        return tuple(dict.fromkeys(layer for layer in found if layer))

    def layer(self, shows: int) -> Layer:
        """What a pane shows."""
        if shows >= panes.GRID and self.grid:
            return self.grid[shows - panes.GRID][0]
        if shows == panes.SUBTRACTED and self.difference:
            return self.difference
        later = shows in (panes.AFTER, panes.GRID + 1, panes.SUBTRACTED)
        return self.after if later and self.after else self.before

    def label(self, shows: int) -> str:
        """The name of what a pane shows."""
        if shows >= panes.GRID and self.grid:
            return self.grid[shows - panes.GRID][1]
        if shows == panes.SUBTRACTED:
            return tr("Difference") if self.difference else tr("Subtracting …")
        later = shows in (panes.AFTER, panes.GRID + 1)
        return self.after_label if later else self.before_label
