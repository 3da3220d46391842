"""Two frames of a narrow list are never called the same."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetrics

from astroview.ui.widgets.alike_names import AlikeNames

FILTERS = ("f475w", "f606w", "f814w")
HST = tuple(f"hst_mos_1020228_wfc3_uvis_{name}_drz_cutout_20asec" for name in FILTERS)
NIGHT = tuple(f"Light_M31_300s_2024-03-20_{number:04}" for number in range(12))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("width", [120, 150, 200, 400, 1000])
def test_names_that_are_alike_are_told_apart(width: int) -> None:
    names, metrics = AlikeNames(), QFontMetrics(QFont())
    every = (*HST, *NIGHT, "M51")
    for name in every:
        names.exchange("", name)
    shown = [names.shortened(name, metrics, width) for name in every]
    assert len(set(shown)) == len(every), shown
    assert all(metrics.horizontalAdvance(text) <= width for text in shown)
    assert shown[-1] == "M51"


@pytest.mark.usefixtures("qapp")
def test_what_went_is_not_taken_into_account() -> None:
    names, metrics = AlikeNames(), QFontMetrics(QFont())
    alone = AlikeNames()
    alone.exchange("", HST[0])
    for name in HST:
        names.exchange("", name)
    names.exchange(HST[1], "")
    names.exchange(HST[2], "other")
    shown = [book.shortened(HST[0], metrics, 150) for book in (names, alone)]
    assert shown[0] == shown[1]
