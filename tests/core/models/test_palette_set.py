"""Sets of palettes on the user's shelf."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load_file, save

from astroview.core.errors import ModelRejected
from astroview.core.models import palette_set
from astroview.core.models.model_card import Palette
from astroview.core.models.palette_bank import Entry, Listing
from astroview.core.models.palette_set import PaletteShelf, is_likeness, read_set

CODE = tuple(float(n) for n in range(24))


def written(path: Path, name: str = "Mine", weights: str = "a" * 64) -> Path:
    """A set of two pictures and one typical palette."""
    listed = Listing((Entry("like M 51", "sdss"), Entry("like M 42", "")), weights)
    told = palette_set.header(name, listed, (Palette("typical", CODE, ((1, 2, 3),)),), "2026-01-31")
    tensors = {"codes": np.ones((2, 24), np.float16), "features": np.ones((2, 4), np.float16)}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(save(tensors, told))
    return path


@pytest.fixture
def shelf(tmp_path: Path) -> PaletteShelf:
    return PaletteShelf(tmp_path / "palettes", tmp_path / "trash")


def test_a_set_is_kept_renamed_removed_and_brought_back(shelf: PaletteShelf, tmp_path: Path):
    file = written(tmp_path / "new.palettes")
    first, second = shelf.keep(file), shelf.keep(file)
    assert (first.name, second.name) == ("Mine", "Mine 2")
    assert second.names == (
        *("Mine 2", "Mine 2: typical", "Mine 2: like M 51", "Mine 2: like M 42"),
    )
    assert shelf.rename("mine 2", "Other").name == "Other"
    with pytest.raises(ModelRejected, match="already"):
        shelf.rename("Other", "MINE")
    tensors = load_file(shelf.named("Other").path)
    assert (tensors["codes"] == 1).all()  # what a new name leaves alone
    found = shelf.holding("Other: like M 42")
    assert found
    assert found.name == "Other"
    assert shelf.holding("Other: like M 42, pale") == found
    assert shelf.holding("Other: like M 43") is None
    for none in ("like M 43, pale", "typical, pale"):  # pictures have pale palettes, no other has
        assert shelf.holding(f"Other: {none}") is None
    assert shelf.holding("Other, pale") is None
    before = shelf.fingerprint()
    place = shelf.discard("Other")
    assert shelf.fingerprint() != before
    assert [one.name for one in shelf.sets()] == ["Mine"]
    assert [one.name for one in shelf.discarded()] == ["Other"]
    assert shelf.restore(place).name == "Other"
    assert not shelf.discarded()


def test_a_damaged_file_is_passed_over_and_named_where_it_is_asked_for(
    shelf: PaletteShelf, tmp_path: Path
):
    shelf.keep(written(tmp_path / "new.palettes"))
    whole = (tmp_path / "new.palettes").read_bytes()
    for k, content in enumerate((b"", whole[:40], whole[:-1], b"\xff" * 64, whole + b"x")):
        bad = shelf.folder / f"bad{k}.palettes"
        bad.write_bytes(content)
        with pytest.raises(ModelRejected, match=bad.name):
            read_set(bad)
        with pytest.raises(ModelRejected):
            shelf.keep(bad)
    assert [one.name for one in shelf.sets()] == ["Mine"]
    with pytest.raises(ModelRejected, match="no palettes called"):
        shelf.named("bad0")


@given(st.text(max_size=90))
def test_a_name_is_refused_or_can_be_told_in_a_line_and_asked_for(name: str):
    try:
        found = palette_set.clean(name)
    except ModelRejected:
        return
    assert found == palette_set.clean(found)  # and stays as it is
    assert 0 < len(found) <= palette_set.LONGEST
    assert found.isprintable() or "\n" not in found
    assert not set(found) & set(":;,()")
    assert not is_likeness(found)


@pytest.mark.parametrize("name", ["auto", "Auto", " ", "::", "like M 51"])
def test_a_name_that_says_something_else_is_refused(name: str):
    with pytest.raises(ModelRejected):
        palette_set.clean(name)
