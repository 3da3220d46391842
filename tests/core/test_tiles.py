"""Tiles: weights sum to 1, and an identity model gives the frame back."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from astroview.core import tiles
from astroview.core.frame import Window


@settings(max_examples=60, deadline=None)
@given(
    height=st.integers(1, 150),
    width=st.integers(1, 150),
    size=st.integers(1, 90),
    halo=st.integers(0, 20),
    multiple=st.sampled_from([1, 4, 16]),
    scale=st.sampled_from([1, 2]),
    looked_at=st.none() | st.tuples(*[st.integers(0, 160)] * 2, *[st.integers(1, 90)] * 2),
)
def test_identity_gives_the_frame_back(
    height: int,
    width: int,
    size: int,
    halo: int,
    multiple: int,
    scale: int,
    looked_at: tuple[int, int, int, int] | None,
):
    whole = Window(*looked_at).clip((height, width)) if looked_at else None
    frame = np.random.default_rng(0).random((height, width)).astype(np.float32)
    target = np.zeros((height * scale, width * scale), np.float32)
    for tile in tiles.plan((height, width), size, halo, multiple, whole=whole):
        assert tile.core.height <= size
        assert tile.core.width <= size
        assert tile.read.y % multiple == tile.read.height % multiple == 0
        part = (
            tiles.pad_to(frame[tile.read.slices], tile.read.height, tile.read.width)
            .repeat(scale, 0)
            .repeat(scale, 1)
        )
        tiles.add(target, tile, part[tiles.inner(tile, scale)], scale)
    assert np.allclose(target, frame.repeat(scale, 0).repeat(scale, 1), atol=1e-6)


def test_halo_surrounds_the_core_except_at_the_edge():
    for tile in tiles.plan((300, 300), 100, halo=30, multiple_of=16):
        assert tile.core.y - tile.read.y >= 30 or tile.read.y == 0
        bottom = tile.read.y + tile.read.height
        assert bottom - (tile.core.y + tile.core.height) >= 30 or bottom >= 300


def test_reflection_fills_even_one_pixel_frames():
    assert (tiles.pad_to(np.ones((1, 1), np.float32), 16, 16) == 1).all()
    row = tiles.pad_to(np.arange(3, dtype=np.float32)[None], 1, 6)
    assert row.tolist() == [[0, 1, 2, 1, 0, 1]]


def test_a_frame_smaller_than_a_tile_is_one_tile():
    (tile,) = tiles.plan((30, 40), 512, 16)
    assert tile.core == tile.read == Window(0, 0, 30, 40)


@settings(max_examples=60, deadline=None)
@given(
    y=st.integers(0, 260),
    x=st.integers(0, 360),
    height=st.integers(8, 300),
    width=st.integers(8, 300),
    size=st.integers(24, 200),
)
def test_what_is_looked_at_is_done_before_the_rest_and_with_little_around_it(
    y: int, x: int, height: int, width: int, size: int
):
    shape, blend = (300, 400), 4
    window = Window(y, x, height, width).clip(shape)
    plan = tiles.plan(shape, size, 10, blend=blend, whole=window)
    order = tiles.nearest_first(plan, window)
    ledger, done = tiles.Ledger(plan), np.zeros(shape, bool)
    worked = 0
    for tile in order:
        for part in ledger.done(tile):
            done[part.slices] = True
        worked += tile.core.height * tile.core.width
        if done[window.slices].all():
            break
    assert done[window.slices].all()
    rows, columns = (-(-n // (size - blend)) + 1 for n in (window.height, window.width))
    most = (window.height + (rows + 3) * blend) * (window.width + (columns + 3) * blend)
    assert worked <= most
