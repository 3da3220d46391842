from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import Window
from astroview.core.io import windowed_reader
from astroview.core.io.byte_stores import DiskStore, MemoryStore
from astroview.core.io.windowed_reader import Scaling, WindowedReader, npy_source

if TYPE_CHECKING:
    from pathlib import Path

pictures = hnp.arrays(
    dtype=st.sampled_from([">i2", "<u2", ">i4", ">f4", "<f4", "u1", ">f8"]),
    shape=st.one_of(
        st.tuples(st.integers(1, 12), st.integers(1, 12)),
        st.tuples(st.integers(1, 12), st.integers(1, 12), st.just(3)),
    ),
    elements=st.integers(0, 120),
)


@given(picture=pictures, data=st.data(), junk=st.binary(max_size=9))
def test_a_read_touches_what_a_slice_would(picture: Any, data: Any, junk: bytes) -> None:
    height, width = picture.shape[:2]
    y, x = data.draw(st.integers(0, height)), data.draw(st.integers(0, width))
    window = Window(
        y, x, data.draw(st.integers(0, height - y)), data.draw(st.integers(0, width - x))
    )
    step = data.draw(st.integers(1, 8))
    store = MemoryStore("a", junk + picture.tobytes())
    read = WindowedReader(store, len(junk), picture.shape, picture.dtype).read(window, step)
    rows_, columns = window.slices
    assert np.array_equal(read, picture[rows_, columns][::step, ::step].astype(np.float32))


@settings(max_examples=30)
@given(
    stored=hnp.arrays(">i2", (3, 4)),
    slope=st.floats(-1e3, 1e3),
    zero=st.floats(-1e6, 1e6),
    blank=st.one_of(st.none(), st.integers(-3, 3)),
)
def test_stored_numbers_become_values(
    stored: Any, slope: float, zero: float, blank: int | None
) -> None:
    values = Scaling(slope, zero, blank).apply(stored.copy())
    wanted = (stored * np.float64(slope) + zero).astype(np.float32)
    if blank is not None:
        wanted[stored == blank] = np.nan
    assert np.array_equal(values, wanted, equal_nan=True)


def test_large_reads_go_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windowed_reader, "_BLOCK", 100)
    picture = np.arange(50 * 20, dtype=">f4").reshape(50, 20)
    source = WindowedReader(MemoryStore("a", picture.tobytes()), 0, picture.shape, picture.dtype)
    assert np.array_equal(source.read(Window(0, 0, 50, 20), 1), picture)
    assert np.array_equal(source.read(Window(3, 1, 40, 17), 3), picture[3:43:3, 1:18:3])


def test_a_file_that_shrinks_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.raw"
    path.write_bytes(bytes(100))
    source = WindowedReader(DiskStore("a.raw", path), 0, (10, 10), np.dtype("u1"))
    path.write_bytes(bytes(50))
    with pytest.raises(UnreadableFrame, match=r"a\.raw can no longer be read") as caught:
        source.read(Window(0, 0, 10, 10), 1)
    assert "open it again" in caught.value.hint
    path.unlink()
    with pytest.raises(UnreadableFrame, match="can no longer be read"):
        source.read(Window(0, 0, 2, 2), 1)


def test_threads_do_not_disturb_each_other(tmp_path: Path) -> None:
    picture = np.arange(200 * 100, dtype=">f4").reshape(200, 100)
    path = tmp_path / "a.raw"
    path.write_bytes(picture.tobytes())
    source = WindowedReader(DiskStore("a.raw", path), 0, picture.shape, picture.dtype)

    def right(y: int) -> bool:
        return np.array_equal(source.read(Window(y, 5, 30, 60), 1), picture[y : y + 30, 5:65])

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(right, list(range(0, 160, 20)) * 20))


def test_scratch_arrays_are_read_without_a_memory_map(tmp_path: Path) -> None:
    chroma = np.arange(5 * 6 * 2, dtype=np.float16).reshape(5, 6, 2)
    np.save(tmp_path / "chroma.npy", chroma)
    read = npy_source(tmp_path / "chroma.npy").read(Window(1, 2, 4, 4), 2)
    assert np.array_equal(read, chroma[1:5:2, 2:6:2])


def test_a_broken_scratch_array_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.npy").write_bytes(b"nothing")
    with pytest.raises(UnreadableFrame, match=r"a\.npy"):
        npy_source(tmp_path / "a.npy")
