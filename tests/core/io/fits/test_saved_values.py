"""Sums and means in saved FITS, what the reader makes of them, and the extensions beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from astropy.io import fits
from astropy.nddata import CCDData
from astropy.table import Table
from hypothesis import given, settings
from hypothesis import strategies as st

from astroview.core.bad_pixels.saturation import saturation_level
from astroview.core.colour.difference import box_means
from astroview.core.colour.stretch import Stretch, auto_stretch
from astroview.core.enhance.results import frame_from_outputs
from astroview.core.frame import ArraySource, Frame, Window
from astroview.core.io.fits.fits_choices import FitsChoices
from astroview.core.io.fits.value_cards import divided
from astroview.core.io.open_file import list_hdus, open_frame
from astroview.core.io.save_file import save_frame
from astroview.core.options import EnhanceOptions, Made, Outputs
from astroview.core.pixel_values import Values

if TYPE_CHECKING:
    from pathlib import Path

SHA = "0123456789abcdef" * 4
RNG = np.random.default_rng(5)
PLANE = RNG.normal(100, 20, (24, 30)).astype(np.float32)
STRETCH = Stretch("asinh", 50, 180)
CARDS = {"SATURATE": 60000.0, "GOODMAX": 50000.0, "SKY": 100.0, "GAIN": 1.5, "RDNOISE": 5.0,
         "MAGZERO": 25.0, "PHOTFLAM": 1e-19, "EXPTIME": 30.0, "DATAMIN": -5.0,
         "DATAMAX": 9e4}  # fmt: skip


def original(folder: Path, unit: str, data: np.ndarray = PLANE, more: bool = False) -> Frame:
    cards = CARDS | ({"BUNIT": unit} if unit else {})
    hdus = fits.HDUList([fits.PrimaryHDU(data, fits.Header(cards))])
    if more:
        shape = data.shape
        error = fits.ImageHDU(np.full(shape, 8, "f4"), fits.Header({"BUNIT": unit}), "ERR")
        flags = fits.ImageHDU(np.arange(data.size).reshape(shape) + 2**30, name="DQ")
        flags.data = flags.data.astype("i4")
        weights = fits.ImageHDU(np.ones((5, 6), "f4"), name="OTHER")
        table = fits.BinTableHDU(Table({"a": [1, 2, 3]}), name="CAT")
        variance = fits.ImageHDU(np.full(shape, 64, "f4"), name="VAR")
        hdus[0].header["EXTEND"] = True
        hdus += [error, flags, variance, weights, table]
    path = folder / "original.fits"
    hdus.writeto(path, overwrite=True, checksum=True)
    return open_frame(path, 0)


def result(frame: Frame, folder: Path, scale: int = 2, values: Values = "auto") -> Frame:
    """As an enhancement would have it: flux kept, nearest of the original."""
    fine = frame.read().repeat(scale, 0).repeat(scale, 1)
    np.save(folder / "source.npy", fine)
    np.save(folder / "half.npy", np.full_like(fine, 6))
    line = f"super-resolution: model sharp-1, sha256 {SHA}, scale {scale}"
    made = Made(EnhanceOptions(values=values), bounded=0.0125, bad_pixels=3)
    return frame_from_outputs(frame, Outputs(
        str(folder / "source.npy"), history=("astroview 1 enhanced this frame.", line),
        scale=scale, uncertainty=str(folder / "half.npy"), made=made))  # fmt: skip


def clean(path: Path) -> None:
    with fits.open(path, checksum=True) as hdus:  # a warning fails the test
        for hdu in hdus:
            hdu.verify("exception")


@pytest.mark.parametrize("scale", [2, 3, 4])
@pytest.mark.parametrize("unit", ["electron", "adu", "DN/s", "nanomaggy", "Jy/pixel", "nJy"])
def test_per_pixel_units_keep_sums(tmp_path: Path, unit: str, scale: int) -> None:
    frame = original(tmp_path, unit)
    made = result(frame, tmp_path, scale)
    path = save_frame(made, tmp_path / "made.fits", STRETCH)
    clean(path)
    with fits.open(path) as hdus:
        header, data = hdus[0].header, hdus[0].data
        assert data.sum(dtype=float) == pytest.approx(PLANE.sum(dtype=float), rel=1e-6)
        assert hdus["AI_INTERVAL"].data == pytest.approx(6 / scale**2)
        for keyword in ("SATURATE", "GOODMAX", "SKY"):
            assert header[keyword] == pytest.approx(CARDS[keyword] / scale**2)
        for keyword in ("GAIN", "RDNOISE", "MAGZERO", "PHOTFLAM", "EXPTIME"):
            assert header[keyword] == CARDS[keyword]
        assert header["DATAMAX"] == pytest.approx(data.max())
        assert header["DATAMIN"] == pytest.approx(data.min())
        assert (header["AIVALUES"], header["AISCALE"]) == ("sum", scale)
        assert "GAIN" in " ".join(header["HISTORY"])
    again = open_frame(path)
    assert again.read() == pytest.approx(made.read(), rel=1e-6)
    assert saturation_level(again) == pytest.approx(60000.0)
    assert np.allclose(list(auto_stretch(again).to_dict().values())[1:3],
                       list(auto_stretch(made).to_dict().values())[1:3])  # fmt: skip
    whole = Window.whole(frame.shape)
    assert box_means(again, whole, 1, scale) == pytest.approx(frame.read(), rel=1e-5)


@pytest.mark.parametrize(("unit", "words"), [("MJy/sr", "surface brightness"), ("K", "surface"),
                                             ("", "not said"), ("what", "not said")])  # fmt: skip
def test_other_units_keep_means(tmp_path: Path, unit: str, words: str) -> None:
    made = result(original(tmp_path, unit), tmp_path)
    path = save_frame(made, tmp_path / "made.fits", STRETCH)
    header = fits.getheader(path)
    assert np.array_equal(fits.getdata(path)[::-1], made.read())
    assert (header["AIVALUES"], header["SATURATE"]) == ("mean", 60000.0)
    assert words in " ".join(header["HISTORY"])
    assert open_frame(path).note == ""


@pytest.mark.parametrize(("chosen", "at_saving", "kept"), [
    ("mean", None, "mean"), ("sum", None, "sum"), ("sum", "mean", "mean"), ("auto", "sum", "sum"),
])  # fmt: skip
def test_it_can_be_chosen(
    tmp_path: Path, chosen: Values, at_saving: Values | None, kept: str
) -> None:
    made = result(original(tmp_path, "MJy/sr"), tmp_path, values=chosen)
    path = save_frame(made, tmp_path / "a.fits", STRETCH, choices=FitsChoices(at_saving))
    assert fits.getheader(path)["AIVALUES"] == kept
    assert np.array_equal(open_frame(path).read(), made.read())


@pytest.mark.parametrize("first", ["sum", "mean"])
def test_a_result_of_a_result_agrees_with_one(tmp_path: Path, first: Values) -> None:
    made = result(original(tmp_path, "adu"), tmp_path, values=first)
    once = open_frame(save_frame(made, tmp_path / "once.fits", STRETCH))
    path = save_frame(result(once, tmp_path), tmp_path / "twice.fits", STRETCH)
    header = fits.getheader(path)
    assert (header["AIVALUES"], header["AISCALE"]) == (first, 4)
    total = fits.getdata(path).sum(dtype=float) / (1 if first == "sum" else 16)
    assert total == pytest.approx(PLANE.sum(dtype=float), rel=1e-6)
    assert header["SATURATE"] == 60000.0 / (16 if first == "sum" else 1)
    assert [header["AIMODEL1"], header["AISHA1"]] == ["sharp-1", SHA]
    assert " ".join(header["HISTORY"]).count("values: BUNIT") == 1  # what was before is gone
    copy = save_frame(open_frame(path), tmp_path / "copy.fits", STRETCH)
    assert np.array_equal(fits.getdata(copy), fits.getdata(path))
    assert fits.getheader(copy)["AISCALE"] == 4
    as_means = save_frame(open_frame(path), tmp_path / "means.fits", STRETCH,
                          choices=FitsChoices("mean"))  # fmt: skip
    assert fits.getdata(as_means).mean() == pytest.approx(PLANE.mean(), rel=1e-6)


def test_every_hdu_that_was_touched_says_so(tmp_path: Path) -> None:
    made = result(original(tmp_path, "adu", more=True), tmp_path)
    chroma = ArraySource(np.zeros((*made.shape, 2), np.float16))
    colour = f"colour painted: model tint-1, sha256 {SHA[::-1]}, palette x"
    painted = replace(made, chroma=chroma, rendered=STRETCH, history=(*made.history, colour))
    path = save_frame(painted, tmp_path / "a.fits", STRETCH)
    clean(path)
    with fits.open(path) as hdus:
        for name in ("PRIMARY", "LUMINANCE", "AI_INTERVAL"):
            header = hdus[name].header
            assert (header["AIMODEL1"], header["AISHA1"]) == ("sharp-1", SHA), name
            assert (header["AIBOUND"], header["AIBADPIX"]) == (0.0125, 3)
            assert (header["AIORIG"], len(header["AIORIGID"])) == ("original.fits", 32)
            assert "AIOPTS1" in header
            assert "CONTINUE" not in header
        assert hdus[0].header["AIMODEL2"] == "tint-1"
        assert "AIMODEL2" not in hdus["LUMINANCE"].header
        phot = [hdus[n].header["AIPHOT"] for n in ("PRIMARY", "LUMINANCE", "AI_INTERVAL")]
        assert phot == ["not for photometry", "flux kept", "not for photometry"]
        assert all("AIMODEL1" not in hdus[n].header for n in ("ERR", "DQ", "OTHER", "CAT"))


def test_ccddata_reads_every_hdu_of_every_result(tmp_path: Path) -> None:
    for unit in ("adu", "nanomaggy", ""):
        made = result(original(tmp_path, unit), tmp_path)
        painted = replace(made, chroma=ArraySource(np.zeros((*made.shape, 2), np.float16)))
        for frame in (made, painted):
            path = save_frame(frame, tmp_path / "a.fits", STRETCH)
            for hdu in range(len(list_hdus(path))):
                read = CCDData.read(path, hdu=hdu)
                assert read.uncertainty is None
                assert read.shape[-2:] == made.shape


def test_other_extensions_go_along(tmp_path: Path) -> None:
    frame = original(tmp_path, "electron", more=True)
    path = save_frame(result(frame, tmp_path), tmp_path / "a.fits", STRETCH)
    clean(path)
    with fits.open(path) as made, fits.open(tmp_path / "original.fits") as before:
        names = [hdu.name for hdu in made]
        assert names == ["PRIMARY", "AI_INTERVAL", "ERR", "DQ", "VAR", "OTHER", "CAT"]
        assert np.array_equal(made["DQ"].data, before["DQ"].data.repeat(2, 0).repeat(2, 1))
        assert made["DQ"].data.dtype == ">i4"
        assert made["ERR"].data == pytest.approx(8 / 4)
        assert made["VAR"].data == pytest.approx(64 / 16)
        assert np.array_equal(made["OTHER"].data, before["OTHER"].data)
        assert list(made["CAT"].data["a"]) == [1, 2, 3]
        said = " ".join(made[0].header["HISTORY"])
        assert "repeated 2 x 2: ERR, DQ, VAR" in said
        assert "OTHER, CAT" in said
        assert "repeated" in " ".join(made["ERR"].header["HISTORY"])
    assert open_frame(path, "ERR").read() == pytest.approx(8)  # as in memory, so on the screen
    bare = save_frame(result(frame, tmp_path), tmp_path / "b.fits", STRETCH,
                      choices=FitsChoices(only_image=True))  # fmt: skip
    assert [hdu.name or "PRIMARY" for hdu in list_hdus(bare)] == ["PRIMARY", "AI_INTERVAL"]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("scale", [2, 4])
def test_a_cube_of_one_plane_goes_along_as_the_plane_does(
    tmp_path: Path, scale: int, packed: bool
) -> None:
    """Card by card and pixel by pixel; a cube of two planes is copied as it was."""
    cards = {"CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN", "CRPIX1": 4.0, "CRPIX2": 5.0,
             "CD1_1": -1e-4, "CD2_2": 1e-4, "CRVAL1": 10.0, "CRVAL2": 20.0, "SATURATE": 9.0,
             "MP_1": "good"}  # fmt: skip
    flags = np.arange(PLANE.size, dtype="i4").reshape(PLANE.shape)
    kind = fits.CompImageHDU if packed else fits.ImageHDU
    many = (flags, flags[None], np.stack([flags, flags]))
    hdus = [kind(data, fits.Header(cards), name="DQ") for data in many]
    made: list[tuple[np.ndarray, fits.Header]] = []
    for hdu in hdus:
        path = tmp_path / "original.fits"
        primary = fits.PrimaryHDU(PLANE, fits.Header(CARDS | {"BUNIT": "adu"} | cards))
        fits.HDUList([primary, hdu]).writeto(path, overwrite=True)
        frame = open_frame(path, 0)
        saved = save_frame(result(frame, tmp_path, scale), tmp_path / "a.fits", STRETCH)
        clean(saved)
        with fits.open(saved) as there:
            made.append((there["DQ"].data.copy(), there["DQ"].header.copy()))
    plane, cube, two = made
    assert np.array_equal(plane[0], flags.repeat(scale, 0).repeat(scale, 1))
    assert cube[0].shape == (1, *plane[0].shape)
    assert np.array_equal(cube[0][0], plane[0])
    assert two[0].shape == (2, *flags.shape)
    assert cube[1]["NAXIS3"] == 1
    own = {"NAXIS", "NAXIS3", "CHECKSUM", "ZNAXIS", "ZNAXIS3"}
    told = [[c.image for c in h.cards if c.keyword not in own] for _, h in (plane, cube)]
    assert told[0] == told[1]
    assert "repeated" in " ".join(cube[1]["HISTORY"])
    assert cube[1]["CRPIX1"] == scale * 3.5 + 0.5


def test_extensions_of_odd_types_and_sizes_keep_their_checksums(tmp_path: Path) -> None:
    data = RNG.normal(9, 1, (7, 5)).astype("f4")
    hdus = fits.HDUList([fits.PrimaryHDU(), fits.ImageHDU(data, name="SCI")])
    for name, kind in (("DQ", "u1"), ("MASK", "i2"), ("WHT", "f8"), ("SEG", "u2")):
        hdus.append(fits.ImageHDU(RNG.integers(0, 99, data.shape).astype(kind), name=name))
    hdus.append(fits.CompImageHDU(data + 1, name="BKG", quantize_level=0))
    hdus.writeto(tmp_path / "odd.fits")
    made = result(open_frame(tmp_path / "odd.fits"), tmp_path, 3)
    path = save_frame(made, tmp_path / "a.fits", STRETCH)
    clean(path)
    with fits.open(path) as after, fits.open(tmp_path / "odd.fits") as before:
        for name in ("DQ", "MASK", "WHT", "SEG", "BKG"):
            wanted = before[name].data.repeat(3, 0).repeat(3, 1)
            assert np.array_equal(after[name].data, wanted), name
            kinds = (after[name].data.dtype, before[name].data.dtype)
            assert kinds[0].newbyteorder("=") == kinds[1].newbyteorder("="), name


def test_a_lost_original_is_no_reason_not_to_save(tmp_path: Path) -> None:
    made = result(original(tmp_path, "adu", more=True), tmp_path)
    (tmp_path / "original.fits").unlink()
    path = save_frame(made, tmp_path / "a.fits", STRETCH)
    clean(path)
    assert "extensions were not kept" in "".join(fits.getheader(path)["HISTORY"])


def test_integers_tell_their_saturation_when_they_are_saved(tmp_path: Path) -> None:
    fits.PrimaryHDU(np.full((9, 9), 7, "u2"), fits.Header({"BUNIT": "adu"})).writeto(
        tmp_path / "original.fits"
    )
    made = result(open_frame(tmp_path / "original.fits"), tmp_path)
    path = save_frame(made, tmp_path / "a.fits", STRETCH)
    assert fits.getheader(path)["SATURATE"] == 65535 / 4
    assert saturation_level(open_frame(path)) == saturation_level(made) == 65535


@given(st.floats(1e-20, 1e20), st.sampled_from([4, 9, 16]))
@settings(deadline=None, max_examples=30)
def test_value_cards_are_undone(value: float, divisor: int) -> None:
    before = fits.Header({"SATURATE": value, "PHOTMJSR": value, "GAIN": value, "BSCALE": 1.0})
    halved, changed = divided(before, divisor)
    assert changed == ("SATURATE", "PHOTMJSR")
    assert halved["SATURATE"] == pytest.approx(value / divisor)
    assert halved["PHOTMJSR"] == pytest.approx(value * divisor)
    assert halved["GAIN"] == value
    back = divided(halved, 1 / divisor)[0]
    assert all(back[k] == pytest.approx(before[k]) for k in before)
