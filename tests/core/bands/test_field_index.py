"""Sets of bands among very many frames are found without comparing each with each."""

from __future__ import annotations

import random

import numpy as np
import pytest
from astropy.io import fits
from astropy.wcs import WCS

from astroview.core.bands import reproject_bands
from astroview.core.bands.field_index import Fields
from astroview.core.frame import ArraySource, Frame

SAMPLES = ArraySource(np.zeros((32, 40), np.float32))


def frame(
    name: str, filter_: str, ra: float | None, dec: float = 41.0, scale: float = 1e-3
) -> Frame:
    header = fits.Header({"FILTER": filter_} if filter_ else {})
    wcs = None
    if ra is not None:
        header.update(
            {"CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN", "CRVAL1": ra, "CRVAL2": dec,
             "CRPIX1": 20.0, "CRPIX2": 16.0, "CDELT1": -scale, "CDELT2": scale}
        )  # fmt: skip
        wcs = WCS(header)
    return Frame(name, (32, 40), 1, "linear", SAMPLES, None, header=header, wcs=wcs)


def sets_of(frames: list[Frame]) -> list[list[str]]:
    fields = Fields(frames)
    found = [fields.take(i) for i in range(len(frames)) if fields.is_free(i)]
    return sorted(sorted(band.frame.name for _, band in one) for one in found if one)


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with every comparison of two coordinate systems."""
    overlap, counted = reproject_bands.overlap, list[int]()

    def counting(one: Frame, other: Frame) -> float:
        counted.append(1)
        return overlap(one, other)

    monkeypatch.setattr(reproject_bands, "overlap", counting)
    return counted


def test_many_fields_take_few_comparisons(compared: list[int]) -> None:
    fields = [(10.0 + 0.2 * (k % 8), 41.0 + 0.2 * (k // 8)) for k in range(60)]
    frames = [
        frame(f"f{k:02}_{band}", band, *place) for k, place in enumerate(fields) for band in "gri"
    ]
    random.Random(4).shuffle(frames)
    assert sets_of(frames) == [[f"f{k:02}_{band}" for band in "gir"] for k in range(60)]
    assert len(compared) < 6 * len(frames)


def test_many_exposures_of_one_field_go_together_in_their_order(compared: list[int]) -> None:
    frames = [frame(f"m31_{k:02}_{band}", band, 10.0) for band in "gri" for k in range(30)]
    assert sets_of(frames) == [[f"m31_{k:02}_{band}" for band in "gir"] for k in range(30)]
    assert len(compared) < 6 * len(frames)
    without = [frame(f"m31_{k:02}_{band}", band, None) for band in "gri" for k in range(30)]
    assert len(sets_of(without)) == 30


def test_a_wide_frame_has_small_ones_in_it_and_the_poles_are_no_edge() -> None:
    wide, small = frame("wide_g", "g", 359.9, 89.9, 0.02), frame("small_r", "r", 180.0, 89.95)
    assert sets_of([small, wide]) == [["small_r", "wide_g"]]
    beside = [frame("a_g", "g", 359.999, 0.0), frame("a_r", "r", 0.001, 0.0)]
    assert sets_of(beside) == [["a_g", "a_r"]]


def test_frames_without_filters_or_without_fellows_are_for_themselves() -> None:
    odd = [frame("white", "", 10.0), frame("lone_g", "g", 10.0), frame("far_r", "r", 99.0)]
    assert sets_of(odd) == []
    assert sets_of([]) == []


def test_names_tell_where_headers_say_the_same_of_all() -> None:
    frames = [frame(f"m31_{band}_{k}", "CLEAR", 10.0) for k in range(2) for band in "gri"]
    assert sets_of(frames) == [[f"m31_{band}_{k}" for band in "gir"] for k in range(2)]
