from __future__ import annotations

import bz2
import gc
import gzip
import lzma
from typing import TYPE_CHECKING, Any

import pytest

from astroview.core.errors import UnreadableFrame
from astroview.core.io import byte_stores
from astroview.core.io.byte_stores import DiskStore, MemoryStore, TemporaryStore, open_store

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = bytes(range(256)) * 50


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packed_files_are_unpacked(tmp_path: Path, pack: Any) -> None:
    path = tmp_path / "a.fits.packed"
    path.write_bytes(pack(CONTENT))
    store = open_store(path)
    assert isinstance(store, MemoryStore)
    assert store.size == len(CONTENT)
    with store.open() as file:
        assert file.read() == CONTENT


def test_what_unpacks_to_much_goes_to_a_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(byte_stores, "MEMORY_LIMIT", 1000)
    monkeypatch.setattr(byte_stores, "_CHUNK", 600)
    path = tmp_path / "a.fits.gz"
    path.write_bytes(gzip.compress(CONTENT))
    store = open_store(path)
    assert isinstance(store, TemporaryStore)
    assert store.path.read_bytes() == CONTENT
    spilled = store.path
    del store
    gc.collect()
    assert not spilled.exists()


def test_an_ordinary_file_stays_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.fits"
    path.write_bytes(CONTENT)
    assert open_store(path) == DiskStore("a.fits", path)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_file_that_is_cut_short_is_reported(tmp_path: Path, pack: Any) -> None:
    path = tmp_path / "a.fits.gz"
    path.write_bytes(pack(CONTENT)[:-12])
    with pytest.raises(UnreadableFrame, match="cannot be unpacked"):
        open_store(path)


def test_an_empty_file_a_folder_and_no_file_are_reported(tmp_path: Path) -> None:
    (tmp_path / "empty.fits").touch()
    (tmp_path / "nothing.gz").write_bytes(gzip.compress(b""))
    for name, words in (
        ("empty.fits", "is empty"),
        ("nothing.gz", "has nothing in it"),
        ("missing.fits", "There is no file"),
        (".", "is a folder"),
    ):
        with pytest.raises(UnreadableFrame, match=words) as caught:
            open_store(tmp_path / name)
        assert caught.value.hint
