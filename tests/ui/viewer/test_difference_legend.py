"""Numbers of the legend as people read them."""

from __future__ import annotations

import pytest

from astroview.ui.viewer.difference_legend import _percent


@pytest.mark.parametrize(
    ("part", "text"),
    [(1.0, "100 %"), (0.995, "100 %"), (0.5, "50 %"), (0.123, "12 %"), (0.0123, "1.2 %"),
     (0.0, "none")],
)  # fmt: skip
def test_parts_are_read_without_exponents(part: float, text: str) -> None:
    assert _percent(part) == text
