"""Axes of plots whose numbers are written as the user's language writes them."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg

from astroview.ui.i18n.translate import local


class LocalAxis(pg.AxisItem):
    """An axis; `plot_axes` makes both of a plot."""

    def tickStrings(self, values: Any, scale: float, spacing: float) -> list[str]:
        """The numbers at the ticks."""
        return [local(text) for text in super().tickStrings(values, scale, spacing)]


def plot_axes() -> dict[str, LocalAxis]:
    """The axes of a new plot, for its ``axisItems``."""
    return {side: LocalAxis(side) for side in ("left", "bottom")}
