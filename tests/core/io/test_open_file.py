"""The one door, on real files and on anything that is not a frame."""

from __future__ import annotations

import gc
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from astropy.io import fits
from PIL import Image

from astroview.core.errors import UnreadableFrame
from astroview.core.io.open_file import (
    FRAME_SUFFIXES,
    HduInfo,
    describe,
    frame_name,
    is_frame_file,
    list_hdus,
    open_frame,
)
from astroview.core.io.paths.find_frames import frames_in

if TYPE_CHECKING:
    from astroview.core.frame import Frame


@pytest.mark.parametrize("folder", ["fits", "bands"])
def test_every_real_file_opens_or_says_why(
    shared_data: Path, folder: str, capfd: pytest.CaptureFixture[str]
) -> None:
    paths = [p for p in (shared_data / folder).rglob("*.*") if p.suffix != ".csv"]
    problems = [problem for path in paths if (problem := _problem(path))]
    assert len(problems) == {"fits": 32, "bands": 2}[folder]
    for problem in problems:
        assert ".fi" in problem.message or ".npz" in problem.message
        assert problem.hint
    gc.collect()  # a file left open would warn here
    assert capfd.readouterr() == ("", "")


def _problem(path: Path) -> UnreadableFrame | None:
    try:
        _check(open_frame(path))
    except UnreadableFrame as problem:
        return problem
    return None


def _check(frame: Frame) -> None:
    samples = frame.read()
    colours = (3,) if frame.channels == 3 else ()
    assert samples.shape == frame.shape + colours
    assert samples.dtype == np.float32
    assert not np.isinf(samples).any()
    assert np.array_equal(frame.read(step=3), samples[::3, ::3], equal_nan=True)


@pytest.mark.filterwarnings("ignore")  # astropy's, of headers that are meant to be odd
def test_real_samples_are_what_astropy_reads(shared_data: Path) -> None:
    checked = 0
    for path in sorted((shared_data / "fits").rglob("*.*")):
        hdus = _images(path)
        for hdu in hdus[:3]:
            frame = open_frame(path, hdu.index, plane=hdu.planes - 1)
            with fits.open(path) as file:
                data = np.asarray(file[hdu.index].data, np.float64)
            last = data.reshape(-1, *data.shape[-2:])[-1]
            wanted = np.moveaxis(data, 0, -1) if frame.channels == 3 else last
            wanted = wanted.astype(np.float32)
            assert np.allclose(frame.read()[::-1], wanted, rtol=1e-6, atol=0, equal_nan=True), path
            checked += 1
    assert checked > 90


def _images(path: Path) -> list[HduInfo]:
    if path.suffix == ".csv" or path.name.startswith("jw") or "incomplete" in path.name:
        return []
    return [hdu for hdu in list_hdus(path) if hdu.is_image and prod(hdu.shape) < 1e6]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.fits", b"", "is empty"),
        ("a.fits", b"These are my notes.\n" * 50, "is a text file"),
        ("a.fits", b"<html><body>404</body></html>", "is a text file"),
        ("a.fits", bytes(range(256)) * 20, "does not begin like"),
        ("a.fits", b"SIMPLE  =                    T", "damaged"),
        ("a.png", b"\x89PNG\r\n\x1a\nrubbish", "damaged|not a picture"),
        ("a.tif", b"II*\0rubbish", "damaged"),
        ("a.txt", b"hello", "not a picture"),
        ("a.npz", b"PK\x03\x04...", "NumPy"),
        ("a.zip", b"PK\x03\x04...", "archive"),
        ("a.xisf", b"XISF0100", "header is not there whole"),
    ],
)
def test_what_is_no_frame_is_named(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFrame, match=words) as caught:
        open_frame(tmp_path / name)
    assert caught.value.hint
    assert "Traceback" not in caught.value.message


def test_content_decides_not_the_suffix(tmp_path: Path) -> None:
    Image.new("L", (4, 3), 9).save(tmp_path / "a.fits", format="PNG")
    fits.PrimaryHDU(np.ones((2, 2))).writeto(tmp_path / "b.fits")
    (tmp_path / "b.fits").rename(tmp_path / "b.png")
    assert open_frame(tmp_path / "a.fits").kind == "display"
    assert open_frame(tmp_path / "b.png").kind == "linear"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("m31.fits", "m31"),
        ("m31.FITS.GZ", "m31"),
        ("m31.fits.fz", "m31"),
        ("m31.fz", "m31"),
        ("ngc.1068.r.fit", "ngc.1068.r"),
        ("moon.jpeg", "moon"),
        ("odd.name", "odd"),
        (".fits", ".fits"),
    ],
)
def test_the_name_of_a_frame_has_no_suffix(tmp_path: Path, file: str, name: str) -> None:
    assert frame_name(tmp_path / file) == name


def test_frames_of_a_folder_come_in_natural_order(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("b10.fits", "b2.fits", "a.png", "notes.txt", "sub/c.tif", ".hidden/d.fits"):
        (tmp_path / name).touch()
    names = [str(p.relative_to(tmp_path)) for p in frames_in(tmp_path)]
    assert names == ["a.png", "b2.fits", "b10.fits", str(Path("sub", "c.tif"))]
    assert len(frames_in(tmp_path, recursive=False)) == 3
    assert all(is_frame_file(tmp_path / f"x{suffix.upper()}") for suffix in FRAME_SUFFIXES)


def test_a_description_tells_hdus_sky_and_stretch(tmp_path: Path) -> None:
    hdu = fits.PrimaryHDU(np.random.default_rng(1).normal(100, 5, (40, 60)).astype(np.float32))
    hdu.header.update(CTYPE1="RA---TAN", CTYPE2="DEC--TAN", CRPIX1=30.5, CRPIX2=20.5, CRVAL1=150.0)
    hdu.header.update(CRVAL2=-2.0, CDELT1=-1e-4, CDELT2=1e-4, BUNIT="electron/s")
    fits.HDUList([hdu, fits.ImageHDU(np.zeros((2, 2)), name="ERR")]).writeto(tmp_path / "a.fits")
    text = describe(tmp_path / "a.fits")
    for words in ("60 x 40", "ERR", "10 00 00.00  -02 00 00.0", "0.36 arcsec", "electron/s"):
        assert words in text


def test_a_description_of_a_file_without_picture_says_so(tmp_path: Path) -> None:
    table = fits.BinTableHDU.from_columns([fits.Column("ra", "D", array=[1.0])])
    fits.HDUList([fits.PrimaryHDU(), table]).writeto(tmp_path / "t.fits")
    assert "tables but no picture" in describe(tmp_path / "t.fits")


def test_pictures_have_no_other_hdus(tmp_path: Path) -> None:
    Image.new("L", (4, 3), 9).save(tmp_path / "a.png")
    with pytest.raises(UnreadableFrame, match="one picture only"):
        open_frame(tmp_path / "a.png", hdu=1)
    with pytest.raises(UnreadableFrame, match="no HDU SCI"):
        open_frame(tmp_path / "a.png", hdu="SCI")
