"""Stretches are those of astropy.visualization, there and back."""

from __future__ import annotations

import numpy as np
import pytest
from astropy import visualization as astropy
from hypothesis import given, settings
from hypothesis import strategies as st

from astroview.core.colour.stretch import KINDS, Kind, Stretch
from astroview.core.errors import AstroviewError

pytest.importorskip("matplotlib", reason="norms are for matplotlib, which is not installed")
SAMPLES = np.linspace(0.0, 1.0, 33)
PARAMETERS = {"asinh": (0.01, 1.0), "log": (1.0, 5000.0), "sinh": (0.05, 1.0),
              "power": (1.5, 5000.0), "mtf": (0.01, 0.9)}  # fmt: skip


@given(
    kind=st.sampled_from(KINDS), low=st.floats(-100, 100), wide=st.floats(1, 1e4),
    share=st.floats(0.0, 1.0),
)  # fmt: skip
@settings(deadline=None, max_examples=60)
def test_any_stretch_there_and_back(kind: Kind, low: float, wide: float, share: float) -> None:
    first, last = PARAMETERS.get(kind, (0.0, 0.0))
    points = (low, low + 0.1 * wide, low + 0.3 * wide, low + wide) if kind == "histogram" else ()
    stretch = Stretch(kind, low, low + wide, first + share * (last - first), points)
    norm = stretch.to_norm()
    values = stretch.low + SAMPLES * (stretch.high - stretch.low)
    wanted = np.clip(stretch.forward(values.astype(np.float32)), 0, 1)
    assert np.allclose(norm(values), wanted, atol=2e-3)
    again = Stretch.from_norm(norm)
    assert (again.kind, again.points) == (stretch.kind, stretch.points)
    assert np.allclose([again.low, again.high, again.parameter],
                       [stretch.low, stretch.high, stretch.parameter])  # fmt: skip


@pytest.mark.parametrize(
    "curve",
    [astropy.LinearStretch(2.0, -0.25), astropy.PowerStretch(0.5), astropy.PowerStretch(2),
     astropy.LogStretch(300), astropy.AsinhStretch(0.05), astropy.SinhStretch(0.3)],
    ids=lambda curve: type(curve).__name__,
)  # fmt: skip
def test_norms_of_others(curve: astropy.BaseStretch) -> None:
    norm = astropy.ImageNormalize(vmin=10, vmax=50, stretch=curve, clip=True)
    values = np.linspace(10, 50, 21)
    found = np.clip(Stretch.from_norm(norm).forward(values.astype(np.float32)), 0, 1)
    assert np.allclose(found, np.clip(norm(values), 0, 1), atol=1e-5)


@pytest.mark.parametrize(
    "norm",
    [astropy.ImageNormalize(stretch=astropy.LinearStretch()),
     astropy.ImageNormalize(vmin=0, vmax=1, stretch=astropy.ContrastBiasStretch(2, 0.5)),
     astropy.ImageNormalize(vmin=0, vmax=1, stretch=astropy.PowerStretch(3))],
    ids=["no limits", "contrast and bias", "cubed"],
)  # fmt: skip
def test_what_there_is_none_of_here_is_refused(norm: astropy.ImageNormalize) -> None:
    with pytest.raises(AstroviewError) as told:
        Stretch.from_norm(norm)
    assert told.value.hint
