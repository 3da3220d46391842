from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from astroview.core.colour.cell_means import grid_shape
from astroview.core.errors import Cancelled, CannotSave
from astroview.core.frame import ArraySource, Window
from astroview.core.io import pyramid


def quiet(*_: int) -> None:
    pass


@pytest.mark.parametrize("shape", [(1800, 2500), (1031, 777, 2)])
def test_levels_hold_the_means_of_the_plane(shape: tuple[int, ...], tmp_path: Path) -> None:
    values = np.random.default_rng(1).normal(100, 9, shape).astype(np.float32)
    source, size = ArraySource(values), shape[:2]
    built = pyramid.build(source, size, tmp_path, quiet)
    assert built.levels[0].source is source
    assert max(built.levels[-1].shape) <= pyramid.COARSEST_SIDE
    for k in (4.0, 8.0, 16.0):
        whole = Window.whole(grid_shape(size, k))
        inner = Window(0, 0, whole.height - 2, whole.width - 2)  # rims weigh cut pixels as whole
        assert built.level_for(k).reduction > 1
        np.testing.assert_allclose(
            built.means(inner, k), pyramid.flat(source, size).means(inner, k), rtol=1e-4
        )
        assert built.cost(whole, k) < size[0] * size[1] / 10


def test_fine_lines_do_not_alias(tmp_path: Path) -> None:
    stripes = np.zeros((2048, 2048), np.float32)
    stripes[:, ::2] = 100
    built = pyramid.build(ArraySource(stripes), (2048, 2048), tmp_path, quiet)
    seen = built.means(Window(0, 0, 200, 200), 8.3)
    assert abs(seen - 50).max() < 2.5  # one sample in 8.3 would show bars from 0 to 100


def test_a_build_can_be_stopped(tmp_path: Path) -> None:
    def stop(*_: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        pyramid.build(ArraySource(np.zeros((600, 600))), (600, 600), tmp_path, stop)


def test_a_disk_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(CannotSave):
        pyramid.build(ArraySource(np.zeros((9, 9))), (9, 9), tmp_path / "none", quiet)
