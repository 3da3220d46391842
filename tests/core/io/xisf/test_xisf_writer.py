"""XISF files of ours hold what our FITS files hold, and others read them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits

from astroview.core.colour.stretch import auto_stretch
from astroview.core.frame import ArraySource, Frame
from astroview.core.io.open_file import list_hdus, open_frame
from astroview.core.io.save_file import save_frame
from astroview.core.provenance import has_painted_colour
from astroview.core.sky.wcs import sky_at

RNG = np.random.default_rng(4)
LINE = "colour painted: model colorizer-9, sha256 0123456789abcdef, palette auto"


@pytest.fixture
def grey(tiny_frame: Path) -> Frame:
    with fits.open(tiny_frame, mode="update") as hdus:
        hdus[0].header["OBJECT"] = "NGC 5'457"
        hdus[0].data[3, 4] = np.nan
    return open_frame(tiny_frame)


def test_a_grey_frame_comes_back(tmp_path: Path, grey: Frame) -> None:
    saved = save_frame(grey, tmp_path / "a.xisf", auto_stretch(grey))
    again = open_frame(saved)
    assert np.array_equal(again.read(), grey.read(), equal_nan=True)
    assert again.header is not None
    assert (again.unit, again.header["OBJECT"], again.kind) == ("adu", "NGC 5'457", "linear")
    assert np.allclose(sky_at(again, 3, 9), sky_at(grey, 3, 9), rtol=1e-12)


def test_a_painted_frame_keeps_its_samples_and_says_so(tmp_path: Path, grey: Frame) -> None:
    chroma = ArraySource((RNG.random((*grey.shape, 2)) * 0.1).astype(np.float32))
    painted = replace(grey, chroma=chroma, history=(LINE,))
    saved = save_frame(painted, tmp_path / "a.xisf", auto_stretch(grey))
    assert [info.name for info in list_hdus(saved)] == ["main", "LUMINANCE"]
    shown, below = open_frame(saved), open_frame(saved, hdu="LUMINANCE")
    assert (shown.channels, shown.kind, shown.full_scale) == (3, "display", 1.0)
    assert has_painted_colour(shown)
    assert np.array_equal(below.read(), grey.read(), equal_nan=True)
    twin = open_frame(save_frame(painted, tmp_path / "a.fits", auto_stretch(grey)))
    assert np.array_equal(shown.read(), twin.read(), equal_nan=True)
    assert shown.header is not None
    assert twin.header is not None
    assert list(shown.header["HISTORY"]) == list(twin.header["HISTORY"])


def test_a_colour_frame_comes_back(tmp_path: Path) -> None:
    cube = RNG.random((3, 11, 13)).astype(np.float32)
    fits.PrimaryHDU(cube).writeto(tmp_path / "a.fits")
    frame = open_frame(tmp_path / "a.fits")
    saved = save_frame(frame, tmp_path / "b.xisf", auto_stretch(frame))
    assert np.array_equal(open_frame(saved, hdu="LINEAR").read(), frame.read())


def test_others_read_it(tmp_path: Path, grey: Frame) -> None:
    other = pytest.importorskip("xisf", reason="the package xisf is not installed")
    saved = save_frame(grey, tmp_path / "a.xisf", auto_stretch(grey))
    file = other.XISF(str(saved))
    assert np.array_equal(file.read_image(0)[..., 0], grey.read(), equal_nan=True)
    keywords = file.get_images_metadata()[0]["FITSKeywords"]
    assert keywords["CRVAL1"][0]["value"] == "210.8"
