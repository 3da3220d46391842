"""Saved pictures say where on the sky they are, whom they are from, and what a network did."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from astropy.io import fits
from astropy.wcs import WCS, Sip
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pyavm import AVM

from astroview.core.colour.colour_profiles import read_profile
from astroview.core.colour.stretch import Stretch
from astroview.core.errors import AstroviewError
from astroview.core.frame import ArraySource, Frame
from astroview.core.io.open_file import open_frame
from astroview.core.io.pictures.picture_credits import credits_of, source_type
from astroview.core.io.pictures.xmp_packet import IN_PART, PAINTED, SOURCE_TYPES
from astroview.core.io.save_file import save_frame
from astroview.core.provenance import has_painted_colour
from astroview.core.sky.flat_wcs import flat_sky
from astroview.core.sky_colour.colour_picture import from_file

SHAPE = (40, 60)
STRETCH = Stretch("linear", 0, 1)
SHA = "0123456789abcdef" * 4
PLANE = np.random.default_rng(2).uniform(0, 1, SHAPE).astype(np.float32)
RGB = np.random.default_rng(5).uniform(0, 1, (*SHAPE, 3)).astype(np.float32)
pytestmark = pytest.mark.filterwarnings("ignore:Only PNG and JPEG")  # PyAVM, of TIFF
SUFFIXES = pytest.mark.parametrize("suffix", [".png", ".tif", ".jpg"])
COLOURED = f"colour painted: model hue-1, sha256 {SHA}, palette auto"
MEASURED = f"colour measured by DSS2 at 2 arcsec, painted with: model hue-1, sha256 {SHA}"
SHARPENED = f"super-resolution: model sharp-1, sha256 {SHA}, scale 2"


def sky(turn: float = 0.0, mirrored: bool = False, stretch: float = 1.0, kind: str = "TAN") -> WCS:
    wcs = WCS(naxis=2)
    wcs.wcs.ctype = [f"RA---{kind}", f"DEC--{kind}"]
    wcs.wcs.crval = [202.47, 47.2]
    wcs.wcs.crpix = [31.25, 18.5]
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    side = np.array([1.0 if mirrored else -1.0, stretch])[:, None]
    wcs.wcs.cd = 3e-4 * side * np.array([[c, -s], [s, c]])
    wcs.wcs.set()
    return wcs


def distorted() -> WCS:
    wcs = sky(20)
    wcs.wcs.ctype = ["RA---TAN-SIP", "DEC--TAN-SIP"]
    bent = np.zeros((3, 3))
    bent[2, 0], bent[0, 2] = 8e-4, -5e-4
    wcs.sip = Sip(bent, bent.T.copy(), None, None, wcs.wcs.crpix)
    wcs.wcs.set()
    return wcs


def grey(wcs: WCS | None = None, **more: Any) -> Frame:
    return Frame("m51", SHAPE, 1, "linear", ArraySource(PLANE), None, wcs=wcs, **more)


def coloured(*history: str, **more: Any) -> Frame:
    picture = Frame("m51", SHAPE, 3, "linear", ArraySource(RGB), None, history=history)
    return replace(picture, **more)


def packet(path: Path) -> str:
    with Image.open(path) as image:
        found = image.info.get("xmp") or image.getexif().get(700) or b""
    if path.suffix == ".tif":
        with tifffile.TiffFile(path) as tiff:
            found = tiff.pages[0].tags[700].value  # type: ignore[union-attr]
    return bytes(found).decode("utf-8")


def apart(wanted: WCS, found: WCS | None) -> float:
    """How far the corners and the middle lie apart, in pixels."""
    assert found is not None
    x, y = np.array([0, 59, 0, 59, 30.0]), np.array([0, 0, 39, 39, 20.0])
    there = wanted.pixel_to_world(x, y)
    return float(np.hypot(*(np.array(found.world_to_pixel(there)) - (x, y))).max())


@SUFFIXES
@pytest.mark.parametrize(
    "wcs",
    [sky(), sky(33), sky(-100), sky(12, mirrored=True), sky(5, stretch=1.2), sky(1, kind="ARC"),
     distorted()],
    ids=["plain", "turned", "turned far", "mirrored", "oblong", "arc", "distorted"],
)  # fmt: skip
def test_the_sky_comes_back_from_every_kind_of_picture(
    tmp_path: Path, wcs: WCS, suffix: str
) -> None:
    path = save_frame(grey(wcs), tmp_path / f"a{suffix}", STRETCH)
    assert apart(wcs, open_frame(path).wcs) < 1e-6
    # And another program reads it, without the FITS header that only distorted ones have.
    other = AVM.from_image(str(path)).to_wcs()
    assert apart(wcs, other) < (1.0 if wcs.sip else 1e-6)


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_a_picture_that_was_reduced_afterwards_keeps_its_place(tmp_path: Path, suffix: str) -> None:
    wcs = sky(33)
    path = save_frame(grey(wcs), tmp_path / f"a{suffix}", STRETCH)
    xmp, out = packet(path), tmp_path / f"b{suffix}"
    if suffix == ".tif":
        tags = [(700, 1, len(xmp.encode()), xmp.encode(), True)]
        tifffile.imwrite(out, tifffile.imread(path)[::2, ::2], extratags=tags)
    else:
        info = PngInfo()
        info.add_itxt("XML:com.adobe.xmp", xmp)
        with Image.open(path) as image:
            Image.fromarray(np.asarray(image)[::2, ::2].astype(np.uint16)).save(out, pnginfo=info)
    found = open_frame(out).wcs
    assert found is not None
    x, y = np.array([0.0, 29.0]), np.array([0.0, 19.0])
    there = wcs.pixel_to_world(2 * x + 0.5, 2 * y + 0.5)  # edges stay where they are
    assert np.allclose(found.world_to_pixel(there), (x, y), atol=1e-6)


@given(
    turn=st.floats(-180, 180), x=st.floats(-50, 90), y=st.floats(-50, 90), factor=st.floats(0.1, 9),
    mirrored=st.booleans(),
)  # fmt: skip
@settings(max_examples=30, deadline=None)
def test_other_pixels_of_one_sky(
    turn: float, x: float, y: float, factor: float, mirrored: bool
) -> None:
    flat = flat_sky(sky(10), SHAPE)
    assert flat is not None
    c, s = factor * np.cos(np.radians(turn)), factor * np.sin(np.radians(turn))
    matrix = np.array([[c, -s], [s, c]]) @ np.diag([-1.0 if mirrored else 1.0, 1.0])
    seen = flat.seen_by(matrix, np.array([x, y]))
    at = np.array([7.0, 3.0])
    there = seen.matrix @ (at - seen.pixel)
    assert np.allclose(there, flat.matrix @ (matrix @ at + (x, y) - flat.pixel), atol=1e-9)
    assert (seen.turned is None) == mirrored


@SUFFIXES
def test_whom_to_thank_and_what_is_seen(tmp_path: Path, suffix: str) -> None:
    header = fits.Header()
    header["OBJECT"], header["TELESCOP"], header["INSTRUME"] = "M 51", "1 m & more", "CCD <2>"
    header["OBSERVER"], header["DATE-OBS"] = "E. Example", "2021-03-04T05:06:07"
    thanks = "credit: A Survey; HiPS"
    frame = coloured(MEASURED, thanks, header=header, wcs=sky())
    told = AVM.from_image(str(save_frame(frame, tmp_path / f"a{suffix}", STRETCH)))
    assert (told.Title, told.Subject.Name) == ("M 51", ["M 51"])
    assert (told.Facility, told.Instrument) == (["1 m & more"], ["CCD <2>"])
    assert told.Credit == "E. Example; A Survey; HiPS"
    assert told.Temporal.StartTime == ["2021-03-04T05:06:07"]
    assert "measured by DSS2 at 2 arcsec" in str(told.Description)
    assert "hue-1" in str(told.Description)


def test_a_program_that_wrote_the_file_is_not_thanked() -> None:
    header = fits.Header({"ORIGIN": "NOAO-IRAF FITS Image Kernel July 2003"})
    assert credits_of(grey(header=header)).credit == ""
    assert credits_of(grey(header=fits.Header({"ORIGIN": "ESO"}))).credit == "ESO"


@pytest.mark.parametrize(
    ("frame", "wanted"),
    [
        (grey(), ""),
        (coloured(), ""),
        (coloured(COLOURED), PAINTED),
        (grey(chroma=ArraySource(RGB[..., :2] / 9), history=(COLOURED,)), PAINTED),
        (coloured(MEASURED), IN_PART),
        (grey(history=(SHARPENED,)), IN_PART),
        (grey(history=("super-resolution (texture painted: not for measurement): model gan-1",)),
         PAINTED),
        (coloured(MEASURED, SHARPENED), IN_PART),
    ],
    ids=["grey", "colour", "painted", "painting", "measured", "sharpened", "texture", "both"],
)  # fmt: skip
@SUFFIXES
def test_the_source_type_says_what_a_network_did(
    tmp_path: Path, frame: Frame, wanted: str, suffix: str
) -> None:
    assert source_type(frame) == wanted
    path = save_frame(replace(frame, rendered=STRETCH), tmp_path / f"a{suffix}", STRETCH)
    told = packet(path)
    assert ("DigitalSourceType" in told) == bool(wanted)
    assert f"<Iptc4xmpExt:DigitalSourceType>{SOURCE_TYPES}{wanted}</" in told or not wanted
    again = open_frame(path)  # and it is still known when it is opened and saved again
    assert source_type(again) == wanted
    assert has_painted_colour(again) == has_painted_colour(frame)


@SUFFIXES
def test_pictures_are_srgb_and_say_so(tmp_path: Path, suffix: str) -> None:
    for frame in (coloured(), grey()):
        path = save_frame(frame, tmp_path / f"a{suffix}", STRETCH)
        with Image.open(path) as image:
            assert read_profile(image.info["icc_profile"]).is_srgb
        again = open_frame(path)
        assert again.note == ""
        off = np.abs(again.read() / again.full_scale - frame.read())
        assert off.max() < (0.15 if suffix == ".jpg" else 1e-4)


@pytest.mark.parametrize("suffix", [".png", ".tif"])
@pytest.mark.parametrize("channels", [1, 3])
def test_no_data_is_transparent(tmp_path: Path, suffix: str, channels: int) -> None:
    samples = (RGB if channels == 3 else PLANE).copy()
    samples[3:7, 10:20] = np.nan
    frame = replace(coloured() if channels == 3 else grey(), source=ArraySource(samples))
    again = open_frame(save_frame(frame, tmp_path / f"a{suffix}", STRETCH))
    assert again.channels == channels
    assert np.allclose(again.read() / 65535, samples, atol=1e-4, equal_nan=True)


def test_a_picture_that_says_it_was_painted_measures_no_colours(tmp_path: Path) -> None:
    rgb = Image.fromarray((RGB * 255).astype(np.uint8))
    words = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><r DigitalSourceType='{SOURCE_TYPES}{{}}'/>"
    told = "<?xpacket begin='' id='1'?>" + words + "</x:xmpmeta><?xpacket end='w'?>"
    rgb.save(tmp_path / "made.jpg", xmp=told.format(PAINTED).encode())
    rgb.save(tmp_path / "seen.jpg", xmp=told.format("digitalCapture").encode())
    assert has_painted_colour(open_frame(tmp_path / "made.jpg"))
    assert not has_painted_colour(open_frame(tmp_path / "seen.jpg"))
    with pytest.raises(AstroviewError, match="painted by a model"):
        from_file(tmp_path / "made.jpg")


def test_the_credits_of_a_press_picture_go_on(tmp_path: Path) -> None:
    plain, press = tmp_path / "plain.png", tmp_path / "press.png"
    Image.fromarray((RGB * 255).astype(np.uint8)).save(plain)
    avm = AVM.from_wcs(sky(), shape=SHAPE)
    avm.Credit, avm.Creator, avm.Title = "A. Maker & NASA", "An Agency", "Whirlpool"
    avm.embed(str(plain), str(press))
    frame = replace(open_frame(press), history=(SHARPENED,))
    told = AVM.from_image(str(save_frame(frame, tmp_path / "again.tif", Stretch("linear", 0, 255))))
    assert (told.Credit, told.Creator) == ("A. Maker & NASA", "An Agency")
    assert "Whirlpool" in str(told.Title)
    assert "sharpened" in str(told.Description)


def test_a_jpeg_that_is_too_large_is_refused_in_words(tmp_path: Path) -> None:
    wide = np.zeros((1, 65600), np.float32)
    frame = Frame("wide", (1, 65600), 1, "linear", ArraySource(wide), None)
    with pytest.raises(AstroviewError, match="at most 65500 pixels"):
        save_frame(frame, tmp_path / "a.jpg", STRETCH)
    assert list(tmp_path.iterdir()) == []
