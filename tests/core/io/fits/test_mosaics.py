"""Files of several HDUs as one picture: every place shows the file's own pixel, and says which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from astropy.io import fits
from astropy.wcs import WCS

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import Window
from astroview.core.io.fits.mosaic.mosaic_pieces import ways
from astroview.core.io.open_file import list_hdus, open_frame
from astroview.core.sky.wcs import sky_at

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from astroview.core.frame import Frame

OVERSCAN = 3


def amplifiers(path: Path, detector: NDArray[Any], *, sky: bool = False, **cards: Any) -> Path:
    """A detector (row 0 below) read out at its four corners, overscan on the left of each."""
    tall, wide = detector.shape[0] // 2, detector.shape[1] // 2
    hdus: list[Any] = [fits.PrimaryHDU()]
    hdus[0].header["OBJECT"] = "M 13"
    for number, (up, right) in enumerate([(0, 0), (0, 1), (1, 0), (1, 1)]):
        y, x = up * tall, right * wide
        part = detector[y : y + tall, x : x + wide][:: -1 if up else 1, :: -1 if right else 1]
        raw = np.pad(part, ((0, 0), (OVERSCAN, 2)), constant_values=-7)
        hdu = fits.ImageHDU(raw, name=f"im{number + 1}")
        ends = (x + wide, x + 1) if right else (x + 1, x + wide)
        sides = (y + tall, y + 1) if up else (y + 1, y + tall)
        hdu.header["DETSEC"] = f"[{ends[0]}:{ends[1]},{sides[0]}:{sides[1]}]"
        hdu.header["DATASEC"] = f"[{OVERSCAN + 1}:{OVERSCAN + wide},1:{tall}]"
        hdu.header["GAIN"] = 1.0 + number
        hdu.header.update(cards)
        if sky:
            hdu.header.update(_sky_of_amplifier(x, y, right, up, wide, tall).to_header())
        hdus.append(hdu)
    fits.HDUList(hdus).writeto(path)
    return path


def _sky_of_amplifier(x: int, y: int, right: int, up: int, wide: int, tall: int) -> WCS:
    """The one sky of the detector, whose pixel (20, 10) lies at (150, 2), in the amplifier's."""
    wcs = WCS(naxis=2)
    wcs.wcs.ctype = ["RA---TAN", "DEC--TAN"]
    wcs.wcs.crval = [150.0, 2.0]
    signs = np.array([-1.0 if right else 1.0, -1.0 if up else 1.0])
    at = np.array([20.0 - x, 10.0 - y])
    at = np.where(signs < 0, np.array([wide, tall]) + 1 - at, at) + np.array([OVERSCAN, 0])
    wcs.wcs.crpix = at
    wcs.wcs.cd = np.array([[-2e-4, 3e-5], [3e-5, 2e-4]]) * signs[None, :]
    return wcs


def a_detector() -> NDArray[np.int16]:
    return np.random.default_rng(1).integers(0, 30000, (40, 60)).astype(np.int16)


def test_amplifiers_are_laid_out_as_the_detector_was_read(tmp_path: Path) -> None:
    detector = a_detector()
    frame = open_frame(amplifiers(tmp_path / "raw.fits", detector), "mosaic:iraf")
    assert frame.hdu == "mosaic:iraf"
    assert (frame.read()[::-1] == detector).all()
    exact = frame.read_exact()
    assert exact.dtype == np.int64
    assert (exact[::-1] == detector).all()
    assert frame.header is not None
    assert frame.header["OBJECT"] == "M 13"
    assert not {"GAIN", "DETSEC", "DATASEC", "EXTNAME"} & set(frame.header)


def test_every_window_and_step_of_a_detector_is_the_same_mosaic(tmp_path: Path) -> None:
    frame = open_frame(amplifiers(tmp_path / "raw.fits", a_detector()), "mosaic")
    whole, rng = frame.read(), np.random.default_rng(2)
    for _ in range(200):
        y, x = int(rng.integers(40)), int(rng.integers(60))
        window = Window(y, x, int(rng.integers(1, 41 - y)), int(rng.integers(1, 61 - x)))
        step = int(rng.integers(1, 12))
        assert (frame.read(window, step) == whole[window.slices][::step, ::step]).all()
        assert _told(frame, y, x) == whole[y, x]


def _told(frame: Frame, y: int, x: int) -> float:
    """The sample that the mosaic says lies there, read from the HDU itself."""
    assert frame.pieces is not None
    assert frame.path is not None
    place = frame.pieces.place_of(y, x)
    return np.nan if place is None else open_frame(frame.path, place.frame.hdu).read()[
        place.y, place.x
    ]  # fmt: skip


def test_amplifiers_of_one_sky_have_that_sky_together(tmp_path: Path) -> None:
    frame = open_frame(amplifiers(tmp_path / "raw.fits", a_detector(), sky=True), "mosaic:iraf")
    assert frame.wcs is not None
    assert sky_at(frame, 19, 40 - 10) == pytest.approx((150, 2), abs=1e-9)
    single = open_frame(tmp_path / "raw.fits", "im4")
    there = sky_at(single, OVERSCAN + 4, 7)  # read from the other corner: from the right and above
    assert there is not None
    assert sky_at(frame, 60 - 1 - 4, 20 - 1 - 7) == pytest.approx(there, abs=1e-9)


def test_a_gap_of_a_detector_is_no_data(tmp_path: Path) -> None:
    path = amplifiers(tmp_path / "raw.fits", a_detector())
    with fits.open(path, mode="update") as hdus:
        del hdus[2]
    frame = open_frame(path, "mosaic:iraf")
    assert np.isnan(frame.read()[20:, 30:]).all()
    assert np.isfinite(frame.read()[:20]).all()
    assert frame.pieces is not None
    assert frame.pieces.place_of(30, 40) is None
    assert frame.read_exact().dtype == np.float64


def test_binned_amplifiers_lie_at_binned_places(tmp_path: Path) -> None:
    path = amplifiers(tmp_path / "raw.fits", a_detector(), CCDSUM="2 2")
    with fits.open(path, mode="update") as hdus:
        for hdu, where in zip(hdus[1:], ("[1:60,1:40]", "[120:61,1:40]", "[1:60,80:41]",
                                         "[120:61,80:41]"), strict=True):  # fmt: skip
            hdu.header["DETSEC"] = where
    assert (open_frame(path, "mosaic:iraf").read()[::-1] == a_detector()).all()


def test_sections_that_cannot_be_are_said(tmp_path: Path) -> None:
    path = amplifiers(tmp_path / "raw.fits", a_detector())
    with fits.open(path, mode="update") as hdus:
        hdus[3].header["DETSEC"] = "[1:30,20:1]"
    with pytest.raises(UnreadableFrame, match=r"HDUs 1 and 3 of raw\.fits lie at one place"):
        open_frame(path, "mosaic:iraf")
    with fits.open(path, mode="update") as hdus:
        hdus[3].header["DETSEC"] = "[1:33,40:21]"
    with pytest.raises(UnreadableFrame, match=r"HDU 3 of raw\.fits is of another size"):
        open_frame(path, "mosaic:iraf")


# ---------------------------------------------------------------- by the sky


def chips(path: Path, count: int = 3) -> Path:
    """Chips with gaps between them, turned by a few degrees, behind a lens that bends (SIP)."""
    rng, hdus = np.random.default_rng(3), [fits.PrimaryHDU()]
    for chip in range(count):
        wcs = WCS(naxis=2)
        turn = np.deg2rad(20 + 2 * chip)
        wcs.wcs.ctype = ["RA---TAN-SIP", "DEC--TAN-SIP"]
        wcs.wcs.crval = [210.8, 54.3]
        wcs.wcs.crpix = [120.0 - 130 * chip, 60.0 + 3 * chip]
        wcs.wcs.cd = 1e-4 * np.array([[-np.cos(turn), np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        header = wcs.to_header(relax=True)
        header.update(CTYPE1="RA---TAN-SIP", CTYPE2="DEC--TAN-SIP", A_ORDER=2, B_ORDER=2,
                      A_2_0=2e-5, B_1_1=-1e-5, AP_ORDER=0, BP_ORDER=0)  # fmt: skip
        hdus.append(fits.ImageHDU(rng.random((100, 120)).astype(np.float32), header, name="SCI"))
        hdus.append(fits.ImageHDU(np.zeros((100, 120), np.float32), header, name="ERR"))
    fits.HDUList(hdus).writeto(path)
    return path


def test_a_mosaic_by_the_sky_shows_the_nearest_pixel_of_each_place(tmp_path: Path) -> None:
    path = chips(tmp_path / "visit.fits")
    frame = open_frame(path, "mosaic:wcs")
    whole = frame.read()
    singles = [open_frame(path, hdu) for hdu in (1, 3, 5)]
    y, x = np.mgrid[: frame.shape[0], : frame.shape[1]]
    assert frame.wcs is not None
    sky = frame.wcs.all_pix2world(np.stack([x.ravel(), frame.shape[0] - 1 - y.ravel()], 1), 0)
    expected, sure = np.full(whole.size, np.nan, np.float32), np.ones(whole.size, bool)
    for single in reversed(singles):  # the first is shown where two overlap
        assert single.wcs is not None
        at = single.wcs.all_world2pix(sky, 0, quiet=True)
        nearest = np.floor(at + 0.5).astype(int)
        inside = ((nearest >= 0) & (nearest < [120, 100])).all(axis=1)
        sure &= (np.abs(at + 0.5 - np.round(at + 0.5)) > 0.02).all(axis=1)
        column, row = nearest[inside].T
        expected[inside] = single.read()[99 - row, column]
    same = (whole.ravel() == expected) | (np.isnan(whole.ravel()) & np.isnan(expected))
    assert sure.mean() > 0.8
    assert same[sure].all()
    assert 30000 < np.isfinite(whole).sum() < whole.size  # three chips of 12,000 and gaps
    for y, x in ((50, 60), (80, 200), (0, 0), (60, frame.shape[1] - 40)):
        assert (
            _told(frame, y, x) == whole[y, x] or np.isnan([_told(frame, y, x), whole[y, x]]).all()
        )


def test_windows_and_steps_of_a_mosaic_by_the_sky_agree(tmp_path: Path) -> None:
    frame = open_frame(chips(tmp_path / "visit.fits"), "mosaic:wcs")
    whole, rng = frame.read(), np.random.default_rng(4)
    tall, wide = frame.shape
    for _ in range(60):
        y, x = int(rng.integers(tall)), int(rng.integers(wide))
        window = Window(
            y, x, int(rng.integers(1, tall - y + 1)), int(rng.integers(1, wide - x + 1))
        )
        step = int(rng.integers(1, 5))
        part, expected = frame.read(window, step), whole[window.slices][::step, ::step]
        np.testing.assert_array_equal(part, expected)
        np.testing.assert_array_equal(frame.read_exact(window, step), expected)
    coarse = frame.read(step=16)
    known = coarse[np.isfinite(coarse)]
    assert np.isin(known, whole).all()  # a pixel close by, and none that is made


def test_only_files_that_say_where_their_images_lie_can_be_mosaics(tmp_path: Path) -> None:
    visit, raw = chips(tmp_path / "visit.fits"), amplifiers(tmp_path / "raw.fits", a_detector())
    assert ways(list_hdus(visit)) == ("wcs",)
    assert ways(list_hdus(raw)) == ("iraf",)
    assert ways(list_hdus(chips(tmp_path / "one.fits", 1))) == ()  # SCI and ERR: one picture
    for path, asked in ((visit, "mosaic:iraf"), (raw, "mosaic:wcs")):
        with pytest.raises(UnreadableFrame, match="cannot be shown as a mosaic") as problem:
            open_frame(path, asked)
        assert "two or more images" in problem.value.hint


def test_images_far_apart_or_in_other_units_are_no_mosaic(tmp_path: Path) -> None:
    path = chips(tmp_path / "visit.fits")
    with fits.open(path, mode="update") as hdus:
        hdus[3].header["CRVAL1"] = 214.0
    with pytest.raises(UnreadableFrame, match="too far apart"):
        open_frame(path, "mosaic:wcs")
    with fits.open(path, mode="update") as hdus:
        hdus[3].header["CRVAL1"] = 210.8
        hdus[3].header["BUNIT"] = "Jy"
    with pytest.raises(UnreadableFrame, match="different units"):
        open_frame(path, "mosaic:wcs")
