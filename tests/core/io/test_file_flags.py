"""What planes beside a picture say of its pixels: by whose convention, and when not believed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from hypothesis import given
from hypothesis import strategies as st

from astroview.core.bad_pixels.flag_bits import FlagMeaning, flag_meaning
from astroview.core.bad_pixels.pixel_rule import FLAGGED, NO_ERROR
from astroview.core.frame import Window
from astroview.core.io.file_flags import file_flags
from astroview.core.io.open_file import open_frame

SHAPE = (30, 40)
SKY = np.random.default_rng(0).normal(100, 5, SHAPE).astype(np.float32)
ALL = Window.whole(SHAPE)


@pytest.mark.parametrize(
    ("plane", "picture", "bad", "good"),
    [
        ({}, {}, (1, 2, 64), (0,)),
        ({}, {"TELESCOP": "JWST"}, (1, 3, 5), (0, 2, 4, 2**30)),
        ({}, {"TELESCOP": "HST", "INSTRUME": "ACS"}, (4, 16, 256, 8192, 17), (0, 32, 64, 1024)),
        ({}, {"TELESCOP": "HST", "INSTRUME": "WFC3", "DETECTOR": "IR"}, (4, 4096), (0, 512, 8192)),
        ({}, {"TELESCOP": "HST", "INSTRUME": "WFC3", "DETECTOR": "UVIS"}, (8192,), (64,)),
        ({}, {"TELESCOP": "Gemini-North"}, (1, 4, 8, 16), (0, 2, 32)),
        ({"HDUCLAS3": "MASKONE"}, {}, (0,), (1, 7)),
        ({"HDUCLAS3": "MASKZERO"}, {}, (1,), (0,)),
        ({"HDUCLAS3": "FLAG32BIT", "QUALMASK": 6}, {}, (2, 4, 7), (0, 1, 8)),
        ({"MP_BAD": 0, "MP_DETECTED": 5, "MP_SAT": 1, "MP_CR": 3}, {}, (1, 2, 8, 33), (0, 32)),
    ],
)
def test_flags_mean_what_their_header_says(
    plane: dict[str, object],
    picture: dict[str, object],
    bad: tuple[int, ...],
    good: tuple[int, ...],
) -> None:
    meaning = flag_meaning(plane, picture)
    assert meaning.bad(np.array(bad)).all()
    assert not meaning.bad(np.array(good)).any()


@given(st.integers(0, 2**40), st.integers(1, 2**40))
def test_any_of_the_bits_is_enough(number: int, bits: int) -> None:
    told = FlagMeaning(bits).bad(np.array([number]))
    assert told[0] == bool(number & bits)


def write(path: Path, *planes: fits.ImageHDU, **cards: str) -> Path:
    primary = fits.PrimaryHDU(header=fits.Header(cards))
    fits.HDUList([primary, fits.ImageHDU(SKY, name="SCI"), *planes]).writeto(path)
    return path


def told(path: Path) -> tuple[dict[str, list[list[int]]], tuple[str, ...]]:
    """Bad pixels by kind, [row from the bottom, column], and lines for the history."""
    flags = file_flags(open_frame(path))
    if flags is None:
        return {}, ()
    found = flags.read(ALL, 1)
    return {kind: np.argwhere(mask[::-1]).tolist() for kind, mask in found.items()}, flags.lines


def test_dq_and_errors_of_one_file(tmp_path: Path) -> None:
    quality, errors = np.zeros(SHAPE, np.uint32), np.full(SHAPE, 5, np.float32)
    quality[3, 7], quality[5, 9] = 1 + 2**20, 4
    errors[0, 0], errors[1, 1], errors[2, 2], errors[4, 4] = 0, np.nan, np.inf, -1
    path = write(
        tmp_path / "a.fits", fits.ImageHDU(errors, name="ERR"), fits.ImageHDU(quality, name="DQ"),
        TELESCOP="JWST",
    )  # fmt: skip
    kinds, lines = told(path)
    assert kinds[FLAGGED] == [[3, 7]]
    assert kinds[NO_ERROR] == [[0, 0], [1, 1], [2, 2], [4, 4]]
    assert any("DO_NOT_USE of JWST" in line for line in lines)


def test_a_step_reads_the_same_pixels_as_the_frame(tmp_path: Path) -> None:
    quality = np.random.default_rng(1).integers(0, 2, SHAPE).astype(np.int16)
    quality[:, ::3] = 0
    flags = file_flags(open_frame(write(tmp_path / "a.fits", fits.ImageHDU(quality, name="MASK"))))
    assert flags is not None
    whole = flags.read(ALL, 1)[FLAGGED]
    assert (whole == (quality[::-1] != 0)).all()
    part = Window(4, 6, 20, 30)
    assert (flags.read(part, 3)[FLAGGED] == whole[part.slices][::3, ::3]).all()


def test_planes_of_another_exposure_size_or_grid_say_nothing(tmp_path: Path) -> None:
    bad = np.eye(*SHAPE, dtype=np.int16)
    other = fits.ImageHDU(bad, name="DQ", ver=2)
    small = fits.ImageHDU(bad[:10, :10], name="DQ")
    elsewhere = fits.ImageHDU(bad, fits.Header({"CRPIX1": 7.0}), name="MASK")
    assert told(write(tmp_path / "a.fits", other, small, elsewhere)) == ({}, ())
    assert told(write(tmp_path / "b.fits")) == ({}, ())


@pytest.mark.parametrize("name", ["DQ", "ERR", "WHT"])
def test_a_plane_that_calls_most_pixels_bad_is_not_believed(name: str, tmp_path: Path) -> None:
    full = np.full(SHAPE, 3, np.int16) if name == "DQ" else np.zeros(SHAPE, np.float32)
    kinds, lines = told(write(tmp_path / "a.fits", fits.ImageHDU(full, name=name)))
    assert kinds == {}
    assert "not believed: 100%" in lines[0]


def test_arrays_and_pictures_have_none(tmp_path: Path, samples: Path) -> None:
    assert file_flags(open_frame(samples / "galaxy.fits")) is None
    from PIL import Image

    Image.fromarray(np.zeros((9, 9), np.uint8)).save(tmp_path / "a.png")
    assert file_flags(open_frame(tmp_path / "a.png")) is None
