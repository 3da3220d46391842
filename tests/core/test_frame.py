from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from astroview.core.frame import (
    ArraySource,
    FlippedSource,
    Frame,
    StackSource,
    Window,
    blocks,
    to_float32,
)

HEIGHT, WIDTH = 13, 9
PICTURE = np.arange(HEIGHT * WIDTH, dtype=np.float32).reshape(HEIGHT, WIDTH)

sides = st.integers(-20, 40)
windows = st.builds(Window, sides, sides, st.integers(0, 40), st.integers(0, 40))
steps = st.integers(1, 20)


def frame_of(array: np.ndarray, **kwargs: object) -> Frame:
    channels = 3 if array.ndim == 3 else 1
    return Frame("a", array.shape[:2], channels, "linear", ArraySource(array), None, **kwargs)  # type: ignore[arg-type]


@given(window=windows)
def test_a_clipped_window_is_the_overlap(window: Window) -> None:
    inside = np.zeros((HEIGHT, WIDTH), bool)
    rows, columns = window.clip(PICTURE.shape).slices
    inside[rows, columns] = True
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    wanted = (y >= window.y) & (y < window.y + window.height)
    wanted &= (x >= window.x) & (x < window.x + window.width)
    assert np.array_equal(inside, wanted)


@given(window=windows, step=steps)
def test_reading_is_slicing(window: Window, step: int) -> None:
    rows, columns = window.clip(PICTURE.shape).slices
    read = frame_of(PICTURE).read(window, step)
    assert np.array_equal(read, PICTURE[rows, columns][::step, ::step])
    assert read.shape == window.clip(PICTURE.shape).sampled(step)


@given(window=windows, step=steps)
def test_a_flipped_source_is_the_picture_upside_down(window: Window, step: int) -> None:
    clipped = window.clip(PICTURE.shape)
    rows, columns = clipped.slices
    read = FlippedSource(ArraySource(PICTURE), HEIGHT).read(clipped, step)
    assert np.array_equal(read, PICTURE[::-1][rows, columns][::step, ::step])


@given(rows=st.integers(1, 20))
def test_blocks_cover_every_row_once(rows: int) -> None:
    covered = [y for w in blocks(PICTURE.shape, rows) for y in range(w.y, w.y + w.height)]
    assert covered == list(range(HEIGHT))


def test_reading_gives_samples_of_ones_own() -> None:
    frame_of(PICTURE).read()[:] = 0
    assert PICTURE[1, 1] == WIDTH + 1


def test_what_is_not_finite_is_no_data() -> None:
    values = np.array([1.0, np.inf, -np.inf, np.nan, 1e300])
    assert np.array_equal(to_float32(values), np.float32([1, *[np.nan] * 4]), equal_nan=True)


@pytest.mark.parametrize("kind", ["?", "i1", "<u2", ">i4", "i8", ">f4", "f8", "f2"])
def test_any_type_becomes_float32(kind: str) -> None:
    read = frame_of(np.ones((2, 2), kind)).read()
    assert read.dtype == np.float32
    assert (read == 1).all()


def test_complex_samples_are_shown_by_magnitude() -> None:
    assert frame_of(np.full((2, 2), 3 + 4j)).read()[0, 0] == 5


def test_channels_are_stacked_last() -> None:
    stack = StackSource((ArraySource(PICTURE), ArraySource(PICTURE + 1), ArraySource(PICTURE + 2)))
    assert stack.read(Window(1, 2, 3, 4), 2).shape == (2, 2, 3)


def test_an_unpainted_frame_has_neutral_chroma() -> None:
    chroma = frame_of(PICTURE).read_chroma(Window(0, 0, 5, 4), step=2)
    assert chroma.shape == (3, 2, 2)
    assert not chroma.any()


def test_painted_chroma_is_read_on_the_same_grid() -> None:
    painted = frame_of(PICTURE, chroma=ArraySource(np.ones((HEIGHT, WIDTH, 2), np.float16)))
    assert painted.read_chroma(step=4).shape == (4, 3, 2)


def test_a_step_below_one_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="step"):
        frame_of(PICTURE).read(step=0)
