from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from astroview.core.colour.cell_means import cell_means, grid_shape
from astroview.core.frame import ArraySource, Window


def by_hand(values: np.ndarray, k: float) -> np.ndarray:
    """Each pixel cut into 60 x 60 parts, each part given to its cell."""
    fine = np.repeat(np.repeat(values.astype(np.float64), 60, 0), 60, 1)
    rows, columns = grid_shape(values.shape[:2], k)
    size = round(k * 60)
    out = np.full((rows, columns, *values.shape[2:]), np.nan)
    for i in range(rows):
        for j in range(columns):
            part = fine[i * size : (i + 1) * size, j * size : (j + 1) * size]
            if np.isfinite(part).any():
                out[i, j] = np.nanmean(part, axis=(0, 1))
    return out


@pytest.mark.parametrize("shape", [(12, 18), (13, 19), (1, 5), (7, 8, 3)])
@pytest.mark.parametrize("k", [1, 1.25, 1.5, 2, 3.2, 5])
def test_means_are_those_of_the_area(shape: tuple[int, ...], k: float) -> None:
    values = np.random.default_rng(0).normal(size=shape).astype(np.float32)
    values[0, 0] = np.nan
    cells = Window.whole(grid_shape(shape[:2], k))
    means = cell_means(ArraySource(values), shape[:2], cells, k)
    np.testing.assert_allclose(means, by_hand(values, k), rtol=1e-4, atol=1e-5)


@given(height=st.integers(1, 40), width=st.integers(1, 40), k=st.floats(1, 9), data=st.data())
def test_a_window_is_a_part_of_the_whole(height: int, width: int, k: float, data) -> None:
    values = np.random.default_rng(height * width).normal(size=(height, width)).astype(np.float32)
    rows, columns = grid_shape((height, width), k)
    y, x = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    window = Window(y, x, rows - y, data.draw(st.integers(1, columns - x)))
    source = ArraySource(values)
    whole = cell_means(source, (height, width), Window(0, 0, rows, columns), k)
    part = cell_means(source, (height, width), window, k)
    np.testing.assert_allclose(part, whole[window.slices], rtol=1e-4, atol=1e-5)
    assert np.isclose(
        np.average(whole, weights=areas((height, width), k)), values.mean(), atol=1e-4
    )


def areas(shape: tuple[int, int], k: float) -> np.ndarray:
    sides = [
        np.diff(np.minimum(np.arange(n + 1) * k, size))
        for n, size in zip(grid_shape(shape, k), shape, strict=True)
    ]
    return np.outer(*sides)


def test_all_nan_stays_nan() -> None:
    source = ArraySource(np.full((4, 4), np.nan, np.float32))
    assert np.isnan(cell_means(source, (4, 4), Window(0, 0, 2, 2), 2)).all()
