"""Raw frames of colour cameras open debayered, whatever way the pattern is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from astropy.io import fits
from hypothesis import given, settings
from hypothesis import strategies as st

from astroview.core.colour.stretch import auto_stretch
from astroview.core.enhance.results import frame_from_outputs
from astroview.core.errors import UnreadableFrame
from astroview.core.frame import ArraySource, Window
from astroview.core.io.fits.colour_filter_array import DebayeredSource
from astroview.core.io.fits.fast_fits import glimpse
from astroview.core.io.open_file import describe, list_hdus, open_frame
from astroview.core.io.save_file import save_frame
from astroview.core.options import Outputs

CASES = Path(__file__).parents[5] / "shared" / "cases" / "fits"
COLOUR = {"R": 900.0, "G": 500.0, "B": 100.0}


def mosaic(tmp_path: Path, first_row: str, height: int = 10, **cards: Any) -> Path:
    """A frame of one colour; ``first_row`` is the pattern from the first row of the file."""
    y, x = np.mgrid[:height, :12]
    letters = np.array(list(first_row))[2 * (y % 2) + x % 2]
    samples = np.vectorize(COLOUR.get)(letters).astype(np.uint16)
    path = tmp_path / "raw.fits"
    fits.PrimaryHDU(samples, fits.Header(cards)).writeto(path, overwrite=True)
    return path


@pytest.mark.parametrize("pattern", ["RGGB", "BGGR", "GRBG", "GBRG"])
@pytest.mark.parametrize("keyword", ["BAYERPAT", "COLORTYP", "CFAPAT"])
@pytest.mark.parametrize("height", [10, 11])
def test_a_flat_colour_comes_out_flat(
    tmp_path: Path, pattern: str, keyword: str, height: int
) -> None:
    path = mosaic(tmp_path, pattern, height, **{keyword: f"{pattern}  "})
    frame = open_frame(path)
    assert np.allclose(frame.read(), list(COLOUR.values()))
    assert (frame.channels, list_hdus(path)[0].channels, list_hdus(path)[0].planes) == (3, 3, 1)
    assert pattern in frame.note
    assert "debayered" in describe(path)
    assert glimpse(path) is None


def turned(pattern: str) -> str:
    return pattern[2:] + pattern[:2]


@pytest.mark.parametrize("height", [10, 11])
def test_the_order_of_rows_and_offsets(tmp_path: Path, height: int) -> None:
    top_down: dict[str, Any] = {"BAYERPAT": "RGGB", "ROWORDER": "TOP-DOWN"}
    bottom_up: dict[str, Any] = {"BAYERPAT": "RGGB", "ROWORDER": "BOTTOM-UP"}
    last_row_first = "RGGB" if height % 2 else turned("RGGB")
    for first_row, cards in (
        ("RGGB", top_down),
        (last_row_first, bottom_up),
        (turned("RGGB"), top_down | {"YBAYROFF": 1}),
        (turned(last_row_first), bottom_up | {"YBAYROFF": 1}),
        ("GRBG", top_down | {"XBAYROFF": 1}),
        ("BGGR", top_down | {"XBAYROFF": -1, "YBAYROFF": 3}),
    ):
        frame = open_frame(mosaic(tmp_path, first_row, height, **cards))
        assert np.allclose(frame.read(), list(COLOUR.values())), (first_row, cards)


@pytest.mark.parametrize("word", ["'RGGB'", "RG;GB", "rggb ", "RG/GB", "R G G B"])
def test_marks_around_letters_change_nothing(tmp_path: Path, word: str) -> None:
    path = tmp_path / "a.fits"
    fits.PrimaryHDU(np.ones((6, 8), np.int16), fits.Header({"BAYERPAT": word})).writeto(path)
    assert open_frame(path).channels == 3


@pytest.mark.parametrize("word", ["", "NONE", "MONO", "GREY", "RGB"])
def test_a_frame_of_one_colour_stays_grey(tmp_path: Path, word: str) -> None:
    frame = open_frame(mosaic(tmp_path, "RGGB", BAYERPAT=word, COLORTYP="NONE"))
    assert (frame.channels, frame.note) == (1, "")


@pytest.mark.parametrize("word", ["XTRANS", "X-TRANS", "CMYG", "RGBW", "GGRGGBGGBGGR" * 3])
def test_other_filters_are_refused_by_name(tmp_path: Path, word: str) -> None:
    path = mosaic(tmp_path, "RGGB", BAYERPAT=word)
    with pytest.raises(UnreadableFrame, match="colour camera") as caught:
        open_frame(path)
    assert "Debayer" in caught.value.hint
    assert list_hdus(path)[0].channels == 1


def test_planes_of_a_debayered_picture_are_its_colours(tmp_path: Path) -> None:
    samples = np.arange(3, dtype=np.float32)[:, None, None] + np.zeros((8, 9), np.float32)
    fits.PrimaryHDU(samples, fits.Header({"BAYERPAT": "RGGB"})).writeto(tmp_path / "a.fits")
    assert open_frame(tmp_path / "a.fits").read()[0, 0].tolist() == [0, 1, 2]


def test_a_compressed_raw_frame_and_one_in_an_extension(tmp_path: Path) -> None:
    with fits.open(mosaic(tmp_path, "RGGB", BAYERPAT="RGGB")) as hdus:
        samples, header = np.asarray(hdus[0].data), hdus[0].header
        packed = fits.CompImageHDU(samples, header, compression_type="RICE_1")
        fits.HDUList([fits.PrimaryHDU(), packed]).writeto(tmp_path / "a.fits.fz")
        primary = fits.PrimaryHDU(header=fits.Header({"BAYERPAT": "RGGB"}))
        fits.HDUList([primary, fits.ImageHDU(samples)]).writeto(tmp_path / "b.fits")
    for name in ("a.fits.fz", "b.fits"):
        assert np.allclose(open_frame(tmp_path / name).read(), list(COLOUR.values()))


@settings(deadline=None)
@given(
    shape=st.tuples(st.integers(1, 9), st.integers(1, 9)),
    step=st.integers(1, 7),
    corner=st.tuples(st.integers(0, 8), st.integers(0, 8)),
    pattern=st.sampled_from([(0, 1, 1, 2), (2, 1, 1, 0), (1, 0, 2, 1), (1, 2, 0, 1)]),
    seed=st.integers(0, 999),
)
def test_any_part_is_that_part_of_the_whole(
    shape: tuple[int, int], step: int, corner: tuple[int, int], pattern: Any, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    samples = rng.integers(0, 999, shape).astype(np.float32)
    samples[rng.random(shape) < 0.1] = np.nan
    source = DebayeredSource(ArraySource(samples), shape, pattern)
    whole = source.read(Window.whole(shape), 1)
    own = np.take_along_axis(
        whole, np.array(pattern)[2 * (np.arange(shape[0])[:, None] % 2)
                                 + np.arange(shape[1]) % 2][..., None], -1
    )[..., 0]  # fmt: skip
    assert np.array_equal(own, samples, equal_nan=True)  # what was measured stays
    if np.isfinite(whole).any():
        assert np.nanmax(whole) <= np.nanmax(samples)
        assert np.nanmin(whole) >= np.nanmin(samples)
    part = Window(*corner, 5, 6).clip(shape)
    assert np.array_equal(
        source.read(part, step), whole[part.slices][::step, ::step], equal_nan=True
    )


def test_results_have_no_mosaic_cards(tmp_path: Path) -> None:
    cards = {"BAYERPAT": "RGGB", "XBAYROFF": 0, "YBAYROFF": 0, "COLORTYP": "RGGB", "GAIN": 120}
    frame = open_frame(mosaic(tmp_path, "RGGB", **cards))
    np.save(tmp_path / "out.npy", frame.read())
    result = frame_from_outputs(frame, Outputs(str(tmp_path / "out.npy"), None, None, (), 1))
    assert "BAYERPAT" not in result.header
    saved = save_frame(frame, tmp_path / "b.fits", auto_stretch(frame))
    for hdu in (0, 1):
        header = fits.getheader(saved, hdu)
        assert not {"BAYERPAT", "XBAYROFF", "YBAYROFF", "COLORTYP"} & set(header)
        assert header["GAIN"] == 120
    assert "debayered" in str(fits.getheader(saved)["HISTORY"])
    assert open_frame(saved).note == ""


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not here")
def test_shared_case() -> None:
    frame = open_frame(CASES / "07_osc_rggb_bayer.fits")
    samples = frame.read()[::-1]
    red = samples[30:33, 20:23].mean((0, 1))
    blue = samples[29:32, 47:50].mean((0, 1))
    assert red[0] > 2 * red[2]
    assert blue[2] > 2 * blue[0]
