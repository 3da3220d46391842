"""What only a colour tells apart is apart for eyes without green or red cones too."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from astroview.ui.measure.ledger import change_marks
from astroview.ui.viewer.bad_pixels import mark_overlay

# Linear sRGB as such eyes see it (Machado, Oliveira and Fernandes 2009, severity 1).
EYES = {
    "all cones": np.eye(3),
    "no green": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                          [-0.011820, 0.042940, 0.968881]]),
    "no red": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                        [-0.003882, -0.048116, 1.051998]]),
}  # fmt: skip
XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                [0.0193339, 0.1191920, 0.9503041]])  # fmt: skip
LEAST = 20.0  # of CIE Lab; 2 can just be seen
GREYS = {"white": 0xFFFFFFFF, "black": 0xFF000000}  # of the picture below
MARKS = {name: QColor.fromRgba(code) for name, code in (mark_overlay.COLOURS | GREYS).items()}
SETS = (change_marks.COLOURS, MARKS)
PAIRS = [pair for colours in SETS for pair in combinations(colours.items(), 2)]


def lab(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    xyz = XYZ @ np.clip(linear, 0, 1) / np.array([0.95047, 1, 1.08883])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def linear(colour: QColor) -> NDArray[np.float64]:
    c = np.array([colour.redF(), colour.greenF(), colour.blueF()])
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize(("one", "other"), PAIRS, ids=lambda named: str(named[0]))
def test_states_and_marks(eyes: str, one: tuple[str, QColor], other: tuple[str, QColor]) -> None:
    seen = [lab(EYES[eyes] @ linear(colour)) for _, colour in (one, other)]
    assert np.linalg.norm(seen[0] - seen[1]) > LEAST
