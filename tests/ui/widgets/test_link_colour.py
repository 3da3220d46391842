"""Links stand out of what they lie on, in both themes."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette

from astroview.ui.widgets.theme import DARK, LIGHT, Theme, palette


def luminance(colour: QColor) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
              for c in (colour.redF(), colour.greenF(), colour.blueF())]  # fmt: skip
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("below", ["window", "panel", "field"])
def test_links_can_be_read(theme: Theme, below: str) -> None:
    link = luminance(palette(theme).color(QPalette.ColorRole.Link))
    ground = luminance(QColor(getattr(theme, below)))
    bright, dark = max(link, ground), min(link, ground)
    assert (bright + 0.05) / (dark + 0.05) >= 4.5  # WCAG 2, AA
