"""A grid that covers all frames, and which of them have a part in each of its pixels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from dithers import SKY, Sky, View, frames
from hypothesis import given
from hypothesis import strategies as st

from astroview.core.io.open_file import open_frame
from astroview.core.sky.wcs import sky_at
from astroview.engine.stacking.context_plane import bits_of, frames_at, planes_for
from astroview.engine.stacking.stack_choices import StackChoices
from astroview.engine.stacking.stack_files import stack_files
from astroview.engine.stacking.stack_run import stack_frames

VIEWS = [View(), View(21.3, -14.6, seed=1), View(-9.4, 17.2, turn=3.0, seed=2)]


def silent(done: int, of: int, note: str) -> None:
    """No progress is shown."""


@pytest.mark.parametrize("scale", [1, 2])
def test_the_union_covers_what_the_reference_does_not(tmp_path: Path, scale: int) -> None:
    sky = Sky.of(5, stars=60)
    given_ = frames(sky, VIEWS, tmp_path, coordinates=True)
    own = StackChoices(scale, reference=0, rounds=8)
    small = stack_files([f.path for f in given_], tmp_path / "own.fits", own, silent)  # type: ignore[misc]
    wide = stack_files(
        [f.path for f in given_], tmp_path / "union.fits",  # type: ignore[misc]
        StackChoices(scale, reference=0, rounds=8, extent="union"), silent,
    )  # fmt: skip
    assert (small.height, small.width) == (96, 96)
    assert wide.height >= 96 + 14 + 17
    assert wide.width >= 96 + 21 + 9
    for one, other in zip(small.frames, wide.frames, strict=True):
        assert (one.dx, one.dy) == pytest.approx((other.dx, other.dy), abs=1e-6)
        assert one.is_reference == other.is_reference
    base, union = open_frame(tmp_path / "own.fits"), open_frame(tmp_path / "union.fits")
    samples, inner = union.read(), base.read()
    assert union.wcs is not None
    for x, y in ((0.0, 0.0), (95.0 * scale, 40.0)):  # one sky, and the reference's pixels on it
        there = sky_at(base, x, y)
        assert there is not None
        at_x, up = union.wcs.world_to_pixel_values(*there)
        at_y = union.shape[0] - 1 - float(up)
        assert sky_at(union, float(at_x), at_y) == pytest.approx(there, abs=1e-9)
        assert [float(at_x) - x, at_y - y] == pytest.approx(
            [round(float(at_x) - x), round(at_y - y)], abs=1e-4
        )
    left, top = round(float(at_x) - x), round(at_y - y)
    part = samples[top : top + 96 * scale, left : left + 96 * scale]
    middle = (slice(12 * scale, -12 * scale),) * 2  # within a little: tiles begin elsewhere
    assert np.nanmedian(np.abs(part[middle] - inner[middle])) < 2.0
    outside = np.ones(samples.shape, bool)
    outside[top : top + 96 * scale, left : left + 96 * scale] = False
    assert np.isfinite(samples[outside]).mean() > 0.3
    assert np.nanmedian(samples[outside]) == pytest.approx(SKY, abs=4)


def test_the_context_names_the_frames_that_are_counted(tmp_path: Path) -> None:
    given_ = frames(Sky.of(6), VIEWS, tmp_path, coordinates=True)
    choices = StackChoices(2, reference=0, rounds=4, extent="union")
    stack = stack_frames(given_, tmp_path / "s", choices, silent)
    count = sum((stack.context[0] >> i & 1).astype(int) for i in range(3))
    assert np.array_equal(count, stack.planes["coverage"])
    out = tmp_path / "out.fits"
    stack_files([f.path for f in given_], out, choices, silent)  # type: ignore[misc]
    with fits.open(out, checksum=True) as file:  # a warning fails the test
        kept = file["CONTEXT"].data
        covered = file["COVERAGE"].data
        named = [file[0].header[f"IMCMB{i + 1:03d}"] for i in range(3)]
        assert file["CONTEXT"].header["CRPIX1"] == pytest.approx(file[0].header["CRPIX1"])
    assert kept.dtype == np.dtype(">i4")
    assert kept.shape == (1, *covered.shape)
    for i, name in enumerate(named):  # each alone, where only it is
        only = (kept[0] == 1 << i) & (covered == 1)
        assert only.any(), name
        y, x = np.argwhere(only)[len(np.argwhere(only)) // 2]
        assert frames_at(kept[:, y, x].astype(np.uint32)) == (i,)


@given(frames=st.integers(1, 100), seed=st.integers(0, 99), side=st.integers(1, 3))
def test_bits_of_any_number_of_frames(frames: int, seed: int, side: int) -> None:
    rng = np.random.default_rng(seed)
    seen = [(i, rng.random((3 * side, 2 * side)) < 0.2) for i in range(frames)]
    bits = bits_of(seen, frames, side)
    assert bits.shape == (planes_for(frames), 3, 2)
    for y in range(3):
        for x in range(2):
            part = (slice(y * side, (y + 1) * side), slice(x * side, (x + 1) * side))
            assert frames_at(bits[:, y, x]) == tuple(i for i, w in seen if w[part].any())
